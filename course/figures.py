"""The look of every figure in the course: one palette, one style, drawing primitives, text alternatives.

A lesson calls `use_style()` once, draws with matplotlib, and hands each figure to `show`,
together with a sentence that says what the figure shows for a reader who cannot see it.
"""

import base64
import html
import io

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import HTML, display
from matplotlib.patches import (
    Circle,
    FancyArrowPatch,
    FancyBboxPatch,
    Polygon,
    Rectangle,
)
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

# Okabe and Ito's palette (2008), told apart by readers with any common colour blindness.
# One thing keeps one colour in every lesson.
COLOURS = {
    "input": "#56B4E9",
    "hidden": "#E69F00",
    "output": "#009E73",
    "cell_state": "#CC79A7",
    "forget_gate": "#D55E00",
    "input_gate": "#0072B2",
    "output_gate": "#009E73",
    "candidate": "#8C6D00",
    "update_gate": "#0072B2",
    "reset_gate": "#D55E00",
    "gradient": "#7A3E9D",
    "baseline": "#777777",
    "truth": "#222222",
    "SimpleRNN": "#E69F00",
    "LSTM": "#CC79A7",
    "GRU": "#0072B2",
    "ink": "#222222",
    "paper": "#FFFFFF",
}


def use_style():
    """Set matplotlib's defaults for the notebook that calls it."""
    mpl.rcParams.update(
        {
            "figure.figsize": (8, 3.6),
            "figure.facecolor": COLOURS["paper"],
            "figure.constrained_layout.use": True,
            "font.size": 11,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlesize": 12,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.labelcolor": COLOURS["ink"],
            "axes.grid": True,
            "grid.color": "#E4E4E4",
            "grid.linewidth": 0.8,
            "axes.axisbelow": True,
            "lines.linewidth": 2,
            "legend.frameon": False,
            "image.cmap": "cividis",
            "svg.hashsalt": "recurrent neural networks",
        }
    )


def show(figure, alt):
    """Display `figure` at full width with `alt`, its text alternative, and close it.

    A screen reader meets `alt` in the page, and a page without pictures prints it.
    """
    if not alt or not alt.strip():
        raise ValueError(
            "say in `alt` what the figure shows, for a reader who cannot see it"
        )
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    plt.close(figure)
    picture = buffer.getvalue()
    picture = picture[picture.index("<svg") :]
    display(
        HTML(_image(picture, alt)), metadata={"text/html": {"alt": alt}}
    )


def _image(svg, alt):
    data = base64.b64encode(svg.encode()).decode()
    return (
        f'<img alt="{html.escape(alt, quote=True)}" src="data:image/svg+xml;base64,{data}" '
        'style="max-width: 100%; background: white;">'
    )


# ---------------------------------------------------------------- drawing primitives


def canvas(width, height, scale=0.62):
    """An empty drawing sheet, `width` by `height` units, without axes. Returns (figure, axes)."""
    figure, axes = plt.subplots(figsize=(width * scale, height * scale))
    axes.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    axes.axis("off")
    return figure, axes


def box(
    axes,
    x,
    y,
    text,
    colour,
    width=1.4,
    height=0.9,
    text_colour=None,
    size=14,
):
    """A rounded box centred at (x, y); `colour` is a name in COLOURS. Returns its centre."""
    axes.add_patch(
        FancyBboxPatch(
            (x - width / 2, y - height / 2),
            width,
            height,
            boxstyle="round,pad=0,rounding_size=0.15",
            facecolor=COLOURS.get(colour, colour),
            edgecolor="none",
            zorder=2,
        )
    )
    axes.text(
        x,
        y,
        text,
        ha="center",
        va="center",
        size=size,
        zorder=3,
        color=text_colour or readable_on(COLOURS.get(colour, colour)),
    )
    return x, y


def dot(axes, x, y, text, colour="paper", radius=0.3, size=14):
    """A small circle with an operator such as "+" or "×" in it. Returns its centre."""
    axes.add_patch(
        Circle(
            (x, y),
            radius,
            facecolor=COLOURS.get(colour, colour),
            edgecolor="#222222",
            zorder=2,
        )
    )
    axes.text(
        x,
        y,
        text,
        ha="center",
        va="center",
        size=size,
        zorder=3,
        color=COLOURS["ink"],
    )
    return x, y


def arrow(
    axes,
    start,
    end,
    colour="ink",
    label="",
    curve=0.0,
    label_at=(0.0, 0.0),
    style="-|>",
):
    """An arrow from `start` to `end`; its label stands at the middle, moved by `label_at`."""
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle=style,
            mutation_scale=13,
            linewidth=1.6,
            color=COLOURS.get(colour, colour),
            connectionstyle=f"arc3,rad={curve}",
            shrinkA=0,
            shrinkB=0,
            zorder=1,
        )
    )
    if label:
        x = (start[0] + end[0]) / 2 + label_at[0]
        y = (start[1] + end[1]) / 2 + label_at[1]
        axes.text(
            x,
            y,
            label,
            ha="center",
            va="center",
            size=12,
            color=COLOURS["ink"],
        )


def readable_on(colour):
    """Black or white, whichever contrasts more with `colour` (relative luminance, WCAG 2)."""
    channels = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in mpl.colors.to_rgb(colour)
    ]
    luminance = (
        0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    )
    return "#000000" if luminance > 0.18 else "#FFFFFF"


def label_line(axes, x, y, text, colour, dx=4, dy=0):
    """A label beside the point (x, y) of a line, in its colour, in place of a legend."""
    axes.annotate(
        text,
        (x, y),
        xytext=(dx, dy),
        textcoords="offset points",
        color=COLOURS.get(colour, colour),
        va="center",
        weight="bold",
        annotation_clip=False,
    )


# ---------------------------------------------------------------- drawings that several lessons use


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


def rnn_cell():
    """One recurrent cell: two products, a sum with the bias, tanh, and the state going two ways."""
    figure, axes = canvas(13, 5)
    arrow(
        axes, (1.9, 3.2), (4.2, 3.2), "hidden", "$W_h$", label_at=(0, 0.32)
    )
    arrow(axes, (5.0, 1.05), (5.0, 2.8), "input")
    axes.text(5.15, 1.85, "$W_x$", ha="left", va="center", size=12)
    arrow(axes, (5.4, 3.2), (6.7, 3.2))
    arrow(axes, (7.5, 3.2), (8.5, 3.2))
    arrow(
        axes,
        (9.9, 3.2),
        (12.0, 3.2),
        "hidden",
        "to the next step",
        label_at=(0, 0.32),
    )
    arrow(axes, (9.2, 3.65), (9.2, 4.5), "hidden")
    arrow(axes, (7.1, 1.05), (7.1, 2.8))
    arrow(axes, (4.2, 3.2), (4.6, 3.2), "hidden")
    box(axes, 1.2, 3.2, "$h_{t-1}$", "hidden")
    box(axes, 5.0, 0.6, "$x_t$", "input")
    box(axes, 7.1, 0.6, "$b$", "#DDDDDD")
    dot(axes, 5.0, 3.2, "+", radius=0.4, size=17)
    dot(axes, 7.1, 3.2, "+", radius=0.4, size=17)
    box(axes, 9.2, 3.2, "$h_t$", "hidden")
    axes.text(8.0, 3.5, "tanh", ha="center", va="center", size=12)
    axes.text(9.45, 4.5, "to the output", ha="left", va="center", size=12)
    return figure


def output_heads(steps=4):
    """Many-to-one reads the last hidden state; many-to-many reads every one."""
    figure, axes = canvas(19.5, 5.2, scale=0.5)
    for left, title, outputs in [
        (0, "many-to-one", [steps]),
        (10.2, "many-to-many", range(1, 5)),
    ]:
        axes.text(
            left + 0.3, 4.75, title, size=13, weight="bold", va="center"
        )
        for step in range(1, steps + 1):
            x = left + 1.2 + 2.2 * (step - 1)
            box(axes, x, 0.5, f"$x_{step}$", "input", width=1.2)
            box(axes, x, 2.1, f"$h_{step}$", "hidden", width=1.2)
            arrow(axes, (x, 0.95), (x, 1.65))
            if step < steps:
                arrow(axes, (x + 0.6, 2.1), (x + 1.6, 2.1), "hidden")
            if step in outputs:
                name = "$y$" if len(outputs) == 1 else f"$y_{step}$"
                box(axes, x, 3.7, name, "output", width=1.2)
                arrow(axes, (x, 2.55), (x, 3.25))
    return figure


# ---- lesson 00: the map of the course


def course_map(ready=8):
    """The lessons, the first `ready` of them filled, with assignments."""
    figure, axes = canvas(21, 12.2, scale=0.42)
    rows = [
        (
            10.2,
            "from the idea to its limits",
            "start here|why\nmemory|the RNN\ncell|backprop.\nthrough time"
            "|vanishing\ngradients",
        ),
        (5.9, "gates, and the tool", "LSTM|GRU|Keras\nlayers"),
        (
            1.6,
            "put to work (coming)",
            "four\narchitectures|forecasting|text\ngeneration"
            "|encoder-decoder,\nattention|where RNNs\nstand",
        ),
    ]
    number = 0
    for y, title, names in rows:
        axes.text(0.4, y + 1.45, title, size=11, style="italic")
        for column, name in enumerate(names.split("|")):
            x = 2.1 + 4.15 * column
            is_ready = number < ready
            fill, ink = (
                ("hidden", "ink") if is_ready else ("#EEEEEE", "#444444")
            )
            box(axes, x, y, "", fill, width=3.4, height=2.1)
            ink = COLOURS.get(ink, ink)
            axes.text(
                x,
                y + 0.6,
                f"{number:02}",
                size=11,
                weight="bold",
                ha="center",
                va="center",
                zorder=3,
                color=ink,
            )
            axes.text(
                x,
                y - 0.35,
                name,
                size=9.5,
                ha="center",
                va="center",
                zorder=3,
                color=ink,
            )
            if number < 12:
                arrow(axes, (x + 1.7, y), (x + 2.42, y), ink)
            number += 1
    for x, y, name in [
        (10.4, 10.2, "ps1"),
        (18.7, 10.2, "ps2"),
        (6.25, 5.9, "ps3"),
        (10.4, 5.9, "quiz"),
    ]:
        arrow(axes, (x, y - 1.05), (x, y - 1.5))
        box(
            axes, x, y - 1.9, name, "output", width=1.9, height=0.8, size=11
        )
    return figure


# ---- lesson 01: three readers, tasks by shape, a history


def three_readers(words=("dog", "bites", "man", "today")):
    """A sentence read from a bag, through a window, and by a loop."""
    figure, axes = canvas(21, 7.4, scale=0.42)
    titles = ["a bag", "a window", "a loop"]
    notes = [
        "every word, but no order",
        "order, but only the last words",
        "one word at a time, and a memory",
    ]
    for left, title, note in zip(
        (0.3, 7.2, 14.1), titles, notes, strict=True
    ):
        axes.text(
            left + 3.1, 6.9, title, size=13, weight="bold", ha="center"
        )
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
        axes.text(
            left, bottom + 5.75, title, size=13, weight="bold", va="center"
        )
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
                name = (
                    "$y$"
                    if len(outputs) == 1
                    else f"$y_{step - 3 if decodes else step}$"
                )
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
        left = (
            1.9 if who.startswith("Bahdanau") else 0
        )  # a stem stands right of it
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
    for (text, states), colour in zip(
        runs.items(), ("hidden", "ink"), strict=True
    ):
        steps = np.arange(1, len(states) + 1)
        axes.plot(steps, states, "o-", color=COLOURS[colour])
        for step, state, word in zip(
            steps, states, text.split(), strict=True
        ):
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
    for (name, seconds), colour in zip(
        cost.items(), ("hidden", "ink"), strict=True
    ):
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


# ---- lesson 04: the gradient seismograph


def seismograph(
    curves,
    predicted=None,
    colours=None,
    axes=None,
    title="",
    floor=None,
    ylabel="gradient norm (log scale)",
):
    """Gradient norm against lag on a log axis. Returns the figure.

    curves: a dict from label to norms. `norms[lag]` is the norm of the
        gradient of the loss at the last step with respect to the state
        `lag` steps before it, from lag 0 on. Norms of shape (seeds, lags)
        are drawn as one thin line a seed under a thick one, their median.
        Each label stands at the right end of its curve.
    predicted: a dict from some of the labels to a slope, the predicted
        change of the *natural* logarithm of the norm a step (such as the
        log of the spectral radius); drawn dotted in black, from the
        measured norm at lag 0.
    colours: a dict from label to a name in COLOURS; without it the curves
        are shades of the gradient's colour, dark to light in their order.
    axes: draw there, in place of a new figure.
    floor: norms below it are not drawn.
    """
    if axes is None:
        _, axes = plt.subplots()
    shades = mpl.colors.LinearSegmentedColormap.from_list(
        "gradient", ["#2E0F40", COLOURS["gradient"], "#CDA4E3"]
    )
    ends, longest = [], 0
    for index, (label, norms) in enumerate(curves.items()):
        norms = np.atleast_2d(np.asarray(norms, dtype=float))
        shade = shades(index / max(1, len(curves) - 1))
        if len(curves) == 1:
            shade = COLOURS["gradient"]
        colour = (colours or {}).get(label, shade)
        colour = (
            COLOURS.get(colour, colour)
            if isinstance(colour, str)
            else colour
        )
        middle = np.median(norms, axis=0)
        middle = np.where(middle > (floor or 0), middle, np.nan)
        norms = np.where(norms > (floor or 0), norms, np.nan)
        if len(norms) > 1:
            axes.plot(norms.T, color=colour, linewidth=0.7, alpha=0.5)
        axes.plot(middle, color=colour, linewidth=2.4)
        lags = np.arange(len(middle))
        if label in (predicted or {}):
            line = middle[0] * np.exp(predicted[label] * lags)
            line = np.where(line > (floor or 0), line, np.nan)
            axes.plot(
                line,
                color=COLOURS["ink"],
                linewidth=1.8,
                linestyle=(0, (1, 2)),
                path_effects=[withStroke(linewidth=4, foreground="white")],
            )
        seen = np.flatnonzero(np.isfinite(middle))
        if len(seen):
            ends.append((label, seen[-1], middle[seen[-1]], colour))
        longest = max(longest, len(middle) - 1)
    axes.set(
        yscale="log",
        xlim=(0, longest),
        xlabel="lag (time steps back)",
        ylabel=ylabel,
    )
    axes.set_title(title)
    axes.yaxis.set_major_locator(mpl.ticker.LogLocator(numticks=8))
    axes.yaxis.set_minor_locator(mpl.ticker.NullLocator())
    _label_ends(axes, ends, longest)
    return axes.figure


def _label_ends(axes, ends, longest):
    """Labels right of the axes, moved apart where they would touch."""
    height = axes.get_position().height * axes.figure.get_figheight() * 72
    gap = 14 / max(height, 1)
    low, high = np.log(axes.get_ylim())
    ends = sorted(ends, key=lambda end: end[2])
    wanted = [
        (np.log(value) - low) / (high - low) for _, _, value, _ in ends
    ]
    heights = list(wanted)
    for _ in range(200):
        for i in range(len(heights) - 1):
            overlap = gap - (heights[i + 1] - heights[i])
            if overlap > 1e-4:
                heights[i] -= overlap / 2
                heights[i + 1] += overlap / 2
    for (label, lag, value, colour), y in zip(ends, heights, strict=True):
        if lag < longest:  # the curve left the picture: say so where it did
            label_line(axes, lag, value, label, colour)
            continue
        axes.annotate(
            label,
            (1.01, y),
            xycoords="axes fraction",
            color=_dark_enough(colour),
            va="center",
            weight="bold",
            annotation_clip=False,
        )


def _dark_enough(colour):
    """`colour`, darkened where text in it would be too pale to read."""
    red, green, blue = mpl.colors.to_rgb(colour)
    while 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.55:
        red, green, blue = 0.9 * red, 0.9 * green, 0.9 * blue
    return red, green, blue


# ---- lesson 03: backpropagation through time


def unrolled_gradients(steps=4):
    """The unrolled network with its gradients running backwards.

    Forward arrows are grey. In the gradient's colour: the error of each
    step's loss goes down into its state, the error from the future goes
    left, and each step adds its share to the one set of weights.
    """
    figure, axes = canvas(3.1 * steps + 2.5, 6.3, scale=0.6)
    xs = [2.2 + 3.1 * step for step in range(steps)]
    width = xs[-1] - xs[0] + 2.2
    box(
        axes,
        (xs[0] + xs[-1]) / 2,
        0.65,
        "one set of weights: $W_x$, $W_h$, $b$",
        "#DDDDDD",
        width=width,
    )
    for step, x in enumerate(xs, start=1):
        box(axes, x, 3.1, f"$h_{step}$", "hidden")
        box(axes, x, 5.5, f"$L_{step}$", "#DDDDDD")
        for low, high in [(1.1, 2.65), (3.55, 5.05)]:
            arrow(axes, (x - 0.25, low), (x - 0.25, high), "#BBBBBB")
            arrow(axes, (x + 0.25, high), (x + 0.25, low), "gradient")
        if step < steps:
            arrow(axes, (x + 0.7, 3.3), (x + 2.4, 3.3), "#BBBBBB")
            arrow(axes, (x + 2.4, 2.9), (x + 0.7, 2.9), "gradient")
    _note(axes, xs[-1] + 0.5, 4.3, "error of\nthis step", "left")
    _note(axes, (xs[-2] + xs[-1]) / 2, 2.55, "error from\nthe future")
    _note(axes, xs[-1] + 0.5, 1.85, "share of\nthe gradient", "left")
    axes.text(
        (xs[0] + xs[1]) / 2,
        3.6,
        "forward",
        ha="center",
        va="center",
        size=12,
        color="#777777",
    )
    _note(axes, (xs[0] + xs[1]) / 2, 2.55, "backward")
    return figure


def _note(axes, x, y, text, align="center", size=12):
    """A word beside a gradient arrow, in the gradient's colour."""
    axes.text(
        x,
        y,
        text,
        ha=align,
        va="top" if "\n" in text and align == "center" else "center",
        size=size,
        color=COLOURS["gradient"],
    )


def rnn_cell_backward():
    """The RNN cell run backwards: where dh_t goes, and by what it is multiplied."""
    figure, axes = canvas(15.4, 6.2, scale=0.56)
    arrow(axes, (13.2, 4.2), (10.9, 4.2), "gradient")
    arrow(axes, (10.2, 5.9), (10.2, 4.65), "gradient")
    arrow(axes, (9.5, 4.2), (7.6, 4.2), "gradient")
    arrow(axes, (6.8, 4.2), (5.4, 4.2), "gradient")
    arrow(axes, (4.6, 4.2), (1.9, 4.2), "gradient")
    arrow(axes, (5.0, 3.8), (5.0, 1.75), "gradient")
    arrow(axes, (7.2, 3.8), (7.2, 1.75), "gradient")
    box(axes, 1.2, 4.2, "$h_{t-1}$", "hidden")
    box(axes, 5.0, 1.3, "$x_t$", "input")
    box(axes, 7.2, 1.3, "$b$", "#DDDDDD")
    dot(axes, 5.0, 4.2, "+", radius=0.4, size=17)
    dot(axes, 7.2, 4.2, "+", radius=0.4, size=17)
    box(axes, 10.2, 4.2, "$h_t$", "hidden")
    _note(axes, 10.5, 5.6, "from this step's loss", "left")
    _note(axes, 11.05, 3.8, "from the next step", "left")
    _note(axes, 8.6, 4.6, "$\\times (1 - h_t^2)$")
    _note(axes, 6.1, 4.6, "$da_t$", size=14)
    _note(axes, 3.2, 4.6, "$\\times W_h^T$")
    _note(axes, 5.2, 2.8, "$\\times W_x^T$", "left")
    _note(axes, 1.2, 3.4, "$dh_{t-1}$", size=14)
    _note(axes, 5.0, 0.45, "$dx_t$", size=14)
    _note(axes, 7.2, 0.45, "$db$", size=14)
    _note(axes, 10.2, 3.4, "$dh_t$", size=14)
    _note(axes, 9.1, 1.75, "$dW_x = x_t^T\\; da_t$", "left", 14)
    _note(axes, 9.1, 0.95, "$dW_h = h_{t-1}^T\\; da_t$", "left", 14)
    return figure


def credit_map(matrices, titles):
    """How much of each loss (row) reaches each input (column), side by side.

    matrices: arrays of shape (time, time); entry [t, s] is the norm of the
    gradient of the loss at step t with respect to the input at step s.
    Exact zeros stay white. Colours are on a log scale, shared.
    """
    figure, all_axes = plt.subplots(
        1, len(matrices), figsize=(8, 3.9), sharey=True, squeeze=False
    )
    colours = mpl.colors.LinearSegmentedColormap.from_list(
        "credit", ["#F1E6F7", COLOURS["gradient"], "#2E0F40"]
    )
    colours.set_bad("white")
    top = max(matrix.max() for matrix in matrices)
    scale = mpl.colors.LogNorm(vmin=top / 1e4, vmax=top, clip=True)
    for axes, matrix, title in zip(
        all_axes[0], matrices, titles, strict=True
    ):
        time = len(matrix)
        image = axes.imshow(
            np.where(matrix > 0, matrix, np.nan),
            norm=scale,
            cmap=colours,
            extent=(0.5, time + 0.5, time + 0.5, 0.5),
        )
        ticks = [1, *range(5, time + 1, 5)]
        axes.set(
            xlabel="input at step", title=title, xticks=ticks, yticks=ticks
        )
        axes.grid(False)
    all_axes[0, 0].set(ylabel="loss at step")
    figure.colorbar(
        image, ax=list(all_axes[0]), label="gradient norm", shrink=0.8
    )
    return figure


def error_against_step_size(sizes, errors):
    """Relative error of a numerical gradient against eps, log-log.

    errors: a dict from label to errors, one for each of `sizes`.
    """
    figure, axes = plt.subplots()
    for (label, values), colour in zip(
        errors.items(), ["gradient", "baseline"], strict=True
    ):
        axes.plot(sizes, values, "o-", color=COLOURS[colour], markersize=4)
        label_line(axes, sizes[-1], values[-1], label, colour, dx=-4, dy=12)
    axes.axhline(1e-6, color=COLOURS["ink"], linewidth=1, linestyle=":")
    axes.text(sizes[-1], 5e-7, "our tolerance", va="top")
    axes.text(1e-9, 3e-10, "eps too small:\ndigits cancel", ha="right")
    axes.text(1e-3, 3e-10, "eps too large:\nthe loss bends")
    axes.set(
        xscale="log",
        yscale="log",
        xlabel="eps (step size)",
        ylabel="relative error",
    )
    return figure


def errors_by_step(curves, colours, ylabel="squared error"):
    """Mean error at each time step, one stepped line a label."""
    figure, axes = plt.subplots(figsize=(8, 3))
    for label, values in curves.items():
        steps = np.arange(1, len(values) + 1)
        axes.plot(steps, values, "o-", color=COLOURS[colours[label]])
        label_line(axes, steps[-1], values[-1], label, colours[label], dx=8)
    axes.set(xlabel="time step", ylabel=ylabel, xticks=steps)
    return figure


def cost_of_length(lengths, memory, times):
    """Memory (left) and time (right) of one gradient against length.

    memory, times: dicts from label to values, one for each of `lengths`.
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.6, 3.4))
    colours = ["hidden", "baseline"]
    for axes, curves in [(left, memory), (right, times)]:
        for (label, values), colour in zip(
            curves.items(), colours, strict=True
        ):
            axes.plot(lengths, values, "o-", color=COLOURS[colour])
            label_line(axes, lengths[-1], values[-1], label, colour, dx=8)
        axes.set(xlabel="time steps in the sequence", ylim=(0, None))
    figure.get_layout_engine().set(wspace=0.08)
    left.set(ylabel="peak memory (MB)")
    right.set(ylabel="time for one gradient (ms)")
    return figure


def error_against_window(windows, errors, delay):
    """Final error against truncation window: one dot a seed, the delay marked.

    errors: shape (windows, seeds).
    """
    figure, axes = plt.subplots()
    places = np.arange(len(windows))
    for seed in range(errors.shape[1]):
        axes.plot(
            places + 0.08 * (seed - 1),
            errors[:, seed],
            "o",
            color=COLOURS["gradient"],
            alpha=0.75,
        )
    axes.axhline(1, color=COLOURS["baseline"], linestyle="--")
    label_line(axes, places[-1] + 0.4, 1, "always answering 0", "baseline")
    between = np.searchsorted(windows, delay, side="right") - 0.5
    axes.axvline(between, color=COLOURS["ink"], linewidth=1, linestyle=":")
    axes.annotate(
        f"the echo comes\n{delay} steps later",
        (between + 0.1, 0.6),
        va="center",
    )
    axes.set(
        xlabel="truncation window (time steps)",
        ylabel="squared error after training",
        xticks=places,
        xticklabels=windows,
        ylim=(-0.05, 1.15),
        xlim=(-0.5, len(windows) - 0.6),
    )
    axes.grid(axis="x", visible=False)
    return figure


def training_losses(runs, colours, floor=None, log=False):
    """Training loss against update: a thin line a run, a label a group.

    runs: a dict from label to a list of loss histories; colours: a dict
    from the same labels to names in COLOURS; floor: (value, label) of a
    dashed line that the loss cannot or need not go below.
    """
    figure, axes = plt.subplots()
    ends = []
    for label, histories in runs.items():
        colour = COLOURS.get(colours[label], colours[label])
        for history in histories:
            axes.plot(history, color=colour, linewidth=1.1, alpha=0.8)
        tail = np.median([np.median(h[-20:]) for h in histories])
        ends.append((label, len(histories[0]) - 1, tail, colour))
    longest = ends[0][1]
    if floor:
        value, label = floor
        axes.axhline(value, color=COLOURS["baseline"], linestyle="--")
        axes.annotate(
            label,
            (0.99, value),
            xycoords=("axes fraction", "data"),
            xytext=(0, -4),
            textcoords="offset points",
            ha="right",
            va="top",
            color=COLOURS["baseline"],
            weight="bold",
        )
    axes.set(xlim=(0, longest), xlabel="update", ylabel="loss")
    if log:
        axes.set(yscale="log")
    else:
        axes.set(ylim=(0, None))
    for label, x, y, colour in ends:
        label_line(axes, x, y, label, colour)
    return figure


# ---- lesson 07: Keras layers


def layer_outputs(steps=3):
    """What a recurrent layer hands out: last state, every state, state as well."""
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
    """The three arrays of SimpleRNN, LSTM and GRU, with the gates in Keras's order."""
    layers = [
        ("SimpleRNN", ["h"], ["hidden"], 1),
        (
            "LSTM",
            ["i", "f", "c", "o"],
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
    figure, axes = canvas(15.4, 5.4)
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
        left += unit * len(gates) + 1.1
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
    """Left, two recurrent layers on top of each other; right, one forwards and one backwards."""
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
    axes.text(x + 0.9, 2.4, "return_sequences=True", size=10, va="center")
    axes.text(x + 0.9, 4.6, "default", size=10, va="center")
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


def seeds_and_baselines(rows, xlabel, log=False, xlim=None):
    """One row of dots a group (a dot a seed), with its baselines as grey ticks.

    rows: a list of (label, values, name in COLOURS, dict from baseline to
    its value). Values below `xlim` are drawn at its left edge.
    """
    figure, axes = plt.subplots(figsize=(8, 0.5 + 0.85 * len(rows)))
    for y, (label, values, colour, baselines) in enumerate(rows):
        floor = xlim[0] if xlim else -np.inf
        axes.axhline(y, color="#E4E4E4", linewidth=0.8, zorder=0)
        for name, value in baselines.items():
            value = max(value, floor)
            axes.plot(
                [value, value],
                [y - 0.22, y + 0.22],
                color=COLOURS["baseline"],
                clip_on=False,
            )
            axes.text(
                value,
                y - 0.26,
                name,
                ha="center",
                va="bottom",
                size=10,
                color="#555555",
            )
        axes.plot(
            np.maximum(values, floor),
            np.full(len(values), y),
            "o",
            markersize=9,
            alpha=0.75,
            color=COLOURS[colour],
            markeredgecolor="white",
            clip_on=False,
        )
    axes.set(
        yticks=range(len(rows)),
        yticklabels=[row[0] for row in rows],
        ylim=(len(rows) - 0.5, -0.7),
        xlabel=xlabel,
    )
    if log:
        axes.set_xscale("log")
    if xlim:
        axes.set_xlim(xlim)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    return figure


def errors_by_row(errors):
    """Forecast minus truth for each training row, one thin line a seed."""
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
    """A series, the part trained on shaded, and one forecast line a seed after `cut`."""
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
    """Training loss by epoch on a log scale: a line a seed, a colour a cell."""
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
        xlabel="epoch (every epoch reads the same 4,000 sequences)",
        ylabel="mean squared error",
        xlim=(0.8, last * 1.2),
        xticks=epochs,
    )
    return figure


def what_each_step_sees(maps):
    """Heat maps of how much output t (down) moves when input s (across) is changed."""
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
    """What is kept (dark) and dropped (light), unit by time step, for each kind of dropout."""
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
