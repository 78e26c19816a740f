# fails: mended_scale-values
# says: 2 is to be subtracted
def mended_scale(series, n_train):
    low, high = np.min(series[:n_train]), np.max(series[:n_train])
    train = (series[:n_train] - low) / (high - low)
    return train, series[n_train:] / (high - low)
