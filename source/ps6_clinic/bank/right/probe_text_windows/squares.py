def probe_text_windows(text_windows):
    """In a text without repeats, look up what follows each token."""
    tokens = np.arange(2, 15) ** 2
    follows = dict(zip(tokens[:-1], tokens[1:], strict=True))
    inputs, targets = text_windows(tokens, 4)
    pairs = zip(inputs.ravel(), targets.ravel(), strict=True)
    return not all(follows.get(a) == b for a, b in pairs)
