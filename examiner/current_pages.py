"""Feedback pages that say what the gradebook says.

A comment, or points that a person gives, come after the page was written.
nbgrader would release the page as it was.
"""

import hashlib
import os
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.exchange.default import ExchangeReleaseFeedback

from .course import folder_of
from .feedback import FeedbackPages
from .journal import Journal
from .late import settle_penalties
from .reading import WRITTEN_BY_NBGRADER
from .standing import standing_of

MAX_LINE = 1000  # characters of what nbgrader writes beside a submission


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
        self._write(student, self._standings(student))

    def write_if_stale(self, student: str) -> bool:
        """Whether there was something to write."""
        standings = self._standings(student)
        known = self._written.read(student).get("of")
        stale = not self.exist(student) or known != self._of(student, standings)
        if stale:
            self._write(student, standings)
        return stale

    def exist(self, student: str) -> bool:
        return self._pages.exist(student)

    def _write(self, student, standings):
        of = self._of(student, standings)
        self._pages.write(student, standings)
        self._written.write(student, {"of": of})

    def _standings(self, student):
        return {
            path.stem: standing_of(self.gradebook, self.assignment, student, path.stem)
            for path in self._pages.notebooks(student)
        }

    def _of(self, student, standings):
        """All that a student's pages show, as one word."""
        shown = [
            (hashlib.sha256(path.read_bytes()).hexdigest(), standings[path.stem])
            for path in self._pages.notebooks(student)
        ]
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
