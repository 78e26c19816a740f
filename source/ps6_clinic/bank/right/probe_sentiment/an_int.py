def probe_sentiment(sentiment):
    x, *weights = sentiment_arguments()
    reviews = [
        x,
        other(x),
        np.random.default_rng(3).uniform(size=(3, 4, 2)),
    ]
    answers = np.array([sentiment(review, *weights) for review in reviews])
    return int(np.all(answers.std(axis=0) < 1e-7))
