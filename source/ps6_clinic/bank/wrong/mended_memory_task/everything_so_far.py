# fails: mended_memory_task-values
# says: all values so far
def mended_memory_task(series, window):
    return series, np.cumsum(series) / np.arange(1, len(series) + 1)
