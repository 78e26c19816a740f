def read_backwards(x, lengths, W_x, W_h, b, activation=np.tanh):

    batch, time, _ = x.shape
    places = lengths[:, None] - 1 - np.arange(time)  # negative: padding
    rows = np.arange(batch)[:, None]
    turned = x[rows, np.maximum(places, 0)]
    h_t, states = np.zeros((batch, len(b))), []
    for t in range(time):
        h_t = rnn_step(turned[:, t], h_t, W_x, W_h, b, activation)
        states.append(h_t)
    states = np.stack(states, axis=1)[rows, np.maximum(places, 0)]
    return np.where((places >= 0)[:, :, None], states, 0.0)
