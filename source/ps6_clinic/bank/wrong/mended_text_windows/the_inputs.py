# fails: mended_text_windows-values
# says: The targets are the inputs
def mended_text_windows(tokens, width):
    windows = (len(tokens) - 1) // width
    inputs = tokens[: windows * width].reshape(windows, width)
    return inputs, inputs
