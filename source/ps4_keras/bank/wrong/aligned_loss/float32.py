# fails: aligned_loss-loss
# says: float64
def aligned_loss(logits, labels, lengths, smoothing):
    real = np.arange(logits.shape[1]) < lengths[:, None]
    z, batch, classes = (
        logits[real].astype("float32"),
        len(lengths),
        logits.shape[2],
    )
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    at_label = labels[real][:, None] == np.arange(classes)
    q = smoothing / classes + (1 - smoothing) * at_label
    weight = 1 / (batch * np.repeat(lengths, lengths)[:, None])
    gradient = np.zeros(logits.shape)
    gradient[real] = weight * (np.exp(log_p) - q)
    return -np.sum(weight * q * log_p), gradient
