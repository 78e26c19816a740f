# fails when graded: maps-newest
# says: Small is not zero
future = "BE"
newest = "D"
recurrent = "D"
