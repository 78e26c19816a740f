# fails when graded: maps-future
# says: A is honest
future = "AE"
newest = "C"
recurrent = "D"
