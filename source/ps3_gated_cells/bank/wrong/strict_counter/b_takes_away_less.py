# fails: strict_counter-counts
# says: exactly what an a adds
def strict_counter():
    i, f, g, o = np.arange(12).reshape(4, 3)
    W_x, W_h, b = np.zeros((2, 12)), np.zeros((3, 12)), np.zeros(12)
    b[[*i, *f, *o]] = 40
    W_x[:, g[0]] = 40, -1
    b[g[1]] = 40
    W_x[1, g[2]] = 40
    W_x[0, i[1]], W_h[2, i[1]], b[i[1]] = 100, 100, -130
    return W_x, W_h, b
