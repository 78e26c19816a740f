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
from .cells import grade_id_of

# Kernels that say by their name what they are, where nothing else does.
OTHER_KERNELS = {
    *("bash", "ir", "iruby", "java", "julia", "matlab", "octave", "sas"),
    *("scala", "stata", "xcpp"),
}


class NotReleased(RuntimeError):
    """There is no student version to compare a submission with."""


class OtherLanguage(RuntimeError):
    """A notebook that is not in Python."""


@dataclass(frozen=True)
class Master:
    """A notebook as the instructor wrote it, ready to grade with.

    notebook: the student version, with the tests as they are graded.
    defines: the names that each solution cell must define, by grade id.
    imports: what the solutions import, a statement for each name; tests may
    rely on what the student imports too.
    modules: what any cell imports, to be imported before students come.
    released: the cells with a tag as students see them, by grade id.
    solved: the notebook with the instructor's solutions.
    hidden: for each test with hidden lines their numbers, by grade id.
    answers: the names that solutions give a literal value, a quiz's letters above all.
    """

    notebook: NotebookNode
    defines: dict[str, frozenset[str]] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    modules: tuple[str, ...] = ()
    hidden: dict[str, frozenset[int]] = field(default_factory=dict)
    released: dict[str, str] = field(default_factory=dict)
    solved: NotebookNode | None = None
    answers: frozenset[str] = frozenset()

    @property
    def open_names(self) -> frozenset[str]:
        """What cells without a tag bind: students may change these cells."""
        return frozenset().union(
            *(
                cells.bound(cell.source)
                for cell in self.notebook.cells
                if cell.cell_type == "code" and not grade_id_of(cell)
            )
        )

    def rests_on_open_cells(self, test: str) -> bool:
        """Whether a test looks at nothing that an exercise asks for."""
        return not cells.mentioned(self.names, test) and bool(
            cells.mentioned(self.open_names, test)
        )

    @property
    def only_shown(self) -> frozenset[str]:
        """The given cells that only show something, by their grade ids."""
        return frozenset(
            grade_id_of(cell)
            for cell in self.notebook.cells
            if cells.ONLY_SHOWS in cell.metadata.get("tags", [])
            and cell.cell_type == "code"
            and grade_id_of(cell)
            and not (is_grade(cell) or is_solution(cell))
        )

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
            f"{path} is missing: build it with `nbgrader generate_assignment {assignment}`"
        )
    notebook = nbformat.read(path, as_version=4)
    _refuse_other_languages(path, notebook)
    graded = {cell.name: cell for cell in gradebook.find_notebook(name, assignment).source_cells}
    hidden = {}
    released = {grade_id_of(cell): cell.source for cell in notebook.cells if grade_id_of(cell)}
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
    defines, imports, answers = {}, {}, set()
    for cell in solved.cells:
        if cell.cell_type == "code" and is_solution(cell):
            defines[grade_id_of(cell)] = cells.bound(cell.source)
            imports |= cells.imports(cell.source)
            answers |= (cells.literals(cell.source) or {}).keys()
    modules = set()
    for cell in [*notebook.cells, *solved.cells]:
        if cell.cell_type == "code":
            modules |= cells.modules(cell.source)
    return Master(
        notebook,
        defines,
        imports,
        tuple(sorted(modules)),
        hidden,
        released,
        solved,
        frozenset(answers),
    )


def _refuse_other_languages(path, notebook):
    kernel = notebook.metadata.get("kernelspec", {})
    info = notebook.metadata.get("language_info", {})
    language = kernel.get("language") or info.get("name")
    name = str(kernel.get("name", "")).lower()
    if not language and name.partition("-")[0] in OTHER_KERNELS:
        language = "another language"
    if language and not language.lower().startswith(("python", "ipython")):
        raise OtherLanguage(
            f"{path.name} is for the kernel {kernel.get('name')!r}, in "
            f"{language}: only Python is graded here. Grade it with nbgrader "
            "as it comes: without examiner.switch_on in nbgrader_config.py"
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
