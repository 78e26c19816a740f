def coupled_step_back(dh, dc, step, W_x, W_h):
    units = dh.shape[1]
    small = {name: np.float32(array) for name, array in step.items()}
    rows = {"dx": [], "dh_prev": [], "dc_prev": []}
    dW_x, dW_h = np.zeros(W_x.shape), np.zeros(W_h.shape)
    db = np.zeros(3 * units)
    for n in range(len(dh)):
        x, h, c_prev = small["x"][n], small["h_prev"][n], small["c_prev"][n]
        f, g, o, c = (small[name][n] for name in "fgoc")
        total = dc[n] + dh[n] * o * (1 - np.tanh(c) ** 2)
        dz = np.empty(3 * units)
        dz[:units] = total * (c_prev - g) * f * (1 - f)
        dz[units : 2 * units] = total * (1 - f) * (1 - g) * (1 + g)
        dz[2 * units :] = dh[n] * np.tanh(c) * o * (1 - o)
        rows["dx"].append(W_x @ dz)
        rows["dh_prev"].append(W_h @ dz)
        rows["dc_prev"].append(total * f)
        dW_x += np.outer(x, dz)
        dW_h += np.outer(h, dz)
        db += dz
    return {**rows, "dW_x": dW_x, "dW_h": dW_h, "db": db}
