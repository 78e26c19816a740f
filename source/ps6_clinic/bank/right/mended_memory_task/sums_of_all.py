def mended_memory_task(series, window):
    sums = np.append(0, np.cumsum(series))
    ends = np.arange(1, len(series) + 1)
    firsts = np.maximum(ends - window, 0)
    return list(series), (sums[ends] - sums[firsts]) / (ends - firsts)
