# fails: attention_step-dh
# says: through the scores is missing
def attention_step(s, h, W, lengths, dc):
    real = np.arange(h.shape[1]) < lengths[:, None]
    clean = np.where(real[:, :, None], h, 0)
    query = s @ W
    e = np.where(real, np.einsum("nf,ntf->nt", query, clean), -np.inf)
    a = np.exp(e - e.max(axis=1, keepdims=True))
    a = a / a.sum(axis=1, keepdims=True)
    da = np.einsum("nf,ntf->nt", dc, clean)
    de = a * (da - np.sum(a * da, axis=1, keepdims=True))
    dquery = np.einsum("nt,ntf->nf", de, clean)
    return {
        "weights": a,
        "context": np.einsum("nt,ntf->nf", a, clean),
        "ds": dquery @ W.T,
        "dh": a[:, :, None] * dc[:, None] + 0,
        "dW": s.T @ dquery,
    }
