# fails: many_to_one_backward-padding
# says: 0 times NaN is NaN
def many_to_one_backward(dlogits, x, h, lengths, W_x, W_h, W_y):
    last = h[np.arange(len(h)), lengths - 1]
    dW_x, dW_h, db = 0, 0, 0
    dx, dh = np.zeros(x.shape), dlogits @ W_y.T
    for t in reversed(range(x.shape[1])):
        real = (lengths > t)[:, None]
        h_prev = h[:, t - 1] if t > 0 else np.zeros_like(dh)
        a, b, c, dx_t, dh_prev = rnn_step_backward(
            dh * real, x[:, t], h_prev, h[:, t], W_x, W_h
        )
        dx[:, t] = dx_t * real
        dh = real * dh_prev + (1 - real) * dh
        dW_x, dW_h, db = dW_x + a, dW_h + b, db + c
    return dW_x, dW_h, db, last.T @ dlogits, dlogits.sum(axis=0), dx
