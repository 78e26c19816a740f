"""Who may hand in later, and what late work costs: always of the points as they are now.

nbgrader asks its LateSubmissionPlugin once, when a submission is graded by
the program. Points that a person gives later would escape the penalty.
"""

import csv
import math
from datetime import timedelta
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import Float

DAY = 24 * 60 * 60
EXTENSIONS = "extensions.csv"  # beside nbgrader_config.py
COLUMNS = ("assignment", "student", "days", "hours")


class BadExtension(ValueError):
    """A line of extensions.csv that cannot be read."""


class LatePerDay(LateSubmissionPlugin):
    """A share of the points that were earned, for each day begun.

    c.AssignLatePenalties.plugin_class = "examiner.late.LatePerDay"
    """

    percent = Float(10, min=0, max=100, help="Lost for each day begun, in per cent.").tag(
        config=True
    )
    most = Float(100, min=0, max=100, help="Never lost more than this, in per cent.").tag(
        config=True
    )
    grace_minutes = Float(0, min=0, help="Not late before this many minutes have passed.").tag(
        config=True
    )

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        if total_seconds_late <= 60 * self.grace_minutes:
            return None
        days = math.ceil(total_seconds_late / DAY)
        return score * min(days * self.percent, self.most) / 100


def extensions_of(courses: CourseDirectory, assignment: str) -> dict[str, timedelta]:
    """By student, as extensions.csv names them. Raises BadExtension."""
    path = Path(courses.root) / EXTENSIONS
    if not path.is_file():
        return {}
    found = {}
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file, skipinitialspace=True)
        titles = set(reader.fieldnames or [])
        if not titles >= {"assignment", "student"} or not titles & {"days", "hours"}:
            raise BadExtension(f"{path}: expected the columns {', '.join(COLUMNS)}")
        for row in reader:
            if row["assignment"] != assignment:
                continue
            where, student = f"{path}, line {reader.line_num}", row["student"]
            if student in found:
                raise BadExtension(f"{where}: {student!r} has an extension above already")
            try:
                times = {name: float(row.get(name) or 0) for name in ("days", "hours")}
                found[student] = timedelta(**times)
            except (OverflowError, ValueError):
                raise BadExtension(f"{where}: expected numbers of days and hours") from None
            if found[student] < timedelta(0):
                raise BadExtension(f"{where}: an extension below 0")
    return found


def grant(gradebook: Gradebook, assignment: str, student: str, extensions: dict[str, timedelta]):
    """Give a student who has handed in the extension of extensions.csv, if there is one."""
    if student in extensions:
        submission = gradebook.find_submission(assignment, student)
        new = extensions[student] or None
        if submission.extension != new:
            submission.extension = new
            gradebook.db.commit()


def settle_penalties(gradebook: Gradebook, course: NbGraderAPI, assignment: str):
    """Bring all extensions and late penalties of an assignment up to date."""
    extensions = extensions_of(course.coursedir, assignment)
    room = AssignLatePenalties(config=course.config)
    room.init_plugin()
    for submission in gradebook.assignment_submissions(assignment):
        grant(gradebook, assignment, submission.student_id, extensions)
        late = submission.total_seconds_late
        for notebook in submission.notebooks:
            penalty = None
            if late > 0:
                penalty = room.plugin_inst.late_submission_penalty(
                    submission.student_id, notebook.score, late
                )
            if penalty is not None:
                penalty = min(max(penalty, 0.0), notebook.score)
            if penalty != notebook.late_submission_penalty:
                notebook.late_submission_penalty = penalty
    if gradebook.db.dirty:
        gradebook.db.commit()
