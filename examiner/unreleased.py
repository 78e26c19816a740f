"""What was changed in source/ and not generated since: it does not count yet."""

from copy import deepcopy

import nbformat
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import InstantiateTests, SaveCells

from .cells import grade_id_of, tag_of
from .course import folder_of

AUTOTEST = "AUTOTEST"  # nbgrader makes a test of it by running code


def unreleased(course: NbGraderAPI, gradebook: Gradebook, assignment: str) -> list[str]:
    """The cells by which source/ differs from what is graded, in words.

    The same steps as `nbgrader generate_assignment`, without writing.
    """
    found = []
    for notebook in gradebook.find_assignment(assignment).notebooks:
        path = folder_of(course.coursedir, "source", ".", assignment) / f"{notebook.name}.ipynb"
        if not path.is_file():
            found.append(f"{path} is gone")
            continue
        saved, released = _generated(course, assignment, path)
        found += [f"{path.name}, {text}" for text in _changed_cells(notebook, saved)]
        old = folder_of(course.coursedir, "release", ".", assignment) / path.name
        if old.is_file() and not found:
            before = nbformat.read(old, as_version=4)
            if _open_cells(before) != _open_cells(released):
                found.append(f"{path.name}: a text, or a cell without a tag")
    return found


def _generated(course, assignment, path):
    """The notebook as it would enter the gradebook, and as it would be released."""
    converter = GenerateAssignment(course.coursedir, parent=course)
    resources = {
        "nbgrader": {
            "student": ".",
            "assignment": assignment,
            "notebook": path.stem,
            "db_url": course.coursedir.db_url,
        }
    }
    notebook, saved = nbformat.read(path, as_version=4), None
    for room in converter.preprocessors:
        if room is SaveCells:
            saved = deepcopy(notebook)
        elif room is not InstantiateTests:
            notebook, resources = room(parent=converter)(notebook, resources)
    return saved or notebook, notebook


def _changed_cells(notebook, saved):
    known = {cell.name: cell.source for cell in notebook.source_cells}
    points = {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}
    new = {grade_id_of(cell): cell for cell in saved.cells if grade_id_of(cell)}
    changes = [f"{name}: taken out" for name in known if name not in new]
    for name, cell in new.items():
        if name not in known:
            changes.append(f"{name}: new")
        elif AUTOTEST not in cell.source and cell.source != known[name]:
            changes.append(f"{name}: changed")
        elif float(tag_of(cell).get("points") or 0) != points.get(name, 0.0):
            changes.append(f"{name}: {points.get(name, 0.0):g} points before")
    return changes


def _open_cells(notebook):
    return [(cell.cell_type, cell.source) for cell in notebook.cells if not grade_id_of(cell)]
