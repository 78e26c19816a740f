# fails: lag_below-slope
# says: the slope is 1 minus that
def lag_below(fraction, W_h, h):
    radius = np.abs(np.linalg.eigvals(W_h)).max()
    factor = radius * np.sqrt(np.mean(np.where(np.any(h), h**4, 1)))
    if factor >= 1:
        return np.inf
    return np.floor(np.log(fraction) / np.log(factor)) + 1
