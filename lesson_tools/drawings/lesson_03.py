"""Drawings of lesson 03: backpropagation through time."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np

from lesson_tools.figures import COLOURS, arrow, box, canvas, dot, label_line

# What each figure of the lesson shows, for a reader who cannot see it.
ALT = {
    "unrolled": (
        "A network unrolled over four steps, h_1 to h_4, each with a "
        "loss above and one shared box of weights below. Grey arrows "
        "run forward. Purple arrows run back: from each loss into its "
        "state, from each state to the one before it, and from each "
        "state down into the shared weights."
    ),
    "cell backward": (
        "The RNN cell run backwards. dh_t, the sum of the gradients from "
        "this step and from the future, is multiplied by 1 "
        "minus h_t squared and becomes da_t. That goes left through W_h "
        "transposed to h_(t-1), as dh_prev, down through W_x transposed "
        "to x_t, and down to the bias. Shares of step t: dW_x is x_t "
        "transposed times da_t, dW_h is h_(t-1) transposed times da_t, "
        "db is the sum of da_t over the batch."
    ),
    "credit": (
        "A 20 by 20 map, loss at step against input at step. Above the "
        "diagonal it is empty. It is dark on the diagonal and fades to "
        "the left of it."
    ),
    "eps": (
        "Relative error against eps, both on log scales. In float64 the "
        "curve is a V with its lowest point near our eps of 1e-5, far "
        "below the tolerance of one in a million. In float32 the V is "
        "higher, never reaches the tolerance, and ends at 1, which "
        "means useless."
    ),
    "xor loss": (
        "Loss over 500 updates. All ten runs fall quickly at first. The "
        "five with += go on to 1/6, a dashed line, and stay there; the "
        "five with = stay above 0.2."
    ),
    "xor steps": (
        "Squared error at each of 18 steps. Trained, it is 0.25 at two "
        "steps and falls to nearly 0 at every third: steps 2, 5, 8, 11, "
        "14 and 17. Untrained it is higher at every step."
    ),
    "cost": (
        "Extra memory for 64 sequences against their length, 50 to 400 "
        "steps. For all steps at once it grows in proportion to the "
        "length; in pieces of 25 it stays low."
    ),
    "truncated credit": (
        "Two maps, loss at step against input at step. Left: a full "
        "triangle below the diagonal. Right: only four small triangles "
        "of 5 by 5 along the diagonal; everything else is empty."
    ),
    "echo": (
        "Squared error after training against truncation window, five "
        "seeds. For windows of 4 and 8 every seed stays near 1, the "
        "error of always answering 0. At 9 it depends on the seed. From "
        "a window of 10 on every seed is near 0."
    ),
}


def unrolled_gradients(steps=4):
    """The unrolled network with its gradients running backwards.

    Forward arrows are grey. In the gradient's colour: the gradient from
    each step's loss goes down into its state, the gradient from the
    future goes left, and each step adds its share to the one set of weights.
    """
    figure, axes = canvas(3.1 * steps + 2.5, 6.3, scale=0.6)
    xs = [2.2 + 3.1 * step for step in range(steps)]
    width = xs[-1] - xs[0] + 2.2
    box(
        axes,
        (xs[0] + xs[-1]) / 2,
        0.65,
        "one set of weights: $W_x$, $W_h$, $b$",
        "#DDDDDD",
        width=width,
    )
    for step, x in enumerate(xs, start=1):
        box(axes, x, 3.1, f"$h_{step}$", "hidden")
        box(axes, x, 5.5, f"$L_{step}$", "#DDDDDD")
        for low, high in [(1.1, 2.65), (3.55, 5.05)]:
            arrow(axes, (x - 0.25, low), (x - 0.25, high), "#BBBBBB")
            arrow(axes, (x + 0.25, high), (x + 0.25, low), "gradient")
        if step < steps:
            arrow(axes, (x + 0.7, 3.3), (x + 2.4, 3.3), "#BBBBBB")
            arrow(axes, (x + 2.4, 2.9), (x + 0.7, 2.9), "gradient")
    _note(axes, xs[-1] + 0.5, 4.3, "gradient from\nthis step", "left")
    _note(axes, (xs[-2] + xs[-1]) / 2, 2.55, "gradient from\nthe future")
    _note(axes, xs[-1] + 0.5, 1.85, "share of\nthe gradient", "left")
    axes.text(
        (xs[0] + xs[1]) / 2,
        3.6,
        "forward",
        ha="center",
        va="center",
        size=12,
        color="#777777",
    )
    _note(axes, (xs[0] + xs[1]) / 2, 2.55, "backward")
    return figure


def _note(axes, x, y, text, align="center", size=12):
    """A word beside a gradient arrow, in the gradient's colour."""
    axes.text(
        x,
        y,
        text,
        ha=align,
        va="top" if "\n" in text and align == "center" else "center",
        size=size,
        color=COLOURS["gradient"],
    )


def rnn_cell_backward():
    """The RNN cell run backwards: where dh_t goes, times what."""
    figure, axes = canvas(15.4, 6.2, scale=0.56)
    arrow(axes, (13.2, 4.2), (10.9, 4.2), "gradient")
    arrow(axes, (10.2, 5.9), (10.2, 4.65), "gradient")
    arrow(axes, (9.5, 4.2), (7.6, 4.2), "gradient")
    arrow(axes, (6.8, 4.2), (5.4, 4.2), "gradient")
    arrow(axes, (4.6, 4.2), (1.9, 4.2), "gradient")
    arrow(axes, (5.0, 3.8), (5.0, 1.75), "gradient")
    arrow(axes, (7.2, 3.8), (7.2, 1.75), "gradient")
    box(axes, 1.2, 4.2, "$h_{t-1}$", "hidden")
    box(axes, 5.0, 1.3, "$x_t$", "input")
    box(axes, 7.2, 1.3, "$b$", "#DDDDDD")
    dot(axes, 5.0, 4.2, "+", radius=0.4, size=17)
    dot(axes, 7.2, 4.2, "+", radius=0.4, size=17)
    box(axes, 10.2, 4.2, "$h_t$", "hidden")
    _note(axes, 10.5, 5.6, "from this step", "left")
    _note(axes, 11.05, 3.8, "from the future", "left")
    _note(axes, 8.6, 4.6, "$\\odot\\; (1 - h_t^2)$")
    _note(axes, 6.1, 4.6, "$da_t$", size=14)
    _note(axes, 3.2, 4.6, "$\\times W_h^\\top$")
    _note(axes, 5.2, 2.8, "$\\times W_x^\\top$", "left")
    _note(axes, 7.4, 2.8, "$da_t$", "left", 14)
    _note(axes, 1.2, 3.4, "$dh_\\mathrm{prev}$", size=14)
    _note(axes, 5.0, 0.45, "$dx_t$", size=14)
    _note(axes, 7.2, 0.45, "$db$", size=14)
    _note(axes, 10.2, 3.4, "$dh_t$", size=14)
    _note(axes, 9.1, 2.5, "shares of step $t$:", "left")
    _note(axes, 9.1, 1.8, "$dW_x = x_t^\\top\\; da_t$", "left", 14)
    _note(axes, 9.1, 1.1, "$dW_h = h_{t-1}^\\top\\; da_t$", "left", 14)
    _note(axes, 9.1, 0.4, "$db$ = sum of $da_t$ over the batch", "left", 14)
    return figure


def credit_map(matrices, titles):
    """How much credit each input (column) gets for each loss (row).

    matrices: arrays of shape (time, time); entry [t, s] is the norm of the
    gradient of the loss at step t with respect to the input at step s.
    Exact zeros stay white. Colours are on a log scale, shared; its lower
    end stands for everything below, too.
    """
    figure, all_axes = plt.subplots(
        1,
        len(matrices),
        figsize=(1.2 + 3.4 * len(matrices), 3.9),
        sharey=True,
        squeeze=False,
    )
    colours = mpl.colors.LinearSegmentedColormap.from_list(
        "credit", ["#F1E6F7", COLOURS["gradient"], "#2E0F40"]
    )
    colours.set_bad("white")
    top = max(matrix.max() for matrix in matrices)
    scale = mpl.colors.LogNorm(vmin=top / 1e4, vmax=top)
    for axes, matrix, title in zip(all_axes[0], matrices, titles, strict=True):
        time = len(matrix)
        image = axes.imshow(
            np.where(matrix > 0, matrix, np.nan),
            norm=scale,
            cmap=colours,
            extent=(0.5, time + 0.5, time + 0.5, 0.5),
        )
        ticks = [1, *range(5, time + 1, 5)]
        axes.set(xlabel="input at step", title=title, xticks=ticks, yticks=ticks)
        axes.grid(False)
    all_axes[0, 0].set(ylabel="loss at step")
    figure.colorbar(
        image,
        ax=list(all_axes[0]),
        label="gradient norm",
        shrink=0.8,
        extend="min",
    )
    return figure


def error_against_step_size(sizes, errors):
    """Relative error of a numerical gradient against eps, log-log.

    errors: a dict from label to errors, one for each of `sizes`.
    """
    figure, axes = plt.subplots()
    for (label, values), colour in zip(errors.items(), ["gradient", "baseline"], strict=True):
        axes.plot(sizes, values, "o-", color=COLOURS[colour], markersize=4, label=label)
        label_line(axes, sizes[-1], values[-1], label, colour, dx=-4, dy=12)
    axes.axhline(1e-6, color=COLOURS["ink"], linewidth=1, linestyle=":", label="our tolerance")
    axes.text(sizes[-1], 5e-7, "our tolerance", va="top")
    axes.text(1e-9, 3e-10, "eps too small:\ndigits cancel", ha="right")
    axes.text(1e-3, 3e-10, "eps too large:\nthe loss bends")
    axes.set(
        xscale="log",
        yscale="log",
        xlabel="eps (step size)",
        ylabel="relative error",
    )
    return figure


def errors_by_step(curves, colours, ylabel="squared error"):
    """Mean error at each time step, one line per label."""
    figure, axes = plt.subplots(figsize=(8, 3))
    for label, values in curves.items():
        steps = np.arange(1, len(values) + 1)
        axes.plot(steps, values, "o-", color=COLOURS[colours[label]], label=label)
        label_line(axes, steps[-1], values[-1], label, colours[label], dx=8)
    axes.set(xlabel="time step", ylabel=ylabel, xticks=steps)
    return figure


def memory_against_length(lengths, memory):
    """Extra memory of one gradient, in MB, against the length of the sequences.

    memory: a dict from label to values, one for each of `lengths`.
    """
    figure, axes = plt.subplots(figsize=(8, 3))
    for (label, values), colour in zip(memory.items(), ["hidden", "gradient"], strict=True):
        axes.plot(lengths, values, "o-", color=COLOURS[colour], label=label)
        label_line(axes, lengths[-1], values[-1], label, colour, dx=8)
    axes.set(xlabel="time steps per sequence", ylabel="extra memory (MB)")
    axes.set(xticks=lengths, ylim=(0, None))
    axes.set_title("64 sequences, forward and backward")
    return figure


def error_against_window(windows, errors, delay):
    """Final error against truncation window, one dot per seed.

    errors: shape (windows, seeds).
    """
    figure, axes = plt.subplots()
    places = np.arange(len(windows))
    for seed in range(errors.shape[1]):
        axes.plot(
            places + 0.08 * (seed - (errors.shape[1] - 1) / 2),
            errors[:, seed],
            "o",
            color=COLOURS["gradient"],
            alpha=0.75,
            label="each seed",
        )
    axes.axhline(1, color=COLOURS["baseline"], linestyle="--", label="always answering 0")
    label_line(axes, places[-1] + 0.4, 1, "always answering 0", "baseline")
    between = np.searchsorted(windows, delay, side="right") - 0.5
    axes.axvline(between, color=COLOURS["ink"], linewidth=1, linestyle=":")
    axes.annotate(
        f"the echo comes\n{delay} steps later",
        (between + 0.1, 0.6),
        va="center",
    )
    axes.set(
        xlabel="truncation window (time steps, not to scale)",
        ylabel="squared error after training",
        xticks=places,
        xticklabels=windows,
        ylim=(-0.05, 1.15),
        xlim=(-0.5, len(windows) - 0.6),
    )
    axes.grid(axis="x", visible=False)
    return figure
