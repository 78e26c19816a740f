# fails: cross_entropy-all
# says: changed `logits`
def cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    logits -= logits.max(axis=1, keepdims=True)
    shifted = logits
    sums = np.exp(shifted).sum(axis=1, keepdims=True)
    loss = np.log(sums).mean() - shifted[rows, labels].mean()
    dlogits = np.exp(shifted) / sums
    dlogits[rows, labels] -= 1
    return loss, dlogits / len(labels)
