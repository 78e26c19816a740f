# fails: mended_look_back-values
# says: Nothing is hidden
def mended_look_back(x):
    return softmax(x @ x.T) @ x
