def lag_below(fraction, W_h, h):
    slopes = 1 - np.square(h)
    factor = (
        max(abs(v) for v in np.linalg.eigvals(W_h))
        * np.linalg.norm(slopes)
        / slopes.size**0.5
    )
    if factor >= 1:
        return np.inf
    high = 1
    while factor**high >= fraction:
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (
            (middle, high) if factor**middle >= fraction else (low, middle)
        )
    return high
