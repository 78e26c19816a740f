# fails when graded: curves-diverged
# says: It is slow
leaks = "B"
diverged = "C"
fine = "AD"
