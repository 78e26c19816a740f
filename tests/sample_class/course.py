"""A scratch course: the sample class hands in, and is graded by nbgrader.

Everything goes the way of a real course, through the exchange, but in a
folder of its own: the course's own gradebook is never touched.
"""

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import nbformat
from nbgrader.exchange.default import ExchangeSubmit
from nbgrader.plugins import CsvExportPlugin
from traitlets.config import PyFileConfigLoader

from examiner.batch import Batch
from examiner.course import open_course, submitted_students

from .students import CLASS, Work, position

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENTS = sorted(path.parent.name for path in ROOT.glob("source/*/*.ipynb"))


def set_up(folder: Path):
    """Copy the course's masters to `folder` and release them there."""
    shutil.copytree(ROOT / "source", folder / "source")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    course = reopen(folder)
    for assignment in ASSIGNMENTS:
        succeed(course.generate_assignment(assignment))
        succeed(course.release_assignment(assignment))
    return course


def reopen(folder: Path):
    """nbgrader's interface to the scratch course in `folder`."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()
    config.Exchange.root = str(folder / "exchange")
    config.Exchange.cache = str(folder / "cache")
    config.Exchange.assignment_dir = str(folder / "home")
    config.ExchangeCollect.check_owner = False  # all are one user here
    return open_course(config)


def hand_in(course, folder: Path):
    """Every student of the class submits every assignment; all is collected."""
    for assignment in ASSIGNMENTS:
        for student, works in CLASS.items():
            home = folder / "home" / assignment
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir(parents=True)
            write_submission(
                folder / "release" / assignment / f"{assignment}.ipynb",
                home,
                works[assignment],
            )
            submit = ExchangeSubmit(
                coursedir=course.coursedir,
                authenticator=course.authenticator,
                parent=course,
            )
            submit.coursedir.assignment_id = assignment
            submit.coursedir.student_id = student
            submit.start()
            submit.coursedir.student_id = "*"
        succeed(course.collect(assignment))


def write_submission(student_version: Path, home: Path, work: Work):
    """Write what a student hands in to the folder `home`."""
    path = home / (work.file_name or student_version.name)
    if work.raw is not None:
        path.write_bytes(work.raw)
        return
    notebook = nbformat.read(student_version, as_version=4)
    for grade_id, source in work.answers.items():
        notebook.cells[position(notebook, grade_id)].source = source
    if work.change:
        work.change(notebook)
    nbformat.write(notebook, path)


def grade(course, tell=print):
    """Autograde everything and write feedback. Returns results by assignment."""
    return {assignment: grade_assignment(course, assignment, tell) for assignment in ASSIGNMENTS}


def grade_assignment(course, assignment, tell=print, **how):
    """Autograde one assignment for everyone who handed it in.

    how: what Batch can be told.
    """
    with (
        closing(Batch(course, assignment, **how)) as batch,
        ThreadPoolExecutor(2) as executor,
    ):
        return batch.grade(
            submitted_students(course, assignment),
            executor,
            2,
            lambda line: tell(f"{assignment} {line}"),
        )


def hand_back(course, folder: Path):
    """Release the feedback pages and export the grades."""
    for assignment in ASSIGNMENTS:
        succeed(course.release_feedback(assignment))
    with course.gradebook as gradebook:
        export = CsvExportPlugin(parent=course)
        export.to = str(folder / "grades.csv")
        export.export(gradebook)


def succeed(outcome):
    if not outcome["success"]:
        raise RuntimeError(outcome.get("log") or outcome.get("error"))
