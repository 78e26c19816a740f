def mended_read_source(h, h_lengths, s, s_lengths):
    seen = real(h_lengths, h.shape[1])
    h *= seen[:, :, None]
    scores = np.where(seen[:, None], s @ np.swapaxes(h, 1, 2), -np.inf)
    s *= real(s_lengths, s.shape[1])[:, :, None]
    return (softmax(scores) @ h) * real(s_lengths, s.shape[1])[:, :, None]
