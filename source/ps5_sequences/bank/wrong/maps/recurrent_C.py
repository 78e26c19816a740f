# fails when graded: maps-recurrent
# says: thrown away
future = "BE"
newest = "C"
recurrent = "C"
