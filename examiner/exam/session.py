"""A submission is run: the student's cells in one kernel, the tests in another.

Between the two kernels only values pass. Either may end, hang or flood: then
it is replaced, the cells before are run again, and the rest goes on. Hidden
lines of tests run last, when nothing that the student's code does is shown.
"""

import hashlib
import tempfile
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from ..execute.meter import WALL_FACTOR, WALL_SECONDS
from ..execute.warm import KernelLost, ParentLost, TookTooLong, WarmParent, leased
from .job import GIVEN, STUDENT, TEST, Cell, Job, Run
from .messages import HIDDEN_ENDED, HIDDEN_ERROR, HIDDEN_FAILED, HIDDEN_TOO_LONG
from .replaceable import (
    SERVICES,
    Replaceable,
    SubmissionTookTooLong,
    remove_folders,
    seconds_for_submission,
)
from .values import encode

ROLES = ("student", "student", "examiner", "examiner")


def run_job(job: Job) -> Run:
    """Run a submission on this machine.

    Raises CannotConfine where a student's code would be free to do harm.
    """
    try:
        return _run(job)
    except ParentLost:  # out of memory, perhaps: nobody's fault here
        return _run(job)


def warm_parent(modules: Iterable[str]) -> AbstractContextManager[WarmParent]:
    """What run_job forks from, started when needed."""
    return leased(modules, SERVICES.values())


def _run(job):
    # No kernel can guess the name of another's folder.
    folders = [tempfile.mkdtemp(prefix="examiner-") for _ in ROLES]
    try:
        with warm_parent(job.modules) as parent:
            session = Session(job, parent, *map(Path, folders))
            try:
                session.run()
            finally:
                session.close()
        return session.result
    finally:
        remove_folders(*folders)


class Session:
    """The kernels of one submission.

    What the hidden lines of tests ask is answered when all other cells have
    run, and nobody sees what is put out from then on: so whatever hidden tests
    give to a function, and however it tells its other cells of that, in a
    file, by the time it takes, it is told too late. Where a later cell may
    have changed what a hidden line meets, two new kernels run all cells once
    more, in their order.
    """

    def __init__(self, job, parent, *folders):
        self.job = job
        count = len(job.cells)
        self.result = Run([[] for _ in job.cells], [True] * count, [False] * count)
        self.parent = parent
        # What a test draws without a seed is the same at each try, and
        # nothing that a student's process can know.
        self.seed = int.from_bytes(hashlib.sha256(repr(job.cells).encode()).digest()[:4])
        theirs = {
            "student": (job.given_files, job.student_files),
            "examiner": (job.given_files,),
        }
        # Who waits for a disk neither runs nor sleeps: the clock on the wall ends that too.
        most = seconds_for_submission(job.seconds)
        self.ends = time.monotonic() + WALL_FACTOR * most + WALL_SECONDS
        self.kernels = [
            Replaceable(self, role, folder, *theirs[role])
            for role, folder in zip(ROLES, folders, strict=True)
        ]
        self.student, self.second, self.examiner, self.second_examiner = self.kernels
        self.values = {name: {"value": encode(value)} for name, value in job.values.items()}
        self.needs_student = job.one_kernel or any(cell.kind == STUDENT for cell in job.cells)
        self.answering = self.student
        self.is_hidden = False
        self.output_bytes = 0
        self.timeouts = 0
        self.is_over = False

    def run(self):
        if self.job.one_kernel:
            self._run_in_one_kernel()
            return
        self._run_imports(self.examiner)
        examiners = self._run_what_is_shown()
        self.is_hidden = True
        if self.job.may_change:
            self._run_all_again()
        else:
            self._run_what_is_hidden(examiners)

    def _run_imports(self, examiner):
        if self.job.imports:
            cell = Cell(GIVEN, self.job.imports)
            self._run_cell(examiner, cell, [], "the imports")

    def _run_what_is_shown(self):
        """Returns for each cell which of the examiner kernels has run it."""
        examiners = []
        for index, cell in enumerate(self.job.cells):
            outputs = self.result.outputs[index]
            in_student = self.needs_student and cell.kind != TEST
            where = f"code cell {index + 1}"
            failed = False
            if cell.lends and self.needs_student:
                self._run_cell(self.student, cell.lends, [], None, quiet=True)
            if in_student:
                failed = self._run_cell(self.student, cell, outputs, where)
            if cell.kind in {GIVEN, TEST}:
                failed = self._run_cell(
                    self.examiner,
                    cell.shown,
                    [] if in_student else outputs,
                    where,
                    place=index if cell.parts else None,
                )
            self.result.failed[index] = failed
            examiners.append(self.examiner.times_lost)
        return examiners

    def _run_what_is_hidden(self, examiners):
        for index, cell in enumerate(self.job.cells):
            if cell.parts and not self.result.failed[index]:
                is_the_same = examiners[index] == self.examiner.times_lost
                source = cell.parts[1] if is_the_same else cell.source
                self.result.reserved[index] = self.asks_student(cell)
                self.result.failed[index] = self._run_cell(
                    self.examiner,
                    replace(cell, source=source),
                    self.result.outputs[index],
                    f"code cell {index + 1}",
                    hidden=True,
                    place=index,
                )

    def _run_all_again(self):
        """Each hidden line meets what stands before it, changed or not."""
        ran = set(map(id, [*self.student.done, *self.student.queue]))
        self.student.end()
        self.examiner.end()
        self.answering = self.second
        self._run_imports(self.second_examiner)
        for index, cell in self._up_to_the_last_open():
            for part in filter(None, (cell, cell.lends)):
                if id(part) in ran:
                    self.second.queue.append(part)
                    self._prepare(self.second)
            if cell.kind == GIVEN:
                self._run_cell(self.second_examiner, cell, [], None)
            if cell.kind == TEST:
                self._test_again(index, cell)

    def _test_again(self, index, cell):
        """A test that failed, because hidden lines had not run before, may pass."""
        outputs, hidden = [], []
        had_failed = self.result.failed[index]
        place = index if cell.parts else None
        failed = self._run_cell(self.second_examiner, cell.shown, outputs, None, place=place)
        if cell.parts and not failed:
            failed = self._run_cell(
                self.second_examiner,
                replace(cell, source=cell.parts[1]),
                hidden,
                f"code cell {index + 1}",
                hidden=True,
                place=place,
            )
            self.result.reserved[index] = self.asks_student(cell)
        elif cell.parts and not had_failed:
            hidden = [error_output(HIDDEN_ERROR, HIDDEN_FAILED)]
        if had_failed and (not failed or hidden):
            # What it put out this time may tell of hidden lines.
            self.result.outputs[index] = hidden or _points(outputs)
            self.result.reserved[index] = True
        elif not had_failed:
            self.result.outputs[index] += hidden
        if cell.parts or not failed:
            self.result.failed[index] = failed

    def _up_to_the_last_open(self):
        """The cells up to the last test that is not decided."""
        cells = list(enumerate(self.job.cells))
        while cells and not self._is_open(*cells[-1]):
            cells.pop()
        return cells

    def _is_open(self, index, cell):
        return cell.kind == TEST and (cell.parts is not None or self.result.failed[index])

    def _prepare(self, kernel):
        try:
            kernel.get()
        except KernelLost as lost:
            self.note("in a hidden test", lost)

    def _run_in_one_kernel(self):
        """As nbgrader does, but confined, and hidden lines last.

        Of what they put out, only points and whether they failed are shown.
        """
        for index, cell in enumerate(self.job.cells):
            self.result.failed[index] = self._run_cell(
                self.student,
                cell.shown,
                self.result.outputs[index],
                f"code cell {index + 1}",
            )
        self.is_hidden = True
        self.student.end()
        self.answering = self.second
        if not any(cell.parts for cell in self.job.cells):
            return
        for index, cell in self._up_to_the_last_open():
            outputs = []
            failed = self._run_cell(self.second, cell, outputs, None, quiet=True)
            if not self._is_open(index, cell):
                continue
            self.result.reserved[index] = True
            if not failed:
                points = _points(outputs)
                if self.result.failed[index]:
                    self.result.outputs[index] = points
                else:
                    self.result.outputs[index] += points
            elif not self.result.failed[index]:
                self.result.outputs[index].append(error_output(HIDDEN_ERROR, HIDDEN_FAILED))
            self.result.failed[index] = failed

    def close(self):
        for kernel in self.kernels:
            kernel.end()

    def seconds(self):
        """How long the next cell may take: less after two have hung."""
        seconds = self.job.seconds
        return max(seconds / 10, 1) if self.timeouts >= 2 else seconds

    def asks_student(self, cell):
        """Whether a test asks the student's process: what it says may be chosen there.

        Or was meant to, where a student gives a value in place of a function.
        """
        names = set(cell.names)
        is_read = bool(names) and self.values.keys() >= names
        is_other = bool(names & self.values.keys() - self.job.answers)
        return is_other or (self.needs_student and not is_read)

    def note(self, where, lost):
        """where: None if it has been said before, or does not matter."""
        self.timeouts += isinstance(lost, TookTooLong)
        if self.is_hidden and where is not None:
            line = str(self.said_of(lost))
            if line not in self.result.lost:  # nor how often, nor where
                self.result.lost.append(line)
            where = None
        if isinstance(lost, SubmissionTookTooLong):
            if self.is_over:
                return
            self.is_over, where = True, f"from {where or 'a test'} on"
        if where is not None:
            self.result.lost.append(f"{where}: {lost}")

    def watch(self, waited_for):
        """End a student kernel that is over a limit, waited for or not."""
        kernel = self.answering
        excess = kernel.kernel and kernel.kernel.excess()
        if excess:
            kernel.lost()
            if kernel is waited_for:
                raise KernelLost(excess)
            self.note("in the background", KernelLost(excess))

    def said_of(self, lost):
        """What may be said of how a kernel was lost.

        In a hidden test, whether it took too long: the student's code can choose
        how it ends, and tell so what that has asked.
        """
        if not self.is_hidden:
            return lost
        return KernelLost(HIDDEN_TOO_LONG if isinstance(lost, TookTooLong) else HIDDEN_ENDED)

    def _run_cell(self, kernel, cell, outputs, where, **how):
        """Run a cell; returns whether it failed. how: what run can be told."""
        try:
            kernel.get()
            return kernel.run(cell, outputs, **how)
        except KernelLost as lost:
            self.note(where, lost)
            outputs.append(self._error_of(lost, cell))
            return True

    def _error_of(self, lost, cell):
        if self.is_hidden:
            too_long = isinstance(lost, TookTooLong)
            return error_output(HIDDEN_ERROR, HIDDEN_TOO_LONG if too_long else HIDDEN_FAILED)
        what = "the test did not end: " if cell.kind == TEST else ""
        return error_output("KernelLost", f"{what}{lost}")


def _points(outputs):
    """Of a cell's value what can be points, from whatever process."""
    for output in outputs:
        data = output.get("data") if isinstance(output, dict) else None
        text = data.get("text/plain") if isinstance(data, dict) else None
        try:
            points = float(text)
        except (TypeError, ValueError):
            continue
        value = {
            "output_type": "execute_result",
            "data": {"text/plain": f"{points:g}"},
        }
        return [value]
    return []


def error_output(name, message):
    return {
        "output_type": "error",
        "ename": name,
        "evalue": message,
        "traceback": [f"{name}: {message}"],
    }
