def split_windows(series, length, horizons, border):
    x, y, first, last = [], [], [], []
    for values in series:
        values = (values - values[:border].mean()) / values[:border].std()
        for start in range(values.size - length - max(horizons) + 1):
            end = start + length
            x.append(values[start:end].astype("float32"))
            y.append([values[end + horizon - 1] for horizon in horizons])
            first.append(end + min(horizons) - 1)
            last.append(end + max(horizons) - 1)
    x, y = np.array(x), np.array(y)
    train, test = np.array(last) < border, np.array(first) >= border
    return {
        "x_train": x[train],
        "y_train": y[train],
        "x_test": x[test],
        "y_test": y[test],
    }
