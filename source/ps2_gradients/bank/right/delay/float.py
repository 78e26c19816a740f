delay = 7.0
