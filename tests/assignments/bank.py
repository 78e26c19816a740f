"""The mistake bank: what people write for an exercise, wrong and right, a file each.

    source/ASSIGNMENT/bank/wrong/EXERCISE/NAME.py
    source/ASSIGNMENT/bank/right/EXERCISE/NAME.py
    source/ASSIGNMENT/bank/equivalent.toml      for tests/mutation

A file holds the source of the exercise's cell. A wrong one says in its first two lines which
visible test must fail first and what its message must say:

    # fails: rnn_step-bias
    # says: tanh is missing

Where only a hidden test can see the mistake, the first line is `# fails when graded: CELL`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEADER = re.compile(r"# fails(?P<hidden> when graded)?: (?P<cell>\S+)\n# says: (?P<says>.+)\n")


@dataclass(frozen=True)
class Right:
    """A solution that must earn full marks."""

    name: str
    exercise: str
    solution: str


@dataclass(frozen=True)
class Wrong(Right):
    """A solution that `cell` must refuse, with a message that contains `says`.

    hidden: the visible tests cannot see the mistake.
    """

    cell: str
    says: str
    hidden: bool


def assignments() -> list[str]:
    """The assignments that have a bank."""
    return sorted(path.parent.name for path in ROOT.glob("source/*/bank"))


def right(assignment: str) -> list[Right]:
    return [
        Right(path.stem, path.parent.name, path.read_text(encoding="utf-8"))
        for path in _files(assignment, "right")
    ]


def wrong(assignment: str) -> list[Wrong]:
    """Raises ValueError where a file does not begin with the two lines."""
    found = []
    for path in _files(assignment, "wrong"):
        source = path.read_text(encoding="utf-8")
        header = HEADER.match(source)
        if not header:
            raise ValueError(f"{path} must begin with `# fails: CELL` and `# says: WORDS`")
        found.append(
            Wrong(
                path.stem,
                path.parent.name,
                source[header.end() :],
                header["cell"],
                header["says"],
                header["hidden"] is not None,
            )
        )
    return found


def _files(assignment, kind):
    return sorted((ROOT / "source" / assignment / "bank" / kind).glob("*/*.py"))
