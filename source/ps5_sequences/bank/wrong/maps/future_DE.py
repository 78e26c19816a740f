# fails when graded: maps-future
# says: D is honest
future = "DE"
newest = "C"
recurrent = "D"
