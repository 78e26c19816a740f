# fails: text_score-padding
# says: leave it out before
def text_score(log_p, targets, lengths, characters):
    real = np.arange(log_p.shape[1]) < lengths[:, None]
    tokens = targets * real
    came = np.take_along_axis(log_p, tokens[:, :, None], axis=2)[:, :, 0]
    bits = np.sum(-came * real) / np.log(2)
    return {
        "bits_per_token": bits / lengths.sum(),
        "bits_per_character": bits / np.sum(characters[tokens] * real),
        "perplexity": 2 ** (bits / lengths.sum()),
    }
