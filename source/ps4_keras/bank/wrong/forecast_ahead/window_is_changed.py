# fails: forecast_ahead-all
# says: changed window
def forecast_ahead(predict_change, window, calendar, mean, scale):
    if not np.issubdtype(window.dtype, np.floating):
        window = window.astype(float)
    forecasts = []
    for t in range(calendar.shape[1]):
        value = window[:, -1, 0] + predict_change(window)
        window[:, :-1] = window[:, 1:].copy()
        window[:, -1, 0] = value
        window[:, -1, 1:] = calendar[:, t]
        forecasts.append(mean + scale * value)
    return np.transpose(forecasts)
