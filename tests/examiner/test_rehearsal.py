"""The instructor's solution is graded first: what it fails is no student's fault."""

import subprocess
import sys

import pytest
from nbformat.v4 import new_code_cell

from examiner.__main__ import main
from examiner.rehearsal import BrokenTests, NotProof

from .scratch_course import QUEUE, Course, given, solution, trial

TWICE = "def twice(x):\n    return x + x"
BROKEN = [
    solution("twice", TWICE),
    trial("spelled", "assert twise(2) == 4"),
    trial("module", hidden="import no_such_module\nassert twice(1) == 2"),
    trial("right", "assert twice(3) == 6"),
]
# What a class of the student's makes cannot cross.
OBJECTS = [
    given("import numpy as np", "setup"),
    solution("queue", QUEUE),
    trial("queue-t", "assert Queue().put(3).items == [3]"),
    trial(
        "queue-hidden",
        "queue = Queue()",
        "word = 'kestrel-4711'\nassert queue.put(47114711).items[0] > 5\n2 * np.mean([1.0])",
        points=2,
    ),
]


def test_a_broken_test_stops_the_batch_before_anybody_is_graded(tmp_path):
    course = Course(tmp_path, hw=BROKEN)
    course.hand_in("student01", answers={"twice": TWICE})
    with pytest.raises(BrokenTests) as stopped:
        course.grade()
    said = str(stopped.value)
    assert "hw, spelled: the solution earns 0 of 1: NameError" in said
    assert "hw, module: the solution earns 0 of 1" in said
    assert "right" not in said.partition("Mend")[0]
    with course.course.gradebook as gradebook:
        assert gradebook.assignment_submissions("hw") == []


def test_everybody_gets_the_points_of_a_test_that_is_forgiven(tmp_path):
    course = Course(tmp_path, hw=BROKEN)
    course.hand_in("student01", answers={"twice": TWICE})
    course.hand_in("student02")
    (tmp_path / "examiner.toml").write_text('[hw]\nforgive = ["spelled", "module"]\n')
    points, results, _ = course.grade(feedback=True)
    assert points == {
        "student01": {"spelled": 1, "module": 1, "right": 1},
        "student02": {"spelled": 1, "module": 1, "right": 0},
    }
    assert "spelled: everybody gets these points" in str(results)
    page = tmp_path / "feedback" / "student02" / "hw" / "hw.html"
    assert "everybody gets these points" in page.read_text()


def test_what_forgives_nothing_that_can_be_read_says_so(tmp_path):
    course = Course(tmp_path, hw=BROKEN)
    course.hand_in("student01")
    (tmp_path / "examiner.toml").write_text("[hw]\nforgive = 'spelled'\n")
    with pytest.raises(ValueError, match="expected"):
        course.grade()


SPY = f"""\
{QUEUE}


class Spy(Queue):
    def put(self, item):
        print("seen:", item)
        if item > 5:
            raise ValueError(item)


Queue = Spy"""


@pytest.fixture(scope="module")
def objects(tmp_path_factory):
    course = Course(tmp_path_factory.mktemp("objects"), hw=OBJECTS)
    course.hand_in("right", answers={"queue": QUEUE})
    course.hand_in("wrong", answers={"queue": QUEUE.replace("append", "count")})
    course.hand_in("spy", answers={"queue": SPY})
    course.hand_in("untouched")
    return course, course.grade(feedback=True)


def test_tests_that_cannot_cross_run_in_one_kernel_and_that_is_said(
    objects,
):
    _, (points, results, lines) = objects
    assert points["right"] == {"queue-t": 1, "queue-hidden": 2}
    assert points["wrong"] == {"queue-t": 0, "queue-hidden": 0}
    assert points["untouched"] == {"queue-t": 0, "queue-hidden": 0}
    assert "hw, queue-t: in two processes the solution fails" in lines[0]
    for result in results.values():
        assert "not proof against forgery" in str(result.notes)


def test_in_one_kernel_too_nothing_hidden_is_told(objects):
    course, (points, _, _) = objects
    assert points["spy"]["queue-hidden"] == 0
    for path in course.folder.glob("feedback/*/hw/*"):
        assert b"4711" not in path.read_bytes(), path
    (graded,) = course.folder.glob("autograded/spy/hw/*.ipynb")
    assert "seen: 47114711" not in graded.read_text()


def test_the_strict_refuse_what_is_not_proof(objects):
    course, _ = objects
    with pytest.raises(NotProof, match="queue-t"):
        course.grade(strict=True)


def test_an_assignment_is_rehearsed_once(objects, monkeypatch):
    course, (points, _, lines) = objects

    def rehearse(*_):
        raise AssertionError("rehearsed again")

    monkeypatch.setattr("examiner.rehearsal._rehearse", rehearse)
    again, _, told = course.grade()
    assert again == points
    assert told[0] == lines[0]


def test_a_missing_notebook_costs_its_own_points(tmp_path):
    """And notebooks that import different modules disturb nobody."""
    one = [
        given("import json", "setup"),
        solution("a", "def a():\n    return json.dumps(1)"),
        trial("a-t", "assert a() == '1'", points=5),
    ]
    two = [
        given("import decimal, fractions", "setup"),
        solution("b", "def b():\n    return fractions.Fraction(1, 2)"),
        trial("b-t", "assert b() == 0.5", points=4),
    ]
    course = Course(tmp_path, one=one, two=two)
    right = {"a": one[1].source, "b": two[1].source}
    for number in range(4):
        course.hand_in(f"student{number}", answers=right)
    course.hand_in("one-of-two", answers=right, names=["one"])
    points, results, _ = course.grade()
    both = {"a-t": 5, "b-t": 4}
    assert points == {
        **{f"student{number}": both for number in range(4)},
        "one-of-two": {"a-t": 5, "b-t": 0},
    }
    assert results["one-of-two"].notes == ["two.ipynb is missing: 0 points"]


def test_another_language_is_refused_by_its_name(tmp_path, monkeypatch, capsys):
    cells = [new_code_cell("f <- function(x) 2 * x")]
    cells += [trial("t", "stopifnot(TRUE)")]
    stub = 'c.ClearSolutions.code_stub = {"julia": "# YOUR ANSWER"}\n'
    course = Course(tmp_path, stub, language="julia", hw=cells)
    course.hand_in("student01")
    monkeypatch.chdir(tmp_path)
    assert main(["grade", "hw"]) == 2
    assert "for the kernel 'julia'" in capsys.readouterr().err


def test_nbgraders_own_command_rehearses_too(tmp_path):
    course = Course(tmp_path, hw=BROKEN)
    course.hand_in("student01", answers={"twice": TWICE})
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", "hw"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "spelled: the solution earns 0" in done.stderr


POINTS = [
    given("import numpy as np", "setup"),
    solution("share", "def share(x):\n    return x / x.sum()"),
    trial("mean", "2 * np.mean(np.isclose(share(np.ones(4)), 0.25))", points=2),
    trial("array", "np.array([float(share(np.ones(2))[0] == 0.5)])"),
    trial("long", "np.longdouble(share(np.ones(2))[0] * 2)"),
    trial("is-it", "bool(share(np.ones(2))[0] == 0.5)"),
    trial("text", "share(np.ones(2))\n'all tests passed'"),
    trial("chosen", "share(np.ones(2))[0] * 2"),
]


def test_a_number_that_ends_a_test_is_the_points(tmp_path):
    """And what is no number is worth what the solution's value is worth."""
    course = Course(tmp_path, hw=POINTS)
    course.hand_in("right", answers={"share": POINTS[1].source})
    course.hand_in("wrong", answers={"share": "def share(x):\n    return 0 * x"})
    course.hand_in(
        "half",
        answers={"share": "def share(x):\n    return np.where(np.arange(len(x)) < 1, 0.25, 7.0)"},
    )
    course.hand_in(
        "text",
        answers={"share": "def share(x):\n    return [np.str_('a'), 1]"},
    )
    points, results, _ = course.grade()
    names = ("mean", "array", "long", "is-it", "text", "chosen")
    assert points["right"] == dict(zip(names, (2, 1, 1, 1, 1, 1), strict=True))
    assert points["wrong"] == dict(zip(names, (0, 0, 0, 0, 1, 0), strict=True))
    assert points["half"] == dict(zip(names, (0.5, 0, 0.5, 0, 1, 0.5), strict=True))
    assert points["text"]["chosen"] == 0
    assert "is no number of points" in str(results["text"].notes)
