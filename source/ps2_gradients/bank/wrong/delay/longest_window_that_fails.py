# fails: delay-counts
# says: 4 of its losses reach
delay = 6
