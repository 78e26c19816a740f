"""The look of every figure in the course: palette, style, text alternatives, primitives.

A lesson calls `use_style()` once, draws with matplotlib, and hands each figure to `show`,
together with a text that says what the figure shows for a reader who cannot see it. These
texts stand with the longer drawings in drawings/, one module per lesson: beside the figure's
code, they would tell the answer before the figure does.
"""

import base64
import html
import io

import matplotlib as mpl
import matplotlib.pyplot as plt
from IPython.display import HTML, display
from matplotlib.patches import (
    Circle,
    FancyArrowPatch,
    FancyBboxPatch,
)
from matplotlib.text import Text

from lesson_tools.tables import folded_table

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
    "attention": "#9B1B30",
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


def show(figure, alt, table=False):
    """Display `figure` at full width with `alt`, its text alternative, and close it.

    A screen reader meets `alt` in the page, and a page without pictures prints it.
    table: fold the numbers of what has a label in the figure into a table below it.
    """
    display(picture(figure, alt, below=folded_table(figure) if table else ""))


def picture(figure, alt, below=""):
    """`figure`, closed, as something to display: an SVG image with the text alternative `alt`.

    Text in a line's colour is darkened until it can be read; white text, on a dark box, stays.
    below: HTML that follows the image.
    """
    if not alt or not alt.strip():
        raise ValueError("say in `alt` what the figure shows, for a reader who cannot see it")
    for text in figure.findobj(Text):
        if contrast(text.get_color(), COLOURS["paper"]) > 1:
            text.set_color(readable_on_paper(text.get_color()))
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    plt.close(figure)
    svg = buffer.getvalue()
    data = base64.b64encode(svg[svg.index("<svg") :].encode()).decode()
    return HTML(
        f'<img alt="{html.escape(alt, quote=True)}" src="data:image/svg+xml;base64,{data}" '
        'style="max-width: 100%; background: white;">'
        f"{below}",
        metadata={"alt": alt},
    )


def luminance(colour):
    """Relative luminance, from 0 for black to 1 for white (WCAG 2.2)."""
    channels = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in mpl.colors.to_rgb(colour)
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(colour, other):
    """Contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted([luminance(colour), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def readable_on(colour):
    """Black or white, whichever contrasts more with `colour`."""
    return max("#000000", "#FFFFFF", key=lambda ink: contrast(ink, colour))


def readable_on_paper(colour):
    """`colour`, darkened as far as small text in it needs: a contrast of 4.5 (WCAG 2.2, AA)."""
    shade = mpl.colors.to_rgb(colour)
    while contrast(shade, COLOURS["paper"]) < 4.5:
        shade = tuple(0.97 * channel for channel in shade)
    return shade


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


# ---- drawing primitives


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
