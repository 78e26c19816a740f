# fails: mended_read_source-values
# says: should be 0
def mended_read_source(h, h_lengths, s, s_lengths):
    scores = np.einsum("nku,ntu->nkt", s, h)
    seen = real(h_lengths, h.shape[1])
    return softmax(np.where(seen[:, None], scores, -np.inf)) @ h
