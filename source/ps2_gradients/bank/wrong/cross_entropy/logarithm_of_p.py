# fails: cross_entropy-stable
# says: not infinite
def cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    loss = -np.log(p[rows, labels]).mean()
    p[rows, labels] -= 1
    return loss, p / len(labels)
