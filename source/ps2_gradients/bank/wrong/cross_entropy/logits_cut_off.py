# fails: cross_entropy-stable
# says: Logits are cut off
def cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    p = np.exp(np.clip(logits, -500, 500))
    p /= p.sum(axis=1, keepdims=True)
    loss = -np.log(p[rows, labels] + 1e-300).mean()
    p[rows, labels] -= 1
    return loss, p / len(labels)
