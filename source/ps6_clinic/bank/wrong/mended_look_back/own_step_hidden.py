# fails: mended_look_back-values
# says: NaN
def mended_look_back(x):
    steps = np.arange(len(x))
    hidden = steps[:, None] <= steps
    with np.errstate(invalid="ignore"):
        return softmax(np.where(hidden, -np.inf, x @ x.T)) @ x
