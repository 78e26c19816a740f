# fails when graded: maps-recurrent
# says: window of three
future = "BE"
newest = "C"
recurrent = "F"
