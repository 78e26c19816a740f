"""Who is in the sample class, what each handed in, and the points it earns."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field

from . import answers

FULL = {
    **{name: own.full for name, own in answers.PROBLEM_SETS.items()},
    "quiz": {
        "lesson_01": 7,
        "lesson_02": 8,
        "lesson_03": 8,
        "lesson_04": 9,
        "lesson_05": 9,
        "lesson_06": 8,
        "lesson_07": 9,
        "lesson_08": 8,
        "lesson_09": 8,
        "lesson_10": 8,
        "lesson_11": 8,
        "lesson_12": 8,
        "in_your_own_words": 0,  # until a person has read it
    },
}


@dataclass(frozen=True)
class Work:
    """What a student handed in for one assignment.

    answers: source by grade_id, put into the student version's cells.
    change: then edits the notebook, as students do by accident.
    raw: replaces the file's bytes. file_name: hands it in under this name.
    points: what each exercise must earn; None where it cannot be graded.
    problem: then a word that the line about this student must contain.
    """

    answers: dict[str, str] = field(default_factory=dict)
    change: Callable | None = None
    raw: bytes | None = None
    file_name: str | None = None
    points: dict[str, float] | None = None
    problem: str = ""


def work(assignment, written, change=None, **changed):
    """Graded work that earns full marks, but for what is `changed`."""
    return Work(written, change, points=FULL[assignment] | changed)


def quiz(written, change=None, **changed):
    return work("quiz", written, change, **changed)


def each(make):
    """A work for every problem set: make(its name, its answers)."""
    return {name: make(name, own) for name, own in answers.PROBLEM_SETS.items()}


def half(name, own):
    """The first half of a problem set solved, the rest left as it was."""
    exercises = list(own.full)
    done = exercises[: len(exercises) // 2]
    left = dict.fromkeys(exercises[len(done) :], 0)
    return work(name, {key: own.right[key] for key in done}, **left)


def nothing(assignment):
    return Work(points=dict.fromkeys(FULL[assignment], 0))


def position(notebook, grade_id):
    for index, cell in enumerate(notebook.cells):
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            return index
    raise KeyError(grade_id)


def add_own_cells(notebook):
    """Experiments between the given cells, one of which fails."""
    cell = copy.deepcopy(notebook.cells[1])
    cell.metadata = {}
    for index, source in [(4, "x_t = 'scratch'"), (2, "1 / 0")]:
        own = copy.deepcopy(cell)
        own.id = f"own-{index}"
        own.source = source
        notebook.cells.insert(index, own)


def delete_cell(grade_id):
    def change(notebook):
        del notebook.cells[position(notebook, grade_id)]

    return change


def copy_cell(grade_id):
    """Copy a cell below itself, with its metadata, as JupyterLab does."""

    def change(notebook):
        index = position(notebook, grade_id)
        twin = copy.deepcopy(notebook.cells[index])
        twin.id = twin.id[:50] + "-copy"
        notebook.cells.insert(index + 1, twin)

    return change


# student -> assignment -> Work
CLASS: dict[str, dict[str, Work]] = {
    # everything right; the written answer waits for a person
    "student01": {
        **each(lambda name, own: work(name, own.right)),
        "quiz": quiz(answers.quiz.answered() | answers.quiz.WRITTEN_ANSWER),
    },
    # right, written in another way
    "student02": {
        **each(lambda name, own: work(name, own.different)),
        "quiz": quiz(
            answers.quiz.answered(q01a='"b"', q01b='" D "', q01c="'(A)'")
        ),
    },
    # half right: the rest left as it was handed out
    "student03": {
        **each(half),
        "quiz": quiz(
            answers.quiz.answered(
                **dict.fromkeys(
                    [q for q in answers.quiz.RIGHT if q > "q02z"], None
                )
            ),
            lesson_03=0,
            lesson_04=0,
            lesson_05=0,
            lesson_06=0,
            lesson_07=0,
            lesson_08=0,
            lesson_09=0,
            lesson_10=0,
            lesson_11=0,
            lesson_12=0,
        ),
    },
    # typical mistakes, one in most exercises
    "student04": {
        **each(
            lambda name, own: work(name, own.mistaken, **own.mistaken_points)
        ),
        "quiz": quiz(
            answers.quiz.answered(
                q01a='"A"', q02c='"B"', q03b='"B"', q04c='"A"', q05b='"A"',
                q06a='"A"', q07c='"A"', q09f='"A"',
            ),
            lesson_01=6,
            lesson_02=7,
            lesson_03=7,
            lesson_04=8,
            lesson_05=8,
            lesson_06=7,
            lesson_07=8,
            lesson_08=8,
            lesson_09=7,
        ),
    },
    # handed in as it was handed out
    "student05": {name: nothing(name) for name in FULL},
    # right but slow
    "student06": {
        **each(lambda name, own: work(name, answers.slow(own.right))),
        "quiz": quiz(
            answers.quiz.answered(q01a='"B"\nimport time; time.sleep(3)')
        ),
    },
    # right, with warnings and prints on standard error
    "student07": {
        **each(lambda name, own: work(name, answers.noisy(own.right))),
        "quiz": quiz(
            answers.quiz.answered(
                q01a='"B"\nimport sys; print("hm", file=sys.stderr)'
            )
        ),
    },
    # right, with cells of their own in between
    "student08": {
        **each(lambda name, own: work(name, own.right, add_own_cells)),
        "quiz": quiz(answers.quiz.answered(), add_own_cells),
    },
    # right, with a test cell deleted: it is put back
    "student09": {
        **each(
            lambda name, own: work(name, own.right, delete_cell(own.deleted))
        ),
        "quiz": quiz(answers.quiz.answered(), delete_cell("lesson_01-q01b")),
    },
    # right, with a solution cell copied
    "student10": {
        **each(
            lambda name, own: work(name, own.right, copy_cell(own.copied))
        ),
        "quiz": quiz(answers.quiz.answered(), copy_cell("lesson_01-q01b")),
    },
    # a file that broke on its way
    "student11": {
        **each(
            lambda name, own: Work(
                raw=b"PK\x03\x04", problem="not valid JSON"
            )
        ),
        "ps1_rnn_cell": Work(raw=b'{"cells": [\n', problem="not valid JSON"),
        "ps2_gradients": Work(raw=b"", problem="not valid JSON"),
        "quiz": Work(raw=b"\xff\xfe\x00", problem="UTF-8"),
    },
    # no notebook, or under another name
    "student12": {
        **each(
            lambda name, own: Work(
                own.right, file_name=f"{name} (1).ipynb",
                problem=f"{name} (1)",
            )
        ),
        "ps3_gated_cells": Work(
            raw=b"<!DOCTYPE html>", file_name="ps3_gated_cells.html",
            problem="missing",
        ),
        "quiz": Work(
            raw=b"My answers: B, D, A.", file_name="answers.txt",
            problem="missing",
        ),
    },
    # a syntax error in one exercise costs that exercise alone
    "student13": {
        **each(
            lambda name, own: work(
                name,
                answers.with_syntax_error(own.right, own.broken),
                **{own.broken: 0},
            )
        ),
        "quiz": quiz(
            answers.quiz.answered(q01a="B", q02a='"B', q07a="3"),
            lesson_01=6,
            lesson_02=7,
            lesson_07=8,
        ),
    },
    # JSON, but no notebook
    "student14": {
        **each(
            lambda name, own: Work(
                raw=b'["a", "list"]', problem="not a notebook"
            )
        ),
        "quiz": Work(raw=b"{}", problem="not a notebook"),
    },
}  # fmt: skip
