def coupled_step_back(dh, dc, step, W_x, W_h):
    x_t, h_prev, c_prev = step["x"], step["h_prev"], step["c_prev"]
    f, g, o, c_t = step["f"], step["g"], step["o"], step["c"]
    dz_o = dh * np.tanh(c_t) * o * (1 - o)
    dc += dh * o / np.cosh(np.minimum(np.abs(c_t), 300)) ** 2
    dc_prev = dc * f
    dz_f = dc * (c_prev - g) * f * (1 - f)
    dz_g = dc * (1 - f) * (1 - g**2)
    dz = np.concatenate([dz_f, dz_g, dz_o], axis=1)
    dx = np.zeros(x_t.shape)
    dx[:] = dz @ W_x.T
    dh_prev = dz @ W_h.T
    dW_x, dW_h, db = x_t.T @ dz, h_prev.T @ dz, dz.sum(axis=0)
    return {
        "dx": dx,
        "dh_prev": dh_prev,
        "dc_prev": dc_prev,
        "dW_x": dW_x,
        "dW_h": dW_h,
        "db": db,
    }
