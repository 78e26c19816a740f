"""A submission's way between preflight and score: into a job, out of a run."""

from nbformat import NotebookNode
from nbgrader.utils import is_solution

from .cells import (
    grade_id_of,
    is_test,
    literals,
    mentioned,
    names_given_anew,
    split,
)
from .execute import GIVEN, LITERAL, STUDENT, TEST, Cell, Job, Run
from .master import Master
from .sanitize import clean_outputs


def job_of(master: Master, notebook: NotebookNode, **more) -> Job:
    """What a worker must do to grade a rebuilt notebook.

    more: the Job's other fields: files, seconds, confined.
    """
    values, cells = {}, []
    everywhere = set()
    for cell in _code_cells(notebook):
        if _kind(cell) == GIVEN:
            everywhere |= mentioned(master.names, cell.source)
    for cell in _code_cells(notebook):
        kind = _kind(cell)
        names = set()
        if kind == GIVEN:
            names = mentioned(master.names, cell.source)
        elif kind == TEST:
            names = everywhere | mentioned(master.names, cell.source)
        elif is_solution(cell):
            read = literals(cell.source)
            if read is not None and _alone(master, cell, read):
                kind = LITERAL
                values |= read
        hidden = master.hidden.get(grade_id_of(cell))
        cells.append(
            Cell(
                kind,
                cell.source,
                tuple(sorted(names)),
                split(cell.source, hidden) if hidden else None,
            )
        )
    return Job(
        cells=tuple(cells),
        values=values,
        gives_names_anew=gives_names_anew(cells),
        imports=master.imports,
        modules=master.modules,
        **more,
    )


def gives_names_anew(cells: list[Cell]) -> bool:
    """Whether hidden lines may meet another function than stood before them."""
    return names_given_anew(
        cell.source for cell in cells if cell.kind in {GIVEN, STUDENT}
    )


def take_in(notebook: NotebookNode, run: Run, repairs: list[str]):
    """Put what a run has shown into the notebook."""
    for number, (cell, outputs) in enumerate(
        zip(_code_cells(notebook), run.outputs, strict=True), start=1
    ):
        cell.outputs = clean_outputs(outputs)
        cell.execution_count = number
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = number
    notebook.metadata["examiner"] = {"repairs": repairs, "lost": run.lost}


def _code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _kind(cell):
    if is_test(cell):
        return TEST
    extra = cell.metadata.get("examiner") == "extra"
    return STUDENT if extra or is_solution(cell) else GIVEN


def _alone(master, cell, read):
    """Whether no other cell has a say in the values of this one."""
    own = grade_id_of(cell)
    others = (
        names
        for grade_id, names in master.defines.items()
        if grade_id != own
    )
    return not frozenset(read) & frozenset().union(*others)
