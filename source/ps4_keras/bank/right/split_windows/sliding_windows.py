def split_windows(series, length, horizons, border):
    past = series[:, :border]
    z = (series - past.mean(1)[:, None]) / past.std(1)[:, None]
    long = length + max(horizons)
    views = np.lib.stride_tricks.sliding_window_view(z, long, axis=1)
    first = np.arange(views.shape[1])
    last_target = first + long - 1
    first_target = first + length + min(horizons) - 1
    columns = [length - 1 + h for h in horizons]
    result = {}
    for name, chosen in [
        ("train", last_target < border),
        ("test", first_target >= border),
    ]:
        rows = views[:, chosen].reshape(-1, long)
        result["x_" + name] = rows[:, :length]
        result["y_" + name] = rows[:, columns]
    return result
