# fails: maps-future
# says: two different letters
future = "B"
newest = "C"
recurrent = "D"
