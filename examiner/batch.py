"""Grade a whole class: workers run the submissions, one writer keeps the book.

A batch that was killed goes on where it was: what has been graded, from the
same submission by the same tests, is not graded again.
"""

import hashlib
import json
import shutil
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, wait
from dataclasses import asdict, dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata

from .course import (
    folder_of,
    given_files,
    masters_of,
    refuse_exposed_course,
)
from .execute import CannotConfine, Job, Run, run_job
from .feedback import FeedbackPages
from .files import files_in, write_files
from .plugins import ExecuteConfined, SaveScores, seconds_for_a_cell
from .preflight import NotGradable, read_submission, rebuild
from .score import save_scores, settle_scores
from .submission import job_of, take_in

VERSION = 3  # of what a grade means; a new one grades everything anew


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
class _Submission:
    """A submission on its way: a job for each of its notebooks."""

    student: str
    fingerprint: str
    notebooks: dict[str, tuple[NotebookNode, list[str]]]
    jobs: list[Job]
    started: float


def run_jobs(jobs: list[Job]) -> list[Run]:
    """What a worker does with a submission."""
    return [run_job(job) for job in jobs]


class Batch:
    """The submissions of one assignment on their way into the gradebook.

    unconfined: run students' code with all your rights. again: grade also
    what has not changed since it was graded. feedback: write the pages too.
    """

    def __init__(
        self,
        course: NbGraderAPI,
        assignment: str,
        *,
        unconfined: bool = False,
        again: bool = False,
        feedback: bool = True,
    ):
        self.assignment = assignment
        self.again = again
        self.courses = course.coursedir
        self.gradebook = course.gradebook
        # One writer, and each student once: nothing goes stale.
        self.gradebook.db().expire_on_commit = False
        self.masters = masters_of(
            self.gradebook, self.courses, assignment, course.config
        )
        settings = ExecuteConfined(config=course.config)
        self.job_settings = {
            "seconds": seconds_for_a_cell(settings),
            "confined": not (unconfined or settings.unconfined),
            "given_files": given_files(self.courses, assignment),
        }
        if self.job_settings["confined"]:
            refuse_exposed_course(self.courses, course.config)
        self.autograde = Autograde(self.courses, parent=course)
        ours = {ExecuteConfined, SaveScores, CheckCellMetadata}
        self.rooms = [
            room(parent=self.autograde)
            for room in self.autograde.autograde_preprocessors
            if room not in {*ours, AssignLatePenalties}
        ]
        self.late_penalties = AssignLatePenalties(parent=self.autograde)
        self.pages = FeedbackPages(course, assignment) if feedback else None

    def close(self):
        self.gradebook.close()

    def grade(
        self,
        students: list[str],
        executor: Executor,
        jobs: int,
        tell: Callable[[str], None] = print,
    ) -> list[Result]:
        """Grade the submissions of `students`; returns a Result for each.

        executor: runs `jobs` submissions at a time. tell: is told of each
        submission when it is finished. Raises CannotConfine.
        """
        results: dict[str, Result] = {}
        waiting, running = list(students), {}
        started, graded = time.monotonic(), 0

        def finish(result, how):
            results[result.student] = result
            left = ""
            if graded and len(results) < len(students):
                pace = (time.monotonic() - started) / graded
                left = f", about {pace * (len(students) - len(results)):.0f} s left"
            tell(
                f"[{len(results)}/{len(students)}] {result.student}: {how}"
                + (f" ({result.seconds:.1f} s{left})" if graded else "")
            )

        try:
            while waiting or running:
                while waiting and len(running) < 2 * jobs:
                    student = waiting.pop(0)
                    try:
                        submission = self._begin(student)
                    except Exception as error:  # the others go on
                        problem = _reason(error)
                        finish(
                            Result(student, problem),
                            f"NOT GRADED: {problem}",
                        )
                        continue
                    earlier = (
                        None if self.again else self._earlier(submission)
                    )
                    if earlier:
                        finish(earlier, "graded before, unchanged")
                        continue
                    future = executor.submit(run_jobs, submission.jobs)
                    running[future] = submission
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    submission = running.pop(future)
                    result = self._end(submission, future)
                    graded += 1
                    problem = result.problem
                    finish(
                        result,
                        f"NOT GRADED: {problem}" if problem else "graded",
                    )
        finally:
            for future in running:
                future.cancel()
        return [results[student] for student in students]

    def _begin(self, student) -> _Submission:
        """Preflight. Raises NotGradable."""
        started = time.monotonic()
        folder = self._folder("submitted", student)
        notebooks, jobs = {}, []
        student_files = None
        for name, master in self.masters.items():
            notebook, repairs = rebuild(
                master, read_submission(folder, name)
            )
            notebooks[name] = notebook, repairs
            student_files = student_files or files_in(folder)
            jobs.append(
                job_of(
                    master,
                    notebook,
                    student_files=student_files,
                    **self.job_settings,
                )
            )
        fingerprint = hashlib.sha256(
            repr((VERSION, _as_text(notebooks), jobs)).encode()
        )
        return _Submission(
            student, fingerprint.hexdigest(), notebooks, jobs, started
        )

    def _end(self, submission, future) -> Result:
        """From what a worker found to gradebook and feedback page."""
        result = Result(submission.student)
        try:
            runs = future.result()
            result.peak_memory = max(run.peak_memory for run in runs)
            result.notes = self._keep(submission, runs)
            if self.pages:
                self.pages.write(submission.student)
        except CannotConfine:
            raise
        except Exception as error:  # the others are graded all the same
            self.gradebook.db.rollback()
            result.problem = _reason(error)
        result.seconds = time.monotonic() - submission.started
        if not result.problem:
            path = self._journal(submission.student)
            path.parent.mkdir(parents=True, exist_ok=True)
            entry = {
                "of": submission.fingerprint,
                "late": self._seconds_late(submission.student),
                "result": asdict(result),
            }
            _write(path, json.dumps(entry))
        return result

    def _keep(self, submission, runs):
        """Write the graded notebooks and their scores; return the notes."""
        student = submission.student
        submitted = self._folder("submitted", student)
        self.gradebook.update_or_create_student(student)
        timestamp = self.courses.get_existing_timestamp(str(submitted))
        handed_in = self.gradebook.update_or_create_submission(
            self.assignment,
            student,
            **({"timestamp": timestamp} if timestamp else {}),
        )
        notes = []
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
            notes += [*run.lost, *settle_scores(notebook, run.failed)]
            save_scores(
                self.gradebook, self.assignment, student, name, notebook
            )
            self._penalize(handed_in, notebook, resources)
            graded[f"{name}.ipynb"] = nbformat.writes(notebook).encode()
        self._archive(student, graded)
        return notes

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
        folder = self._folder("autograded", student)
        new = folder.with_name(f".{folder.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        write_files(
            new,
            graded,
            self.job_settings["given_files"],
            files_in(self._folder("submitted", student)),
        )
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
        self.autograde.set_permissions(self.assignment, student)

    def _earlier(self, submission) -> Result | None:
        """The result of grading the very same before, if it is complete."""
        try:
            entry = json.loads(
                self._journal(submission.student).read_text()
            )
            late = self._seconds_late(submission.student)
        except (FileNotFoundError, ValueError, MissingEntry):
            return None
        complete = all(
            (
                self._folder("autograded", submission.student)
                / f"{name}.ipynb"
            ).is_file()
            for name in submission.notebooks
        )
        if self.pages:
            complete = complete and self.pages.exist(submission.student)
        same = entry["of"] == submission.fingerprint
        # A new due date, or an extension, changes the late penalty.
        if not (complete and same and entry["late"] == late):
            return None
        return Result(**entry["result"])

    def _seconds_late(self, student) -> float:
        """Raises MissingEntry."""
        return self.gradebook.find_submission(
            self.assignment, student
        ).total_seconds_late

    def _folder(self, step, student) -> Path:
        return folder_of(self.courses, step, student, self.assignment)

    def _journal(self, student) -> Path:
        return self._folder("autograded", ".examiner") / f"{student}.json"


def _reason(error):
    """Why a submission was not graded, fit for a terminal."""
    text = str(error)
    if not isinstance(error, NotGradable):
        text = f"{type(error).__name__}: {text}"
    # File names and the like are the student's: no control characters.
    return "".join(c if c.isprintable() else "?" for c in text)[:500]


def _as_text(notebooks):
    return [
        (name, json.dumps(notebook, sort_keys=True))
        for name, (notebook, _) in notebooks.items()
    ]


def _write(path, text):
    """Write a file so that it is never seen half written."""
    new = path.with_suffix(".new")
    new.write_text(text)
    new.replace(path)
