"""The examiner inside nbgrader: one preprocessor a room."""

import math
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties, Execute, NbGraderPreprocessor
from traitlets import Bool

from .course import (
    folder_of,
    given_files,
    master_of,
    refuse_exposed_course,
)
from .execute import run_job
from .files import files_in
from .late import extensions_of, grant
from .preflight import rebuild
from .reading import read_submission
from .rehearsal import forgiven_cells, refuse_broken, rehearse
from .score import save_scores, scored_answers, settle_scores
from .submission import job_of, take_in


class Preflight(NbGraderPreprocessor):
    """Rebuild the notebook; raise NotGradable where that is impossible."""

    def preprocess(self, nb, resources):
        place = resources["nbgrader"]
        master = _master(self, place)
        submitted = read_submission(
            folder_of(
                _courses(self),
                "submitted",
                place["student"],
                place["assignment"],
            ),
            place["notebook"],
        )
        notebook, repairs = rebuild(master, submitted)
        for repair in repairs:
            self.log.warning("Repaired: %s", repair)
        notebook.metadata["examiner"] = {"repairs": repairs}
        return notebook, resources


class ExecuteConfined(Execute):
    """Run the notebook in two kernels, the student's confined."""

    unconfined = Bool(
        False,
        help="Run students' code with all your rights. Only for work that you would run yourself.",
    ).tag(config=True)

    def preprocess(self, nb, resources):
        place = resources["nbgrader"]
        courses = _courses(self)
        if not self.unconfined:
            refuse_exposed_course(courses, self.config)
        submitted = folder_of(courses, "submitted", place["student"], place["assignment"])
        master = _master(self, place)
        settings = {
            "given_files": given_files(courses, place["assignment"]),
            "seconds": seconds_for_a_cell(self),
            "confined": not self.unconfined,
        }
        rehearsal, forgiven = self._rehearse(place, master, settings)
        job = job_of(
            master,
            nb,
            student_files=files_in(submitted),
            one_kernel=place["notebook"] in rehearsal.one_kernel,
            **settings,
        )
        run = run_job(job)
        for lost in run.lost:
            self.log.warning("Lost: %s", lost)
        repairs = nb.metadata.get("examiner", {}).get("repairs", [])
        take_in(nb, run, repairs)
        for doubt in settle_scores(nb, run, rehearsal.values, forgiven):
            self.log.warning("A score to look at: %s", doubt)
        return nb, resources

    def _rehearse(self, place, master, settings):
        courses = _courses(self)
        forgiven = forgiven_cells(Path(courses.root), place["assignment"])
        name = place["notebook"]
        folder = folder_of(courses, "autograded", ".examiner", place["assignment"])
        rehearsal = rehearse(
            {name: master},
            settings,
            lambda jobs: [run_job(job) for job in jobs],
            folder / f".rehearsal-{name}.json",
            forgiven,
        )
        refuse_broken(rehearsal, place["assignment"], strict=False)
        for line in rehearsal.notes:
            self.log.warning("Not proof against forgery: %s", line)
        return rehearsal, forgiven


def seconds_for_a_cell(settings: Execute) -> float:
    """nbclient's timeout: None, or a number below zero, is no limit."""
    timeout = settings.timeout
    return timeout if timeout and timeout > 0 else math.inf


class SaveScores(NbGraderPreprocessor):
    """Enter the scores into the gradebook."""

    def preprocess(self, nb, resources):
        place = resources["nbgrader"]
        with Gradebook(place["db_url"]) as gradebook:
            save_scores(
                gradebook,
                place["assignment"],
                place["student"],
                place["notebook"],
                nb,
                scored_answers(_courses(self), place["assignment"]),
            )
        return nb, resources


class AssignLatePenaltiesAfterExtensions(AssignLatePenalties):
    """nbgrader's, for whom extensions.csv gives no more time."""

    def preprocess(self, nb, resources):
        place = resources["nbgrader"]
        extensions = extensions_of(_courses(self), place["assignment"])
        with Gradebook(place["db_url"]) as gradebook:
            grant(gradebook, place["assignment"], place["student"], extensions)
        return super().preprocess(nb, resources)


def _courses(preprocessor):
    """The CourseDirectory of the converter whose exporter this serves."""
    return preprocessor.parent.parent.coursedir


def _master(preprocessor, place):
    with Gradebook(place["db_url"]) as gradebook:
        return master_of(
            gradebook,
            _courses(preprocessor),
            place["assignment"],
            place["notebook"],
            preprocessor.config,
        )
