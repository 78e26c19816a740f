"""Drawings of lesson 00: the map of the course."""

from lesson_tools.figures import COLOURS, arrow, box, canvas

# What each figure of the lesson shows, for a reader who cannot see it.
ALT = {
    "one number": (
        "300 measurements, scattered so widely that no shape can be "
        "seen. The dashed wave behind them runs from -1 to 1. The "
        "memory, one number that is rewritten at each step, follows the "
        "wave closely, some ten steps late."
    ),
    "map": (
        "The lessons as a path. 00 start here, 01 why memory, 02 the "
        "RNN cell, 03 backpropagation through time, 04 vanishing "
        "gradients, 05 LSTM, 06 GRU, 07 Keras layers, 08 four "
        "architectures, 09 forecasting, 10 text generation, 11 "
        "encoder-decoder and attention, 12 where RNNs stand. Assignment "
        "ps1 follows 02, ps2 follows 04, ps3 follows 06, ps4 follows "
        "09, ps5 follows 11 and ps6 follows 12. The quiz has a section after "
        "each lesson from 01 on."
    ),
}


def course_map():
    """The lessons as a path, with the assignments that follow them."""
    figure, axes = canvas(21, 14.2, scale=0.42)
    rows = [
        (
            12.2,
            "from the idea to its limits",
            "start here|why\nmemory|the RNN\ncell|backprop.\nthrough time|vanishing\ngradients",
        ),
        (7.9, "gates, and the tool", "LSTM|GRU|Keras\nlayers"),
        (
            3.6,
            "put to work",
            "four\narchitectures|forecasting|text\ngeneration"
            "|decoder and\nattention|where RNNs\nstand",
        ),
    ]
    number = 0
    for y, title, names in rows:
        axes.text(0.4, y + 1.45, title, size=11, style="italic")
        for column, name in enumerate(names.split("|")):
            x = 2.1 + 4.15 * column
            box(axes, x, y, "", "hidden", width=3.4, height=2.1)
            axes.text(
                x,
                y + 0.6,
                f"{number:02}",
                size=11,
                weight="bold",
                ha="center",
                va="center",
                zorder=3,
                color=COLOURS["ink"],
            )
            axes.text(
                x,
                y - 0.35,
                name,
                size=9.5,
                ha="center",
                va="center",
                zorder=3,
                color=COLOURS["ink"],
            )
            if number < 12:
                arrow(axes, (x + 1.7, y), (x + 2.42, y))
            number += 1
    for x, y, name in [
        (10.4, 12.2, "ps1"),
        (18.7, 12.2, "ps2"),
        (6.25, 7.9, "ps3"),
        (6.25, 3.6, "ps4"),
        (14.55, 3.6, "ps5"),
        (18.7, 3.6, "ps6"),
    ]:
        arrow(axes, (x, y - 1.05), (x, y - 1.5))
        box(axes, x, y - 1.9, name, "output", width=1.9, height=0.8, size=11)
    box(axes, 16.6, 8.1, "quiz", "output", width=1.9, height=0.8, size=11)
    axes.text(16.6, 7.3, "a section after each lesson", size=9.5, ha="center", va="center")
    return figure
