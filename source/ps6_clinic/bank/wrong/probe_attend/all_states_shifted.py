# fails: probe_attend-others
# says: add one vector to all states
def probe_attend(attend):
    s, h, W = attend_arguments()
    _, weights = attend(s, h, W)
    _, moved = attend(s, h + 1, W)
    return np.allclose(moved, weights)
