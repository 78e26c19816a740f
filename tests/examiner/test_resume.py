"""A batch that is killed at any moment goes on where it was."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import psutil
import pytest

from examiner.course import load_course
from tests.sample_class.course import ROOT, succeed, write_submission
from tests.sample_class.students import CLASS

ASSIGNMENT = "ps2_gradients"
STUDENTS = ["student01", "student03", "student05", "student09", "student12"]
KILLS = 20
GRADE = [sys.executable, "-m", "examiner", "grade", ASSIGNMENT]


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """A course in which five students have handed in."""
    folder = tmp_path_factory.mktemp("handed_in")
    shutil.copytree(
        ROOT / "source" / ASSIGNMENT, folder / "source" / ASSIGNMENT
    )
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    succeed(load_course(folder).generate_assignment(ASSIGNMENT))
    released = folder / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    for student in STUDENTS:
        home = folder / "submitted" / student / ASSIGNMENT
        home.mkdir(parents=True)
        (home / "timestamp.txt").write_text("2026-03-01 12:00:00 UTC")
        write_submission(released, home, CLASS[student][ASSIGNMENT])
    return folder


def state(folder):
    """All that grading leaves: gradebook, graded notebooks, pages."""
    with load_course(folder).gradebook as gradebook:
        book = {
            (submission.student_id, row.name): (
                submission.timestamp,
                getattr(row, "auto_score", None),
                getattr(row, "needs_manual_grade", None),
                getattr(row, "auto_comment", None),
                notebook.late_submission_penalty,
            )
            for submission in gradebook.assignment_submissions(ASSIGNMENT)
            for notebook in submission.notebooks
            for row in [*notebook.grades, *notebook.comments]
        }
    graded = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in (folder / "autograded").rglob("*")
        if path.is_file() and ".examiner" not in path.parts
    }
    pages = sorted(path.parts[-3:] for path in folder.rglob("*.html"))
    return book, graded, pages


def test_after_twenty_kills_all_is_as_if_undisturbed(handed_in, tmp_path):
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(handed_in, undisturbed)
    started = time.monotonic()
    # student12 handed in nothing that can be graded: status 1
    assert _grade(undisturbed).wait() == 1
    duration = time.monotonic() - started
    expected = state(undisturbed)
    assert len(expected[2]) == len(STUDENTS) - 1

    moments = random.Random(4711)
    resumed_after = []
    for number in range(KILLS):
        folder = tmp_path / f"killed-{number}"
        shutil.copytree(handed_in, folder)
        process = _grade(folder)
        time.sleep(moments.uniform(0.2, 1) * duration)
        family = psutil.Process(process.pid).children(recursive=True)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        _, alive = psutil.wait_procs(family, timeout=10)
        assert not alive, "a killed batch leaves nobody behind"
        resumed_after.append(
            len(list((folder / "autograded/.examiner").rglob("*.json")))
        )
        assert _grade(folder).wait() == 1
        assert state(folder) == expected
        shutil.rmtree(folder)
    # The moments were spread: some batches had graded nobody, some a few.
    assert len(set(resumed_after)) > 2, resumed_after


def _grade(folder):
    return subprocess.Popen(
        GRADE,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
