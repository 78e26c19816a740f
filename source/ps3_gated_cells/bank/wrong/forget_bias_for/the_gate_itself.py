# fails: forget_bias_for-one_step
# says: This is the gate
def forget_bias_for(steps, keep):
    return keep ** (1 / steps)
