# fails: mended_sentiment-values
# says: it should be (3,)
def mended_sentiment(x, W_x, W_h, W_y):
    h_t = np.zeros((len(x), len(W_h)))
    for t in range(x.shape[1]):
        h_t = np.tanh(x[:, t] @ W_x + h_t @ W_h)
    return sigmoid(h_t @ W_y)
