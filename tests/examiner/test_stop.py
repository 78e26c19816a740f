"""Ctrl-C ends what runs, keeps what is done, and the next time goes on from there."""

import shutil
import signal
import threading
from contextlib import closing

import pytest

from examiner.__main__ import main
from examiner.batch import Batch
from examiner.exam import Job, run_job
from examiner.execute.warm import Stopped, leased, stopped
from examiner.workers import threads

from .scratch_course import Course, solution, trial

TWICE = "def twice(x):\n    return x + x"
ENDLESS = "while True:\n    pass"
CELLS = [solution("twice", TWICE), trial("twice-t", "assert twice(2) == 4")]


@pytest.fixture(autouse=True)
def can_be_stopped():
    """Whatever the shell says that has started the tests."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def grade(course, students, tell):
    with closing(Batch(course.course, "hw", feedback=False)) as batch, threads(2) as executor:
        return batch.grade(students, executor, 2, tell)


def test_who_is_stopped_waits_for_no_submission(tmp_path):
    """Not even for one that would never end: nothing limits its time."""
    course = Course(tmp_path, "c.Execute.timeout = -1\n", hw=CELLS)
    course.hand_in("student01", answers={"twice": ENDLESS})
    course.hand_in("student02", answers={"twice": TWICE})
    told = []

    def interrupt(line):
        told.append(line)
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        grade(course, ["student01", "student02"], interrupt)
    assert [line.split(" (")[0] for line in told] == ["[1/2] student02: graded"]
    assert "student02" in told[0]

    course.hand_in("student01", answers={"twice": TWICE})
    told.clear()
    results = grade(course, ["student01", "student02"], told.append)
    assert [result.problem for result in results] == [None, None]
    assert sorted(line.partition("] ")[2].split(" (")[0] for line in told) == [
        "student01: graded",
        "student02: graded before, unchanged",
    ]


def test_a_warm_parent_that_is_only_starting_ends_too():
    """And nobody who was waiting for one starts another."""
    before, ends = set(threading.enumerate()), []

    def work():
        try:
            run_job(Job((), modules=("time", "antigravity_of_no_use")))
        except BaseException as error:
            ends.append(error)

    def stop_at_once():
        with threads(1) as executor:
            executor.submit(work)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop_at_once()
    assert set(threading.enumerate()) <= before
    assert len(ends) <= 1  # it had not begun, or was told

    with stopped(), pytest.raises(Stopped), leased(("time",), ()):
        pass


def test_who_was_stopped_before_all_was_released_goes_on_too(tmp_path, monkeypatch, capsys):
    course = Course(tmp_path, hw=CELLS)
    course.hand_in("student01", answers={"twice": TWICE})
    shutil.rmtree(tmp_path / "release")
    monkeypatch.chdir(tmp_path)

    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as stopping:
        stopping.setattr("nbgrader.converters.GenerateAssignment.convert_notebooks", stop)
        assert main(["grade", "hw"]) == 130
    assert "the same command goes on" in capsys.readouterr().err
    assert main(["grade", "hw"]) == 0
    assert "student01: graded" in capsys.readouterr().out
