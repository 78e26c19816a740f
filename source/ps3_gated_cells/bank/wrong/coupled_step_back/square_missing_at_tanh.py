# fails: coupled_step_back-slope
# says: the square is missing
def coupled_step_back(dh, dc, step, W_x, W_h):
    f, g, o, c_prev = (step[name] for name in ("f", "g", "o", "c_prev"))
    tanh_c = np.tanh(step["c"])
    dc_later = dc
    dc = dc + dh * o * (1 - tanh_c)
    dz_f = dc * (c_prev - g) * f * (1 - f)
    dz_g = dc * (1 - f) * (1 - g**2)
    dz_o = dh * tanh_c * o * (1 - o)
    dz = np.concatenate([dz_f, dz_g, dz_o], axis=1)
    return {
        "dx": dz @ W_x.T,
        "dh_prev": dz @ W_h.T,
        "dc_prev": dc * f,
        "dW_x": step["x"].T @ dz,
        "dW_h": step["h_prev"].T @ dz,
        "db": dz.sum(axis=0),
    }
