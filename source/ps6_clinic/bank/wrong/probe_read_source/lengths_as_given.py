# fails: probe_read_source-patient
# says: one of your sources shorter
def probe_read_source(read_source):
    h, lengths, s, s_lengths = read_source_arguments()
    padded = ~real(lengths, h.shape[1])[:, :, None]
    moved = np.where(padded, other(h), h)
    return not np.allclose(
        read_source(moved, lengths, s, s_lengths),
        read_source(h, lengths, s, s_lengths),
    )
