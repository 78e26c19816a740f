"""Drawings of lesson 04: the gradient seismograph."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import (
    Circle,
    FancyArrowPatch,
)

from lesson_tools.drawings.results import training_losses
from lesson_tools.drawings.seismograph import seismograph
from lesson_tools.figures import COLOURS, box, canvas, label_line

# What each figure of the lesson shows, for a reader who cannot see it.
ALT = {
    "fading": (
        "Two rows of states h_1 to h_5, with gradient arrows from right "
        "to left. In the upper row each arrow is thinner than the one "
        "before: factor below 1, the gradient vanishes. In the lower "
        "row each is thicker: factor above 1, it explodes."
    ),
    "linear": (
        "Gradient norm against lag, 0 to 100, log scale. Radius 1.1 "
        "rises along a straight line, radius 1.0 soon stays level, "
        "radius 0.9 falls along a straight line. Dotted lines, predicted "
        "from the radius, lie on all three from lag 20 on."
    ),
    "tanh": (
        "Gradient norm against lag with tanh, six straight lines. Radius "
        "2 rises and 1.5 stays nearly level. Radius 1.2, 1.0, 0.8 and "
        "0.5 fall, the smaller the radius the more steeply. Dotted "
        "predictions lie on the lines."
    ),
    "relu": (
        "Gradient norm against lag for three activations with radius 1. "
        "Linear stays at 1, tanh falls, and ReLU falls more steeply "
        "still. Dotted predictions lie on or near the lines."
    ),
    "starts": (
        "Gradient norm against lag for four starts on the adding "
        "problem. ReLU with identity loses a little at the first step "
        "and then stays level. tanh with rotation falls steadily. Two "
        "leave the picture at the bottom: ReLU with tiny weights almost "
        "at once, tanh with uniform weights well before lag 100."
    ),
    "wall": (
        "Top: loss against recurrent weight. It is low and nearly flat, "
        "jumps up a vertical wall, and climbs ever more slowly behind "
        "it. Bottom: the size of the gradient on a log scale, below 3 "
        "nearly everywhere, with a needle above a million at the wall."
    ),
    "explode": (
        "Loss on a log scale over 300 updates. Five runs that are not "
        "clipped end in crosses at the first loss, above 1e11: then "
        "NaN. Five clipped runs begin there, too, rise further, and "
        "come down close to 1/6, with single large jumps."
    ),
    "clipping": (
        "Left: the gradient (1, 5) as an arrow, clipped at 1. By norm "
        "it keeps its direction; by value it becomes (1, 1) and points "
        "to the corner of a square. Right: the angle by which a real "
        "gradient is turned against the limit. By value up to 47 "
        "degrees, each array by itself up to 61 degrees, all together "
        "0."
    ),
    "learn": (
        "Error on new sequences, one dot per seed, log scale. ReLU with "
        "the identity start, clipped, lies far to the left of 1/6, the "
        "error of always answering 1. The tiny start sits near 1/6. The "
        "identity start without clipping sits near 1/6 or far above it."
    ),
    "layer norm": (
        "Four curves. Without layer norm radius 3 rises steeply and "
        "radius 0.7 falls steeply: they end more than 30 powers of ten "
        "apart. With layer norm the two curves lie between them and end "
        "about 13 powers of ten apart."
    ),
    "batch statistics": (
        "Standard deviation of the pre-activations over the batch, by "
        "time step. For full sequences it grows more than threefold; for "
        "padded ones it ends about three times as high again."
    ),
    "claim 3": (
        "The gradient of the chain with spectral radius 0 rises in a "
        "straight line until lag 63 and ends there. The gradient of the "
        "tanh network with radius 1.2 falls."
    ),
}


def fading_and_growing(steps=5):
    """A gradient on its way back: above it shrinks, below it grows."""
    figure, axes = canvas(2.6 * steps + 6.2, 5.2, scale=0.46)
    xs = [3.6 + 2.6 * step for step in range(steps)]
    for y, factor, first, name in [
        (4.1, 0.62, 8.0, "factor < 1:\nvanishes"),
        (1.4, 1.6, 1.4, "factor > 1:\nexplodes"),
    ]:
        axes.text(0.2, y, name, va="center", size=13, color=COLOURS["gradient"])
        for back, x in enumerate(reversed(xs)):
            number = steps - back
            box(axes, x, y, f"$h_{number}$", "hidden", width=1.2)
            width = first * factor**back
            if number > 1:
                _thick_arrow(axes, x - 0.65, x - 1.95, y, width)
        _thick_arrow(axes, xs[-1] + 3.4, xs[-1] + 0.65, y, first / factor)
    axes.text(
        xs[-1] + 2.0,
        2.75,
        "from the loss",
        ha="center",
        va="center",
        size=12,
        color=COLOURS["gradient"],
    )
    axes.text(
        (xs[0] + xs[-1]) / 2,
        2.75,
        "each step back: times the slope, times $W_h^\\top$",
        ha="center",
        va="center",
        size=12,
    )
    return figure


def _thick_arrow(axes, start, end, y, width):
    """A horizontal gradient arrow whose shaft is `width` points thick."""
    axes.add_patch(
        FancyArrowPatch(
            (start, y),
            (end, y),
            arrowstyle="-|>",
            mutation_scale=10 + 1.5 * min(width, 12),
            linewidth=min(width, 14),
            color=COLOURS["gradient"],
            shrinkA=0,
            shrinkB=0,
            zorder=1,
            joinstyle="miter",
        )
    )


def starts_compared(curves, floor=1e-8):
    """Gradient norms of several starts, cut where they fall below `floor`.

    curves: a dict from start to norms of shape (seeds, lags).
    """
    colours = dict(
        zip(
            curves,
            ["truth", "gradient", "baseline", "SimpleRNN"],
            strict=True,
        )
    )
    leaves = {
        start: start if np.median(norms, axis=0)[-1] > floor else f"{start} ↓"
        for start, norms in curves.items()
    }
    figure = seismograph(
        {leaves[start]: norms for start, norms in curves.items()},
        colours={leaves[start]: c for start, c in colours.items()},
        floor=floor,
        title="before any training, five seeds (↓ leaves the picture)",
    )
    figure.axes[0].set(ylim=(floor / 5, None))
    return figure


def rescue(free, clipped):
    """Losses of the runs that are clipped; crosses for the first of those not.

    free, clipped: lists of loss histories. Those of `free` are finite at the
    first update alone.
    """
    figure = training_losses(
        {"clipped at 1": clipped},
        {"clipped at 1": "gradient"},
        floor=(1 / 6, "always answering 1"),
        log=True,
    )
    axes = figure.axes[0]
    first = [losses[0] for losses in free]
    axes.plot(
        np.zeros(len(first)),
        first,
        "x",
        color=COLOURS["truth"],
        markersize=7,
        markeredgewidth=1.6,
        zorder=5,
        clip_on=False,
        label="not clipped",
    )
    axes.annotate(
        f"not clipped: {len(first)} runs, NaN after the first update",
        (0, np.median(first)),
        xytext=(0.22, 0.96),
        textcoords="axes fraction",
        va="center",
        color=COLOURS["truth"],
        weight="bold",
        arrowprops={
            "arrowstyle": "-",
            "color": COLOURS["truth"],
            "relpos": (0, 0.5),
        },
    )
    axes.set_title("1.3 times the identity, ReLU, SGD: five seeds")
    return figure


def wall(weights, losses, gradients, at):
    """Loss of one unit against its recurrent weight; below, the gradient.

    at: the index of the largest gradient, where an arrow shows the step.
    """
    figure, (top, bottom) = plt.subplots(2, 1, figsize=(8, 4.8), sharex=True, height_ratios=[3, 2])
    top.plot(weights, losses, color=COLOURS["truth"])
    top.plot(
        weights[at],
        losses[at],
        "o",
        color=COLOURS["gradient"],
        markersize=9,
    )
    top.annotate(
        "an unlucky place\nto take a step",
        (weights[at], losses[at]),
        xytext=(18, 0),
        textcoords="offset points",
        va="center",
        color=COLOURS["gradient"],
        weight="bold",
    )
    top.set(ylabel="loss")
    top.set_title("one tanh unit: the loss and its gradient")
    bottom.plot(weights, np.abs(gradients), color=COLOURS["gradient"])
    bottom.set(
        yscale="log",
        xlabel="recurrent weight $W_h$",
        ylabel="size of gradient\n(log scale)",
    )
    return figure


def clipping(gradient, limit, limits, angles):
    """Left: a gradient of two numbers, clipped two ways. Right: the turn.

    gradient: two numbers. angles: a dict from label to the angle, in
    degrees, between the clipped and the true gradient for each of `limits`.
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.7))
    gradient = np.asarray(gradient, dtype=float)
    by_norm = gradient * min(1, limit / np.linalg.norm(gradient))
    by_value = np.clip(gradient, -limit, limit)
    for vector, name, colour, move in [
        (gradient, "true gradient", "baseline", (6, 0)),
        (by_norm, "by norm", "gradient", (-8, 8)),
        (by_value, "by value", "forget_gate", (8, 2)),
    ]:
        left.annotate(
            "",
            vector,
            (0, 0),
            arrowprops={
                "arrowstyle": "-|>",
                "color": COLOURS[colour],
                "linewidth": 2.2,
                "shrinkA": 0,
                "shrinkB": 0,
                "mutation_scale": 15,
            },
        )
        left.annotate(
            name,
            vector,
            xytext=move,
            textcoords="offset points",
            color=COLOURS[colour],
            weight="bold",
            va="center",
            ha="right" if move[0] < 0 else "left",
        )
    square = plt.Rectangle(
        (-limit, -limit),
        2 * limit,
        2 * limit,
        fill=False,
        edgecolor=COLOURS["forget_gate"],
        linestyle=":",
    )
    circle = Circle(
        (0, 0),
        limit,
        fill=False,
        edgecolor=COLOURS["gradient"],
        linestyle=":",
    )
    left.add_patch(square)
    left.add_patch(circle)
    left.set(
        xlabel="first component",
        ylabel="second component",
        aspect="equal",
        xlim=(-2.6 * limit, 1.1 * gradient[0] + 2 * limit),
        ylim=(-1.4 * limit, 1.15 * gradient[1]),
    )
    left.set_title("the gradient (1, 5), limit 1")
    right.set_title("the gradient of a network")
    for (label, values), colour in zip(
        angles.items(), ["forget_gate", "truth", "gradient"], strict=True
    ):
        right.plot(limits, values, color=COLOURS[colour], label=label)
        label_line(right, limits[0], values[0], label, colour, dx=4, dy=8)
    right.set(
        xscale="log",
        xlabel="limit (log scale)",
        ylabel="turned by (degrees)",
        ylim=(-4, 94),
        yticks=[0, 30, 60, 90],
    )
    return figure


def errors_by_start(errors, colours, baseline):
    """Final error, one dot per seed, one row per kind of start.

    errors: a dict from label to one error per seed; baseline: (value, label).
    """
    figure, axes = plt.subplots(figsize=(8, 0.55 * len(errors) + 1.3))
    for row, (label, values) in enumerate(errors.items()):
        axes.plot(
            values,
            [-row] * len(values),
            "o",
            markersize=9,
            alpha=0.75,
            color=COLOURS[colours[label]],
            label="each seed",
        )
    value, name = baseline
    axes.axvline(value, color=COLOURS["baseline"], linestyle="--", label=name)
    axes.annotate(
        name,
        (value, 0.6),
        ha="center",
        va="bottom",
        color=COLOURS["baseline"],
        weight="bold",
        annotation_clip=False,
    )
    axes.set(
        xscale="log",
        xlabel="squared error after training (log scale)",
        title="after training: new sequences",
        yticks=[-row for row in range(len(errors))],
        yticklabels=list(errors),
        ylim=(-len(errors) + 0.4, 0.6),
    )
    axes.xaxis.set_major_locator(mpl.ticker.LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_major_formatter(mpl.ticker.FormatStrFormatter("%g"))
    axes.xaxis.set_minor_locator(mpl.ticker.NullLocator())
    axes.grid(axis="y", visible=False)
    return figure


def statistics_by_step(curves, colours):
    """Standard deviation of the pre-activations over the batch, at each time step."""
    figure, axes = plt.subplots(figsize=(8, 3))
    for label, values in curves.items():
        steps = np.arange(1, len(values) + 1)
        axes.plot(steps, values, color=COLOURS[colours[label]], label=label)
        label_line(axes, steps[-1], values[-1], label, colours[label], dx=6)
    axes.set(
        xlabel="time step",
        ylabel="standard deviation\nover the batch",
        title="ReLU, identity: pre-activations",
        xlim=(1, len(values)),
        ylim=(0, None),
    )
    return figure
