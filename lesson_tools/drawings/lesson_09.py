"""Drawings of lesson 09: forecasting."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from lesson_tools.figures import COLOURS, arrow, canvas, label_line, readable_on
from lesson_tools.tables import tells

# What each figure of the lesson shows, for a reader who cannot see it.
ALT = {
    "rolling origin": (
        "Four years in a row, three times. In the first row 2012 is the training part "
        "and 2013 is judged; in the second, 2012 and 2013 train and 2014 is judged; in the "
        "third, three years train and 2015 is judged. Below, one forecast: a window of 7 "
        "days that are known, the origin, and up to 14 days ahead that are not."
    ),
    "series": (
        "Highest temperature of each day in Seattle, 2012 to 2015. A smooth yearly wave "
        "from about 7 to 26 degrees, fitted on 2012 to 2014, runs through the days, which "
        "stray several degrees to both sides for days on end."
    ),
    "contest": (
        "Three panels, one per judged year; mean absolute scaled error, one dot per "
        "seed. Naive stands near 1, the season and seasonal naive beyond the right edge. The "
        "linear rule, SimpleRNN, LSTM and GRU all lie close together, a little to the "
        "left of naive."
    ),
    "gallery": (
        "Five leaks, each with two marks on an axis of mean absolute error in degrees. "
        "Window with its target: from 0 to about 2.2. Centred average: from about 0.7 "
        "to above 2. Shuffled days: from about 2 to about 14, off the axis. Season and "
        "scale of all years: both marks in one place. Best net on the test year: the "
        "marks are close together."
    ),
    "horizons": (
        "Error against days ahead, 1 to 14, in 2015. Naive climbs from 2.2 to about 4 "
        "degrees. The season is level at about 3.2. The linear rule and the networks, "
        "whichever way they go ahead, start near 2.2, the "
        "encoder-decoder near 2.5, and stay in one bundle below the season."
    ),
    "fan": (
        "Eight weeks of 2015: the temperature of each day, and a band between the two outer "
        "quantiles that was forecast the day before. Most days lie inside the band, "
        "some outside."
    ),
    "coverage": (
        "Share of days inside the band, by season of the year, with a dashed line at the "
        "promised 80 percent. Over the whole year the marks of the linear rule, the season "
        "and the network are near the line; in the quarters they spread to both sides."
    ),
    "prices": (
        "Left: the S&P 500 and the forecasts of three networks from 2014 to 2022; on this "
        "scale the lines follow each other closely. Middle: correlation of the forecast with the "
        "price of the month it is for and of the months before: the peak is one "
        "month before. Right: forecast return against true return, a level band: the "
        "forecast hardly moves."
    ),
    "thermostat": (
        "A saw-toothed room temperature between about 18 and 22 degrees, and the errors of "
        "three forecasters, one dot per seed: GRU and the dense net lie far to the "
        "left of the linear rule, which lies left of naive."
    ),
}


def rolling_origin(years=(2012, 2013, 2014, 2015)):
    """Three folds, each judged on one year after all years before it, and one window."""
    figure, axes = canvas(19, 7.6, scale=0.46)
    for fold in range(3):
        y = 6.9 - 1.0 * fold
        axes.text(0, y, f"fold {fold + 1}", size=13, va="center")
        for place, year in enumerate(years):
            role = "input" if place <= fold else "output" if place == fold + 1 else None
            _bar(axes, 2.2 + 4.1 * place, y, 4.0, year, role)
    axes.text(2.2, 3.75, "train", size=13, color=COLOURS["input"], weight="bold")
    axes.text(5.2, 3.75, "judge", size=13, color=COLOURS["output"], weight="bold")
    axes.text(8.2, 3.75, "not yet there", size=13, color="#555555", weight="bold")
    for day in range(21):
        known = day < 7
        _bar(axes, 2.2 + 0.78 * day, 1.5, 0.7, "", "input" if known else "output")
    axes.text(0, 1.5, "one\nforecast", size=13, va="center")
    axes.text(2.2, 0.55, "window: 7 days", size=13, va="center")
    axes.text(8.6, 0.55, "ahead: day 1, 2, … 14", size=13, va="center")
    arrow(axes, (7.64, 2.9), (7.64, 2.05))
    axes.text(7.9, 2.75, "the origin: nothing to its right is known", size=13, va="center")
    return figure


def _bar(axes, x, y, width, text, role):
    colour = COLOURS[role] if role else "#E9E9E9"
    axes.add_patch(Rectangle((x, y - 0.38), width, 0.76, facecolor=colour, edgecolor="none"))
    axes.text(
        x + width / 2,
        y,
        text,
        ha="center",
        va="center",
        size=13,
        color=readable_on(colour) if role else "#555555",
    )


def series_and_season(dates, celsius, season):
    """The temperature of each day, and the wave of the season through it."""
    figure, axes = plt.subplots(figsize=(8, 3.4))
    axes.plot(dates, celsius, color=COLOURS["truth"], linewidth=0.7, alpha=0.7)
    axes.plot(dates, season, color=COLOURS["forget_gate"], linewidth=2.5)
    label_line(axes, dates[-1], season[-1] + 3, "season", "forget_gate")
    axes.set(ylabel="highest temperature (°C)")
    axes.margins(x=0.01)
    return figure


def contest(scores, kinds, limit=1.12):
    """MASE per judged year: one row per forecaster, one dot per seed.

    scores: year -> forecaster -> list of MASE; one above `limit` stands at the edge.
    """
    figure, panels = plt.subplots(1, len(scores), figsize=(9, 3.4), sharex=True, sharey=True)
    for axes, (year, rows) in zip(panels, scores.items(), strict=True):
        for row, (name, values) in enumerate(rows.items()):
            net, far = name in kinds, values[0] > limit
            (dots,) = axes.plot(
                np.minimum(values, limit),
                np.full(len(values), row),
                "o" if net else ">" if far else "D",
                color=COLOURS[name if net else "baseline"],
                markersize=8,
                alpha=0.75,
                markeredgecolor="white",
                label="each run",
            )
            tells(dots, values)
            if far:
                axes.text(limit - 0.012, row, f"{values[0]:.2f}", ha="right", va="center")
        axes.axvline(min(rows["linear rule"]), color=COLOURS["baseline"], linestyle="--")
        axes.set(title=str(year), yticks=range(len(rows)), yticklabels=list(rows))
        axes.set(xlim=(0.9, limit + 0.01))
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", length=0)
    panels[0].invert_yaxis()
    panels[1].set_xlabel("MASE (dashed: the linear rule)")
    return figure


def gallery(leaks, limit=3.5):
    """What each leak seems to score (hollow) and what is left without it (filled)."""
    figure, axes = plt.subplots(figsize=(8.5, 3.6))
    for row, (seems, honest) in enumerate(leaks.values()):
        end = min(honest, limit)
        axes.plot([seems, end], [row, row], color="#BBBBBB", linewidth=2, zorder=1)
        axes.plot(
            seems,
            row,
            "o",
            color="white",
            markeredgecolor=COLOURS["forget_gate"],
            markersize=10,
            markeredgewidth=2,
            label="seems to score",
        )
        (filled,) = axes.plot(
            end,
            row,
            ">" if honest > limit else "o",
            color=COLOURS["input_gate"],
            markersize=9,
            label="without the leak",
        )
        tells(filled, honest)
        axes.text(
            seems,
            row - 0.34,
            f"{seems:.2f}",
            ha="right",
            size=10,
            va="center",
            color=COLOURS["forget_gate"],
        )
        axes.text(
            end,
            row - 0.34,
            f"{honest:.2f}",
            ha="left",
            size=10,
            va="center",
            color=COLOURS["input_gate"],
        )
    axes.text(
        0.02,
        1.03,
        "hollow: seems to score",
        transform=axes.transAxes,
        weight="bold",
        color=COLOURS["forget_gate"],
    )
    axes.text(
        0.98,
        1.03,
        "filled: without the leak",
        transform=axes.transAxes,
        weight="bold",
        color=COLOURS["input_gate"],
        ha="right",
    )
    axes.set(
        yticks=range(len(leaks)),
        yticklabels=list(leaks),
        ylim=(len(leaks) - 0.5, -0.7),
        xlim=(-0.2, limit + 0.4),
        xlabel="mean absolute error, 2015 (°C)",
    )
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    return figure


def horizons(references, networks):
    """Error by days ahead: grey lines of reference, one thin line per seed of each network."""
    figure, axes = plt.subplots(figsize=(8, 4))
    days = np.arange(1, 15)
    colours = {"recursive": "input", "direct": "output", "encoder-decoder": "gradient"}
    for name, errors in references.items():
        axes.plot(days, errors, color=COLOURS["baseline"], linewidth=2.5, label=name)
        label_line(axes, 14, errors[-1], name, "baseline")
    ends = {name: np.median(seeds, axis=0)[-1] for name, seeds in networks.items()}
    for place, name in enumerate(sorted(ends, key=ends.get, reverse=True)):
        for errors in networks[name]:
            axes.plot(
                days,
                errors,
                color=COLOURS[colours[name]],
                linewidth=1,
                alpha=0.8,
                label=f"GRU, {name}",
            )
        axes.text(
            8.4, 2.62 - 0.15 * place, f"GRU, {name}", color=COLOURS[colours[name]], weight="bold"
        )
    axes.set(xlabel="days ahead", ylabel="mean absolute error (°C)", xticks=days, xlim=(0.7, 17))
    return figure


def fan(dates, celsius, low, high):
    """The band between two quantiles, forecast the day before, and what came."""
    figure, axes = plt.subplots(figsize=(8, 3.2))
    axes.fill_between(dates, low, high, color=COLOURS["GRU"], alpha=0.25, linewidth=0)
    inside = (celsius >= low) & (celsius <= high)
    told = f"band of 80%, forecast the day before; crosses, {sum(~inside)} of {len(dates)}: outside"
    axes.plot(dates[inside], celsius[inside], "o", color=COLOURS["truth"], markersize=5)
    axes.plot(dates[~inside], celsius[~inside], "X", color=COLOURS["forget_gate"], markersize=8)
    axes.set(ylabel="highest temperature (°C)", title=told)
    axes.tick_params(axis="x", labelrotation=30)
    return figure


def coverage(shares):
    """Share of days inside the band: forecaster -> list of seeds -> per quarter."""
    figure, axes = plt.subplots(figsize=(8, 3.2))
    names = ["Jan–Mar", "Apr–Jun", "Jul–Sep", "Oct–Dec", "whole year"]
    looks = {"season": ("D", "baseline"), "linear rule": ("s", "forget_gate"), "GRU": ("o", "GRU")}
    for shift, (name, seeds) in zip((-0.18, 0, 0.18), shares.items(), strict=True):
        marker, colour = looks[name]
        for values in seeds:
            axes.plot(
                np.arange(5) + shift,
                100 * np.asarray(values),
                marker,
                alpha=0.75,
                color=COLOURS[colour],
                markersize=8,
                markeredgecolor="white",
                label=name,
            )
        axes.text(
            4.35,
            {"season": 75, "linear rule": 80, "GRU": 85}[name],
            name,
            color=COLOURS[colour],
            weight="bold",
            va="center",
            bbox={"facecolor": COLOURS["paper"], "edgecolor": "none", "pad": 1},
        )
    axes.plot([-0.5, 4.3], [80, 80], color=COLOURS["truth"], linestyle="--", zorder=0)
    axes.set(xticks=range(5), xticklabels=names, xlim=(-0.5, 5.3), ylabel="days inside (%)")
    return figure


def prices(months, price, forecasts, correlation, returns, guessed):
    """Levels, correlation with the months before, and returns against forecast returns."""
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(10, 3.5), width_ratios=(1.4, 1, 1))
    left.plot(months, price, color=COLOURS["truth"])
    for forecast in forecasts:
        left.plot(months, forecast, color=COLOURS["LSTM"], linewidth=1)
    left.set(title="Levels", ylabel="S&P 500")
    left.tick_params(axis="x", labelrotation=30)
    left.text(0.04, 0.9, "truth", transform=left.transAxes, weight="bold")
    left.text(
        0.04,
        0.8,
        "LSTM, three seeds",
        transform=left.transAxes,
        weight="bold",
        color=COLOURS["LSTM"],
    )
    for row in correlation:
        middle.plot(range(len(row)), row, marker="o", color=COLOURS["LSTM"], linewidth=1)
    middle.set(
        title="Whose price is it?",
        xlabel="months before the one it is for",
        ylabel="correlation with forecast",
        xticks=range(len(correlation[0])),
    )
    right.axhline(0, color=COLOURS["baseline"], linewidth=1)
    right.axvline(0, color=COLOURS["baseline"], linewidth=1)
    right.plot(100 * returns, 100 * guessed, "o", color=COLOURS["LSTM"], alpha=0.6, markersize=5)
    edge = 1.1 * 100 * np.abs(returns).max()
    right.set(
        title="Returns",
        xlabel="true return (%)",
        ylabel="forecast (%)",
        xlim=(-edge, edge),
        ylim=(-edge, edge),
    )
    return figure


def thermostat_and_scores(room, scores, baselines):
    """120 steps of the room, and the error of each forecaster, one dot per seed."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2), width_ratios=(1.3, 1))
    left.plot(room[:120], color=COLOURS["truth"], linewidth=1.3)
    for limit, text in ((22, "off above 22"), (18, "on below 18")):
        left.axhline(limit, color=COLOURS["forget_gate"], linestyle="--", linewidth=1)
        left.text(
            119,
            limit + (1.2 if limit == 22 else -1.2),
            text,
            ha="right",
            va="center",
            color=COLOURS["forget_gate"],
        )
    left.set(xlabel="time step", ylabel="measured (°C)", ylim=(16, 24))
    rows = [(n, [v], "baseline") for n, v in baselines.items()]
    rows += [(n, v, "GRU" if n == "GRU" else "hidden") for n, v in scores.items()]
    for row, (_, values, colour) in enumerate(rows):
        right.plot(
            values,
            np.full(len(values), row),
            "D" if colour == "baseline" else "o",
            color=COLOURS[colour],
            markersize=8,
            alpha=0.75,
            markeredgecolor="white",
            label="each run",
        )
    right.set(
        yticks=range(len(rows)),
        yticklabels=[r[0] for r in rows],
        xlim=(0, None),
        ylim=(len(rows) - 0.5, -0.5),
        xlabel="mean absolute error (°C)",
    )
    right.grid(axis="y", visible=False)
    right.tick_params(axis="y", length=0)
    return figure
