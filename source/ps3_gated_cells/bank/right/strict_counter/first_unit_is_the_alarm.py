def strict_counter():
    # units: 0 alarm, 1 balance, 2 b seen (kept at 1 by its own state), 3 idle
    i, f, g, o = np.arange(16).reshape(4, 4)
    W_x = np.zeros((2, 16), dtype="float32")
    W_h, b = np.zeros((4, 16), "float32"), np.zeros(16, "float32")
    b[i], b[f], b[o] = 50, 50, 50
    W_x[:, g[1]] = -0.5, 0.5
    W_x[1, g[2]], b[g[0]] = 25, -25
    W_x[0, i[0]], W_h[2, i[0]], b[i[0]] = 100, 100, -130
    return W_x, W_h, b
