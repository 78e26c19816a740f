# fails: text_score-padding
# says: padding is counted
def text_score(log_p, targets, lengths, characters):
    real = np.arange(log_p.shape[1]) < 0 * lengths[:, None] + log_p.shape[1]
    tokens = targets[real]
    bits = -log_p[real][np.arange(len(tokens)), tokens] / np.log(2)
    return {
        "bits_per_token": np.mean(bits),
        "bits_per_character": np.sum(bits) / np.sum(characters[tokens]),
        "perplexity": 2 ** np.mean(bits),
    }
