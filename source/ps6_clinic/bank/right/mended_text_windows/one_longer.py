def mended_text_windows(tokens, width):
    starts = range(0, len(tokens) - width, width)
    windows = np.array([tokens[i : i + width + 1] for i in starts])
    return windows[:, :-1], windows[:, 1:]
