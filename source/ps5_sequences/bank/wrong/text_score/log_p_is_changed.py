# fails: text_score-bits
# says: changed log_p
def text_score(log_p, targets, lengths, characters):
    real = np.arange(log_p.shape[1]) < lengths[:, None]
    tokens = targets[real]
    log_p /= np.log(2)
    bits = -log_p[real][np.arange(len(tokens)), tokens]
    return {
        "bits_per_token": np.mean(bits),
        "bits_per_character": np.sum(bits) / np.sum(characters[tokens]),
        "perplexity": 2 ** np.mean(bits),
    }
