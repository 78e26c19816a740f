"""Grades into the file that a learning management system gave out."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from ..refused import Refused
from .grades import Grade, State
from .sheet import Sheet


@dataclass
class Filled:
    """What became of a file.

    rows: the row of each student whose grade was written. notes: what the
    instructor should know.
    """

    content: bytes
    rows: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def with_grade(grades: list[Grade], unfinished: bool, without: list[str]) -> list[Grade]:
    """Those whose grade leaves the course.

    unfinished: also of work that waits for a person. without: students who
    are left out. Raises Refused if one of them is unknown.
    """
    unknown = sorted(set(without) - {grade.student for grade in grades})
    if unknown:
        raise Refused(f"--without {unknown[0]}: there is no such student.")
    states = {State.FINAL, State.WAITING} if unfinished else {State.FINAL}
    return [
        grade for grade in grades if grade.state in states and grade.student not in set(without)
    ]


def left_out(grades: list[Grade], unfinished: bool) -> list[str]:
    """Who has handed in and gets no grade, in words."""
    notes = []
    for state, advice in (
        (State.WAITING, "--unfinished writes their points so far"),
        (State.NOT_GRADED, "`examiner grade` says why, or grades them"),
    ):
        students = [grade.student for grade in grades if grade.state is state]
        if students and not (unfinished and state is State.WAITING):
            notes.append(f"Left as they were, {state.value}: {', '.join(students)} ({advice}).")
    return notes


def rows_of(
    sheet: Sheet, rows: list[int], grades: list[Grade], is_row_of: Callable[[int, Grade], bool]
) -> dict[str, int]:
    """The one row of each student. Raises Refused, and names the first who has none or two."""
    found, owners = {}, defaultdict(list)
    for grade in grades:
        own = [row for row in rows if is_row_of(row, grade)]
        who = f"{grade.student} ({grade.name or 'no name'})"
        if not own:
            raise Refused(
                f"{sheet.name} has no row for {who}. Is it the file of this class, and is the "
                "roster imported (`examiner roster`)? "
                f"--without {grade.student} leaves this student out."
            )
        if len(own) > 1:
            lines = " and ".join(str(row + 1) for row in own)
            raise Refused(f"{sheet.name} has {who} more than once: rows {lines}.")
        found[grade.student] = own[0]
        owners[own[0]].append(grade.student)
    for row, students in owners.items():
        if len(students) > 1:
            raise Refused(
                f"{sheet.name}, row {row + 1} could be {' or '.join(students)}: "
                "mend their numbers or e-mail addresses in the gradebook."
            )
    return found


def write_scores(
    sheet: Sheet,
    column: int,
    rows: dict[str, int],
    grades: list[Grade],
    *,
    factor: float,
    comma: bool,
) -> list[str]:
    """Write each score at two decimals; returns whose grade is another than before."""
    changed = []
    for grade in grades:
        row = rows[grade.student]
        new, before = grade.score * factor, sheet.value(row, column)
        if before and _number(before) != round(new, 2):
            changed.append(f"{grade.student} from {before} to {as_text(new, comma)}")
        if _number(before) != round(new, 2):
            sheet.write(row, column, as_text(new, comma))
    return changed


def factor_to(maximum: float, points: float | None, scale: bool, name: str) -> float:
    """What a score is multiplied with, where the file counts other points."""
    if points is None or points == maximum:
        return 1.0
    if not scale:
        raise Refused(
            f"{name} counts {points:g} points, the assignment has {maximum:g}. Set the points "
            "there and download the file again, or convert the grades with --scale."
        )
    return points / maximum


def as_text(score: float, comma: bool) -> str:
    text = f"{score:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if comma else text


def number_in(text: str) -> float | None:
    """A number as such a file writes it, with a point or a comma."""
    return _number(text)


def _number(text):
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
