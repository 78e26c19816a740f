def keras_gru_weights(W_ih, W_hh, b_ih, b_hh):
    n = len(b_ih) // 3
    order = [*range(n, 2 * n), *range(n), *range(2 * n, 3 * n)]
    sign = np.repeat([-1, 1, 1], n)
    W_x, W_h = W_ih[order].T * sign, W_hh[order].T * sign
    return [W_x, W_h, np.vstack([b_ih, b_hh])[:, order] * sign]
