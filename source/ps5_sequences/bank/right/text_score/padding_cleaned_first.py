def text_score(log_p, targets, lengths, characters):
    t = np.arange(targets.shape[1])[None, :]
    real = (t < np.reshape(lengths, (-1, 1))).astype("float32")
    tokens = np.where(real > 0, targets, 0)
    came = np.take_along_axis(log_p, tokens[..., None], axis=-1)[..., 0]
    bits = -np.where(real > 0, came, 0) / np.log(2)
    per_token = np.average(bits, weights=real)
    written = (np.array(characters)[tokens] * real).sum()
    return dict(
        bits_per_token=per_token,
        bits_per_character=bits.sum() / written,
        perplexity=np.exp2(per_token),
    )
