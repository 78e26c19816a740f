"""What the gradebook says of a submitted notebook, as its feedback page shows it."""

from dataclasses import dataclass

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution, is_task

from .cells import grade_id_of


@dataclass(frozen=True)
class Standing:
    """Plain data, for whoever makes the page.

    name: of the student, if it is known. grades: by grade id the score, the maximum and
    whether a person has still to grade the cell. comments: by grade id.
    """

    name: str
    score: float
    max_score: float
    late_penalty: float
    grades: dict[str, tuple[float, float, bool]]
    comments: dict[str, str | None]


def standing_of(gradebook: Gradebook, assignment: str, student: str, notebook: str) -> Standing:
    """Raises MissingEntry.

    By column, and all cells at once: a person may have written since, and the session
    keeps objects.
    """
    db = gradebook.db
    found = (
        db.query(
            SubmittedNotebook.id,
            SubmittedNotebook.score,
            SubmittedNotebook.max_score,
            SubmittedNotebook.late_submission_penalty,
            Student.first_name,
            Student.last_name,
        )
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(Student, Student.id == SubmittedAssignment.student_id)
        .filter(Notebook.name == notebook, Assignment.name == assignment, Student.id == student)
        .one_or_none()
    )
    if found is None:
        raise MissingEntry(f"No such submitted notebook: {assignment}/{notebook} for {student}")
    number, score, max_score, late_penalty, *names = found
    grades = (
        db.query(BaseCell.name, Grade.score, Grade.max_score, Grade.needs_manual_grade)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .filter(Grade.notebook_id == number)
        .order_by(BaseCell.name)
    )
    comments = (
        db.query(BaseCell.name, Comment.comment)
        .join(BaseCell, BaseCell.id == Comment.cell_id)
        .filter(Comment.notebook_id == number)
        .order_by(BaseCell.name)
    )
    return Standing(
        name=" ".join(filter(None, names)),
        score=score - (late_penalty or 0),
        max_score=max_score,
        late_penalty=late_penalty or 0,
        grades={name: tuple(rest) for name, *rest in grades},
        comments=dict(comments),
    )


class GetStanding(NbGraderPreprocessor):
    """Put what the gradebook says into a notebook, as nbgrader's GetGrades does, and more.

    What is known of it already stands in resources["nbgrader"]["standing"].
    """

    def preprocess(self, nb, resources):
        place = resources["nbgrader"]
        standing = place.get("standing")
        if standing is None:
            with Gradebook(place["db_url"]) as gradebook:
                standing = standing_of(
                    gradebook, place["assignment"], place["student"], place["notebook"]
                )
        place["name"] = standing.name
        place["score"] = standing.score
        place["max_score"] = standing.max_score
        place["late_penalty"] = standing.late_penalty
        for cell in nb.cells:
            tag = cell.metadata.get("nbgrader")
            if is_solution(cell) or is_task(cell):
                tag.comment = _known(standing.comments, grade_id_of(cell))
            if is_grade(cell) or is_task(cell):
                tag.score, tag.points, waits = _known(standing.grades, grade_id_of(cell))
            if is_grade(cell):
                tag.waits = bool(waits)
        return nb, resources


def _known(entries, grade_id):
    if grade_id not in entries:
        raise MissingEntry(f"No such cell in the gradebook: {grade_id}")
    return entries[grade_id]
