# fails: probe_text_loss-patient
# says: but every token is paid for
def probe_text_loss(text_loss):
    log_p, targets = text_loss_arguments()
    log_p[:, END] = 0
    mean = -np.mean(log_p[np.arange(len(targets)), targets])
    return not np.isclose(text_loss(log_p, targets), mean)
