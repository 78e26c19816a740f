# fails: decoder_batch-inputs
# says: the very token
def decoder_batch(targets, start, end, steps):
    outputs = np.zeros((len(targets), steps), dtype=int)
    weights = np.zeros((len(targets), steps))
    for n, target in enumerate(targets):
        kept = (list(target) + [end])[:steps]
        outputs[n, : len(kept)] = kept
        weights[n, : len(kept)] = 1
    inputs = outputs.copy()
    inputs[:, 0] = start
    return {"inputs": inputs, "outputs": outputs, "weights": weights}
