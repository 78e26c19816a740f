# fails: lag_below-radius
# says: spectral norm
def lag_below(fraction, W_h, h):
    radius = np.linalg.norm(W_h, 2)
    factor = radius * np.sqrt(np.mean((1 - h**2) ** 2))
    if factor >= 1:
        return np.inf
    return np.floor(np.log(fraction) / np.log(factor)) + 1
