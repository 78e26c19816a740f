# fails: cross_entropy-gradient
# says: the way back through softmax is missing
def cross_entropy(logits, labels):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    truth = np.eye(logits.shape[1])[labels]
    loss = -np.log(p[np.arange(len(p)), labels]).mean()
    return loss, -truth / p / len(labels)
