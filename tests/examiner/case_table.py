"""The cases as a table: python -m tests.examiner.case_table FILE [CASE ...]

With cases, only theirs are measured, and the other rows stay as they are.
Every case is graded twice: by nbgrader as it comes, one process a student,
and by the examiner, all in one batch. What would harm this machine is not
given to the first.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nbgrader.api import MissingEntry

from examiner.batch import Result
from examiner.report import rows_of

from . import small_course as small
from . import test_cases
from .cases import CASES, GROUPS

SECONDS = 60  # for nbgrader as it comes, a case
TITLE = """\
# Case by case

Each of these submissions was graded by nbgrader as it comes and by the
examiner. Written by `python -m tests.examiner.case_table examiner/CASES.md`;
the test of the same cases is `tests/examiner/test_cases.py`. The assignment
has 10 points, and one question for a person to grade; "shown" means that a
word out of the hidden tests, the solution, the environment or a secret file
came out in the graded notebook or the feedback.
"""
HEAD = """\
| case | what it tries | nbgrader: points | what happened \
| examiner: points | what happened |
|---|---|---|---|---|---|"""


def main(arguments: list[str]) -> int:
    """Write the table to the file that is named, or to the screen."""
    started = time.monotonic()
    path, names = Path(arguments[0]) if arguments else None, arguments[1:] or list(CASES)
    known = _rows(path.read_text(encoding="utf-8")) if path and path.is_file() else {}
    with tempfile.TemporaryDirectory(prefix="case-table-") as folder:
        ours = test_cases.grade(Path(folder, "examiner"), {name: CASES[name] for name in names})
        stock = Stock(Path(folder, "stock"))
        lines = []
        for group, cases in GROUPS.items():
            lines += [f"\n## {group}\n", HEAD]
            for case in cases:
                if case.name in names:
                    print(case.name, file=sys.stderr)
                    known[case.name] = _row(case, stock, ours)
                lines.append(known[case.name])
    for stray in test_cases.stray_files(Path(folder)):
        with contextlib.suppress(OSError):  # what nbgrader let them write
            os.remove(stray)
    text = TITLE + "\n".join(lines) + "\n"
    if path:
        path.write_text(text, encoding="utf-8")
    else:
        print(text)
    print(f"{time.monotonic() - started:.0f} s", file=sys.stderr)
    return 0


def _rows(table):
    """The lines of a table that was written before, by the case."""
    return {found[1]: found[0] for found in re.finditer(r"^\| `([\w-]+)` \|.*$", table, re.M)}


def _row(case, stock, ours):
    cells = [f"`{case.name}`", case.tries, *stock.grade(case), *by_examiner(ours, case)]
    return f"| {' | '.join(map(_in_a_cell, cells))} |"


def by_examiner(graded, case):
    """Points and what happened, in the batch of all cases."""
    if case.name in graded.stopped:
        return "-", f"stopped the batch: {graded.stopped[case.name]}"
    row = graded.rows[case.name]
    happened = row.note or "graded"
    leaks = test_cases.canaries_shown(graded, case.name)
    if leaks:
        happened += "; shown: " + ", ".join(leaks)
    return _points(row), happened


class Stock:
    """The small course, graded by nbgrader as it comes."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir()
        self.course = small.build(folder, switched_on=False)

    def grade(self, case):
        """Points and what happened; a process of its own, soon ended."""
        if case.stock:
            return "not run", case.stock
        arrived = []
        with test_cases.listeners(arrived) as ports:
            places = small.places_in(self.folder, **ports)
            small.hand_in(self.folder, case.name, case, places)
            happened = self._autograde(case.name)
        if arrived:
            happened += "; a message was received from it"
        shown = self._shown(case.name)
        if shown:
            happened += "; shown: " + ", ".join(shown)
        secret = self.folder / "secret.txt"
        if not secret.is_file() or small.CANARY not in secret.read_text():
            happened += "; the secret file was changed"
            secret.write_text(f"{small.CANARY}\n")
        with self.course.gradebook as gradebook:
            try:
                gradebook.find_submission(small.NAME, case.name)
            except MissingEntry:
                return "-", happened
            (row,) = rows_of(gradebook, small.NAME, [Result(case.name)])
        # The others of this machine need the disk.
        shutil.rmtree(self.folder / "submitted" / case.name)
        return _points(row), happened

    def _autograde(self, student):
        command = [
            sys.executable,
            "-m",
            "nbgrader",
            "autograde",
            small.NAME,
            "--student",
            student,
        ]
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=os.environ | {"EXAMINER_CANARY": small.CANARY},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=_bounded,
        )
        try:
            _, said = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return f"still running after {SECONDS} s, killed"
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if process.returncode == 0:
            return "graded"
        return f"failed: {_reason(said)}".replace(f"{self.folder}/", "")

    def _shown(self, student):
        graded = test_cases.Graded(self.folder)
        return test_cases.canaries_shown(graded, student)


def _reason(said):
    """The exception in what nbgrader wrote, else its last error."""
    lines = said.splitlines()
    exceptions = [
        line for line in lines if re.match(r"[\w.]*(Error|Exception|Died\w*|Gradable)\b", line)
    ]
    errors = [line for line in lines if "ERROR" in line]
    last = (exceptions or errors or lines or ["no message"])[-1]
    return re.sub(r"^\[\w+ \| ERROR\] ", "", last)


def _bounded():
    """Some bounds for what runs with all our rights."""
    import resource

    for what, most in {
        resource.RLIMIT_AS: 8 * 2**30,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: 2**28,
        resource.RLIMIT_CORE: 0,
    }.items():
        resource.setrlimit(what, (most, most))


def _points(row):
    if not row.points:
        return "-"
    return f"{row.score:g} of {sum(small.FULL.values())}"


def _in_a_cell(text):
    """Text as a cell of a Markdown table: one line, no markup."""
    text = " ".join(text.split())
    for sign in "\\|<>*_[]":
        if not text.startswith("`"):
            text = text.replace(sign, f"\\{sign}")
    return text if len(text) <= 200 else text[:200] + " ..."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
