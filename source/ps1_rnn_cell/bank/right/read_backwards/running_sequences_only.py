def read_backwards(x, lengths, W_x, W_h, b, activation=np.tanh):

    time = x.shape[1]
    h = [[[0.0] * len(b) for _ in range(time)] for _ in x]
    state = np.matrix(np.zeros((len(x), len(b))))
    for t in range(time)[::-1]:
        running = np.flatnonzero(np.asarray(lengths) > t)
        if len(running):
            state[running] = activation(
                x[running, t] @ W_x + state[running] @ np.matrix(W_h) + b
            )
        for row in running:
            h[row][t] = state[row].tolist()[0]
    return h
