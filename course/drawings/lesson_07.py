"""Drawings of lesson 07: Keras layers."""

import matplotlib.pyplot as plt
import numpy as np
from figures import COLOURS, arrow, box, canvas, label_line, readable_on
from matplotlib.patches import (
    Rectangle,
)

# What each figure of the lesson shows, for a reader who cannot see it.
ALT = {
    "layer outputs": (
        "Three unrolled layers of three steps. By default only the last "
        "hidden state h_3 is handed out, shape (batch, units). With "
        "return_sequences=True every state is, shape (batch, time, "
        "units). With return_state=True the last output comes with the "
        "final state."
    ),
    "five seeds": (
        "Error of the forecast in each of the ten training rows, a line "
        "a seed. 'Last + 1' lies on zero and 'last' on minus one; the "
        "five networks are wrong by one to six in most rows."
    ),
    "count on": (
        "A straight line of truth from 0 to 149. Up to 100 it was "
        "trained on. Beyond, the forecasts of three networks bend away "
        "below the truth and flatten; 'last + 1' follows the truth "
        "exactly."
    ),
    "judge": (
        "Mean squared error on the future, three seeds each. Counting: "
        "hundreds, far above 'last' at 1. Counting as changes: below "
        "0.01. Noisy wave: 1.3 to 1.6, below 'last' at 5, not below a "
        "linear rule."
    ),
    "weight layout": (
        "The arrays of each layer, drawn to the same scale. SimpleRNN: "
        "W_x, W_h and b, one block wide. LSTM: four blocks side by side "
        "in the order i, f, g, o. GRU: three blocks in the order z, r, "
        "h, and a bias with two rows."
    ),
    "race": (
        "Training error by epoch on a log scale, three seeds each. "
        "SimpleRNN stays on the dashed line at 1/6. GRU drops in the "
        "second epoch and ends near 0.001. LSTM stays above 0.1 for two "
        "epochs or more; then two seeds drop, and the third has hardly "
        "begun."
    ),
    "masking": (
        "Accuracy of three seeds each. Padding after without a mask: at "
        "chance, 10 to 14 percent. With a mask: 100 percent. Padding "
        "before, without a mask: 100 percent."
    ),
    "fading": (
        "Difference between two states, relative to its size at the "
        "last token, on a log scale over 35 steps of padding. With a "
        "mask it stays at 1. Without, it falls almost in a straight "
        "line to below one millionth after 35 steps."
    ),
    "stacked": (
        "Left, stacked: the hidden states h_1 to h_3 of a lower layer, "
        "which has return_sequences=True, are the inputs of an upper "
        "layer, whose last state gives y. Right, bidirectional: one row "
        "of states runs forwards, another backwards; each output y_t "
        "joins both."
    ),
    "what it sees": (
        "Two grids, output step down and changed input step across. "
        "GRU: only the lower triangle is coloured, an output sees its "
        "own and earlier inputs. Bidirectional: every cell is coloured."
    ),
    "peaks": (
        "Share of steps marked rightly, three seeds each. GRU(32) lies "
        "at about 90 percent, a little below the best forward rule at "
        "91.3. The bidirectional GRU lies at 95 to 96 percent."
    ),
    "stateful": (
        "State of one unit over 90 steps. Reading in pieces with the "
        "state kept lies exactly on reading whole. With a reset at "
        "steps 30 and 60 the thin line leaves the others there and "
        "takes ten steps or more to come back."
    ),
    "dropout": (
        "Three grids, feature or unit by time step, dark where kept. A "
        "Dropout layer draws anew at each step, a salt-and-pepper "
        "pattern. dropout and recurrent_dropout give stripes: the same "
        "choice at every time step (in the last, all are kept at the "
        "first step)."
    ),
}


def layer_outputs(steps=3):
    """What a layer hands out: last state, every state, state as well."""
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
        axes.text(
            left + 0.4, 6.2, title, size=13, weight="bold", va="center"
        )
        axes.text(left + 0.4, 5.5, shape, size=12, va="center")
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
            axes.text(x + 1.4, 2.2, "state", size=12, va="center")
    return figure


def weight_layout(unit=1.15):
    """The arrays of SimpleRNN, LSTM and GRU, gates in Keras's order."""
    layers = [
        ("SimpleRNN", ["h"], ["hidden"], 1),
        (
            "LSTM",
            ["i", "f", "g", "o"],
            ["input_gate", "forget_gate", "candidate", "output_gate"],
            1,
        ),
        (
            "GRU",
            ["z", "r", "h"],
            ["update_gate", "reset_gate", "candidate"],
            2,
        ),
    ]
    figure, axes = canvas(15.8, 5.4)
    left, rows = 2.6, {"$W_x$": (3.9, 0.7), "$W_h$": (2.6, 1.5)}
    for name, y in [("$W_x$", 3.9), ("$W_h$", 2.6), ("$b$", 1.45)]:
        axes.text(2.2, y, name, size=14, ha="right", va="center")
    for name, y in [
        ("features", 3.9),
        ("units", 2.6),
        ("1, or 2 in GRU", 1.45),
    ]:
        axes.text(2.2, y - 0.34, name, size=9.5, ha="right", va="center")
    for title, gates, colours, bias_rows in layers:
        axes.text(left, 4.9, title, size=13, weight="bold", va="center")
        for k, (gate, colour) in enumerate(
            zip(gates, colours, strict=True)
        ):
            x = left + unit * (k + 0.5)
            for y, height in rows.values():
                _block(axes, x, y, unit, height, colour, f"${gate}$")
            for row in range(bias_rows):
                _block(axes, x, 1.45 - 0.42 * row, unit, 0.36, colour, "")
        axes.text(
            left + unit * len(gates) / 2,
            0.35,
            "units" if len(gates) == 1 else f"{len(gates)} × units",
            size=11,
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
        text,
        ha="center",
        va="center",
        size=14,
        color=readable_on(COLOURS[colour]),
    )


def stacked_and_bidirectional(steps=3):
    """Left, two recurrent layers; right, one forwards and one backwards."""
    figure, axes = canvas(19.4, 8.2, scale=0.5)
    axes.text(0.4, 7.8, "stacked", size=13, weight="bold", va="center")
    axes.text(
        10.2, 7.8, "bidirectional", size=13, weight="bold", va="center"
    )
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
    axes.text(x + 0.8, 2.4, "return_sequences\n=True", size=10, va="center")
    axes.text(x + 0.8, 4.6, "default", size=10, va="center")
    for step in range(1, steps + 1):
        x = 11.4 + 3.0 * (step - 1)
        box(axes, x, 0.5, f"$x_{step}$", "input", width=1.2)
        box(axes, x - 0.55, 2.4, "", "hidden", width=0.9)
        box(axes, x + 0.55, 4.6, "", "reset_gate", width=0.9)
        axes.text(x - 0.55, 2.4, "→", size=15, ha="center", va="center")
        axes.text(
            x + 0.55, 4.6, "←", size=15, ha="center", va="center", color="w"
        )
        box(axes, x, 6.45, f"$y_{step}$", "output", width=1.2)
        arrow(axes, (x - 0.25, 0.95), (x - 0.55, 1.95))
        arrow(axes, (x + 0.25, 0.95), (x + 0.55, 4.15))
        arrow(axes, (x - 0.55, 2.85), (x - 0.3, 6.0))
        arrow(axes, (x + 0.55, 5.05), (x + 0.3, 6.0))
        if step < steps:
            arrow(axes, (x - 0.1, 2.4), (x + 2.0, 2.4), "hidden")
            arrow(axes, (x + 3.1, 4.6), (x + 1.0, 4.6), "reset_gate")
    return figure


def errors_by_row(errors):
    """Forecast minus truth for each training row, a line a seed."""
    figure, axes = plt.subplots()
    rows = np.arange(1, errors.shape[1] + 1)
    for line in errors:
        axes.plot(rows, line, color=COLOURS["SimpleRNN"], marker="o")
    axes.axhline(0, color=COLOURS["truth"])
    axes.axhline(-1, color=COLOURS["baseline"], linestyle="--")
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
    """A series, and after `cut`, where training ended, forecasts a seed."""
    figure, axes = plt.subplots()
    time = np.arange(len(truth))
    axes.axvspan(0, cut, color="#EEEEEE")
    axes.text(cut / 2, truth.max() * 0.93, "trained on", ha="center")
    axes.text(
        (cut + len(truth)) / 2, 4, "never seen", ha="center", va="bottom"
    )
    axes.plot(time, truth, color=COLOURS["truth"])
    for forecast in forecasts:
        axes.plot(
            time[-len(forecast) :], forecast, color=COLOURS["SimpleRNN"]
        )
    end = np.mean([forecast[-1] for forecast in forecasts])
    label_line(axes, time[-1], truth[-1], "truth,\nlast + 1", "truth")
    label_line(axes, time[-1], end, "network,\nthree seeds", "#8C6D00")
    axes.set(
        xlabel="time step", ylabel="value", xlim=(0, len(truth) * 1.13)
    )
    return figure


def race(losses, baseline, baseline_name):
    """Training loss by epoch, log scale: a line a seed, a colour a cell."""
    figure, axes = plt.subplots(figsize=(8, 4))
    axes.axhline(baseline, color=COLOURS["baseline"], linestyle="--")
    for name, histories in losses.items():
        epochs = np.arange(1, len(histories[0]) + 1)
        for history in histories:
            axes.plot(
                epochs,
                history,
                color=COLOURS[name],
                marker="o",
                markersize=4,
                linewidth=1.4,
            )
    last = epochs[-1]
    axes.text(
        last + 0.15,
        baseline * 1.12,
        baseline_name,
        color="#555555",
        weight="bold",
    )
    for name, histories in losses.items():
        ends = np.array([history[-1] for history in histories])
        y = np.exp(np.log(ends).mean())
        if name == "SimpleRNN":
            y = y * 0.72
        label_line(axes, last, y, name, name, dx=9)
    axes.set(
        yscale="log",
        xlabel="epoch",
        ylabel="training error, mean of the epoch",
        xlim=(0.8, last * 1.2),
        xticks=epochs,
    )
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


def dropout_masks(masks):
    """What is kept (dark) and dropped, unit by step, for each dropout."""
    figure, panels = plt.subplots(1, len(masks), figsize=(8, 3))
    for axes, (title, kept) in zip(panels, masks.items(), strict=True):
        axes.imshow(
            kept.T > 0, aspect="auto", cmap="Oranges", vmin=0, vmax=1.6
        )
        axes.set(xlabel="time step", yticks=[])
        axes.set_title(title, size=11)
        axes.grid(False)
    panels[0].set(ylabel="feature or unit")
    return figure
