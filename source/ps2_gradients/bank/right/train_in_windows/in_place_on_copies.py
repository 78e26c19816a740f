def train_in_windows(weights, x, target, window, rate, limit):
    new = [np.array(weight, dtype=float) for weight in weights]
    h, start = np.zeros((x.shape[0], new[1].shape[0])), 0
    while start < x.shape[1]:
        end = min(start + window, x.shape[1])
        gradients, h = window_gradients(
            new, x[:, start:end], target[:, start:end], h
        )
        norm = np.linalg.norm(
            np.concatenate([g.ravel() for g in gradients])
        )
        if norm > limit:
            gradients = [g * (limit / (norm + 1e-6)) for g in gradients]
        for weight, gradient in zip(new, gradients):
            weight -= rate * gradient
        start = end
    return tuple(new), h
