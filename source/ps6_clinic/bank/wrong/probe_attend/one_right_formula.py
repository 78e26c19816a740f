# fails: probe_attend-patient
# says: ask for the promise alone
def probe_attend(attend):
    s, h, W = attend_arguments()
    weights = softmax(np.einsum("nu,ntu->nt", s @ W, h))
    return not np.allclose(attend(s, h, W)[1], weights)
