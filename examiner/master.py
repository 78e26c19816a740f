"""What the instructor made of a notebook: the tests, the given cells, the names.

The release version gives the order of the cells, the gradebook the tests as
they are graded (hidden ones too), the source version the names that each
solution defines.
"""

from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.utils import is_grade, is_solution

from . import cells
from .cells import grade_id_of, is_test


class NotReleased(RuntimeError):
    """There is no student version to compare a submission with."""


@dataclass(frozen=True)
class Master:
    """A notebook as the instructor wrote it, ready to grade with.

    notebook: the student version, with the tests as they are graded.
    defines: the names that each solution cell must define, by grade id.
    imports: what the solutions import, as source; tests may rely on it.
    modules: what any cell imports, to be imported before students come.
    released: the tests as students see them, without hidden lines.
    hidden: for each test with hidden lines their numbers, by grade id.
    """

    notebook: NotebookNode
    defines: dict[str, frozenset[str]] = field(default_factory=dict)
    imports: str = ""
    modules: tuple[str, ...] = ()
    hidden: dict[str, frozenset[int]] = field(default_factory=dict)
    released: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset().union(*self.defines.values())


def read_master(
    gradebook: Gradebook,
    assignment: str,
    name: str,
    release: Path,
    source: Path,
    markers: ClearHiddenTests,
) -> Master:
    """Build the Master of the notebook `name` of `assignment`.

    release, source: the folders of this assignment. markers: says how hidden
    lines are marked. Raises NotReleased.
    """
    path = release / f"{name}.ipynb"
    if not path.is_file():
        raise NotReleased(
            f"{path} is missing: build it with "
            f"`nbgrader generate_assignment {assignment}`"
        )
    notebook = nbformat.read(path, as_version=4)
    graded = {
        cell.name: cell
        for cell in gradebook.find_notebook(name, assignment).source_cells
    }
    hidden = {}
    released = tuple(
        cell.source for cell in notebook.cells if is_test(cell)
    )
    for cell in notebook.cells:
        grade_id = grade_id_of(cell)
        if grade_id in graded:
            cell.source = graded[grade_id].source
            cell.metadata.nbgrader.checksum = graded[grade_id].checksum
            if is_grade(cell) and not is_solution(cell):
                lines = _hidden_lines(cell.source, markers)
                if lines:
                    hidden[grade_id] = lines
    solved = nbformat.read(source / f"{name}.ipynb", as_version=4)
    defines, imports = {}, []
    for cell in solved.cells:
        if cell.cell_type == "code" and is_solution(cell):
            defines[grade_id_of(cell)] = cells.bound(cell.source)
            imports += cells.imports(cell.source)
    modules = set()
    for cell in [*notebook.cells, *solved.cells]:
        if cell.cell_type == "code":
            modules |= cells.modules(cell.source)
    return Master(
        notebook,
        defines,
        "\n".join(imports),
        tuple(sorted(modules)),
        hidden,
        released,
    )


def _hidden_lines(source, markers):
    """Numbers of the lines between the markers, these included."""
    lines, inside = set(), False
    for number, line in enumerate(source.split("\n"), start=1):
        if markers.begin_test_delimeter in line:
            inside = True
        if inside:
            lines.add(number)
        if markers.end_test_delimeter in line:
            inside = False
    return frozenset(lines)
