# fails: probe_scale-patient
# says: go beyond -4 and 5
def probe_scale(scale):
    series, n_train = scale_arguments()
    train, test = scale(series, n_train)
    for t in range(n_train, len(series)):
        moved = series.copy()
        moved[t] = other(series)[t]
        new_train, new_test = scale(moved, n_train)
        kept = np.arange(n_train, len(series)) != t
        if not np.allclose(new_train, train) or not np.allclose(
            new_test[kept], test[kept]
        ):
            return True
    return False
