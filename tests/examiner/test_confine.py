"""A machine that cannot confine is told so, and runs nothing."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from nbgrader.exchange.default import Exchange

from examiner.execute import CannotConfine, confine
from tests.sample_class.course import ROOT, write_submission
from tests.sample_class.students import CLASS

ASSIGNMENT = "ps2_gradients"
# What an old kernel, or a strict container, answers.
WITHOUT_LANDLOCK = """
import errno, os, pyseccomp, sys
system = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
for call in ("create_ruleset", "add_rule", "restrict_self"):
    system.add_rule(pyseccomp.ERRNO(errno.ENOSYS), f"landlock_{call}")
system.load()
os.execv(sys.executable, [sys.executable, "-m", "examiner", *sys.argv[1:]])
"""


@pytest.fixture
def handed_in(tmp_path):
    shutil.copytree(ROOT / "source" / ASSIGNMENT, tmp_path / "source" / ASSIGNMENT)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    released = ROOT / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    home = tmp_path / "submitted" / "student01" / ASSIGNMENT
    home.mkdir(parents=True)
    write_submission(released, home, CLASS["student01"][ASSIGNMENT])
    return tmp_path


def without_landlock(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_LANDLOCK, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
    )


def test_without_landlock_nothing_is_run(handed_in):
    refused = without_landlock(handed_in, "grade", ASSIGNMENT)
    assert refused.returncode == 2
    assert "the kernel has no Landlock" in refused.stderr
    assert "--unconfined" in refused.stderr
    assert not (handed_in / "autograded").exists()


def test_without_landlock_a_person_may_choose_to_trust(handed_in):
    graded = without_landlock(handed_in, "grade", ASSIGNMENT, "--unconfined")
    assert graded.returncode == 0, graded.stdout + graded.stderr
    total = sum(CLASS["student01"][ASSIGNMENT].points.values())
    (row,) = (line for line in graded.stdout.splitlines() if line.startswith("student01 "))
    assert row.split()[-1] == f"{total:g}"


def test_without_landlock_the_doctor_names_the_remedy(tmp_path):
    report = without_landlock(tmp_path, "doctor")
    assert report.returncode == 1
    assert "cannot be confined" in report.stdout
    assert "Linux 5.13 or newer" in report.stdout


def test_the_doctor_tries_to_break_out_and_fails(tmp_path):
    report = subprocess.run(
        [sys.executable, "-m", "examiner", "doctor"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert report.returncode == 0, report.stdout
    assert report.stdout.count("\ncould not ") == 7
    assert "COULD" not in report.stdout


@pytest.mark.parametrize("missing", ["sandlock", "pyseccomp"])
def test_a_missing_package_is_named(monkeypatch, missing):
    monkeypatch.setattr(confine, missing, None)
    (obstacle,) = confine.obstacles()
    assert f"pip install {missing}" in obstacle


def test_no_readable_folder_holds_the_course():
    for folder in confine.readable_folders():
        assert not str(ROOT).startswith(f"{folder}{os.sep}")
        assert folder not in {"/", str(ROOT), os.path.expanduser("~")}


@pytest.mark.parametrize("what", ["course", "exchange"])
def test_a_folder_among_the_libraries_is_refused(what):
    place = Path(sysconfig.get_path("purelib"), "exposed")
    with pytest.raises(CannotConfine, match=f"the {what} is in "):
        confine.refuse_exposed(**{what: place})
    confine.refuse_exposed(exchange=Path(Exchange.root.default_value))
