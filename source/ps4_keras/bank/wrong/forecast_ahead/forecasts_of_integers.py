# fails: forecast_ahead-feedback
# says: decimals of each forecast
def forecast_ahead(predict_change, window, calendar, mean, scale):
    length = window.shape[1]
    steps = calendar.shape[1]
    long = np.zeros(
        (len(window), length + steps, window.shape[2]), window.dtype
    )
    long[:, :length] = window
    long[:, length:, 1:] = calendar
    for t in range(length, length + steps):
        long[:, t, 0] = long[:, t - 1, 0] + predict_change(
            long[:, t - length : t]
        )
    return mean + scale * long[:, length:, 0]
