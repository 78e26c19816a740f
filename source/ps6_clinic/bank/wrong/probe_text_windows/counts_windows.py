# fails: probe_text_windows-patient
# says: begin at each token
def probe_text_windows(text_windows):
    tokens, width = text_windows_arguments()
    inputs, targets = text_windows(tokens, width)
    windows = (len(tokens) - 1) // width
    right = tokens[1 : windows * width + 1].reshape(windows, width)
    return not np.array_equal(targets, right)
