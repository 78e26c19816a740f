# fails: forget_bias_for-many_steps
# says: loses the same amount
def forget_bias_for(steps, keep):
    f = 1 - (1 - keep) / steps
    return np.log(f / (1 - f))
