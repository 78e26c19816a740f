# fails: curves-leaks
# says: one letter from A to F
leaks = "the second"
diverged = "E"
fine = "AD"
