def forget_bias_for(steps, keep):
    steps, keep = np.broadcast_arrays(steps, keep)
    biases = []
    for n, kept in zip(steps.ravel().tolist(), keep.ravel().tolist()):
        biases.append(2 * np.arctanh(2 * kept ** (1 / n) - 1))
    return np.array(biases).reshape(steps.shape)
