# fails: delay-counts
# says: 1 of its losses reach
delay = 9
