# fails: read_backwards-lengths
# says: padding is read as input
def read_backwards(x, lengths, W_x, W_h, b, activation=np.tanh):

    h_t, states = np.zeros((len(x), len(b))), []
    for t in range(x.shape[1] - 1, -1, -1):
        new = rnn_step(x[:, t], h_t, W_x, W_h, b, activation)
        h_t = np.where(
            ~np.isnan(x[:, t]).any(axis=1, keepdims=True), new, 0
        )
        states.append(h_t)
    return np.stack(states[::-1], axis=1)
