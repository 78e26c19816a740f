"""Drawings of lesson 10: text generation."""

import matplotlib.pyplot as plt
import numpy as np

from lesson_tools.figures import COLOURS, arrow, box, canvas, label_line, readable_on

# What each figure of the lesson shows, for a reader who cannot see it.
ALT = {
    "idea": (
        "Two unrolled networks. In training, the letters L, A, T, I of the text are read, and "
        "the right answers are A, T, I, N, the same letters one step later. In writing, only "
        "the first letter is given; each letter that the network draws is its next input."
    ),
    "ladder": (
        "Left: bits per character against letters of context, 0 to 7. On held-out names the "
        "line falls from above 4 to about 1 at five letters and then rises slightly; on "
        "training text it goes on falling. Right: the share of held-out letters that were never "
        "counted after their context grows from nearly 0 to more than a tenth."
    ),
    "contest": (
        "One axis of bits per character on held-out names. Diamonds mark the tables of counts "
        "with 0 to 7 letters of context. Dots, one per seed: SimpleRNN, LSTM and GRU between "
        "one and two letters of context, nearer two; the GRU that learned longer near three "
        "letters, to the right of four and five."
    ),
    "choices": (
        "Five bar charts of the chances of the next letter. The model spreads them over "
        "many letters. Temperature 0.5 raises the highest, temperature 2 evens all out; top-k "
        "keeps five letters, the nucleus of 0.8 keeps more."
    ),
    "slider": (
        "Two bar charts of the chances of the next letter: as the model gives them, and after "
        "the chosen temperature. A low temperature leaves the few highest bars, a high one "
        "makes all bars alike."
    ),
    "beam": (
        "Two paths of three letters each, from the same beginning. Greedy's path starts with the "
        "more probable letter and ends with the smaller product; the best path starts lower "
        "and ends with the larger product."
    ),
    "samples": (
        "Stacked bars, one per temperature and one for the table of counts: the share of written "
        "lines that are in the training text, held out, became real, or new. New lines are "
        "the most at every temperature, and nearly all at the highest."
    ),
    "connectivity": (
        "A square map of one name: rows are the letters to be predicted, columns the letters read. "
        "The darkest fields lie on or near the diagonal; fainter ones reach further back, "
        "often to the beginnings of words. The upper triangle is empty."
    ),
    "unit": (
        "Left: a few held-out names, each letter shaded by the value of one unit, which grows "
        "towards the end of long words. Right: for each of the 64 units, the bits that "
        "removing it costs against its correlation with the length of the word; the "
        "chosen unit is marked."
    ),
    "exposure": (
        "The judge's surprise against the number of letters that the network has written. "
        "Real text is lowest and level. The network's next letter after real letters is "
        "level above it. After its own letters the line starts at the same height and lies "
        "above the second within a few letters."
    ),
}
PAPER_LIKE = {
    "in the training text": "input",
    "held out": "output",
    "became real": "candidate",
    "new": "baseline",
}


def train_and_write():
    """The same network in training, where inputs are given, and writing, where it reads itself."""
    figure, axes = canvas(21, 8.2, scale=0.45)
    for left, title, given in ((0.4, "training", True), (11.2, "writing", False)):
        axes.text(left, 7.7, title, size=14, weight="bold", va="center")
        for step in range(4):
            x = left + 1.1 + 2.5 * step
            read = "LATI"[step] if given or step == 0 else "ARAB"[step]
            answer = "ATIN"[step] if given else "RABI"[step]
            read = "A" if not given and step == 0 else read
            box(axes, x, 1.2, read, "input")
            box(axes, x, 3.5, f"$h_{step + 1}$", "hidden")
            box(axes, x, 5.8, answer, "output")
            arrow(axes, (x, 1.65), (x, 3.05))
            arrow(axes, (x, 3.95), (x, 5.35))
            if step < 3:
                arrow(axes, (x + 0.7, 3.5), (x + 1.8, 3.5))
                if not given:
                    arrow(axes, (x + 0.75, 5.5), (x + 1.75, 1.5), "forget_gate", curve=-0.25)
    axes.text(0.4, 0.2, "read: the letters of the text", size=12, va="center")
    axes.text(0.4, 6.75, "right answers: the same letters, one step later", size=12, va="center")
    axes.text(11.2, 0.2, "read: its own last letter", size=12, va="center")
    axes.text(11.2, 6.75, "drawn from its own probabilities", size=12, va="center")
    return figure


def ladder_of_contexts(held_out, training, unseen):
    """Bits per character of counts, and how many letters were never counted, by context length."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4), width_ratios=(1.5, 1))
    context = np.arange(len(held_out))
    left.plot(context, held_out, "o-", color=COLOURS["output"], label="held out")
    left.plot(context, training, "o-", color=COLOURS["input"], label="training")
    label_line(left, context[-1], held_out[-1], "held out", "output")
    label_line(left, context[-1], training[-1], "training", "input")
    left.set(xlabel="letters of context", ylabel="bits per character", ylim=(0, None))
    left.set(xticks=context, xlim=(-0.2, context[-1] + 1.8))
    right.bar(context, unseen, color=COLOURS["baseline"], label="held out")
    right.set(xlabel="letters of context", ylabel="never counted (%)", xticks=context)
    right.grid(axis="x", visible=False)
    return figure


def contest_of_bits(counted, networks):
    """Tables of counts as diamonds, networks as dots, on one axis of bits per character."""
    figure, axes = plt.subplots(figsize=(9, 3.4))
    for n, bits in enumerate(counted[:6]):
        letters = "letter" if n == 1 else "letters"
        axes.axvline(bits, color="#DDDDDD", linewidth=1, zorder=0, label=f"counts, {n} {letters}")
        axes.plot(bits, 0, "D", color=COLOURS["baseline"], markersize=8)
        axes.text(bits, -0.35, str(n), ha="right" if n == 5 else "center", va="bottom")
    for row, (name, values) in enumerate(networks.items(), start=1):
        axes.plot(
            values,
            np.full(len(values), row),
            "o",
            color=COLOURS[name.split(",")[0]],
            markersize=9,
            alpha=0.75,
            markeredgecolor="white",
            label="each run",
        )
    axes.set(
        yticks=range(len(networks) + 1),
        yticklabels=["counts, by context", *networks],
        ylim=(len(networks) + 0.5, -0.9),
        xlim=(0.8, 4.5),
        xlabel="bits per character, held out",
    )
    axes.grid(visible=False)
    axes.tick_params(axis="y", length=0)
    return figure


def next_letters(choices, symbols):
    """One row of bars per distribution; the symbols in alphabetic order."""
    figure, rows = plt.subplots(
        len(choices), 1, figsize=(8, 0.5 + 1.15 * len(choices)), sharex=True, sharey=True
    )
    names = [{"\n": "end", " ": "␣"}.get(s, s) for s in symbols]
    for axes, (name, p) in zip(rows, choices.items(), strict=True):
        axes.bar(range(len(p)), p, color=COLOURS["output"], width=0.8)
        axes.text(0.99, 0.9, name, transform=axes.transAxes, ha="right", va="top", weight="bold")
        axes.grid(axis="x", visible=False)
        axes.set(xlim=(-0.8, len(p) - 0.2))
    rows[-1].set_xticks(range(len(names)), names)
    figure.supylabel("chance", size=11)
    return figure


def two_paths(prompt, greedy, best):
    """Three letters by greedy search and the three most probable ones, with their chances."""
    figure, axes = canvas(19, 6.4, scale=0.46)
    axes.text(0.2, 3.2, f"{prompt}…", size=13, va="center", weight="bold")
    start = 0.6 + 0.36 * len(prompt)
    for y, name, path, colour in (
        (5, "greedy", greedy, "baseline"),
        (1.4, "best", best, "output"),
    ):
        x, product = start + 1.9, 1.0
        arrow(axes, (start, 3.2), (x - 0.75, y))
        for letter, chance in path:
            product *= chance
            shown = {"\n": "end", " ": "␣"}.get(letter, letter)
            box(axes, x, y, shown, colour)
            axes.text(x, y - 0.85, f"{chance:.2f}", ha="center", va="center", size=12)
            if letter != path[-1][0] or x < start + 5.5:
                arrow(axes, (x + 0.7, y), (x + 1.4, y)) if x < start + 5.5 else None
            x += 2.1
        axes.text(x - 0.6, y, f"{name}: {100 * product:.1f}%", size=13, va="center", weight="bold")
    return figure


def kinds_of_samples(shares):
    """Stacked bars: what kinds of lines were written. shares: name -> kind -> number."""
    figure, axes = plt.subplots(figsize=(9, 0.8 + 0.5 * len(shares)))
    for row, counts in enumerate(shares.values()):
        total, left = sum(counts.values()), 0
        for kind, colour in PAPER_LIKE.items():
            width = 100 * counts.get(kind, 0) / total
            axes.barh(row, width, left=left, color=COLOURS[colour], height=0.7, label=kind)
            if width > 4:
                axes.text(
                    left + width / 2,
                    row,
                    f"{width:.0f}",
                    ha="center",
                    va="center",
                    size=10,
                    color=readable_on(COLOURS[colour]),
                )
            left += width
    for place, (kind, colour) in enumerate(PAPER_LIKE.items()):
        axes.text(
            (0, 30, 50, 75)[place], -0.8, kind, color=COLOURS[colour], weight="bold", va="center"
        )
    axes.set(yticks=range(len(shares)), yticklabels=list(shares), xlim=(0, 100))
    axes.set(ylim=(len(shares) - 0.5, -1.2), xlabel="lines written (%)")
    axes.grid(visible=False)
    axes.tick_params(axis="y", length=0)
    return figure


def connectivity_map(name, strength):
    """Row: the letter to be predicted; column: the letters read before, the first is the start."""
    figure, axes = plt.subplots(figsize=(7.2, 6.4))
    strength = np.where(np.tri(len(strength), dtype=bool), strength, np.nan)
    shares = strength / np.nansum(strength, axis=1, keepdims=True)
    image = axes.imshow(shares, cmap="cividis_r", vmin=0, vmax=0.5)
    shown = [s.replace(" ", "␣") for s in name]
    axes.set_xticks(range(len(shown)), ["start", *shown[:-1]], size=9)
    axes.get_xticklabels()[0].set_rotation(90)
    axes.set_yticks(range(len(shown)), shown, size=9)
    axes.set(xlabel="letter read", ylabel="letter to be predicted")
    axes.grid(visible=False)
    figure.colorbar(image, label="share of the row's gradient", shrink=0.8)
    return figure


def unit_and_costs(lines, values, scores, costs, unit):
    """Names shaded by a unit's value; cost of removing each unit against its correlation."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8), width_ratios=(1.6, 1))
    low, high = np.min(values), np.max(values)
    shade = plt.get_cmap("Blues")
    row = column = 0
    for letter, value in zip(lines, values, strict=True):
        if letter == "\n":
            row, column = row + 1, 0
            continue
        colour = shade(0.55 * (value - low) / (high - low))
        left.text(
            column,
            row,
            letter,
            ha="center",
            va="center",
            family="monospace",
            size=10,
            color="black",
            bbox={"facecolor": colour, "edgecolor": "none", "pad": 1.6},
        )
        column += 1
    longest = max(len(line) for line in lines.split("\n"))
    left.set(xlim=(-1, max(longest, 30)), ylim=(row + 0.6, -0.8))
    left.set_title(f"unit {unit} on held-out names")
    left.axis("off")
    right.plot(np.abs(scores), costs, "o", color=COLOURS["baseline"], markersize=5)
    right.plot(abs(scores[unit]), costs[unit], "o", color=COLOURS["hidden"], markersize=9)
    right.annotate(
        f"unit {unit}",
        (abs(scores[unit]), costs[unit]),
        xytext=(-6, 8),
        textcoords="offset points",
        ha="right",
        weight="bold",
    )
    right.set(xlabel="|correlation| with word length", ylabel="cost of removal (bits)")
    right.set(xlim=(0, None), ylim=(0, None))
    return figure


def surprise_by_letters_written(judged):
    """Judge's surprise against letters written, mean of five; one line per source."""
    figure, axes = plt.subplots(figsize=(8, 3.6))
    colours = ("truth", "output", "forget_gate")
    for (name, values), colour in zip(judged.items(), colours, strict=True):
        smooth = np.convolve(values, np.ones(5) / 5, mode="valid")
        axes.plot(np.arange(3, len(smooth) + 3), smooth, color=COLOURS[colour], label=name)
        high = {"after real": -6, "after its own": 6}.get(name, 0)
        label_line(axes, len(smooth) + 2, smooth[-1], name, colour, dy=high)
    axes.set(xlabel="letters since the place", ylabel="surprise of the judge (bits)")
    axes.set(ylim=(0, None), xlim=(1, 1.35 * len(values)), xticks=range(10, len(values) + 1, 10))
    return figure
