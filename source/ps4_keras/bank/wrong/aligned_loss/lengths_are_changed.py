# fails: aligned_loss-large
# says: changed lengths
def aligned_loss(logits, labels, lengths, smoothing):
    batch, time, classes = logits.shape
    loss, gradient = 0.0, np.zeros(logits.shape)
    share = 1 / (batch * lengths)
    for t in range(time):
        for n in range(batch):
            if lengths[n] > 0:
                z = logits[n, t] - logits[n, t].max()
                log_p = z - np.log(np.exp(z).sum())
                q = np.full(classes, smoothing / classes)
                q[labels[n, t]] += 1 - smoothing
                loss -= share[n] * np.sum(q * log_p)
                gradient[n, t] = share[n] * (np.exp(log_p) - q)
        lengths -= 1
    return loss, gradient
