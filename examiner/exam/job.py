"""What a worker is given, and what it gives back: plain data, for any machine."""

import re
from dataclasses import dataclass, field, replace

from .messages import HIDDEN_ENDED

GIVEN, STUDENT, LITERAL, TEST = "given", "student", "literal", "test"


@dataclass(frozen=True)
class Cell:
    """A code cell to run.

    kind: GIVEN cells run in both kernels, TEST cells in the examiner's,
    STUDENT cells in the student's. A LITERAL cell is the student's too, but
    its values have been read from its source. names: those of the student's
    that this cell mentions. parts: of a test with lines that students must
    not see, what stands before them, and they. given_names: of the names, those
    that given cells mention. lends: what of a test the student's cells rest on,
    run in the student's kernel too; all of it is known to students.
    """

    kind: str
    source: str
    names: tuple[str, ...] = ()
    parts: tuple[str, str] | None = None
    given_names: tuple[str, ...] = ()
    lends: "Cell | None" = None

    @property
    def shown(self) -> "Cell":
        """This cell without its hidden lines, and what only these mention."""
        if self.parts is None:
            return self
        seen = {*re.findall(r"\w+", self.parts[0]), *self.given_names}
        names = tuple(name for name in self.names if name in seen)
        return replace(self, source=self.parts[0], names=names)


@dataclass(frozen=True)
class Job:
    """All that a worker needs to run a submission, on whatever machine.

    values: those of the LITERAL cells. answers: the names for which these are what was
    asked for. may_change: whether a later
    cell may change what an earlier hidden line meets. imports: run first in
    the examiner kernel. one_kernel: tests run in the student's process.
    modules: imported by the warm parent. student_files,
    given_files: contents by relative path. seconds: that a cell may take, of
    a processor's time or asleep.
    """

    cells: tuple[Cell, ...]
    values: dict[str, object] = field(default_factory=dict)
    answers: frozenset[str] = frozenset()
    may_change: bool = False
    one_kernel: bool = False
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
    reserved: for each cell, whether what it shows is what the student's code said
    when it knew hidden lines: of that passes whether it failed, and its points.
    lost: what became of kernels that did not live to the end, in words.
    peak_memory: of the largest kernel, in bytes.
    """

    outputs: list[list[dict]]
    failed: list[bool]
    reserved: list[bool]
    lost: list[str] = field(default_factory=list)
    peak_memory: int = 0

    @property
    def lost_shown(self) -> list[str]:
        """Of lost, what a student may know."""
        return [line for line in self.lost if line != HIDDEN_ENDED]
