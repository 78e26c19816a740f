# fails: probe_read_source-others
# says: where the target is longer it reads padding
def probe_read_source(read_source):
    h, _, s, _ = read_source_arguments()
    lengths, steps = np.array([4, 2]), np.array([3, 1])
    contexts = read_source(h, lengths, s, steps)
    for n, t in np.ndindex(h.shape[:2]):
        moved = h.copy()
        moved[n, t] = other(h)[n, t]
        is_read = not np.allclose(
            read_source(moved, lengths, s, steps)[n], contexts[n]
        )
        if is_read != (t < lengths[n]):
            return True
    return False
