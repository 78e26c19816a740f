def wrong_gradients(loss, arrays, gradients):
    found = []
    for name, array in arrays.items():
        slopes = np.empty(array.shape)
        for index in np.ndindex(array.shape):
            up, down = array.astype(float), array.astype(float)
            up[index] += 1e-5
            down[index] -= 1e-5
            above = loss(arrays | {name: up})
            below = loss(arrays | {name: down})
            slopes[index] = (above - below) / 2e-5
        if not np.allclose(gradients[name], slopes, rtol=1e-3, atol=1e-8):
            found.append(name)
    return found


def last_wrong_step(loss_after, problem, h, c, dh, dc):
    for t in range(h.shape[1] - 1, -1, -1):
        if wrong_gradients(
            lambda state: loss_after(problem, t, state["h"], state["c"]),
            {"h": h[:, t], "c": c[:, t]},
            {"h": dh[:, t], "c": dc[:, t]},
        ):
            return np.int64(t)
