"""Drawings of lesson 07: Keras layers."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from lesson_tools.figures import COLOURS, arrow, box, canvas, label_line, readable_on

# What each figure of the lesson shows, for a reader who cannot see it.
ALT = {
    "layer outputs": (
        "Three unrolled layers of three steps. By default only the last "
        "hidden state h_3 is returned, shape (batch, units). With "
        "return_sequences=True every state is, shape (batch, time, "
        "units). With return_state=True the last output comes with the "
        "final state (an LSTM has two)."
    ),
    "five seeds": (
        "Error of the forecast in each of the ten training rows, one line "
        "per seed. 'Last + 1' lies on zero and 'last' on minus one; the "
        "lines of the five networks stray much further from zero in most "
        "rows."
    ),
    "count on": (
        "A straight line of truth from 0 to 149. Up to 100 it was "
        "trained on. Beyond, the forecasts of five networks bend away "
        "below the truth and flatten; 'last + 1' follows the truth "
        "exactly."
    ),
    "judge": (
        "Mean squared error on the future of the noisy wave, one dot per "
        "seed. 'Last' lies far to the right. SimpleRNN, LSTM and GRU "
        "lie to the left of it, the linear rule further left than most of their "
        "dots, and a dashed line marks the variance of the noise, 1."
    ),
    "weight layout": (
        "The arrays of each layer, drawn to the same scale. SimpleRNN: "
        "W_x for the input, W_h recurrent, and the bias b, one block "
        "wide. LSTM: four blocks side by side in the order i, f, g, o. "
        "GRU: three blocks in the order z, r, g, and a bias with two "
        "rows."
    ),
    "masking": (
        "Share of last tokens named correctly, five seeds each. Padding "
        "after, without a mask: beside the tick of chance. With a mask, and with "
        "padding before: all seeds at the right-hand end, 100 percent."
    ),
    "stacked": (
        "The hidden states h_1 to h_3 of a lower layer, which has "
        "return_sequences=True, are the inputs of an upper layer, whose "
        "last state gives y."
    ),
    "bidirectional": (
        "Inputs x_1 to x_3. One row of states runs forwards, another "
        "backwards, each reads the inputs, and each output y_t joins the "
        "two states of its step."
    ),
    "what it sees": (
        "Two grids, output step down and changed input step across. "
        "GRU: only the lower triangle is coloured, an output sees its "
        "own and earlier inputs. Bidirectional: every cell is coloured."
    ),
    "peaks": (
        "Share of steps marked correctly, five seeds each. GRU(32) lies "
        "close to the tick of the best forward rule, far above the tick of always "
        "answering 'no peak'. The bidirectional GRU lies clearly above both."
    ),
    "stateful": (
        "State of one unit over 90 steps. Reading in pieces with the "
        "state kept lies exactly on reading whole. With a reset after "
        "steps 30 and 60 the line leaves it there and comes back "
        "some steps later."
    ),
    "dropout": (
        "Two pairs of grids, feature by time step, for two sequences, "
        "dark where kept. A Dropout layer draws anew at each step, a "
        "salt-and-pepper pattern. The layer's own dropout gives stripes, "
        "the same choice at every time step and another in the second "
        "sequence."
    ),
}


def layer_outputs(steps=3):
    """What a layer returns: last state, every state, state as well."""
    figure, axes = canvas(21.6, 6.6, scale=0.46)
    panels = [
        ("default", "(batch, units)", [steps]),
        (
            "return_sequences=True",
            "(batch, time, units)",
            range(1, steps + 1),
        ),
        ("return_state=True", "(batch, units)  +  final state", [steps]),
    ]
    for panel, (title, shape, outputs) in enumerate(panels):
        left = 7.0 * panel
        axes.text(left + 0.4, 6.3, title, size=14.5, weight="bold", va="center")
        axes.text(left + 0.4, 5.4, shape, size=15, va="center")
        for step in range(1, steps + 1):
            x = left + 1.1 + 2.0 * (step - 1)
            box(axes, x, 0.5, f"$x_{step}$", "input", width=1.2)
            box(axes, x, 2.2, f"$h_{step}$", "hidden", width=1.2)
            arrow(axes, (x, 0.95), (x, 1.75))
            if step < steps:
                arrow(axes, (x + 0.6, 2.2), (x + 1.4, 2.2), "hidden")
            if step in outputs:
                arrow(axes, (x, 2.65), (x, 3.5), "output")
                box(axes, x, 3.95, f"$h_{step}$", "output", width=1.2)
        if panel == 2:
            arrow(axes, (x + 0.6, 2.2), (x + 1.3, 2.2), "hidden")
            axes.text(x + 1.4, 2.2, "state", size=15, va="center")
    return figure


def weight_layout(unit=1.15):
    """The arrays of SimpleRNN, LSTM and GRU, gates in Keras's order."""
    layers = [
        ("SimpleRNN", [""], ["hidden"], 1),
        (
            "LSTM",
            ["i", "f", "g", "o"],
            ["input_gate", "forget_gate", "candidate", "output_gate"],
            1,
        ),
        (
            "GRU",
            ["z", "r", "g"],
            ["update_gate", "reset_gate", "candidate"],
            2,
        ),
    ]
    figure, axes = canvas(16.9, 5.4, scale=0.58)
    left, rows = 3.7, {"$W_x$": (3.9, 0.7), "$W_h$": (2.6, 1.5)}
    for name, size, y in [
        ("input  $W_x$", "features", 3.9),
        ("recurrent  $W_h$", "units", 2.6),
        ("bias  $b$", "1 row, GRU 2", 1.45),
    ]:
        axes.text(3.3, y + 0.12, name, size=14, ha="right", va="center")
        axes.text(3.3, y - 0.38, size, size=12, ha="right", va="center")
    for title, gates, colours, bias_rows in layers:
        axes.text(left, 4.9, title, size=13, weight="bold", va="center")
        for k, (gate, colour) in enumerate(zip(gates, colours, strict=True)):
            x = left + unit * (k + 0.5)
            for y, height in rows.values():
                _block(axes, x, y, unit, height, colour, gate)
            for row in range(bias_rows):
                _block(axes, x, 1.45 - 0.42 * row, unit, 0.36, colour, "")
        axes.text(
            left + unit * len(gates) / 2,
            0.35,
            "units" if len(gates) == 1 else f"{len(gates)} × units",
            size=12,
            ha="center",
            va="center",
        )
        left += unit * len(gates) + 1.5
    return figure


def _block(axes, x, y, width, height, colour, text):
    axes.add_patch(
        Rectangle(
            (x - width / 2 + 0.03, y - height / 2),
            width - 0.06,
            height,
            facecolor=COLOURS[colour],
            edgecolor="none",
        )
    )
    axes.text(
        x,
        y,
        f"${text}$" if text else "",
        ha="center",
        va="center",
        size=14,
        color=readable_on(COLOURS[colour]),
    )


def stacked_layers(steps=3):
    """Two recurrent layers: every state of the lower one is an input of the upper one."""
    figure, axes = canvas(12.6, 7.2, scale=0.48)
    for step in range(1, steps + 1):
        x = 1.2 + 2.4 * (step - 1)
        box(axes, x, 0.5, f"$x_{step}$", "input", width=1.2)
        box(axes, x, 2.4, f"$h_{step}$", "hidden", width=1.2)
        box(axes, x, 4.6, f"$h'_{step}$", "hidden", width=1.2)
        arrow(axes, (x, 0.95), (x, 1.95))
        arrow(axes, (x, 2.85), (x, 4.15))
        if step < steps:
            arrow(axes, (x + 0.6, 2.4), (x + 1.8, 2.4), "hidden")
            arrow(axes, (x + 0.6, 4.6), (x + 1.8, 4.6), "hidden")
    arrow(axes, (x, 5.05), (x, 6.0), "output")
    box(axes, x, 6.45, "$y$", "output", width=1.2)
    axes.text(x + 1.0, 2.4, "lower layer,\nreturn_sequences=True", size=13, va="center")
    axes.text(x + 1.0, 4.6, "upper layer, default", size=13, va="center")
    return figure


def both_directions(steps=3):
    """One row of states runs forwards, one backwards; each output joins the two."""
    figure, axes = canvas(13.2, 7.2, scale=0.48)
    for step in range(1, steps + 1):
        x = 1.4 + 3.0 * (step - 1)
        box(axes, x, 0.5, f"$x_{step}$", "input", width=1.2)
        box(axes, x - 0.55, 2.4, "→", "hidden", width=0.9)
        box(axes, x + 0.55, 4.6, "←", "reset_gate", width=0.9)
        box(axes, x, 6.45, f"$y_{step}$", "output", width=1.2)
        arrow(axes, (x - 0.25, 0.95), (x - 0.55, 1.95))
        arrow(axes, (x + 0.25, 0.95), (x + 0.55, 4.15))
        arrow(axes, (x - 0.55, 2.85), (x - 0.3, 6.0))
        arrow(axes, (x + 0.55, 5.05), (x + 0.3, 6.0))
        if step < steps:
            arrow(axes, (x - 0.1, 2.4), (x + 2.0, 2.4), "hidden")
            arrow(axes, (x + 3.1, 4.6), (x + 1.0, 4.6), "reset_gate")
    axes.text(x + 1.3, 2.4, "forwards", size=13, va="center")
    axes.text(x + 1.3, 4.6, "backwards", size=13, va="center")
    return figure


def errors_by_row(errors):
    """Forecast minus truth for each training row, one line per seed."""
    figure, axes = plt.subplots()
    rows = np.arange(1, errors.shape[1] + 1)
    for line in errors:
        axes.plot(rows, line, color=COLOURS["SimpleRNN"], marker="o", label="network")
    axes.axhline(0, color=COLOURS["truth"])
    axes.axhline(-1, color=COLOURS["baseline"], linestyle="--", label="last")
    end = errors[:, -1].mean()
    label_line(axes, 10.2, 0.5, "last + 1", "truth")
    label_line(axes, 10.2, -1.4, "last", "baseline")
    label_line(axes, 10.2, min(end, -3), "network,\nfive seeds", "#8C6D00")
    axes.set(
        xlabel="training row",
        ylabel="forecast − truth",
        xticks=rows,
        xlim=(0.8, 11.8),
    )
    return figure


def forecasts_beyond(truth, forecasts, cut):
    """A series, and after `cut`, where training ended, one forecast per seed."""
    figure, axes = plt.subplots()
    time = np.arange(len(truth))
    axes.axvspan(0, cut, color="#EEEEEE")
    axes.text(cut / 2, truth.max() * 0.93, "trained on", ha="center")
    axes.text((cut + len(truth)) / 2, 4, "never seen", ha="center", va="bottom")
    axes.plot(time, truth, color=COLOURS["truth"])
    for forecast in forecasts:
        axes.plot(time[-len(forecast) :], forecast, color=COLOURS["SimpleRNN"])
    end = np.mean([forecast[-1] for forecast in forecasts])
    label_line(axes, time[-1], truth[-1], "truth,\nlast + 1", "truth")
    label_line(axes, time[-1], end, "network,\nfive seeds", "#8C6D00")
    axes.set(
        xlabel="time step",
        ylabel="value",
        xticks=range(0, len(truth) + 1, 25),
        xlim=(0, len(truth) * 1.22),
    )
    return figure


def wave_contest(networks, rivals, noise):
    """Error on the future of the wave: one row per forecaster, one dot per seed."""
    figure, axes = plt.subplots(figsize=(8, 3.2))
    rows = [(name, [mse], "baseline") for name, mse in rivals.items()]
    rows[1:1] = [(name, scores, name) for name, scores in networks.items()]
    for row, (_, values, colour) in enumerate(rows):
        axes.plot(
            values,
            np.full(len(values), row),
            "D" if colour == "baseline" else "o",
            markersize=9,
            alpha=0.75,
            color=COLOURS[colour],
            markeredgecolor="white",
            label="each run",
        )
    axes.axvline(noise, color=COLOURS["truth"], linestyle="--", label="the noise alone")
    axes.text(noise - 0.05, len(rows) / 2 - 0.5, "the noise\nalone", ha="right", va="center")
    axes.set(
        xlabel="mean squared error on the future of the wave, one dot per seed",
        yticks=range(len(rows)),
        yticklabels=[name for name, _, _ in rows],
        ylim=(len(rows) - 0.5, -0.5),
        xlim=(0, None),
    )
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    return figure


def what_each_step_sees(maps):
    """Grids: does output t (down) move when input s (across) is changed?"""
    figure, panels = plt.subplots(1, len(maps), figsize=(8, 3.6))
    for axes, (title, change) in zip(panels, maps.items(), strict=True):
        axes.imshow(change > 1e-6, cmap="Purples", vmin=0, vmax=1.4)
        axes.set(
            title=title,
            xlabel="time step of the input that changes",
            xticks=range(0, len(change), 3),
            yticks=range(0, len(change), 3),
        )
        axes.grid(False)
    panels[0].set_ylabel("time step of the output")
    return figure


def reading_in_pieces(whole, kept, dropped, borders):
    """One unit's states, read whole, in pieces, and in pieces with resets."""
    figure, axes = plt.subplots()
    unit = np.abs(dropped - whole).max(axis=0).argmax()
    steps = np.arange(1, len(whole) + 1)
    axes.plot(steps, whole[:, unit], color=COLOURS["hidden"], linewidth=6)
    axes.plot(steps, dropped[:, unit], color=COLOURS["input_gate"])
    axes.plot(steps, kept[:, unit], color=COLOURS["ink"], linestyle=":")
    for border in borders:
        axes.axvline(border + 0.5, color=COLOURS["ink"], linewidth=0.8)
    at = len(whole)
    label_line(axes, at, whole[-1, unit], "whole", "#8C6D00", dy=9)
    label_line(axes, at, whole[-1, unit], "pieces, kept\n(dotted)", "ink", dy=-12)
    after = borders[-1] + 3
    label_line(
        axes,
        after,
        dropped[after - 1, unit],
        "pieces, reset",
        "input_gate",
        dx=8,
    )
    axes.set(xlabel="time step", ylabel="state of one unit", xlim=(0, at * 1.17))
    axes.set(xticks=range(0, at + 1, 15))
    return figure


def dropout_masks(masks):
    """What is kept (dark), feature by step: one row of panels per sequence."""
    rows = len(next(iter(masks.values())))
    figure, panels = plt.subplots(rows, len(masks), figsize=(8, 4), sharex=True)
    for column, (title, kept) in zip(panels.T, masks.items(), strict=True):
        for axes, sequence in zip(column, kept, strict=True):
            axes.imshow(
                sequence.T > 0,
                aspect="auto",
                cmap="Oranges",
                vmin=0,
                vmax=1.6,
                extent=(0.5, len(sequence) + 0.5, 0, 1),
            )
            axes.set(yticks=[], xticks=[1, 5, 10, 15, 20])
            axes.grid(False)
        column[0].set_title(title, size=11)
        column[-1].set(xlabel="time step")
    for row, axes in enumerate(panels[:, 0], start=1):
        axes.set(ylabel=f"sequence {row}\nfeature")
    figure.suptitle("dark: kept", size=11, x=0.99, ha="right")
    return figure
