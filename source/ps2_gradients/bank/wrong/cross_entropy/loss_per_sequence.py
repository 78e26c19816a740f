# fails: cross_entropy-loss
# says: return one number
def cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    sums = np.exp(shifted).sum(axis=1, keepdims=True)
    loss = np.log(sums[:, 0]) - shifted[rows, labels]
    dlogits = np.exp(shifted) / sums
    dlogits[rows, labels] -= 1
    return loss, dlogits / len(labels)
