# fails: probe_text_loss-patient
# says: want to end
def probe_text_loss(text_loss):
    log_p, targets = text_loss_arguments()
    for t, target in enumerate(targets):
        moved = log_p.copy()
        moved[t, target] -= 1
        if np.isclose(text_loss(moved, targets), text_loss(log_p, targets)):
            return True
    return False
