# fails: forecast_ahead-all
# says: small_network on two sequences
def forecast_ahead(predict_change, window, calendar, mean, scale):
    forecasts = []
    for facts in np.moveaxis(calendar, 1, 0):
        value = window[:, -1, 0] + predict_change(window)
        forecasts.append(value)
        row = np.concatenate(
            [value[:, None], np.repeat(facts[:1], len(facts), axis=0)],
            axis=1,
        )
        window = np.concatenate([window[:, 1:], row[:, None]], axis=1)
    return mean + scale * np.stack(forecasts, axis=1)
