# fails: mended_text_loss-values
# says: The first token is not paid for
def mended_text_loss(log_p, targets):
    loss = 0.0
    for log_p_t, target in zip(log_p, targets, strict=True):
        if np.argmax(log_p_t) == END:
            continue
        loss -= log_p_t[target]
    return loss / len(targets)
