# fails: read_backwards-direction
# says: read forwards
def read_backwards(x, lengths, W_x, W_h, b, activation=np.tanh):

    h_t, states = np.zeros((len(x), len(b))), []
    for t in range(x.shape[1]):
        new = rnn_step(x[:, t], h_t, W_x, W_h, b, activation)
        h_t = np.where(t < lengths[:, None], new, 0)
        states.append(h_t)
    return np.stack(states, axis=1)
