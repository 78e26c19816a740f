# fails: probe_memory_task-others
# says: Move the whole past
def probe_memory_task(memory_task):
    series, window = memory_task_arguments()
    moved = series.copy()
    moved[-2] += 1
    _, targets = memory_task(series, window)
    return np.isclose(memory_task(moved, window)[1][-1], targets[-1])
