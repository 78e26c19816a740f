def aligned_loss(logits, labels, lengths, smoothing):
    batch, _, classes = np.shape(logits)
    loss = 0
    gradient = np.zeros(np.shape(logits))
    for n, length in enumerate(lengths):
        for t in range(int(length)):
            z = np.asarray(logits[n][t], dtype=float)
            log_p = z - np.logaddexp.reduce(z)
            q = [smoothing / classes] * classes
            q[labels[n][t]] += 1 - smoothing
            loss = loss - np.dot(q, log_p) / (length * batch)
            gradient[n, t] = (np.exp(log_p) - q) / (length * batch)
    return loss, gradient
