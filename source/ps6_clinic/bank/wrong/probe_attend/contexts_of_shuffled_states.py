# fails: probe_attend-patient
# says: All its weights are always the same
def probe_attend(attend):
    s, h, W = attend_arguments()
    context, _ = attend(s, h, W)
    shuffled, _ = attend(s, h[:, [2, 0, 3, 1]], W)
    return not np.allclose(shuffled, context)
