"""What a figure shows can be read by everybody."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_hex

from lesson_tools.figures import (
    COLOURS,
    contrast,
    label_line,
    picture,
    readable_on,
    readable_on_paper,
)


def test_contrast_is_that_of_the_web_guidelines():
    assert contrast("black", "white") == pytest.approx(21)
    assert contrast("#777777", "white") == pytest.approx(4.48, abs=0.01)
    assert contrast("#0000FF", "white") == pytest.approx(8.59, abs=0.01)


@pytest.mark.parametrize("name", COLOURS)
def test_text_in_or_on_a_colour_of_the_course_can_be_read(name):
    colour = COLOURS[name]
    assert contrast(readable_on(colour), colour) >= 4.5
    assert contrast(readable_on_paper(colour), COLOURS["paper"]) >= 4.5


def test_a_label_is_darkened_and_its_line_is_not():
    figure, axes = plt.subplots()
    (line,) = axes.plot([0, 1], color=COLOURS["input"])
    label_line(axes, 1, 1, "input", "input")
    white = axes.text(0, 0, "on a dark box", color="white")
    picture(figure, "A line that rises from 0 to 1.")
    assert line.get_color() == COLOURS["input"]
    assert contrast(axes.texts[0].get_color(), "white") >= 4.5
    assert to_hex(white.get_color()) == "#ffffff"


def test_a_figure_without_a_text_alternative_is_refused():
    figure, _ = plt.subplots()
    with pytest.raises(ValueError, match="what the figure shows"):
        picture(figure, " ")
    plt.close(figure)
