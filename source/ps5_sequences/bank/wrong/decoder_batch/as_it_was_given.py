# fails: decoder_batch-outputs
# says: last column
def decoder_batch(targets, start, end, steps):
    return careless_batch(targets, start, end, steps)
