# fails: mended_text_loss-values
# says: still stops at the first end token
def mended_text_loss(log_p, targets):
    loss, count = 0.0, 0
    for log_p_t, target in zip(log_p, targets, strict=True):
        loss -= log_p_t[target]
        count += 1
        if np.argmax(log_p_t) == END:
            break
    return loss / count
