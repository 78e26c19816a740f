# fails: forecast_ahead-facts
# says: oldest row come back
def forecast_ahead(predict_change, window, calendar, mean, scale):
    forecasts = []
    for facts in np.moveaxis(calendar, 1, 0):
        value = window[:, -1, 0] + predict_change(window)
        forecasts.append(value)
        window = np.roll(window, -1, axis=1).astype(float)
        window[:, -1, 0] = value
    return mean + scale * np.stack(forecasts, axis=1)
