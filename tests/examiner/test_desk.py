"""A learner's copies: renewed where untouched, never overwritten where touched."""

import json
import shutil
import subprocess

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from examiner.__main__ import main
from examiner.desk import Desk
from tests.sample_class.course import ROOT


@pytest.fixture
def course(tmp_path):
    write(tmp_path / "course/01_first.ipynb", "print(1)")
    write(tmp_path / "release/ps1/ps1.ipynb", "# YOUR ANSWER HERE")
    (tmp_path / "release/ps1/data.csv").write_text("1,2\n")
    return tmp_path


def write(path, source):
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=[new_code_cell(source, id="one")]), path)


def source_of(path):
    return nbformat.read(path, as_version=4).cells[0].source


def run(path):
    """What JupyterLab does to a notebook that is opened, run and saved."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata["language_info"] = {"name": "python", "version": "3.11.7"}
    notebook.cells[0].execution_count = 1
    notebook.cells[0].outputs = [new_output("stream", text="1\n")]
    nbformat.write(notebook, path)


def test_what_was_only_run_is_renewed(course):
    own = course / "my/lessons/01_first.ipynb"
    assert Desk(course).renew() == []
    run(own)
    write(course / "course/01_first.ipynb", "print(2)")
    assert Desk(course).renew() == []
    assert source_of(own) == "print(2)"


def test_what_was_run_stays_where_nothing_is_new(course):
    own = course / "my/lessons/01_first.ipynb"
    Desk(course).renew()
    run(own)
    Desk(course).renew()
    assert nbformat.read(own, as_version=4).cells[0].outputs


def test_what_was_touched_is_left_alone_and_named(course):
    own = course / "my/lessons/01_first.ipynb"
    Desk(course).renew()
    write(own, "print('my guess: 3')")
    assert Desk(course).renew() == []  # nothing is new
    write(course / "course/01_first.ipynb", "print(2)")
    for _ in range(2):
        (said,) = Desk(course).renew()
        assert "my/lessons/01_first.ipynb holds work of yours" in said
        assert source_of(own) == "print('my guess: 3')"


def test_a_file_that_we_did_not_lay_there_is_left_alone(course):
    own = course / "my/lessons/01_first.ipynb"
    write(own, "print('mine')")
    assert len(Desk(course).renew()) == 1
    assert source_of(own) == "print('mine')"


def test_an_assignment_is_laid_out_once_and_begun_anew_with_the_old_work_kept(course):
    path = Desk(course).start("ps1")
    assert path == course / "my/ps1/ps1.ipynb"
    assert (course / "my/ps1/data.csv").is_file()
    write(path, "answer = 1")
    assert Desk(course).start("ps1") == path
    assert source_of(path) == "answer = 1"
    for number in (1, 2):
        again, kept = Desk(course).reset("ps1")
        assert again == path
        assert source_of(path) == "# YOUR ANSWER HERE"
        assert source_of(kept / "ps1.ipynb") == "answer = 1"
        assert kept.name == f"ps1-{number}"
        write(path, "answer = 1")


def test_a_lesson_is_begun_anew_too(course):
    own = course / "my/lessons/01_first.ipynb"
    Desk(course).renew()
    write(own, "print('mine')")
    again, kept = Desk(course).reset("01_first")
    assert (again, source_of(own)) == (own, "print(1)")
    assert source_of(kept) == "print('mine')"


@pytest.mark.parametrize("command", ["start", "reset"])
def test_another_name_is_answered_with_those_that_there_are(course, command, monkeypatch, capsys):
    shutil.copy(ROOT / "nbgrader_config.py", course)
    monkeypatch.chdir(course)
    assert main([command, "ps9"]) == 2
    said = capsys.readouterr().err
    assert "'ps9'" in said
    assert "ps1" in said


def test_nothing_that_a_student_does_dirties_git(tmp_path):
    """Open, run, save, start, hand in: in a clone, `git status` stays empty."""
    clone = tmp_path / "clone"
    tracked = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
    for name in filter(None, tracked.split("\0")):
        if name.startswith(("course/", "release/")) or name in {".gitignore", "nbgrader_config.py"}:
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, clone / name)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "The course"]):
        subprocess.run([*git, *command], cwd=clone, check=True)
    desk = Desk(clone)
    desk.renew()
    for lesson in (clone / "my/lessons").glob("*.ipynb"):
        run(lesson)
        shutil.copytree(lesson.parent, lesson.parent / ".ipynb_checkpoints", dirs_exist_ok=True)
    desk.start("quiz")
    desk.reset("quiz")
    (clone / "my/quiz/quiz-feedback.html").write_text("13 of 62")
    assert json.loads((clone / "my/.placed.json").read_text())
    status = ["git", "status", "--porcelain"]
    assert subprocess.check_output(status, cwd=clone, text=True) == ""
