"""From outputs to the gradebook."""

import hashlib
import math
import re
from collections.abc import Iterable
from fractions import Fraction

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import (
    compute_checksum,
    determine_grade,
    is_grade,
    is_solution,
    is_task,
)

from .cells import ANSWERED_BELOW, grade_id_of, is_extra, is_test
from .course import folder_of
from .exam import CannotCross, Run
from .journal import Journal
from .sanitize import for_terminal

MAX_REASON = 120  # characters
PARTS = 12  # of a point, at most, that a hidden test can give
NO_HIDDEN_POINTS = "the value of its hidden lines is no number of points"
# How Python says that a system call is not allowed; of a file it would name which.
REFUSED = re.compile(r"\[Errno (?:1|38)\]|\[Errno 13\] Permission denied$", re.MULTILINE)
# What has always meant that the test has passed.
NO_POINTS = {"True", "False"}


def settle_scores(
    notebook: NotebookNode,
    run: Run,
    values: dict[str, str],
    forgiven: Iterable[str] = (),
) -> list[str]:
    """Make each test's outputs mean a score to nbgrader as well.

    nbgrader takes standard error for failure, and what is no number, or a
    negative one, for full points. values: by grade id, what a test ends with where the
    instructor's solution is right, if that is no number. forgiven: tests whose
    points everybody gets. Returns what a person should look at, in words.
    """
    doubts = []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell, has_failed, reserved in zip(code, run.failed, run.reserved, strict=True):
        if not is_test(cell):
            continue
        if grade_id_of(cell) in forgiven:
            doubts += _forgive(cell)
            continue
        for output in cell.outputs:
            if output.output_type == "stream":
                output.name = "stdout"
        shown = any(o.output_type == "error" for o in cell.outputs)
        problem = None
        if has_failed and not shown:
            problem = "the test failed, and could not say why"
        elif not shown:
            problem = _problem_with_value(cell, values)
            if reserved:
                problem = problem and NO_HIDDEN_POINTS
        doubts += _not_compared(cell, reserved)
        if reserved:  # beside an error too: in one kernel the student may have put that out
            _show_only_points(cell)
        if problem:
            doubts.append(f"{cell.metadata.nbgrader.grade_id}: {problem}")
            cell.outputs = [
                output for output in cell.outputs if output.output_type != "execute_result"
            ]
            cell.outputs.append(
                NotebookNode(
                    output_type="error",
                    ename="ScoreError",
                    evalue=problem,
                    traceback=[f"ScoreError: {problem}"],
                )
            )
    return doubts + _refused(code)


def _refused(cells):
    """What would have been there where the student wrote it: said if points were lost."""
    tests = [cell for cell in cells if is_test(cell)]
    if all(determine_grade(cell)[0] == cell.metadata.nbgrader.points for cell in tests):
        return []
    return [
        f"{grade_id_of(cell) or 'a cell without a tag'}: the code asks for another process, or "
        "for the network: neither is there while work is graded, look at it"
        for cell in cells
        if any(
            output.output_type == "error" and REFUSED.search(f"{output.evalue}")
            for output in cell.outputs
        )
    ]


def _not_compared(cell, reserved):
    """What the student's code gave, where it cannot pass between the processes.

    It may be right, so it is put before a person. reserved: its type may tell what
    hidden lines give.
    """
    for output in cell.outputs:
        if output.output_type != "error":
            continue
        last = output.traceback[-1].splitlines()[-1:] if output.traceback else []
        if "".join(last).startswith(f"{CannotCross.__name__}: "):
            reason = "" if reserved else f" ({_in_a_line(output.evalue, MAX_REASON)})"
            what = "what the student's code gave was not compared"
            return [f"{grade_id_of(cell)}: {what}, look at it{reason}"]
    return []


def _show_only_points(cell):
    """Of values that the student's code has chosen when it knew what hidden lines give.

    A number with all its digits would tell that.
    """
    for output in list(cell.outputs):
        if output.output_type != "execute_result":
            continue
        try:
            points = float(output.data.get("text/plain", ""))
        except ValueError:
            cell.outputs.remove(output)
        else:
            most = max(points, float(cell.metadata.nbgrader.points))
            output.data = {"text/plain": f"{min(coarse(points), most)!r}"}


def coarse(points: float) -> float:
    """The next fraction from there on that has a small denominator; never fewer points."""
    if not math.isfinite(points):
        return points
    fractions = (
        -(-Fraction(points) * parts // 1) / parts for parts in map(Fraction, range(1, PARTS + 1))
    )
    nearest = min(fractions)
    return points if math.isclose(points, nearest) else float(nearest)


def _without_addresses(text):
    """Where an object is in memory is nothing to compare."""
    return re.sub(r"0x[0-9a-f]+", "", text)


def _values(cell):
    return [
        output.data.get("text/plain", "")
        for output in cell.outputs
        if output.output_type == "execute_result"
    ]


def _forgive(cell):
    text = "everybody gets these points: the test was at fault\n"
    cell.outputs = [new_output("stream", name="stdout", text=text)]
    return [f"{grade_id_of(cell)}: {text.strip()}"]


def _in_a_line(value, most=50):
    return " ".join(for_terminal(str(value)).split())[:most]


def _problem_with_value(cell, expected):
    """What is wrong with the value that a test shows as its points."""
    try:
        points, _ = determine_grade(cell)
        values = list(map(float, _values(cell)))
    except KeyError:
        return "its value cannot be shown as text"
    except ValueError as error:
        if "partial credit" in str(error):
            return str(error)
        values = _values(cell)
        known = expected.get(grade_id_of(cell), "")
        if known and _without_addresses("".join(values)) == _without_addresses(known):
            return None  # it means nothing: the solution's is the same
        if not known and all(value in NO_POINTS for value in values):
            return None
        return f"its value, {_in_a_line(values[0])}, is no number of points"
    if not math.isfinite(points) or any(not v >= 0 for v in values):
        return f"its value is {_in_a_line(values[0])}, which cannot be points"
    return None


def save_scores(
    gradebook: Gradebook,
    assignment: str,
    student: str,
    name: str,
    notebook: NotebookNode,
    scored: Journal,
):
    """Enter the scores of a graded notebook, all of them or none.

    scored: as scored_answers gives it; brought up to date.
    """
    known = scored.read(student)
    answers = {
        cell.metadata.nbgrader.grade_id: _answer(cell, notebook)
        for cell in notebook.cells
        if is_grade(cell)
    }
    submitted = gradebook.find_submission_notebook(name, assignment, student)
    grades = {grade.name: grade for grade in submitted.grades}
    comments = {comment.name: comment for comment in submitted.comments}
    for cell in notebook.cells:
        if is_grade(cell):
            grade_id = cell.metadata.nbgrader.grade_id
            grade = grades[grade_id]
            is_below = cell.metadata.get("examiner") == ANSWERED_BELOW
            grade.auto_score = None if is_below else determine_grade(cell)[0]
            if grade.manual_score is None:
                grade.needs_manual_grade = grade.auto_score is None
            else:  # a person looks again at what is no longer what was scored
                is_same = known.get(name, {}).get(grade_id) == answers[grade_id]
                is_same &= grade.manual_score <= grade.max_score
                grade.needs_manual_grade = grade.needs_manual_grade or not is_same
        if is_solution(cell) or is_task(cell):
            tag = cell.metadata.nbgrader
            untouched = tag.get("checksum") == compute_checksum(cell)
            untouched &= cell.metadata.get("examiner") != ANSWERED_BELOW
            comments[tag.grade_id].auto_comment = (
                "No response." if untouched and not is_task(cell) else None
            )
    gradebook.db.commit()
    scored.write(student, known | {name: answers})


def scored_answers(courses: CourseDirectory, assignment: str) -> Journal:
    """What each student's points were given for, by notebook and grade id."""
    return Journal(folder_of(courses, "autograded", ".examiner", assignment) / ".answers")


def _answer(cell, notebook):
    """What a cell's points rest on: a test's own result, else what was written."""
    if is_test(cell):
        return repr(determine_grade(cell)[0])
    text = [cell.source]
    if cell.metadata.get("examiner") == ANSWERED_BELOW:
        text += [other.source for other in notebook.cells if is_extra(other)]
    return hashlib.sha256("\0".join(text).encode()).hexdigest()


def save_nothing(gradebook: Gradebook, assignment: str, student: str, name: str):
    """A notebook that was not handed in scores 0, as nbgrader has it."""
    submitted = gradebook.find_submission_notebook(name, assignment, student)
    for grade in submitted.grades:
        grade.auto_score = 0
        grade.needs_manual_grade = False
    gradebook.db.commit()


def points_of(notebook: NotebookNode) -> dict[str, float]:
    """What the tests of a graded notebook give, by grade id."""
    return {grade_id_of(cell): determine_grade(cell)[0] for cell in notebook.cells if is_test(cell)}
