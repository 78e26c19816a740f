# fails when graded: curves-leaks
# says: stays above the noise
leaks = "E"
diverged = "E"
fine = "AD"
