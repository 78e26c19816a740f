# fails: forget_bias_for-many_steps
# says: does not depend on the number of steps
def forget_bias_for(steps, keep):
    return np.log(keep / (1 - keep))
