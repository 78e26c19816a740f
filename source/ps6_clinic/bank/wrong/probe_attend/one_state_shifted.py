# fails: probe_attend-others
# says: neither does a number that is added
def probe_attend(attend):
    s, h, W = attend_arguments()
    _, weights = attend(s, h, W)
    h[:, 0] += 1
    return np.allclose(attend(s, h, W)[1], weights)
