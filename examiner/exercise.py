"""An exercise of a notebook that was run: its parts, their tests, and how each stands.

An exercise is what the instructor's table calls so: the part of a grade id before the first
"-". A part is what stands under one heading: a whole exercise of a problem set,
or one question of a quiz.
"""

from dataclasses import dataclass, field
from enum import Enum

from nbformat import NotebookNode
from nbgrader.utils import is_solution

from .cells import literals


class State(Enum):
    """How a part stands; first what a student should look at first."""

    WRONG = "to mend"
    BLOCKED = "could not be checked"
    UNWRITTEN = "not written yet"
    WAITING = "waits for a person"
    RIGHT = "right"


@dataclass
class Test:
    """One graded cell.

    said: why it has not all its points, or what it said when it has.
    printed: what it printed before it failed.
    """

    name: str
    about: str
    points: float
    maximum: float
    said: str = ""
    printed: str = ""
    by_hand: bool = False

    @property
    def is_passed(self) -> bool:
        return self.points >= self.maximum


@dataclass
class Part:
    """What stands under one heading.

    reason: why it is not right, in one message. options: the letters of a multiple-choice question.
    """

    exercise: str
    title: str
    above: tuple[str, ...]
    cells: list[NotebookNode]
    tests: list[Test]
    state: State
    reason: str = ""
    lessons: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)

    @property
    def points(self) -> float:
        return sum(test.points for test in self.tests)

    @property
    def maximum(self) -> float:
        return sum(test.maximum for test in self.tests)

    @property
    def short(self) -> str:
        """The name of a question within its section."""
        return (self.title or self.tests[0].name).removeprefix("Question ")

    @property
    def answer(self) -> str | None:
        """The answer of a question: where the student writes one value and nothing else."""
        work = [cell for cell in self.cells if is_solution(cell)]
        if len(work) != 1 or work[0].cell_type != "code":
            return None
        values = list((literals(work[0].source) or {}).values())
        return values[0] if len(values) == 1 and isinstance(values[0], str) else None


@dataclass
class Exercise:
    """All parts that the instructor's table counts as one."""

    name: str
    title: str
    parts: list[Part]

    @property
    def points(self) -> float:
        return sum(part.points for part in self.parts)

    @property
    def maximum(self) -> float:
        return sum(part.maximum for part in self.parts)

    @property
    def state(self) -> State:
        """That of its parts, if they agree; else what is to be looked at first."""
        return min((part.state for part in self.parts), key=list(State).index)

    @property
    def lessons(self) -> list[str]:
        """What to reread: where something was tried, and is not right."""
        lessons = {lesson for part in self.in_state(State.WRONG) for lesson in part.lessons}
        return sorted(lessons, key=int)

    @property
    def reread(self) -> str:
        """The same, as a sentence says it."""
        runs: list[list[str]] = []
        for lesson in self.lessons:
            if runs and int(lesson) == int(runs[-1][-1]) + 1:
                runs[-1].append(lesson)
            else:
                runs.append([lesson])
        told = []
        for run in runs:
            told += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else run
        *others, last = told
        word = "lesson" if len(self.lessons) == 1 else "lessons"
        return f"{word} {', '.join(others)} and {last}" if others else f"{word} {last}"

    def in_state(self, state: State) -> list[Part]:
        return [part for part in self.parts if part.state is state]
