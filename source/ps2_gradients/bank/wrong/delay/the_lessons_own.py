# fails: delay-counts
# says: 2 of its losses reach
delay = 8
