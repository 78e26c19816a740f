def mended_sentiment(x, W_x, W_h, W_y):
    """The second logit is 0."""
    h_t = np.zeros((1, W_h.shape[0]))
    for t in range(x.shape[1]):
        h_t = np.tanh(np.dot(x[:, t], W_x) + np.dot(h_t, W_h))
    logits = np.dot(h_t, W_y)
    return softmax(np.hstack([logits, 0 * logits]))[:, 0]
