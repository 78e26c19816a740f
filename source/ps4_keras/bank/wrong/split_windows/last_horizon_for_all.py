# fails: split_windows-horizons
# says: steps ahead
def split_windows(series, length, horizons, border):
    known = series[:, :border]
    scaled = series - known.mean(axis=1, keepdims=True)
    scaled = scaled / known.std(axis=1, keepdims=True)
    parts = {"x_train": [], "y_train": [], "x_test": [], "y_test": []}
    for values in scaled:
        for end in range(length, len(values) + 1 - max(horizons)):
            targets = [end + horizon - 1 for horizon in horizons]
            for part, belongs in [
                ("train", max(targets) < border),
                ("test", min(targets) >= border),
            ]:
                if belongs:
                    parts["x_" + part].append(values[end - length : end])
                    parts["y_" + part].append(
                        values[[targets[-1]] * len(targets)]
                    )
    return {name: np.array(rows) for name, rows in parts.items()}
