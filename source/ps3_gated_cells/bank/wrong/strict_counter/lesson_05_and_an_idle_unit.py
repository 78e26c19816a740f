# fails: strict_counter-order
# says: Does the alarm go on at the first a after a b
def strict_counter():
    i, f, g, o = np.arange(8).reshape(4, 2)
    W_x, W_h, b = np.zeros((2, 8)), np.zeros((2, 8)), np.zeros(8)
    b[[*i, *f, *o]] = 40
    W_x[:, g[0]] = 40, -40
    return W_x, W_h, b
