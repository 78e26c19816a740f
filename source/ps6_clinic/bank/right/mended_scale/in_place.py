def mended_scale(series, n_train):
    low, high = np.min(series[:n_train]), np.max(series[:n_train])
    series -= low
    series /= high - low
    return series[:n_train], series[n_train:]
