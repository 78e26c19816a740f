"""A batch that is killed at any moment goes on where it was."""

import signal
import subprocess
import sys
from dataclasses import dataclass

import psutil
import pytest

from examiner.course import load_course

from . import small_course as small
from .cases.case import Case
from .scratch_course import copy_course

STUDENTS = {
    "student01": Case("student01", "", small.RIGHT),
    "student02": Case("student02", "", {"double": small.RIGHT["double"]}),
    "student03": Case("student03", "", raw=b"{"),  # cannot be graded
    "student04": Case("student04", "", small.RIGHT),
}
PAGES = 3


@dataclass(frozen=True)
class Moment:
    """When a batch is killed: at the second call of a function.

    before: as it is called, else when it has returned. by: SIGINT is a person's Ctrl-C.
    """

    module: str
    name: str
    before: bool = True
    by: signal.Signals = signal.SIGKILL


MOMENTS = {
    "submissions are handed to workers": Moment("concurrent.futures", "ThreadPoolExecutor.submit"),
    "a worker runs one": Moment("examiner.exam.session", "Session.run"),
    "one comes back": Moment("examiner.batch", "Batch._end"),
    "scores are about to be saved": Moment("examiner.grading", "save_scores"),
    "scores are saved, the notebook is not": Moment(
        "examiner.grading", "save_scores", before=False
    ),
    "the graded notebook is half there": Moment("examiner.grading", "write_files", before=False),
    "a page is about to be written": Moment("examiner.feedback", "FeedbackPages.write"),
    "a page is there, the journal does not know": Moment(
        "examiner.feedback", "FeedbackPages.write", before=False
    ),
    "one is all done": Moment("examiner.journal", "Journal.write", before=False),
    "scores are saved, and a person stops it": Moment(
        "examiner.grading", "save_scores", before=False, by=signal.SIGINT
    ),
}

# Grades the assignment and kills itself at a moment.
DRIVER = """
import functools, importlib, os, signal, sys

module, name, before, by = sys.argv[1:]
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell says so
owner = importlib.import_module(module)
*outer, name = name.split(".")
for part in outer:
    owner = getattr(owner, part)
original, calls = getattr(owner, name), []

@functools.wraps(original)
def deadly(*arguments, **keywords):
    calls.append(name)
    if len(calls) == 2 and before == "True":
        os.kill(os.getpid(), int(by))
    result = original(*arguments, **keywords)
    if len(calls) == 2:
        os.kill(os.getpid(), int(by))
    return result

setattr(owner, name, deadly)
from examiner.__main__ import main
sys.exit(main(["grade", "small"]))
"""


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """A course in which four students have handed in."""
    folder = tmp_path_factory.mktemp("handed_in")
    small.build(folder)
    for student, case in STUDENTS.items():
        small.hand_in(folder, student, case, {})
        home = folder / "submitted" / student / small.NAME
        (home / "timestamp.txt").write_text("2026-03-01 12:00:00 UTC")
    return folder


@pytest.fixture(scope="module")
def undisturbed(handed_in, tmp_path_factory):
    folder = tmp_path_factory.mktemp("courses") / "undisturbed"
    copy_course(handed_in, folder)
    assert grade(folder) == 1  # student03
    return state(folder)


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
            for submission in gradebook.assignment_submissions(small.NAME)
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


@pytest.mark.parametrize("moment", MOMENTS)
def test_after_a_kill_all_is_as_if_undisturbed(moment, handed_in, undisturbed, tmp_path):
    assert len(undisturbed[2]) == PAGES
    folder = tmp_path / "killed"
    copy_course(handed_in, folder)
    when = MOMENTS[moment]
    process = subprocess.Popen(
        [
            *(sys.executable, "-c", DRIVER),
            *(when.module, when.name, str(when.before), str(int(when.by))),
        ],
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    watched = psutil.Process(process.pid)
    family = set()
    while process.poll() is None:
        try:
            family |= set(watched.children(recursive=True))
            process.wait(0.1)
        except (psutil.Error, subprocess.TimeoutExpired):
            continue
    assert process.returncode == (130 if when.by == signal.SIGINT else -when.by)
    psutil.wait_procs(family)  # a killed batch leaves nobody behind
    assert grade(folder) == 1
    assert state(folder) == undisturbed


def grade(folder):
    command = [sys.executable, "-m", "examiner", "grade", small.NAME]
    return subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL).returncode
