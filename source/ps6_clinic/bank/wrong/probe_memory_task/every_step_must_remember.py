# fails: probe_memory_task-others
# says: there is no value of two steps ago
def probe_memory_task(memory_task):
    series, window = memory_task_arguments()
    _, targets = memory_task(series, window)
    for t in range(1, len(series)):
        past_moved = other(series)
        past_moved[t] = series[t]
        if np.isclose(memory_task(past_moved, window)[1][t], targets[t]):
            return True
    return False
