# fails: read_backwards-direction
# says: array that collects them
def read_backwards(x, lengths, W_x, W_h, b, activation=np.tanh):

    h = np.zeros((x.shape[0], x.shape[1], len(b)), dtype=x.dtype)
    for row, length in enumerate(lengths):
        h_t = np.zeros(len(b))
        for t in reversed(range(length)):
            h_t = activation(x[row, t] @ W_x + h_t @ W_h + b)
            h[row, t] = h_t
    return h
