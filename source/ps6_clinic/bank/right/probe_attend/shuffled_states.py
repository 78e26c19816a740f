def probe_attend(attend):
    """The weights should move along when the states change places."""
    s, h, W = attend_arguments()
    order = [2, 0, 3, 1]
    _, weights = attend(s, h, W)
    _, shuffled = attend(s, h[:, order], W)
    return np.abs(shuffled - weights).max() < 1e-8
