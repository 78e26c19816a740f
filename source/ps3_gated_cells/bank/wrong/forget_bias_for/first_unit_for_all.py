# fails: forget_bias_for-arrays
# says: steps may be an array
def forget_bias_for(steps, keep):
    steps = np.ravel(steps)[0]
    f = keep ** (1 / steps)
    return np.log(f / (1 - f))
