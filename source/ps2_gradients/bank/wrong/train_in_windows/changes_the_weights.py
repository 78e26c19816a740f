# fails: train_in_windows-all
# says: changed `W_x`
def train_in_windows(weights, x, target, window, rate, limit):
    h = np.zeros((len(x), len(weights[1])))
    for start in range(0, x.shape[1], window):
        piece = slice(start, start + window)
        gradients, h = window_gradients(
            weights, x[:, piece], target[:, piece], h
        )
        norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
        step = rate * limit / max(norm, limit)
        for weight, gradient in zip(weights, gradients):
            weight -= step * gradient
    return weights, h
