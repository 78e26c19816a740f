# fails: decoder_batch-inputs
# says: start token
def decoder_batch(targets, start, end, steps):
    outputs = np.zeros((len(targets), steps), dtype=int)
    weights = np.zeros((len(targets), steps))
    for n, target in enumerate(targets):
        kept = [*target, end][:steps]
        outputs[n, : len(kept)] = kept
        weights[n, : len(kept)] = 1
    inputs = np.roll(outputs, 1, axis=1)
    inputs[inputs == end] = 0
    return {"inputs": inputs, "outputs": outputs, "weights": weights}
