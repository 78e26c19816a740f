# fails: probe_attend-patient
# says: What does not move
def probe_attend(attend):
    s, h, W = attend_arguments()
    context, _ = attend(s, h, W)
    moved, _ = attend(s, other(h), W)
    return np.allclose(moved, context)
