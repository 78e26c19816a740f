def probe_scale(scale):
    """As if the test values arrived one by one."""
    series, n_train = scale_arguments()
    series[n_train:] = 50, -50, 80
    train, test = scale(series, n_train)
    for known in range(len(series) - n_train):
        new_train, new_test = scale(series[: n_train + known], n_train)
        if not np.allclose(new_train, train) or not np.allclose(
            new_test, test[:known]
        ):
            return True
    return False
