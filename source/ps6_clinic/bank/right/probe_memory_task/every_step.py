def probe_memory_task(memory_task):
    """Does any target move with an earlier input?"""
    series, window = np.arange(12.0) ** 2 % 7, 4
    _, targets = memory_task(series, window)
    for t in range(1, 12):
        moved = series.copy()
        moved[:t] = np.cos(moved[:t])
        if abs(memory_task(moved, window)[1][t] - targets[t]) > 1e-9:
            return False
    return True
