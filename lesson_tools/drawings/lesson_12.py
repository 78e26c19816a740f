"""Drawings of lesson 12: three ways to carry the past, and who can do what."""

import matplotlib.pyplot as plt
import numpy as np

from lesson_tools.figures import COLOURS, arrow, box, canvas
from lesson_tools.tables import tells

# What each figure of the lesson shows, for a reader who cannot see it.
ALT = {
    "three ways": (
        "Three networks over four inputs. Non-linear loop: each state is made from the state "
        "before it by a tanh, one after another. Linear loop: each state is the state before "
        "it times a plus b, and brackets join the steps in pairs and the pairs in one. "
        "Attention: all four inputs are kept, and the last step looks at every one of them."
    ),
    "scan": (
        "Eight steps in a row, and three rounds below them. In the first round each step is "
        "joined with its left neighbour, in the second with the entry two places to the left, in "
        "the third with the entry four places to the left. After that the last entry holds "
        "all eight steps."
    ),
    "newton": (
        "Largest error of the guessed states against repetitions, on a log scale. SimpleRNN, LSTM "
        "and GRU fall faster and faster, from about 1 to below 1e-10 in about five "
        "repetitions. The SimpleRNN with spectral radius 2.5 stays above 1 for dozens of "
        "repetitions and falls only at the end."
    ),
    "tournament": (
        "Two panels, one dot per seed. Parity on unseen lengths: the GRU's dots lie near "
        "100 percent, those of minGRU and attention at 50, the tick of the coin. Recall: attention "
        "at 100 percent; GRU and minGRU near the tick of the most frequent value, "
        "at about 45."
    ),
    "ones": (
        "Probability of 'odd' over 40 steps of nothing but ones, five seeds each. GRU: most "
        "lines jump between 0 and 1 at every step. minGRU: the lines soon run level. "
        "Attention: the lines are exactly level."
    ),
    "fills up": (
        "Left: share of pairs recalled against the number of pairs, 4 to 256. Attention stays at "
        "100 percent; linear attention and DeltaNet start near 100 and fall steadily towards the "
        "guess of 25. Right: 64 pairs by age. Linear attention is level at about 70 percent; "
        "DeltaNet falls from 100 percent for the newest pairs to about 35 for the oldest."
    ),
    "cost": (
        "Two panels against the tokens so far, all axes in powers of two. Left, numbers kept: "
        "GRU level at 64, linear attention level at 4,096, attention rising in a straight line "
        "that crosses it at 32 tokens. Right, operations for the next token: GRU and "
        "linear attention level, attention level at first and then rising past both."
    ),
}

# The colours of the families; the GRU keeps its own.
FAMILY = {
    "GRU": "GRU",
    "SimpleRNN": "SimpleRNN",
    "LSTM": "LSTM",
    "minGRU": "output",
    "linear attention": "output",
    "DeltaNet": "candidate",
    "attention": "attention",
}


def three_ways():
    """A non-linear loop, a linear loop whose steps are joined, and attention."""
    figure, axes = canvas(23.4, 8.0, scale=0.4)
    for column, title in enumerate(["non-linear loop", "linear loop", "attention"]):
        left = 8.0 * column
        axes.text(left, 7.6, title, size=16, weight="bold", va="center")
        for step in range(4):
            x = left + 0.75 + 1.9 * step
            box(axes, x, 1.4, f"$x_{step + 1}$", "input", width=1.2, size=14)
            if column == 2:
                box(axes, x, 3.3, "$k, v$", "input", width=1.4, size=13)
                arrow(axes, (x, 1.85), (x, 2.85))
                continue
            box(axes, x, 3.3, f"$h_{step + 1}$", "hidden", width=1.2, size=14)
            arrow(axes, (x, 1.85), (x, 2.85))
            if step < 3:
                name = "tanh" if column == 0 else "$a, b$"
                arrow(axes, (x + 0.6, 3.3), (x + 1.3, 3.3), "hidden")
                axes.text(x + 0.95, 3.95, name, ha="center", va="center", size=12)
        if column == 0:
            axes.text(left, 5.5, "one step at a time", size=13, va="center")
        if column == 1:
            for start, end, y in [(0, 1, 4.6), (2, 3, 4.6), (0, 3, 5.5)]:
                _bracket(axes, left + 0.3 + 1.9 * start, left + 1.2 + 1.9 * end, y)
            axes.text(left, 6.3, "steps can be joined first", size=13, va="center")
        if column == 2:
            top = left + 0.75 + 1.9 * 3
            box(axes, top, 5.9, "$y_4$", "output", width=1.2, size=14)
            for step in range(4):
                arrow(axes, (left + 0.75 + 1.9 * step, 3.75), (top - 0.3, 5.45), "attention")
            axes.text(left, 6.6, "look at all that was kept", size=13, va="center")
        cost = ["memory: one state", "memory: one state", "memory: grows per step"]
        axes.text(left, 0.3, cost[column], size=13, va="center", color="#555555")
    return figure


def _bracket(axes, left, right, y):
    axes.plot([left, left, right, right], [y - 0.2, y, y, y - 0.2], color=COLOURS["ink"], lw=1.4)


def rounds_of_a_scan(steps=8):
    """Which entries each round joins, until the last one reaches back to the beginning."""
    figure, axes = canvas(20.5, 8.3, scale=0.42)
    for row in range(4):
        y = 7.4 - 2.2 * row
        reach = 2**row
        text = "steps" if row == 0 else f"round {row}"
        axes.text(0, y, text, size=12, va="center", weight="bold")
        for step in range(steps):
            x = 3.6 + 2.1 * step
            first = max(1, step + 2 - reach)
            name = f"{step + 1}" if first == step + 1 else f"{first}–{step + 1}"
            box(axes, x, y, name, "hidden" if first == 1 else "input", width=1.5, size=11)
            if row < 3:
                arrow(axes, (x, y - 0.45), (x, y - 1.75), "baseline")
                if step >= reach:
                    arrow(axes, (x - 2.1 * reach + 0.3, y - 0.45), (x - 0.25, y - 1.75))
    axes.text(0, 0.02, "orange: reaches back to the beginning", size=11, color="#8C5F00")
    return figure


def newton_errors(errors):
    """Largest error of the guessed states against repetitions, one line per cell."""
    figure, axes = plt.subplots()
    for name, values in errors.items():
        hard = "radius" in name
        colour = COLOURS["forget_gate"] if hard else COLOURS[name]
        drawn = np.clip(values, 1e-15, 1e2)
        wide = 6 if name == "LSTM" else 2  # its line lies below another
        (line,) = axes.semilogy(
            drawn, color=colour, linewidth=wide, marker="o", markersize=4, label=name
        )
        tells(line, values)
        if hard:
            axes.annotate(
                name,
                (len(values) * 0.5, 30),
                xytext=(0, 16),
                textcoords="offset points",
                color=colour,
                weight="bold",
                ha="center",
            )
    for place, name in enumerate(n for n in errors if "radius" not in n):
        axes.text(
            9, 10.0 ** (-5.5 - 2.2 * place), name, color=COLOURS[name], weight="bold", va="center"
        )
    axes.axvline(64, color=COLOURS["baseline"], linestyle="--")
    axes.text(63.3, 1e-6, "as many as\nthe loop's steps", ha="right", va="center", color="#555555")
    axes.set(xlabel="repetitions", ylabel="largest error", ylim=(1e-15, 1e4), xlim=(-1, 67))
    return figure


def tournament(results, rivals):
    """Two trials, one row per architecture, one dot per seed; rivals as ticks."""
    titles = {"parity": "parity, steps 13 to 40", "recall": "recall of 6 pairs"}
    rival_names = {"parity": "coin", "recall": "most frequent value"}
    figure, panels = plt.subplots(1, 2, sharey=True, figsize=(8, 3.0))
    for axes, task in zip(panels, titles, strict=True):
        axes.axvline(
            rivals[task], color=COLOURS["baseline"], linestyle="--", label=rival_names[task]
        )
        axes.annotate(
            rival_names[task], (rivals[task], -0.62), color="#555555", ha="center", va="center"
        )
        for row, (name, scores) in enumerate(results.items()):
            shift = np.linspace(-0.16, 0.16, len(scores[task]))
            axes.plot(
                scores[task],
                row + shift,
                "o",
                color=COLOURS[FAMILY[name]],
                markersize=8,
                alpha=0.8,
                markeredgecolor="white",
                clip_on=False,
                label="each seed",
            )
        axes.set(
            title=titles[task],
            xlim=(20, 101),
            ylim=(len(results) - 0.5, -0.85),
            yticks=range(len(results)),
            yticklabels=list(results),
            xlabel="right answers (%)",
        )
        axes.grid(axis="y", visible=False)
        axes.tick_params(axis="y", length=0)
    return figure


def answers_on_ones(on_ones):
    """Probability of "odd" at each step of a constant input, one panel per architecture."""
    figure, panels = plt.subplots(1, len(on_ones), sharey=True, figsize=(8, 2.7))
    for axes, (name, answers) in zip(panels, on_ones.items(), strict=True):
        for answer in answers:
            axes.plot(
                np.arange(1, len(answer) + 1),
                answer,
                color=COLOURS[FAMILY[name]],
                linewidth=1.2,
                alpha=0.7,
            )
        axes.axvspan(0.5, 12.5, color="#F0F0F0", zorder=0)
        axes.set(title=name, xlabel="ones read", ylim=(-0.03, 1.03), xlim=(0.5, 40))
    panels[0].set_ylabel('probability of "odd"')
    panels[1].text(6.5, 0.98, "trained", ha="center", va="top", size=9, color="#555555")
    return figure


def fills_up(pairs, kept, by_age):
    """Share of pairs recalled: against their number, and, of 64, against their age."""
    figure, (left, right) = plt.subplots(1, 2, sharey=True, figsize=(8, 3.6))
    for name, values in kept.items():
        colour = COLOURS[FAMILY[name]]
        left.plot(pairs, values, color=colour, marker="o", markersize=5, label=name)
        ages = np.arange(len(by_age[name]), 0, -1)
        right.plot(ages, _smooth(by_age[name]), color=colour, label=name)
    left.axvline(32, color=COLOURS["baseline"], linestyle="--")
    left.text(34, 4, "32 dimensions", color="#555555")
    for axes in (left, right):
        axes.axhline(25, color=COLOURS["baseline"], linestyle=":", label="guessing")
    left.text(4, 26, "guessing", color="#555555", va="bottom")
    left.set_xscale("log", base=2)
    left.set(
        xticks=pairs,
        xticklabels=pairs,
        ylim=(0, 104),
        xlabel="pairs written",
        ylabel="recalled (%)",
        title="by number of pairs",
    )
    right.set(xlabel="pairs written since", xlim=(0, 64), title="64 pairs, by age")
    for name, y in [("attention", 94), ("linear attention", 83), ("DeltaNet", 45)]:
        colour = COLOURS[FAMILY[name]]
        right.text(63, y, name, color=colour, weight="bold", ha="right", va="center")
    return figure


def _smooth(values, width=5):
    """Mean over `width` neighbours, fewer at the ends."""
    weights = np.ones(width)
    return np.convolve(values, weights, "same") / np.convolve(np.ones(len(values)), weights, "same")


# Where the label of a line stands: the point, and the way from it.
COST_LABELS = {
    "GRU": lambda x, y: ((x[2], y[2]), (0, 5)),
    "linear attention": lambda x, y: ((x[0], y[0]), (2, -13)),
    "attention": lambda x, y: ((x[-1], y[-1]), (-78, -6)),
}


def cost_per_token(tokens, cost):
    """Numbers kept and operations for the next token, against the tokens so far."""
    figure, panels = plt.subplots(1, 2, figsize=(8, 3.4))
    titles = ["numbers kept", "operations, next token"]
    for column, (axes, title) in enumerate(zip(panels, titles, strict=True)):
        for name, values in cost.items():
            axes.loglog(tokens, values[:, column], color=COLOURS[FAMILY[name]], base=2, label=name)
            axes.annotate(
                name,
                *COST_LABELS[name](tokens, values[:, column]),
                textcoords="offset points",
                color=COLOURS[FAMILY[name]],
                weight="bold",
            )
        axes.set(title=title, xlabel="tokens so far")
        axes.set_xticks(tokens, tokens)
        axes.minorticks_off()
        low, high = axes.get_ylim()
        powers = [2**p for p in range(4, 24, 4) if low < 2**p < high]
        axes.set_yticks(powers, [f"{p:,}" for p in powers])
    return figure
