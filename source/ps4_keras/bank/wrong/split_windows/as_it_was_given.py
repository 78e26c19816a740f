# fails: split_windows-scaler
# says: all series and all steps
def split_windows(series, length, horizons, border):
    scaled = (series - series.mean()) / series.std()
    values, steps = scaled.ravel(), series.shape[1]
    x, y, starts = [], [], []
    for start in range(values.size - length - max(horizons)):
        end = start + length
        x.append(values[start:end])
        y.append([values[end + horizon] for horizon in horizons])
        starts.append(start % steps)
    x, y = np.array(x), np.array(y)
    train = np.array(starts) < border
    return {
        "x_train": x[train],
        "y_train": y[train],
        "x_test": x[~train],
        "y_test": y[~train],
    }
