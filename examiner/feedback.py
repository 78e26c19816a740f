"""What a student gets to see of a graded notebook."""

import re
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from nbgrader.converters import GenerateFeedback
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor

from .cells import is_test
from .course import folder_of
from .reading import WRITTEN_BY_NBGRADER
from .standing import Standing

MAX_LINE = 1000  # characters
MAX_SOURCE = 50_000


class KeepHiddenTestsHidden(NbGraderPreprocessor):
    """Show of an error in a test its message, and none of the test's lines."""

    def preprocess(self, nb, resources):
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.source = _short(cell.source)
            if not is_test(cell):
                continue
            for output in cell.outputs:
                if output.output_type == "error":
                    output.traceback = [f"{output.ename}: {output.evalue}"]
        return nb, resources


class ClearHiddenLinesOfTests(ClearHiddenTests):
    """In a student's own cell the markers mean nothing."""

    def preprocess_cell(self, cell, resources, cell_index):
        if is_test(cell):
            return super().preprocess_cell(cell, resources, cell_index)
        return cell, resources


def _short(source):
    """Code as a page shows it: to colour what is longer can take very long."""
    lines = [line[:MAX_LINE].rstrip() for line in source.splitlines()]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines))[:MAX_SOURCE]


class FeedbackPages:
    """Writes the feedback pages of an assignment, one student at a time.

    The same pages as `nbgrader generate_feedback`.
    """

    def __init__(self, course: NbGraderAPI, assignment: str):
        self.assignment = assignment
        self.courses = course.coursedir
        self.converter = GenerateFeedback(self.courses, parent=course)
        self.exporter = self.converter.exporter_class(
            parent=self.converter,
            config=self.converter.config,
            optimistic_validation=True,  # once for a page
        )
        for room in self.converter.preprocessors:
            self.exporter.register_preprocessor(room)

    def write(self, student: str, standings: dict[str, Standing]):
        """Write the pages of a student whose work has been graded.

        standings: by notebook.
        """
        folder = self._folder("feedback", student)
        folder.mkdir(parents=True, exist_ok=True)
        for path in self.notebooks(student):
            resources = {
                "unique_key": path.stem,
                "output_files_dir": f"{path.stem}_files",
                "nbgrader": {
                    "student": student,
                    "assignment": self.assignment,
                    "notebook": path.stem,
                    "db_url": self.courses.db_url,
                    "standing": standings[path.stem],
                },
            }
            page, _ = self.exporter.from_filename(str(path), resources=resources)
            (folder / f"{path.stem}.html").write_text(page, encoding="utf-8")
        # `nbgrader release_feedback` finds the student's folder by these.
        for name in sorted(WRITTEN_BY_NBGRADER):
            path = self._folder("submitted", student) / name
            if path.is_file():
                (folder / name).write_bytes(path.read_bytes())
        self.converter.set_permissions(self.assignment, student)

    def exist(self, student: str) -> bool:
        folder = self._folder("feedback", student)
        return all((folder / f"{path.stem}.html").is_file() for path in self.notebooks(student))

    def notebooks(self, student: str) -> list[Path]:
        """Those that were graded."""
        found = sorted(self._folder("autograded", student).glob("*.ipynb"))
        return [path for path in found if path.is_file()]

    def _folder(self, step, student) -> Path:
        return folder_of(self.courses, step, student, self.assignment)
