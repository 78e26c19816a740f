"""Drawings of lesson 08: four architectures."""

import matplotlib.pyplot as plt

from lesson_tools.figures import COLOURS, arrow, box, canvas

# What each figure of the lesson shows, for a reader who cannot see it.
ALT = {
    "four shapes": (
        "Four unrolled networks. Sequence-to-sequence: each of four columns of handwriting has a "
        "tag. Sequence-to-vector: four frames of sound, one speaker after the last. "
        "Vector-to-sequence: one picture, then letters, each fed back into the next step. "
        "Encoder-decoder: digits are read, then words are written, each fed back."
    ),
    "listeners": (
        "Share of speakers named, three seeds each. The state at step 29: widely spread, left of "
        "the tick of the nearest average. The last real state and the average real state: close "
        "together at the right, near the tick or beyond it."
    ),
    "reader": (
        "Answers right, three seeds of one GRU on two tasks. On names its dots lie to the left "
        "of the tick of counted triples. On sentences they lie at the right-hand end, "
        "far beyond all counts; single words stand at 50 percent."
    ),
    "strip": (
        "A strip of handwritten digits, 16 columns of 8 pixels, and below each column its tag, the "
        "digit to which the column belongs. First and last digit are cut."
    ),
    "taggers": (
        "Share of columns tagged right, three seeds each. Left to right: far to the left of the "
        "tick of the nearest window. Both directions and convolution: near that tick."
    ),
    "claim 1": (
        "Share of answers that are right in English or Spanish, three seeds each. RepeatVector: "
        "less than half. Feedback: nearly as many as the nearest picture with its word looked up."
    ),
}


def four_shapes():
    """The four shapes with the tasks of the lesson, unrolled, and what Keras calls each shape."""
    figure, axes = canvas(22.4, 14.2, scale=0.4)
    _unrolled(
        axes,
        0.2,
        7.4,
        "sequence-to-sequence",
        "which digit is each column part of?",
        ["col 1", "col 2", "col 3", "col 4"],
        ["3", "3", "5", "5"],
        (0, 1, 2, 3),
    )
    _unrolled(
        axes,
        11.8,
        7.4,
        "sequence-to-vector",
        "who is speaking?",
        ["frame 1", "frame 2", "frame 3", "frame 4"],
        ["speaker"],
        (3,),
    )
    _unrolled(
        axes,
        0.2,
        0.2,
        "vector-to-sequence",
        "spell the digit in the picture",
        ["picture"],
        ["s", "i", "x", "end"],
        (0, 1, 2, 3),
        feeds_back=True,
    )
    _unrolled(
        axes,
        11.8,
        0.2,
        "encoder-decoder",
        "say 42 in German",
        ["4", "2"],
        ["zwei", "und", "vierzig"],
        (2, 3, 4),
        feeds_back=True,
    )
    return figure


def _unrolled(axes, left, bottom, title, example, inputs, outputs, answers, feeds_back=False):
    """One network: `inputs` at its first steps, `outputs` at the steps in `answers`."""
    steps = max(len(inputs), answers[-1] + 1)
    gap = 2.6 if steps == 4 else 2.1
    width = 1.75 if steps == 4 else 1.65
    axes.text(left, bottom + 6.1, title, size=13, weight="bold", va="center")
    axes.text(left, bottom + 5.35, example, size=11, va="center")
    middle, top = bottom + 2.2, bottom + 3.95
    for step in range(steps):
        x = left + 1.0 + gap * step
        decodes = feeds_back and len(inputs) > 1 and step >= len(inputs)
        name = f"$s_{step - len(inputs) + 1}$" if decodes else f"$h_{step + 1}$"
        box(axes, x, middle, name, "hidden", width=width, size=12)
        if step + 1 < steps:
            arrow(axes, (x + width / 2, middle), (x + gap - width / 2, middle), "hidden")
        if step < len(inputs):
            box(axes, x, bottom + 0.5, inputs[step], "input", width=width, size=10.5)
            arrow(axes, (x, bottom + 0.95), (x, middle - 0.45))
        if step in answers:
            text = outputs[answers.index(step)]
            box(axes, x, top, text, "output", width=width, size=10.5)
            arrow(axes, (x, middle + 0.45), (x, top - 0.45))
            if feeds_back and step + 1 < steps:
                start, end = (x + width / 2, top - 0.2), (x + gap - 0.35, middle + 0.48)
                arrow(axes, start, end, "baseline", curve=-0.25)


def tagged_strip(columns, tags):
    """A strip of handwriting, shape (time, pixels), and the tag of each column below it."""
    figure, axes = plt.subplots(figsize=(8, 2.9))
    axes.imshow(columns.T, cmap="Greys", vmin=0, vmax=1.2)
    for step, tag in enumerate(tags):
        axes.text(step, 8.3, tag, ha="center", va="center", weight="bold", color=COLOURS["output"])
        if step and tag != tags[step - 1]:
            axes.axvline(step - 0.5, color=COLOURS["baseline"], linestyle="--", linewidth=1)
    axes.set(xlabel="tag of each time step (column)", yticks=[], xticks=[], ylim=(9, -0.6))
    axes.grid(False)
    return figure
