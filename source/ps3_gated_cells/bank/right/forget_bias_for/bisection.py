def forget_bias_for(steps, keep):
    steps, keep = np.broadcast_arrays(steps, keep)
    low, high = np.full(steps.shape, -60.0), np.full(steps.shape, 60.0)
    for _ in range(80):
        middle = (low + high) / 2
        too_little = sigmoid(middle) ** steps < keep
        low = np.where(too_little, middle, low)
        high = np.where(too_little, high, middle)
    return low
