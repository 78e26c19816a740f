# fails: strict_counter-order
# says: Does the alarm
def strict_counter():
    i, f, g, o = np.arange(12).reshape(4, 3)
    W_x, W_h, b = np.zeros((2, 12)), np.zeros((3, 12)), np.zeros(12)
    b[[*i, *f, *o]] = 40
    W_x[:, g[0]] = 40, -40
    W_h[1, i[0]] = -80
    W_x[1, i[0]] = 80
    W_x[1, g[1]] = 0
    W_x[1, g[2]] = 40
    W_h[2, g[0]] = 0
    return W_x, W_h, b
