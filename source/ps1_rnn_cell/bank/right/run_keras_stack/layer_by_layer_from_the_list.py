def run_keras_stack(x, weights, backwards):
    left = list(weights)
    steps = [np.asarray(x[:, t], dtype=float) for t in range(x.shape[1])]
    for backward in backwards:
        W_x, W_h, b = (left.pop(0).astype(float) for _ in range(3))
        states, h_t = [], np.zeros((len(x), len(b)))
        for x_t in steps[::-1] if backward else steps:
            h_t = rnn_step(x_t, h_t, W_x, W_h, b)
            states.append(h_t)
        steps = states
    W_y, b_y = left
    return np.matrix(steps[-1]) @ W_y.astype(float) + b_y
