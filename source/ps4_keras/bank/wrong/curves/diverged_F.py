# fails when graded: curves-diverged
# says: F overfits
leaks = "B"
diverged = "F"
fine = "AD"
