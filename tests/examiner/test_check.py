"""examiner check and progress: one's own notebooks, graded at once."""

import os
import shutil

import pytest

from examiner.__main__ import main
from examiner.check import NotFound, assignment_of
from tests.sample_class.course import ROOT, write_submission
from tests.sample_class.students import CLASS

ASSIGNMENT = "ps2_gradients"
TYPICAL = CLASS["student04"][ASSIGNMENT]


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A course, and a notebook of one's own where `make start` lays it."""
    for folder in ["source", "release"]:
        shutil.copytree(ROOT / folder / ASSIGNMENT, tmp_path / folder / ASSIGNMENT)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["start", ASSIGNMENT]) == 0
    home = tmp_path / "my" / ASSIGNMENT
    released = ROOT / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    write_submission(released, home, TYPICAL)
    return home / released.name


def test_points_reasons_and_page_are_shown_and_known_the_next_time(own, capsys):
    before = own.read_bytes()
    course = own.parents[2]
    assert main(["check", str(own)]) == 0
    printed = capsys.readouterr().out
    points = f"{ASSIGNMENT}: {sum(TYPICAL.points.values()):g} of 23 points"
    assert points in printed
    assert "to mend               Exercise " in printed
    assert "not infinite" in " ".join(printed.split())
    page = own.with_name(f"{ASSIGNMENT}-feedback.html")
    text = page.read_text()
    assert str(page) in printed
    assert "not infinite" in text
    assert "HIDDEN" not in text
    assert own.read_bytes() == before
    # The course's own gradebook and folders are left alone.
    assert not (course / "gradebook.db").exists()
    assert not (course / "autograded").exists()

    # What has not changed is not graded again, from wherever it is asked.
    (graded,) = course.glob(f"my/.graded/*/*/autograded/you/{ASSIGNMENT}/{ASSIGNMENT}.ipynb")
    written = graded.stat().st_mtime_ns
    os.chdir(own.parent)
    assert main(["progress"]) == 0
    printed = capsys.readouterr().out
    assert points in printed
    assert "Reread lesson 03" in printed
    assert "not infinite" not in printed
    assert graded.stat().st_mtime_ns == written


def test_another_name_is_answered_with_what_to_do(own, capsys):
    other = own.rename(own.with_name("mine.ipynb"))
    assert main(["check", str(other)]) == 2
    assert "keep the name that it had in release/" in (capsys.readouterr().err)


def test_a_file_that_is_not_there_is_named(own, capsys):
    assert main(["check", "nothing.ipynb"]) == 2
    assert "nothing.ipynb is not a file" in capsys.readouterr().err


def test_of_two_assignments_with_one_notebooks_name_the_folder_decides(tmp_path):
    for assignment in ["hw1", "hw2"]:
        for folder in ["source", "my"]:
            path = tmp_path / folder / assignment / "problem.ipynb"
            path.parent.mkdir(parents=True)
            path.touch()
    assert assignment_of(tmp_path, tmp_path / "my/hw2/problem.ipynb") == "hw2"
    elsewhere = tmp_path / "problem.ipynb"
    elsewhere.touch()
    with pytest.raises(NotFound, match="hw1, hw2: say which, with --assignment"):
        assignment_of(tmp_path, elsewhere)
