# fails: probe_scale-others
# says: go far down
def probe_scale(scale):
    series, n_train = scale_arguments()
    moved = series.copy()
    moved[n_train:-1] = 100
    train, test = scale(series, n_train)
    new_train, new_test = scale(moved, n_train)
    return not (np.allclose(new_train, train) and new_test[-1] == test[-1])
