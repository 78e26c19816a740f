# fails: forget_bias_for-one_step
# says: base 2
def forget_bias_for(steps, keep):
    f = keep ** (1 / steps)
    return np.log2(f / (1 - f))
