# fails: verdict-network
# says: has shape (3,)
def verdict(history, actual, forecasts, season):
    naive = np.resize(history[-season:], len(actual))
    scale = np.mean(np.abs(history[season:] - history[:-season]))
    network_mase = np.mean(np.abs(forecasts - actual), axis=0) / scale
    naive_mase = np.mean(np.abs(naive - actual)) / scale
    d = np.asarray(network_mase - naive_mase)
    margin = 2 * np.std(d, ddof=1) / np.sqrt(len(d))
    word = "undecided"
    if np.mean(d) + margin < 0:
        word = "better"
    if np.mean(d) - margin > 0:
        word = "worse"
    return {"network": network_mase, "naive": naive_mase, "verdict": word}
