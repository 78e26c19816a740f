"""Drawings of lesson 06: the GRU, beside the LSTM and the simple RNN."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from lesson_tools.drawings.lesson_05 import wire
from lesson_tools.figures import COLOURS, box, canvas, dot

# What each figure of the lesson shows, for a reader who cannot see it.
ALT = {
    "cell": (
        "The GRU cell. Along the top runs the hidden state from h_(t-1) to h_t: it is multiplied "
        "by the update gate z, then 1 - z times the candidate g is added. Update gate and reset "
        "gate (sigmoid) are computed from x_t and h_(t-1). The candidate (tanh) is computed from "
        "x_t and from h_(t-1) multiplied by the reset gate r before it meets the weights."
    ),
    "square": (
        "A square with the share kept, f, to the right and the share added, i, upwards. Its "
        "corners are erase (0, 0), keep (1, 0), write (0, 1) and add up (1, 1). An LSTM can be "
        "anywhere in the square; a GRU only on the diagonal from write to keep."
    ),
    "latches": (
        "Right answers on the latch of 120 steps for a GRU, five seeds each: with a z bias of 0 "
        "all stay near guessing, 50 percent; with 4 all are far above it."
    ),
    "scoreboard": (
        "Four panels for SimpleRNN, LSTM and GRU. Parameters: 17, 67 and 50 thousand. Time per "
        "step: one dot per cell. Adding problem: the median error of the GRU is lower than that "
        "of the LSTM, and the SimpleRNN's is far higher than both. Counting: no run of the GRU "
        "gets far beyond 10; the LSTM's best run goes further."
    ),
    "add or blend": (
        "Two panels of states while forty a's are read. Left, the LSTM's cell states: at least "
        "one goes on along a straight line, far beyond 10. Right, the GRU's hidden states: all "
        "bend and level off between -1 and 1, and after some twenty letters hardly move."
    ),
}


def gru_cell():
    """One GRU cell: one state on its rail, two gates, a candidate."""
    figure, axes = canvas(18.4, 8.2, scale=0.46)
    rail, gates, state_bus, input_bus = 7.2, 3.9, 2.1, 1.1
    wire(axes, [(2, rail), (16.2, rail)], "hidden", width=4)
    wire(
        axes,
        [(2.6, rail), (2.6, state_bus), (9.1, state_bus)],
        "hidden",
    )
    wire(axes, [(2, input_bus), (12.2, input_bus)], "input", head=False)
    for x in (4.5, 7.3):
        wire(axes, [(x - 0.4, state_bus), (x - 0.4, gates - 0.62)], "hidden")
        wire(axes, [(x + 0.4, input_bus), (x + 0.4, gates - 0.62)], "input")
    wire(
        axes,
        [(8.6, gates), (9.5, gates), (9.5, state_bus + 0.4)],
        "reset_gate",
    )
    wire(
        axes,
        [(9.9, state_bus), (11.4, state_bus), (11.4, gates - 0.62)],
        "hidden",
    )
    wire(axes, [(12.2, input_bus), (12.2, gates - 0.62)], "input")
    wire(axes, [(4.5, gates + 0.62), (4.5, rail - 0.4)], "update_gate")
    wire(axes, [(4.5, 5.6), (7.7, 5.6)], "update_gate")
    wire(axes, [(9.5, 5.6), (11.4, 5.6)], "update_gate")
    wire(axes, [(11.8, gates + 0.62), (11.8, 5.2)], "candidate")
    wire(axes, [(11.8, 6.0), (11.8, rail - 0.4)])
    box(axes, 1.2, rail, "$h_{t-1}$", "hidden", width=1.6)
    box(axes, 1.2, input_bus, "$x_t$", "input", width=1.6)
    box(axes, 17, rail, "$h_t$", "hidden", width=1.6)
    for x, text, colour in [
        (4.5, "update gate $z$\nsigmoid", "update_gate"),
        (7.3, "reset gate $r$\nsigmoid", "reset_gate"),
        (11.8, "candidate $g$\ntanh", "candidate"),
    ]:
        box(axes, x, gates, text, colour, 2.6, 1.25, size=10)
    box(axes, 8.6, 5.6, "1 − $z$", "#DDDDDD", 1.8, 0.7, size=12)
    axes.plot(4.5, 5.6, "o", color=COLOURS["ink"], markersize=5, zorder=3)
    axes.plot(2.6, rail, "o", color=COLOURS["ink"], markersize=5, zorder=3)
    for x, y, sign in [
        (4.5, rail, "×"),
        (11.8, rail, "+"),
        (11.8, 5.6, "×"),
        (9.5, state_bus, "×"),
    ]:
        dot(axes, x, y, sign, radius=0.4, size=16)
    for x, y, text in [
        (8.1, rail + 0.5, "kept: $z$ times the old state"),
        (8.1, input_bus - 0.5, "both, times the weights, plus the biases"),
    ]:
        axes.text(x, y, text, ha="center", va="center", size=11)
    axes.text(
        12.4,
        5.6,
        "new: 1 − $z$ times\nthe candidate",
        va="center",
        size=11,
    )
    axes.text(
        17,
        rail - 0.9,
        "to the output and\nthe next step",
        ha="center",
        va="center",
        size=11,
    )
    return figure


def what_the_gates_can_do():
    """All pairs of forget and input gate (LSTM) and the diagonal (GRU)."""
    figure, axes = plt.subplots(figsize=(5.2, 4.3))
    axes.add_patch(Rectangle((0, 0), 1, 1, color=COLOURS["LSTM"], alpha=0.25))
    axes.plot([0, 1], [1, 0], color=COLOURS["GRU"], linewidth=5)
    corners = [
        (0, 0, "erase", "left", 0.01),
        (1, 0, "keep", "right", 0.01),
        (0, 1, "write", "left", -0.01),
        (1, 1, "add up", "right", -0.01),
    ]
    for x, y, text, side, dy in corners:
        colour = "GRU" if x + y == 1 else "LSTM"
        axes.plot(
            x,
            y,
            "o",
            color=COLOURS[colour],
            markersize=13,
            clip_on=False,
            zorder=3,
        )
        axes.text(
            x + (0.1 if side == "left" else -0.1),
            y + dy,
            text,
            ha=side,
            va="bottom" if dy > 0 else "top",
            size=13,
            weight="bold",
        )
    axes.text(
        0.53,
        0.53,
        "GRU: on the line,\n$f = z$,  $i = 1 − z$",
        color=COLOURS["GRU"],
        weight="bold",
    )
    axes.text(
        0.27,
        0.27,
        "LSTM:\nanywhere in\nthe square",
        color="#9C4A77",
        weight="bold",
        ha="center",
        va="center",
    )
    axes.set(xlabel="share of the old that is kept, $f$")
    axes.set(ylabel="share of the new that is added, $i$")
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), aspect="equal")
    axes.set(xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
    axes.grid(False)
    return figure


def scoreboard(panels):
    """SimpleRNN, LSTM and GRU side by side, a dot per run in each panel.

    panels: a list of (title, values, log); values is a dict from the
    cell's name to a list of numbers, log says whether the axis is one. A
    cell without numbers was not run.
    """
    figure, rows = plt.subplots(2, 2, figsize=(8, 5.4), sharey=True)
    figure.get_layout_engine().set(h_pad=0.12, w_pad=0.08)
    for axes, (title, values, log) in zip(rows.flat, panels, strict=True):
        for y, (cell, numbers) in enumerate(values.items()):
            axes.axhline(y, color="#E4E4E4", linewidth=0.8, zorder=0)
            if not numbers:
                axes.text(0, y, " not run", va="center", color="#555555")
                continue
            axes.plot(
                np.median(numbers),
                y,
                "|",
                color=COLOURS["ink"],
                markersize=26,
                markeredgewidth=2,
            )
            # A row per run: equal results would hide each other.
            apart = 0.12 * (np.arange(len(numbers)) - (len(numbers) - 1) / 2)
            axes.plot(
                numbers,
                y + apart,
                "o",
                color=COLOURS[cell],
                markersize=7,
                markeredgecolor="white",
                clip_on=False,
                label="each run",
            )
        axes.set_title(title, size=11)
        axes.set(yticks=range(len(values)), yticklabels=list(values))
        axes.set_ylim(len(values) - 0.5, -0.5)
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", length=0)
        if log:
            axes.set_xscale("log")
        else:
            axes.set_xlim(0, None)
    return figure


def add_or_blend(lstm_states, gru_states, tail):
    """States of two trained counters on a run of a's; a line per unit.

    Both of shape (time, units); training went up to `tail` letters.
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.2))
    for axes, states, cell, name in [
        (left, lstm_states, "LSTM", "cell state $c_t$"),
        (right, gru_states, "GRU", "hidden state $h_t$"),
    ]:
        axes.axvspan(1, tail, color="#EEEEEE", zorder=0)
        axes.text(
            (1 + tail) / 2,
            1.02,
            "trained on",
            transform=axes.get_xaxis_transform(),
            ha="center",
            va="bottom",
            size=9,
        )
        axes.plot(range(1, len(states) + 1), states, color=COLOURS[cell])
        axes.set(xlabel="number of a's read", ylabel=name)
        axes.set(xlim=(1, len(states)), xticks=[1, 10, 20, 30, 40])
        axes.set_title(cell, color=COLOURS[cell], loc="right")
    right.set_ylim(-1.05, 1.05)
    return figure
