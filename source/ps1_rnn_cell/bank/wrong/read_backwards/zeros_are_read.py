# fails: read_backwards-lengths
# says: read alone
def read_backwards(x, lengths, W_x, W_h, b, activation=np.tanh):

    real = np.arange(x.shape[1]) < lengths[:, None]
    clean = np.where(real[:, :, None], x, 0)
    h_t, states = np.zeros((len(x), len(b))), []
    for t in reversed(range(x.shape[1])):
        h_t = rnn_step(clean[:, t], h_t, W_x, W_h, b, activation)
        states.append(h_t)
    return np.where(real[:, :, None], np.stack(states[::-1], axis=1), 0)
