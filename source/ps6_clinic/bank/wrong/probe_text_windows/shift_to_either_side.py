# fails: probe_text_windows-others
# says: come before their inputs
def probe_text_windows(text_windows):
    tokens, width = text_windows_arguments()
    inputs, targets = text_windows(np.arange(len(tokens)), width)
    return not np.all(np.abs(targets - inputs) == 1)
