# fails when graded: maps-recurrent
# says: equally near
future = "BE"
newest = "C"
recurrent = "A"
