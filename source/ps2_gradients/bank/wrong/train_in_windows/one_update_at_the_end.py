# fails: train_in_windows-all
# says: make one after each window
def train_in_windows(weights, x, target, window, rate, limit):
    h, total = np.zeros((len(x), len(weights[1]))), [0, 0, 0, 0, 0]
    for start in range(0, x.shape[1], window):
        piece = slice(start, start + window)
        gradients, h = window_gradients(
            weights, x[:, piece], target[:, piece], h
        )
        total = [a + g for a, g in zip(total, gradients)]
    norm = np.sqrt(sum(np.sum(g**2) for g in total))
    factor = limit / max(norm, limit)
    return [w - rate * factor * g for w, g in zip(weights, total)], h
