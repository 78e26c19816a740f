# fails: next_token-top_k
# says: A logit of 0
def next_token(logits, temperature, top_k, top_p, u):
    order = np.argsort(-logits, kind="stable")
    if temperature == 0:
        return order[0], (np.arange(len(logits)) == order[0]) * 1.0
    z = np.zeros(len(logits))
    z[order[:top_k]] = logits[order[:top_k]]
    p = np.exp((z - z.max()) / temperature)
    p /= p.sum()
    return np.searchsorted(np.cumsum(p), u, side="right"), p
