def read_backwards(x, lengths, W_x, W_h, b, activation=np.tanh):

    h = np.zeros((x.shape[0], x.shape[1], W_h.shape[0]), dtype="float32")
    for i in range(x.shape[0]):
        state = np.zeros(W_h.shape[0])
        for t in range(int(lengths[i]) - 1, -1, -1):
            state = activation(x[i, t] @ W_x + state @ W_h + b)
            h[i, t] = state
    return h
