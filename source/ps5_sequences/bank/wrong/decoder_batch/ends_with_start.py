# fails: decoder_batch-outputs
# says: start token ends
def decoder_batch(targets, start, end, steps):
    inputs, outputs, weights = np.zeros((3, len(targets), steps), dtype=int)
    for n, target in enumerate(targets):
        to_say = [*target, start][:steps]
        outputs[n, : len(to_say)] = to_say
        inputs[n, : len(to_say)] = [start, *to_say[:-1]]
        weights[n, : len(to_say)] = 1
    return {"inputs": inputs, "outputs": outputs, "weights": weights}
