"""What a busy machine may have cost counts only after a second try, alone."""

import threading

import pytest

import examiner.batch
from examiner.submission import examine

from .scratch_course import Course, solution, trial

TWICE = "def twice(x):\n    return x + x"
LOST = "code cell 1: the process was ended by SIGKILL"


@pytest.fixture
def course(tmp_path):
    course = Course(
        tmp_path,
        hw=[solution("a", TWICE), trial("a-t", "assert twice(2) == 4")],
    )
    for number in range(3):
        course.hand_in(f"student{number}", answers={"a": TWICE})
    return course


@pytest.fixture
def at_try(monkeypatch):
    """Let something happen to a student's runs, by the number of the try.

    at_try(student's files, {number: function of a Run}) returns the tries:
    for each how many others ran meanwhile.
    """
    happens, tries, running = {}, [], set()
    lock = threading.Lock()

    def run_jobs(jobs):
        name = next(iter(jobs[0].student_files), None)
        with lock:
            running.add(id(jobs))
            if name in happens:
                tries.append(len(running))
                number = len(tries)
        try:
            runs = [examine(job) for job in jobs]
        finally:
            with lock:
                running.discard(id(jobs))
        if name in happens and number in happens[name]:
            for run in runs:
                happens[name][number](run)
        return runs

    monkeypatch.setattr(examiner.batch, "run_jobs", run_jobs)

    def at_try(name, what):
        happens[name] = what
        return tries

    return at_try


def lose(run):
    """A process that was ended takes its cells' points along."""
    run.lost.append(LOST)
    run.failed = [True for _ in run.failed]


def mark(course, student):
    (course.folder / "submitted" / student / "hw" / "mark.txt").write_text("")


def test_a_process_that_was_lost_once_costs_nothing(course, at_try):
    mark(course, "student0")
    tries = at_try("mark.txt", {1: lose})
    points, results, lines = course.grade()
    assert points == {f"student{number}": {"a-t": 1} for number in range(3)}
    assert results["student0"].notes == [
        "graded twice, 0 and then 1 points: the better result counts"
    ]
    assert len(tries) == 2
    assert tries[1] == 1, "alone"
    assert "[3/3] student0: graded" in lines[-1]


def test_the_better_result_stands(course, at_try):
    mark(course, "student1")
    at_try("mark.txt", {1: lambda run: run.lost.append(LOST), 2: lose})
    points, results, _ = course.grade()
    assert points["student1"] == {"a-t": 1}
    assert "graded twice, 1 and then 0 points" in results["student1"].notes[0]


def test_who_is_lost_twice_is_graded_as_that(course, at_try):
    mark(course, "student2")
    tries = at_try("mark.txt", {1: lose, 2: lose})
    points, results, _ = course.grade()
    assert points["student2"] == {"a-t": 0}
    assert results["student2"].notes[0] == LOST
    assert len(tries) == 2


def test_an_error_of_the_graders_own_is_tried_again_too(course, at_try):
    def stumble(run):
        raise MemoryError

    mark(course, "student0")
    at_try("mark.txt", {1: stumble})
    points, results, _ = course.grade()
    assert points["student0"] == {"a-t": 1}
    assert results["student0"].problem is None
