# fails: probe_memory_task-patient
# says: A sick patient is called sound
def probe_memory_task(memory_task):
    series, window = memory_task_arguments()
    _, targets = memory_task(series, window)
    _, moved = memory_task(other(series), window)
    return np.isclose(moved[-1], targets[-1])
