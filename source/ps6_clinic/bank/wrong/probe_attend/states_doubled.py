# fails: probe_attend-others
# says: a factor makes no difference
def probe_attend(attend):
    s, h, W = attend_arguments()
    return np.allclose(attend(s, h, W)[1], attend(s, 2 * h, W)[1])
