def mended_scale(series, n_train):
    def scaled(part):
        lowest = min(series[:n_train])
        return (part - lowest) / np.ptp(series[:n_train])

    return scaled(series[:n_train]), scaled(series[n_train:])
