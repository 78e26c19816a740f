def decoder_batch(targets, start, end, steps):
    def padded(row):
        return (row + [0] * steps)[:steps]

    batch = {"weights": [], "inputs": [], "outputs": []}
    for target in targets:
        batch["outputs"].append(padded(target + [end]))
        batch["inputs"].append(padded([start] + target))
        batch["weights"].append(padded([1.0] * (len(target) + 1)))
    return batch
