# fails: delay-counts
# says: 2 losses that reach
delay = 8
