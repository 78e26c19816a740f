def strict_counter():
    i, f, g, o = np.arange(12).reshape(4, 3)
    W_x, W_h, b = np.zeros((2, 12)), np.zeros((3, 12)), np.zeros(12)
    b[[*i, *f, *o]] = 40
    W_x[:, g[0]] = 0.9, -0.9
    b[g[[1, 2]]] = 30
    W_x[:, i[2]] = -60, 60
    b[i[2]] = 0
    W_x[:, i[1]] = 30, -60
    W_h[2, i[1]] = 60
    b[i[1]] = -60
    return W_x, W_h, list(b)
