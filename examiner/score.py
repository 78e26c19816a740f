"""From outputs to the gradebook."""

import math
import re

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.utils import (
    compute_checksum,
    determine_grade,
    is_grade,
    is_solution,
    is_task,
)

from .cells import is_test

# Arrays, tensors, complex numbers: what arithmetic makes of a student's value.
NOT_POINTS = re.compile(r"array\(|<tf\.|tensor\(|\S*j\)?$")


def settle_scores(notebook: NotebookNode, failed: list[bool]) -> list[str]:
    """Make each test's outputs mean a score to nbgrader as well.

    nbgrader takes standard error for failure, and what is no number, or a
    negative one, for full points. failed: for each code cell, whether it
    ended in an error. Returns what a person should look at, in words.
    """
    doubts = []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell, has_failed in zip(code, failed, strict=True):
        if not is_test(cell):
            continue
        for output in cell.outputs:
            if output.output_type == "stream":
                output.name = "stdout"
        shown = any(o.output_type == "error" for o in cell.outputs)
        problem = None
        if has_failed and not shown:
            problem = "the test failed, and could not say why"
        elif not shown:
            problem = _problem_with_value(cell)
        if problem:
            doubts.append(f"{cell.metadata.nbgrader.grade_id}: {problem}")
            cell.outputs = [
                output
                for output in cell.outputs
                if output.output_type != "execute_result"
            ]
            cell.outputs.append(
                NotebookNode(
                    output_type="error",
                    ename="ScoreError",
                    evalue=problem,
                    traceback=[f"ScoreError: {problem}"],
                )
            )
    return doubts


def _values(cell):
    return [
        output.data.get("text/plain", "")
        for output in cell.outputs
        if output.output_type == "execute_result"
    ]


def _problem_with_value(cell):
    """What is wrong with the value that a test shows as its points."""
    try:
        points, _ = determine_grade(cell)
        values = list(map(float, _values(cell)))
    except KeyError:
        return "its value cannot be shown as text"
    except ValueError as error:
        if "partial credit" in str(error):
            return str(error)
        if any(map(NOT_POINTS.match, _values(cell))):
            return "its value is no single number, which cannot be points"
        # All else that is no number has always meant that the test passed.
        return None
    if not math.isfinite(points) or any(not v >= 0 for v in values):
        return f"its value is {values[0]}, which cannot be points"
    return None


def save_scores(
    gradebook: Gradebook,
    assignment: str,
    student: str,
    name: str,
    notebook: NotebookNode,
):
    """Enter the scores of a graded notebook, all of them or none."""
    submitted = gradebook.find_submission_notebook(
        name, assignment, student
    )
    grades = {grade.name: grade for grade in submitted.grades}
    comments = {comment.name: comment for comment in submitted.comments}
    for cell in notebook.cells:
        if is_grade(cell):
            grade = grades[cell.metadata.nbgrader.grade_id]
            grade.auto_score, _ = determine_grade(cell)
            # What a person has scored before, a person looks at again.
            grade.needs_manual_grade = (
                grade.manual_score is not None or grade.auto_score is None
            )
        if is_solution(cell) or is_task(cell):
            tag = cell.metadata.nbgrader
            untouched = tag.get("checksum") == compute_checksum(cell)
            comments[tag.grade_id].auto_comment = (
                "No response." if untouched and not is_task(cell) else None
            )
    gradebook.db.commit()
