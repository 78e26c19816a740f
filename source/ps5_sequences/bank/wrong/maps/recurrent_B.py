# fails when graded: maps-recurrent
# says: cannot see the future
future = "BE"
newest = "C"
recurrent = "B"
