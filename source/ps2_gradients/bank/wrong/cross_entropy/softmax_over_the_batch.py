# fails: cross_entropy-loss
# says: The labels have probabilities of 0.5 and 0.2
def cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=0, keepdims=True)
    sums = np.exp(shifted).sum(axis=0, keepdims=True)
    loss = np.mean(np.log(sums[0, labels]) - shifted[rows, labels])
    dlogits = np.exp(shifted) / sums
    dlogits[rows, labels] -= 1
    return loss, dlogits / len(labels)
