delay = 60 - 53
