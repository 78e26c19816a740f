# fails when graded: curves-fine
# says: F overfits
leaks = "B"
diverged = "E"
fine = "AF"
