# fails: forget_bias_for-one_step
# says: Its logarithm is the bias
def forget_bias_for(steps, keep):
    f = keep ** (1 / steps)
    return f / (1 - f)
