"""The final score of everybody in the class, and who has none yet."""

from dataclasses import dataclass
from enum import Enum

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps import NbGraderAPI

from ..course import folder_of, inbound_of, submitted_students
from ..handed_in import time_of
from ..late import settle_penalties
from ..refused import Refused


class State(Enum):
    """How far a student's work has come; the value is what a person reads."""

    FINAL = "graded"
    WAITING = "waits for a person"
    NOT_GRADED = "not graded"
    NOT_HANDED_IN = "not handed in"


@dataclass(frozen=True)
class Grade:
    """One student's grade for one assignment.

    score: after the late penalty; None where nothing was graded. lms_user_id:
    the number that a learning management system knows the student by.
    """

    student: str
    state: State
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""
    score: float | None = None
    raw_score: float | None = None
    penalty: float | None = None
    handed_in: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_final(self) -> bool:
        return self.state is State.FINAL


def maximum_score(gradebook: Gradebook, assignment: str) -> float:
    """The points to be had. Raises Refused if nobody was graded yet."""
    try:
        return gradebook.find_assignment(assignment).max_score
    except MissingEntry:
        known = ", ".join(sorted(found.name for found in gradebook.assignments))
        raise Refused(
            f"There is no assignment {assignment!r} in the gradebook. "
            f"There are: {known or 'none'}. `examiner grade ASSIGNMENT` enters one."
        ) from None


def grades_of(course: NbGraderAPI, gradebook: Gradebook, assignment: str) -> list[Grade]:
    """A Grade for everybody in the gradebook or in submitted/, by student id."""
    maximum_score(gradebook, assignment)
    settle_penalties(gradebook, course, assignment)
    students = {student.id: student for student in gradebook.students}
    has_handed_in = set(submitted_students(course, assignment))
    submissions = {
        submission.student_id: submission
        for submission in gradebook.assignment_submissions(assignment)
    }
    return [
        _grade(
            course,
            assignment,
            name,
            students.get(name),
            submissions.get(name),
            name in has_handed_in,
        )
        for name in sorted(students.keys() | has_handed_in)
    ]


def _grade(course, assignment, name, student, submission, has_handed_in):
    person = {
        field: getattr(student, field, None) or ""
        for field in ("first_name", "last_name", "email", "lms_user_id")
    }
    if submission is None:
        state = State.NOT_GRADED if has_handed_in else State.NOT_HANDED_IN
        return Grade(name, state, **person)
    penalty = submission.late_submission_penalty or 0.0
    return Grade(
        name,
        _state(course, assignment, submission),
        **person,
        score=max(0.0, submission.score - penalty),
        raw_score=submission.score,
        penalty=penalty,
        handed_in=str(submission.timestamp or ""),
    )


def _state(course, assignment, submission):
    student = submission.student_id
    folder = folder_of(course.coursedir, "submitted", student, assignment)
    newest = None
    if folder.is_dir():
        inbound = inbound_of(course.coursedir, course.config)
        newest, _ = time_of(folder, inbound, student, assignment)
    if newest is not None and newest != submission.timestamp:
        return State.NOT_GRADED  # what was graded is an older version
    return State.WAITING if submission.needs_manual_grade else State.FINAL
