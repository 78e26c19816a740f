# fails: probe_memory_task-patient
# says: no memory is needed
def probe_memory_task(memory_task):
    inputs, targets = memory_task(*memory_task_arguments())
    return np.allclose(inputs, targets)
