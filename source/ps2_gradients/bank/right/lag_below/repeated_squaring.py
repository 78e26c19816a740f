def lag_below(fraction, W_h, h):
    # Gelfand: the radius is the limit of norm(W^n) ** (1 / n)
    power, logarithm = np.array(W_h, dtype=float), 0.0
    for k in range(60):
        size = np.linalg.norm(power)
        logarithm += np.log(size) / 2**k
        power = (power / size) @ (power / size)
    rate = logarithm + 0.5 * np.log(
        np.mean(1 / np.cosh(np.arctanh(h)) ** 4)
    )
    if rate > -1e-13:
        return float("inf")
    return int(np.log(fraction) // rate) + 1
