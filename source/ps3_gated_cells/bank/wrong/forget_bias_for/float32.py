# fails: forget_bias_for-many_steps
# says: off by up to
def forget_bias_for(steps, keep):
    f = np.float32(keep) ** np.float32(1 / steps)
    return np.log(f / (1 - f))
