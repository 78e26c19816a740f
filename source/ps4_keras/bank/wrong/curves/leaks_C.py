# fails when graded: curves-leaks
# says: stays above the noise
leaks = "C"
diverged = "E"
fine = "AD"
