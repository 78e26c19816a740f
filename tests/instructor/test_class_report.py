"""The report on a simulated class, its figures computed once more from how the class was made."""

import contextlib
import csv
import math
import random
import re
import shutil

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_output
from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook

from examiner.__main__ import main
from examiner.instructor.mistakes import masked
from tests.examiner.scratch_course import Course, given, solution, trial, written
from tests.people.reading import LIGHT_AND_DARK, everybody_reads

VISIBLE, HIDDEN = "W_x is transposed in step 3", "an empty batch has no mean"
POINTS = {"cell-shown": 2, "cell-all": 2, "q-q1": 1, "q-q2": 1, "essay": 3}
QUESTION = "Which?\n\n- **A** this\n- **B** that\n- **C** these\n- **D** those"
OPTIONS = {"q1": "BBBAC", "q2": "ABCA"}  # what the weak guess; D of q1 nobody


def cells():
    return [
        given("# set-up"),
        solution("cell", "    return x", "def cell(x):"),
        trial("cell-shown", f"assert cell(1) == 1, '{VISIBLE}'", points=2),
        trial("cell-all", "assert cell(2) == 2", f"assert cell(3) == 3, '{HIDDEN}'", points=2),
        new_markdown_cell(QUESTION),
        solution("q1", 'q1 = "B"', "q1 = None"),
        trial("q-q1", hidden='int(q1 == "B")'),
        new_markdown_cell(QUESTION),
        solution("q2", 'q2 = "C"', "q2 = None"),  # the key is wrong: who knows says A
        trial("q-q2", hidden='int(q2 == "C")'),
        written("essay", points=3),
    ]


def simulated(count):
    """Answers, scores and messages of `count` students; nobody was graded for them."""
    chance, students = random.Random(16), {}
    for number in range(count):
        able = chance.random()
        letters = {
            "q1": "B" if chance.random() < able else chance.choice(OPTIONS["q1"]),
            "q2": "A" if chance.random() < able else chance.choice(OPTIONS["q2"]),
        }
        if chance.random() < 0.05:
            letters["q1"] = None
        is_open = chance.random() < 0.1
        shown = 0 if is_open else 2 * (chance.random() < 0.4 + 0.6 * able)
        everything = 2 * (chance.random() < able) if shown else 0
        students[f"student{number:04}"] = {
            "letters": letters,
            "is_open": is_open,
            "scores": {
                "cell-shown": shown,
                "cell-all": everything,
                "q-q1": int(letters["q1"] == "B"),
                "q-q2": int(letters["q2"] == "C"),
                "essay": round(3 * able),
            },
        }
    return students


def write_graded(course, students):
    """What grading leaves behind, without grading: gradebook and notebooks."""
    with course.course.gradebook as gradebook:
        assignment = gradebook.find_assignment("hw")
        book = gradebook.find_notebook("book", "hw")
        for number, (name, student) in enumerate(students.items()):
            person = Student(id=name, first_name="Student", last_name=f"<{number}>")
            handed_in = SubmittedAssignment(assignment=assignment, student=person)
            submitted = SubmittedNotebook(notebook=book, assignment=handed_in)
            for cell in book.grade_cells:
                score = student["scores"][cell.name]
                kind = "manual_score" if cell.name == "essay" else "auto_score"
                Grade(cell=cell, notebook=submitted, needs_manual_grade=False, **{kind: score})
            for cell in book.solution_cells:
                is_open = cell.name == "cell" and student["is_open"]
                text = "No response." if is_open else None
                Comment(cell=cell, notebook=submitted, auto_comment=text)
            gradebook.db.add(person)
            _write_notebook(course, name, number, student)
        gradebook.db.commit()


def _write_notebook(course, name, number, student):
    notebook = nbformat.v4.reads((course.folder / "release" / "hw" / "book.ipynb").read_text())
    by_name = {c.metadata.get("nbgrader", {}).get("grade_id"): c for c in notebook.cells}
    for question, letter in student["letters"].items():
        by_name[question].source = f"{question} = {letter!r}"
    if not student["is_open"]:
        by_name["cell"].source = f"def cell(x):\n    return x + {number}"
    for test, text in (("cell-shown", f"{VISIBLE}, not {number}.5"), ("cell-all", HIDDEN)):
        # The second test fails in its visible lines too where the first one does.
        if not student["scores"][test]:
            is_visible = test == "cell-all" and not student["scores"]["cell-shown"]
            error = ("NameError", f"name 'x{number}'") if is_visible else ("AssertionError", text)
            by_name[test].outputs = [
                new_output("error", ename=error[0], evalue=error[1], traceback=[])
            ]
    home = course.folder / "autograded" / name / "hw"
    home.mkdir(parents=True)
    (home / "book.ipynb").write_text(nbformat.v4.writes(notebook))


@pytest.fixture(scope="module")
def a_class(tmp_path_factory):
    course = Course(tmp_path_factory.mktemp("class"), book=cells())
    students = simulated(500)
    write_graded(course, students)
    with course.course.gradebook as gradebook:
        gradebook.add_student("student9999", first_name="Student", last_name="Away")
    return course, students


@pytest.fixture(scope="module")
def report(a_class):
    course, students = a_class
    with contextlib.chdir(course.folder):
        assert main(["report", "hw"]) == 0
    with (course.folder / "reports" / "hw.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return students, rows, (course.folder / "reports" / "hw.html").read_text()


def point_biserial(is_true, points):
    """By the textbook's formula: two means, one deviation, two shares."""
    with_it = [point for flag, point in zip(is_true, points, strict=True) if flag]
    without = [point for flag, point in zip(is_true, points, strict=True) if not flag]
    mean = sum(points) / len(points)
    deviation = math.sqrt(sum((point - mean) ** 2 for point in points) / len(points))
    share = len(with_it) / len(points)
    difference = sum(with_it) / len(with_it) - sum(without) / len(without)
    return difference / deviation * math.sqrt(share * (1 - share))


def rest_of(students, item):
    return [
        sum(score for name, score in student["scores"].items() if name != item)
        for student in students.values()
    ]


def test_counts_means_and_discriminations(report):
    students, rows, _ = report
    items = {row["cell"]: row for row in rows if row["kind"] in {"test", "question"}}
    assert list(items) == list(POINTS)
    for name, most in POINTS.items():
        scores = [student["scores"][name] for student in students.values()]
        row = items[name]
        assert float(row["mean"]) == pytest.approx(sum(scores) / 500)
        left = [
            student["is_open"] if name.startswith("cell") else name == "q-q1" and not letter
            for student in students.values()
            for letter in [student["letters"]["q1"]]
        ]
        tried = [score for score, is_left in zip(scores, left, strict=True) if not is_left]
        assert int(row["right"]) == tried.count(most)
        assert int(row["wrong"]) == tried.count(0)
        assert int(row["partly_right"]) == len(tried) - tried.count(most) - tried.count(0)
        assert int(row["not_attempted"]) == 500 - len(tried)
        if name != "essay":  # its points are more than two values
            expected = point_biserial([score == most for score in scores], rest_of(students, name))
            assert float(row["point_biserial"]) == pytest.approx(expected)


def test_options_and_their_point_biserials(report):
    students, rows, _ = report
    options = {(row["cell"], row["what"]): row for row in rows if row["kind"] == "option"}
    assert len(options) == 8
    for (cell, what), row in options.items():
        chosen = [s["letters"][cell.removeprefix("q-")] == what[0] for s in students.values()]
        assert int(row["students"]) == sum(chosen)
        if any(chosen):
            expected = point_biserial(chosen, rest_of(students, cell))
            assert float(row["point_biserial"]) == pytest.approx(expected)
        else:
            assert row["point_biserial"] == ""


def test_mistakes_are_counted_by_cell_and_message(report):
    students, rows, page = report
    mistakes = {
        (row["cell"], row["what"]): int(row["students"]) for row in rows if row["kind"] == "mistake"
    }
    tried = [student["scores"] for student in students.values() if not student["is_open"]]
    shown = sum(not scores["cell-shown"] for scores in tried)
    hidden = sum(scores["cell-shown"] > 0 and not scores["cell-all"] for scores in tried)
    assert mistakes == {
        ("cell-shown", "W_x is transposed in step …, not …"): shown,
        ("cell-all", HIDDEN): hidden,
        **{
            ("cell-all", f"NameError: name 'x{number}'"): 1
            for number, student in enumerate(students.values())
            if not student["is_open"] and not student["scores"]["cell-shown"]
        },
    }
    assert f"<strong>{shown} of 500</strong>: W_x is transposed in step …, not …" in page
    assert f"{hidden} of 500 pass all visible tests and fail" in page


def test_what_looks_wrong_is_said_first(report):
    _, _, page = report
    looks = page[page.index("Looks wrong") : page.index("Final scores")]
    assert re.search(r"q2: <span>who has more points elsewhere has fewer here", looks)
    assert re.search(r"q2: <span>A is chosen by those who have more points elsewhere", looks)
    assert "q1: <span>nobody chose D" in looks
    assert "q2: <span>nobody chose D" in looks
    assert "q1: <span>who" not in looks


def test_the_page_stands_alone_and_is_escaped(report):
    _, _, page = report
    assert "500 of 501 students are graded" in page
    assert "student9999 (Student Away)" in page
    assert page.count("<svg") == 2
    assert page.count('<figure role="img" aria-label="') == 2
    without_names = page.replace("http://www.w3.org/", "")
    assert not re.search(r"https?://|<script|@import|url\(http", without_names)
    assert "<0>" not in page


@pytest.mark.parametrize(("scheme", "width"), LIGHT_AND_DARK)
def test_everybody_can_read_the_page(browser, a_class, report, scheme, width):
    page = a_class[0].folder / "reports" / "hw.html"
    everybody_reads(browser, page.as_uri(), scheme, width)


def test_the_median_is_the_median(report):
    students, _, page = report
    scores = sorted(sum(student["scores"].values()) for student in students.values())
    assert f"Median {(scores[249] + scores[250]) / 2:g};" in page


def test_a_small_class_is_not_told_of(a_class, tmp_path, monkeypatch):
    course, students = a_class
    for name in ("source", "release", "gradebook.db", "nbgrader_config.py"):
        path = course.folder / name
        (shutil.copytree if path.is_dir() else shutil.copy)(path, tmp_path / name)
    config = tmp_path / "nbgrader_config.py"
    config.write_text(config.read_text().replace(str(course.folder), str(tmp_path)))
    monkeypatch.chdir(tmp_path)
    from examiner.course import load_course

    with load_course(tmp_path).gradebook as gradebook:
        for name in list(students)[9:]:
            gradebook.remove_submission("hw", name)
    assert main(["report", "hw"]) == 0
    page = (tmp_path / "reports" / "hw.html").read_text()
    assert "Fewer than 10 students are graded" in page
    assert "<svg" not in page
    assert "Median" not in page
    assert len((tmp_path / "reports" / "hw.csv").read_text().splitlines()) == 1


def test_a_report_that_was_named_is_not_replaced(a_class, report, capsys, monkeypatch):
    monkeypatch.chdir(a_class[0].folder)
    assert main(["report", "hw", "--output", "reports/hw.html"]) == 2
    assert "--force" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("message", "mask"),
    [
        ("AssertionError: W_x[3, 4] is 0.25, not -1e-3", "W_x[…] is …, not …"),
        (
            "AssertionError: \nNot equal to tolerance rtol=1e-07, atol=0\nthe bias is missing\n"
            "Mismatched elements: 3 / 4 (75%)\n ACTUAL: array([1.])",
            "the bias is missing",
        ),
        ("NameError: name 'q2' is not defined", "NameError: name 'q2' is not defined"),
        ("AssertionError: ", "AssertionError: "),
    ],
)
def test_masks(message, mask):
    assert masked(message) == mask
