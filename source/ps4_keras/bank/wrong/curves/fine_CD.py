# fails when graded: curves-fine
# says: C is not finished
leaks = "B"
diverged = "E"
fine = "CD"
