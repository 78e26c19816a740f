"""What the sample students hand in for the problem sets, and what it earns.

The solutions are those of source/, in another style those of the mistake bank. The points that
must come out stand beside this module, in a file per problem set, written down by hand:

    deleted = "EXERCISE-TEST"    a test cell that student09 deleted
    copied = "EXERCISE"          a solution cell that student10 copied
    broken = "EXERCISE"          a function in which student13 forgot a colon

    [full]                       the points of every exercise
    EXERCISE = 5

    [mistaken]                   student04: a wrong file of the bank, and what it earns
    EXERCISE = { wrong = "NAME", points = 2 }
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.assignments import bank
from tests.assignments.grading import exercises, read, solutions_of

MARKER = re.compile(r"^ *### (BEGIN|END) SOLUTION\n", re.MULTILINE)
STUB_END = re.compile(r"\n *raise NotImplementedError\(.*\)\s*$")


@dataclass(frozen=True)
class ProblemSet:
    """Answers by grade id, and the points of each exercise."""

    full: dict[str, float]
    right: dict[str, str]
    different: dict[str, str]
    mistaken: dict[str, str]
    mistaken_points: dict[str, float]
    deleted: str
    copied: str
    broken: str


def problem_set(name: str) -> ProblemSet:
    file = Path(__file__).with_name(f"{name}.toml")
    facts = tomllib.loads(file.read_text(encoding="utf-8"))
    source = read("source", name)
    assert list(facts["full"]) == exercises(source), file
    right = {grade_id: written(solution) for grade_id, solution in solutions_of(source).items()}
    different = {case.exercise: case.solution for case in bank.right(name)}
    wrong = {(case.exercise, case.name): case.solution for case in bank.wrong(name)}
    mistaken = {
        exercise: wrong[exercise, mistake["wrong"]]
        for exercise, mistake in facts["mistaken"].items()
    }
    points = {exercise: mistake["points"] for exercise, mistake in facts["mistaken"].items()}
    return ProblemSet(
        facts["full"],
        right,
        right | different,
        right | mistaken,
        points,
        facts["deleted"],
        facts["copied"],
        facts["broken"],
    )


def written(solution):
    """A solution cell as somebody who solved it leaves it."""
    return STUB_END.sub("", MARKER.sub("", solution))


PROBLEM_SETS = {name: problem_set(name) for name in bank.assignments()}
