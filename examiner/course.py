"""A course as nbgrader configures it: its folders, its gradebook."""

import os
import sqlite3
import sysconfig
from pathlib import Path

from nbgrader.api import MissingEntry
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import Exchange
from nbgrader.preprocessors import ClearHiddenTests
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from traitlets.config import Config, PyFileConfigLoader

from .desk import RECORD
from .execute import refuse_exposed
from .files import files_in
from .master import Master, read_master
from .refused import Refused

LOCK_SECONDS = 60  # to wait for whoever writes into a gradebook in SQLite
LOCKED = (
    f"The gradebook has been locked by another program for {LOCK_SECONDS} s: is it graded "
    "elsewhere? What was graded is kept; the same command goes on."
)


@event.listens_for(Engine, "connect")
def _be_patient(connection, _):
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout = {1000 * LOCK_SECONDS}")


def is_locked(error: Exception) -> bool:
    """Whether it says that another program holds the gradebook."""
    return isinstance(error, OperationalError) and "database is locked" in str(error.orig)


def find_course(place: Path) -> Path:
    """The folder of the course in which `place` is."""
    for folder in [place, *place.parents]:
        # A learner's own folder has a configuration too, which leads to the course's.
        if (folder / "nbgrader_config.py").is_file() and not (folder / RECORD).exists():
            return folder
    raise FileNotFoundError(
        f"{place} is in no course: run this in the folder that holds nbgrader_config.py"
    )


def load_course(folder: Path) -> NbGraderAPI:
    """nbgrader's interface to the course whose configuration is in `folder`."""
    path = folder / "nbgrader_config.py"
    if not path.is_file():
        raise FileNotFoundError(
            f"{folder} has no nbgrader_config.py: run this in the course's folder"
        )
    config = PyFileConfigLoader(path.name, path=str(folder)).load_config()
    return open_course(config)


def open_course(config: Config) -> NbGraderAPI:
    """nbgrader's interface to a course, with its log kept off the screen."""
    # For a new gradebook nbgrader calls `alembic`, and looks for it on PATH.
    scripts = sysconfig.get_path("scripts")
    if scripts not in os.environ["PATH"].split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([scripts, os.environ["PATH"]])
    course = NbGraderAPI(config=config)
    course.log.propagate = False
    return course


def is_generated(course: NbGraderAPI, assignment: str) -> bool:
    """Whether it is in the gradebook and was released; who is stopped may leave half of that."""
    released = folder_of(course.coursedir, "release", ".", assignment)
    with course.gradebook as gradebook:
        try:
            notebooks = gradebook.find_assignment(assignment).notebooks
        except MissingEntry:
            return False
        return all((released / f"{notebook.name}.ipynb").is_file() for notebook in notebooks)


def generate(course: NbGraderAPI, assignment: str):
    """Enter an assignment into the gradebook, and release it. Raises Refused."""
    made = course.generate_assignment(assignment)
    if made["success"]:
        return
    reason = made["error"].rstrip().splitlines()[-1]
    if reason.startswith(KeyboardInterrupt.__name__):  # nbgrader keeps it to itself
        raise KeyboardInterrupt
    raise Refused(
        f"The assignment cannot be generated: {reason}\n"
        f"`nbgrader generate_assignment {assignment}` tells more."
    )


def refuse_exposed_course(courses: CourseDirectory, config: Config):
    """Raises CannotConfine if students' code could read the course's folders."""
    refuse_exposed(course=Path(courses.root), exchange=exchange_of(config))


def exchange_of(config: Config) -> Path:
    """Where submissions are handed in, if the course uses nbgrader's exchange."""
    return Path(config.Exchange.get("root", Exchange.root.default_value))


def inbound_of(courses: CourseDirectory, config: Config) -> Path:
    """Where the exchange of the course receives submissions; it may be missing."""
    return exchange_of(config) / courses.course_id / "inbound"


def submitted_students(course: NbGraderAPI, assignment: str) -> list[str]:
    """Everyone with a folder for `assignment` under submitted/, sorted."""
    return sorted(course.get_submitted_students(assignment))


def folder_of(courses: CourseDirectory, step: str, student: str, assignment: str) -> Path:
    """The folder of a student's assignment at `step`, such as "submitted"."""
    return Path(courses.format_path(getattr(courses, f"{step}_directory"), student, assignment))


def masters_of(
    gradebook, courses: CourseDirectory, assignment: str, config: Config
) -> dict[str, Master]:
    """The instructor's notebooks of an assignment, by name."""
    return {
        notebook.name: master_of(gradebook, courses, assignment, notebook.name, config)
        for notebook in gradebook.find_assignment(assignment).notebooks
    }


def master_of(gradebook, courses, assignment, name, config) -> Master:
    return read_master(
        gradebook,
        assignment,
        name,
        release=folder_of(courses, "release", ".", assignment),
        source=folder_of(courses, "source", ".", assignment),
        markers=ClearHiddenTests(config=config),
    )


def given_files(courses: CourseDirectory, assignment: str) -> dict[str, bytes]:
    """The files that came with an assignment, but for what nbgrader ignores.

    Those patterns keep the instructor's own files, a notebook's text twin
    with the solutions perhaps, out of release/, and so out of here.
    """
    return files_in(folder_of(courses, "source", ".", assignment), tuple(courses.ignore))
