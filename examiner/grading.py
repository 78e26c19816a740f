"""One submission, from what was handed in to gradebook and page.

nbgrader's rules stand here: what is missing scores 0, what was late loses
points, what a person has graded stays.
"""

import hashlib
import json
import shutil
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata

from .course import (
    exchange_of,
    folder_of,
    given_files,
    masters_of,
    refuse_exposed_course,
)
from .current_pages import CurrentPages
from .execute import Job, Run
from .files import files_in, write_files
from .handed_in import time_of
from .journal import Journal
from .late import extensions_of, grant
from .plugins import (
    AssignLatePenaltiesAfterExtensions,
    ExecuteConfined,
    SaveScores,
    seconds_for_a_cell,
)
from .preflight import rebuild
from .reading import Missing, NotGradable, read_submission
from .rehearsal import (
    Rehearsal,
    forgiven_cells,
    refuse_broken,
    rehearse,
)
from .score import points_of, save_nothing, save_scores, scored_answers, settle_scores
from .submission import job_of, take_in

IN_ONE_KERNEL = "tests ran beside the student's code: not proof against forgery"
VERSION = 5  # of what a grade means; a new one grades everything anew


@dataclass
class Result:
    """What became of one student's submission.

    problem: why it could not be graded, or None. notes: what was repaired,
    and what a person may want to look at. peak_memory: of its largest
    kernel, in bytes.
    """

    student: str
    problem: str | None = None
    notes: list[str] = field(default_factory=list)
    seconds: float = 0
    peak_memory: int = 0


@dataclass
class Submission:
    """A submission on its way: a job for each of its notebooks."""

    student: str
    fingerprint: str
    notebooks: dict[str, tuple[NotebookNode, list[str]]]
    jobs: list[Job]
    started: float


class Grading:
    """How the submissions of one assignment are graded.

    unconfined: run students' code with all your rights. feedback: write the
    pages too. strict: refuse an assignment whose tests cannot run in two
    processes. done: what has become of a submission at the end, in a word.
    """

    done = "graded"

    def __init__(
        self,
        course: NbGraderAPI,
        assignment: str,
        *,
        unconfined: bool = False,
        feedback: bool = True,
        strict: bool = False,
    ):
        self.assignment = assignment
        self.strict = strict
        self.rehearsal = Rehearsal()
        self.courses = course.coursedir
        self.forgiven = forgiven_cells(Path(self.courses.root), assignment)
        self.gradebook = course.gradebook
        # One writer, and each student once: nothing goes stale.
        self.gradebook.db().expire_on_commit = False
        self.masters = masters_of(self.gradebook, self.courses, assignment, course.config)
        settings = ExecuteConfined(config=course.config)
        modules = {name for master in self.masters.values() for name in master.modules}
        self.job_settings = {
            "seconds": seconds_for_a_cell(settings),
            "confined": not (unconfined or settings.unconfined),
            "given_files": given_files(self.courses, assignment),
            "modules": tuple(sorted(modules)),
        }
        self.exchange = exchange_of(course.config)
        if self.job_settings["confined"]:
            refuse_exposed_course(self.courses, course.config)
        self.autograde = Autograde(self.courses, parent=course)
        ours = {ExecuteConfined, SaveScores, CheckCellMetadata}
        self.rooms = [
            room(parent=self.autograde)
            for room in self.autograde.autograde_preprocessors
            if room not in {*ours, AssignLatePenalties, AssignLatePenaltiesAfterExtensions}
        ]
        self.extensions = extensions_of(self.courses, assignment)
        self.late_penalties = AssignLatePenalties(parent=self.autograde)
        self.pages = CurrentPages(course, self.gradebook, assignment) if feedback else None
        self.journal = Journal(self.folder("autograded", ".examiner"))
        self.scored_answers = scored_answers(self.courses, assignment)

    def close(self):
        self.gradebook.close()

    def rehearse(self, run: Callable[[list[Job]], list[Run]]) -> list[str]:
        """Try the assignment; returns what the instructor should know.

        run: runs jobs. Raises BrokenTests, NotProof.
        """
        self.rehearsal = rehearse(
            self.masters,
            self.job_settings,
            run,
            self.rehearsal_cache(),
            self.forgiven,
        )
        refuse_broken(self.rehearsal, self.assignment, strict=self.strict)
        return self.rehearsal.notes

    def rehearsal_cache(self) -> Path:
        """Where what the rehearsal has found is kept."""
        return self.folder("autograded", ".examiner") / ".rehearsal.json"

    def begin(self, student: str) -> Submission:
        """Preflight. Raises NotGradable."""
        started = time.monotonic()
        folder = self.folder("submitted", student)
        notebooks, jobs, missing = {}, [], []
        student_files = None
        for name, master in self.masters.items():
            try:
                submitted = read_submission(folder, name)
            except Missing as problem:
                missing.append(problem)
                continue
            notebook, repairs = rebuild(master, submitted)
            notebooks[name] = notebook, repairs
            if student_files is None:
                student_files = files_in(folder)
            jobs.append(
                job_of(
                    master,
                    notebook,
                    student_files=student_files,
                    one_kernel=name in self.rehearsal.one_kernel,
                    **self._settings_for(student_files),
                )
            )
        if not notebooks:
            raise missing[0]
        known = self.rehearsal.values, self.forgiven
        fingerprint = hashlib.sha256(repr((VERSION, _as_text(notebooks), jobs, known)).encode())
        return Submission(student, fingerprint.hexdigest(), notebooks, jobs, started)

    def _settings_for(self, student_files):
        """A student's own version of a file, where nbgrader keeps that."""
        kept = self.autograde.exclude_overwriting.get(self.assignment, [])
        given = {
            name: content
            for name, content in self.job_settings["given_files"].items()
            if name not in kept or name not in student_files
        }
        return self.job_settings | {"given_files": given}

    def points(self, submission: Submission, runs: list[Run]) -> float:
        """What the tests of a run would give; nothing is written."""
        return sum(self.points_by_cell(submission, runs).values())

    def points_by_cell(
        self, submission: Submission, runs: list[Run]
    ) -> dict[tuple[str, str], float]:
        """The same, by notebook and grade id."""
        points = {}
        for (name, (notebook, _)), run in zip(submission.notebooks.items(), runs, strict=True):
            graded = deepcopy(notebook)
            take_in(graded, run, [])
            settle_scores(graded, run, self.rehearsal.values, self.forgiven)
            points |= {(name, grade_id): score for grade_id, score in points_of(graded).items()}
        return points

    def finish(self, submission: Submission, runs: list[Run], notes: list[str]) -> Result:
        """From what a worker found to gradebook and feedback page.

        notes: what is known of the runs beside what they say themselves.
        """
        result = Result(submission.student)
        result.peak_memory = max(run.peak_memory for run in runs)
        try:
            result.notes = [*notes, *self._keep(submission, runs)]
            if self.pages:
                self.pages.write(submission.student)
        except Exception:
            self.gradebook.db.rollback()
            raise
        result.seconds = time.monotonic() - submission.started
        self.journal.write(
            submission.student,
            {
                "of": submission.fingerprint,
                "late": self._seconds_late(submission.student),
                "result": asdict(result),
            },
        )
        return result

    def _keep(self, submission, runs):
        """Write the graded notebooks and their scores; return the notes."""
        student = submission.student
        notes = self._enter(student)
        handed_in = self.gradebook.find_submission(self.assignment, student)
        place = {
            "student": student,
            "assignment": self.assignment,
            "db_url": self.courses.db_url,
        }
        graded = {}
        for (name, (notebook, repairs)), run in zip(
            submission.notebooks.items(), runs, strict=True
        ):
            take_in(notebook, run, repairs)
            resources = {"nbgrader": place | {"notebook": name}}
            for room in self.rooms:
                notebook, resources = room(notebook, resources)
            notes += [f"repaired: {text}" for text in repairs]
            notes += run.lost
            notes += settle_scores(notebook, run, self.rehearsal.values, self.forgiven)
            if name in self.rehearsal.one_kernel:
                notes.append(IN_ONE_KERNEL)
            save_scores(
                self.gradebook, self.assignment, student, name, notebook, self.scored_answers
            )
            self._penalize(handed_in, notebook, resources)
            graded[f"{name}.ipynb"] = nbformat.writes(notebook).encode()
        for name in self.masters.keys() - submission.notebooks.keys():
            notes.append(f"{name}.ipynb is missing: 0 points")
            save_nothing(self.gradebook, self.assignment, student, name)
        self._archive(student, graded)
        return notes

    def _enter(self, student):
        """Student and submission into the gradebook; returns notes."""
        if self.autograde.create_student:
            self.gradebook.update_or_create_student(student)
        else:
            try:
                self.gradebook.find_student(student)
            except MissingEntry:
                raise NotGradable(
                    "not in the gradebook, and c.Autograde.create_student "
                    "is off: add the student first"
                ) from None
        timestamp, notes = self._timestamp(student)
        self.gradebook.update_or_create_submission(
            self.assignment,
            student,
            **({"timestamp": timestamp} if timestamp else {}),
        )
        grant(self.gradebook, self.assignment, student, self.extensions)
        return notes

    def _timestamp(self, student):
        return time_of(
            self.folder("submitted", student),
            self.exchange / self.courses.course_id / "inbound",
            student,
            self.assignment,
        )

    def _penalize(self, handed_in, notebook, resources):
        name = resources["nbgrader"]["notebook"]
        if handed_in.total_seconds_late > 0:
            self.late_penalties(notebook, resources)
        else:
            found = self.gradebook.find_submission_notebook(
                name, self.assignment, handed_in.student_id
            )
            if found.late_submission_penalty is not None:
                found.late_submission_penalty = None
                self.gradebook.db.commit()

    def _archive(self, student, graded):
        """Put what was graded where nbgrader expects it, all at once."""
        folder = self.folder("autograded", student)
        new = folder.with_name(f".{folder.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        write_files(
            new,
            graded,
            self.job_settings["given_files"],
            files_in(self.folder("submitted", student)),
        )
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
        self.autograde.set_permissions(self.assignment, student)

    def earlier(self, submission: Submission) -> Result | None:
        """The result of grading the very same before, if it is complete."""
        student = submission.student
        try:
            entry = self.journal.read(student)
            late = self._seconds_late(student)
        except MissingEntry:
            return None
        folder = self.folder("autograded", student)
        complete = all((folder / f"{name}.ipynb").is_file() for name in submission.notebooks)
        if self.pages:
            complete = complete and self.pages.exist(student)
        # A new due date, or an extension, changes the late penalty.
        same = entry.get("of") == submission.fingerprint
        if not (complete and same and entry.get("late") == late):
            return None
        try:
            result = Result(**entry["result"])
        except (KeyError, TypeError):  # of another version
            return None
        if self.pages:
            self.pages.write_if_stale(student)
        return result

    def _seconds_late(self, student) -> float:
        """Raises MissingEntry."""
        return self.gradebook.find_submission(self.assignment, student).total_seconds_late

    def folder(self, step: str, student: str) -> Path:
        return folder_of(self.courses, step, student, self.assignment)


def _as_text(notebooks):
    return [
        (name, json.dumps(notebook, sort_keys=True)) for name, (notebook, _) in notebooks.items()
    ]
