# fails: lag_below-far
# says: never lets it fade
def lag_below(fraction, W_h, h):
    radius = np.abs(np.linalg.eigvals(W_h)).max()
    factor = radius * np.sqrt(np.mean((1 - h**2) ** 2))
    return np.floor(np.log(fraction) / np.log(factor)) + 1
