import statistics


def verdict(history, actual, forecasts, season):
    history = [float(value) for value in history]
    changes = [
        abs(new - old) for new, old in zip(history[season:], history)
    ]
    scale = sum(changes) / len(changes)

    def mase(forecast):
        errors = [abs(f - a) for f, a in zip(forecast, actual)]
        return sum(errors) / len(errors) / scale

    n = len(history)
    naive = mase(
        [history[n - season + i % season] for i in range(len(actual))]
    )
    network = [mase(forecast) for forecast in forecasts]
    gaps = [own - naive for own in network]
    error = statistics.stdev(gaps) / len(gaps) ** 0.5
    middle = statistics.mean(gaps)
    if middle < -2 * error:
        word = "better"
    elif middle > 2 * error:
        word = "worse"
    else:
        word = "undecided"
    return {"verdict": word, "naive": naive, "network": network}
