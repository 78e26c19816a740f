# fails: probe_scale-others
# says: scaled by its own mean
def probe_scale(scale):
    series, n_train = scale_arguments()
    moved = series.copy()
    moved[n_train:-1] = -100, 100
    train, _ = scale(series, n_train)
    return not np.allclose(scale(moved, n_train)[0], train)
