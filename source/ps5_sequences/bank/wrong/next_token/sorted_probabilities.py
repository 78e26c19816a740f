# fails: next_token-top_k
# says: sorted
def next_token(logits, temperature, top_k, top_p, u):
    order = np.argsort(-logits, kind="stable")
    if temperature == 0:
        return order[0], (np.arange(len(logits)) == order[0]) * 1.0
    if top_k is None and top_p is None:
        order = np.arange(len(logits))
    kept = order[:top_k]
    weights = np.exp((logits[kept] - logits.max()) / temperature)
    p = np.zeros(len(logits))
    p[: len(kept)] = weights / np.sum(weights)
    summed = np.cumsum(p)
    return np.searchsorted(summed / summed[-1], u, side="right"), p
