# fails: next_token-top_p
# says: temperature comes first
def next_token(logits, temperature, top_k, top_p, u):
    order = np.argsort(-logits, kind="stable")
    if temperature == 0:
        temperature, top_k = 1, 1
    kept = order[:top_k]
    if top_p is not None:
        plain = np.exp(logits[kept] - logits[order[0]])
        p_before = (np.cumsum(plain) - plain) / np.sum(plain)
        kept = kept[p_before < top_p]
    weights = np.exp((logits[kept] - logits[order[0]]) / temperature)
    p = np.zeros(len(logits))
    p[kept] = weights / np.sum(weights)
    summed = np.cumsum(p)
    return np.searchsorted(summed / summed[-1], u, side="right"), p
