# fails: cross_entropy-loss
# says: Softmax is missing
def cross_entropy(logits, labels):
    truth = np.eye(logits.shape[1])[labels]
    loss = -(truth * logits).sum(axis=1).mean()
    return loss, -truth / len(labels)
