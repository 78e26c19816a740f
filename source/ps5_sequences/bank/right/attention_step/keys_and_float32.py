def attention_step(h, states, W, lengths, dc):
    h, W, dc = (x.astype("float32") for x in (h, W, dc))
    batch, time, features = states.shape
    padding = np.arange(time)[None] >= lengths[:, None]
    e = states.copy()
    e[padding] = 0
    e = e.astype("float32")
    keys = e @ W.T
    s = (keys * h[:, None]).sum(-1)
    s[padding] = -1e30
    s = s - s.max(-1, keepdims=True)
    a = np.exp(s) / np.exp(s).sum(-1, keepdims=True)
    c = (a[..., None] * e).sum(1)
    ds = a * ((e - c[:, None]) @ dc[..., None])[..., 0]
    dkeys = ds[..., None] * h[:, None]
    return {
        "weights": a,
        "context": c,
        "dh": (ds[..., None] * keys).sum(1),
        "dstates": a[..., None] * dc[:, None] + dkeys @ W,
        "dW": np.tensordot(dkeys, e, axes=([0, 1], [0, 1])),
    }
