# fails: mended_text_windows-values
# says: Shifted by two
def mended_text_windows(tokens, width):
    windows = (len(tokens) - 2) // width
    inputs = tokens[: windows * width].reshape(windows, width)
    targets = tokens[2 : windows * width + 2].reshape(windows, width)
    return inputs, targets
