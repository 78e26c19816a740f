# fails: mended_scale-values
# says: values of its own
def mended_scale(series, n_train):
    scaled = []
    for part in (series[:n_train], series[n_train:]):
        low, high = np.min(part), np.max(part)
        scaled.append((part - low) / (high - low))
    return scaled
