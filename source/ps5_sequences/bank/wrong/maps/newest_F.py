# fails when graded: maps-newest
# says: three fields wide
future = "BE"
newest = "F"
recurrent = "D"
