# fails: mended_attend-values
# says: W is transposed
def mended_attend(s, h, W):
    weights = softmax(np.einsum("nu,ntu->nt", s @ W.T, h))
    return np.einsum("nt,ntu->nu", weights, h), weights
