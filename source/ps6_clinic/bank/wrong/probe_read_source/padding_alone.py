# fails: probe_read_source-others
# says: leaves out real states
def probe_read_source(read_source):
    h, lengths, s, _ = read_source_arguments()
    s_lengths = np.array([4, 2])
    padded = ~real(lengths, h.shape[1])[:, :, None]
    moved = np.where(padded, other(h), h)
    return not np.allclose(
        read_source(moved, lengths, s, s_lengths),
        read_source(h, lengths, s, s_lengths),
    )
