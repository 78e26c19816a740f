# fails: lag_below-far
# says: give up after some steps
def lag_below(fraction, W_h, h):
    radius = max(abs(np.linalg.eigvals(W_h)))
    factor = radius * np.sqrt(np.mean((1 - h**2) ** 2))
    left = 1.0
    for step in range(10_000):
        if left < fraction:
            return step
        left *= factor
    return np.inf
