# fails: delay-cliff
# says: some inputs together with their targets
delay = 5
