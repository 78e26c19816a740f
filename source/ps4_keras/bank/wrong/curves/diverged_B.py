# fails when graded: curves-diverged
# says: falls to the end
leaks = "B"
diverged = "B"
fine = "AD"
