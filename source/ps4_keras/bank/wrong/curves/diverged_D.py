# fails when graded: curves-diverged
# says: falls to the end
leaks = "B"
diverged = "D"
fine = "AD"
