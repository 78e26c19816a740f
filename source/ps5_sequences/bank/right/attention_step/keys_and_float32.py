def attention_step(s, h, W, lengths, dc):
    s, W, dc = (x.astype("float32") for x in (s, W, dc))
    batch, time, features = h.shape
    padding = np.arange(time)[None] >= lengths[:, None]
    clean = h.copy()
    clean[padding] = 0
    clean = clean.astype("float32")
    keys = clean @ W.T
    e = (keys * s[:, None]).sum(-1)
    e[padding] = -1e30
    e = e - e.max(-1, keepdims=True)
    a = np.exp(e) / np.exp(e).sum(-1, keepdims=True)
    c = (a[..., None] * clean).sum(1)
    de = a * ((clean - c[:, None]) @ dc[..., None])[..., 0]
    dkeys = de[..., None] * s[:, None]
    return {
        "weights": a,
        "context": c,
        "ds": (de[..., None] * keys).sum(1),
        "dh": a[..., None] * dc[:, None] + dkeys @ W,
        "dW": np.tensordot(dkeys, clean, axes=([0, 1], [0, 1])),
    }
