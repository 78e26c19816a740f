def next_token(logits, temperature, top_k, top_p, u):
    """Minus infinity for what is not allowed, softmax in the end."""

    def softmax(z):
        e = np.exp(z - z.max())
        return e / e.sum()

    def rank(z):  # 0: the most probable one
        place = np.empty(len(z), int)
        place[np.lexsort((np.arange(len(z)), -z))] = np.arange(len(z))
        return place

    z = np.array(logits, dtype=float)
    if temperature == 0:
        z[rank(z) > 0] = -np.inf
    else:
        z = z / temperature
    if top_k is not None:
        z[rank(z) >= top_k] = -np.inf
    if top_p is not None:
        p, place = softmax(z), rank(z)
        before = np.array([p[place < mine].sum() for mine in place])
        z[before >= top_p] = -np.inf
    p = softmax(z)
    allowed = np.flatnonzero(p)
    sums = np.cumsum(p[allowed])
    index = min(np.searchsorted(sums, u, side="right"), len(allowed) - 1)
    return int(allowed[index]), p
