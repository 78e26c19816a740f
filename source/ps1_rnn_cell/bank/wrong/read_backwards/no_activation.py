# fails: read_backwards-direction
# says: off by up to
def read_backwards(x, lengths, W_x, W_h, b, activation=np.tanh):

    h_t, states = np.zeros((len(x), len(b))), []
    for t in range(x.shape[1] - 1, -1, -1):
        new = x[:, t] @ W_x + h_t @ W_h + b
        h_t = np.where(t < lengths[:, None], new, 0)
        states.append(h_t)
    return np.stack(states[::-1], axis=1)
