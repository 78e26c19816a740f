def aligned_loss(logits, labels, lengths, smoothing):
    gradient = logits.astype(float)
    total = 0.0
    for row, kinds, n in zip(gradient, labels, lengths):
        row[n:] = 0
        steps = row[:n]
        steps -= steps.max(axis=1, keepdims=True)
        steps -= np.log(np.exp(steps).sum(axis=1, keepdims=True))
        target = (
            np.eye(row.shape[1])[kinds[:n]] * (1 - smoothing)
            + smoothing / row.shape[1]
        )
        total += -(target * steps).sum() / n
        steps[:] = (np.exp(steps) - target) / n
    return total / len(lengths), gradient / len(lengths)
