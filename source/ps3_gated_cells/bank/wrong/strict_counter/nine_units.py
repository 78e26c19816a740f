# fails: strict_counter-counts
# says: 9 units
def strict_counter():
    i, f, g, o = np.arange(36).reshape(4, 9)
    W_x, W_h, b = np.zeros((2, 36)), np.zeros((9, 36)), np.zeros(36)
    b[[*i, *f, *o]] = 40
    W_x[:, g[0]] = 40, -40
    b[g[1]] = 40
    W_x[1, g[2]] = 40
    W_x[0, i[1]], W_h[2, i[1]], b[i[1]] = 100, 100, -130
    return W_x, W_h, b
