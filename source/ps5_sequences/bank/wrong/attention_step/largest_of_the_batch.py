# fails: attention_step-weights
# says: of each sequence
def attention_step(h, states, W, lengths, dc):
    real = np.arange(states.shape[1]) < lengths[:, None]
    e = np.where(real[:, :, None], states, 0)
    query = h @ W
    s = np.where(real, np.einsum("nf,ntf->nt", query, e), -np.inf)
    a = np.exp(s - s.max())
    a = a / a.sum(axis=1, keepdims=True)
    da = np.einsum("nf,ntf->nt", dc, e)
    ds = a * (da - np.sum(a * da, axis=1, keepdims=True))
    dquery = np.einsum("nt,ntf->nf", ds, e)
    return {
        "weights": a,
        "context": np.einsum("nt,ntf->nf", a, e),
        "dh": dquery @ W.T,
        "dstates": a[:, :, None] * dc[:, None]
        + ds[:, :, None] * query[:, None],
        "dW": h.T @ dquery,
    }
