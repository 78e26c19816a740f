"""From outputs to the gradebook."""

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.utils import (
    compute_checksum,
    determine_grade,
    is_grade,
    is_solution,
    is_task,
)

from .master import is_test


def settle_scores(notebook: NotebookNode) -> list[str]:
    """Make each test's outputs mean a score to nbgrader as well.

    nbgrader takes standard error for failure, and stumbles over a value
    above the points. Returns what a person should look at, in words.
    """
    doubts = []
    for cell in notebook.cells:
        if not is_test(cell):
            continue
        for output in cell.outputs:
            if output.output_type == "stream":
                output.name = "stdout"
        try:
            determine_grade(cell)
        except (KeyError, ValueError) as error:
            name = cell.metadata.nbgrader.grade_id
            doubts.append(f"{name}: {error}")
            cell.outputs = [
                output
                for output in cell.outputs
                if output.output_type != "execute_result"
            ]
            cell.outputs.append(
                NotebookNode(
                    output_type="error",
                    ename="ScoreError",
                    evalue=str(error),
                    traceback=[f"ScoreError: {error}"],
                )
            )
    return doubts


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
