# fails: cross_entropy-loss
# says: not by all logits
def cross_entropy(logits, labels):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    truth = np.eye(logits.shape[1])[labels]
    return -np.mean(truth * np.log(p)), (p - truth) / p.size
