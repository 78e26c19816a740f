import math


def train_in_windows(weights, x, target, window, rate, limit):
    cuts = list(range(window, x.shape[1], window))
    h = 0 * (x[:, 0] @ weights[0])
    for x_w, target_w in zip(
        np.split(x, cuts, axis=1), np.split(target, cuts, axis=1)
    ):
        gradients, h = window_gradients(weights, x_w, target_w, h)
        norm = math.hypot(
            *(float(v) for g in gradients for v in np.ravel(g))
        )
        scale = rate * min(1.0, limit / norm if norm else 1.0)
        weights = [w - scale * g for w, g in zip(weights, gradients)]
    return list(weights), h
