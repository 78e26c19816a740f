# fails: probe_attend-others
# says: Compare with np.allclose
def probe_attend(attend):
    s, h, W = attend_arguments()
    _, weights = attend(s, h, W)
    for _ in range(3):
        h = other(h) * h
        if np.any(attend(s, h, W)[1] != weights):
            return False
    return True
