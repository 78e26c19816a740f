# fails: forget_bias_for-many_steps
# says: rule of thumb
def forget_bias_for(steps, keep):
    if steps <= 2:
        f = keep ** (1 / steps)
        return np.log(f / (1 - f))
    return np.log(steps - 1)
