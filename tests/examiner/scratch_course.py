"""A course of a few cells, for what one test asks."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from examiner.batch import Batch
from examiner.course import load_course

CONFIG = """\
import warnings

from nbformat.warnings import MissingIDFieldWarning
from sqlalchemy.exc import SAWarning

c = get_config()  # noqa: F821
import examiner; examiner.switch_on(c)
warnings.filterwarnings("ignore", "Object of type", SAWarning)
warnings.filterwarnings("ignore", "Cell is missing", MissingIDFieldWarning)
c.CourseDirectory.root = {root!r}
c.CourseDirectory.course_id = "scratch"
c.ClearSolutions.code_stub = {{"python": "# YOUR ANSWER HERE"}}
"""


def given(source, grade_id=None):
    """A cell of the instructor's, locked if it has a grade id."""
    return _cell(source, grade_id, locked=True) if grade_id else (new_code_cell(source))


def solution(grade_id, source, stub=""):
    """What stands between the marks is taken out; `stub` stays before it."""
    lines = ["### BEGIN SOLUTION", source, "### END SOLUTION"]
    return _cell("\n".join([stub, *lines][not stub :]), grade_id, solution=True)


def trial(grade_id, shown="", hidden="", points=1):
    marks = ["### BEGIN HIDDEN TESTS", hidden, "### END HIDDEN TESTS"]
    source = "\n".join([shown] * bool(shown) + marks * bool(hidden))
    return _cell(source, grade_id, points=points, locked=True)


def written(grade_id, source="*Your answer.*", points=2):
    cell = _cell(source, grade_id, solution=True, points=points)
    text = new_markdown_cell(source)
    text.metadata = cell.metadata
    return text


def _cell(source, grade_id, *, solution=False, points=None, locked=False):
    tag = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": points is not None,
        "solution": solution,
        "locked": locked,
        "task": False,
    }
    if points is not None:
        tag["points"] = points
    return new_code_cell(source, metadata={"nbgrader": tag})


QUEUE = """\
class Queue:
    def __init__(self):
        self.items = []

    def put(self, item):
        self.items.append(item)
        return self"""


def copy_course(course: Path, folder: Path):
    """The course in one folder, graded or not, in another that is new or empty."""
    shutil.copytree(course, folder, dirs_exist_ok=True)
    config = folder / "nbgrader_config.py"
    config.write_text(config.read_text().replace(str(course), str(folder)))


class Course:
    """An assignment `hw` in a folder of its own.

    notebooks: cells by name. config: more lines for nbgrader_config.py.
    """

    def __init__(self, folder: Path, config="", language="python", **notebooks):
        self.folder = folder
        self.names = list(notebooks)
        home = folder / "source" / "hw"
        home.mkdir(parents=True)
        kernel = {
            "name": language,
            "display_name": language,
            "language": language,
        }
        for name, cells in notebooks.items():
            notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
            nbformat.write(notebook, home / f"{name}.ipynb")
        (folder / "nbgrader_config.py").write_text(CONFIG.format(root=str(folder)) + config)
        self.course = load_course(folder)
        made = self.course.generate_assignment("hw")
        if not made["success"]:
            raise RuntimeError(made.get("error") or made.get("log"))

    def released(self, name):
        return nbformat.read(self.folder / "release" / "hw" / f"{name}.ipynb", as_version=4)

    def hand_in(self, student, change=None, answers=None, names=None):
        """answers: sources by grade id; change: edits a notebook's cells."""
        home = self.folder / "submitted" / student / "hw"
        home.mkdir(parents=True, exist_ok=True)
        for name in names or self.names:
            notebook = self.released(name)
            for cell in notebook.cells:
                grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
                cell.source = (answers or {}).get(grade_id, cell.source)
            if change:
                change(notebook.cells)
            nbformat.write(notebook, home / f"{name}.ipynb")

    def grade(self, **how):
        """Returns points by student and test, and what was told."""
        students = sorted(path.name for path in (self.folder / "submitted").iterdir())
        lines = []
        how.setdefault("feedback", False)
        with (
            closing(Batch(self.course, "hw", **how)) as batch,
            ThreadPoolExecutor(2) as executor,
        ):
            results = batch.grade(students, executor, 2, lines.append)
        points = {}
        with self.course.gradebook as gradebook:
            for result in results:
                if result.problem is None:
                    found = gradebook.find_submission("hw", result.student)
                    points[result.student] = {
                        grade.name: None if grade.needs_manual_grade else grade.score
                        for notebook in found.notebooks
                        for grade in notebook.grades
                    }
        return points, {r.student: r for r in results}, lines
