def forecast_ahead(predict_change, window, calendar, mean, scale):
    def one(rows, facts):
        rows = [list(map(float, row)) for row in rows]
        answers = []
        for fact in facts:
            change = float(np.ravel(predict_change(np.array([rows])))[0])
            value = rows[-1][0] + change
            rows = rows[1:] + [[value, *fact]]
            answers.append(value * scale + mean)
        return answers

    return [one(rows, facts) for rows, facts in zip(window, calendar)]
