def read_backwards(x, lengths, W_x, W_h, b, activation=np.tanh):

    batch, time, _ = x.shape
    real = (np.arange(time) < lengths[:, None])[:, :, None]
    clean = np.where(real, x, 0)
    h = np.zeros((batch, time + 1, len(b)))
    for t in reversed(range(time)):
        h[:, t] = real[:, t] * activation(
            clean[:, t] @ W_x + h[:, t + 1] @ W_h + b
        )
    return h[:, :-1]
