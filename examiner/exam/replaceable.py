"""A kernel that may be lost, and is replaced: it runs its cells again then."""

import contextlib
import math
import os
import shutil
import subprocess
import time

from ..execute.channel import Malformed, TooLarge, Unread
from ..execute.confine import CannotConfine
from ..execute.warm import Kernel, KernelLost, TookTooLong
from ..files import write_files
from .job import GIVEN, TEST, Cell

MAX_LOST = 20
MAX_OUTPUTS = 5000  # of a cell: messages, not characters
MAX_OUTPUT_BYTES = 64 * 2**20  # of a submission, in this process
MAX_OUTPUT = 8 * 2**20  # bytes of one
MAX_OUTPUT_PARTS = 300_000  # of one: lists, objects, and what looks like an item of them
BYTES_PER_PART = 32  # about, in this process
START_SECONDS = 300
TEST_SECONDS = 10  # more for a test, beside what it calls
SUBMISSION_FACTOR = 10  # times the time for a cell ...
SUBMISSION_SECONDS = 3600  # ... or, where that has no limit, this
SERVICES = {
    "student": "examiner.exam.student:serve",
    "examiner": "examiner.exam.trusted:serve",
}


def seconds_for_submission(seconds: float) -> float:
    """What a submission may take in all, where a cell may take so many seconds."""
    total = SUBMISSION_FACTOR * seconds
    return SUBMISSION_SECONDS if math.isinf(total) else total


class SubmissionTookTooLong(TookTooLong):
    """All cells together have used up the time for a submission."""


class Replaceable:
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
        self.left = seconds_for_submission(session.job.seconds + own)
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
        self,
        cell: Cell,
        outputs: list,
        *,
        quiet=False,
        hidden=False,
        place=None,
    ) -> bool:
        """Run a cell, gather its outputs; returns whether it failed.

        quiet: nobody will see its outputs. hidden: nor may its lines be seen.
        place: a number for what it leaves to its hidden lines, or what they
        go back to. Raises KernelLost.
        """
        if self.left <= 0 or time.monotonic() > self.session.ends:
            raise SubmissionTookTooLong("its time is over")
        seconds = min(self.session.seconds(), self.left)
        try:
            if self.role == "student":
                self.kernel.send(
                    {
                        "do": "run",
                        "source": cell.source,
                        "quiet": quiet,
                        "points": cell.kind == TEST,
                    }
                )
                message = self.collect(outputs, seconds)
            else:
                calls = _Calls(self, outputs, seconds)
                message = self._examine(cell, hidden, place, calls, seconds + TEST_SECONDS)
        except KernelLost:
            self.lost()
            raise
        if cell.kind != TEST or self.session.job.one_kernel:
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
                message = self.kernel.receive(ends - before, lambda: self.session.watch(self))
            finally:
                self.left -= meter.used - before
            if "output" not in message:
                return message
            output = message["output"]
            if isinstance(output, Unread):
                self.session.output_bytes += output.parts * BYTES_PER_PART
                output = _read(output)
            outputs.append(output)
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
            remove_folders(self.folder)
            write_files(self.folder, *self.files)
        self.kernel = self.session.parent.fork(
            SERVICES[self.role],
            self.folder,
            self.session.job.confined,
            self.session.seed if self.role == "examiner" else 0,
        )
        message = self.kernel.receive(START_SECONDS)
        if "cannot_confine" in message:
            raise CannotConfine(message["cannot_confine"])

    def _examine(self, cell, hidden, place, calls, seconds):
        """Run a cell, and carry its questions to the student's kernel."""
        ends = self.kernel.meter.used + seconds
        self.kernel.send(
            {
                "source": cell.source,
                "names": sorted(cell.names),
                "hidden": hidden,
                "reserved": hidden and self.session.asks_student(cell),
                "given": cell.kind == GIVEN,
                "place": place,
            }
        )
        while True:
            left = ends - self.kernel.meter.used
            message = self.collect(calls.outputs, left)
            if "fetch" in message:
                answer = calls.fetch(message["fetch"])
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
            # Not read here: it may be large.
            fetched = self._ask({"do": "fetch", "names": rest}).get("values", {})
            return {"values": values, "fetched": fetched}
        return {"values": values}

    def call(self, message):
        answer = self._ask(
            {
                "do": "call",
                "name": message["call"],
                "args": message["args"],
                "shadow": message["shadow"],
                "builtins": message["builtins"],
                "generators": message["generators"],
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
            self.session.note(f"a call of {question.get('name')}", lost)
            lost = self.session.said_of(lost)
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


def remove_folders(*folders):
    """Remove folders, however deep they are nested: shutil gives up there."""
    for folder in folders:
        with contextlib.suppress(OSError, RecursionError):
            shutil.rmtree(folder)
    left = [folder for folder in folders if os.path.lexists(folder)]
    if left:
        for command in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
            subprocess.run([*command, "--", *left], check=False)


def _read(output):
    try:
        return output.read(MAX_OUTPUT, MAX_OUTPUT_PARTS)
    except Malformed as error:
        return {"output_type": "stream", "name": "stdout", "text": f"[cut: {error}]\n"}


def _printed(outputs):
    text = {"stdout": "", "stderr": ""}
    for output in outputs:
        name = output.get("name") if isinstance(output, dict) else None
        if isinstance(name, str) and name in text:
            text[name] += str(output.get("text", ""))
    return {name: value for name, value in text.items() if value}


def _failure(kind, message):
    return {
        "error": {
            "type": kind,
            "module": "builtins",
            "arguments": {"tuple": [message]},
            "where": [],
        }
    }
