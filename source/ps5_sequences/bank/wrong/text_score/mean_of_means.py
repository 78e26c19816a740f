# fails: text_score-padding
# says: mean of the means
def text_score(log_p, targets, lengths, characters):
    bits, written = [], 0
    for rows, tokens, length in zip(log_p, targets, lengths):
        tokens = tokens[:length]
        bits.append(-rows[np.arange(length), tokens].mean() / np.log(2))
        written += characters[tokens].sum()
    return {
        "bits_per_token": np.mean(bits),
        "bits_per_character": np.sum(bits * lengths) / written,
        "perplexity": 2 ** np.mean(bits),
    }
