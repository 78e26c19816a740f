# fails when graded: curves-leaks
# says: by heart
leaks = "F"
diverged = "E"
fine = "AD"
