"""What a submission can cost the grader, piece by piece."""

import contextlib
import functools
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from nbconvert.filters import ansi2html
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from examiner.exam import STUDENT, TEST, Cell, Job, run_job, session
from examiner.execute.channel import LENGTH, MAX_HEAD, SMALL, Channel, Malformed, Unread
from examiner.execute.disk import Disk
from examiner.master import Master
from examiner.preflight import MAX_PICTURES, MAX_TEXT, rebuild
from examiner.reading import NotGradable, read_submission
from examiner.sanitize import clean_html, clean_markdown, clean_outputs

from .effort import assert_grows_as_its_input, calls, effort


@pytest.mark.parametrize("clean", [clean_html, clean_markdown])
@pytest.mark.parametrize(
    "html",
    [
        *("<div>", "<div></x>", "<svg><g>", "<div><!--</div>-->"),
        *("!" * 10, "![", "![a](attachment:a) "),
    ],
)
def test_the_work_on_costly_markup_grows_with_its_length(clean, html):
    assert_grows_as_its_input(lambda size: clean(html * size), 25_000)


def test_a_picture_is_shown_once():
    """A page holds a copy for each time."""
    text = "![a](attachment:a) ![b](attachment:b) " * 1000
    cleaned = clean_markdown(text, {"a": {}, "b": {}})
    assert cleaned.count("![a](attachment:a)") == 1
    assert cleaned.count("![b](attachment:b)") == 1
    assert cleaned.count("[a](attachment:a)") == 1000


@pytest.mark.parametrize("marks", ["!", "!!", "!!!", "!" * 1000])
def test_of_an_image_elsewhere_a_link_is_left(marks):
    for image in ("[a](https://a.org)", "[a][b]", "[a]", "[[a]](b)"):
        assert "![" not in clean_markdown(marks + image)
    own = f"Look{marks}[a](attachment:a)"
    assert clean_markdown(own, ["a"]) == own
    assert "![" not in clean_markdown(own, ["b"])


def test_pictures_of_a_notebook_are_bounded():
    cells = [
        new_markdown_cell(
            f"![{name}](attachment:{name}) ![x](attachment:x)",
            attachments={
                name: {"image/png": "A" * (MAX_PICTURES // 3)},
                "x": {"image/png": "AAAA"},
            },
        )
        for name in "abcd"
    ]
    notebook, repairs = rebuild(Master(new_notebook()), new_notebook(cells=cells))
    kept = [
        len(bundle["image/png"]) for cell in notebook.cells for bundle in cell.attachments.values()
    ]
    assert sum(kept) <= MAX_PICTURES
    assert len(kept) == 6
    assert [cell.source.count("![") for cell in notebook.cells] == [*(2, 2, 1, 1)]
    assert repairs == ["pictures were left out (2): more than 10 MB are not shown"]


def test_what_a_cut_leaves_of_an_image_is_no_image():
    text = f"{'x' * (MAX_TEXT - 9)}![a](attachment:a)"
    cell = new_markdown_cell(text, attachments={"a": {"image/png": "AAAA"}})
    notebook, _ = rebuild(Master(new_notebook()), new_notebook(cells=[cell]))
    assert "![" not in notebook.cells[0].source


def text_of(outputs):
    return "".join(
        output.get("text", "") + output.get("data", {}).get("text/plain", "") for output in outputs
    )


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def shown(text, kind="display_data"):
    return {"output_type": kind, "data": {"text/plain": text}}


@pytest.mark.parametrize(
    "outputs",
    [
        [shown("x" * 5_000_000)],
        [stream("x" * 5_000_000)],
        [stream("x" * 5_000_000 + "\U0001f600", "stderr")],
        [stream("x" * 1990) for _ in range(2500)],
        [stream("x" * 50, name) for name in ["stdout", "stderr"] * 2500],
        [stream("x" * 90_000), shown("x" * 90_000), stream("x", "stderr")],
        [shown("x" * 90_000), {"clear": True}, shown("x" * 200_000)],
        [
            {
                "output_type": "display_data",
                "data": {"text/markdown": "x" * 10**6},
            }
        ],
    ],
)
def test_text_of_a_cell_is_bounded(outputs):
    cleaned = clean_outputs(outputs)
    assert calls(lambda: clean_outputs(outputs)) < 1000 * len(outputs) + 200_000
    assert "[cut: " in cleaned[-1].text
    assert 90_000 <= len(text_of(cleaned)) <= 100_100


def test_texts_that_are_short_enough_stay_and_join():
    outputs = [stream("a"), stream("b"), stream("c", "stderr"), shown("d")]
    cleaned = clean_outputs([*outputs, stream("e"), stream("f")])
    assert [text_of([output]) for output in cleaned] == [*("ab", "c", "d", "ef")]
    assert clean_outputs([stream("x" * 100_000)])[-1].text == "x" * 100_000


def test_points_are_no_text_that_is_cut():
    """Whatever a student's code prints while a test runs."""
    outputs = [stream("x" * 100_000), stream("x" * 100_000, "stderr")]
    cleaned = clean_outputs([*outputs, shown("0.5", "execute_result")])
    assert "0.5" in [text_of([output]) for output in cleaned]


def test_of_many_errors_the_first_stays():
    error = {
        "output_type": "error",
        "ename": "E",
        "traceback": ["x" * 20_000],
    }
    html = {
        "output_type": "display_data",
        "data": {"text/html": "x" * 99_999},
    }
    cleaned = clean_outputs(60 * [html] + 1000 * [error])
    kinds = [output.output_type for output in cleaned]
    assert kinds.count("error") == 1


COLOURS = [
    *("\x1b[1m" * 9_900, "\x1b[31;1mx\x1b[0m" * 5000),
    *("\x1b[" + "1;" * 40_000 + "m", "\x1b[K\x1b[2Jx\x1b" * 5000),
    *("\x1b\x1b[1m[1m" * 5000, "\x1b[" * 30_000, "\x1b[1" * 20_000),
]


def test_html_that_nobody_will_see_is_not_cleaned(monkeypatch):
    """To clean it takes long, and of what cleans to nothing any amount would fit on a page."""
    seen = []
    monkeypatch.setattr("examiner.sanitize.clean_html", lambda text: seen.append(text) or "")
    html = {"output_type": "display_data", "data": {"text/html": "<!---->" * 10_000}}
    assert "too much" in clean_outputs(600 * [html])[-1].text
    assert len(seen) < 100
    clean_outputs([*600 * [html], {"clear": True}, stream("last")])
    assert len(seen) < 100


@pytest.mark.parametrize("colours", COLOURS)
@pytest.mark.parametrize("kind", ["stream", "display_data", "error"])
def test_changes_of_colour_are_few(kind, colours):
    """nbconvert copies the rest of a text for each."""
    output = {
        "output_type": kind,
        "text": colours,
        "data": {"text/plain": colours},
        "evalue": colours,
        "traceback": [colours],
    }
    for cleaned in clean_outputs([output, output]):
        texts = [text_of([cleaned]), cleaned.get("evalue", "")]
        for text in [*texts, *cleaned.get("traceback", [])]:
            assert text.count("\x1b") <= 1001


def test_a_colour_stays_and_what_moves_the_cursor_goes():
    (output,) = clean_outputs([stream("\x1b[3"), stream("1mr\x1b[0m\x1b[K\x1bs")])
    assert output.text == "\x1b[31mr\x1b[0ms"
    assert "ansi-red-fg" in ansi2html(output.text)


def test_a_failure_shows_however_much_a_test_has_displayed():
    source = """
from IPython.display import display

for number in range(300):
    display(number)
assert False, "too late"
"""
    run = run_job(Job((Cell(TEST, source),)))
    assert run.outputs[0][-1]["output_type"] == "error"


@pytest.mark.parametrize("number", [1, 2, True])
def test_a_notebook_of_a_wrong_format_is_named(tmp_path, number):
    cells = [{"cell_type": "code", "source": "", "metadata": {}}]
    (tmp_path / "small.ipynb").write_text(
        json.dumps({"nbformat": number, "cells": cells, "metadata": {}})
    )
    with pytest.raises(NotGradable):
        read_submission(tmp_path, "small")


OLD_CODE = {
    "cell_type": "code",
    "input": "1",
    "language": "python",
    "metadata": {},
    "outputs": [],
}
OUTPUT = {"output_type": "stream", "name": "stdout", "text": "a"}
KEYS = {str(number): number for number in range(200_000)}


def of_old_format(*cells, **more):
    sheet = {"cells": list(cells), "metadata": {}}
    return {"nbformat": 3, "metadata": {}, "worksheets": [sheet]} | more


def of_new_format(cell_type="code", **more):
    cell = {"cell_type": cell_type, "source": "1", "metadata": {}} | more
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "cells": [cell],
        "metadata": {},
    }


def read(folder, content, most_calls=2_000):
    """Reads a notebook, and does not go through what is in it."""
    (folder / "small.ipynb").write_text(json.dumps(content))

    def attempt():
        with contextlib.suppress(NotGradable):
            read_submission(folder, "small")

    read_once()
    assert calls(attempt) < most_calls
    return read_submission(folder, "small")


@functools.cache
def read_once():
    """At the first notebook of a format, nbformat reads its schema."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small.ipynb"
        for content in (of_new_format(), of_old_format(OLD_CODE)):
            path.write_text(json.dumps(content))
            read_submission(path.parent, "small")


@pytest.mark.parametrize(
    "content",
    [
        of_old_format(OLD_CODE | {"outputs": [{}] * 200_000}),
        of_old_format(OLD_CODE | {"outputs": [OUTPUT] * 200_000}),
        of_old_format(OLD_CODE | {"metadata": KEYS}, metadata=KEYS),
        of_new_format(outputs=[OUTPUT] * 250_000),
        of_new_format(metadata=KEYS | {"nbgrader": KEYS}, **KEYS),
        of_new_format() | {"metadata": KEYS} | KEYS,
        of_new_format(metadata={"nbgrader": {"grade_id": [[]] * 200_000}}),
        of_new_format(
            "markdown",
            attachments={name: {"image/png": "AAAA"} for name in KEYS},
        ),
    ],
)
def test_of_a_notebook_only_what_is_used_is_read(tmp_path, content):
    (cell,) = read(tmp_path, content).cells
    assert cell.source == "1"
    assert len(str(cell)) < 300


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (of_old_format(*[OLD_CODE] * 100_000), "100000 cells"),
        (
            of_old_format(worksheets=[{"cells": [OLD_CODE]}] * 100_000),
            "100000 cells",
        ),
        (of_new_format() | {"cells": [{}] * 300_000}, "300000 cells"),
        (of_new_format(source=[""] * 2_000_000), "2,000,000 characters"),
        (of_old_format(OLD_CODE | {"input": {}}), "without source"),
        (of_new_format(source=["1", 2]), "without source"),
        (of_new_format() | {"cells": {}}, "no list of cells"),
        (of_old_format(worksheets=[[]]), "no list of cells"),
        (of_old_format(worksheets=None), "no list of cells"),
    ],
)
def test_a_notebook_that_is_too_much_is_named(tmp_path, content, word):
    with pytest.raises(NotGradable, match=word):
        # Twice for each part that is counted, and no more.
        read(tmp_path, content, most_calls=4_100_000)


def test_what_is_left_of_the_old_format_is_valid(tmp_path, caplog):
    read(tmp_path, of_old_format(OLD_CODE, nbformat_minor=0))
    assert caplog.text == ""


def test_a_heading_of_the_old_format_has_a_level_of_six(tmp_path):
    heading = {"cell_type": "heading", "level": 10**9, "source": "a"}
    (cell,) = read(tmp_path, of_old_format(heading)).cells
    assert cell.source == "###### a"


def test_a_long_cell_is_searched_once():
    """However many names the instructor's solutions define."""
    long = new_code_cell("\n" * 1_000_000 + "x")

    def search(count):
        cells = [
            new_code_cell(metadata={"nbgrader": {"grade_id": name, "solution": True}})
            for name in map(str, range(count))
        ]
        defines = {cell.metadata.nbgrader.grade_id: frozenset({"a", "b", "c"}) for cell in cells}
        master = Master(new_notebook(cells=cells), defines)
        rebuild(master, new_notebook(cells=[long]))

    few = effort(lambda: search(1))
    assert effort(lambda: search(100)) < 20 * few


@pytest.mark.parametrize(
    "source",
    ["def a(x):\n    pass", "x = 1\na = 2", "class a(int):\n    pass"],
)
def test_a_cell_without_its_tag_is_known_by_what_it_defines(source):
    solution = new_code_cell(metadata={"nbgrader": {"grade_id": "a", "solution": True}})
    master = Master(new_notebook(cells=[solution]), {"a": frozenset({"a"})})
    others = [new_code_cell("print(a)"), new_code_cell("    a = 3")]
    notebook, repairs = rebuild(master, new_notebook(cells=[*others, new_code_cell(source)]))
    assert repairs == ["a had lost its tag"]
    assert source in [cell.source for cell in notebook.cells]


FLAT = b"[" + b"7.5," * 1_000_000 + b"7.5]"


def test_a_value_that_only_passes_is_not_read(monkeypatch):
    """Who reads holds up all submissions that are graded at the same time."""
    read, loads = [], json.loads
    monkeypatch.setattr(json, "loads", lambda text: read.append(len(text)) or loads(text))
    near, far = socket.socketpair()
    sender, between = Channel(far), Channel(near, reads=SMALL)
    thread = threading.Thread(
        target=sender.send, args=[{"done": True, "value": Unread(FLAT)}], daemon=True
    )
    thread.start()
    message = between.receive()
    thread.join()
    assert message == {"done": True, "value": FLAT}
    assert max(read) < SMALL < len(FLAT)
    near.close()
    far.close()


@pytest.mark.parametrize(
    "head",
    [
        b"[]",
        b"{",
        b"[" * 2000,
        b'{"a": -1}',
        b'{"a": true}',
        b'{"a": 1e9}',
        b'{"a": 99999999999}',
        b'{"a": 60000000, "b": 60000000}',
        b"9" * 2000,
    ],
)
def test_what_does_not_begin_as_a_message_is_malformed(head):
    near, far = socket.socketpair()
    with near, far:
        far.sendall(LENGTH.pack(len(head)) + head)
        with pytest.raises(Malformed):
            Channel(near).receive()
    near, far = socket.socketpair()
    with near, far:
        far.sendall(LENGTH.pack(MAX_HEAD + 1))
        with pytest.raises(Malformed):
            Channel(near).receive()


def test_many_short_cells_end_with_the_time_for_a_submission():
    cells = [Cell(STUDENT, "import time; time.sleep(0.3)") for _ in range(100)]
    run = run_job(Job((*cells, Cell(TEST, "1")), seconds=1))
    assert "time is over" in run.lost[-1]
    assert run.failed[:-1].count(False) <= 60
    assert run.failed[-1] is False


def test_a_submission_ends_by_the_clock_on_the_wall_too(monkeypatch):
    """Time in which it waits for a disk, say, is not counted."""
    monkeypatch.setattr(session, "WALL_FACTOR", 0)
    monkeypatch.setattr(session, "WALL_SECONDS", 0)
    run = run_job(Job((Cell(STUDENT, "1"), Cell(TEST, "assert False"))))
    assert "time is over" in run.lost[0]
    assert run.failed == [True, True]


def test_what_cannot_be_looked_at_fills_the_disk(tmp_path, monkeypatch):
    disk = Disk(os.getpid(), tmp_path)
    assert not disk.is_overfull()

    def forbidden(_):
        raise PermissionError

    monkeypatch.setattr(os, "scandir", forbidden)
    assert disk.is_overfull()


def test_who_has_just_ended_has_not_filled_the_disk(tmp_path, monkeypatch):
    """At what a process that ended had open, nobody but root may look."""
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)  # a zombie, until it is waited for
        disk = Disk(ended.pid, tmp_path)
        look_at = os.scandir

        def forbidden(path):
            if str(path).startswith("/proc/"):
                raise PermissionError
            return look_at(path)

        monkeypatch.setattr(os, "scandir", forbidden)
        assert not disk.is_overfull()
