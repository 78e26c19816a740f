def cross_entropy(logits, labels):
    logits = np.asarray(logits, "float32")
    z = logits - logits.max(-1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(-1, keepdims=True))
    truth = np.eye(z.shape[-1], dtype="float32")[labels]
    loss = -np.take_along_axis(log_p, labels[:, None], 1).mean()
    return [loss, np.float32(1 / len(labels)) * (np.exp(log_p) - truth)]
