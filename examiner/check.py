"""For a learner: one's own notebooks, graded as an instructor would."""

import hashlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.apps import NbGraderAPI

from .batch import Batch
from .course import find_course, load_course
from .desk import Desk
from .exercise import Exercise
from .files import files_in, write_files
from .grading import VERSION, Result
from .outcome import exercises_of
from .rehearsal import FORGIVEN
from .tell import as_text
from .workers import threads

STUDENT = "you"
SCRATCH = ".graded"  # in my/


class NotFound(LookupError):
    """What was to be checked is not there; the text says what to do."""


@dataclass
class Checked:
    """What became of a notebook of one's own. page: its feedback, or None."""

    notebook: Path
    assignment: str
    result: Result
    exercises: list[Exercise]
    page: Path | None

    @property
    def points(self) -> str:
        points = sum(exercise.points for exercise in self.exercises)
        maximum = sum(exercise.maximum for exercise in self.exercises)
        return f"{points:g} of {maximum:g} points"


def check(notebooks: list[Path], assignment: str | None = None, unconfined: bool = False) -> int:
    """Grade notebooks of one's own; print what the tests say. Returns 0 if all were graded.

    notebooks: none means all in my/. assignment: where a notebook's name tells too little.
    """
    course = find_course(Path.cwd())
    if not notebooks:
        notebooks = _in_my(course)
        if not notebooks:
            raise NotFound("There is no assignment in my/ yet: make start ASSIGNMENT=ps1_rnn_cell")
    pairs = [(path, assignment or assignment_of(course, path)) for path in notebooks]
    failed = 0
    for path, name in pairs:
        print(f"{path}: grading, hidden tests too ...", flush=True)
        checked = grade_own(course, path, name, unconfined=unconfined)
        failed += checked.result.problem is not None
        _report(checked)
    return 1 if failed else 0


def progress(unconfined: bool = False) -> int:
    """Print what is solved, which questions were wrong, and which lesson mends each."""
    course = find_course(Path.cwd())
    desk = Desk(course)
    started = desk.started()
    for number, assignment in enumerate(started, start=1):
        for path in _notebooks(course, assignment):
            print(f"[{number}/{len(started)}] {assignment} ...", file=sys.stderr, flush=True)
            checked = grade_own(course, path, assignment, unconfined=unconfined)
            if checked.result.problem:
                print(f"{assignment}: {checked.result.problem}\n")
                continue
            print(f"{assignment}: {checked.points}")
            print(as_text(checked.exercises, is_graded=True, reasons=False) + "\n")
    for assignment in sorted(set(desk.assignments()) - set(started)):
        print(f"{assignment}: not started. make start ASSIGNMENT={assignment}")
    return 0


def assignment_of(course: Path, notebook: Path) -> str:
    """The assignment that a notebook is of: by its name, then by its folder's."""
    if not notebook.is_file():
        raise NotFound(f"{notebook} is not a file")
    found = sorted(path.parent.name for path in course.glob(f"source/*/{notebook.stem}.ipynb"))
    folder = notebook.resolve().parent.name
    if folder in found:
        return folder
    if not found:
        raise NotFound(
            f"no assignment in source/ has a notebook called {notebook.name}: "
            "keep the name that it had in release/"
        )
    if len(found) > 1:
        raise NotFound(
            f"{notebook.name} is in several assignments, {', '.join(found)}: "
            "say which, with --assignment"
        )
    return found[0]


def grade_own(course: Path, notebook: Path, assignment: str, *, unconfined: bool) -> Checked:
    """Grade a notebook in a scratch course of its own, kept for the next time."""
    scratch, api = _scratch(course, assignment)
    handed_in = scratch / "submitted" / STUDENT / assignment
    shutil.rmtree(handed_in, ignore_errors=True)
    handed_in.mkdir(parents=True)
    for name in {path.name for path in course.glob(f"source/{assignment}/*.ipynb")}:
        sibling = notebook.with_name(name)
        if sibling.is_file():
            shutil.copyfile(sibling, handed_in / name)
    if notebook.resolve().parent.name == assignment:  # all of it would be handed in
        own_files = files_in(notebook.parent, ("*-feedback.html",))
        write_files(handed_in, own_files)
    with (
        closing(Batch(api, assignment, unconfined=unconfined)) as batch,
        threads(1) as executor,
    ):
        (result,) = batch.grade([STUDENT], executor, 1, tell=lambda line: None)
    page, exercises = None, []
    if not result.problem:
        graded = scratch / "autograded" / STUDENT / assignment / notebook.name
        exercises = exercises_of(nbformat.read(graded, as_version=4))
        page = notebook.with_name(f"{notebook.stem}-feedback.html")
        shutil.copyfile(scratch / "feedback" / STUDENT / assignment / f"{notebook.stem}.html", page)
    return Checked(notebook, assignment, result, exercises, page)


def _scratch(course, assignment) -> tuple[Path, NbGraderAPI]:
    """A course with this assignment alone; begun anew when its source has changed."""
    own = load_course(course)
    source = course / "source" / assignment
    state = hashlib.sha256(f"{VERSION} {sys.version} {course}".encode())
    rules = [course / "nbgrader_config.py", course / FORGIVEN]
    for path in [*rules, *sorted(source.glob("*"))]:
        state.update(path.read_bytes() if path.is_file() else b"")
    home = Desk(course).folder / SCRATCH / assignment
    scratch = home / state.hexdigest()[:12]
    config = own.config.copy()
    config.CourseDirectory.root = str(scratch)
    config.CourseDirectory.db_url = f"sqlite:///{scratch}/gradebook.db"
    ready = scratch / "ready"
    if not ready.exists():
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(source, scratch / "source" / assignment)
        if (course / FORGIVEN).is_file():
            shutil.copy(course / FORGIVEN, scratch)
    api = NbGraderAPI(config=config)
    api.log.propagate = False
    if not ready.exists():
        made = api.generate_assignment(assignment)
        if not made["success"]:
            raise RuntimeError(made.get("error") or made.get("log"))
        ready.touch()
    return scratch, api


def _in_my(course) -> list[Path]:
    return [
        path for assignment in Desk(course).started() for path in _notebooks(course, assignment)
    ]


def _notebooks(course, assignment) -> Iterator[Path]:
    for path in sorted(course.glob(f"source/{assignment}/*.ipynb")):
        own = Desk(course).folder / assignment / path.name
        if own.is_file():
            yield own


def _report(checked: Checked):
    if checked.result.problem:
        print(f"NOT GRADED: {checked.result.problem}\n")
        return
    print(f"\n{checked.assignment}: {checked.points}\n")
    print(as_text(checked.exercises, is_graded=True))
    for note in checked.result.notes:
        print(f"Note: {note}")
    print(f"\nYour feedback page: {checked.page}\n")
