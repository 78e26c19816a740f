# fails when graded: maps-future
# says: C is honest
future = "BC"
newest = "C"
recurrent = "D"
