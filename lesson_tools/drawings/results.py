"""Plots of results that several lessons share: losses of runs, seeds beside baselines."""

import matplotlib.pyplot as plt
import numpy as np

from lesson_tools.figures import COLOURS, label_line
from lesson_tools.tables import tells


def training_losses(runs, colours, floor=None, log=False):
    """Training loss against update: one thin line per run, one label per group.

    runs: a dict from label to a list of loss histories. colours: a dict from
    the same labels to names in COLOURS; floor: (value, label) of a dashed
    line, such as the loss of a simple guess.
    """
    figure, axes = plt.subplots()
    longest = max(len(h) for histories in runs.values() for h in histories)
    for label, histories in runs.items():
        colour = COLOURS.get(colours[label], colours[label])
        for history in histories:
            axes.plot(history, color=colour, linewidth=1.1, alpha=0.8, label=label)
        tail = np.median([np.median(h[-20:]) for h in histories])
        label_line(axes, len(history) - 1, tail, label, colour)
    axes.set(xlim=(-0.04 * longest if log else 0, longest - 1))
    axes.set(xlabel="update", ylabel="loss")
    if log:
        axes.set(yscale="log", ylabel="loss (log scale)")
    else:
        axes.set(ylim=(0, None))
    if floor:
        value, label = floor
        if log:
            axes.set(ylim=(value / 200, None))
        axes.axhline(value, color=COLOURS["baseline"], linestyle="--", label=label)
        axes.annotate(
            label,
            (0.99, value),
            xycoords=("axes fraction", "data"),
            xytext=(0, -5),
            textcoords="offset points",
            ha="right",
            va="top",
            color=COLOURS["baseline"],
            weight="bold",
        )
    return figure


def seeds_and_baselines(rows, xlabel, log=False, xlim=None):
    """One row of dots per group, one dot per seed, with baselines as grey ticks.

    rows: a list of (label, values, name in COLOURS, dict from baseline to
    its value). Values below `xlim` are drawn at its left edge. A baseline
    whose name is "" has its name in another row.
    """
    names = {value: name for *_, baselines in rows for name, value in baselines.items() if name}
    figure, axes = plt.subplots(figsize=(8, 0.5 + 0.85 * len(rows)))
    for y, (_, values, colour, baselines) in enumerate(rows):
        floor = xlim[0] if xlim else -np.inf
        axes.axhline(y, color="#E4E4E4", linewidth=0.8, zorder=0)
        for name, value in baselines.items():
            drawn = max(value, floor)
            (tick,) = axes.plot(
                [drawn, drawn],
                [y - 0.22, y + 0.22],
                color=COLOURS["baseline"],
                clip_on=False,
                label=name or names.get(value),
            )
            tells(tick, value)
            axes.text(
                drawn,
                y - 0.26,
                f"  {name}" if drawn == floor else name,
                ha="left" if drawn == floor else "center",
                va="bottom",
                size=10,
                color="#555555",
            )
        (dots,) = axes.plot(
            np.maximum(values, floor),
            np.full(len(values), y),
            "o",
            markersize=9,
            alpha=0.75,
            color=COLOURS[colour],
            markeredgecolor="white",
            clip_on=False,
            label="each seed",
        )
        tells(dots, values)
    axes.set(
        yticks=range(len(rows)),
        yticklabels=[row[0] for row in rows],
        ylim=(len(rows) - 0.5, -0.7),
        xlabel=xlabel,
    )
    if log:
        axes.set_xscale("log")
    if xlim:
        axes.set_xlim(xlim)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    return figure
