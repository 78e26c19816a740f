"""One way to grade a folder of submissions, timed: run as a process of its own.

Prints a line of JSON: the seconds from the moment when everything is ready,
the seconds that took, and the points of each student.
"""

import contextlib
import io
import json
import os
import sys
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from examiner.batch import Batch
from examiner.course import load_course, submitted_students
from examiner.exam.session import warm_parent
from examiner.execute.warm import ENVIRONMENT


def stock(course, assignment, students, jobs):
    """`nbgrader autograde`, one submission after another."""
    del jobs
    started = time.monotonic()
    for student in students:
        graded = course.autograde(assignment, student, force=True)
        if not graded["success"]:
            raise RuntimeError(graded["log"])
    return 0.0, time.monotonic() - started


def examiner(course, assignment, students, jobs, feedback=False):
    before = time.monotonic()
    with (
        closing(Batch(course, assignment, feedback=feedback)) as batch,
        ThreadPoolExecutor(jobs) as executor,
    ):
        with warm_parent(batch.grading.job_settings["modules"]):
            pass
        started = time.monotonic()
        results = batch.grade(students, executor, jobs, lambda line: None)
        seconds = time.monotonic() - started
    problems = [result for result in results if result.problem]
    if problems:
        raise RuntimeError("; ".join(f"{r.student}: {r.problem}" for r in problems))
    return started - before, seconds


def with_feedback(course, assignment, students, jobs):
    return examiner(course, assignment, students, jobs, feedback=True)


def floor(course, assignment, students, jobs):
    """The same cells in warm forked processes: no Jupyter, no confinement.

    Nothing is graded: this is what the cells themselves cost.
    """
    before = time.monotonic()
    with closing(Batch(course, assignment)) as batch:
        works = [
            [cell.source for cell in batch.grading.begin(student).jobs[0].cells]
            for student in students
        ]
        modules = batch.grading.job_settings["modules"]
    for name in modules:
        with contextlib.suppress(ImportError):
            __import__(name)
    started = time.monotonic()
    waiting, running = deque(works), set()
    while waiting or running:
        while waiting and len(running) < jobs:
            sources = waiting.popleft()
            pid = os.fork()
            if pid == 0:
                _execute(sources)
            running.add(pid)
        pid, _ = os.wait()
        running.discard(pid)
    return started - before, time.monotonic() - started


def _execute(sources):
    names = {"__name__": "__main__"}
    silence = io.StringIO()
    with (
        contextlib.redirect_stdout(silence),
        contextlib.redirect_stderr(silence),
    ):
        for source in sources:
            with contextlib.suppress(Exception):
                exec(compile(source, "<cell>", "exec"), names)
    os._exit(0)


ENGINES = {
    "stock": stock,
    "examiner": examiner,
    "feedback": with_feedback,
    "floor": floor,
}


def points(course, assignment, students):
    with course.gradebook as gradebook:
        return {
            student: gradebook.find_submission(assignment, student).score for student in students
        }


def main():
    engine, folder, assignment, count, jobs = sys.argv[1:]
    if engine == "floor":
        os.environ.update(
            {
                name: value
                for name, value in ENVIRONMENT.items()
                if name.endswith("THREADS") or name.startswith("TF_")
            }
            | {"MPLBACKEND": "agg"}
        )
    course = load_course(Path(folder))
    students = submitted_students(course, assignment)[: int(count)]
    ready, seconds = ENGINES[engine](course, assignment, students, int(jobs))
    graded = {} if engine == "floor" else points(course, assignment, students)
    print(json.dumps({"ready": ready, "seconds": seconds, "points": graded}))


if __name__ == "__main__":
    main()
