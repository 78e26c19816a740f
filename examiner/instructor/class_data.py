"""What a class has done in one assignment: points, answers, messages."""

import ast
import re
from dataclasses import dataclass, field
from functools import lru_cache

import nbformat
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.utils import is_solution

from ..cells import grade_id_of, is_test, literals, mentioned, parse
from ..course import folder_of, masters_of
from ..master import Master
from ..questions import letter_of, letters_in
from ..report import exercise_of
from .grades import Grade, State, grades_of

NO_RESPONSE = "No response."  # nbgrader's comment on an answer that was left as it was
SHORTEST_TEXT = 12  # characters by which a message is known


@dataclass
class Item:
    """A cell with points: a test, a question, an answer that a person reads.

    points: by student, of those who were graded. not_attempted: who left all
    of it as it was. asked, key, options, chosen: of a multiple-choice
    question the name of its answer, the right one, all, and each student's.
    """

    name: str
    exercise: str
    maximum: float
    points: dict[str, float] = field(default_factory=dict)
    not_attempted: set[str] = field(default_factory=set)
    asked: str | None = None
    key: str | None = None
    options: list[str] = field(default_factory=list)
    chosen: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """A question is known by its answer's name: lesson_01-q01a is q01a."""
        return self.asked or self.name


@dataclass
class Failure:
    """A test that a student's work did not pass, and what it said."""

    student: str
    item: Item
    message: str
    is_hidden: bool
    answer: str


@dataclass
class ClassData:
    assignment: str
    maximum: float
    grades: list[Grade]
    items: list[Item]
    failures: list[Failure]

    @property
    def graded(self) -> list[Grade]:
        """Those whose work has points."""
        return [grade for grade in self.grades if grade.raw_score is not None]

    def students(self, state: State) -> list[Grade]:
        return [grade for grade in self.grades if grade.state is state]


def read_class(course: NbGraderAPI, gradebook: Gradebook, assignment: str) -> ClassData:
    """Raises Refused where the gradebook does not know the assignment."""
    grades = grades_of(course, gradebook, assignment)
    masters = masters_of(gradebook, course.coursedir, assignment, course.config)
    items, failures = {}, []
    for notebook in gradebook.find_assignment(assignment).notebooks:
        maximum = {cell.name: cell.max_score for cell in notebook.grade_cells}
        maximum |= {cell.name: cell.max_score for cell in notebook.task_cells}
        for cell in notebook.source_cells:
            if cell.name in maximum:
                items[cell.name] = Item(cell.name, exercise_of(cell.name), maximum[cell.name])
        _find_questions(masters[notebook.name], items)
    answers_of = {
        name: _answer_cells(master, items[name])
        for master in masters.values()
        for name in _own_items(master, items)
    }
    for submission in gradebook.assignment_submissions(assignment):
        for notebook in submission.notebooks:
            _take_points(notebook, submission.student_id, items, answers_of)
            path = folder_of(course.coursedir, "autograded", submission.student_id, assignment)
            path = path / f"{notebook.name}.ipynb"
            if path.is_file():
                graded = nbformat.v4.reads(path.read_text(encoding="utf-8"))
                failures += _take_answers(
                    graded, masters[notebook.name], submission.student_id, items, answers_of
                )
    found = gradebook.find_assignment(assignment)
    return ClassData(assignment, found.max_score, grades, list(items.values()), failures)


def _own_items(master, items):
    return [grade_id_of(cell) for cell in master.notebook.cells if grade_id_of(cell) in items]


def _answer_cells(master: Master, item: Item) -> set[str]:
    """The grade ids of the answers that a cell gives points for."""
    if item.name in master.defines:
        return {item.name}
    for cell in master.notebook.cells:
        if grade_id_of(cell) == item.name:
            used = {
                answer for answer, names in master.defines.items() if mentioned(names, cell.source)
            }
            same = {answer for answer in used if exercise_of(answer) == item.exercise}
            return same or used or {item.name}
    return {item.name}


def _find_questions(master: Master, items: dict[str, Item]):
    """A question's answer is one letter, which its test alone looks at."""
    keys, options, text = {}, {}, ""
    for cell in master.solved.cells:
        if cell.cell_type == "markdown":
            text = cell.source
        elif is_solution(cell):
            values = literals(_without_marks(cell.source)) or {}
            for name, value in values.items():
                if isinstance(value, str) and re.fullmatch("[A-Z]", value):
                    keys[name] = value
                    options[name] = sorted({value, *letters_in(text)})
    for cell in master.notebook.cells:
        item = items.get(grade_id_of(cell))
        asked = mentioned(keys, cell.source) if item and is_test(cell) else set()
        if len(asked) == 1:
            (item.asked,) = asked
            item.key, item.options = keys[item.asked], options[item.asked]


def _without_marks(source):
    """A solution without the lines that only mark it, and without its stub."""
    lines = source.split("\n")
    begin = [number for number, line in enumerate(lines) if "BEGIN SOLUTION" in line]
    return "\n".join(lines[begin[0] + 1 :] if begin else lines)


def _take_points(notebook, student, items, answers_of):
    untouched = {
        comment.name for comment in notebook.comments if comment.auto_comment == NO_RESPONSE
    }
    for grade in notebook.grades:
        item = items.get(grade.name)
        if item is None:
            continue
        if grade.manual_score is not None or grade.auto_score is not None:
            item.points[student] = grade.score
        if answers_of.get(item.name) and answers_of[item.name] <= untouched:
            item.not_attempted.add(student)


def _take_answers(notebook, master, student, items, answers_of):
    values, sources = {}, {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and not is_test(cell):
            sources[grade_id_of(cell)] = cell.source
            found = literals(cell.source) or {}
            values |= {name: value for name, value in found.items() if value is not None}
    tests = {grade_id_of(cell): cell.source for cell in master.notebook.cells if is_test(cell)}
    failures = []
    for cell in notebook.cells:
        item = items.get(grade_id_of(cell))
        if item is None or not is_test(cell):
            continue
        if item.key is not None:
            letter = letter_of(values.get(item.asked, ""))
            if letter in item.options:
                item.chosen[student] = letter
                item.not_attempted.discard(student)
            else:
                item.not_attempted.add(student)
            continue
        for output in cell.get("outputs", []):
            if output["output_type"] == "error" and student not in item.not_attempted:
                answer = "\n\n".join(
                    sources[name] for name in sorted(answers_of[item.name]) if name in sources
                )
                message = f"{output['ename']}: {output['evalue']}"
                is_hidden = _is_hidden(message, tests[item.name], master.hidden.get(item.name))
                failures.append(Failure(student, item, message, is_hidden, answer))
                break
    return failures


def _is_hidden(message, test, hidden):
    """Whether a test failed in its hidden lines, by the words of its message."""
    if "hidden test" in message:
        return True
    if not hidden:
        return False
    own, shown = _words(test, hidden)
    return any(text in message for text in own) and not any(text in message for text in shown)


@lru_cache(maxsize=1000)
def _words(test: str, hidden: frozenset[int]) -> tuple[frozenset[str], frozenset[str]]:
    """The texts that stand in the hidden lines of a test alone, and the others."""
    lines = test.split("\n")
    shown = _texts("\n".join(line for at, line in enumerate(lines, 1) if at not in hidden))
    return _texts(test) - shown, shown


def _texts(source):
    tree = parse(source)
    return frozenset(
        node.value
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and len(node.value) >= SHORTEST_TEXT
    )
