# fails: probe_sentiment-patient
# says: does not see the order
def probe_sentiment(sentiment):
    x, *weights = sentiment_arguments()
    turned = sentiment(x[:, ::-1], *weights)
    return np.allclose(turned, sentiment(x, *weights))
