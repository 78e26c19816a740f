def many_to_one_backward(dlogits, x, h, lengths, W_x, W_h, W_y):
    order = np.argsort(-lengths)
    back = np.argsort(order)
    x, h, sizes, dlogits = (
        x[order],
        h[order],
        lengths[order],
        dlogits[order],
    )
    last = h[range(len(h)), sizes - 1]
    dh, dx = dlogits @ W_y.T, np.zeros_like(x, dtype=float)
    shares = []
    for t in range(sizes[0] - 1, -1, -1):
        n = int((sizes > t).sum())
        start = h[:n, t - 1] if t else np.zeros((n, len(W_h)))
        *share, dx[:n, t], dh[:n] = rnn_step_backward(
            dh[:n], x[:n, t], start, h[:n, t], W_x, W_h
        )
        shares.append(share)
    dW_x, dW_h, db = (sum(kind) for kind in zip(*shares))
    return [dW_x, dW_h, db, last.T @ dlogits, dlogits.sum(0), dx[back]]
