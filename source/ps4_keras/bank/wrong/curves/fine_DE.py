# fails when graded: curves-fine
# says: E diverged
leaks = "B"
diverged = "E"
fine = "DE"
