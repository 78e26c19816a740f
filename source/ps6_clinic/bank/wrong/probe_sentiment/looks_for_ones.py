# fails: probe_sentiment-patient
# says: it is the same for every review
def probe_sentiment(sentiment):
    return np.allclose(sentiment(*sentiment_arguments()), 1)
