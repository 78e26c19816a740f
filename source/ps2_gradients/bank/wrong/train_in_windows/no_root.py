# fails: train_in_windows-clip
# says: it should be the limit
def train_in_windows(weights, x, target, window, rate, limit):
    h = np.zeros((len(x), len(weights[1])))
    for start in range(0, x.shape[1], window):
        piece = slice(start, start + window)
        gradients, h = window_gradients(
            weights, x[:, piece], target[:, piece], h
        )
        norm = sum(np.sum(g**2) for g in gradients)
        step = rate * limit / max(norm, limit)
        weights = [
            weight - step * gradient
            for weight, gradient in zip(weights, gradients, strict=True)
        ]
    return weights, h
