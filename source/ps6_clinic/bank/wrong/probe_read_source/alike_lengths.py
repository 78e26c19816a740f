# fails: probe_read_source-others
# says: the lengths of the rows in the wrong order
def probe_read_source(read_source):
    h, _, s, _ = read_source_arguments()
    for length, steps in [(2, 4), (4, 2)]:
        arguments = np.array([length] * 2), s, np.array([steps] * 2)
        contexts = read_source(h, *arguments)
        for t in range(h.shape[1]):
            moved = h.copy()
            moved[:, t] = other(h)[:, t]
            kept = np.allclose(read_source(moved, *arguments), contexts)
            if kept == (t < length):
                return True
    return False
