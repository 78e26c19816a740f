"""A batch, nbgrader's own command, a learner's check and Validate follow the same rules."""

import io
from datetime import UTC, datetime, timedelta

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from nbgrader.validator import Validator
from traitlets.config import Config

import examiner
from examiner.check import grade_own
from examiner.course import load_course

from .judged import graded, heading, notebook
from .judged import solution as answer
from .scratch_course import QUEUE, Course, copy_course, solution, trial

ONE = [
    solution("rate", "def rate():\n    return float(open('rate.txt').read())"),
    trial("rate-t", "rate()", points=2),
    trial("broken-t", "assert no_such_name"),
]
TWO = [solution("queue", QUEUE), trial("queue-t", "assert Queue().put(3).items == [3]", points=4)]
WORK = {"rate": ONE[0].source, "queue": QUEUE}
OWN_RATE = 1.5  # the instructor's file says 2
LATE = timedelta(days=10)
CONFIG = """\
c.Autograde.exclude_overwriting = {{"hw": ["rate.txt"]}}
c.Exchange.root = {exchange!r}
c.AssignLatePenalties.plugin_class = "examiner.late.LatePerDay"
"""
EARN = {"rate-t": OWN_RATE, "broken-t": 1, "queue-t": 4}


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """A course with each rule that could be followed by one and not by another.

    student01 keeps a file, and was later than timestamp.txt says. student02
    left a notebook out, and has a timestamp.txt that holds no time.
    """
    home = tmp_path_factory.mktemp("home")
    folder = home / "course"
    course = Course(folder, CONFIG.format(exchange=str(home / "exchange")), one=ONE, two=TWO)
    (folder / "examiner.toml").write_text('[hw]\nforgive = ["broken-t"]\n')
    (folder / "source" / "hw" / "rate.txt").write_text("2")
    now = datetime.now(UTC).replace(tzinfo=None)
    with course.course.gradebook as gradebook:
        gradebook.update_or_create_assignment("hw", duedate=(now - LATE).isoformat())
    course.hand_in("student01", answers=WORK)
    course.hand_in("student02", answers=WORK, names=["one"])
    submitted = folder / "submitted"
    (submitted / "student01" / "hw" / "rate.txt").write_text(str(OWN_RATE))
    written = f"{now - 2 * LATE:%Y-%m-%d %H:%M:%S} UTC"
    (home / "exchange" / "scratch" / "inbound" / f"student01+hw+{written}+x").mkdir(parents=True)
    (submitted / "student01" / "hw" / "timestamp.txt").write_text(written)
    (submitted / "student02" / "hw" / "timestamp.txt").write_text("yesterday")
    return course


def state(folder):
    """All by student: the time that counts, the points, what was lost by being late."""
    with load_course(folder).gradebook as gradebook:
        return {
            submission.student_id: (
                submission.timestamp,
                {grade.name: grade.score for nb in submission.notebooks for grade in nb.grades},
                [nb.late_submission_penalty for nb in submission.notebooks],
            )
            for submission in gradebook.assignment_submissions("hw")
        }


def test_a_batch_nbgraders_command_and_a_check_give_the_same(handed_in, tmp_path):
    other = tmp_path / "other"
    copy_course(handed_in.folder, other)
    points, results, _ = handed_in.grade()
    by_batch = state(handed_in.folder)
    assert points["student01"] == EARN
    assert points["student02"] == {"rate-t": 2, "broken-t": 1, "queue-t": 0}
    time, _, penalties = by_batch["student01"]
    assert time > datetime.now(UTC).replace(tzinfo=None) - LATE
    assert all(penalties)
    assert by_batch["student02"][0] is None
    assert "timestamp.txt holds no time: read as none" in results["student02"].notes

    course = load_course(other)
    for student in by_batch:
        made = course.autograde("hw", student)
        assert made["success"], made
    assert "timestamp.txt holds no time: read as none" in made["log"]
    assert state(other) == by_batch

    own = other / "submitted" / "student01" / "hw" / "one.ipynb"
    checked = grade_own(other, own, "hw", unconfined=False)
    (exercise,) = checked.exercises
    assert exercise.points == OWN_RATE + 1


def test_validate_reads_numbers_and_says_what_it_cannot_know(tmp_path):
    examiner.switch_on(Config())

    def said_of(cells):
        path = tmp_path / "set.ipynb"
        nbformat.write(cells, path)
        validator = Validator(config=Config())
        validator.stream = io.StringIO()
        validator.validate_and_print(str(path))
        return " ".join(validator.stream.getvalue().split())

    cells = notebook(
        heading("## Exercise 1 · None"),
        graded("none-a", source="import numpy as np\nnp.float64(0.0) * np.mean([1.0])"),
        heading("## Exercise 2 · All"),
        graded("all-a", source="np.array([[1.0]])"),
        heading("## Exercise 3 · Text"),
        answer("text", "x = 1"),
        graded("text-a", source="assert x == 1"),
    )
    assert "2 of 3 exercises pass" in said_of(cells)
    slip = cells.cells[6]
    slip.cell_type = "markdown"
    del slip["outputs"], slip["execution_count"], slip.metadata.nbgrader["cell_type"]
    assert "text has become a markdown cell: make it code again." in said_of(cells)
    cells.cells = [new_code_cell("x = 1"), new_code_cell("assert x == 1")]
    assert "This notebook has lost its tags" in said_of(cells)
