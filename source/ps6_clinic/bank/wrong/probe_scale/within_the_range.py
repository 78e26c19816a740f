# fails: probe_scale-patient
# says: go beyond -4 and 5
def probe_scale(scale):
    series, n_train = scale_arguments()
    moved = series.copy()
    moved[n_train:] = other(moved[n_train:])
    train, _ = scale(series, n_train)
    return not np.allclose(scale(moved, n_train)[0], train)
