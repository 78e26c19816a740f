def forecast_ahead(predict_change, window, calendar, mean, scale):
    batch, length, features = window.shape
    steps = calendar.shape[1]
    long = np.empty((batch, length + steps, features))
    long[:, :length] = window
    long[:, length:, 1:] = calendar
    for t in range(length, length + steps):
        change = predict_change(long[:, t - length : t])
        long[:, t, 0] = long[:, t - 1, 0] + change
    return long[:, length:, 0] * scale + mean
