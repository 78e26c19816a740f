"""The examiner inside nbgrader's own commands: a preprocessor for each step of `assignment.py`."""

from weakref import WeakKeyDictionary

from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties, Execute, NbGraderPreprocessor
from traitlets import Bool

from .assignment import Assignment
from .score import save_scores
from .submission import examine


class Preflight(NbGraderPreprocessor):
    """Rebuild the notebook; raise NotGradable where that is impossible."""

    def preprocess(self, nb, resources):
        place = resources["nbgrader"]
        notebook, repairs = _assignment(self, place).rebuild(place["student"], place["notebook"])
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
        assignment, notebook = _assignment(self, place), place["notebook"]
        for line in assignment.rehearse(_run, assignment.rehearsal_cache()):
            self.log.warning("Not proof against forgery: %s", line)
        job = assignment.job(notebook, nb, assignment.student_files(place["student"]))
        run, notes = examine(job), []
        if run.lost:
            run, notes = assignment.better(notebook, nb, run, examine(job))
        repairs = nb.metadata.get("examiner", {}).get("repairs", [])
        for note in [*notes, *assignment.take_in(notebook, nb, run, repairs)]:
            self.log.warning("%s: %s", notebook, note)
        return nb, resources


class SaveScores(NbGraderPreprocessor):
    """Enter the scores into the gradebook."""

    def preprocess(self, nb, resources):
        place = resources["nbgrader"]
        assignment = _assignment(self, place)
        with Gradebook(place["db_url"]) as gradebook:
            save_scores(
                gradebook,
                assignment.name,
                place["student"],
                place["notebook"],
                nb,
                assignment.scored_answers,
            )
        return nb, resources


class AssignLatePenaltiesAfterExtensions(AssignLatePenalties):
    """nbgrader's, by the time that counts, and for whom extensions.csv gives no more."""

    def preprocess(self, nb, resources):
        place = resources["nbgrader"]
        assignment = _assignment(self, place)
        with Gradebook(place["db_url"]) as gradebook:
            for note in assignment.enter_time(gradebook, place["student"]):
                self.log.warning("%s: %s", place["student"], note)
        return super().preprocess(nb, resources)


# Read once for a command, by the converter that carries it out.
_known: WeakKeyDictionary = WeakKeyDictionary()


def _assignment(preprocessor, place) -> Assignment:
    converter = preprocessor.parent.parent  # of the exporter that this serves
    known = _known.setdefault(converter, {})
    name = place["assignment"]
    if name not in known:
        settings = ExecuteConfined(config=preprocessor.config)
        with Gradebook(place["db_url"]) as gradebook:
            known[name] = Assignment(
                converter.coursedir,
                gradebook,
                name,
                settings,
                unconfined=settings.unconfined,
            )
    return known[name]


def _run(jobs):
    return [examine(job) for job in jobs]
