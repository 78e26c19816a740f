# fails: probe_attend-patient
# says: A sick patient is called sound
def probe_attend(attend):
    s, h, W = attend_arguments()
    return not np.allclose(attend(s, h, W)[1], attend(s, other(h), W)[1])
