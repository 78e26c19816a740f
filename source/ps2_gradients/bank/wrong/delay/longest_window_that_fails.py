# fails: delay-counts
# says: 4 losses that reach
delay = 6
