"""What instructors elsewhere write, and how their students do it in another way."""

import pytest

from .scratch_course import Course, given, solution, trial

AREA = "def area(r):\n    return 3.0 * r * r"
LENGTH = "def length(x, y):\n    return (x * x + y * y) ** 0.5"
LENDS = """\
import math
RADII = [1, 2, 3]
def is_near(a, b):
    return math.isclose(a, b)
assert is_near(area(2), 12)"""


def graded(course, **students):
    """Each student's points in all, and what was told."""
    for student, answers in students.items():
        course.hand_in(student, answers=answers)
    points, results, lines = course.grade()
    return {student: sum(found.values()) for student, found in points.items()}, results, lines


def test_later_cells_find_what_a_visible_test_has_defined(tmp_path):
    course = Course(
        tmp_path,
        hw=[
            solution("area", AREA),
            trial("area-t", LENDS, "SECRET = 5\nassert area(3) == 27"),
            solution("length", LENGTH),
            trial("length-t", "assert length(3, 4) == 5", "assert length(6, 8) == 10"),
            solution("total", "total = area(1) + area(2) + area(3)"),
            trial("total-t", "assert is_near(total, 42)"),
        ],
    )
    points, _, lines = graded(
        course,
        student01={
            "area": AREA,
            "length": "def length(x, y):\n    return math.hypot(x, y)",
            "total": "total = sum(area(r) for r in RADII)\nassert is_near(total, 42)",
        },
        student02={"area": AREA, "length": "def length(x, y):\n    return SECRET"},
    )
    assert points == {"student01": 3, "student02": 1}
    assert not any("NOT PROOF" in line for line in lines)


def test_a_solution_may_rest_on_what_a_test_imports(tmp_path):
    course = Course(
        tmp_path,
        hw=[
            solution("area", AREA),
            trial("area-t", "import math\nassert math.isclose(area(1), 3)"),
            solution("length", "def length(x, y):\n    return math.hypot(x, y)"),
            trial("length-t", "assert length(3, 4) == 5"),
        ],
    )
    points, _, lines = graded(course, student01={"area": AREA, "length": LENGTH})
    assert points == {"student01": 2}
    assert not any("NOT PROOF" in line for line in lines)


@pytest.mark.parametrize("hidden", [False, True])
def test_what_cannot_be_compared_is_put_before_a_person(tmp_path, hidden):
    check = "assert first([3, 4])[0] == 3"
    course = Course(
        tmp_path,
        hw=[
            given("import collections"),
            solution("first", "def first(x):\n    return list(x)"),
            trial("first-t", *(["", check] if hidden else [check])),
        ],
    )
    own = "class Pairs:\n    def __getitem__(self, i):\n        return 3\ndef first(x):\n"
    points, results, _ = graded(
        course,
        student01={"first": f"{own}    return Pairs()"},
        student02={"first": "def first(x):\n    return x[1:]"},
    )
    assert points == {"student01": 0, "student02": 0}
    said = "first-t: what the student's code gave was not compared, look at it"
    (note,) = results["student01"].notes
    assert note.startswith(said)
    assert ("Pairs" in note) is not hidden
    assert results["student02"].notes == []


def test_a_module_beside_the_notebook_wins_over_an_installed_one(tmp_path):
    course = Course(
        tmp_path,
        hw=[
            given("from test import is_even", "setup"),  # Python has a package of that name
            solution("evens", "def evens(x):\n    return list(filter(is_even, x))"),
            trial("evens-t", "assert evens([1, 2, 4]) == [2, 4]", "assert is_even(evens([6])[0])"),
        ],
    )
    module = "def is_even(n):\n    return n % 2 == 0"
    (tmp_path / "source" / "hw" / "test.py").write_text(module)
    own = "import test\ndef evens(x):\n    return [n for n in x if test.is_even(n)]"
    points, _, _ = graded(course, student01={"evens": own})
    assert points == {"student01": 1}


def test_an_answer_that_changes_a_given_object_is_rehearsed(tmp_path):
    course = Course(
        tmp_path,
        hw=[
            given("ages = {'cat': 3}\nlimit = 1"),
            solution("dog", "ages['dog'] = 5"),
            trial("dog-t", "assert ages['dog'] == 5", "assert ages['cat'] == 3"),
            trial("limit-t", "assert limit == 2"),  # students change the cell itself
        ],
    )
    points, _, lines = graded(course, student01={"dog": "ages |= {'dog': 5}"}, student02={})
    assert points == {"student01": 1, "student02": 0}
    assert any("NOT PROOF" in line and "dog-t" in line for line in lines)


def test_who_changes_what_a_test_reads_in_a_given_cell_is_looked_at(tmp_path):
    course = Course(
        tmp_path,
        hw=[
            given("count = 3\nstep = 1"),
            solution("grid", "grid = [step * n for n in range(count)]"),
            trial("grid-t", "assert len(grid) == count"),
            trial("step-t", "assert grid[1] == step"),
        ],
    )
    course.hand_in("student01", _with_more_points, {"grid": "grid = list(range(count))"})
    course.hand_in("student02", answers={"grid": "grid = []"})
    points, results, _ = course.grade()
    assert points == {
        "student01": {"grid-t": 0, "step-t": 1},
        "student02": {"grid-t": 0, "step-t": 0},
    }
    told = "grid-t: it looks at what the student has changed in a given cell, look at it"
    assert results["student01"].notes == ["repaired: a given cell had been changed", told]
    assert results["student02"].notes == []


def _with_more_points(cells):
    cells[0].source = "count = 5\nstep = 1"


def test_what_an_answer_sets_otherwise_or_may_not_ask_for_is_looked_at(tmp_path):
    course = Course(
        tmp_path,
        hw=[
            given("grid = [0, 1, 2]\nstep = 1", "setup"),
            solution("y", "y = [step * x for x in grid]"),
            trial("y-t", "assert len(y) == len(grid)"),
            solution("z", "z = [3, 5]"),
            trial("z-t", "step = 5\nassert z == [3, step]"),
        ],
    )
    course.hand_in("student01", answers={"y": "grid = range(5)\ny = list(grid)"})
    own = "step = 7\nimport os\nos.fork()\nz = [3, 5]"
    course.hand_in("student02", answers={"y": "y = [0, 1, 2]", "z": own})
    same = "grid = [0, 1, 2]\nstep = 2\ny = [0, 1]"
    course.hand_in("student03", answers={"y": same, "z": "grid = 3\nz = [3, grid + 2]"})
    points, results, _ = course.grade()
    assert {student: sum(found.values()) for student, found in points.items()} == {
        "student01": 0,
        "student02": 1,
        "student03": 1,
    }
    told = "y-t: it looks at grid, which the student's answers set otherwise, look at it"
    asks = "the code asks for another process, or for the network: neither is there while work"
    assert results["student01"].notes == [told]
    assert results["student02"].notes == [f"z: {asks} is graded, look at it"]
    assert results["student03"].notes == [told]
