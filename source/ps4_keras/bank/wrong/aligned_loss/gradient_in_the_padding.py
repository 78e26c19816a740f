# fails: aligned_loss-gradient
# says: not zero in the padding
def aligned_loss(logits, labels, lengths, smoothing):
    batch, time, classes = logits.shape
    mask = (np.arange(time) < lengths[:, None])[..., None]
    z = logits - logits.max(axis=-1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    one_hot = labels[..., None] == np.arange(classes)
    q = smoothing / classes + (1 - smoothing) * one_hot
    weight = mask / lengths[:, None, None] / batch
    return -np.sum(weight * q * log_p), (np.exp(log_p) - q) / lengths[
        :, None, None
    ] / batch
