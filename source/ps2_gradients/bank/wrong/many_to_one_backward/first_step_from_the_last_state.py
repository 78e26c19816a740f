# fails: many_to_one_backward-weights
# says: h[:, t - 1] is h[:, -1]
def many_to_one_backward(dlogits, x, h, lengths, W_x, W_h, W_y):
    last = h[np.arange(len(h)), lengths - 1]
    dW_y, db_y = last.T @ dlogits, dlogits.sum(axis=0)
    dW_x, dW_h, db = np.zeros(W_x.shape), np.zeros(W_h.shape), 0
    dx, dh = np.zeros(x.shape), dlogits @ W_y.T
    for t in reversed(range(x.shape[1])):
        real = lengths > t
        h_prev = h[real, t - 1]
        share_x, share_h, share_b, dx[real, t], dh[real] = (
            rnn_step_backward(
                dh[real], x[real, t], h_prev, h[real, t], W_x, W_h
            )
        )
        dW_x += share_x
        dW_h += share_h
        db += share_b
    return dW_x, dW_h, db, dW_y, db_y, dx
