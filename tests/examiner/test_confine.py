"""A machine that cannot confine is told so, and runs nothing."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from nbgrader.exchange.default import Exchange

from examiner.doctor import ATTEMPTS, layers
from examiner.exam import STUDENT, Cell, Job, run_job
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
    assert report.stdout.count("\ncould not ") == len(ATTEMPTS) == 13
    assert "COULD" not in report.stdout
    assert f"Landlock {confine.landlock_version()}; at least 1 is needed" in report.stdout


@pytest.mark.parametrize("version", range(1, 8))
def test_the_doctor_says_who_keeps_what(version):
    """The filter alone is tried with each version in test_old_kernels.py."""
    lines = layers(version)
    alone = [line for line in lines if "the filter of system calls alone" in line]
    assert len(alone) == sum(since > version for since in (1, 3, 4, 5, 6))
    assert ("cut a file short: kept by the filter" in "".join(lines)) == (version < 3)


def test_below_the_minimum_it_refuses(monkeypatch):
    monkeypatch.setattr(confine.sandlock, "landlock_abi_version", lambda: 0)
    (obstacle,) = confine.obstacles()
    assert "Linux 5.13 or newer" in obstacle
    with pytest.raises(CannotConfine):
        confine.confine(Path())


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


EVERY_CALL = """
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
# 335 and 336 are for probes of the kernel's own, which no filter sees: they end who calls them.
for number in set(range(1024)) - {listed} - {{335, 336}}:
    assert libc.syscall(number, -1, -1, -1, -1, -1, -1) == -1, number
    assert ctypes.get_errno() == 38, (number, ctypes.get_errno())  # ENOSYS
print("refused")
"""
# What these are asked for decides.
BY_ARGUMENTS = """open openat clone fcntl fcntl64 ioctl prctl prlimit64 sendto getsockopt
    socketpair kill tgkill"""


def numbers_of(*names):
    found = {
        confine.pyseccomp.resolve_syscall(confine.pyseccomp.Arch.NATIVE, name)
        for text in names
        for name in text.split()
    }
    return {number for number in found if number >= 0}


def test_a_call_that_is_not_listed_is_unknown():
    """Also one that no kernel has yet."""
    answered = (confine.PRETENDED, confine.LACKING, confine.REFUSED, confine.CLOCK_CALLS)
    listed = numbers_of(*confine.ALLOWED.values(), *answered, BY_ARGUMENTS)
    assert 50 < len(listed) < 250
    run = run_job(Job((Cell(STUDENT, EVERY_CALL.format(listed=listed)),)))
    printed = "".join(output.get("text", "") for output in run.outputs[0])
    assert printed == "refused\n", run.outputs


@pytest.mark.parametrize("reason", confine.ALLOWED)
def test_what_is_listed_is_known_to_some_processor(reason):
    """A name that is spelled wrong would be left out, and nobody would see it."""
    for name in confine.ALLOWED[reason].split():
        assert any(
            confine.pyseccomp.resolve_syscall(arch, name) not in {-1, None}
            for arch in (confine.pyseccomp.Arch.NATIVE, confine.pyseccomp.Arch.ARM)
        ), name


def test_a_kernel_has_no_terminal():
    run = run_job(Job((Cell(STUDENT, "import os\nprint(os.getsid(0))"),)))
    assert int(run.outputs[0][0]["text"]) not in {0, os.getsid(0)}


TRAINS = """
import asyncio, concurrent.futures, os, shutil, sqlite3, tempfile
import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
x = rng.normal(size=(64, 5, 2))
y = x.sum((1, 2))
model = keras.Sequential(
    [keras.Input((5, 2)), keras.layers.LSTM(8), keras.layers.Dense(1)]
)
model.compile("adam", "mse")
losses = model.fit(x, y, epochs=3, verbose=0).history["loss"]
assert losses[-1] < losses[0]
data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(64).batch(8).prefetch(2)
model.fit(data, verbose=0)
model.save("model.keras")
keras.models.load_model("model.keras")
plt.plot(losses)
plt.savefig("losses.png")
shutil.copytree(".", "copy")
np.memmap("mapped", "f8", "w+", shape=(3,))[:] = 1
with tempfile.TemporaryFile() as file, concurrent.futures.ThreadPoolExecutor(4) as pool:
    file.write(b"x")
    assert sum(pool.map(len, ["a", "b"])) == 2


async def later():
    await asyncio.sleep(0.01)
    return np.linalg.svd(x[0]).S


await later()
sqlite3.connect("book.db").execute("create table words(word)").connection.commit()
assert shutil.disk_usage(".").total > 0 and os.cpu_count() > 0
print("trained")
"""


def test_libraries_find_all_that_they_need():
    modules = ("keras", "matplotlib.pyplot", "numpy", "tensorflow")
    run = run_job(Job((Cell(STUDENT, TRAINS),), modules=modules, seconds=300))
    text = "".join(output.get("text", "") for output in run.outputs[0])
    assert "trained" in text, run.outputs
    assert run.lost == []
