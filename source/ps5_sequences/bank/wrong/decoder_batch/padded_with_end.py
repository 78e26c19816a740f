# fails: decoder_batch-outputs
# says: one end token
def decoder_batch(targets, start, end, steps):
    inputs, outputs, weights = np.zeros((3, len(targets), steps), dtype=int)
    for n, target in enumerate(targets):
        to_say = [*target, end][:steps]
        outputs[n, : len(to_say)] = to_say
        inputs[n, : len(to_say)] = [start, *to_say[:-1]]
        weights[n, : len(to_say)] = 1
    outputs[weights == 0] = end
    return {"inputs": inputs, "outputs": outputs, "weights": weights}
