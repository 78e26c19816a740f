"""The gradebook as a table: a row a student, a column an exercise.

An exercise is the part of a grade id before the first "-": the cells
`rnn_step-bias` and `rnn_step-input` belong to the exercise `rnn_step`.
"""

from collections import Counter
from dataclasses import dataclass, field

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import Integer, case, cast, func

from .batch import Result
from .sanitize import for_terminal


@dataclass
class Row:
    """One student's points, by exercise, and what a person must look at."""

    student: str
    name: str = ""
    points: dict[str, float] = field(default_factory=dict)
    penalty: float = 0.0
    note: str = ""

    @property
    def score(self) -> float:
        """What counts in the end: after the late penalty."""
        return max(0.0, sum(self.points.values()) - self.penalty)


def exercise_of(grade_id: str) -> str:
    return grade_id.split("-")[0]


def maximum_points(gradebook: Gradebook, assignment: str) -> dict[str, float]:
    """The points to be had for each exercise, in the notebook's order."""
    points: dict[str, float] = {}
    for notebook in gradebook.find_assignment(assignment).notebooks:
        maximum = {cell.name: cell.max_score for cell in notebook.grade_cells}
        for source in notebook.source_cells:
            if source.name in maximum:
                exercise = exercise_of(source.name)
                points.setdefault(exercise, 0.0)
                points[exercise] += maximum[source.name]
    return points


def rows_of(gradebook: Gradebook, assignment: str, results: list[Result]) -> list[Row]:
    """The points of each student; none where the submission was not graded.

    In as many queries for a class as for one student.
    """
    names = _names(gradebook)
    late = SubmittedNotebook.late_submission_penalty
    of_late = dict(  # not joined: SQLite would scan this table for each student
        gradebook.db.query(SubmittedNotebook.assignment_id, func.sum(late))
        .filter(late.is_not(None))
        .group_by(SubmittedNotebook.assignment_id)
    )
    columns = SubmittedAssignment.id, SubmittedAssignment.student_id
    penalties = {
        student: of_late.get(number, 0.0)
        for number, student in _submitted(gradebook, assignment, *columns)
    }
    points: dict[str, dict[str, float]] = {}
    by_hand = Counter()
    for student, exercise, score, waiting in _points_by_exercise(gradebook, assignment):
        points.setdefault(student, {})[exercise] = score
        by_hand[student] += waiting
    rows = []
    for result in results:
        student = result.student
        row = Row(student, names.get(student, ""))
        rows.append(row)
        if result.problem:
            row.note = f"NOT GRADED: {result.problem}"
        elif student not in penalties:
            row.note = "NOT GRADED: not in the gradebook"
        else:
            row.points = points.get(student, {})
            row.penalty = penalties[student]
            notes = [f"{by_hand[student]} to grade by hand"] if by_hand[student] else []
            if row.penalty:
                notes.append(f"late penalty {row.penalty:g}")
            row.note = "; ".join([*notes, *result.notes])
    return rows


def table(gradebook: Gradebook, assignment: str, results: list[Result]) -> str:
    """A table for the terminal, with the maximum points in its first row."""
    maximum = maximum_points(gradebook, assignment)
    rows = rows_of(gradebook, assignment, results)
    names = ["name"] * any(row.name for row in rows)
    header = ["student", *names, *maximum, "score", ""]
    lines = [
        [
            "of",
            *([""] * len(names)),
            *map(_points, maximum.values()),
            _points(sum(maximum.values())),
            "",
        ]
    ]
    for row in rows:
        points = [_points(row.points[name]) if name in row.points else "-" for name in maximum]
        score = _points(row.score) if row.points else "-"
        lines.append([row.student, *[row.name] * len(names), *points, score, row.note])
    widths = [max(map(len, column)) for column in zip(header, *lines, strict=True)]
    ruler = ["-" * width for width in widths[:-1]] + [""]
    return for_terminal(
        "\n".join(
            "  ".join(
                text.ljust(width)
                if index in (0, len(names), len(header) - 1)
                else text.rjust(width)
                for index, (text, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in [header, ruler, *lines]
        )
    )


def summary(gradebook: Gradebook, assignment: str, results: list[Result]) -> str:
    """Who is not done, and why, for the end of the screen."""
    lines = []
    names = _names(gradebook)
    failed = [result for result in results if result.problem is not None]
    if failed:
        lines.append(f"{len(failed)} of {len(results)} not graded:")
        for result in failed:
            name = names.get(result.student)
            who = f"{result.student} ({name})" if name else result.student
            lines.append(f"  {who}: {result.problem}")
    student = SubmittedAssignment.student_id
    waiting = _graded(gradebook, assignment, student).filter(Grade.needs_manual_grade).distinct()
    waiting = waiting.all()
    if waiting:
        lines.append(
            f"{len(waiting)} wait for a person: `examiner by-hand {assignment}`, or Manual Grading "
            "in the formgrader."
        )
    known = {one for (one,) in _submitted(gradebook, assignment, student)}
    known |= {result.student for result in results}
    missing = sorted(names.keys() - known)
    if missing:
        lines.append(f"{len(missing)} have not handed in: {', '.join(missing)}")
    return for_terminal("\n".join(lines))


def _points_by_exercise(gradebook, assignment):
    """Student, exercise, points, and how many of its cells wait for a person."""
    cells = (
        gradebook.db.query(BaseCell.id, BaseCell.name)
        .join(Notebook, Notebook.id == BaseCell.notebook_id)
        .join(Assignment, Assignment.id == Notebook.assignment_id)
        .filter(Assignment.name == assignment)
    )
    exercises = {number: exercise_of(name) for number, name in cells}
    if not exercises:
        return []
    student = SubmittedAssignment.student_id
    exercise = case(exercises, value=Grade.cell_id)
    waiting = func.sum(cast(Grade.needs_manual_grade, Integer))
    columns = student, exercise, func.sum(Grade.score), waiting
    return _graded(gradebook, assignment, *columns).group_by(student, exercise)


def _names(gradebook):
    """Of all students, as far as they are known."""
    found = gradebook.db.query(Student.id, Student.first_name, Student.last_name)
    return {student: _printable(f"{first or ''} {last or ''}") for student, first, last in found}


def _printable(name):
    return "".join(sign if sign.isprintable() else "?" for sign in name.strip())


def _submitted(gradebook, assignment, *columns):
    """A query of what students have handed in for an assignment."""
    return (
        gradebook.db.query(*columns)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .filter(Assignment.name == assignment)
    )


def _graded(gradebook, assignment, *columns):
    """A query of the grades for it."""
    return (
        _submitted(gradebook, assignment, *columns)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
    )


def _points(value: float) -> str:
    return f"{value:g}"
