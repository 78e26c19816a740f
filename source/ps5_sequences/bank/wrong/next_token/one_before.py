# fails: next_token-token
# says: before the right one
def next_token(logits, temperature, top_k, top_p, u):
    order = np.argsort(-logits, kind="stable")
    if temperature == 0:
        temperature, top_k = 1, 1
    kept = order[:top_k]
    weights = np.exp((logits[kept] - logits[order[0]]) / temperature)
    if top_p is not None:
        p_before = (np.cumsum(weights) - weights) / np.sum(weights)
        needed = p_before < top_p
        kept, weights = kept[needed], weights[needed]
    p = np.zeros(len(logits))
    p[kept] = weights / np.sum(weights)
    summed = np.cumsum(p)
    return np.searchsorted(summed / summed[-1], u, side="right") - 1, p
