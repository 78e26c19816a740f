def last_wrong_step(loss_after, problem, h, c, dh, dc):
    wrong = []
    for t in range(h.shape[1]):
        size = h[:, t].size
        both = np.concatenate([h[:, t].ravel(), c[:, t].ravel()])
        claims = np.concatenate([dh[:, t].ravel(), dc[:, t].ravel()])
        slopes = []
        for step in 1e-20j * np.eye(2 * size):
            moved = both + step
            h_t = moved[:size].reshape(h[:, t].shape)
            c_t = moved[size:].reshape(h[:, t].shape)
            slopes.append(loss_after(problem, t, h_t, c_t).imag / 1e-20)
        error = np.abs(claims - slopes)
        if not np.all(error <= 1e-8 + 1e-3 * np.abs(slopes)):
            wrong.append(t)
    return max(wrong) if wrong else None
