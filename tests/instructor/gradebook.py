"""A course whose gradebook is filled directly: nothing is graded."""

import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from examiner.course import load_course

CONFIG = """\
import warnings

from sqlalchemy.exc import SAWarning

c = get_config()  # noqa: F821
import examiner; examiner.switch_on(c)
warnings.filterwarnings("ignore", "Object of type", SAWarning)
c.CourseDirectory.root = {root!r}
c.CourseDirectory.course_id = "scratch"
"""


@lru_cache(maxsize=1)
def _empty_gradebook() -> bytes:
    """A new gradebook, for which nbgrader starts a program each time."""
    folder = Path(tempfile.mkdtemp())
    (folder / "nbgrader_config.py").write_text(CONFIG.format(root=str(folder)))
    load_course(folder).gradebook.close()
    content = (folder / "gradebook.db").read_bytes()
    shutil.rmtree(folder)
    return content


def make_course(folder: Path, cells: dict[str, float], config: str = "", duedate=None):
    """A course with the assignment `hw`; cells: the points of each test."""
    (folder / "nbgrader_config.py").write_text(CONFIG.format(root=str(folder)) + config)
    (folder / "gradebook.db").write_bytes(_empty_gradebook())
    course = load_course(folder)
    with course.gradebook as gradebook:
        gradebook.add_assignment("hw", duedate=duedate)
        gradebook.add_notebook("hw", "hw")
        for name, points in cells.items():
            gradebook.add_grade_cell(name, "hw", "hw", max_score=points, cell_type="code")
            gradebook.add_source_cell(name, "hw", "hw", cell_type="code", source="pass")
    return course


def enter(gradebook, student, scores: dict[str, float | None], timestamp=None):
    """Scores of the program by cell; None waits for a person."""
    gradebook.update_or_create_submission("hw", student, timestamp=timestamp)
    submitted = gradebook.find_submission_notebook("hw", "hw", student)
    for grade in submitted.grades:
        grade.auto_score = scores[grade.name]
        grade.needs_manual_grade = scores[grade.name] is None
    gradebook.db.commit()
