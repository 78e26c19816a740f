import math


@np.vectorize
def forget_bias_for(steps, keep):
    root = math.exp(math.log(keep) / steps)
    return -math.log(1 / root - 1)
