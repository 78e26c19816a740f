"""The lower storey knows nothing of the upper one: who reads it need not know of exams."""

import ast
from pathlib import Path

import pytest

import examiner

PACKAGE = Path(examiner.__file__).parent
MAY_IMPORT = {
    "execute": ("examiner.execute",),
    "exam": ("examiner.exam", "examiner.execute", "examiner.files"),
}
OF_GRADING = ("nbformat", "nbgrader")
MODULES = [
    pytest.param(storey, path, id=f"{storey}-{path.stem}")
    for storey in MAY_IMPORT
    for path in sorted((PACKAGE / storey).glob("*.py"))
]


def imports(source: str, package: str) -> set[str]:
    """All that a module of `package` imports, wherever in it, by its whole name."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            outer = package.split(".")[: len(package.split(".")) + 1 - node.level]
            module = ".".join([*(outer if node.level else []), *filter(None, [node.module])])
            found |= {f"{module}.{alias.name}" for alias in node.names}
    return found


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(f"{name}.".startswith(f"{package}.") for package in packages)


def test_imports_are_found_in_every_form():
    source = (
        "import examiner.exam.job\n"
        "from ..exam import run_job\n"
        "from .. import exam\n"
        "def late():\n    from .channel import Channel\n"
    )
    assert imports(source, "examiner.execute") == {
        "examiner.exam.job",
        "examiner.exam.run_job",
        "examiner.exam",
        "examiner.execute.channel.Channel",
    }


@pytest.mark.parametrize(("storey", "path"), MODULES)
def test_a_storey_stands_on_what_is_below_it(storey, path):
    found = imports(path.read_text(encoding="utf-8"), f"examiner.{storey}")
    ours = {name for name in found if within(name, ("examiner",))}
    assert {name for name in ours if not within(name, MAY_IMPORT[storey])} == set()
    assert {name for name in found if within(name, OF_GRADING)} == set()
