"""One submission, from what was handed in to gradebook and page.

By nbgrader's rules: what is missing scores 0, what was late loses points,
what a person has graded stays.
"""

import hashlib
import json
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata

from .assignment import Assignment
from .current_pages import CurrentPages
from .exam import Job, Run
from .files import write_files
from .journal import Journal
from .plugins import (
    AssignLatePenaltiesAfterExtensions,
    ExecuteConfined,
    SaveScores,
)
from .reading import Missing, NotGradable
from .score import save_nothing, save_scores

VERSION = 6  # of what a grade means; a new one grades everything anew


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
        self.courses = course.coursedir
        self.gradebook = course.gradebook
        # One writer, and each student once: nothing goes stale.
        self.gradebook.db().expire_on_commit = False
        settings = ExecuteConfined(config=course.config)
        self.assignment = Assignment(
            self.courses,
            self.gradebook,
            assignment,
            settings,
            unconfined=unconfined or settings.unconfined,
            strict=strict,
        )
        self.autograde = Autograde(self.courses, parent=course)
        ours = {ExecuteConfined, SaveScores, CheckCellMetadata}
        self.rooms = [
            room(parent=self.autograde)
            for room in self.autograde.autograde_preprocessors
            if room not in {*ours, AssignLatePenalties, AssignLatePenaltiesAfterExtensions}
        ]
        self.late_penalties = AssignLatePenalties(parent=self.autograde)
        self.pages = CurrentPages(course, self.gradebook, assignment) if feedback else None
        self.journal = Journal(self.folder("autograded", ".examiner"))

    def close(self):
        self.gradebook.close()

    @property
    def job_settings(self) -> dict:
        return self.assignment.job_settings

    def rehearse(self, run: Callable[[list[Job]], list[Run]]) -> list[str]:
        """Try the assignment; returns what the instructor should know.

        run: runs jobs. Raises BrokenTests, NotProof.
        """
        return self.assignment.rehearse(run, self.rehearsal_cache())

    def rehearsal_cache(self) -> Path:
        """Where what the rehearsal has found is kept."""
        return self.assignment.rehearsal_cache()

    def begin(self, student: str) -> Submission:
        """Preflight. Raises NotGradable."""
        started = time.monotonic()
        notebooks, jobs, missing = {}, [], []
        student_files = None
        for name in self.assignment.masters:
            try:
                notebook, repairs = self.assignment.rebuild(student, name)
            except Missing as problem:
                missing.append(problem)
                continue
            notebooks[name] = notebook, repairs
            if student_files is None:
                student_files = self.assignment.student_files(student)
            jobs.append(self.assignment.job(name, notebook, student_files))
        if not notebooks:
            raise missing[0]
        known = self.assignment.rehearsal.values, self.assignment.forgiven
        of = VERSION, _as_text(notebooks), list(map(_without_contents, jobs)), known
        fingerprint = hashlib.sha256(repr(of).encode())
        return Submission(student, fingerprint.hexdigest(), notebooks, jobs, started)

    def points(self, submission: Submission, runs: list[Run]) -> dict[tuple[str, str], float]:
        """What the tests would give, by notebook and grade id; nothing is written."""
        return {
            (name, grade_id): score
            for (name, (notebook, _)), run in zip(submission.notebooks.items(), runs, strict=True)
            for grade_id, score in self.assignment.points(name, notebook, run).items()
        }

    def better(
        self, submission: Submission, first: list[Run], second: list[Run]
    ) -> tuple[list[Run], list[str]]:
        """Of two runs of each notebook the one that counts, and notes on that."""
        chosen, notes = [], []
        for (name, (notebook, _)), *runs in zip(
            submission.notebooks.items(), first, second, strict=True
        ):
            run, more = self.assignment.better(name, notebook, *runs)
            chosen.append(run)
            notes += more
        return chosen, notes

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
        handed_in = self.gradebook.find_submission(self.assignment.name, student)
        place = {
            "student": student,
            "assignment": self.assignment.name,
            "db_url": self.courses.db_url,
        }
        graded = {}
        for (name, (notebook, repairs)), run in zip(
            submission.notebooks.items(), runs, strict=True
        ):
            notes += self.assignment.take_in(name, notebook, run, repairs)
            resources = {"nbgrader": place | {"notebook": name}}
            for room in self.rooms:
                notebook, resources = room(notebook, resources)
            save_scores(
                self.gradebook,
                self.assignment.name,
                student,
                name,
                notebook,
                self.assignment.scored_answers,
            )
            self._penalize(handed_in, notebook, resources)
            graded[f"{name}.ipynb"] = nbformat.writes(notebook).encode()
        for name in self.assignment.masters.keys() - submission.notebooks.keys():
            notes.append(f"{name}.ipynb is missing: 0 points")
            save_nothing(self.gradebook, self.assignment.name, student, name)
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
        return self.assignment.enter_time(self.gradebook, student)

    def _penalize(self, handed_in, notebook, resources):
        name = resources["nbgrader"]["notebook"]
        if handed_in.total_seconds_late > 0:
            self.late_penalties(notebook, resources)
        else:
            found = self.gradebook.find_submission_notebook(
                name, self.assignment.name, handed_in.student_id
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
            self.assignment.student_files(student),
        )
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
        self.autograde.set_permissions(self.assignment.name, student)

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
        return self.gradebook.find_submission(self.assignment.name, student).total_seconds_late

    def folder(self, step: str, student: str) -> Path:
        return self.assignment.folder(step, student)


def _without_contents(job):
    """A job with its files as digests: as text, bytes take four times their room."""
    digests = {
        kind: {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        for kind, files in (
            ("student_files", job.student_files),
            ("given_files", job.given_files),
        )
    }
    return replace(job, **digests)


def _as_text(notebooks):
    return [
        (name, json.dumps(notebook, sort_keys=True)) for name, (notebook, _) in notebooks.items()
    ]
