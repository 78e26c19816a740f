# fails: mended_read_source-values
# says: the ends of the targets go by
def mended_read_source(h, h_lengths, s, s_lengths):
    scores = np.einsum("nku,ntu->nkt", s, h)
    seen = real(h_lengths, h.shape[1])
    scores = np.where(seen[:, None], scores, -np.inf)
    return (softmax(scores) @ h) * real(h_lengths, s.shape[1])[:, :, None]
