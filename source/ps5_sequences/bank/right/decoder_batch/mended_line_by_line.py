def decoder_batch(targets, start, end, steps):
    outputs = np.zeros((len(targets), steps), dtype=int)
    weights = np.zeros((len(targets), steps))
    for n, target in enumerate(targets):
        kept = (list(target) + [end])[:steps]
        outputs[n, : len(kept)] = kept
        weights[n, : len(kept)] = 1
    inputs = np.zeros((len(targets), steps), dtype=int)
    inputs[:, 0] = start
    inputs[:, 1:] = outputs[:, :-1] * (weights[:, 1:] > 0)
    return {"inputs": inputs, "outputs": outputs, "weights": weights}
