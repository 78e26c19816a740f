"""python -m examiner check: one's own notebook, graded at once."""

import re
import shutil
from pathlib import Path

import pytest

from examiner.__main__ import main
from tests.sample_class.course import ROOT, write_submission
from tests.sample_class.students import CLASS

ASSIGNMENT = "ps2_gradients"
TYPICAL = CLASS["student04"][ASSIGNMENT]


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A course, and a notebook of one's own in some folder."""
    shutil.copytree(ROOT / "source" / ASSIGNMENT, tmp_path / "source" / ASSIGNMENT)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "mine"
    home.mkdir()
    released = ROOT / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    write_submission(released, home, TYPICAL)
    return home / released.name


def test_points_messages_and_page_are_shown(own, capsys):
    before = own.read_bytes()
    assert main(["check", str(own)]) == 0
    printed = capsys.readouterr().out
    (row,) = (x for x in printed.splitlines() if x.startswith("you "))
    assert row.split()[-1] == f"{sum(TYPICAL.points.values()):g}"
    assert "not infinite" in printed
    page = Path(re.search(r"feedback page: (.*)", printed)[1])
    text = page.read_text()
    assert "not infinite" in text
    assert "HIDDEN" not in text
    assert own.read_bytes() == before
    # The course's own gradebook and folders are left alone.
    assert not (own.parent.parent / "gradebook.db").exists()
    assert not (own.parent.parent / "autograded").exists()
    shutil.rmtree(page.parents[3])


def test_another_name_is_answered_with_what_to_do(own, capsys):
    other = own.rename(own.with_name("mine.ipynb"))
    assert main(["check", str(other)]) == 2
    assert "keep the name that it had in release/" in (capsys.readouterr().err)


def test_a_file_that_is_not_there_is_named(own, capsys):
    assert main(["check", "nothing.ipynb"]) == 2
    assert "nothing.ipynb is not a file" in capsys.readouterr().err
