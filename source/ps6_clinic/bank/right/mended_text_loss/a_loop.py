def mended_text_loss(log_p, targets):
    loss = 0.0
    for t, target in enumerate(targets):
        loss -= log_p[t][target]
    return [loss / len(targets)][0]
