"""A submission is run: the student's cells in one kernel, the tests in another.

Between the two kernels only values pass. Either may end, hang or flood: then
it is replaced, the cells before are run again, and the rest goes on.
"""

import contextlib
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from .channel import TooLarge
from .confine import CannotConfine
from .values import encode
from .warm import Kernel, KernelLost, warm_parent

GIVEN, STUDENT, LITERAL, TEST = "given", "student", "literal", "test"
MAX_LOST = 20
MAX_OUTPUTS = 5000  # of a cell: messages, not characters
START_SECONDS = 60


@dataclass(frozen=True)
class Cell:
    """A code cell to run.

    kind: GIVEN cells run in both kernels, TEST cells in the examiner's,
    STUDENT cells in the student's. A LITERAL cell is the student's too, but
    its values have been read from its source. names: those of the student's
    that this cell mentions. hidden: numbers of the lines that students must
    not see.
    """

    kind: str
    source: str
    names: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()


@dataclass(frozen=True)
class Job:
    """All that a worker needs to run a submission, on whatever machine.

    values: those of the LITERAL cells. imports: run first in the examiner
    kernel. modules: imported by the warm parent. student_files,
    given_files: contents by relative path. seconds: that a cell may take.
    """

    cells: tuple[Cell, ...]
    values: dict[str, object] = field(default_factory=dict)
    imports: str = ""
    modules: tuple[str, ...] = ()
    student_files: dict[str, bytes] = field(default_factory=dict)
    given_files: dict[str, bytes] = field(default_factory=dict)
    seconds: float = 30
    confined: bool = True


@dataclass
class Run:
    """What came of it: for each cell its outputs, as the kernels sent them.

    lost: what became of kernels that did not live to the end, in words.
    peak_memory: of the largest kernel, in bytes.
    """

    outputs: list[list[dict]]
    lost: list[str] = field(default_factory=list)
    peak_memory: int = 0


def run_job(job: Job) -> Run:
    """Run a submission on this machine.

    Raises CannotConfine where a student's code would be free to do harm.
    """
    with tempfile.TemporaryDirectory(prefix="examiner-") as folder:
        session = _Session(job, Path(folder))
        try:
            session.run()
        finally:
            session.close()
        return session.result


class _Session:
    """The kernels of one submission.

    What a hidden line of a test asks is answered by a second student kernel,
    the twin, whose outputs nobody sees: so no cell of the student's can show
    what the hidden tests gave to its functions.
    """

    def __init__(self, job, folder):
        self.job = job
        self.result = Run([[] for _ in job.cells])
        self.parent = warm_parent(list(job.modules))
        theirs = job.given_files | job.student_files
        self.student = _Replaceable(self, "student", folder / "a", theirs)
        self.twin = _Replaceable(self, "student", folder / "b", theirs)
        self.examiner = _Replaceable(
            self, "examiner", folder / "c", job.given_files
        )
        self.values = {
            name: {"value": encode(value)}
            for name, value in job.values.items()
        }
        self.needs_student = any(cell.kind == STUDENT for cell in job.cells)
        self.timeouts = 0
        self.ends = time.monotonic() + 10 * job.seconds

    def run(self):
        if self.job.imports:
            self._examine(Cell(GIVEN, self.job.imports), [], "the imports")
        for index, cell in enumerate(self.job.cells):
            outputs = self.result.outputs[index]
            in_student = self.needs_student and cell.kind != TEST
            if in_student:
                self._study(cell, outputs, f"code cell {index + 1}")
            if cell.kind in {GIVEN, TEST}:
                self._examine(
                    cell,
                    [] if in_student else outputs,
                    f"code cell {index + 1}",
                )

    def close(self):
        for kernel in (self.student, self.twin, self.examiner):
            kernel.end()

    def seconds(self):
        """How long the next cell may take: less after two have hung."""
        seconds = self.job.seconds
        if self.timeouts >= 2:
            seconds = max(seconds / 10, 1)
        return max(min(seconds, self.ends - time.monotonic()), 0.1)

    def note(self, where, lost):
        self.result.lost.append(f"{where}: {lost}")
        if "too long" in str(lost):
            self.timeouts += 1

    def _study(self, cell, outputs, where):
        """Run a cell in the student kernel."""
        try:
            self.student.get()
            outputs += self.student.run(cell)
        except KernelLost as lost:
            self.note(where, lost)
            outputs.append(_error("KernelLost", str(lost)))
        else:
            self.twin.queue.append(cell)

    def _examine(self, cell, outputs, where):
        """Run a cell in the examiner kernel."""
        try:
            self.examiner.get()
            outputs += self.examiner.run(cell)
        except KernelLost as lost:
            self.note(where, lost)
            outputs.append(
                _error("KernelLost", f"the test did not end: {lost}")
            )


class _Replaceable:
    """A kernel that is forked when needed, and again after it was lost.

    queue: cells that it must have run before it can be used.
    """

    def __init__(self, session, role, folder, files):
        self.session = session
        self.role = role
        self.folder = folder
        self.queue: list[Cell] = []
        self.done: list[Cell] = []
        self.kernel: Kernel | None = None
        self.times_lost = 0
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        folder.mkdir(exist_ok=True)

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
                    self.run(self.queue.pop(0), quiet=True)

    def run(self, cell: Cell, *, quiet: bool = False) -> list[dict]:
        """Run a cell and return its outputs. Raises KernelLost."""
        outputs = []
        seconds = self.session.seconds()
        deadline = time.monotonic() + seconds
        try:
            if self.role == "student":
                self.kernel.send(
                    {"do": "run", "source": cell.source, "quiet": quiet}
                )
                self.collect(outputs, deadline)
            else:
                limit = deadline + seconds + 10
                calls = _Calls(self, outputs, deadline)
                self._examine(cell, calls, outputs, limit)
        except KernelLost:
            self.lost()
            raise
        if cell.kind != TEST:
            self.done.append(cell)
        return outputs

    def collect(self, outputs, deadline) -> dict:
        """Gather outputs until another message comes, and return that."""
        while True:
            message = self.kernel.receive(deadline)
            if "output" not in message:
                return message
            outputs.append(message["output"])
            if len(outputs) > MAX_OUTPUTS:
                self.kernel.end()
                raise KernelLost("it put out too much")

    def lost(self):
        self.times_lost += 1
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
        self.kernel = self.session.parent.fork(
            self.role, self.folder, self.session.job.confined
        )
        if self.role == "student":
            message = self.kernel.receive(time.monotonic() + START_SECONDS)
            if "cannot_confine" in message:
                raise CannotConfine(message["cannot_confine"])

    def _examine(self, cell, calls, outputs, deadline):
        """Run a cell, and carry its questions to the student's kernels."""
        self.kernel.send(
            {
                "source": cell.source,
                "names": sorted(cell.names),
                "hidden": sorted(cell.hidden),
                "given": cell.kind == GIVEN,
            }
        )
        while True:
            message = self.collect(outputs, deadline)
            if "fetch" in message:
                answer = {"values": calls.fetch(message["fetch"])}
            elif "call" in message:
                answer = calls.call(message)
            else:
                return
            try:
                self.kernel.send(answer)
            except TooLarge as error:
                self.kernel.send(_failure("ValueError", str(error)))


class _Calls:
    """What a test asks of the student's kernels, in the time for one cell."""

    def __init__(self, examiner, outputs, deadline):
        self.examiner = examiner
        self.session = examiner.session
        self.outputs = outputs
        self.deadline = deadline
        self.stopped = None

    def fetch(self, names):
        known = self.session.values
        values = {name: known[name] for name in names if name in known}
        rest = [name for name in names if name not in known]
        if rest and self.session.needs_student:
            fetched = self._ask(
                self.session.student, {"do": "fetch", "names": rest}
            ).get("values")
            if isinstance(fetched, dict):
                values |= {
                    name: value
                    for name, value in fetched.items()
                    if name in rest and isinstance(value, dict)
                }
        return values

    def call(self, message):
        session = self.session
        answer = self._ask(
            session.twin if message["hidden"] else session.student,
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

    def _ask(self, student, question):
        if self.stopped is not None:
            return _failure("TimeoutError", str(self.stopped))
        outputs = []
        try:
            student.get()
            try:
                student.kernel.send(question)
            except TooLarge as error:
                return _failure("ValueError", str(error))
            answer = student.collect(outputs, self.deadline)
            while "callback" in answer and "name" in question:
                student.kernel.send(self._call_back(answer))
                answer = student.collect(outputs, self.deadline)
        except KernelLost as lost:
            student.lost()
            self.session.note(f"a call of {question.get('name')}", lost)
            self.stopped = lost
            answer = _failure("RuntimeError", str(lost))
        return answer | _printed(outputs)

    def _call_back(self, question):
        """A function of the test's is called from the student's code."""
        self.examiner.kernel.send(
            {
                "callback": question["callback"],
                "args": question.get("args"),
            }
        )
        return self.examiner.collect(self.outputs, self.deadline)


def _printed(outputs):
    text = {"stdout": "", "stderr": ""}
    for output in outputs:
        if isinstance(output, dict) and output.get("name") in text:
            text[output["name"]] += str(output.get("text", ""))
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
