# fails: verdict-network
# says: root mean square
def verdict(history, actual, forecasts, season):
    naive = np.resize(history[-season:], len(actual))
    scale = np.mean(np.abs(history[season:] - history[:-season]))
    network_mase = (
        np.sqrt(np.mean((forecasts - actual) ** 2, axis=1)) / scale
    )
    naive_mase = np.mean(np.abs(naive - actual)) / scale
    d = network_mase - naive_mase
    margin = 2 * np.std(d, ddof=1) / np.sqrt(len(d))
    word = "undecided"
    if np.mean(d) + margin < 0:
        word = "better"
    if np.mean(d) - margin > 0:
        word = "worse"
    return {"network": network_mase, "naive": naive_mase, "verdict": word}
