# fails: cross_entropy-gradient
# says: probabilities minus labels
def cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    sums = np.exp(shifted).sum(axis=1, keepdims=True)
    loss = np.log(sums).mean() - shifted[rows, labels].mean()
    dlogits = np.exp(shifted) / sums
    dlogits[rows, labels] -= 1
    return loss, -dlogits / len(labels)
