# fails: lag_below-slope
# says: Without the tanh
def lag_below(fraction, W_h, h):
    radius = np.abs(np.linalg.eigvals(W_h)).max()
    factor = radius
    if factor >= 1:
        return np.inf
    return np.floor(np.log(fraction) / np.log(factor)) + 1
