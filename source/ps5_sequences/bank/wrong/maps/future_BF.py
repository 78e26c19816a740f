# fails when graded: maps-future
# says: F is honest
future = "BF"
newest = "C"
recurrent = "D"
