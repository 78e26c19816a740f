"""Who is in the sample class, what each handed in, and the points it earns."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field

from . import answers

FULL = {
    "ps1_rnn_cell": {
        "rnn_step": 5,
        "rnn_forward": 6,
        "many_to_one": 2,
        "many_to_many": 2,
        "count_parameters": 2,
        "run_keras_weights": 3,
    },
    "quiz": {
        "lesson_01": 5,
        "lesson_02": 5,
        "lesson_05": 2,
        "lesson_07": 6,
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


def points(assignment, **changed):
    return FULL[assignment] | changed


def ps1(written, change=None, **changed):
    return Work(written, change, points=points("ps1_rnn_cell", **changed))


def quiz(written, change=None, **changed):
    return Work(written, change, points=points("quiz", **changed))


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


def first_half(written):
    names = list(written)
    return {name: written[name] for name in names[: len(names) // 2]}


NOTHING = dict.fromkeys(FULL["ps1_rnn_cell"], 0)
NO_ANSWER = dict.fromkeys(FULL["quiz"], 0)

# student -> assignment -> Work
CLASS: dict[str, dict[str, Work]] = {
    # everything right; the written answer waits for a person
    "student01": {
        "ps1_rnn_cell": ps1(answers.RIGHT),
        "quiz": quiz(answers.quiz() | answers.WRITTEN_ANSWER),
    },
    # right, written in another way
    "student02": {
        "ps1_rnn_cell": ps1(answers.DIFFERENT),
        "quiz": quiz(answers.quiz(q01a='"b"', q01b='" D "', q01c="'(A)'")),
    },
    # half right: the rest left as it was handed out
    "student03": {
        "ps1_rnn_cell": ps1(
            first_half(answers.RIGHT),
            many_to_many=0,
            count_parameters=0,
            run_keras_weights=0,
        ),
        "quiz": quiz(
            answers.quiz(
                **dict.fromkeys(
                    [q for q in answers.QUIZ_RIGHT if q > "q02z"], None
                )
            ),
            lesson_05=0,
            lesson_07=0,
        ),
    },
    # typical mistakes; a right loop over a wrong step keeps its points
    "student04": {
        "ps1_rnn_cell": ps1(
            answers.MISTAKEN,
            rnn_step=2,
            rnn_forward=6 - 2,
            many_to_one=1 - 1,
            many_to_many=0,
            count_parameters=0,
            run_keras_weights=0,
        ),
        "quiz": quiz(
            answers.quiz(q01a='"A"', q02c='"B"', q05b='"A"', q07c='"A"'),
            lesson_01=4,
            lesson_02=4,
            lesson_05=1,
            lesson_07=5,
        ),
    },
    # handed in as it was handed out
    "student05": {
        "ps1_rnn_cell": Work(points=NOTHING),
        "quiz": Work(points=NO_ANSWER),
    },
    # right but slow
    "student06": {
        "ps1_rnn_cell": ps1(answers.SLOW),
        "quiz": quiz(answers.quiz(q01a='"B"\nimport time; time.sleep(3)')),
    },
    # right, with warnings and prints on standard error
    "student07": {
        "ps1_rnn_cell": ps1(answers.NOISY),
        "quiz": quiz(
            answers.quiz(q01a='"B"\nimport sys; print("hm", file=sys.stderr)')
        ),
    },
    # right, with cells of their own in between
    "student08": {
        "ps1_rnn_cell": ps1(answers.RIGHT, add_own_cells),
        "quiz": quiz(answers.quiz(), add_own_cells),
    },
    # right, with a test cell deleted: it is put back
    "student09": {
        "ps1_rnn_cell": ps1(answers.RIGHT, delete_cell("rnn_step-input")),
        "quiz": quiz(answers.quiz(), delete_cell("lesson_01-q01b")),
    },
    # right, with a solution cell copied
    "student10": {
        "ps1_rnn_cell": ps1(answers.RIGHT, copy_cell("many_to_one")),
        "quiz": quiz(answers.quiz(), copy_cell("lesson_01-q01b")),
    },
    # a file that broke on its way
    "student11": {
        "ps1_rnn_cell": Work(raw=b'{"cells": [\n', problem="not valid JSON"),
        "quiz": Work(raw=b"\xff\xfe\x00", problem="UTF-8"),
    },
    # no notebook, or under another name
    "student12": {
        "ps1_rnn_cell": Work(
            answers.RIGHT, file_name="Untitled.ipynb", problem="Untitled"
        ),
        "quiz": Work(
            raw=b"My answers: B, D, A.", file_name="answers.txt",
            problem="missing",
        ),
    },
    # a syntax error in one exercise costs that exercise alone
    "student13": {
        "ps1_rnn_cell": ps1(answers.SYNTAX_ERROR, count_parameters=0),
        "quiz": quiz(
            answers.quiz(q01a="B", q02a='"B', q07a="3"),
            lesson_01=4,
            lesson_02=4,
            lesson_07=5,
        ),
    },
    # JSON, but no notebook
    "student14": {
        "ps1_rnn_cell": Work(raw=b'["a", "list"]', problem="not a notebook"),
        "quiz": Work(raw=b"{}", problem="not a notebook"),
    },
}  # fmt: skip
