"""Feedback pages that say what the gradebook says.

A comment, or points that a person gives, come after the page was written.
nbgrader would release the page as it was.
"""

import hashlib
import os
from pathlib import Path

from nbgrader.api import Comment, Grade, Gradebook, SubmittedNotebook
from nbgrader.apps import NbGraderAPI
from nbgrader.exchange.default import ExchangeReleaseFeedback

from .course import folder_of
from .feedback import FeedbackPages
from .journal import Journal
from .late import settle_penalties
from .reading import WRITTEN_BY_NBGRADER

GRADE = (
    Grade.cell_id,
    Grade.auto_score,
    Grade.manual_score,
    Grade.extra_credit,
    Grade.needs_manual_grade,
)
MAX_LINE = 1000  # characters of what nbgrader writes beside a submission
COMMENT = (Comment.cell_id, Comment.auto_comment, Comment.manual_comment)


class CurrentPages:
    """Writes the pages of an assignment where they are not those of today."""

    def __init__(self, course: NbGraderAPI, gradebook: Gradebook, assignment: str):
        self.assignment = assignment
        self.gradebook = gradebook
        self._courses = course.coursedir
        self._pages = FeedbackPages(course, assignment)
        # What each student's pages were written from.
        self._written = Journal(self._folder("autograded", ".examiner") / ".pages")

    def write(self, student: str):
        of = self._of(student)
        self._pages.write(student)
        self._written.write(student, {"of": of})

    def write_if_stale(self, student: str) -> bool:
        """Whether there was something to write."""
        stale = not self.exist(student) or self._written.read(student).get("of") != self._of(
            student
        )
        if stale:
            self.write(student)
        return stale

    def exist(self, student: str) -> bool:
        return self._pages.exist(student)

    def _of(self, student):
        """All that a student's pages show, as one word."""
        shown = []
        for path in sorted(self._folder("autograded", student).glob("*.ipynb")):
            if not path.is_file():  # a student may call a folder so
                continue
            shown.append(hashlib.sha256(path.read_bytes()).hexdigest())
            found = self.gradebook.find_submission_notebook(path.stem, self.assignment, student)
            # By column: a person may have written since, and the session keeps objects.
            for columns, own in (
                ((SubmittedNotebook.late_submission_penalty,), SubmittedNotebook.id == found.id),
                (GRADE, Grade.notebook_id == found.id),
                (COMMENT, Comment.notebook_id == found.id),
            ):
                rows = self.gradebook.db.query(*columns).filter(own).order_by(columns[0])
                shown.append([tuple(row) for row in rows])
        return hashlib.sha256(repr(shown).encode()).hexdigest()

    def _folder(self, step, student) -> Path:
        return folder_of(self._courses, step, student, self.assignment)


class ReleaseCurrentFeedback(ExchangeReleaseFeedback):
    """nbgrader's, which first brings the pages that it releases up to date.

    It stops, for all others too, where it cannot read the two files that it finds a
    student by; these are as the student handed them in.
    """

    def copy_files(self):
        left_out = self.coursedir.student_id_exclude
        self.coursedir.student_id_exclude = ",".join(
            filter(None, [left_out, *self._bring_up_to_date()])
        )
        try:
            super().copy_files()
        finally:
            self.coursedir.student_id_exclude = left_out

    def _bring_up_to_date(self):
        """Returns the students to whom nothing can be released."""
        cannot = []
        course = NbGraderAPI(self.coursedir, config=self.config)
        assignment = self.coursedir.assignment_id
        chosen = self.coursedir.student_id or "*"
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            settle_penalties(gradebook, course, assignment)
            pages = CurrentPages(course, gradebook, assignment)
            for submission in gradebook.assignment_submissions(assignment):
                student = submission.student_id
                folder = self.coursedir.format_path(
                    self.coursedir.feedback_directory, student, assignment
                )
                if chosen not in {"*", student} or not os.path.isdir(folder):
                    continue
                try:
                    if pages.write_if_stale(student):
                        self.log.info("Wrote anew the feedback page of student '%s'", student)
                except Exception as error:  # a notebook that the assignment has no more, say
                    self.log.warning(
                        "The feedback page of student '%s' is left as it was (%s)",
                        student,
                        type(error).__name__,
                    )
                for name in sorted(WRITTEN_BY_NBGRADER):
                    if not _is_one_line(Path(folder) / name):
                        self.log.error("Student '%s' has no usable %s: not released", student, name)
                        cannot.append(student)
        return cannot


def _is_one_line(path):
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(MAX_LINE + 1).strip()
    except (OSError, ValueError):
        return False
    return 0 < len(text) <= MAX_LINE and text.isprintable()
