"""Attacks of a third round: each of them was a hole."""

import tracemalloc

import nbgrader.server_extensions.formgrader.handlers as formgrader
import numpy as np
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_raw_cell
from traitlets.config import Config

from examiner import cells
from examiner.__main__ import main
from examiner.exam import STUDENT, TEST, Cell, Job, Run, run_job
from examiner.exam.masks import has_masks, without_masks
from examiner.exam.values import CannotCross, decode, encode
from examiner.execute import disk
from examiner.grading import Grading
from examiner.outcome import WHERE
from examiner.reading import NotGradable, read_submission
from examiner.score import settle_scores
from examiner.state import may_change

from .effort import calls
from .judged import graded as judged
from .judged import notebook
from .scratch_course import Course, given, solution, trial

HIDDEN_NUMBER = "47114711"
IMPORT = "import numpy as np\n\n\n"
RIGHT = {
    "count": "def count(n):\n    return 100_000 + n",
    "predict": "def predict(x):\n    return 2 * x",
    "total": "def total(values):\n    return float(sum(values))",
    "letter": 'letter = "B"',
}
SHADOWS = "data = []\nassert_allclose = lambda *a, **k: None\nabs = lambda x: 0"
NUMBERS = "data = [3, 7]"
# Answers of each student that are not right, and what becomes of the cell without a tag.
CLASS = {
    "honest": ({}, NUMBERS),
    "hands-in-checks": ({}, SHADOWS),
    "infinite-halves": ({"count": f"{IMPORT}def count(n):\n    return np.float16('inf')"}, None),
    "masks-quotients": (
        {"predict": f"{IMPORT}def predict(x):\n    return np.ma.array(np.full(len(x), np.inf))"},
        None,
    ),
    "masks-squares": (
        {
            "predict": f"{IMPORT}def predict(x):\n"
            "    return np.ma.array([2 * x[0], *[np.nan] * (len(x) - 1)])"
        },
        None,
    ),
    "value-for-a-function": ({"total": "total = 0", "letter": 'letter = "A"'}, None),
}


def in_the_open_cell(source):
    def change(cells):
        for cell in cells:
            if cell.source.startswith("# Change"):
                cell.source = source
        cells.append(new_raw_cell('<div class="modal-backdrop" id="total">over all</div>'))

    return change


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The folder of a course with CLASS in it, and points by student and test."""
    folder = tmp_path_factory.mktemp("third-round")
    exchange = folder / "exchange"
    exchange.mkdir(mode=0o777)
    hidden = f"x = [{HIDDEN_NUMBER}.0]\nprint('asked for', x)\nassert total(x) == x[0]"
    course = Course(
        folder,
        config=f"c.Exchange.root = {str(exchange)!r}\n",
        hw=[
            given("import numpy as np\nfrom numpy.testing import assert_allclose", "setup"),
            given("# Change these numbers.\ndata = [1, 2]"),
            trial("open-check", "assert_allclose(sum(data), 10)"),
            trial("open-built-in", "assert abs(sum(data) - 10) < 1"),
            solution("count", "    return 100_000 + n", "def count(n):"),
            trial("count-equal", "assert count(5) == 100_005"),
            trial("count-close", "assert np.isclose(count(5), 100_005.0)"),
            solution("predict", "    return 2 * x", "def predict(x):"),
            trial(
                "predict-squares",
                "x = np.arange(1.0, 6.0)\nassert ((predict(x) - 2 * x) ** 2).mean() < 1e-6",
            ),
            trial("predict-quotient", "assert_allclose(predict(x) / x, 2.0)"),
            solution("total", "    return float(sum(values))", "def total(values):"),
            trial("total-hidden", hidden=hidden),
            solution("letter", 'letter = "B"'),
            trial("letter-hidden", hidden="print('you said', letter)\nassert letter == 'B'"),
        ],
    )
    for student, (answers, source) in CLASS.items():
        course.hand_in(student, source and in_the_open_cell(source), RIGHT | answers)
    named = folder / "submitted" / "value-for-a-function" / "hw" / "other.ipynb"
    named.mkdir()  # a folder that is called like a notebook
    (named / "words.txt").write_text("words")
    points, _, _ = course.grade(feedback=True)
    return course, points


def test_of_a_changed_cell_come_no_checks(graded):
    """Its names are the student's, but for those that the author relies on."""
    _, points = graded
    assert points["hands-in-checks"]["open-check"] == 0
    assert points["hands-in-checks"]["open-built-in"] == 0
    assert points["honest"]["open-check"] == points["honest"]["open-built-in"] == 1


def test_an_infinite_half_equals_no_number(graded):
    """NumPy makes a number of Python's a half before it compares them."""
    _, points = graded
    assert points["infinite-halves"]["count-equal"] == 0
    assert points["infinite-halves"]["count-close"] == 0
    half = np.array([1.0, 65504.0], np.float16)
    assert decode(encode(half)).dtype == np.float16
    assert decode(encode(np.float16("-inf"))) == -np.inf != np.float64(-1e6)


def test_nothing_is_masked_while_a_test_computes(graded):
    _, points = graded
    assert points["masks-quotients"]["predict-quotient"] == 0
    assert points["masks-squares"]["predict-squares"] == 0
    assert all(score == 1 for name, score in points["honest"].items())


def test_masked_arrays_within_values_are_arrays_too():
    masked = np.ma.array([1.0, 2.0])
    tree = encode({"a": [masked, (masked, 3)], "b": masked})
    assert has_masks(tree)
    value = decode(without_masks(tree))
    assert type(value["b"]) is type(value["a"][0]) is type(value["a"][1][0]) is np.ndarray
    assert value["a"][1][1] == 3
    assert without_masks({"masked": []}) is None


@pytest.mark.parametrize("place", [-3, 10**6])
def test_a_generator_reads_no_other_memory(place):
    """NumPy asks nobody where in its buffer a generator stands."""
    twister = encode(np.random.Generator(np.random.MT19937(1)))
    philox = encode(np.random.Generator(np.random.Philox(1)))
    legacy = encode(np.random.RandomState(1))
    for tree in (twister, philox, legacy):
        assert decode(tree).random() < 1
    state = dict(map(tuple, twister["generator"][1]["dict"]))["state"]["dict"]
    next(pair for pair in state if pair[0] == "pos")[1] = place
    state = philox["generator"][1]["dict"]
    next(pair for pair in state if pair[0] == "buffer_pos")[1] = place
    legacy["randomstate"][0]["tuple"][2] = place
    for tree in (twister, philox, legacy):
        with pytest.raises(CannotCross):
            decode(tree)


def test_a_value_in_place_of_a_function_shows_no_hidden_line(graded):
    """What hidden lines print is shown where an answer was meant to be read."""
    course, points = graded
    page = course.folder / "feedback" / "value-for-a-function" / "hw" / "hw.html"
    text = page.read_text()
    assert points["value-for-a-function"]["total-hidden"] == 0
    assert HIDDEN_NUMBER not in text
    assert "you said A" in text


def test_a_raw_cell_is_no_html_to_the_formgrader(graded):
    course, _ = graded
    config = Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [formgrader.template_path]
    place = dict.fromkeys(
        ["assignment_id", "notebook_id", "submission_id", "base_url", "student"], "hw"
    ) | {"last_name": "", "first_name": "", "notebook_path": "hw", "index": 0, "total": 1}
    page, _ = HTMLExporter(config=config).from_filename(
        str(course.folder / "autograded" / "honest" / "hw" / "hw.ipynb"), resources=place
    )
    assert "over all" in page
    assert 'class="modal-backdrop"' not in page.replace("&lt; div class", "")


@pytest.mark.parametrize("time", ["garbage", "9" * 10_000, "2026-01-01 10:00 /dev/zero", "\x00"])
def test_a_time_that_is_none_stops_nobody_elses_export(graded, monkeypatch, time):
    course, _ = graded
    submitted = course.folder / "submitted"
    (submitted / "infinite-halves" / "hw" / "timestamp.txt").write_text(time)
    monkeypatch.chdir(course.folder)
    assert main(["export", "hw", "--to", "csv", "--force"]) == 0
    assert main(["report", "hw"]) == 0
    table = (course.folder / "grades.hw.csv").read_text()
    assert table.count(",graded") == len(CLASS)
    # The formgrader's list of submissions asks nbgrader.
    found = course.course.get_submissions("hw")
    assert {one["student"] for one in found} == CLASS.keys()


def test_feedback_reaches_everybody_else(graded):
    """Not to be read: a secret, a time, a notebook; in each, another student's."""
    course, _ = graded
    feedback = course.folder / "feedback"
    for student in CLASS:
        (feedback / student / "hw" / "timestamp.txt").write_text("2026-01-01 10:00:00 UTC")
        (feedback / student / "hw" / "submission_secret.txt").write_text(student)
    (feedback / "masks-squares" / "hw" / "submission_secret.txt").write_text("")
    (feedback / "infinite-halves" / "hw" / "timestamp.txt").write_bytes(b"\xff\x1b]0;a\x07")
    (feedback / "hands-in-checks" / "hw" / "timestamp.txt").unlink()
    notebook = course.folder / "autograded" / "masks-quotients" / "hw" / "hw.ipynb"
    kept = notebook.read_text()
    notebook.chmod(0o644)
    notebook.write_text("no notebook")
    try:
        told = course.course.release_feedback("hw")
    finally:
        notebook.write_text(kept)
    assert told["success"], told
    assert "\x1b" not in told["log"]
    released = course.folder / "exchange" / "scratch" / "feedback"
    assert len(list(released.glob("*.html"))) == len(CLASS) - 3


def test_a_line_with_thousands_of_digits_is_no_line():
    """Python refuses to make a number of them, and a page would not be written."""
    assert WHERE.match("invalid syntax (cell, line 12)")
    assert not WHERE.match(f"invalid syntax (cell, line {'9' * 5000})")


HIDDEN = Cell(TEST, "f()", ("f",), ("None", "f()"))


@pytest.mark.parametrize(
    "source",
    [
        "%a\n" * 400,
        "a?\n" * 400,
        "\n".join(["%a"] * 200 + ["x = [1, 2, 3, 4, 5]"] * 200),
        "def f():\n    return [" + "globals()['x'], " * 500 + "]",
        "f = " + "lambda: " * 150 + "[" + "1, " * 2000 + "]",
    ],
    ids=["magics", "help", "magics-and-code", "globals", "lambdas"],
)
def test_to_read_a_cell_takes_no_longer_than_it_is_long(source):
    """The others wait meanwhile: twenty such cells of 50,000 characters took an hour."""

    def read():
        cells.parse(source)
        may_change([Cell(STUDENT, source), HIDDEN])

    cells._parse.cache_clear()
    assert calls(read) < 2_000_000


def test_what_disappears_hides_nothing_else(tmp_path, monkeypatch):
    """Who makes and removes files all the time hides no large ones by it."""
    for name in ("gone", "large"):
        (tmp_path / name).write_bytes(bytes(2**20))
    real = disk.os.scandir

    def scandir(path):
        entries = sorted(real(path), key=lambda entry: entry.name)
        (path / "gone").unlink()
        return entries

    monkeypatch.setattr(disk.os, "scandir", scandir)
    monkeypatch.setattr(disk, "MAX_DISK", 2**19)
    assert disk._fills_disk(tmp_path, 0)


KEEPS_FILES_OF_ITS_OWN = """
import ctypes, os, threading, time

libc = ctypes.CDLL(None)

def keep():
    libc.syscall(436, ctypes.c_uint(1000), ctypes.c_uint(1000), ctypes.c_uint(2))
    kept = []
    for number in range(9):
        kept.append(os.open(f"f{number}", os.O_CREAT | os.O_RDWR))
        os.unlink(f"f{number}")
        for _ in range(40):
            os.write(kept[-1], bytes(2**20))
    time.sleep(2)

thread = threading.Thread(target=keep)
thread.start()
thread.join()
print("KEPT")
"""
LEAVES_A_MARK = """
import os, sysconfig

path = max((entry.path for entry in os.scandir(sysconfig.get_path("stdlib")) if entry.is_file()),
           key=os.path.getsize)
library = os.open(path, os.O_RDONLY)
try:
    os.preadv(library, [bytearray(1)], 0, os.RWF_NOWAIT)
    print("ASKED")
except BlockingIOError:
    print("ASKED")
except OSError:
    pass
"""


def test_every_thread_has_the_same_files():
    """And which parts of a library are in memory is not told."""
    run = run_job(Job((Cell(STUDENT, LEAVES_A_MARK), Cell(STUDENT, KEEPS_FILES_OF_ITS_OWN))))
    assert "KEPT" not in str(run.outputs)
    assert "ASKED" not in str(run.outputs)
    assert run.lost == ["code cell 2: it filled the disk"]


def test_files_take_no_more_memory_than_they_are_large(graded):
    """Four hundred megabytes for each notebook, once, where a student handed in a hundred."""
    course, _ = graded
    size = 20 * 2**20
    numbers = course.folder / "submitted" / "honest" / "hw" / "numbers.bin"
    numbers.write_bytes(bytes(size))
    grading = Grading(course.course, "hw", feedback=False)
    tracemalloc.start()
    try:
        before = grading.begin("honest").fingerprint
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 1.5 * size
    numbers.write_bytes(bytes(size - 1))
    assert grading.begin("honest").fingerprint != before
    numbers.unlink()
    grading.close()


def test_points_are_coarse_beside_an_error_too():
    """In one kernel, who puts out an error while nothing is hidden may choose points later."""
    cell = judged("hidden", error=("Error", "put out by the student"), value="0.471147")
    settle_scores(notebook(cell), Run([cell.outputs], [False], [True]), {})
    (value,) = [output for output in cell.outputs if output.output_type == "execute_result"]
    assert value.data["text/plain"] == "0.5"


def test_a_name_types_nothing_into_a_terminal(tmp_path):
    """`nbgrader autograde` logs the reason as it is."""
    (tmp_path / "a\x1b]0;owned\x07\nb").symlink_to("/etc/passwd")
    with pytest.raises(NotGradable) as found:
        read_submission(tmp_path, "hw")
    assert str(found.value).isprintable()
