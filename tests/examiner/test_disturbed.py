"""A gradebook that somebody else holds, files that are damaged: said, and nothing is lost."""

import json
import sqlite3

import pytest
from sqlalchemy import text

from examiner import course as courses
from examiner.__main__ import main
from examiner.course import load_course

from .scratch_course import Course, solution, trial

STUDENTS = [f"student{number:02}" for number in range(6)]


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A course in which six have handed in and were graded."""
    course = Course(
        tmp_path_factory.mktemp("course"),
        hw=[solution("f", "f = 1"), trial("t", "assert f == 1")],
    )
    for student in STUDENTS:
        course.hand_in(student, answers={"f": "f = 1"})
    points, results, _ = course.grade()
    assert points == {student: {"t": 1} for student in STUDENTS}
    assert not any(result.problem for result in results.values())
    return course


def test_a_locked_gradebook_is_waited_for_and_then_said_in_a_line(graded, monkeypatch, capsys):
    with load_course(graded.folder).gradebook as gradebook:
        patience = gradebook.db.execute(text("PRAGMA busy_timeout")).scalar()
    assert patience == 1000 * courses.LOCK_SECONDS > 30_000

    monkeypatch.chdir(graded.folder)
    monkeypatch.setattr(courses, "LOCK_SECONDS", 0)
    for student in STUDENTS[:2]:
        graded.hand_in(student, answers={"f": "f = 2"})
    other = sqlite3.connect(graded.folder / "gradebook.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")  # it may be read
    assert main(["grade", "hw"]) == 2
    assert capsys.readouterr().err == f"{courses.LOCKED}\n"
    other.execute("ROLLBACK")
    other.execute("BEGIN EXCLUSIVE")  # nor that
    assert main(["grade", "hw"]) == 2
    assert capsys.readouterr().err == f"{courses.LOCKED}\n"
    other.execute("ROLLBACK")
    other.close()
    assert main(["grade", "hw"]) == 0
    printed = capsys.readouterr().out
    assert all(f"{student}: graded (" in printed for student in STUDENTS[:2])


def test_what_a_damaged_journal_holds_is_graded_anew(graded):
    """And the rehearsal is done anew where its answer is damaged."""
    before, _, _ = graded.grade()
    folder = graded.folder / "autograded" / ".examiner" / "hw"
    known = [json.loads((folder / f"{student}.json").read_text()) for student in STUDENTS]
    damaged = [
        b"",
        json.dumps(known[1]).encode()[:-20],
        b"\xff\xfe\0",
        b"[]",
        json.dumps(known[4] | {"result": {"who": "?"}}).encode(),
    ]
    for student, content in zip(STUDENTS, damaged, strict=False):
        (folder / f"{student}.json").write_bytes(content)
    rehearsal = json.loads((folder / ".rehearsal.json").read_text())
    for content in (b"{", json.dumps(rehearsal | {"rehearsal": {"who": "?"}}).encode()):
        (folder / ".rehearsal.json").write_bytes(content)
        points, results, lines = graded.grade()
        assert points == before
        assert not any(result.problem for result in results.values())
        assert json.loads((folder / ".rehearsal.json").read_text()) == rehearsal
        again = [line for line in lines if "graded before, unchanged" not in line]
        assert len(again) == len(damaged)
        assert "student05" not in str(again)
        damaged = []
