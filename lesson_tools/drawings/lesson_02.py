"""Drawings of lesson 02: the RNN cell and its output heads."""

from lesson_tools.figures import arrow, box, canvas, dot

# What each figure of the lesson shows, for a reader who cannot see it.
ALT = {
    "cell": (
        "The RNN cell. The input x_t times W_x and the previous hidden "
        "state h_(t-1) times W_h are added, then the bias b; tanh "
        "squashes the sum; the result is the new hidden state h_t, "
        "which goes up to the output and right to the next time step."
    ),
    "bounded": (
        "Hidden state of one unit over 30 steps on a log scale. Without "
        "tanh it grows along a straight line to about 200; with tanh it "
        "settles near 0.66."
    ),
    "click states": (
        "Heat map of four units over 30 steps. All are 0 until a click "
        "at step 5, where two of them jump to nearly 1 and -1; the echo "
        "then fades within about ten steps."
    ),
    "heads": (
        "Two unrolled networks. Left, many-to-one: only the last hidden "
        "state h_4 feeds an output y. Right, many-to-many: every hidden "
        "state feeds an output, y_1 to y_4, through the same W_y."
    ),
}


def rnn_cell():
    """One recurrent cell: two products, the bias, tanh, and the state going two ways."""
    figure, axes = canvas(13, 5)
    arrow(axes, (1.9, 3.2), (4.6, 3.2), "hidden", "$W_h$", label_at=(0, 0.4))
    arrow(axes, (5.0, 1.05), (5.0, 2.8), "input")
    axes.text(5.15, 1.85, "$W_x$", ha="left", va="center", size=12)
    arrow(axes, (5.4, 3.2), (6.7, 3.2))
    arrow(axes, (7.5, 3.2), (8.5, 3.2))
    arrow(
        axes,
        (9.9, 3.2),
        (12.9, 3.2),
        "hidden",
        "to the next step",
        label_at=(0.1, 0.4),
    )
    arrow(axes, (9.2, 3.65), (9.2, 4.5), "hidden")
    arrow(axes, (7.1, 1.05), (7.1, 2.8))
    box(axes, 1.2, 3.2, "$h_{t-1}$", "hidden")
    box(axes, 5.0, 0.6, "$x_t$", "input")
    box(axes, 7.1, 0.6, "$b$", "#DDDDDD")
    dot(axes, 5.0, 3.2, "+", radius=0.4, size=17)
    dot(axes, 7.1, 3.2, "+", radius=0.4, size=17)
    box(axes, 9.2, 3.2, "$h_t$", "hidden")
    axes.text(7.95, 3.6, "tanh", ha="center", va="center", size=12)
    axes.text(9.45, 4.5, "to the output", ha="left", va="center", size=12)
    return figure


def output_heads(steps=4):
    """Many-to-one reads the last hidden state; many-to-many reads every one."""
    figure, axes = canvas(19.5, 5.2, scale=0.5)
    for left, title, outputs in [
        (0, "many-to-one", [steps]),
        (10.2, "many-to-many", range(1, 5)),
    ]:
        axes.text(left + 0.3, 4.75, title, size=13, weight="bold", va="center")
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
