# fails when graded: curves-diverged
# says: rough
leaks = "B"
diverged = "A"
fine = "AD"
