# fails: mended_read_source-values
# says: padding too
def mended_read_source(h, h_lengths, s, s_lengths):
    contexts = softmax(np.einsum("nku,ntu->nkt", s, h)) @ h
    return contexts * real(s_lengths, s.shape[1])[:, :, None]
