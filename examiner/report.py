"""The gradebook as a table: a row a student, a column an exercise.

An exercise is the part of a grade id before the first "-": the cells
`rnn_step-bias` and `rnn_step-input` belong to the exercise `rnn_step`.
"""

from dataclasses import dataclass, field

from nbgrader.api import Gradebook, MissingEntry

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


def student_row(gradebook: Gradebook, assignment: str, result: Result) -> Row:
    """The points of one student; none where the submission was not graded."""
    row = Row(result.student, _name(gradebook, result.student))
    if result.problem:
        row.note = f"NOT GRADED: {result.problem}"
        return row
    try:
        submission = gradebook.find_submission(assignment, result.student)
    except MissingEntry:
        row.note = "NOT GRADED: not in the gradebook"
        return row
    by_hand = 0
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            exercise = exercise_of(grade.name)
            row.points[exercise] = row.points.get(exercise, 0.0) + grade.score
            by_hand += grade.needs_manual_grade
    notes = [f"{by_hand} to grade by hand"] if by_hand else []
    if submission.late_submission_penalty:
        row.penalty = submission.late_submission_penalty
        notes.append(f"late penalty {row.penalty:g}")
    row.note = "; ".join([*notes, *result.notes])
    return row


def table(gradebook: Gradebook, assignment: str, results: list[Result]) -> str:
    """A table for the terminal, with the maximum points in its first row."""
    maximum = maximum_points(gradebook, assignment)
    rows = [student_row(gradebook, assignment, result) for result in results]
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
    failed = [result for result in results if result.problem is not None]
    if failed:
        lines.append(f"{len(failed)} of {len(results)} not graded:")
        for result in failed:
            name = _name(gradebook, result.student)
            who = f"{result.student} ({name})" if name else result.student
            lines.append(f"  {who}: {result.problem}")
    waiting = [
        submission.student_id
        for submission in gradebook.assignment_submissions(assignment)
        if submission.needs_manual_grade
    ]
    if waiting:
        lines.append(
            f"{len(waiting)} wait for a person: `examiner by-hand {assignment}`, or Manual Grading "
            "in the formgrader."
        )
    known = {submission.student_id for submission in gradebook.assignment_submissions(assignment)}
    known |= {result.student for result in results}
    missing = sorted(student.id for student in gradebook.students if student.id not in known)
    if missing:
        lines.append(f"{len(missing)} have not handed in: {', '.join(missing)}")
    return for_terminal("\n".join(lines))


def _name(gradebook, student):
    try:
        found = gradebook.find_student(student)
    except MissingEntry:
        return ""
    name = f"{found.first_name or ''} {found.last_name or ''}".strip()
    return "".join(sign if sign.isprintable() else "?" for sign in name)


def _points(value: float) -> str:
    return f"{value:g}"
