# fails: mended_attend-values
# says: W has no part
def mended_attend(s, h, W):
    weights = softmax(np.einsum("nu,ntu->nt", s, h))
    return np.einsum("nt,ntu->nu", weights, h), weights
