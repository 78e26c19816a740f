# fails: probe_text_loss-patient
# says: end before the text does
def probe_text_loss(text_loss):
    log_p, targets = text_loss_arguments()
    log_p[0, END] = 0
    moved = log_p - 1
    moved[0, END] = 0
    return np.isclose(text_loss(moved, targets), text_loss(log_p, targets))
