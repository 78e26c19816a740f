def run_keras_stack(x, weights, backwards):
    wide = [np.array(w, dtype=np.longdouble) for w in weights]

    def states(layer):
        if layer < 0:
            return x
        inputs = states(layer - 1)
        if backwards[layer]:
            inputs = np.flip(inputs, axis=1)
        W_x, W_h, b = (
            wide[3 * layer],
            wide[3 * layer + 1],
            wide[3 * layer + 2],
        )
        h = np.zeros(
            (x.shape[0], x.shape[1] + 1, b.size), dtype=np.longdouble
        )
        for t in range(x.shape[1]):
            h[:, t + 1] = np.tanh(inputs[:, t] @ W_x + h[:, t] @ W_h + b)
        return h[:, 1:]

    return np.asarray(
        states(len(backwards) - 1)[:, -1] @ wide[-2] + wide[-1],
        dtype="float64",
    )
