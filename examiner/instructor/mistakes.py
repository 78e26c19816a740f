"""The same mistake of many: failures with one message, its numbers masked."""

import re
from collections import defaultdict
from dataclasses import dataclass

from ..exam.messages import NUMBER
from .class_data import Failure, Item

# From here on NumPy shows arrays; above stand the words of the test's author.
ARRAYS = re.compile(r"\s*(Mismatched elements|Max absolute|Max relative|ACTUAL|DESIRED|x:|y:)")
NUMPY = ("Not equal to tolerance", "Arrays are not equal", "Arrays are not almost equal")


@dataclass
class Mistake:
    """Failures of one test with one message; example: the first student's."""

    item: Item
    message: str
    failures: list[Failure]

    @property
    def count(self) -> int:
        return len({failure.student for failure in self.failures})

    @property
    def example(self) -> Failure:
        return min(self.failures, key=lambda failure: (len(failure.answer), failure.student))


def masked(message: str) -> str:
    """A message by which the same mistake is known: one line, no numbers."""
    kind, _, text = message.partition(": ")
    lines = []
    for line in text.strip().split("\n"):
        if ARRAYS.match(line):
            break
        if line.strip() and not line.startswith(NUMPY):
            lines.append(line.strip())
    said = " ".join(lines) or text.strip().split("\n")[0]
    said = re.sub(NUMBER, "…", said)
    said = re.sub(r"…(?:[,\s]+…)+", "…", said)
    return said if kind == "AssertionError" and said else f"{kind}: {said}"


def clusters(failures: list[Failure]) -> list[Mistake]:
    """The most frequent first."""
    found = defaultdict(list)
    for failure in failures:
        found[failure.item.name, masked(failure.message)].append(failure)
    return sorted(
        (Mistake(same[0].item, message, same) for (_, message), same in found.items()),
        key=lambda mistake: (-mistake.count, mistake.item.name, mistake.message),
    )


def hidden_alone(failures: list[Failure]) -> dict[str, set[str]]:
    """By exercise, who passes all visible tests and fails hidden ones."""
    visible, hidden = defaultdict(set), defaultdict(set)
    for failure in failures:
        kind = hidden if failure.is_hidden else visible
        kind[failure.item.exercise].add(failure.student)
    return {
        exercise: students - visible[exercise]
        for exercise, students in hidden.items()
        if students - visible[exercise]
    }
