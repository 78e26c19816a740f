# fails: cross_entropy-loss
# says: sum over the batch
def cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    sums = np.exp(shifted).sum(axis=1, keepdims=True)
    loss = np.log(sums).sum() - shifted[rows, labels].sum()
    dlogits = np.exp(shifted) / sums
    dlogits[rows, labels] -= 1
    return loss, dlogits
