import math


def next_token(logits, temperature, top_k, top_p, u):
    z = [float(value) for value in logits]
    tokens = sorted(range(len(z)), key=lambda token: (-z[token], token))
    if temperature == 0:
        p = [0.0] * len(z)
        p[tokens[0]] = 1.0
        return [tokens[0], p]
    most = z[tokens[0]]
    weight = {i: math.exp((z[i] - most) / temperature) for i in tokens}
    tokens = tokens[: len(z) if top_k is None else top_k]
    if top_p is not None:
        total, reached, nucleus = sum(weight[i] for i in tokens), 0.0, []
        for token in tokens:
            nucleus.append(token)
            reached += weight[token] / total
            if reached >= top_p:
                break
        tokens = nucleus
    total = sum(weight[i] for i in tokens)
    p = [weight[i] / total if i in tokens else 0.0 for i in range(len(z))]
    reached, drawn_token = 0.0, None
    for i in range(len(z)):
        if p[i] > 0 and reached <= u:
            drawn_token = i
        reached += p[i]
    return [drawn_token, p]
