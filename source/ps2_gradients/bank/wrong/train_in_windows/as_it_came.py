# fails: train_in_windows-rest
# says: The fifth step is lost
def train_in_windows(weights, x, target, window, rate, limit):
    weights = [weight.copy() for weight in weights]
    for start in range(0, x.shape[1] - window + 1, window):
        piece = slice(start, start + window)
        h = np.zeros((len(x), len(weights[1])))
        gradients, h = window_gradients(
            weights, x[:, piece], target[:, piece], h
        )
        for weight, gradient in zip(weights, gradients, strict=True):
            norm = np.linalg.norm(gradient)
            factor = min(1, limit / norm)
            weight -= rate * factor * gradient
    return weights, h
