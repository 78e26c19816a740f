"""Drawings of lesson 05: the LSTM."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import FancyArrowPatch, Rectangle

from lesson_tools.drawings.results import seeds_and_baselines
from lesson_tools.figures import COLOURS, box, canvas, dot, label_line, readable_on

# What each figure of the lesson shows, for a reader who cannot see it.
ALT = {
    "cell": (
        "The LSTM cell. Along the top runs the cell state from c_(t-1) to c_t: it is multiplied "
        "by the forget gate f, then the product of input gate i and candidate g is added. Below, "
        "h_(t-1) and x_t together feed four boxes: forget gate, input gate and output gate "
        "(sigmoid) and candidate (tanh). The new cell state goes down through a tanh and is "
        "multiplied by the output gate o; that is the hidden state h_t."
    ),
    "drive the gates": (
        "Four rows of gate values over 24 steps, above a curve of the cell state. It jumps to 0.9 "
        "when i is 1 and f is 0, stays there while f is 1 and i is 0, climbs to 2.4 in three "
        "steps with f and i at 1, shrinks while f is 0.7 and drops to 0 when f is 0. The hidden "
        "state is non-zero only in the four steps with o at 1."
    ),
    "counter": (
        "Cell state while four words are read. It climbs by 1 at each a and falls by 1 at each b. "
        "The words with as many b's as a's (3, 8 and 20) end exactly at 0; fourteen a's and nine "
        "b's end at 5."
    ),
    "gate maps": (
        "Heat maps of the forget gate, of what is added, of the output gate and of the hidden "
        "state, four units by sixteen letters, and a line per unit for the cell state. In the "
        "framed unit the forget gate is dark nearly throughout; what is added has one sign at the "
        "a's and the other at the b's; the cell state goes one way in nearly equal steps for "
        "eight a's and the other way for eight b's, like a tent."
    ),
    "seismograph": (
        "Size of the gradient against lag, from 0 to 100 steps back, on a log scale, five seeds "
        "each. Forget bias 0 falls in a straight line, far below all others; bias 1 falls more "
        "slowly and ends tiny as well; bias 3 and 5 dip below 1 and then rise above it."
    ),
    "latches": (
        "Right answers on the latch of 120 steps for forget bias 0, 1, 2, 3 and 5, five seeds "
        "each. With 0 and 1 all seeds stay near guessing, 50 percent; with 2 some do and some are "
        "close to 100 percent; with 3 and 5 all are."
    ),
    "explosions": (
        "Gradient norm at lag 100 on a log scale, five seeds per row. In silence the norms are "
        "by far the largest; the louder the noise, the smaller the median. With the loudest "
        "noise most seeds are still above 1, the size at the start."
    ),
}

# From light to dark, each dark enough for a label in its own colour.
BIAS_SHADES = {
    "forget bias 0": "#C2408F",
    "forget bias 1": "#A04FC0",
    "forget bias 3": "#7A3E9D",
    "forget bias 5": "#1E0A33",
}


def wire(axes, points, colour="ink", width=1.6, head=True):
    """A line through `points` with square corners, an arrowhead at its end."""
    xs, ys = zip(*points, strict=True)
    colour = COLOURS.get(colour, colour)
    end = -1 if head else len(xs)
    axes.plot(xs[:end], ys[:end], color=colour, linewidth=width, zorder=1)
    if head:
        axes.add_patch(
            FancyArrowPatch(
                points[-2],
                points[-1],
                arrowstyle="-|>",
                mutation_scale=13,
                linewidth=width,
                color=colour,
                shrinkA=0,
                shrinkB=0,
                zorder=1,
            )
        )


def gate(axes, x, y, name, formula, colour):
    """A box with a gate's name above its formula."""
    box(axes, x, y, "", colour, width=2.6, height=1.25)
    ink = readable_on(COLOURS[colour])
    for dy, text, size in [(0.27, name, 10), (-0.27, formula, 10)]:
        axes.text(
            x,
            y + dy,
            text,
            ha="center",
            va="center",
            size=size,
            color=ink,
            zorder=3,
        )


def lstm_cell():
    """One LSTM cell: the cell state on its rail, three gates, a candidate."""
    figure, axes = canvas(18.4, 8.6, scale=0.46)
    rail, gates, bus = 7.2, 3.4, 1.75
    wire(axes, [(2, rail), (16.2, rail)], "cell_state", width=4)
    wire(axes, [(2, bus), (12.8, bus)], "hidden", head=False)
    wire(axes, [(3.2, 0.9), (3.2, bus)], "input", head=False)
    for x in (4.4, 7.2, 10.0, 12.8):
        wire(axes, [(x, bus), (x, gates - 0.62)], "hidden")
    wire(axes, [(4.4, gates + 0.62), (4.4, rail - 0.4)], "forget_gate")
    wire(
        axes,
        [(7.2, gates + 0.62), (7.2, 5.3), (8.2, 5.3)],
        "input_gate",
    )
    wire(axes, [(10, gates + 0.62), (10, 5.3), (9, 5.3)], "candidate")
    wire(axes, [(8.6, 5.7), (8.6, rail - 0.4)])
    wire(axes, [(15.05, rail), (15.05, 6.25)], "cell_state")
    wire(axes, [(15.05, 5.6), (15.05, gates + 0.4)], "cell_state")
    wire(axes, [(14.1, gates), (14.65, gates)], "output_gate")
    wire(axes, [(15.45, gates), (16.2, gates)], "hidden")
    box(axes, 1.2, rail, "$c_{t-1}$", "cell_state", width=1.6)
    box(axes, 1.2, bus, "$h_{t-1}$", "hidden", width=1.6)
    box(axes, 3.2, 0.45, "$x_t$", "input", width=1.6)
    box(axes, 17, rail, "$c_t$", "cell_state", width=1.6)
    box(axes, 17, gates, "$h_t$", "hidden", width=1.6)
    gate(axes, 4.4, gates, "forget gate $f$", "sigmoid", "forget_gate")
    gate(axes, 7.2, gates, "input gate $i$", "sigmoid", "input_gate")
    gate(axes, 10, gates, "candidate $g$", "tanh", "candidate")
    gate(axes, 12.8, gates, "output gate $o$", "sigmoid", "output_gate")
    box(axes, 15.05, 5.93, "tanh", "#DDDDDD", 1.3, 0.65, size=12)
    for x, y, sign in [
        (4.4, rail, "×"),
        (8.6, rail, "+"),
        (8.6, 5.3, "×"),
        (15.05, gates, "×"),
    ]:
        dot(axes, x, y, sign, radius=0.4, size=16)
    axes.plot(3.2, bus, "o", color=COLOURS["ink"], markersize=5, zorder=3)
    for x, y, text in [
        (11.7, rail + 0.55, "the cell state: × and +, no matrix"),
        (8.2, bus - 0.45, "both, times the weights, plus the biases"),
    ]:
        axes.text(x, y, text, ha="center", va="center", size=11)
    axes.text(17, gates - 0.75, "to the output and", ha="center", size=11)
    axes.text(17, gates - 1.25, "the next step", ha="center", size=11)
    return figure


GATE_LOOKS = {
    "i": ("input gate $i$", "input_gate"),
    "f": ("forget gate $f$", "forget_gate"),
    "g": ("candidate $g$", "candidate"),
    "o": ("output gate $o$", "output_gate"),
    "h": ("hidden state $h$", "hidden"),
    "added": ("added,\n$i \\odot g$", "input_gate"),
}


def _heat_map(axes, values, name):
    """Rows of colour: gates from 0 (white) to 1, the others from -1 to 1 around white."""
    words, colour = GATE_LOOKS[name]
    if name in "ifo":
        ends, low = ["#FFFFFF", COLOURS[colour]], 0
    else:
        ends, low = ["#222222", "#FFFFFF", COLOURS[colour]], -1
    shades = mpl.colors.LinearSegmentedColormap.from_list(name, ends)
    image = axes.imshow(values, aspect="auto", cmap=shades, vmin=low, vmax=1)
    axes.grid(False)
    axes.tick_params(length=0)
    axes.set_xticks([])
    for side in axes.spines.values():
        side.set(visible=True, color="#BBBBBB")
    return image, words


def driven_cell(gates, c, h, notes):
    """Gates that were set by hand (rows of colour), and what c and h do.

    gates: a dict with "i", "f", "g", "o", each of shape (time,); notes: a
    list of (step, text) that stand above the curves.
    """
    figure, panels = plt.subplots(
        5, 1, figsize=(8, 4.6), height_ratios=[1, 1, 1, 1, 7], sharex=True
    )
    for axes, name in zip(panels, "ifgo", strict=False):
        image, label = _heat_map(axes, np.array(gates[name])[None], name)
        axes.set_yticks([0], [label])
        for step, value in enumerate(gates[name]):
            axes.text(
                step,
                0,
                f"{value:.1g}".replace("0.", ".").replace("-", "−"),
                ha="center",
                va="center",
                size=8,
                color=readable_on(image.cmap(image.norm(value))),
            )
    below = panels[-1]
    below.step(range(len(c)), c, where="mid", color=COLOURS["cell_state"])
    below.bar(range(len(h)), h, width=0.9, color=COLOURS["hidden"])
    label_line(below, 9.5, c[9], "$c_t$", "cell_state", dy=9)
    label_line(below, np.argmax(h) + 1.5, 0.5, "$h_t$", "hidden")
    for step, text in notes:
        below.annotate(
            text,
            (step, 2.75),
            ha="center",
            va="top",
            size=9.5,
        )
    below.set(ylim=(-0.15, 2.8), xlim=(-0.6, len(c) - 0.4))
    below.set(ylabel="state", xlabel="time step")
    below.grid(axis="x", visible=False)
    below.set_xticks(range(0, len(c), 4), range(0, len(c), 4))
    return figure


def gate_maps(letters, maps, unit):
    """What every unit of an LSTM does at every letter, and how the count of one unit moves.

    Gates, what is added and the hidden state are heat maps, a row per unit and a column per
    letter; the cell state is a line per unit, since its steps are what counts.

    letters: the word. maps: a dict with "f", "added" (the product of i and g), "o", "c" and "h",
    each of shape (time, units). unit: the one that is framed, and whose line is thick.
    """
    time, units = maps["c"].shape
    heights = {"f": units, "added": units, "o": units, "c": 2.6 * units, "h": units}
    figure, panels = plt.subplots(
        5, 1, figsize=(8, 7), height_ratios=list(heights.values()), sharex=True
    )
    figure.get_layout_engine().set(rect=(0, 0, 1, 0.97))  # room for "unit" above the first
    for axes, name in zip(panels, heights, strict=True):
        if name == "c":
            _cell_states(axes, maps["c"], unit)
            continue
        image, label = _heat_map(axes, maps[name].T, name)
        axes.set_yticks(range(units), [f"{u}" for u in range(units)])
        axes.tick_params(axis="y", labelsize=8, pad=6)
        axes.set_ylabel(label, rotation=0, ha="right", va="center", labelpad=8)
        low, high = image.get_clim()
        bar = figure.colorbar(image, ax=axes, ticks=[low, high], aspect=6, pad=0.01)
        bar.ax.set_yticklabels([f"{low:.0f}".replace("-", "−"), f"{high:.0f}"])
        bar.ax.tick_params(labelsize=8, length=0)
        axes.add_patch(
            Rectangle(
                (-0.5, unit - 0.5),
                time,
                1,
                fill=False,
                edgecolor=COLOURS["ink"],
                linewidth=1.8,
                clip_on=False,
                zorder=4,
            )
        )
    panels[0].annotate(
        "unit",
        (0, 1),
        xytext=(-6, 4),
        xycoords="axes fraction",
        textcoords="offset points",
        ha="right",
        size=8,
    )
    panels[-1].set_xticks(range(time), list(letters))
    panels[-1].set_xlabel("letter that is read")
    return figure


def _cell_states(axes, c, unit):
    """A line per unit over the letters; the line of `unit` is thick and marked at each letter."""
    axes.plot(c, color=COLOURS["cell_state"], linewidth=1, alpha=0.45)
    axes.plot(c[:, unit], "o-", color=COLOURS["cell_state"], linewidth=2.4, markersize=5)
    axes.axhline(0, color="#999999", linewidth=1)
    place = int(np.abs(c[:, unit]).argmax())
    above = c[place, unit] > 0
    axes.annotate(
        f"unit {unit}",
        (place, c[place, unit]),
        xytext=(0, 9 if above else -9),
        textcoords="offset points",
        ha="center",
        va="bottom" if above else "top",
        color="#9C4A77",
        weight="bold",
    )
    axes.set_ylabel("cell state $c$", rotation=0, ha="right", va="center", labelpad=8)
    axes.yaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True, nbins=6))
    axes.margins(y=0.14)
    axes.tick_params(axis="x", length=0, labelbottom=False)


def counter_states(runs):
    """The cell state of a counter while it reads words; `runs` maps a label to c."""
    figure, axes = plt.subplots(figsize=(8, 3.4))
    for label, c in runs.items():
        axes.plot(range(len(c)), c, color=COLOURS["cell_state"])
        axes.plot(len(c) - 1, c[-1], "o", color=COLOURS["ink"], zorder=3)
        top = int(np.argmax(c))
        label_line(axes, top, c[top], label, "ink", dx=16)
    axes.axhline(0, color="#999999", linewidth=1)
    axes.set(xlabel="letters read", ylabel="cell state $c_t$")
    axes.set(xlim=(0, None), ylim=(-0.8, None))
    axes.yaxis.set_major_locator(mpl.ticker.MultipleLocator(5))
    return figure


def latch_results(percent):
    """Right answers for each forget bias, the seeds of a row side by side.

    percent: a dict from forget bias to the percentages of its seeds.
    """
    rows = []
    for forget_bias, values in percent.items():
        label = f"bias {forget_bias}: {1 + np.exp(forget_bias):.0f} steps"
        # The label stands in the last row, where no dot is near.
        guessing = {"guessing" if len(rows) == len(percent) - 1 else "": 50}
        rows.append((label, values, "LSTM", guessing))
    return _apart(seeds_and_baselines(rows, "right answers (%)", xlim=(40, 101)))


def explosions(norms):
    """Gradient norms a hundred steps back, a row per loudness of the noise, a dot per seed.

    norms: a dict from the largest size of the noise to the norms of its seeds. The median of
    a row is a black tick.
    """
    rows = [
        (f"noise of ±{size:g}" if size else "silence", values, "gradient", {})
        for size, values in norms.items()
    ]
    figure = seeds_and_baselines(rows, "gradient norm at lag 100 (log scale)", log=True)
    axes = figure.axes[0]
    for row, values in enumerate(norms.values()):
        axes.plot(np.median(values), row, "|", color=COLOURS["ink"], markersize=24, zorder=4)
    axes.axvline(1, color=COLOURS["baseline"], linestyle="--", linewidth=1, label="at the start")
    axes.annotate(
        "at the start",
        (1, 1),
        xycoords=("data", "axes fraction"),
        xytext=(4, -1),
        textcoords="offset points",
        va="top",
        size=10,
        color="#555555",
    )
    return figure


def _apart(figure):
    """The figure with the dots of each row one above the other, so that none hides another."""
    for line in figure.axes[0].lines:
        if line.get_marker() == "o":
            places = np.asarray(line.get_ydata(), dtype=float)
            line.set_ydata(places.mean().round() + np.linspace(-0.26, 0.26, len(places)))
    return figure
