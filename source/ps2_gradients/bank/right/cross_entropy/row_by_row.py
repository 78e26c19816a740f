def cross_entropy(logits, labels):
    losses, gradients = [], []
    for row, label in zip(logits, labels):
        top = max(row)
        exponentials = [np.exp(z - top) for z in row]
        total = sum(exponentials)
        losses.append(top + np.log(total) - row[label])
        gradients.append(
            [
                (each / total - (k == label)) / len(logits)
                for k, each in enumerate(exponentials)
            ]
        )
    return sum(losses) / len(losses), gradients
