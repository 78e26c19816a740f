# fails when graded: curves-fine
# says: B is too good
leaks = "B"
diverged = "E"
fine = "AB"
