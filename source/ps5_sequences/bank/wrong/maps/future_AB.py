# fails when graded: maps-future
# says: A is honest
future = "AB"
newest = "C"
recurrent = "D"
