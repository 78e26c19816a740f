"""What passes from hidden tests to students: passed, failed or took too long."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from examiner.cells import split
from examiner.exam import GIVEN, STUDENT, TEST, Cell, Job, Run, run_job
from examiner.exam.messages import said_by_hidden
from examiner.score import coarse, settle_scores
from examiner.state import may_change

from .scratch_course import Course, given, solution, trial

INPUT = 47114711


def run(*cells, seconds=20):
    return run_job(Job(cells, may_change=may_change(cells), modules=("numpy",), seconds=seconds))


def partly_hidden(shown, hidden):
    source = f"{shown}\n{hidden}" if shown else hidden
    first = shown.count("\n") + 2 if shown else 1
    return Cell(TEST, source, ("f", "g"), split(source, frozenset({first})))


# Each answers a hidden input in a way of its own: which one it was must not be told.
ANSWERS = [
    "return n + 1",
    "return None",
    "raise TypeError(n)",
    "raise type('Own', (ValueError,), {})(n)",
    "return 'text'",
    "return [n, n]",
    "print(n)\n        return 0",
    "import os\n        os._exit(n % 100)",
    "return np.float16(65504)",
    "return {n: n}",
]


@pytest.mark.parametrize("may_rerun", [False, True])
def test_however_an_answer_is_wrong_the_same_is_told(may_rerun):
    told = set()
    for answer in ANSWERS:
        result = run(
            Cell(
                STUDENT,
                f"import numpy as np\nseen = []\ndef f(n):\n    if n > 9:\n        {answer}\n"
                + ("    seen.append(n)\n" if may_rerun else "")
                + "    return n",
            ),
            partly_hidden(
                "assert f(1) == 1",
                f"assert f({INPUT}) - {INPUT} == 0, f'it is {{f({INPUT})}}'\nassert f(2), 'two'",
            ),
            Cell(STUDENT, "1"),
        )
        assert result.failed == [False, True, False]
        for output in result.outputs[1]:
            output.pop("traceback", None)  # for the instructor alone
        told.add(repr((result.outputs, result.lost_shown)))
    assert len(told) == 1


def test_names_that_only_hidden_lines_mention_are_not_asked_for_before():
    spy = (
        "from examiner.exam import student\n"
        "def f(n):\n    return n\n\ndef g(n):\n    return n\n"
        "asked = []\nfetch = student._fetch\n"
        "import gc\n"
        "for table in gc.get_objects():\n"
        "    if type(table) is dict and table.get('fetch') is fetch and 'call' in table:\n"
        "        table['fetch'] = lambda s, m, c: asked.extend(m['names']) or fetch(s, m, c)\n"
    )
    result = run(
        Cell(STUDENT, spy),
        partly_hidden("assert f(1) == 1", "assert g(2) == 2"),
        Cell(STUDENT, "print(asked)"),
    )
    assert result.failed == [False] * 3
    assert result.outputs[2][0]["text"] == "['f']\n"


@pytest.mark.parametrize(
    ("points", "told"),
    [(1.5288528949, 1 + 5 / 9), (0.0, 0.0), (2.0, 2.0), (1 / 3, 1 / 3), (0.4711, 8 / 17)],
)
def test_points_of_hidden_lines_are_coarse(points, told):
    assert coarse(points) >= points
    assert coarse(points) - points < 0.1
    if points in (0.0, 2.0, 1 / 3):
        assert coarse(points) == points == told


def test_all_points_between_two_fractions_are_one():
    steps = {coarse(number / 100_000) for number in range(100_001)}
    assert len(steps) < 50


def test_rounded_points_are_never_more_than_there_are():
    cell = new_code_cell(
        outputs=[new_output("execute_result", {"text/plain": "0.96"})],
        metadata={"nbgrader": {"points": 0.97, "grade": True, "grade_id": "t"}},
    )
    notebook = new_notebook(cells=[cell])
    assert settle_scores(notebook, Run([[]], failed=[False], reserved=[True]), {}) == []
    assert cell.outputs[0].data["text/plain"] == "0.97"


CLOSENESS = [
    given("import numpy as np", "setup"),
    solution("f", "def f(n):\n    return float(n)"),
    trial("closeness", hidden=f"2.0 - min(abs(f({INPUT}.0) - {INPUT}.0), 2.0)", points=2),
    trial("shown", "2.0 - min(abs(f(3.0) - 3.0), 2.0)", points=2),
    solution("letter", "letter = 'B'"),
    trial("letter-t", hidden="print('chosen:', letter)\nassert letter == 'B', 'not the B'"),
]


@pytest.fixture(scope="module")
def closeness(tmp_path_factory):
    course = Course(tmp_path_factory.mktemp("closeness"), hw=CLOSENESS)
    tells = "def f(n):\n    return n + (0.47114711 if n > 9 else 0.25)"
    text = "def f(n):\n    return np.str_('ehbbehbb')"
    course.hand_in(
        "right", answers={"f": "def f(n):\n    return float(n)", "letter": "letter = 'B'"}
    )
    course.hand_in("tells", answers={"f": tells, "letter": "letter = 'C'"})
    course.hand_in("text", answers={"f": text})
    return course, course.grade(feedback=True)


def test_hidden_points_do_not_tell_a_number(closeness):
    _, (points, _, _) = closeness
    assert points["right"] == {"closeness": 2, "shown": 2, "letter-t": 1}
    assert points["tells"]["closeness"] == coarse(2 - 0.47114711)
    assert points["tells"]["shown"] == 1.75
    assert points["text"] == {"closeness": 0, "shown": 0, "letter-t": 0}


def test_what_hidden_lines_say_of_a_letter_that_was_read_is_shown(closeness):
    course, _ = closeness
    page = (course.folder / "feedback" / "tells" / "hw" / "hw.html").read_text()
    assert "chosen: C" in page
    assert "not the B" in page


def test_no_page_has_the_digits_of_a_hidden_value(closeness):
    course, _ = closeness
    for path in course.folder.glob("feedback/*/hw/*"):
        assert b"1.52885" not in path.read_bytes(), path


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("assert f(1) == 1", "a hidden test failed"),
        ("assert f(1) == 1, 'one'", "one"),
        ("assert f(1) == 1, f'{f(1)} is not one'", "… is not one"),
        ("assert f(1), 'a ' + f(1)", "a …"),
        ("assert f(1), 'not %s but %5.2f' % (f(1), 3)", "not … but …"),
        ("assert f(1), 'not {}'.format(3)", "not …"),
        ("hint = f'of {1}'\ncheck(f(1), 2, hint)", "of …"),
        ("check(*pair(f), 'both')", "both"),
        ("np.testing.assert_equal(f(1), 'secret', err_msg='no')", "no"),
        ("check(f(1), 2, mistakes=[(3, 'three')])", "three"),
        ("assert f('a', 'b', 'secret') == 1", "a hidden test failed"),
    ],
)
def test_what_a_hidden_test_may_say(source, said):
    assert said_by_hidden(source) == said


SEARCH = """
import ctypes, os, re

found = set()
for line in open("/proc/self/maps"):
    addresses, rights, *_ = line.split()
    first, last = (int(part, 16) for part in addresses.split("-"))
    if rights.startswith("rw") and "[v" not in line:
        for start in range(first, last, 2**24):
            text = ctypes.string_at(start, min(2**24, last - start))
            found |= set(re.findall(rb"tmp/examiner-(?!warm)[a-z0-9_]{8}", text))
names = {name.decode() for name in found}
own = {name for name in names if name in os.getcwd()}
print(len(own), sorted(names - own))
"""


def test_a_students_memory_holds_no_word_of_another_kernel():
    """Of its folder, or of the seed of what a test draws."""
    cells = (Cell(GIVEN, "1"), Cell(STUDENT, SEARCH), Cell(TEST, "1"))
    for _ in range(2):
        run = run_job(Job(cells, imports="import math", modules=("numpy",), seconds=60))
    text = "".join(output.get("text", "") for output in run.outputs[1])
    assert text.strip() == "1 []", run.outputs


def test_a_function_under_another_name_tells_no_more():
    letters = "def f(n):\n    return n if n < 9 else 'ehbbehbb'"
    result = run(
        Cell(STUDENT, letters),
        Cell(TEST, "alias = f\nassert alias(1) == 1", ("f",)),
        Cell(
            TEST,
            "1\nassert alias(47114711) == 5, f'it is {alias(47114711)}'",
            (),
            ("1", "\nassert alias(47114711) == 5, f'it is {alias(47114711)}'"),
        ),
    )
    assert result.failed == [False, False, True]
    assert result.reserved == [False, False, True]
    assert [o["evalue"] for o in result.outputs[2] if "evalue" in o] == ["it is …"]
