# fails: cross_entropy-stable
# says: hides it
def cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    loss = -np.log(p[rows, labels] + 1e-12).mean()
    p[rows, labels] -= 1
    return loss, p / len(labels)
