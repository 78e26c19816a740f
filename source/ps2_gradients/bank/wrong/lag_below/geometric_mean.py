# fails: lag_below-slope
# says: geometric mean
def lag_below(fraction, W_h, h):
    radius = np.abs(np.linalg.eigvals(W_h)).max()
    factor = radius * np.exp(np.mean(np.log(1 - h**2)))
    if factor >= 1:
        return np.inf
    return np.floor(np.log(fraction) / np.log(factor)) + 1
