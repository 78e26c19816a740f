# fails: mended_text_windows-values
# says: 7 tokens
def mended_text_windows(tokens, width):
    windows = (len(tokens) - 2) // width
    inputs = tokens[: windows * width].reshape(windows, width)
    targets = tokens[1 : windows * width + 1].reshape(windows, width)
    return inputs, targets
