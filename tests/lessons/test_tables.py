"""A folded table tells the numbers that its figure draws."""

import re
from html import unescape

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lesson_tools.drawings.lesson_10 import kinds_of_samples
from lesson_tools.drawings.results import seeds_and_baselines, training_losses
from lesson_tools.drawings.seismograph import seismograph
from lesson_tools.figures import picture, show
from lesson_tools.tables import MOST_ROWS, folded_table, table_of


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    yield
    plt.close("all")


def numbers(text):
    """The numbers in a cell as a reader understands them."""
    text = text.translate(str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")).replace(",", "")
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text.replace(" × 10", "e"))]


def test_lines_are_columns_and_equal_what_is_drawn():
    _, axes = plt.subplots()
    drawn = {"one": np.cos(np.arange(20)), "two": 1000 * np.sin(np.arange(20)) - 3000}
    for label, values in drawn.items():
        axes.plot(values, label=label)
    axes.plot(np.ones(20))  # without a label: not told
    axes.axhline(0.25, label="guessing")
    axes.set(title="A title", xlabel="update", ylabel="loss\n(log scale)")
    table = table_of(axes)
    assert table.caption == "A title: loss; guessing: 0.25"
    assert table.head == ["update", "one", "two"]
    assert [row[0] for row in table.rows] == [str(place) for place in range(20)]
    told = np.array([[numbers(cell)[0] for cell in row[1:]] for row in table.rows])
    assert np.abs(told[:, 0] - drawn["one"]).max() < 0.001
    assert np.abs(told[:, 1] - drawn["two"]).max() < 0.5 + 1e-9
    assert table.rows[0][2] == "−3,000"


def test_runs_with_one_label_are_their_median_between_lowest_and_highest():
    runs = [[0.5, 0.25, 0.125], [0.4, 0.3, 0.2], [0.6, 0.2, 0.1]]
    figure = training_losses({"clipped": runs}, {"clipped": "gradient"}, floor=(1 / 6, "coin"))
    table = table_of(figure.axes[0])
    assert table.caption == "loss; median (lowest to highest); coin: 0.167"
    told = [numbers(row[1]) for row in table.rows]
    for place, column in enumerate(np.transpose(runs)):
        assert told[place] == pytest.approx([np.median(column), min(column), max(column)], abs=5e-4)


def test_rows_of_dots_have_names_and_tell_what_was_moved_to_the_edge():
    rows = [
        ("$z$ bias\n4", [97.5, 12.25, 99], "GRU", {"": 12.5}),
        ("LSTM", [80], "LSTM", {"chance": 12.5}),
        ("bag", [81], "baseline", {}),
    ]
    figure = seeds_and_baselines(rows, "right answers (%)", xlim=(40, 101))
    table = table_of(figure.axes[0])
    assert table.caption == "right answers (%)"
    assert table.head == ["", "each seed", "median", "chance"]
    assert table.rows == [
        ["z bias 4", "97.5, 12.2, 99.0", "97.5", "12.5"],
        ["LSTM", "80.0", "80.0", "12.5"],
        ["bag", "81.0", "81.0", "–"],
    ]


def test_a_column_has_one_number_of_decimals_that_suits_its_largest():
    rows = [("with", [100, 92.45, 99.8], "GRU", {}), ("without", [0.2, 0, 0.2, 0.2], "GRU", {})]
    table = table_of(seeds_and_baselines(rows, "right answers (%)").axes[0])
    assert [row[1] for row in table.rows] == ["100.0, 92.5, 99.8", "0.2, 0.0, 0.2, 0.2"]


def test_stacked_bars_are_columns():
    shares = {"cold": {"new": 30, "held out": 10}, "hot": {"new": 40}}
    table = table_of(kinds_of_samples(shares).axes[0])
    assert table.head == ["", "in the training text", "held out", "became real", "new"]
    assert table.rows == [["cold", "0", "25", "0", "75"], ["hot", "0", "0", "0", "100"]]


def test_bars_over_places_and_dots_over_names():
    _, (left, right) = plt.subplots(1, 2)
    left.bar([0, 1, 2], [0, 2.5, 11], label="held out")
    left.set(xlabel="letters of context", xticks=[0, 1, 2])
    for shift in (-0.1, 0.1):
        right.plot(np.arange(2) + shift, [1 + shift, 2 + shift], "o", label="each seed")
    right.set(xticks=[0, 1], xticklabels=[4, 16])
    assert table_of(left).rows == [["0", "0.00"], ["1", "2.50"], ["2", "11.00"]]
    assert table_of(right).rows == [["4", "0.90, 1.10", "1.00"], ["16", "1.90, 2.10", "2.00"]]


def test_a_long_line_is_thinned_at_even_places_and_says_so():
    norms = np.exp(-0.1 * np.arange(101))
    table = table_of(seismograph({"radius 0.9": norms, "radius 1": np.ones(101)}).axes[0])
    assert [int(row[0]) for row in table.rows] == list(range(0, 101, 5))
    assert table.caption.endswith("; 21 of 101 points")
    for lag, row in zip(range(0, 101, 5), table.rows, strict=True):
        assert numbers(row[1])[0] == pytest.approx(norms[lag], rel=5e-3)
    assert table.rows[-1][1] == "4.54 × 10⁻⁵"


@pytest.mark.parametrize("count", [30, 31, 64, 99, 301, 7321])
@pytest.mark.parametrize("start", [0, 1, 0.5])
def test_a_table_has_at_most_as_many_rows_as_a_reader_reads(count, start):
    _, axes = plt.subplots()
    axes.plot(np.arange(count) + start, np.arange(count), label="line")
    table = table_of(axes)
    assert MOST_ROWS / 3 < len(table.rows) <= MOST_ROWS
    assert numbers(table.rows[-1][1]) == [count - 1]


def test_the_fold_is_closed_a_table_per_panel_and_escaped():
    figure, panels = plt.subplots(1, 3, sharey=True)
    for axes, title in zip(panels[:2], ["a < b", "second"], strict=True):
        axes.plot([0, 1], [np.nan, 2], "o-", label="<LSTM>")
        axes.set_title(title)
    panels[0].set_ylabel("error")
    page = folded_table(figure)
    assert page.startswith('<details class="numbers"')
    assert " open" not in page
    assert page.count("<table>") == 2  # nothing in the third panel has a label
    assert unescape(re.findall(r"<caption[^>]*>(.*)</caption>", page)[0]) == "a < b: error"
    assert "second: error</caption>" in page
    assert '<th scope="col">&lt;LSTM&gt;</th>' in page
    assert '<th scope="row">1</th><td>2</td>' in page
    assert '<th scope="row">0' not in page  # where nothing is drawn


def test_a_figure_shows_its_table_where_it_is_asked_to():
    def figure():
        figure, axes = plt.subplots()
        axes.plot([1, 2], label="line")
        return figure

    assert "<details" not in picture(figure(), "A line.").data
    assert picture(figure(), "A line.", folded_table(figure())).data.count("<details") == 1
    empty, axes = plt.subplots()
    axes.plot([1, 2])
    with pytest.raises(ValueError, match="label"):
        show(empty, "A line.", table=True)
