def forget_bias_for(steps, keep):
    log_f = np.log(keep) / steps
    return log_f - np.log(-np.expm1(log_f))
