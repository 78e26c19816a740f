# fails when graded: maps-newest
# says: numbers left of its diagonal
future = "BE"
newest = "B"
recurrent = "D"
