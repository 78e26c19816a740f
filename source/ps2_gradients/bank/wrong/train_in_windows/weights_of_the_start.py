# fails: train_in_windows-all
# says: the window before it has left
def train_in_windows(weights, x, target, window, rate, limit):
    first = weights
    h = np.zeros((len(x), len(weights[1])))
    for start in range(0, x.shape[1], window):
        piece = slice(start, start + window)
        gradients, h = window_gradients(
            first, x[:, piece], target[:, piece], h
        )
        norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
        step = rate * limit / max(norm, limit)
        weights = [
            weight - step * gradient
            for weight, gradient in zip(weights, gradients, strict=True)
        ]
    return weights, h
