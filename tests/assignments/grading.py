"""Run an assignment's tests against a solution, in this process.

Much quicker than a kernel for each of a hundred wrong solutions. That
nbgrader itself gives the same points is shown by the sample class.
"""

import ast
import contextlib
import functools
import io
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.utils import is_grade, is_solution

from examiner.report import exercise_of

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Outcome:
    """What a test cell did: the points it gave, and what it said."""

    points: float
    maximum: float
    says: str


def read(folder: str, assignment: str):
    path = ROOT / folder / assignment / f"{assignment}.ipynb"
    return nbformat.read(path, as_version=4)


def solutions_of(notebook):
    """The sources of the cells that a student fills in, by grade id."""
    return {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in notebook.cells
        if is_solution(cell) and cell.cell_type == "code"
    }


def exercises(notebook):
    """Names of the exercises that a program grades, in order."""
    return list(
        dict.fromkeys(
            exercise_of(cell.metadata.nbgrader.grade_id)
            for cell in notebook.cells
            if is_grade(cell) and cell.cell_type == "code"
        )
    )


def run(notebook, solutions: dict[str, str], exercise: str):
    """Run the tests of one exercise. Returns grade id -> Outcome, in order.

    solutions: sources that replace those of the cells with these grade ids.
    """
    namespace = {"__name__": "__main__"}
    outcomes = {}
    needs_keras = any(
        "keras" in cell.source
        for cell in notebook.cells
        if is_grade(cell) and exercise_of(cell.metadata.nbgrader.grade_id) == exercise
    )
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if is_grade(cell):
            if exercise_of(grade_id) != exercise:
                continue
            value, error, printed = run_cell(cell.source, namespace)
            maximum = cell.metadata.nbgrader.points
            points = maximum
            if error is not None:
                points = 0
            elif isinstance(value, int | float):
                points = value
            outcomes[grade_id] = Outcome(points, maximum, f"{printed}{error or ''}")
        elif is_solution(cell):
            run_cell(solutions.get(grade_id, cell.source), namespace)
        elif "matplotlib" in cell.source and grade_id != "setup":
            continue  # a picture: no test looks at it
        elif needs_keras or grade_id != "import_keras":
            _, error, _ = run_cell(cell.source, namespace)
            assert error is None, error
    assert outcomes, f"there is no exercise {exercise}"
    return outcomes


@functools.lru_cache(maxsize=1000)
def compiled(source):
    """(the code of a cell, that of its last line if it has a value): a test cell is run often."""
    tree = ast.parse(source)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = compile(ast.Expression(tree.body.pop().value), "<cell>", "eval")
    return compile(tree, "<cell>", "exec"), last


def run_cell(source, namespace):
    """Run a cell: (value of its last line, its exception, its output)."""
    output = io.StringIO()
    value = error = None
    with (
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(output),
    ):
        try:
            statements, last = compiled(source)
            exec(statements, namespace)
            if last is not None:
                value = eval(last, namespace)
        except Exception as exception:
            error = exception
    return value, error, output.getvalue()
