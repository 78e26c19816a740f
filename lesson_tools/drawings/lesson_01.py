"""Drawings of lesson 01: four readers, tasks by shape, a history."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import (
    FancyArrowPatch,
    Polygon,
    Rectangle,
)
from matplotlib.path import Path

from lesson_tools.figures import COLOURS, arrow, box, canvas, label_line

DARK_ORANGE = "#8C5F00"  # text beside an orange line: 5.5 to 1 on white

# What each figure of the lesson shows, for a reader who cannot see it.
ALT = {
    "four readers": (
        "Four ways to read 'dog bites man today'. A bag: all four words, in "
        "no order, are counted. A window: only the last two words reach a "
        "feed-forward network, the first two stay outside. A convolution: "
        "the same weights W meet each pair of neighbours, and the largest "
        "answer is kept. A loop: each word enters a hidden state, h_1 to "
        "h_4, passed from left to right; the last one gives the output y."
    ),
    "shuffle": (
        "Left, 120 hourly temperatures with a clear wave on each of five "
        "days. Right, the same numbers shuffled: no waves, a jagged band of "
        "the same height."
    ),
    "one neuron": (
        "Hidden state of one neuron over three words. For 'dog bites "
        "man' it goes 0.76, 0.36, -0.67; for 'man bites dog' it is the "
        "mirror image: -0.76, -0.36, 0.67."
    ),
    "weights": (
        "Number of weights against the words in the sequence, both on log "
        "scales. The window's line rises from 3,329 at one word to 3.2 "
        "million at 1,000. The convolution's is flat at 9,729 and the "
        "loop's at 7,425. At three words the window needs more than the "
        "loop, and as many as the convolution."
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
        "Hidden states over 60 steps for 16 noisy sequences, orange where "
        "the message was +1, black where it was -1. Fade: the colours mix "
        "within a few steps. Add: they drift apart at random and mix. "
        "Latch: orange stays at the top, black at the bottom, to the end."
    ),
    "accuracy": (
        "Percentage of right answers against length from 2 to 1,000, on a "
        "log scale. Latch: 100 everywhere. Window of 10: 100 up to length "
        "10, then a coin toss at once. Fade: a coin toss from length 15 on. "
        "Add: falls slowly, to about 87 at length 10, 66 at 60 and 55 at "
        "1,000."
    ),
    "cost": (
        "Time against the number of vectors read, both on log scales, "
        "relative to one sequence of 256 steps. One sequence rises in "
        "proportion to its length. 64 sequences side by side rise as well, "
        "but lie far lower."
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
        "Timeline. 1986 Jordan: output fed back. 1990 Elman: hidden state "
        "fed back. 1991 Hochreiter: gradients vanish. 1994 Bengio and "
        "others: why long memory is hard to learn. 1997 Hochreiter and "
        "Schmidhuber: LSTM. 2000 Gers and others: forget gate. 2006 Graves "
        "and others: CTC, speech without alignment. 2014 Cho and others, "
        "Sutskever and others: encoder-decoder, GRU. 2015 Bahdanau and "
        "others: attention. 2017 Vaswani and others: Transformer, no loop "
        "at all. 2017 Bradbury and others: QRNN. 2018 Lei and others, Martin "
        "and Cundy: SRU, a linear recurrence trained by a parallel scan. 2022 "
        "Gu and others: S4, trained as a convolution. 2023 Orvieto and others, "
        "Peng and others, Gu and Dao: LRU, RWKV, Mamba. 2024 "
        "Feng and others, Beck and others: minGRU, xLSTM."
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


def four_readers(words=("dog", "bites", "man", "today")):
    """A sentence read from a bag, through a window, by a convolution and by a loop."""
    figure, axes = canvas(15.6, 14.6, scale=0.46)
    readers = [
        (0.4, 7.8, "a bag", "every word, but no order", _bag),
        (8.6, 7.8, "a window", "order, but only the last words", _window),
        (0.4, 0.2, "a convolution", "order, but only among neighbours", _convolution),
        (8.6, 0.2, "a loop", "one word at a time, and a memory", _loop),
    ]
    for left, bottom, title, note, draw in readers:
        axes.text(left + 3.2, bottom + 6.3, title, size=13, weight="bold", ha="center")
        axes.text(left + 3.2, bottom, note, size=11, ha="center")
        draw(axes, left, bottom, words)
    return figure


def _bag(axes, left, bottom, words):
    outline = [(0.7, 3.7), (1.0, 0.8), (5.4, 0.8), (5.7, 3.7)]
    axes.add_patch(
        Polygon(
            [(left + x, bottom + y) for x, y in outline],
            closed=True,
            facecolor="#F2F2F2",
            edgecolor="#777777",
            linewidth=1.6,
        )
    )
    places = [(2.2, 3.0, -18), (2.1, 1.6, 24), (4.2, 2.8, 15), (4.1, 1.5, -12)]
    for (x, y, turn), word in zip(places, words, strict=True):
        axes.text(
            left + x,
            bottom + y,
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
    arrow(axes, (left + 3.2, bottom + 3.7), (left + 3.2, bottom + 4.75))
    box(axes, left + 3.2, bottom + 5.2, "counts", "baseline", width=2.2, size=11)


def _words(axes, left, bottom, words, seen):
    """The sentence as boxes, those not in `seen` pale; returns where they stand."""
    places = [left + 0.8 + 1.6 * position for position in range(len(words))]
    for position, (x, word) in enumerate(zip(places, words, strict=True)):
        fill = "input" if position in seen else "#DDEFFA"
        box(axes, x, bottom + 1.3, word, fill, width=1.45, size=10.5)
    return places


def _window(axes, left, bottom, words):
    places = _words(axes, left, bottom, words, seen=(2, 3))
    for x, end in zip(places[2:], (4.3, 5.1), strict=True):
        arrow(axes, (x, bottom + 1.75), (left + end, bottom + 4.75))
    axes.add_patch(
        Rectangle(
            (left + 3.1, bottom + 0.65),
            3.4,
            1.3,
            fill=False,
            edgecolor="#222222",
            linewidth=1.8,
            linestyle=(0, (4, 2)),
        )
    )
    box(axes, left + 4.7, bottom + 5.2, "feed-forward", "baseline", width=3.2, size=11)


def _convolution(axes, left, bottom, words):
    places = _words(axes, left, bottom, words, seen=range(len(words)))
    for first, second in pairwise(places):
        middle = (first + second) / 2
        arrow(axes, (first, bottom + 1.75), (middle - 0.2, bottom + 2.85))
        arrow(axes, (second, bottom + 1.75), (middle + 0.2, bottom + 2.85))
        box(axes, middle, bottom + 3.3, "$W$", "baseline", width=1.1, size=12)
        end = left + 3.2 + 0.35 * (middle - left - 3.2)
        arrow(axes, (middle, bottom + 3.75), (end, bottom + 4.75))
    box(axes, left + 3.2, bottom + 5.2, "largest", "baseline", width=2.2, size=11)


def _loop(axes, left, bottom, words):
    places = _words(axes, left, bottom, words, seen=range(len(words)))
    for step, x in enumerate(places, start=1):
        box(axes, x, bottom + 3.3, f"$h_{step}$", "hidden", width=1.1, size=12)
        arrow(axes, (x, bottom + 1.75), (x, bottom + 2.85))
        if x < places[-1]:
            arrow(axes, (x + 0.55, bottom + 3.3), (x + 1.05, bottom + 3.3), "hidden")
    arrow(axes, (places[-1], bottom + 3.75), (places[-1], bottom + 4.75))
    box(axes, places[-1], bottom + 5.2, "$y$", "output", width=1.1, size=12)


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
    """Four decades of recurrent networks, one row per event beside a scale of years."""
    events = [  # year, who, what, colour
        (1986, "Jordan", "output fed back", "output"),
        (1990, "Elman", "hidden state fed back", "hidden"),
        (1991, "Hochreiter", "gradients vanish", "gradient"),
        (1994, "Bengio et al.", "why long memory is hard to learn", "gradient"),
        (1997, "Hochreiter, Schmidhuber", "LSTM", "LSTM"),
        (2000, "Gers et al.", "forget gate", "forget_gate"),
        (2006, "Graves et al.", "CTC: speech without alignment", "LSTM"),
        (2014, "Cho et al.; Sutskever et al.", "encoder-decoder, GRU", "GRU"),
        (2015, "Bahdanau et al.", "attention", "input_gate"),
        (2017, "Vaswani et al.", "Transformer: no loop at all", "baseline"),
        (2017, "Bradbury et al.", "QRNN: little left in the loop", "hidden"),
        (2018, "Lei et al.; Martin, Cundy", "SRU; linear loop, parallel scan", "hidden"),
        (2022, "Gu et al.", "S4: loop trained as a convolution", "hidden"),
        (2023, "Orvieto et al.; Peng et al.; Gu, Dao", "LRU, RWKV, Mamba", "hidden"),
        (2024, "Feng et al.; Beck et al.", "minGRU, xLSTM", "hidden"),
    ]
    figure, axes = plt.subplots(figsize=(8.6, 5.6))
    first, last = events[0][0], events[-1][0]
    rows = np.linspace(first, last, len(events))
    axes.plot([0, 0], [first - 1, last + 1], color=COLOURS["ink"], linewidth=1.6)
    for row, (year, who, what, colour) in zip(rows, events, strict=True):
        axes.plot([0, 0.6, 1.4, 1.6], [year, year, row, row], color="#999999", linewidth=1)
        axes.plot(0, year, "o", color=COLOURS[colour], markersize=8)
        axes.plot(1.6, row, "o", color=COLOURS[colour], markersize=8)
        axes.text(1.85, row, year, size=11, va="center")
        axes.text(2.8, row, who, size=11, va="center")
        axes.text(8.1, row, what, size=11, va="center", weight="bold")
    for decade in range(1990, 2021, 10):
        axes.text(-0.15, decade, decade, size=10, ha="right", va="center")
    axes.set(xlim=(-0.9, 13.5), ylim=(last + 1, first - 1))
    axes.axis("off")
    return figure


def accuracy_by_length(times, accuracy):
    """Right answers in percent against length; one line for each name."""
    looks = {
        "latch": ("hidden", "-", 0),
        "add": ("#956200", "-", 8),
        "fade": ("#5C3D00", "-", -20),
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
            label=name,
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
    looks = [("hidden", DARK_ORANGE), ("ink", COLOURS["ink"])]
    for (text, states), (colour, text_colour) in zip(runs.items(), looks, strict=True):
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
                color=text_colour,
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
        axes.plot(counts, ratios, "o-", color=COLOURS[colour], label=name)
        label_line(axes, counts[-1], ratios[-1], name, colour, dx=8)
    axes.set(xscale="log", yscale="log", xlim=(230, 26000))
    axes.set_xticks(counts)
    axes.set_xticklabels([f"{count:,}" for count in counts])
    axes.yaxis.set_major_formatter("{x:g}")
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
