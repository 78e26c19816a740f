# fails: mended_look_back-values
# says: after the softmax
def mended_look_back(x):
    return (softmax(x @ x.T) * np.tri(len(x))) @ x
