def probe_scale(scale):
    series, n_train = scale_arguments()
    train, test = scale(series, n_train)
    for t in range(n_train, len(series)):
        for far in (-1e3, 1e3):
            moved = series.copy()
            moved[t] = far
            new_train, new_test = scale(moved, n_train)
            others = np.arange(n_train, len(series)) != t
            if not np.allclose(new_train, train):
                return True
            if not np.allclose(new_test[others], test[others]):
                return True
    return False
