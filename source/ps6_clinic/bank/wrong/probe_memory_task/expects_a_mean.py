# fails: probe_memory_task-patient
# says: Do not expect a mean
def probe_memory_task(memory_task):
    series, window = memory_task_arguments()
    _, targets = memory_task(series, window)
    return not np.isclose(targets[-1], np.mean(series[-window:]))
