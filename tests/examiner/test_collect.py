"""nbgrader's collect, where students write into the exchange with their own hands."""

import os
import pwd

import pytest

from examiner.collect import copy_tree
from examiner.course import load_course
from examiner.reading import MAX_FILES

from .scratch_course import Course, copy_course, given, solution, trial

TIME = "2026-03-01 12:00:00 UTC"
LATER = "2099-03-01 12:00:00 UTC"


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    folder = tmp_path_factory.mktemp("collect") / "course"
    Course(
        folder,
        config=f"c.Exchange.root = {str(folder / 'exchange')!r}\n",
        hw=[given("1"), solution("f", "f = 1"), trial("t", "assert f == 1", hidden="assert f < 2")],
    )
    (folder / "exchange" / "scratch" / "inbound").mkdir(parents=True)
    return folder


@pytest.fixture
def course(empty, tmp_path):
    """Its folder; nothing was handed in yet."""
    copy_course(empty, tmp_path / "course")
    return tmp_path / "course"


def inbound_of(course):
    return course / "exchange" / "scratch" / "inbound"


def hand_in(course, student, time=TIME, **files):
    """Returns the folder in the exchange, as `nbgrader submit` leaves it."""
    folder = inbound_of(course) / f"{student}+hw+{time}+x"
    folder.mkdir()
    (folder / "timestamp.txt").write_text(time)
    notebook = course / "release" / "hw" / "hw.ipynb"
    (folder / "hw.ipynb").write_bytes(notebook.read_bytes())
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def collect(course):
    """Returns what is in submitted/, by student, and what was told."""
    told = load_course(course).collect("hw")
    assert told["success"], told
    submitted = course / "submitted"
    return {
        home.name: {
            str(path.relative_to(home / "hw")): path.read_text()
            for path in (home / "hw").rglob("*")
            if path.is_file()
        }
        for home in submitted.iterdir()
    }, told["log"]


def test_the_honest_are_collected_with_folders_and_what_is_ignored_stays_out(course):
    folder = hand_in(course, "student01", notes="my notes")
    (folder / "data").mkdir()
    (folder / "data" / "table.csv").write_text("1,2")
    (folder / ".ipynb_checkpoints").mkdir()
    hand_in(course, "student02", "2026-02-01 12:00:00 UTC", notes="old")
    hand_in(course, "student02", notes="new")
    collected, _ = collect(course)
    assert collected["student01"].keys() == {"hw.ipynb", "timestamp.txt", "notes", "data/table.csv"}
    assert collected["student02"]["notes"] == "new"
    assert not list((course / "submitted").glob("*/.collected*"))


def test_a_link_brings_nothing_of_the_instructors(course):
    folder = hand_in(course, "student01")
    secret = course / "source" / "hw"
    (folder / "hints.txt").symlink_to(secret / "hw.ipynb")
    (folder / "all").symlink_to(secret)
    os.mkfifo(folder / "pipe")
    hand_in(course, "student02")
    (inbound_of(course) / f"student03+hw+{TIME}+x").symlink_to(secret)
    collected, log = collect(course)
    assert collected.keys() == {"student01", "student02"}
    assert collected["student01"].keys() == {"hw.ipynb", "timestamp.txt"}
    for line in ("hints.txt: it is a link", "all: it is a link", "pipe: it is no file"):
        assert line in log
    assert f"student03+hw+{TIME}+x: it is no folder" in log


@pytest.mark.parametrize("name", ["student01", "student01+hw", "student01+hw+soon+x", "a+hw+++"])
def test_a_folder_of_another_name_keeps_nobody_elses_work_back(course, name):
    (inbound_of(course) / f"{name}+hw+").mkdir()
    (inbound_of(course) / f"+hw+{TIME}+x").mkdir()
    hand_in(course, "student02")
    collected, _ = collect(course)
    assert collected.keys() == {"student02"}


def test_before_the_due_date_too_a_folder_of_another_name_keeps_nobody_back(course):
    with (course / "nbgrader_config.py").open("a") as config:
        config.write("c.ExchangeCollect.before_duedate = True\n")
    with load_course(course).gradebook as gradebook:
        gradebook.update_or_create_assignment("hw", duedate="2026-04-01 12:00:00 UTC")
    (inbound_of(course) / "a+hw+soon+x").mkdir()
    hand_in(course, "student02", notes="in time")
    hand_in(course, "student02", LATER, notes="late")
    collected, _ = collect(course)
    assert collected.keys() == {"student02"}
    assert collected["student02"]["notes"] == "in time"


def test_a_folder_that_cannot_be_read_is_said(tmp_path):
    (line,) = copy_tree(tmp_path / "gone", tmp_path / "copy", 1e9, 1e9)
    assert line == f"{tmp_path / 'gone'}: No such file or directory"


def test_what_is_too_much_is_left_out_and_the_others_are_collected(course):
    folder = hand_in(course, "student01")
    deep = folder
    for _ in range(200):
        deep = deep / "d"
        deep.mkdir()
    with open(folder / "sparse", "wb") as file:
        file.truncate(10**12)
    many = hand_in(course, "student02")
    for number in range(MAX_FILES + 100):
        (many / f"f{number}").touch()
    hand_in(course, "student03")
    collected, log = collect(course)
    assert collected.keys() == {"student01", "student02", "student03"}
    assert "sparse: it is too large" in log
    assert "nested too deep" in log
    assert "too many files" in log
    assert MAX_FILES < len(collected["student02"]) <= MAX_FILES + 2


def test_nobody_hands_in_as_somebody_else(course, monkeypatch):
    """The accounts are those of this machine, and the collector is a third person."""
    victim, attacker = pwd.getpwall()[:2]
    hand_in(course, victim.pw_name, notes="mine")
    hand_in(course, victim.pw_name, LATER, notes="forged")
    owners = {TIME: victim.pw_uid, LATER: attacker.pw_uid}
    real = os.lstat

    def lstat(path, **how):
        facts = real(path, **how)
        for time, owner in owners.items():
            if str(path).endswith(f"+{time}+x"):
                return os.stat_result((*facts[:4], owner, *facts[5:]))
        return facts

    monkeypatch.setattr(os, "lstat", lstat)
    monkeypatch.setattr("pathlib.Path.lstat", lambda path: lstat(path))
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    collected, log = collect(course)
    assert collected[victim.pw_name]["notes"] == "mine"
    assert f"put there by {attacker.pw_name}, not by {victim.pw_name}" in log
