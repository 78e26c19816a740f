"""A scratch course with one small assignment, for hostile and unlucky students.

Nothing here needs TensorFlow. Canaries stand wherever a student must not be
able to read: whoever shows one of them has got out.
"""

import json
import os
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from examiner.course import load_course, open_course

NAME = "small"
CANARY = "kestrel-4711"  # in hidden tests, solutions, secret files
GRADEBOOK_CANARY = "goshawk-5822"  # a student's name in the gradebook
HIDDEN_INPUT = "47114711"  # what only hidden tests give to a function
HIDDEN_RESULT = "94229422"  # what they expect of it
IN_LETTERS = "ehbbehbb"  # the input again, as who must not write a digit writes it
CANARIES = (CANARY, GRADEBOOK_CANARY, HIDDEN_INPUT, HIDDEN_RESULT, IN_LETTERS)
CELL_SECONDS = 4

SWITCH_ON = "import examiner; examiner.switch_on(c)"
CONFIG = f"""\
import warnings

from nbformat.warnings import MissingIDFieldWarning
from sqlalchemy.exc import SAWarning

c = get_config()  # noqa: F821
{SWITCH_ON}
warnings.filterwarnings("ignore", "Object of type", SAWarning)
warnings.filterwarnings("ignore", "Cell is missing", MissingIDFieldWarning)
c.CourseDirectory.root = "@ROOT@"
c.CourseDirectory.course_id = "small"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "*.py"]
c.ClearSolutions.code_stub = {{"python": "# YOUR ANSWER HERE"}}
c.Execute.timeout = {CELL_SECONDS}
"""

SETUP = '''\
import numpy as np
from numpy.testing import assert_allclose


def close(a, b):
    """Whether two results are equal, but for rounding."""
    return bool(np.allclose(a, b))'''

DOUBLE = f'''\
def double(x):
    """Return twice the array x."""
    ### BEGIN SOLUTION
    marker = "{CANARY}"
    return 2 * x
    ### END SOLUTION'''

DOUBLE_VISIBLE = """\
import math

x = np.array([1.0, math.pi])
assert_allclose(double(x), 2 * x, err_msg="double(x) must be 2 * x")"""

DOUBLE_HIDDEN = f"""\
assert_allclose(double(np.array([0.5])), [1.0], err_msg="twice a half")
### BEGIN HIDDEN TESTS
marker = "{CANARY}"
x = np.array([{HIDDEN_INPUT}.0, -2.0])
assert_allclose(double(x), [{HIDDEN_RESULT}.0, -4.0])
### END HIDDEN TESTS"""

TOTAL = '''\
def total(values):
    """Return the sum of a list of numbers."""
    ### BEGIN SOLUTION
    return float(sum(values))
    ### END SOLUTION'''

TOTAL_VISIBLE = """\
assert total([1, 2, 3]) == 6, f"not 6 but {total([1, 2, 3])}" """.strip()

TOTAL_ALL = """\
lists = [[1.0], [2.0, 3.0]]
assert all(map(lambda v: close(total(v), sum(v)), lists)), "not the sum\""""

TOTAL_SCALAR = """\
assert_allclose(total([2.0, 3.0]), 5.0, err_msg="total of 2 and 3")"""

TOTAL_CHECKED = f"""\
def check(values, expected):
    assert close(total(values), expected), "total is wrong"


check([1.0, 2.0], 3.0)
### BEGIN HIDDEN TESTS
oracle_word = "{CANARY}"
assert total([{HIDDEN_INPUT}.0]) == {HIDDEN_INPUT}.0, f"it is {{total([{HIDDEN_INPUT}.0])}}"
assert abs(total([{HIDDEN_INPUT}.0, 2.0]) - {HIDDEN_INPUT}.0) == 2.0
check([{HIDDEN_INPUT}.0, 1.0], {HIDDEN_INPUT}.0 + 1.0)
### END HIDDEN TESTS"""

TOTAL_PARTS = """\
2.0 - min(abs(total([1.0, 2.0]) - 3.0), 3.0)"""

Q1 = """\
q1 = None
### BEGIN SOLUTION
q1 = "B"
### END SOLUTION"""

Q1_TEST = """\
### BEGIN HIDDEN TESTS
points = 1 if q1 == "B" else 0
### END HIDDEN TESTS
points"""

FULL = {"double": 3, "total": 6, "q1": 1, "words": 0}  # words: by hand
NOTHING = dict.fromkeys(FULL, 0)

RIGHT = {
    "double": "def double(x):\n    return 2 * x",
    "total": "def total(values):\n    return float(sum(values))",
    "q1": 'q1 = "B"',
}


def build(folder: Path, *, switched_on: bool = True):
    """Make the course in `folder`; returns nbgrader's interface to it.

    switched_on: graded by the examiner, else by nbgrader as it comes.
    """
    source = folder / "source" / NAME
    source.mkdir(parents=True)
    nbformat.write(_instructor_version(), source / f"{NAME}.ipynb")
    (source / "numbers.csv").write_text("1,2,3\n")
    # Not released, because the configuration ignores *.py.
    (source / "model_answer.py").write_text(f'MARKER = "{CANARY}"\n')
    (folder / "secret.txt").write_text(f"{CANARY}\n")
    (folder / "secret.txt").chmod(0o644)
    config = CONFIG.replace("@ROOT@", str(folder))
    if not switched_on:
        config = config.replace(SWITCH_ON, "")
    (folder / "nbgrader_config.py").write_text(config)
    course = load_course(folder)
    made = course.generate_assignment(NAME, force=True)
    if not made["success"]:
        raise RuntimeError(made.get("error") or made.get("log"))
    with course.gradebook as gradebook:
        gradebook.add_student("student99", first_name=GRADEBOOK_CANARY, last_name="")
    return open_course(course.config)


def student_version(folder: Path):
    return nbformat.read(folder / "release" / NAME / f"{NAME}.ipynb", as_version=4)


def position(notebook, grade_id) -> int:
    """Where the cell with `grade_id` is."""
    for index, cell in enumerate(notebook.cells):
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            return index
    raise KeyError(grade_id)


def hand_in(folder: Path, student: str, case, places: dict[str, str]):
    """Write what `case` hands in. places: put in for @NAME@ in sources."""
    home = folder / "submitted" / student / NAME
    home.mkdir(parents=True)
    path = home / f"{NAME}.ipynb"
    if case.raw is not None:
        path.write_bytes(case.raw)
    else:
        notebook = student_version(folder)
        for grade_id, source in case.answers.items():
            cell = notebook.cells[position(notebook, grade_id)]
            cell.source = _placed(source, places)
        for after, source in case.extra:
            cell = new_code_cell(_placed(source, places))
            notebook.cells.insert(position(notebook, after) + 1, cell)
        if case.change:
            case.change(notebook)
        path.write_text(json.dumps(notebook, indent=1))
    if case.files:
        case.files(home, places)


def places_in(folder: Path, **more) -> dict[str, str]:
    """What stands for @NAME@ in the cases' sources."""
    return {
        "COURSE": str(folder),
        "HOME": os.path.expanduser("~"),
        "PARENT": str(os.getpid()),
        **{name: str(value) for name, value in more.items()},
    }


def _placed(source, places):
    for name, value in places.items():
        source = source.replace(f"@{name}@", value)
    return source


def _instructor_version():
    return new_notebook(
        cells=[
            new_markdown_cell("# A small assignment"),
            _cell("setup", SETUP, locked=True),
            _cell("double", DOUBLE, solution=True),
            _cell("double-visible", DOUBLE_VISIBLE, points=1),
            _cell("double-hidden", DOUBLE_HIDDEN, points=2),
            _cell("total", TOTAL, solution=True),
            _cell("total-visible", TOTAL_VISIBLE, points=1),
            _cell("total-all", TOTAL_ALL, points=1),
            _cell("total-scalar", TOTAL_SCALAR, points=1),
            _cell("total-checked", TOTAL_CHECKED, points=1),
            _cell("total-parts", TOTAL_PARTS, points=2),
            _cell("q1", Q1, solution=True),
            _cell("q1-test", Q1_TEST, points=1),
            _cell(
                "words",
                "*Your answer here.*",
                new_markdown_cell,
                solution=True,
                points=2,
            ),
        ],
        metadata={
            "kernelspec": {
                "name": "python3",
                "display_name": "Python 3",
                "language": "python",
            }
        },
    )


def _cell(
    grade_id,
    source,
    make=new_code_cell,
    *,
    solution=False,
    points=None,
    locked=None,
):
    tag = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": points is not None,
        "solution": solution,
        "locked": not solution if locked is None else locked,
        "task": False,
    }
    if points is not None:
        tag["points"] = points
    return make(source, metadata={"nbgrader": tag})
