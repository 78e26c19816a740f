# fails: maps-newest
# says: cannot be read
future = "BE"
newest = "the third"
recurrent = "D"
