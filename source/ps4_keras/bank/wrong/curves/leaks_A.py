# fails when graded: curves-leaks
# says: dropout is on in training only
leaks = "A"
diverged = "E"
fine = "AD"
