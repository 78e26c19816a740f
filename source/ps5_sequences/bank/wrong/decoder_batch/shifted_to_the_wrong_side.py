# fails: decoder_batch-inputs
# says: wrong side
def decoder_batch(targets, start, end, steps):
    inputs, outputs, weights = np.zeros((3, len(targets), steps), dtype=int)
    for n, target in enumerate(targets):
        to_say = [*target, end][:steps]
        outputs[n, : len(to_say)] = to_say
        inputs[n, : len(to_say)] = [*to_say[1:], 0]
        weights[n, : len(to_say)] = 1
    return {"inputs": inputs, "outputs": outputs, "weights": weights}
