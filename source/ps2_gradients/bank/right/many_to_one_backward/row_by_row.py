def many_to_one_backward(dlogits, x, h, lengths, W_x, W_h, W_y):
    sums = [
        np.zeros(W_x.shape),
        np.zeros(W_h.shape),
        np.zeros(len(W_h)),
        np.zeros(W_y.shape),
        np.zeros(W_y.shape[1]),
    ]
    dx = np.zeros(x.shape)
    for n, length in enumerate(lengths):
        states = [0 * W_h[0], *h[n, :length]]
        sums[3] += np.outer(states[-1], dlogits[n])
        sums[4] += dlogits[n]
        dh = W_y @ dlogits[n]
        for t in range(length - 1, -1, -1):
            da = dh * (1 - states[t + 1] ** 2)
            sums[0] += np.outer(x[n, t], da)
            sums[1] += np.outer(states[t], da)
            sums[2] += da
            dx[n, t] = W_x @ da
            dh = W_h @ da
    return (*sums, dx)
