# fails: probe_sentiment-others
# says: a factor makes no difference
def probe_sentiment(sentiment):
    x, *weights = sentiment_arguments()
    return np.allclose(sentiment(2 * x, *weights), sentiment(x, *weights))
