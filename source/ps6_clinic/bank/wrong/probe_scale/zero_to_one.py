# fails: probe_scale-patient
# says: A sick patient is called sound
def probe_scale(scale):
    train, _ = scale(*scale_arguments())
    return not (np.isclose(min(train), 0) and np.isclose(max(train), 1))
