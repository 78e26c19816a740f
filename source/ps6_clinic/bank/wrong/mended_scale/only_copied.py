# fails: mended_scale-values
# says: nobody knows it yet
def mended_scale(series, n_train):
    low, high = np.min(series), np.max(series)
    scaled = (series - low) / (high - low)
    return scaled[:n_train], scaled[n_train:]
