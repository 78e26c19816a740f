"""Gradient norm against lag, on a log axis, for lessons 04 and 05."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patheffects import withStroke

from lesson_tools.figures import COLOURS, label_line


def seismograph(
    curves,
    predicted=None,
    colours=None,
    axes=None,
    title="",
    floor=None,
    ylabel="gradient norm (log scale)",
    predicted_from=0,
):
    """Gradient norm against lag on a log axis. Returns the figure.

    curves: a dict from label to norms. `norms[lag]` is the norm of the
        gradient of the loss at the last step with respect to the state
        `lag` steps before it, from lag 0 on. Norms of shape (seeds, lags)
        are drawn as one thin line per seed under a thick one, their median.
        Each label stands at the right end of its curve.
    predicted: a dict from some of the labels to a steepness, the predicted
        change of the *natural* logarithm of the norm per step (such as the
        log of the spectral radius); drawn dotted in black, from the
        measured norm at lag `predicted_from` on.
    colours: a dict from label to a name in COLOURS; without it the curves
        are shades of the gradient's colour, dark to light in their order.
    axes: draw there, in place of a new figure.
    floor: norms below it are not drawn.
    """
    if axes is None:
        _, axes = plt.subplots()
    shades = mpl.colors.LinearSegmentedColormap.from_list(
        "gradient", ["#2E0F40", COLOURS["gradient"], "#CDA4E3"]
    )
    ends, longest = [], 0
    for index, (label, norms) in enumerate(curves.items()):
        norms = np.atleast_2d(np.asarray(norms, dtype=float))
        shade = shades(index / max(1, len(curves) - 1))
        if len(curves) == 1:
            shade = COLOURS["gradient"]
        colour = (colours or {}).get(label, shade)
        colour = COLOURS.get(colour, colour) if isinstance(colour, str) else colour
        median = np.median(norms, axis=0)
        median = np.where(median > (floor or 0), median, np.nan)
        norms = np.where(norms > (floor or 0), norms, np.nan)
        if len(norms) > 1:
            axes.plot(norms.T, color=colour, linewidth=0.7, alpha=0.5)
        axes.plot(median, color=colour, linewidth=2.4, label=label)
        lags = np.arange(len(median))
        if label in (predicted or {}):
            after = lags[predicted_from:] - predicted_from
            line = median[predicted_from] * np.exp(predicted[label] * after)
            line = np.where(line > (floor or 0), line, np.nan)
            axes.plot(
                lags[predicted_from:],
                line,
                color=COLOURS["ink"],
                linewidth=1.8,
                linestyle=(0, (1, 2)),
                path_effects=[withStroke(linewidth=4, foreground="white")],
            )
        seen = np.flatnonzero(np.isfinite(median))
        if len(seen):
            ends.append((label, seen[-1], median[seen[-1]], colour))
        longest = max(longest, len(median) - 1)
    axes.set(
        yscale="log",
        xlim=(0, longest),
        xlabel="lag (time steps back)",
        ylabel=ylabel,
    )
    axes.set_title(title)
    axes.yaxis.set_major_locator(mpl.ticker.LogLocator(numticks=8))
    axes.yaxis.set_minor_locator(mpl.ticker.NullLocator())
    _label_ends(axes, ends, longest)
    return axes.figure


def _label_ends(axes, ends, longest):
    """Labels right of the axes, moved apart where they would touch."""
    height = axes.get_position().height * axes.figure.get_figheight() * 72
    gap = 14 / max(height, 1)
    low, high = np.log(axes.get_ylim())
    ends = sorted(ends, key=lambda end: end[2])
    wanted = [(np.log(value) - low) / (high - low) for _, _, value, _ in ends]
    heights = list(wanted)
    for _ in range(200):
        for i in range(len(heights) - 1):
            overlap = gap - (heights[i + 1] - heights[i])
            if overlap > 1e-4:
                heights[i] -= overlap / 2
                heights[i + 1] += overlap / 2
    for (label, lag, value, colour), y in zip(ends, heights, strict=True):
        if lag < longest:  # the curve left the picture: say so where it did
            label_line(axes, lag, value, label, _dark_enough(colour))
            continue
        axes.annotate(
            label,
            (1.01, np.exp(low + y * (high - low))),
            xycoords=("axes fraction", "data"),
            color=_dark_enough(colour),
            va="center",
            weight="bold",
            annotation_clip=False,
        )


def _dark_enough(colour):
    """`colour`, darkened until text in it has contrast 4.5 on white."""
    colour = np.array(mpl.colors.to_rgb(colour))
    while _luminance(colour) > 1.05 / 4.5 - 0.05:
        colour = 0.95 * colour
    return tuple(colour)


def _luminance(colour):
    """Relative luminance of an RGB colour (WCAG 2), from 0 to 1."""
    linear = np.where(colour <= 0.03928, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])
