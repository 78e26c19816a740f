# fails: delay-cliff
# says: without quotes
delay = "7"
