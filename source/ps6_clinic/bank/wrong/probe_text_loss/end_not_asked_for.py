# fails: probe_text_loss-others
# says: The end token is a target too
def probe_text_loss(text_loss):
    log_p, targets = text_loss_arguments()
    log_p[:, END] = 0
    for t in range(len(targets) - 1):
        moved = log_p.copy()
        moved[t, targets[t]] -= 1
        if np.isclose(text_loss(moved, targets), text_loss(log_p, targets)):
            return True
    return False
