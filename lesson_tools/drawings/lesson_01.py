"""Drawings of lesson 01: three readers, tasks by shape, a history."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import (
    FancyArrowPatch,
    Polygon,
    Rectangle,
)
from matplotlib.path import Path

from lesson_tools.figures import COLOURS, arrow, box, canvas, label_line

# What each figure of the lesson shows, for a reader who cannot see it.
ALT = {
    "three readers": (
        "Three ways to read 'dog bites man today'. A bag: all four "
        "words, in no order, are counted. A window: only the last two "
        "words reach a feed-forward network, the first two stay "
        "outside. A loop: each word enters a hidden state, h_1 to h_4, "
        "passed from left to right; the last one gives the output y."
    ),
    "shuffle": (
        "Left, 120 hourly temperatures with five clear daily waves "
        "between about 5 and 19 degrees. Right, the same numbers "
        "shuffled: no waves, a jagged band of the same height."
    ),
    "one neuron": (
        "Hidden state of one neuron over three words. For 'dog bites "
        "man' it goes 0.76, 0.36, -0.67; for 'man bites dog' it is the "
        "mirror image: -0.76, -0.36, 0.67."
    ),
    "weights": (
        "Number of weights against the words seen, both on log scales. "
        "The window's line rises from 3,329 at one word to 3.2 million "
        "at 1,000; the loop's is flat at 7,425. They cross before three "
        "words."
    ),
    "unrolled": (
        "Left, a recurrent network with a loop: x_t feeds h_t through "
        "W_x, h_t feeds itself through W_h and y_t through W_y. Right, "
        "the same network unrolled over four steps: h_0 to h_4 in a row "
        "joined by W_h, each h_t with its own x_t below and y_t above, "
        "with the same W_x, W_h and W_y at every step."
    ),
    "record": (
        "A noisy river level with a flood at hour 30. The loop's output "
        "climbs to the top of the flood and stays there to hour 200. "
        "The best window of 24 hours falls back a day after the flood."
    ),
    "three loops": (
        "Hidden states over 60 steps for 16 noisy sequences, orange "
        "where the message was +1, black where it was -1. Fade: the "
        "colours mix within five steps. Add: they drift apart at random "
        "and mix. Latch: orange stays near +0.95, black near -0.95, to "
        "the end."
    ),
    "accuracy": (
        "Percentage of right answers against length from 2 to 1,000, on "
        "a log scale. Latch: 100 everywhere. Window of 10: 100 up to "
        "length 10, then 50 at once. Fade: down to 50 by length 10. "
        "Add: falls slowly, about 87 at 10, 70 at 60, 55 at 1,000."
    ),
    "cost": (
        "Time against the number of vectors read, both on log scales, "
        "relative to one sequence of 256 steps. One sequence rises in "
        "proportion to its length, to about 32 at 8,192. 64 sequences "
        "side by side rise as steeply, but lie several times lower."
    ),
    "task shapes": (
        "Four unrolled networks. Sequence-to-sequence: an output at "
        "every step, such as a word class for each word. Sequence-to- "
        "vector: one output after the last step, such as the mood of a "
        "review. Vector-to-sequence: one input at the first step, "
        "outputs at every step, each fed to the next, such as a caption "
        "for a picture. Encoder-decoder: three inputs are read, then "
        "three outputs are written by further states, such as a "
        "translation."
    ),
    "history": (
        "Timeline. 1986 Jordan feeds the output back. 1990 Elman feeds "
        "the hidden state back. 1991 Hochreiter: gradients vanish. 1994 "
        "Bengio and others: why long memory is hard to learn. 1997 "
        "Hochreiter and Schmidhuber: LSTM. 2000 Gers and others: forget "
        "gate. 2006 Graves and others: CTC. 2014 Cho and others, "
        "Sutskever and others: encoder-decoder and GRU. 2015 Bahdanau "
        "and others: attention. 2017 Vaswani and others: Transformer. "
        "2024 Feng and others, Beck and others: loops that train in "
        "parallel."
    ),
    "trees": (
        "Left, a chain: h_0 joins 'old', the result joins 'men', that "
        "result joins 'women'. Right, another tree over the same words: "
        "'men' and 'women' join first, and 'old' joins the result."
    ),
    "collisions": (
        "Number of different histories and of different final states "
        "against the number of inputs read, on a log scale. Histories "
        "double at each step to a million at 20. States follow at "
        "first, then flatten at some 4,500 for w_h = 0.5 and reach "
        "260,000 for w_h = 0.9."
    ),
}


def unrolled_network(steps=4, folded=True):
    """The recurrent loop, folded (left) and unrolled over `steps` time steps (right)."""
    offset = 5.0 if folded else 0
    figure, axes = canvas(offset + 3 * steps + 1.6, 5.4)
    if folded:
        _column(axes, 1.2, "$x_t$", "$h_t$", "$y_t$")
        loop = Path(
            [(1.9, 2.95), (3.5, 3.75), (3.5, 1.65), (1.9, 2.45)],
            [Path.MOVETO] + 3 * [Path.CURVE4],
        )
        axes.add_patch(
            FancyArrowPatch(
                path=loop,
                arrowstyle="-|>",
                mutation_scale=13,
                linewidth=1.6,
                color=COLOURS["hidden"],
                shrinkA=0,
                shrinkB=0,
            )
        )
        axes.text(3.5, 2.7, "$W_h$", size=12, ha="center", va="center")
        axes.text(4.5, 2.7, "=", size=22, ha="center", va="center")
    first = offset + 2.4
    axes.text(first - 2.0, 2.7, "$h_0$", size=14, ha="center", va="center")
    arrow(
        axes,
        (first - 1.7, 2.7),
        (first - 0.7, 2.7),
        "hidden",
        "$W_h$",
        label_at=(0, 0.3),
    )
    for step in range(1, steps + 1):
        x = first + 3 * (step - 1)
        _column(axes, x, f"$x_{step}$", f"$h_{step}$", f"$y_{step}$")
        if step < steps:
            arrow(
                axes,
                (x + 0.7, 2.7),
                (x + 2.3, 2.7),
                "hidden",
                "$W_h$",
                label_at=(0, 0.3),
            )
    return figure


def _column(axes, x, below, middle, above):
    box(axes, x, 0.6, below, "input")
    box(axes, x, 2.7, middle, "hidden")
    box(axes, x, 4.8, above, "output")
    arrow(axes, (x, 1.05), (x, 2.25), "ink", "$W_x$", label_at=(0.42, 0))
    arrow(axes, (x, 3.15), (x, 4.35), "ink", "$W_y$", label_at=(0.42, 0))


def three_readers(words=("dog", "bites", "man", "today")):
    """A sentence read from a bag, through a window, and by a loop."""
    figure, axes = canvas(21, 7.4, scale=0.42)
    titles = ["a bag", "a window", "a loop"]
    notes = [
        "every word, but no order",
        "order, but only the last words",
        "one word at a time, and a memory",
    ]
    for left, title, note in zip((0.3, 7.2, 14.1), titles, notes, strict=True):
        axes.text(left + 3.1, 6.9, title, size=13, weight="bold", ha="center")
        axes.text(left + 3.1, 0.1, note, size=10.5, ha="center")
    axes.add_patch(
        Polygon(
            [(1.0, 4.0), (1.3, 1.0), (5.5, 1.0), (5.8, 4.0)],
            closed=True,
            facecolor="#F2F2F2",
            edgecolor="#777777",
            linewidth=1.6,
        )
    )
    for (x, y, turn), word in zip(
        [(2.3, 1.9, 24), (4.3, 1.75, -12), (2.5, 3.2, -18), (4.4, 3.0, 15)],
        (words[1], words[3], words[0], words[2]),
        strict=True,
    ):
        axes.text(
            x,
            y,
            word,
            size=10.5,
            rotation=turn,
            ha="center",
            va="center",
            bbox={
                "boxstyle": "round,pad=0.35",
                "facecolor": COLOURS["input"],
                "edgecolor": "none",
            },
        )
    arrow(axes, (3.4, 4.0), (3.4, 5.2))
    box(axes, 3.4, 5.7, "counts", "baseline", width=2.2, size=11)
    for position, word in enumerate(words):
        x = 7.9 + 1.6 * position
        seen = position > 1
        box(
            axes,
            x,
            1.6,
            word,
            "input" if seen else "#DDEFFA",
            width=1.45,
            size=10,
            text_colour="#000000" if seen else "#777777",
        )
        if seen:
            arrow(axes, (x, 2.05), (11.9 + 0.8 * (position - 2.5), 5.2))
    axes.add_patch(
        Rectangle(
            (10.2, 0.95),
            3.4,
            1.3,
            fill=False,
            edgecolor="#222222",
            linewidth=1.8,
            linestyle=(0, (4, 2)),
        )
    )
    box(axes, 11.9, 5.7, "feed-forward", "baseline", width=3.2, size=11)
    for position, word in enumerate(words):
        x = 14.9 + 1.6 * position
        box(axes, x, 1.6, word, "input", width=1.45, size=10)
        box(
            axes,
            x,
            3.6,
            f"$h_{position + 1}$",
            "hidden",
            width=1.1,
            size=12,
        )
        arrow(axes, (x, 2.05), (x, 3.15))
        if position < 3:
            arrow(axes, (x + 0.55, 3.6), (x + 1.05, 3.6), "hidden")
    arrow(axes, (19.7, 4.05), (19.7, 5.2))
    box(axes, 19.7, 5.7, "$y$", "output", width=1.1, size=12)
    return figure


def task_shapes():
    """Four shapes of a sequence task, with an application each."""
    figure, axes = canvas(21, 13.4, scale=0.42)
    shapes = [
        (
            0.2,
            7.2,
            "sequence-to-sequence",
            "a word class for each word",
            "1234",
            "1234",
        ),
        (
            11,
            7.2,
            "sequence-to-vector",
            "is this review positive?",
            "1234",
            "4",
        ),
        (
            0.2,
            0.2,
            "vector-to-sequence",
            "a caption for a picture",
            "1",
            "1234",
        ),
        (11, 0.2, "encoder-decoder", "a translation", "123", "456"),
    ]
    for left, bottom, title, example, inputs, outputs in shapes:
        axes.text(left, bottom + 5.75, title, size=13, weight="bold", va="center")
        axes.text(left, bottom + 5.05, example, size=10.5, va="center")
        steps = max(int(inputs[-1]), int(outputs[-1]))
        gap = 2.3 if steps == 4 else 1.62
        width = 1.25 if steps == 4 else 1.15
        feeds_back = title in ("vector-to-sequence", "encoder-decoder")
        for step in range(1, steps + 1):
            x = left + 0.8 + gap * (step - 1)
            decodes = title == "encoder-decoder" and step > 3
            box(
                axes,
                x,
                bottom + 2.1,
                f"$s_{step - 3}$" if decodes else f"$h_{step}$",
                "hidden" if not decodes else "#B87900",
                width=width,
                size=12,
            )
            if step < steps:
                arrow(
                    axes,
                    (x + width / 2, bottom + 2.1),
                    (x + gap - width / 2, bottom + 2.1),
                    "hidden",
                )
            if str(step) in inputs:
                name = "$x$" if len(inputs) == 1 else f"$x_{step}$"
                box(
                    axes,
                    x,
                    bottom + 0.5,
                    name,
                    "input",
                    width=width,
                    size=12,
                    height=0.85,
                )
                arrow(axes, (x, bottom + 0.93), (x, bottom + 1.65))
            if str(step) in outputs:
                name = "$y$" if len(outputs) == 1 else f"$y_{step - 3 if decodes else step}$"
                box(
                    axes,
                    x,
                    bottom + 3.7,
                    name,
                    "output",
                    width=width,
                    size=12,
                    height=0.85,
                )
                arrow(axes, (x, bottom + 2.55), (x, bottom + 3.27))
                if feeds_back and step < steps:
                    start = (x + width / 2, bottom + 3.45)
                    end = (x + gap - 0.3, bottom + 2.6)
                    arrow(axes, start, end, "#777777", curve=-0.25)
    return figure


def history_of_rnns():
    """Four decades of recurrent networks on a line of years."""
    events = [  # year, who, what, colour, height of the label
        (1986, "Jordan", "output fed back", "output", 1.0),
        (1990, "Elman", "hidden state fed back", "hidden", 2.3),
        (1991, "Hochreiter", "gradients vanish", "gradient", -1.0),
        (
            1994,
            "Bengio et al.",
            "why long memory\nis hard to learn",
            "gradient",
            -2.5,
        ),
        (1997, "Hochreiter &\nSchmidhuber", "LSTM", "LSTM", 1.2),
        (2000, "Gers et al.", "forget gate", "forget_gate", -1.0),
        (
            2006,
            "Graves et al.",
            "CTC: speech\nwithout alignment",
            "LSTM",
            1.2,
        ),
        (
            2014,
            "Cho et al.;\nSutskever et al.",
            "encoder-decoder,\nGRU",
            "GRU",
            1.4,
        ),
        (2015, "Bahdanau et al.", "attention", "input_gate", -1.0),
        (
            2017,
            "Vaswani et al.",
            "Transformer:\nno loop at all",
            "baseline",
            -2.5,
        ),
        (
            2024,
            "Feng et al.;\nBeck et al.",
            "loops that train\nin parallel",
            "hidden",
            1.4,
        ),
    ]
    figure, axes = plt.subplots(figsize=(8.6, 3.9))
    axes.plot([1984, 2026], [0, 0], color=COLOURS["ink"], linewidth=1.6)
    for year, who, what, colour, height in events:
        side = "bottom" if height > 0 else "top"
        axes.plot([year, year], [0, height], color="#999999", linewidth=1)
        axes.plot(year, 0, "o", color=COLOURS[colour], markersize=10)
        left = 1.9 if who.startswith("Bahdanau") else 0  # a stem stands right of it
        axes.text(
            year - left,
            height,
            f"{year}\n{who}\n{what}",
            size=9,
            ha="center",
            va=side,
        )
    axes.set(xlim=(1983, 2028), ylim=(-4.4, 3.9))
    axes.axis("off")
    return figure


def accuracy_by_length(times, accuracy):
    """Right answers in percent against length; one line for each name."""
    looks = {
        "latch": ("hidden", "-", 0),
        "add": ("#B87900", "-", 8),
        "fade": ("#7A5200", "-", -20),
        "window of 10": ("baseline", "--", -7),
    }
    figure, axes = plt.subplots(figsize=(8, 3.4))
    for name, values in accuracy.items():
        colour, style, dy = looks[name]
        axes.plot(
            times,
            values,
            style,
            marker="o",
            markersize=4,
            color=COLOURS.get(colour, colour),
        )
        label_line(axes, times[-1], values[-1], name, colour, dx=8, dy=dy)
    axes.set(xscale="log", xlim=(1.8, 3600), ylim=(40, 104))
    axes.set(xlabel="length of the sequence (time steps, log scale)")
    axes.set(ylabel="right answers (%)")
    axes.set_xticks([2, 5, 10, 30, 100, 300, 1000])
    axes.set_xticklabels([2, 5, 10, 30, 100, 300, 1000])
    axes.minorticks_off()
    return figure


def states_and_words(runs):
    """States of one neuron after each word; `runs` maps text to states."""
    figure, axes = plt.subplots(figsize=(8, 3))
    for (text, states), colour in zip(runs.items(), ("hidden", "ink"), strict=True):
        steps = np.arange(1, len(states) + 1)
        axes.plot(steps, states, "o-", color=COLOURS[colour])
        for step, state, word in zip(steps, states, text.split(), strict=True):
            dy = 12 if state > 0 else -12
            axes.annotate(
                word,
                (step, state),
                (0, dy),
                textcoords="offset points",
                ha="center",
                va="center",
                color=COLOURS[colour],
                weight="bold",
            )
    axes.axhline(0, color="#999999", linewidth=1)
    axes.set(xlabel="time step", ylabel="hidden state", xticks=steps)
    axes.set(xlim=(0.8, len(steps) + 0.2), ylim=(-1.15, 1.15))
    return figure


def cost_of_order(counts, cost):
    """Time against the number of vectors, relative to the first."""
    figure, axes = plt.subplots(figsize=(8, 3.2))
    unit = next(iter(cost.values()))[0]
    for (name, seconds), colour in zip(cost.items(), ("hidden", "ink"), strict=True):
        ratios = np.array(seconds) / unit
        axes.plot(counts, ratios, "o-", color=COLOURS[colour])
        label_line(axes, counts[-1], ratios[-1], name, colour, dx=8)
    axes.set(xscale="log", yscale="log", xlim=(230, 26000), ylim=(0.05, 70))
    axes.set_xticks(counts)
    axes.set_xticklabels([f"{count:,}" for count in counts])
    axes.set_yticks([0.1, 1, 10])
    axes.set_yticklabels(["0.1", "1", "10"])
    axes.minorticks_off()
    axes.set(xlabel="vectors read", ylabel="time (256 in order = 1)")
    return figure


def histories_and_states(lengths, distinct):
    """How many input histories there are, and how many final states."""
    figure, axes = plt.subplots(figsize=(8, 3.2))
    histories = 2.0 ** np.array(lengths)
    axes.plot(lengths, histories, "--", color=COLOURS["truth"])
    label_line(axes, lengths[-1], histories[-1], "histories", "truth", dy=5)
    for w_h, counts in distinct.items():
        axes.plot(lengths, counts, color=COLOURS["hidden"])
        name = f"states, $w_h$ = {w_h}"
        label_line(axes, lengths[-1], counts[-1], name, "hidden", dy=-2)
    axes.set(yscale="log", xlim=(1, lengths[-1] + 4.5), ylim=(1, 4e6))
    axes.set(xticks=[1, 5, 10, 15, 20], xlabel="inputs read")
    axes.set(ylabel="how many different")
    return figure


def latch_states(states, message, w_h):
    """States of shape (time, batch) of one neuron, coloured by message."""
    figure, axes = plt.subplots(figsize=(8, 3))
    for run, sign in zip(states.T, np.ravel(message), strict=True):
        colour = COLOURS["hidden" if sign > 0 else "ink"]
        axes.plot(run, color=colour, linewidth=1, alpha=0.8)
    axes.set(xlabel="time step", ylabel="hidden state", ylim=(-1.1, 1.1))
    axes.set_title(f"$w_h$ = {w_h:.1f}")
    return figure


def chain_and_tree():
    """Two trees over three words: the chain of a loop, and another."""
    figure, axes = canvas(19, 7.2, scale=0.42)
    words = ["old", "men", "women"]
    axes.text(
        0.4,
        6.8,
        "recurrent: always a chain",
        size=12,
        weight="bold",
        va="center",
    )
    axes.text(
        11.2,
        6.8,
        "recursive: any tree",
        size=12,
        weight="bold",
        va="center",
    )
    left = [1.2, 3.4, 5.6, 7.8]
    box(axes, left[0], 0.6, "$h_0$", "hidden", width=1.7, size=12)
    for x, word in zip(left[1:], words, strict=True):
        box(axes, x, 0.6, word, "input", width=1.8, size=12)
    nodes = [(left[0], 1.05)]
    for step, x in enumerate(left[1:], start=1):
        node = (x - 0.55, 1.0 + 1.6 * step)
        arrow(axes, nodes[-1], (node[0] - 0.5, node[1] - 0.35), "hidden")
        arrow(axes, (x, 1.05), (node[0] + 0.3, node[1] - 0.45))
        box(axes, *node, f"$h_{step}$", "hidden", width=1.2, size=12)
        nodes.append((node[0] + 0.1, node[1] + 0.45))
    right = [12.4, 14.8, 17.2]
    for x, word in zip(right, words, strict=True):
        box(axes, x, 0.6, word, "input", width=1.8, size=12)
    arrow(axes, (14.8, 1.05), (15.7, 2.35))
    arrow(axes, (17.2, 1.05), (16.3, 2.35))
    box(axes, 16, 2.8, "", "hidden", width=1.2)
    arrow(axes, (12.4, 1.05), (13.9, 4.25))
    arrow(axes, (16, 3.25), (14.6, 4.25))
    box(axes, 14.2, 4.7, "root", "hidden", width=1.5, size=12)
    return figure
