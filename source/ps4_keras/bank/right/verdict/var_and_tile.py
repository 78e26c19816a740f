def verdict(history, actual, forecasts, season):
    times = -(-actual.size // season)
    naive = np.tile(history[-season:], times)[: actual.size]
    everybody = np.vstack([naive, forecasts])
    mase = np.abs(everybody - actual).mean(1)
    mase = mase / np.abs(history[season:] - history[:-season]).mean()
    d = mase[1:] - mase[0]
    squared = 4 * np.var(d, ddof=1) / d.size
    clear = d.mean() ** 2 > squared
    word = np.where(
        clear, np.where(d.mean() < 0, "better", "worse"), "undecided"
    )
    return {
        "network": mase[1:],
        "naive": mase[:1].item(),
        "verdict": str(word),
    }
