# fails: mended_memory_task-values
# says: divide by the values there are
def mended_memory_task(series, window):
    sums = np.convolve(series, np.ones(window))[: len(series)]
    return series, sums / window
