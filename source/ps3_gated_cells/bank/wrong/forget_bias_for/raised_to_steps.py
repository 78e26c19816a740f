# fails: forget_bias_for-many_steps
# says: raised to the power
def forget_bias_for(steps, keep):
    f = keep**steps
    return np.log(f / (1 - f))
