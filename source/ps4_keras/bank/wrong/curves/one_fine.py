# fails: curves-fine
# says: two different letters
leaks = "B"
diverged = "E"
fine = "D"
