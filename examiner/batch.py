"""Grade a whole class: workers run the submissions, one writer keeps the book.

A batch that was killed goes on where it was: what has been graded, from the
same submission by the same tests, is not graded again.
"""

import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait

from nbgrader.apps import NbGraderAPI

from .course import is_locked
from .exam import Job, Run
from .execute import CannotConfine
from .grading import Grading, Result
from .reading import NotGradable
from .sanitize import for_terminal
from .submission import examine

__all__ = ["Batch", "Result", "run_jobs"]

LOOK_SECONDS = 1  # how often is asked who has come to work


def run_jobs(jobs: list[Job]) -> list[Run]:
    """What a worker does with a submission."""
    return [examine(job) for job in jobs]


class Batch:
    """The submissions of one assignment on their way into the gradebook.

    again: grade also what has not changed since it was graded. grading: what
    becomes of a submission. how: what that can be told.
    """

    def __init__(
        self,
        course: NbGraderAPI,
        assignment: str,
        *,
        again: bool = False,
        grading: type[Grading] = Grading,
        **how,
    ):
        self.again = again
        self.grading = grading(course, assignment, **how)

    def close(self):
        self.grading.close()

    def grade(
        self,
        students: list[str],
        executor: Executor,
        jobs: int | Callable[[], int],
        tell: Callable[[str], None] = print,
    ) -> list[Result]:
        """Grade the submissions of `students`; returns a Result for each.

        executor: runs `jobs` submissions at a time; where that changes, a function
        says how many now. tell: is told of each submission when it is finished.
        Raises CannotConfine, and BrokenTests or NotProof before anybody is graded.
        """
        room = jobs if callable(jobs) else lambda: jobs

        def submit(jobs):
            while not room():
                time.sleep(LOOK_SECONDS)
            return executor.submit(run_jobs, jobs)

        def run_side_by_side(jobs):
            futures = [submit([job]) for job in jobs]
            return [run for future in futures for run in future.result()]

        notes = self.grading.rehearse(run_side_by_side)
        for line in notes:
            tell(f"NOT PROOF AGAINST FORGERY: {line}")
        progress = _Progress(len(students), tell, self.grading.done)
        waiting, running, doubtful = list(students), {}, []
        try:
            while waiting or running:
                most = 2 * room()
                while waiting and (len(running) < most or not running):
                    submission = self._begin(waiting.pop(0), progress)
                    if submission is not None:
                        running[submit(submission.jobs)] = submission
                done, _ = wait(running, LOOK_SECONDS, return_when=FIRST_COMPLETED)
                for future in done:
                    submission = running.pop(future)
                    if _is_whole(future):
                        result = self._end(submission, future)
                        progress.graded(result)
                    else:
                        doubtful.append((submission, future))
            for submission, first in doubtful:
                second = submit(submission.jobs)
                running[second] = submission
                result = self._end_of_two(submission, first, second)
                del running[second]
                progress.graded(result)
        finally:
            for future in running:
                future.cancel()
        return [progress.results[student] for student in students]

    def _begin(self, student, progress):
        """A submission to run; None where there is none."""
        try:
            submission = self.grading.begin(student)
            earlier = None if self.again else self.grading.earlier(submission)
        except Exception as error:  # the others go on
            if is_locked(error):
                raise
            progress.finish(Result(student, _reason(error)))
            return None
        if earlier:
            progress.finish(earlier, "graded before, unchanged")
            return None
        return submission

    def _end(self, submission, future, notes=()) -> Result:
        try:
            return self.grading.finish(submission, future.result(), list(notes))
        except CannotConfine:
            raise
        except Exception as error:  # the others are graded all the same
            if is_locked(error):
                raise
            return Result(
                submission.student,
                _reason(error),
                seconds=time.monotonic() - submission.started,
            )

    def _end_of_two(self, submission, first, second) -> Result:
        """A process was lost, or a time ran out: the better result stands.

        The second run was alone, on a machine that had nothing else to do.
        """
        tried = [future for future in (first, second) if future.exception() is None]
        if len(tried) < 2:
            return self._end(submission, tried[0] if tried else second)
        runs, notes = self.grading.better(submission, *(future.result() for future in tried))
        better = Future()
        better.set_result(runs)
        return self._end(submission, better, notes)


class _Progress:
    """Tells of each submission that is done, and of the time that is left."""

    def __init__(self, count, tell, done):
        self.results: dict[str, Result] = {}
        self._count = count
        self._tell = tell
        self._done = done
        self._started = time.monotonic()
        self._graded = 0

    def graded(self, result):
        self._graded += 1
        self.finish(result, self._done)

    def finish(self, result, how=""):
        self.results[result.student] = result
        if result.problem:
            how = f"NOT GRADED: {result.problem}"
        done, left = len(self.results), ""
        if self._graded and done < self._count:
            pace = (time.monotonic() - self._started) / self._graded
            left = f", about {_duration(pace * (self._count - done))} left"
        took = f" ({result.seconds:.1f} s{left})" if self._graded else ""
        self._tell(for_terminal(f"[{done}/{self._count}] {result.student}: {how}{took}"))


def _duration(seconds):
    return f"{seconds:.0f} s" if seconds < 180 else f"{seconds / 60:.0f} min"


def _is_whole(future):
    """Whether no process was lost, and no time ran out."""
    error = future.exception()
    if isinstance(error, CannotConfine):
        raise error
    return error is None and not any(run.lost for run in future.result())


def _reason(error):
    """Why a submission was not graded, fit for a terminal."""
    text = str(error)
    if not isinstance(error, NotGradable):
        text = f"{type(error).__name__}: {text}"
    # File names and the like are the student's: one line, no control characters.
    return for_terminal(text.replace("\n", "?"))[:500]
