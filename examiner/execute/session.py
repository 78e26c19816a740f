"""A submission is run: the student's cells in one kernel, the tests in another.

Between the two kernels only values pass. Either may end, hang or flood: then
it is replaced, the cells before are run again, and the rest goes on. Hidden
lines of tests run last, when nothing that the student's code does is shown.
"""

import contextlib
import math
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..files import write_files
from .channel import TooLarge
from .confine import CannotConfine
from .values import encode
from .warm import (
    Kernel,
    KernelLost,
    ParentLost,
    TookTooLong,
    warm_parent,
)

GIVEN, STUDENT, LITERAL, TEST = "given", "student", "literal", "test"
MAX_LOST = 20
MAX_OUTPUTS = 5000  # of a cell: messages, not characters
MAX_OUTPUT_BYTES = 64 * 2**20  # of a submission, in this process
MAX_OUTPUT_PARTS = 10_000  # lists and objects of an output
BYTES_PER_PART = 100  # about, in this process
START_SECONDS = 300
TEST_SECONDS = 10  # more for a test, beside what it calls
SUBMISSION_FACTOR = 10  # times the time for a cell ...
SUBMISSION_SECONDS = 3600  # ... or, where that has no limit, this


class SubmissionTookTooLong(TookTooLong):
    """All cells together have used up the time for a submission."""


@dataclass(frozen=True)
class Cell:
    """A code cell to run.

    kind: GIVEN cells run in both kernels, TEST cells in the examiner's,
    STUDENT cells in the student's. A LITERAL cell is the student's too, but
    its values have been read from its source. names: those of the student's
    that this cell mentions. parts: of a test with lines that students must
    not see, what stands before them, and they.
    """

    kind: str
    source: str
    names: tuple[str, ...] = ()
    parts: tuple[str, str] | None = None


@dataclass(frozen=True)
class Job:
    """All that a worker needs to run a submission, on whatever machine.

    values: those of the LITERAL cells. gives_names_anew: whether a cell
    defines or imports what another has, in another way. imports: run first in the examiner
    kernel. modules: imported by the warm parent. student_files,
    given_files: contents by relative path. seconds: that a cell may take, of
    a processor's time or asleep.
    """

    cells: tuple[Cell, ...]
    values: dict[str, object] = field(default_factory=dict)
    gives_names_anew: bool = False
    imports: str = ""
    modules: tuple[str, ...] = ()
    student_files: dict[str, bytes] = field(default_factory=dict)
    given_files: dict[str, bytes] = field(default_factory=dict)
    seconds: float = 30
    confined: bool = True


@dataclass
class Run:
    """What came of it: for each cell its outputs, as the kernels sent them.

    failed: for each cell, whether its last run ended in an error.
    lost: what became of kernels that did not live to the end, in words.
    peak_memory: of the largest kernel, in bytes.
    """

    outputs: list[list[dict]]
    failed: list[bool]
    lost: list[str] = field(default_factory=list)
    peak_memory: int = 0


def run_job(job: Job) -> Run:
    """Run a submission on this machine.

    Raises CannotConfine where a student's code would be free to do harm.
    """
    try:
        return _run(job)
    except ParentLost:  # out of memory, perhaps: nobody's fault here
        return _run(job)


def _run(job):
    # No kernel can guess the name of another's folder.
    folders = [tempfile.mkdtemp(prefix="examiner-") for _ in range(3)]
    try:
        session = _Session(job, *map(Path, folders))
        try:
            session.run()
        finally:
            session.close()
        return session.result
    finally:
        _remove(*folders)


def _remove(*folders):
    """Remove folders, however deep they are nested: shutil gives up there."""
    for folder in folders:
        with contextlib.suppress(OSError, RecursionError):
            shutil.rmtree(folder)
    left = [folder for folder in folders if os.path.lexists(folder)]
    if left:
        for command in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
            subprocess.run([*command, "--", *left], check=False)


class _Session:
    """The kernels of one submission.

    What the hidden lines of tests ask is answered when all other cells have
    run, and nobody sees what is put out from then on: so whatever hidden tests
    give to a function, and however it tells its other cells of that, in a
    file, by the time it takes, it is told too late. Where a cell gives a name
    anew, a second student kernel answers, and runs the cells once more: a test
    must meet the functions that stand before it.
    """

    def __init__(self, job, *folders):
        self.job = job
        self.result = Run([[] for _ in job.cells], [True] * len(job.cells))
        self.parent = warm_parent(list(job.modules))
        theirs = job.given_files, job.student_files
        self.student = _Replaceable(self, "student", folders[0], *theirs)
        self.second = _Replaceable(self, "student", folders[1], *theirs)
        self.examiner = _Replaceable(
            self, "examiner", folders[2], job.given_files
        )
        self.values = {
            name: {"value": encode(value)}
            for name, value in job.values.items()
        }
        self.needs_student = any(cell.kind == STUDENT for cell in job.cells)
        self.answering = self.student
        self.is_hidden = False
        self.output_bytes = 0
        self.timeouts = 0
        self.is_over = False

    def run(self):
        if self.job.imports:
            self._examine(Cell(GIVEN, self.job.imports), [], "the imports")
        examiners = self._run_what_is_shown()
        self.is_hidden = True
        ran = [*self.student.done, *self.student.queue]
        if self.job.gives_names_anew:
            self.student.end()
            self.answering = self.second
        self._run_what_is_hidden(examiners, set(map(id, ran)))

    def _run_what_is_shown(self):
        """Returns for each cell which of the examiner kernels has run it."""
        examiners = []
        for index, cell in enumerate(self.job.cells):
            outputs = self.result.outputs[index]
            in_student = self.needs_student and cell.kind != TEST
            where = f"code cell {index + 1}"
            failed = False
            if in_student:
                failed = self._study(cell, outputs, where)
            if cell.kind in {GIVEN, TEST}:
                shown, _ = cell.parts or (cell.source, None)
                failed = self._examine(
                    replace(cell, source=shown),
                    [] if in_student else outputs,
                    where,
                    index if cell.parts else None,
                )
            self.result.failed[index] = failed
            examiners.append(self.examiner.times_lost)
        return examiners

    def _run_what_is_hidden(self, examiners, ran):
        for index, cell in enumerate(self.job.cells):
            if id(cell) in ran:
                self.second.queue.append(cell)
            if cell.parts and not self.result.failed[index]:
                is_the_same = examiners[index] == self.examiner.times_lost
                source = cell.parts[1] if is_the_same else cell.source
                self.result.failed[index] = self._examine(
                    replace(cell, source=source),
                    self.result.outputs[index],
                    f"code cell {index + 1}",
                    index,
                )

    def close(self):
        for kernel in (self.student, self.second, self.examiner):
            kernel.end()

    def seconds(self):
        """How long the next cell may take: less after two have hung."""
        seconds = self.job.seconds
        return max(seconds / 10, 1) if self.timeouts >= 2 else seconds

    def note(self, where, lost):
        if isinstance(lost, SubmissionTookTooLong):
            if self.is_over:
                return
            self.is_over, where = True, f"from {where} on"
        self.result.lost.append(f"{where}: {lost}")
        self.timeouts += isinstance(lost, TookTooLong)

    def watch(self, waited_for):
        """End a student kernel that is over a limit, waited for or not."""
        kernel = self.answering
        excess = kernel.kernel and kernel.kernel.excess()
        if excess:
            kernel.lost()
            if kernel is waited_for:
                raise KernelLost(excess)
            self.note("in the background", self.said_of(excess))

    def said_of(self, lost):
        """What may be said of how a student kernel was lost.

        In a hidden test, whether it took too long: its code can choose how
        it ends, and tell so what that has asked.
        """
        if self.is_hidden and not isinstance(lost, TookTooLong):
            return KernelLost("the process ended in a hidden test")
        return lost

    def _study(self, cell, outputs, where):
        """Run a cell in the student kernel; returns whether it failed."""
        try:
            self.student.get()
            return self.student.run(cell, outputs)
        except KernelLost as lost:
            self.note(where, lost)
            outputs.append(_error("KernelLost", str(lost)))
            return True

    def _examine(self, cell, outputs, where, place=None):
        """Run a cell in the examiner kernel; returns whether it failed.

        place: of a test with hidden lines, a number for what it leaves.
        """
        try:
            self.examiner.get()
            return self.examiner.run(cell, outputs, place=place)
        except KernelLost as lost:
            self.note(where, lost)
            outputs.append(
                _error("KernelLost", f"the test did not end: {lost}")
            )
            return True


class _Replaceable:
    """A kernel that is forked when needed, and again after it was lost.

    queue: cells that it must have run before it can be used.
    """

    def __init__(self, session, role, folder, *files):
        self.session = session
        self.role = role
        self.folder = folder
        self.queue: list[Cell] = []
        self.done: list[Cell] = []
        self.kernel: Kernel | None = None
        self.times_lost = 0
        self.files = files
        own = TEST_SECONDS if role == "examiner" else 0
        self.left = SUBMISSION_FACTOR * (session.job.seconds + own)
        if math.isinf(self.left):
            self.left = SUBMISSION_SECONDS
        write_files(folder, *files)

    def get(self):
        """Make sure that it lives and has run what it must have run."""
        while self.kernel is None or self.queue:
            if self.kernel is None:
                self._fork()
                self.queue[:0] = self.done
                self.done.clear()
            else:
                # A cell that it does not survive this time is left out.
                with contextlib.suppress(KernelLost):
                    self.run(self.queue.pop(0), [], quiet=True)

    def run(
        self, cell: Cell, outputs: list, *, quiet=False, place=None
    ) -> bool:
        """Run a cell, gather its outputs; returns whether it failed.

        Raises KernelLost.
        """
        if self.left <= 0:
            raise SubmissionTookTooLong("its time is over")
        seconds = min(self.session.seconds(), self.left)
        try:
            if self.role == "student":
                self.kernel.send(
                    {"do": "run", "source": cell.source, "quiet": quiet}
                )
                message = self.collect(outputs, seconds)
            else:
                calls = _Calls(self, outputs, seconds)
                message = self._examine(
                    cell, place, calls, seconds + TEST_SECONDS
                )
        except KernelLost:
            self.lost()
            raise
        if cell.kind != TEST:
            self.done.append(cell)
        return message.get("failed") is not False

    def collect(self, outputs, seconds) -> dict:
        """Gather outputs until another message comes, and return that.

        seconds: that the kernel may take.
        """
        meter = self.kernel.meter
        ends = meter.used + seconds
        while True:
            before = meter.used
            try:
                message = self.kernel.receive(
                    ends - before, lambda: self.session.watch(self)
                )
            finally:
                self.left -= meter.used - before
            if "output" not in message:
                return message
            if self.kernel.parts <= MAX_OUTPUT_PARTS:
                outputs.append(message["output"])
                self.session.output_bytes += (
                    self.kernel.parts * BYTES_PER_PART
                )
            self.session.output_bytes += self.kernel.size
            too_many = len(outputs) > MAX_OUTPUTS
            if too_many or self.session.output_bytes > MAX_OUTPUT_BYTES:
                self.kernel.end()
                raise KernelLost("it put out too much")

    def lost(self):
        self.times_lost += self.kernel is not None
        self.end()

    def end(self):
        if self.kernel is not None:
            result = self.session.result
            peak = self.kernel.end()["peak_memory"]
            result.peak_memory = max(result.peak_memory, peak)
            self.kernel = None

    def _fork(self):
        if self.times_lost > MAX_LOST:
            raise KernelLost("too many cells ended the process")
        if self.times_lost:  # what it wrote is written again, or too much
            _remove(self.folder)
            write_files(self.folder, *self.files)
        self.kernel = self.session.parent.fork(
            self.role, self.folder, self.session.job.confined
        )
        message = self.kernel.receive(START_SECONDS)
        if "cannot_confine" in message:
            raise CannotConfine(message["cannot_confine"])

    def _examine(self, cell, place, calls, seconds):
        """Run a cell, and carry its questions to the student's kernel."""
        ends = self.kernel.meter.used + seconds
        self.kernel.send(
            {
                "source": cell.source,
                "names": sorted(cell.names),
                "hidden": self.session.is_hidden,
                "given": cell.kind == GIVEN,
                "place": place,
            }
        )
        while True:
            left = ends - self.kernel.meter.used
            message = self.collect(calls.outputs, left)
            if "fetch" in message:
                answer = {"values": calls.fetch(message["fetch"])}
            elif "call" in message:
                answer = calls.call(message)
            else:
                return message
            try:
                self.kernel.send(answer)
            except TooLarge as error:
                self.kernel.send(_failure("ValueError", str(error)))


class _Calls:
    """What a test asks of the student's kernel, in the time for one cell."""

    def __init__(self, examiner, outputs, seconds):
        self.examiner = examiner
        self.session = examiner.session
        self.outputs = outputs
        self.left = seconds
        self.stopped = None

    def fetch(self, names):
        known = self.session.values
        values = {name: known[name] for name in names if name in known}
        rest = [name for name in names if name not in known]
        if rest and self.session.needs_student:
            fetched = self._ask({"do": "fetch", "names": rest}).get(
                "values"
            )
            if isinstance(fetched, dict):
                values |= {
                    name: value
                    for name, value in fetched.items()
                    if name in rest and isinstance(value, dict)
                }
        return values

    def call(self, message):
        answer = self._ask(
            {
                "do": "call",
                "name": message["call"],
                "args": message["args"],
                "shadow": message["shadow"],
            },
        )
        return {
            name: answer[name]
            for name in ("value", "error", "changed", "stdout", "stderr")
            if name in answer
        }

    def _ask(self, question):
        if self.stopped is not None:
            return _failure("TimeoutError", str(self.stopped))
        student = self.session.answering
        outputs = []
        try:
            student.get()
            try:
                student.kernel.send(question)
            except TooLarge as error:
                return _failure("ValueError", str(error))
            answer = self._answer(student, outputs)
            while "callback" in answer and "name" in question:
                student.kernel.send(self._call_back(answer))
                answer = self._answer(student, outputs)
        except KernelLost as lost:
            student.lost()
            lost = self.session.said_of(lost)
            self.session.note(f"a call of {question.get('name')}", lost)
            self.stopped = lost
            answer = _failure("RuntimeError", str(lost))
        return answer | _printed(outputs)

    def _answer(self, student, outputs):
        meter = student.kernel.meter
        before = meter.used
        try:
            return student.collect(outputs, self.left)
        finally:
            self.left -= meter.used - before

    def _call_back(self, question):
        """A function of the test's is called from the student's code."""
        self.examiner.kernel.send(
            {
                "callback": question["callback"],
                "args": question.get("args"),
            }
        )
        return self.examiner.collect(self.outputs, self.left)


def _printed(outputs):
    text = {"stdout": "", "stderr": ""}
    for output in outputs:
        name = output.get("name") if isinstance(output, dict) else None
        if isinstance(name, str) and name in text:
            text[name] += str(output.get("text", ""))
    return {name: value for name, value in text.items() if value}


def _error(name, message):
    return {
        "output_type": "error",
        "ename": name,
        "evalue": message,
        "traceback": [f"{name}: {message}"],
    }


def _failure(kind, message):
    return {
        "error": {
            "type": kind,
            "module": "builtins",
            "arguments": {"tuple": [message]},
            "where": [],
        }
    }
