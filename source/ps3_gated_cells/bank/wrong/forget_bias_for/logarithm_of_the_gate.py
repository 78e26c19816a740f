# fails: forget_bias_for-one_step
# says: The denominator is missing
def forget_bias_for(steps, keep):
    return np.log(keep ** (1 / steps))
