# fails: forecast_ahead-facts
# says: one step too early
def forecast_ahead(predict_change, window, calendar, mean, scale):
    forecasts = []
    for facts in np.moveaxis(calendar, 1, 0):
        window = window.astype(float)
        window[:, -1, 1:] = facts
        value = window[:, -1, 0] + predict_change(window)
        forecasts.append(value)
        row = np.concatenate([value[:, None], facts], axis=1)
        window = np.concatenate([window[:, 1:], row[:, None]], axis=1)
    return mean + scale * np.stack(forecasts, axis=1)
