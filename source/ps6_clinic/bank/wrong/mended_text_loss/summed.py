# fails: mended_text_loss-values
# says: This is the sum
def mended_text_loss(log_p, targets):
    return -np.sum(log_p[np.arange(len(targets)), targets])
