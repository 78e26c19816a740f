"""python -m examiner grade: what it prints, and how it ends."""

import shutil

import dask
import distributed
import pytest

import examiner.batch
import examiner.grading
from examiner.__main__ import main
from examiner.course import load_course

from . import small_course as small
from .cases import Case
from .scratch_course import copy_course

RIGHT = Case("right", "", small.RIGHT | {"words": "In my own words."})
HALF = Case("half", "", {"double": small.RIGHT["double"]})
BROKEN = Case("broken", "", raw=b"\xff\xfe\x00")
TOTAL = sum(small.FULL.values())


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    small.build(folder)
    return folder


@pytest.fixture
def course(built, tmp_path, monkeypatch):
    """A small course, and a way to hand something in."""
    copy_course(built, tmp_path)
    monkeypatch.chdir(tmp_path)

    def hand_in(student, work):
        home = tmp_path / "submitted" / student
        shutil.rmtree(home, ignore_errors=True)
        small.hand_in(tmp_path, student, work, {})
        return home / "small" / "small.ipynb"

    return hand_in


def test_one_broken_submission_is_named_and_the_others_are_graded(course, capsys, tmp_path):
    course("student01", RIGHT)
    broken = course("student11", BROKEN)
    assert main(["grade", "small"]) == 1
    printed = capsys.readouterr().out
    assert "[1/2] student11: NOT GRADED: small.ipynb is not a text" in printed
    assert "[2/2] student01: graded" in printed
    rows = {line.split()[0]: line for line in printed.splitlines() if line}
    assert f"  {TOTAL}  1 to grade by hand" in rows["student01"]
    assert "NOT GRADED" in rows["student11"]
    assert "1 of 2 not graded" in printed
    assert broken.read_bytes() == BROKEN.raw
    pages = sorted(path.parent.parent.name for path in tmp_path.glob("feedback/*/*/*.html"))
    assert pages == ["student01"]

    assert main(["grade", "small", "--student", "student01"]) == 0
    assert "student11" not in capsys.readouterr().out

    course("student11", RIGHT)  # handed in again, whole
    assert main(["grade", "small"]) == 0


def test_a_broken_resubmission_leaves_the_earlier_grade(course, capsys, tmp_path):
    course("student01", RIGHT)
    assert main(["grade", "small"]) == 0
    graded = tmp_path / "autograded" / "student01" / "small" / "small.ipynb"
    before = graded.read_bytes()
    course("student01", BROKEN)
    assert main(["grade", "small"]) == 1
    assert graded.read_bytes() == before


def test_what_has_not_changed_is_not_graded_again(course, capsys):
    course("student01", RIGHT)
    course("student02", RIGHT)
    assert main(["grade", "small"]) == 0
    first = capsys.readouterr().out
    course("student02", HALF)
    assert main(["grade", "small"]) == 0
    second = capsys.readouterr().out
    assert "student01: graded before, unchanged" in second
    assert "student02: graded (" in second

    def row(student, printed):
        (line,) = (line for line in printed.splitlines() if line.startswith(f"{student} "))
        return line

    assert row("student01", first) == row("student01", second)
    assert row("student02", first) != row("student02", second)
    assert main(["grade", "small", "--student", "student01"]) == 0
    assert "student01: graded (" in capsys.readouterr().out


def test_a_new_due_date_changes_the_late_penalty(course, capsys, tmp_path):
    with (tmp_path / "nbgrader_config.py").open("a") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    home = course("student01", RIGHT).parent
    (home / "timestamp.txt").write_text("2026-03-02 12:00:00 UTC")
    assert main(["grade", "small"]) == 0
    assert "late penalty" not in capsys.readouterr().out
    with load_course(tmp_path).gradebook as gradebook:
        gradebook.update_or_create_assignment("small", duedate="2026-03-01")
    assert main(["grade", "small"]) == 0
    assert f"late penalty {TOTAL}" in capsys.readouterr().out
    assert main(["grade", "small"]) == 0
    assert "graded before, unchanged" in capsys.readouterr().out


def test_where_the_examiner_fails_its_error_is_the_reason(course, capsys, monkeypatch):
    course("student01", RIGHT)

    def stumble(*_):
        raise KeyError("a bug")

    monkeypatch.setattr(examiner.grading, "save_scores", stumble)
    assert main(["grade", "small"]) == 1
    printed = capsys.readouterr().out
    assert "student01: NOT GRADED: KeyError: 'a bug'" in printed


def test_who_is_stopped_is_told_how_to_go_on(course, capsys, monkeypatch):
    course("student01", RIGHT)
    course("student02", RIGHT)
    end = examiner.batch.Batch._end

    def stop_after_the_first(batch, submission, future, *notes):
        monkeypatch.setattr(examiner.batch.Batch, "_end", stop)
        return end(batch, submission, future, *notes)

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(examiner.batch.Batch, "_end", stop_after_the_first)
    assert main(["grade", "small", "--jobs", "1"]) == 130
    assert "the same command goes on" in capsys.readouterr().err
    monkeypatch.setattr(examiner.batch.Batch, "_end", end)
    assert main(["grade", "small"]) == 0
    printed = capsys.readouterr().out
    assert "student01: graded before, unchanged" in printed
    assert "student02: graded (" in printed


@pytest.mark.parametrize("jobs", ["0", "-2", "many"])
def test_a_number_of_jobs_that_is_none_is_refused(course, capsys, jobs):
    with pytest.raises(SystemExit) as stopped:
        main(["grade", "small", "--jobs", jobs])
    assert stopped.value.code == 2
    assert jobs in capsys.readouterr().err


def test_a_scheduler_that_is_not_there_is_named(course, capsys):
    course("student01", RIGHT)
    address = "tcp://127.0.0.1:1"
    assert distributed.Client  # has read its configuration
    with dask.config.set({"distributed.comm.timeouts.connect": 1}):
        assert main(["grade", "small", "--scheduler", address]) == 2
    assert f"No Dask scheduler answers at {address}" in (capsys.readouterr().err)
    assert main(["grade", "small", "--scheduler", "here"]) == 2
    assert "such as tcp://host:8786" in capsys.readouterr().err


def test_an_unknown_assignment_is_answered_with_the_known_ones(course, capsys):
    course("student01", RIGHT)
    assert main(["grade", "large"]) == 2
    assert "no assignment 'large' in source/. There are: small" in (capsys.readouterr().err)


def test_nothing_handed_in_is_answered_with_the_path(course, capsys):
    assert main(["grade", "small"]) == 2
    assert "submitted/<student>/small/small.ipynb" in capsys.readouterr().err
    assert main(["grade", "small", "--student", "me"]) == 2
    assert "submitted/me/small/small.ipynb" in capsys.readouterr().err


def test_a_folder_that_is_no_course_is_told_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["grade", "small"]) == 2
    assert "no nbgrader_config.py" in capsys.readouterr().err
