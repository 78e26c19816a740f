"""The numbers that a figure draws, as a folded table under it.

As in a legend, what has a label is told: lines, dots and bars. Each panel has a table of its own.
Where an axis names its ticks ("LSTM", "GRU"), these names are the rows; else each place on the
x axis is one. A column tells what has one label.
"""

import html
import math
import re
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from matplotlib.container import BarContainer
from matplotlib.ticker import FixedLocator, FuncFormatter

MOST_ROWS = 30
STEPS = [step * 10**power for power in range(7) for step in (1, 2, 5)]
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
ABSENT = "–"
FOLD = """\
<details class="numbers" style="margin: 0.3em 0 1em;">
<summary style="cursor: pointer;">The numbers of this figure</summary>
<style>@media print {{ .numbers {{ display: none; }} }}</style>
<div style="overflow-x: auto;" tabindex="0" role="group" aria-label="The numbers of this figure">
{tables}
</div>
</details>"""


@dataclass
class Table:
    """Text to show; the first cell of each row names the row, the first of `head` the names."""

    caption: str
    head: list[str]
    rows: list[list[str]]


def tells(artist, values):
    """Have the table tell `values` where what `artist` draws was moved to fit the picture."""
    artist.told_values = np.ravel(values)


def folded_table(figure):
    """HTML: a closed fold with a table of the numbers in each panel of `figure`."""
    tables = [table for axes in figure.axes if (table := table_of(axes))]
    if not tables:
        raise ValueError("give the lines, dots or bars that the table is to tell a `label`")
    return FOLD.format(tables="\n".join(_as_html(table) for table in tables))


def table_of(axes):
    """The numbers of one panel, or None where nothing has a label."""
    labelled = [
        artist
        for artist in [*axes.lines, *(c for c in axes.containers if isinstance(c, BarContainer))]
        if not str(artist.get_label()).startswith("_")
    ]
    spans = [artist for artist in labelled if _crosses_the_panel(artist, axes)]
    told = [artist for artist in labelled if artist not in spans]
    if not told:
        return None
    if names := _named_ticks(axes.yaxis):
        head, rows, notes = _by_name(told, names, down=True)
        measured = _axis_label(axes, "x")
    elif (names := _named_ticks(axes.xaxis)) and all(map(_is_without_a_line, told)):
        head, rows, notes = _by_name(told, names, down=False)
        measured = _axis_label(axes, "y")
    else:
        head, rows, notes = _by_place(told, _axis_label(axes, "x"))
        measured = _axis_label(axes, "y")
    for span in spans:
        x, y = span.get_data()
        value = x[0] if x[0] == x[1] else y[0]
        notes.append(f"{_in_words(span.get_label())}: {_alone(value)}")
    titles = [_in_words(axes.get_title(place)) for place in ("left", "center", "right")]
    about = ": ".join(filter(None, [*titles, measured]))
    return Table("; ".join(filter(None, [about, *notes])), head, rows)


def _crosses_the_panel(artist, axes):
    """Whether it is a line of axhline or axvline: one number, all the way across."""
    return not isinstance(artist, BarContainer) and artist.get_transform() != axes.transData


def _is_without_a_line(artist):
    return isinstance(artist, BarContainer) or artist.get_linestyle() == "None"


def _named_ticks(axis):
    """Place -> name, where a name is more than the place written as a number."""
    if not isinstance(axis.get_major_locator(), FixedLocator):
        return {}
    if not isinstance(axis.get_major_formatter(), FuncFormatter):
        return {}
    places = axis.get_majorticklocs()
    names = axis.get_major_formatter().format_ticks(places)

    def is_its_number(place, name):
        try:
            return math.isclose(float(str(name).replace(",", "")), place, rel_tol=0.01)
        except ValueError:
            return False

    named = dict(zip(places, map(_in_words, names), strict=True))
    return {} if all(is_its_number(*pair) for pair in named.items()) else named


def _axis_label(axes, side):
    """The label of an axis; where panels share the axis, one of them may have it for all."""
    group = axes.get_shared_x_axes() if side == "x" else axes.get_shared_y_axes()
    panels = [axes, *group.get_siblings(axes)]
    labels = (getattr(panel, f"get_{side}label")() for panel in panels)
    return _in_words(next(filter(None, labels), ""))


def _in_words(text):
    """A label of the figure on one line, without what only its axis needs."""
    text = re.sub(r"\$(\w)\$", r"\1", " ".join(str(text).split()))
    return text.replace(" (log scale)", "").replace(", log scale)", ")")


def _points(artist):
    """(x, y) of what is drawn."""
    if isinstance(artist, BarContainer):
        lying = artist.orientation == "horizontal"
        middles = [
            bar.get_y() + bar.get_height() / 2 if lying else bar.get_x() + bar.get_width() / 2
            for bar in artist.patches
        ]
        values = np.asarray(artist.datavalues, dtype=float)
        return (values, np.array(middles)) if lying else (np.array(middles), values)
    return np.asarray(artist.get_xdata(), float), np.asarray(artist.get_ydata(), float)


def _by_name(artists, names, down):
    """Head, rows and notes: a row per name; down: whether the names stand along the y axis."""
    columns = defaultdict(lambda: defaultdict(list))
    places = np.array(list(names))
    for artist in artists:
        x, y = _points(artist)
        where, values = (y, x) if down else (x, y)
        if hasattr(artist, "told_values"):
            values = artist.told_values
            where = np.full(len(values), np.mean(where))
        for place, value in zip(where, values, strict=True):
            name = names[places[np.abs(places - place).argmin()]]
            columns[_in_words(artist.get_label())][name].append(value)
    is_several = {
        label: any(len(values) > 1 for values in by_name.values())
        for label, by_name in columns.items()
    }
    head, cells = [""], {name: [] for name in names.values()}
    for label in sorted(columns, key=is_several.get, reverse=True):
        by_name = columns[label]
        write = _format([value for values in by_name.values() for value in values])
        head += [label, "median"] if is_several[label] else [label]
        for name, row in cells.items():
            values = by_name.get(name, [])
            row.append(", ".join(map(write, values)) or ABSENT)
            if is_several[label]:
                row.append(write(np.median(values)) if values else ABSENT)
    told = {name for by_name in columns.values() for name in by_name}
    return head, [[name, *row] for name, row in cells.items() if name in told], []


def _by_place(artists, xlabel):
    """Head, rows and notes: a row per place on the x axis, at most MOST_ROWS of them."""
    columns = defaultdict(lambda: defaultdict(list))
    for artist in artists:
        x, y = _points(artist)
        values = getattr(artist, "told_values", y)
        for place, value in zip(x, values, strict=True):
            if np.isfinite(value):
                columns[_in_words(artist.get_label())][place].append(value)
    places = sorted({place for column in columns.values() for place in column})
    kept, notes = _thinned(places)
    write_place = _format(places)
    writers = {
        label: _format([value for values in column.values() for value in values])
        for label, column in columns.items()
    }

    def cell(label, place):
        values, write = columns[label].get(place, []), writers[label]
        if len(values) > 1:
            text = f"{write(np.median(values))} ({write(min(values))} to {write(max(values))})"
            return text.replace(" ", "\N{NO-BREAK SPACE}")
        return write(values[0]) if values else ABSENT

    if any(len(values) > 1 for column in columns.values() for values in column.values()):
        notes.append("median (lowest to highest)")
    rows = [[write_place(place), *(cell(label, place) for label in columns)] for place in kept]
    return [xlabel, *columns], rows, notes


def _thinned(places):
    """At most MOST_ROWS of the sorted places, and a note where there are fewer than drawn."""
    if len(places) <= MOST_ROWS:
        return places, []
    step = next(step for step in STEPS if len(places) / step <= MOST_ROWS - 2)
    if all(float(place).is_integer() for place in places):
        kept = [place for place in places if place % step == 0]
    else:
        kept = places[::step]
    kept = sorted({places[0], *kept, places[-1]})
    return kept, [f"{len(kept)} of {len(places)} points"]


def _format(values):
    """A function that writes one of `values` as a reader wants it beside the others."""
    sizes = [abs(value) for value in values if value and np.isfinite(value)]
    if all(float(size).is_integer() for size in sizes) and max(sizes, default=0) < 1e6:
        return lambda value: _signed(
            f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"
        )
    if max(sizes) < 1e6 and np.median(sizes) >= 1e-3 and max(sizes) / min(sizes) < 1e3:
        decimals = min(_decimals(np.median(sizes)), _decimals(max(sizes)) + 1)
        return lambda value: _signed(f"{value:,.{decimals}f}")
    return _three_digits


def _three_digits(value):
    if not value or not np.isfinite(value):
        return f"{value:g}"
    if 1e-3 <= abs(value) < 1e6:
        return _signed(f"{value:,.{_decimals(abs(value))}f}")
    mantissa, exponent = f"{value:.2e}".split("e")
    power = "10" + str(int(exponent)).translate(SUPERSCRIPTS)
    return (
        power if math.isclose(value, float(f"1e{exponent}")) else f"{_signed(mantissa)} × {power}"
    )


def _alone(value):
    """A number that stands beside no other: without zeros at its end."""
    text = _three_digits(value)
    return text.rstrip("0").rstrip(".") if "." in text and "×" not in text else text


def _decimals(size):
    """Decimals that show three digits of a number of this size."""
    return max(0, 2 - math.floor(math.log10(size)))


def _signed(text):
    return text.replace("-", "−")


def _as_html(table):
    def cell(tag, text, scope=""):
        scope = f' scope="{scope}"' if scope else ""
        return f"<{tag}{scope}>{html.escape(text, quote=False)}</{tag}>"

    corner, *labels = table.head
    head = cell("th", corner, "col") if corner else "<td></td>"
    head += "".join(cell("th", label, "col") for label in labels)
    rows = [
        cell("th", name, "row") + "".join(cell("td", text) for text in cells)
        for name, *cells in table.rows
    ]
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    caption = f'<caption style="text-align: left;">{html.escape(table.caption)}</caption>'
    return f"<table>{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
