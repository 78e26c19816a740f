# fails when graded: curves-leaks
# says: stays above the noise
leaks = "D"
diverged = "E"
fine = "AD"
