# fails: probe_sentiment-others
# says: Compare two calls
def probe_sentiment(sentiment):
    answers = sentiment(*sentiment_arguments())
    return np.allclose(answers, answers[0])
