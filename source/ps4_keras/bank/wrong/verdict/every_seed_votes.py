# fails: verdict-word
# says: no votes
def verdict(history, actual, forecasts, season):
    naive = np.resize(history[-season:], len(actual))
    scale = np.mean(np.abs(history[season:] - history[:-season]))
    network_mase = np.mean(np.abs(forecasts - actual), axis=1) / scale
    naive_mase = np.mean(np.abs(naive - actual)) / scale
    d = network_mase - naive_mase
    margin = 2 * np.std(d, ddof=1) / np.sqrt(len(d))
    if abs(np.mean(d)) < margin:
        return {
            "network": network_mase,
            "naive": naive_mase,
            "verdict": "undecided",
        }
    word = "undecided"
    if np.max(d) < 0:
        word = "better"
    if np.min(d) > 0:
        word = "worse"
    return {"network": network_mase, "naive": naive_mase, "verdict": word}
