# fails: probe_text_windows-patient
# says: the last place of each window
def probe_text_windows(text_windows):
    inputs, targets = text_windows(*text_windows_arguments())
    return not np.array_equal(targets[:, :-1], inputs[:, 1:])
