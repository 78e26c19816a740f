# fails: mended_memory_task-values
# says: one too many
def mended_memory_task(series, window):
    targets = []
    for t in range(len(series)):
        first = max(0, t - window)
        targets.append(np.mean(series[first : t + 1]))
    return series, np.array(targets)
