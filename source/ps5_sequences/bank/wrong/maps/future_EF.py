# fails when graded: maps-future
# says: F is honest
future = "EF"
newest = "C"
recurrent = "D"
