# fails: delay-counts
# says: 1 losses that reach
delay = 9
