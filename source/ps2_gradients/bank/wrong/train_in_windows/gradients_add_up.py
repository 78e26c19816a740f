# fails: train_in_windows-all
# says: Gradients of earlier windows
def train_in_windows(weights, x, target, window, rate, limit):
    h = np.zeros((len(x), len(weights[1])))
    total = [0 * weight for weight in weights]
    for start in range(0, x.shape[1], window):
        piece = slice(start, start + window)
        gradients, h = window_gradients(
            weights, x[:, piece], target[:, piece], h
        )
        gradients = total = [a + g for a, g in zip(total, gradients)]
        norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
        step = rate * limit / max(norm, limit)
        weights = [
            weight - step * gradient
            for weight, gradient in zip(weights, gradients, strict=True)
        ]
    return weights, h
