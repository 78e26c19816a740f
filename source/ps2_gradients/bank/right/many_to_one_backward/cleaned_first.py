def many_to_one_backward(dlogits, x, h, lengths, W_x, W_h, W_y):
    steps = np.arange(x.shape[1])
    real = (steps < lengths[:, None])[:, :, None]
    own_end = (steps == lengths[:, None] - 1)[:, :, None]
    x, h = np.where(real, x, 0.0), np.where(real, h, 0.0)
    last = np.sum(h * own_end, axis=1)
    dh_own = own_end * (dlogits @ W_y.T)[:, None]
    before = np.concatenate([np.zeros_like(h[:, :1]), h[:, :-1]], axis=1)
    da, future = np.zeros(h.shape), 0
    for t in steps[::-1]:
        da[:, t] = (dh_own[:, t] + future) * (1 - h[:, t] ** 2)
        future = da[:, t] @ W_h.T
    return (
        np.einsum("btf,btu->fu", x, da),
        np.einsum("btv,btu->vu", before, da),
        da.sum((0, 1)),
        last.T @ dlogits,
        dlogits.sum(0),
        da @ W_x.T,
    )
