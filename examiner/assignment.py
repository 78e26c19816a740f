"""An assignment as it is graded: its tests, its files, its limits, nbgrader's rules.

Whoever grades asks here: a batch, nbgrader's own commands, a learner.
"""

import math
from collections.abc import Callable, Iterable
from copy import deepcopy
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute

from .course import folder_of, given_files, inbound_of, masters_of, refuse_exposed_course
from .exam import Job, Run
from .files import files_in
from .handed_in import time_of
from .late import extensions_of, grant
from .master import Master
from .preflight import rebuild
from .reading import read_submission
from .rehearsal import Rehearsal, forgiven_cells, refuse_broken, rehearse
from .score import points_of, scored_answers, settle_scores
from .submission import below_changed_cells, job_of, take_in

IN_ONE_KERNEL = "tests ran beside the student's code: not proof against forgery"


class Assignment:
    """What does not depend on the student, and what is done for each.

    settings: how cells run, as nbgrader_config.py has it. unconfined: run
    students' code with all your rights. strict: refuse an assignment whose
    tests cannot run in two processes. Raises CannotConfine.
    """

    def __init__(
        self,
        courses: CourseDirectory,
        gradebook: Gradebook,
        name: str,
        settings: Execute,
        *,
        unconfined: bool = False,
        strict: bool = False,
    ):
        self.name = name
        self.courses = courses
        self.strict = strict
        config = settings.config
        self.forgiven = forgiven_cells(Path(courses.root), name)
        self.extensions = extensions_of(courses, name)
        self.masters = masters_of(gradebook, courses, name, config)
        self.rehearsal = Rehearsal()
        self.scored_answers = scored_answers(courses, name)
        self._inbound = inbound_of(courses, config)
        kept = Autograde(courses, config=config).exclude_overwriting
        self._kept = kept.get(name, [])
        files = given_files(courses, name)
        self.job_settings = {
            "seconds": _seconds_for_a_cell(settings),
            "confined": not unconfined,
            "given_files": files,
            "modules": _installed(self.masters.values(), files),
        }
        if not unconfined:
            refuse_exposed_course(courses, config)

    def folder(self, step: str, student: str) -> Path:
        return folder_of(self.courses, step, student, self.name)

    def rehearsal_cache(self) -> Path:
        """Where what the rehearsal has found is kept."""
        return self.folder("autograded", ".examiner") / ".rehearsal.json"

    def rehearse(self, run: Callable[[list[Job]], list[Run]], cache: Path) -> list[str]:
        """Try the assignment; returns what the instructor should know.

        run: runs jobs. Raises BrokenTests, NotProof.
        """
        self.rehearsal = rehearse(self.masters, self.job_settings, run, cache, self.forgiven)
        refuse_broken(self.rehearsal, self.name, strict=self.strict)
        return self.rehearsal.notes

    def rebuild(self, student: str, notebook: str) -> tuple[NotebookNode, list[str]]:
        """What a student handed in, on the instructor's version, and what was repaired.

        Raises Missing, NotGradable.
        """
        submitted = read_submission(self.folder("submitted", student), notebook)
        return rebuild(self.masters[notebook], submitted)

    def student_files(self, student: str) -> dict[str, bytes]:
        return files_in(self.folder("submitted", student))

    def job(self, notebook: str, rebuilt: NotebookNode, student_files: dict[str, bytes]) -> Job:
        """What a worker must do. A student's version of a file stays where nbgrader keeps it."""
        given = {
            name: content
            for name, content in self.job_settings["given_files"].items()
            if name not in self._kept or name not in student_files
        }
        return job_of(
            self.masters[notebook],
            rebuilt,
            shown=self.rehearsal.shown.get(notebook, ()),
            student_files=student_files,
            one_kernel=notebook in self.rehearsal.one_kernel,
            **self.job_settings | {"given_files": given},
        )

    def better(
        self, notebook: str, rebuilt: NotebookNode, first: Run, second: Run
    ) -> tuple[Run, list[str]]:
        """Of two runs of a job the one that counts, and what there is to say.

        In the first a process was lost, or a time ran out; in the second it had
        the machine to itself.
        """
        before, after = (
            sum(self.points(notebook, rebuilt, run).values()) for run in (first, second)
        )
        if before == after:
            return (first if second.lost else second), []
        note = f"graded twice, {before:g} and then {after:g} points: the better result counts"
        return (second if after > before else first), [note]

    def points(self, notebook: str, rebuilt: NotebookNode, run: Run) -> dict[str, float]:
        """What the tests of a run would give, by grade id; nothing is changed."""
        graded = deepcopy(rebuilt)
        self.take_in(notebook, graded, run, [])
        return points_of(graded)

    def take_in(
        self, notebook: str, rebuilt: NotebookNode, run: Run, repairs: list[str]
    ) -> list[str]:
        """Put what a run has shown, and the scores, into a notebook; returns notes on it."""
        take_in(rebuilt, run, repairs, self.rehearsal.shown.get(notebook, {}))
        notes = [f"repaired: {text}" for text in repairs]
        notes += run.lost
        notes += settle_scores(rebuilt, run, self.rehearsal.values, self.forgiven)
        if notebook in self.rehearsal.one_kernel:
            notes.append(IN_ONE_KERNEL)
        else:
            notes += below_changed_cells(self.masters[notebook], rebuilt)
        return notes

    def enter_time(self, gradebook: Gradebook, student: str) -> list[str]:
        """The submission, when it was handed in, and an extension; returns notes."""
        timestamp, notes = time_of(
            self.folder("submitted", student), self._inbound, student, self.name
        )
        gradebook.update_or_create_submission(
            self.name, student, **({"timestamp": timestamp} if timestamp else {})
        )
        grant(gradebook, self.name, student, self.extensions)
        return notes


def _installed(masters: Iterable[Master], files: Iterable[str]) -> tuple[str, ...]:
    """What the notebooks import, but for the modules that lie beside them.

    Of the same name another may be installed: it would be in their place for everybody.
    """
    beside = {file.partition("/")[0].removesuffix(".py") for file in files if file.endswith(".py")}
    modules = {module for master in masters for module in master.modules}
    return tuple(sorted(name for name in modules if name.partition(".")[0] not in beside))


def _seconds_for_a_cell(settings: Execute) -> float:
    """nbclient's timeout: None, or a number below zero, is no limit."""
    timeout = settings.timeout
    return timeout if timeout and timeout > 0 else math.inf
