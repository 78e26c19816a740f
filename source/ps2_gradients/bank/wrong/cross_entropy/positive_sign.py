# fails: cross_entropy-loss
# says: the loss is never negative
def cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    sums = np.exp(shifted).sum(axis=1, keepdims=True)
    loss = shifted[rows, labels].mean() - np.log(sums).mean()
    dlogits = np.exp(shifted) / sums
    dlogits[rows, labels] -= 1
    return loss, dlogits / len(labels)
