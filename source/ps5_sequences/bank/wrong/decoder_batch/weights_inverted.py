# fails: decoder_batch-weights
# says: other way round
def decoder_batch(targets, start, end, steps):
    inputs, outputs, weights = np.zeros((3, len(targets), steps), dtype=int)
    for n, target in enumerate(targets):
        to_say = [*target, end][:steps]
        outputs[n, : len(to_say)] = to_say
        inputs[n, : len(to_say)] = [start, *to_say[:-1]]
        weights[n, : len(to_say)] = 1
    weights = 1 - weights
    return {"inputs": inputs, "outputs": outputs, "weights": weights}
