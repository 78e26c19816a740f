# fails: forget_bias_for-one_step
# says: The other way round
def forget_bias_for(steps, keep):
    return sigmoid(keep ** (1 / steps))
