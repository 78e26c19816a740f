# fails: next_token-top_k
# says: not three
def next_token(logits, temperature, top_k, top_p, u):
    order = np.argsort(-logits, kind="stable")
    if temperature == 0:
        temperature, top_k = 1, 1
    least = logits[order[:top_k][-1]]
    kept = order[:1] if top_k == 1 else order[logits[order] >= least]
    weights = np.exp((logits[kept] - logits[order[0]]) / temperature)
    if top_p is not None:
        p_before = (np.cumsum(weights) - weights) / np.sum(weights)
        needed = p_before < top_p
        kept, weights = kept[needed], weights[needed]
    p = np.zeros(len(logits))
    p[kept] = weights / np.sum(weights)
    summed = np.cumsum(p)
    return np.searchsorted(summed / summed[-1], u, side="right"), p
