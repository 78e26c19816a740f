# fails when graded: maps-newest
# says: all later ones
future = "BE"
newest = "E"
recurrent = "D"
