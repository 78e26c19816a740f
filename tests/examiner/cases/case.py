"""One thing that a student hands in, and what it must earn."""

from collections.abc import Callable
from dataclasses import dataclass, field
from textwrap import dedent

from ..small_course import FULL, NOTHING, RIGHT

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)

# Speaks to the grading side as the student kernel does.
FORGE = '''\
import json, os, struct, threading, time


def forge(message):
    """Send a message over the kernel's own connection."""
    parts = {name: json.dumps(part).encode() for name, part in message.items()}
    announce({name: len(part) for name, part in parts.items()})
    os.write(3, b"".join(parts.values()))


def announce(lengths):
    head = json.dumps(lengths).encode()
    os.write(3, struct.pack(">I", len(head)) + head)


def pour(data):
    view = memoryview(data)
    while view:
        view = view[os.write(3, view[: 2**20]):]


'''


@dataclass(frozen=True)
class Case:
    """What a student hands in.

    name: the student's id too. tries: in one sentence. answers: source by
    grade_id. extra: (grade_id, source) of cells of the student's own, put
    after that cell. change: then edits the notebook. raw: replaces the
    file's bytes. files: (folder, places) adds, renames or removes files.

    points: what each exercise must earn; None where it cannot be graded.
    problem: then a word that the reason must contain. says: a word that the
    notes for the instructor must contain; never_says: one they must not.
    at_most: the points are a bound, because its own harm may cost it some.
    stock: why nbgrader as it comes is not asked to run it.
    """

    name: str
    tries: str
    answers: dict[str, str] = field(default_factory=dict)
    extra: tuple[tuple[str, str], ...] = ()
    change: Callable | None = None
    raw: bytes | None = None
    files: Callable | None = None
    points: dict[str, float] | None = None
    problem: str = ""
    says: str = ""
    never_says: str = ""
    at_most: bool = False
    stock: str = ""


def code(text: str) -> str:
    return dedent(text).strip("\n")


def attack(name, tries, source, at="double", **how) -> Case:
    """Nothing solved: `source` stands in the cell `at`, and earns nothing."""
    how.setdefault("points", NOTHING)
    return Case(name, tries, {at: code(source)}, **how)


def beside(name, tries, source, after="setup", points=FULL, **how) -> Case:
    """All solved, and `source` in a cell of the student's own."""
    return Case(name, tries, RIGHT, ((after, code(source)),), points=points, **how)


def within(name, tries, source, **how) -> Case:
    """All solved but `double`, which does something else."""
    how.setdefault("points", FULL | {"double": 0})
    return Case(name, tries, RIGHT | {"double": code(source)}, **how)


def forging(source: str) -> str:
    return FORGE + code(source)
