# fails: mended_sentiment-values
# says: These three sum to 1
def mended_sentiment(x, W_x, W_h, W_y):
    h_t = np.zeros((len(x), len(W_h)))
    for t in range(x.shape[1]):
        h_t = np.tanh(x[:, t] @ W_x + h_t @ W_h)
    return softmax((h_t @ W_y)[:, 0])
