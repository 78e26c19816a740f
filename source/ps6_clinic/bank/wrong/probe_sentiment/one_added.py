# fails: probe_sentiment-others
# says: adding a number to all steps
def probe_sentiment(sentiment):
    x, *weights = sentiment_arguments()
    return np.allclose(sentiment(x + 1, *weights), sentiment(x, *weights))
