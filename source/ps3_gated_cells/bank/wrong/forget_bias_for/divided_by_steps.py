# fails: forget_bias_for-many_steps
# says: divided by the number of steps
def forget_bias_for(steps, keep):
    f = keep / steps
    return np.log(f / (1 - f))
