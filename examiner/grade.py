"""Grade the submissions of an assignment, one student after another."""

import os
import re
import sysconfig
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from traitlets.config import Config, PyFileConfigLoader

from .preflight import reason_not_to_grade


@dataclass(frozen=True)
class Result:
    """What became of one student's submission."""

    student: str
    problem: str | None  # None: graded
    seconds: float


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


def submitted_students(course: NbGraderAPI, assignment: str) -> list[str]:
    """Everyone with a folder for `assignment` under submitted/, sorted."""
    return sorted(course.get_submitted_students(assignment))


def grade_assignment(
    course: NbGraderAPI,
    assignment: str,
    students: list[str],
    tell: Callable[[str], None] = print,
) -> list[Result]:
    """Autograde `assignment` for each of `students`, then write feedback.

    A submission that cannot be graded is named by `tell` and passed over;
    what was graded of it before is kept. Returns a Result for each student.
    """
    with course.gradebook as gradebook:
        notebooks = [
            notebook.name
            for notebook in gradebook.find_assignment(assignment).notebooks
        ]
    results = []
    for number, student in enumerate(students, start=1):
        started = time.monotonic()
        problem = _grade(course, assignment, student, notebooks)
        results.append(Result(student, problem, time.monotonic() - started))
        remaining = (len(students) - number) * (
            sum(result.seconds for result in results) / number
        )
        tell(
            f"[{number}/{len(students)}] {student}: "
            + (f"NOT GRADED: {problem}" if problem else "graded")
            + f" ({results[-1].seconds:.1f} s, about {remaining:.0f} s left)"
        )
    return results


def _grade(course, assignment, student, notebooks):
    folder = Path(
        course.coursedir.format_path(
            course.coursedir.submitted_directory, student, assignment
        )
    )
    problem = reason_not_to_grade(folder, notebooks)
    if problem:
        return problem
    for step in (course.autograde, course.generate_feedback):
        outcome = step(assignment, student, force=True)
        if not outcome["success"]:
            return _reason(outcome)
    return None


def _reason(outcome):
    """The error in nbgrader's log that stopped it."""
    said = f"{outcome.get('log', '')}\n{outcome.get('error', '')}"
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [
        line
        for line in lines
        if re.match(r"[\w.]+(Error|Exception): ", line)
        and "Please see the" not in line
    ]
    return (errors or lines or ["nbgrader gave no reason"])[-1]
