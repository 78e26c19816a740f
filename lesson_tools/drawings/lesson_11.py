"""Drawings of lesson 11: encoder-decoder and attention."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from lesson_tools.figures import COLOURS, arrow, box, canvas, label_line

# What each figure of the lesson shows, for a reader who cannot see it.
ALT = {
    "idea": (
        "A French date, 27 mai 2024, is read in three steps; 2024, 05 and 27 are written. "
        "Above, one arrow leads from the last state of the encoder to the decoder. Below, "
        "each step of the decoder is also joined to all three states: the thickest line of "
        "2024 goes to the last, that of 05 to the second, that of 27 to the first, so that "
        "the thick lines cross."
    ),
    "bottleneck": (
        "Strings right to the last digit, by length 1 to 8, one thin line per seed and a "
        "thick one for the median. Both lines start near 100 percent and fall to nearly "
        "0 for the longest strings; that of the strings read backwards falls later."
    ),
    "open": (
        "The same two curves, and a third one with attention: it stays far above "
        "them at all longer lengths."
    ),
    "fed": (
        "Digits right, by place 1 to 8, for strings of eight digits, without attention. "
        "Fed with the right digits and fed with its own, the network begins at the same "
        "point; after that, the line fed with the right digits lies higher."
    ),
    "dates": (
        "Dates right to the last digit, five seeds each. Without attention all dots lie near "
        "the left end, with attention near 100 percent, where the tick of the rule stands; "
        "the tick of the nearest training date is near 0."
    ),
    "map": (
        "Three maps of weights, letters of the date from left to right, the eight digits "
        "written from top to bottom. In nearly every row the dark cells lie in or just after the "
        "field that the digit comes from. In the Hungarian date, year first, they run down the "
        "diagonal; in the English and the German one, year last, they cross from right to left."
    ),
    "probes": (
        "Dates right to the last digit, five seeds each. With attention: near 100 percent, "
        "also after the states were shuffled in time; near 0 after they were exchanged between "
        "dates. Without attention: near 0 throughout."
    ),
    "causes": (
        "Dates wrong, five seeds each. Crossed 19th or 20th: the dots lie to the right of those "
        "of the same dates on the 15th. Days 1 to 8: to the right of those ten days later."
    ),
    "self-attention": (
        "Two maps of weights, six steps by six steps. In the left one every step looks "
        "at all steps; in the right one the upper triangle is empty: no step looks at later ones."
    ),
}


def bottleneck_and_attention():
    """A date read and written, through one vector and with attention."""
    figure, axes = canvas(20, 13.6, scale=0.42)
    _reader_and_writer(axes, 8.2, "one vector", None)
    weights = np.array([[0.05, 0.1, 0.85], [0.05, 0.85, 0.1], [0.85, 0.1, 0.05]])
    _reader_and_writer(axes, 0.4, "attention", weights)
    return figure


def _reader_and_writer(axes, bottom, title, weights):
    """Three steps read and three written; `weights` join each step written to those read."""
    axes.text(0, bottom + 4.6, title, size=13, weight="bold", va="center")
    middle = bottom + 2.2
    for step, word in enumerate(["27", "mai", "2024"]):
        x = 1.6 + 3 * step
        box(axes, x, bottom + 0.4, word, "input", width=2, size=12)
        box(axes, x, middle, f"$h_{step + 1}$", "hidden", width=2, size=13)
        arrow(axes, (x, bottom + 0.85), (x, middle - 0.45))
        if step:
            arrow(axes, (x - 2, middle), (x - 1, middle), "hidden")
    for step, word in enumerate(["2024", "05", "27"]):
        x = 12.4 + 3 * step
        box(axes, x, middle, f"$s_{step + 1}$", "hidden", width=2, size=13)
        box(axes, x, bottom + 0.4, word, "output", width=2, size=12)
        arrow(axes, (x, middle - 0.45), (x, bottom + 0.85))
        start = 8.6 if step == 0 else x - 2
        arrow(axes, (start, middle), (x - 1, middle), "hidden")
        if weights is not None:
            for place, weight in enumerate(weights[step]):
                _curve(axes, 1.6 + 3 * place, x, middle + 0.45, weight)
    if weights is None:
        axes.text(10, middle + 0.6, "all that the decoder gets", size=11, ha="center")


def _curve(axes, start, end, height, weight):
    """A bow from one state to another, as thick as its weight."""
    share = np.linspace(0, 1, 60)
    rise = 4 * share * (1 - share) * (0.9 + 0.17 * (end - start))
    axes.plot(
        start + share * (end - start),
        height + rise,
        color=COLOURS["attention"],
        linewidth=0.7 + 5 * weight,
        alpha=0.35 + 0.6 * weight,
        solid_capstyle="butt",
    )


def exact_by_length(curves):
    """Exact match against length: thin lines per seed, a thick one for the median.

    curves: a dict from label to (an array of shares, shape (seeds, lengths), name in COLOURS).
    """
    figure, axes = plt.subplots()
    for label, (shares, colour) in curves.items():
        shares = 100 * np.asarray(shares)
        lengths = np.arange(1, shares.shape[1] + 1)
        middle = np.median(shares, axis=0)
        axes.plot(lengths, shares.T, color=COLOURS[colour], linewidth=0.8, alpha=0.6)
        axes.plot(lengths, middle, color=COLOURS[colour], linewidth=3, label=label)
        if middle[-1] > 50:
            place, offset, side = len(middle) - 1, (8, 0), "left"
        else:
            left = label == next(iter(curves))
            place = int(np.argmin(np.abs(middle - 45)))
            offset, side = ((-10, -8), "right") if left else ((10, 6), "left")
        axes.annotate(
            label,
            (lengths[place], middle[place]),
            xytext=offset,
            textcoords="offset points",
            ha=side,
            va="center",
            color=COLOURS[colour],
            weight="bold",
        )
    axes.set(xlabel="length of the string (digits)", ylabel="right to the last digit (%)")
    axes.set(xlim=(1, lengths[-1] + 1.4), xticks=lengths, ylim=(0, 102))
    return figure


def by_place(lines, ylabel):
    """One line per label over the places of a string; lines: label -> (shares, colour)."""
    figure, axes = plt.subplots(figsize=(8, 3.2))
    for label, (shares, colour) in lines.items():
        places = np.arange(1, len(shares) + 1)
        axes.plot(places, 100 * np.asarray(shares), "o-", color=COLOURS[colour], label=label)
        label_line(axes, places[-1], 100 * shares[-1], label, colour, dx=8)
    axes.set(xlabel="place in the string", ylabel=ylabel)
    axes.set(xlim=(0.8, places[-1] + 2.6), xticks=places, ylim=(0, 102))
    return figure


def attention_maps(titles, texts, written, weights, fields):
    """Maps of attention, one per text; the cells of the known alignment are outlined.

    titles, texts, written: lists of strings. weights: one array per text, shape (digits, letters).
    fields: per text, the list of (first digit, stop, first letter, stop) of each field.
    """
    figure, rows = plt.subplots(len(texts), 1, figsize=(8, 2.75 * len(texts)))
    for axes, title, text, answer, map_, known in zip(
        np.atleast_1d(rows), titles, texts, written, weights, fields, strict=True
    ):
        axes.imshow(map_[:, : len(text)], cmap="Reds", vmin=0, vmax=1, aspect="auto")
        for first, stop, left, right in known:
            axes.add_patch(
                Rectangle(
                    (left - 0.5, first - 0.5),
                    right - left,
                    stop - first,
                    fill=False,
                    edgecolor=COLOURS["hidden"],
                    linewidth=2.5,
                )
            )
        letters = [letter.replace(" ", "␣") for letter in text]
        axes.set_xticks(range(len(text)), letters, fontsize=12)
        axes.set_yticks(range(len(answer)), answer, fontsize=11)
        axes.tick_params(length=0)
        axes.grid(False)
        axes.spines[:].set_visible(False)
        axes.set_title(title)
        axes.set_ylabel("digit written")
    axes.set_xlabel("state after reading the letter")
    return figure


def weight_maps(maps, tokens):
    """Square maps of weights side by side; maps: title -> array, shape (steps, steps)."""
    figure, panels = plt.subplots(1, len(maps), figsize=(8, 3.6))
    for axes, (title, weights) in zip(panels, maps.items(), strict=True):
        axes.imshow(weights, cmap="Reds", vmin=0, vmax=weights.max())
        axes.set_title(title)
        axes.set_xticks(range(len(tokens)), tokens)
        axes.set_yticks(range(len(tokens)), tokens)
        axes.set(xlabel="step looked at", ylabel="step that looks")
        axes.tick_params(length=0)
        axes.grid(False)
    return figure
