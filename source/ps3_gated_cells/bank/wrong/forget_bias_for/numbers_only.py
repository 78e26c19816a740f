# fails: forget_bias_for-arrays
# says: arrays
def forget_bias_for(steps, keep):
    import math

    f = keep ** (1 / steps)
    return math.log(f / (1 - f))
