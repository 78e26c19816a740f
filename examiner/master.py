"""What the instructor made of a notebook: the tests, the given cells, the names.

The release version gives the order of the cells, the gradebook the tests as
they are graded (hidden ones too), the source version the names that each
solution defines.
"""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.utils import is_grade, is_solution


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
            tree = _parse(cell.source)
            defines[grade_id_of(cell)] = frozenset(_bound(tree))
            imports += [
                ast.unparse(node)
                for node in tree.body
                if isinstance(node, ast.Import | ast.ImportFrom)
            ]
    return Master(
        notebook,
        defines,
        "\n".join(imports),
        _modules(notebook, solved),
        hidden,
        released,
    )


def grade_id_of(cell) -> str | None:
    grade_id = cell.metadata.get("nbgrader", {})
    if not isinstance(grade_id, dict):
        return None
    grade_id = grade_id.get("grade_id")
    return grade_id if isinstance(grade_id, str) else None


def is_test(cell) -> bool:
    """A cell that a program scores; its source is the instructor's."""
    return (
        cell.cell_type == "code"
        and is_grade(cell)
        and not is_solution(cell)
    )


def mentioned(names, source: str) -> set[str]:
    """Those of `names` that stand in `source`, even within a string."""
    return set(names) & set(re.findall(r"\w+", source))


def _parse(source):
    """Python without IPython's magics."""
    lines = [
        "pass" if re.match(r"\s*[%!?]", line) else line
        for line in source.splitlines()
    ]
    try:
        return ast.parse("\n".join(lines))
    except SyntaxError:
        return ast.Module([], [])


def _bound(tree):
    """The names that running a cell binds, but for what it imports."""
    for node in ast.walk(_without_bodies(tree)):
        match node:
            case (
                ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef()
            ):
                yield node.name
            case ast.Name(ctx=ast.Store()):
                yield node.id


class _WithoutBodies(ast.NodeTransformer):
    def visit_FunctionDef(self, node):
        node.body = [ast.Pass()]
        return node

    visit_AsyncFunctionDef = visit_ClassDef = visit_FunctionDef

    def visit_comprehension_scope(self, node):
        return ast.Constant(None)

    visit_Lambda = visit_ListComp = visit_SetComp = (
        visit_comprehension_scope
    )
    visit_DictComp = visit_GeneratorExp = visit_comprehension_scope


def _without_bodies(tree):
    return _WithoutBodies().visit(tree)


def _modules(*notebooks):
    """Names of the modules that the instructor's cells import anywhere."""
    modules = set()
    for notebook in notebooks:
        for cell in notebook.cells:
            if cell.cell_type != "code":
                continue
            for node in ast.walk(_parse(cell.source)):
                if isinstance(node, ast.Import):
                    modules |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    modules.add(node.module)
    return tuple(sorted(modules))


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
