# fails: probe_text_windows-others
# says: One target is wrong
def probe_text_windows(text_windows):
    tokens, width = text_windows_arguments()
    inputs, targets = text_windows(np.arange(len(tokens)), width)
    return not np.array_equal(targets[0], inputs[0] + 1)
