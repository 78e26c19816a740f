# fails: delay-cliff
# says: could not hold an input
delay = 53
