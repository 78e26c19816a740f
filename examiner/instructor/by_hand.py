"""What a person reads and grades: a page of the answers without names, a sheet for the points."""

import hashlib
import math
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Grade, Gradebook, MissingEntry
from nbgrader.apps import NbGraderAPI
from nbgrader.utils import is_solution, is_task

from ..cells import ANSWERED_BELOW, grade_id_of, is_extra
from ..course import folder_of, masters_of
from ..page import rendered
from ..refused import Refused
from .pages import template
from .sheet import Sheet, write_new, write_table

# nbgrader: what a task says to those who grade it.
SCHEME = re.compile(r"^.*BEGIN MARK SCHEME.*\n((?:.*\n)*?).*END MARK SCHEME.*$\n?", re.MULTILINE)
MARKS = re.compile(r"^.*### (?:BEGIN|END) SOLUTION.*$\n?", re.MULTILINE)
COLUMNS = ("answer", "question", "points", "of", "comment")


@dataclass
class Answer:
    """One that waits for a person. code: says which it is, and not whose."""

    code: str
    cells: list[NotebookNode]
    grade: Grade


@dataclass
class Question:
    """model_answer: the instructor's cell, with what helps those who grade."""

    name: str
    maximum: float
    text: str
    model_answer: NotebookNode
    answers: list[Answer]


def waiting_answers(course: NbGraderAPI, gradebook: Gradebook, assignment: str) -> list[Question]:
    """The questions of an assignment that wait for a person, in its order.

    Raises Refused where the gradebook does not know it.
    """
    try:
        submissions = gradebook.find_assignment(assignment).submissions
    except MissingEntry:
        raise Refused(f"The gradebook knows no assignment {assignment!r}.") from None
    answers: dict[tuple[str, str], list[Answer]] = {}
    for submission in submissions:
        folder = folder_of(course.coursedir, "autograded", submission.student_id, assignment)
        for submitted in submission.notebooks:
            path = folder / f"{submitted.name}.ipynb"
            waiting = {grade.name: grade for grade in submitted.grades if grade.needs_manual_grade}
            if not waiting or not path.is_file():
                continue
            notebook = nbformat.v4.reads(path.read_text(encoding="utf-8"))
            for name, grade in waiting.items():
                cells = _answer_in(notebook, name)
                answer = Answer(_code(grade, cells), cells, grade)
                answers.setdefault((submitted.name, name), []).append(answer)
    questions = []
    for notebook, master in masters_of(
        gradebook, course.coursedir, assignment, course.config
    ).items():
        question = ""
        for cell in master.solved.cells:
            found = answers.get((notebook, grade_id_of(cell)))
            if found:
                found.sort(key=lambda answer: answer.code)
                maximum = found[0].grade.max_score
                text, model = question, MARKS.sub("", cell.source)
                if is_task(cell):
                    text = SCHEME.sub("", cell.source)
                    model = "\n".join(SCHEME.findall(cell.source))
                model_answer = NotebookNode(cell_type=cell.cell_type, source=model.strip())
                questions.append(Question(grade_id_of(cell), maximum, text, model_answer, found))
            if cell.cell_type == "markdown" and not (is_solution(cell) or is_task(cell)):
                question = cell.source
    return questions


def _answer_in(notebook, name):
    """A cell, and those below it where the answer stands there."""
    found, goes_on = [], False
    for cell in notebook.cells:
        if grade_id_of(cell) == name:
            goes_on = is_task(cell) or cell.metadata.get("examiner") == ANSWERED_BELOW
            found += [] if is_task(cell) else [cell]
        elif goes_on and is_extra(cell):
            found.append(cell)
        else:
            goes_on = False
    return found


def _code(grade, cells):
    """Another one when the answer has changed: points are for what was read."""
    text = "\n".join(cell.source for cell in cells)
    return f"{grade.id[:8]}-{hashlib.sha256(text.encode()).hexdigest()[:4]}"


def write_page_and_sheet(assignment: str, questions: list[Question], page: Path, *, force: bool):
    """Raises Refused where one of the two files is there already."""
    sheet = page.with_suffix(".csv")
    for path in (page, sheet):
        if path.exists() and not force:
            raise Refused(
                f"{path} is there already, perhaps with points that are not entered yet: "
                "--force replaces it."
            )
    text = template("by_hand.html.j2", rendered=rendered).render(
        assignment=assignment, questions=questions, sheet=sheet.name
    )
    rows = [
        [answer.code, question.name, None, f"{question.maximum:g}", None]
        for question in questions
        for answer in question.answers
    ]
    write_new(page, text.encode("utf-8"), force=force)
    write_table(sheet, list(COLUMNS), rows, force=force)


def enter_points(gradebook: Gradebook, questions: list[Question], sheet: Sheet) -> tuple[int, int]:
    """Enter what a person has filled in; returns how many answers, and how many are left blank.

    Nothing is entered if a row cannot be: Refused names it.
    """
    waiting = {answer.code: answer for question in questions for answer in question.answers}
    answer_at, points_at, comment_at = map(sheet.column, ("answer", "points", "comment"))
    read, blank = {}, 0
    for row in range(1, len(sheet.rows)):
        code = sheet.value(row, answer_at)
        points, comment = sheet.value(row, points_at), sheet.value(row, comment_at)
        where = f"{sheet.name}, row {row + 1}"
        if not points:
            if comment:
                raise Refused(f"{where} has a comment and no points.")
            blank += bool(code)
            continue
        if code in read:
            raise Refused(f"{where}: the answer {code} stands in two rows.")
        if code not in waiting:
            raise Refused(
                f"{where}: no answer {code!r} waits. It was graded already, or has been handed in "
                "anew since this sheet was written: take the row out, and write a new sheet."
            )
        maximum = waiting[code].grade.max_score
        read[code] = _points(points, maximum, where), comment
    for code, (points, comment) in read.items():
        grade = waiting[code].grade
        grade.manual_score, grade.needs_manual_grade = points, False
        if comment:
            place = grade.notebook.name, grade.notebook.assignment.name, grade.notebook.student.id
            gradebook.find_comment(grade.name, *place).manual_comment = comment
    gradebook.db.commit()
    return len(read), blank


def _points(text, maximum, where):
    try:
        points = float(text.replace(",", "."))
    except ValueError:
        points = math.nan
    if not 0 <= points <= maximum:
        raise Refused(f"{where}: {text!r} is no number of points from 0 to {maximum:g}.")
    return points
