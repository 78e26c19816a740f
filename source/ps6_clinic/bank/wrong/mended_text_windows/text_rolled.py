# fails: mended_text_windows-values
# says: first token of the text
def mended_text_windows(tokens, width):
    windows = (len(tokens) - 1) // width
    used = tokens[: windows * width]
    targets = np.roll(used, -1)
    return used.reshape(windows, width), targets.reshape(windows, width)
