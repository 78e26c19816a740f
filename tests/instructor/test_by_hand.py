"""Answers that a person grades: read one after another without names, entered from a sheet."""

import csv
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from examiner.__main__ import main
from examiner.course import load_course
from tests.examiner.cases.case import PIXEL
from tests.examiner.scratch_course import Course, copy_course, solution, trial, written
from tests.people.reading import LIGHT_AND_DARK, everybody_reads

RUBRIC = "### BEGIN SOLUTION\nThe state $h_t$ is rewritten if $a < b$ (2 points).\n### END SOLUTION"
ANSWERS = {
    "student01": "Because of the state.",
    "student02": "A guess: 1 < 2, <script>x</script>.",
    "student03": "=SUM(A1)",
}
STUDENTS = [*ANSWERS, "student04"]  # who answers in cells below


def task(grade_id, source, points):
    """A cell of nbgrader's whose answer stands in cells of the student's own below it."""
    cell = written(grade_id, source, points=points)
    cell.metadata.nbgrader |= {"grade": False, "solution": False, "task": True, "locked": True}
    return cell


def put_below(cells):
    """Answers in new cells, below the essay and below the task."""
    cells.append(new_markdown_cell("A box and an arrow back."))
    cells.append(new_code_cell("plot(states)"))
    cells.insert(-4, new_markdown_cell("In a cell below."))


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("graded")
    plan = solution("plan", "    pass  # *two* <ideas>", "def plan():")
    plan.metadata.nbgrader |= {"grade": True, "points": 1}
    course = Course(
        folder,
        book=[
            solution("double", "    return 2 * x", "def double(x):"),
            trial("double-shown", "assert double(1) == 2", points=1),
            written("essay", RUBRIC, points=4),
            plan,
            task(
                "sketch",
                "## A sketch\n\nDraw it.\n\n### BEGIN MARK SCHEME\nAxes: 1.\n### END MARK SCHEME",
                2,
            ),
        ],
    )
    for student, answer in ANSWERS.items():
        course.hand_in(student, answers={"essay": answer})
    course.hand_in("student04", put_below, answers={"plan": "def plan():\n    return *x"})
    course.grade()
    return folder


@pytest.fixture
def folder(graded, tmp_path, monkeypatch):
    copy_course(graded, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows_of(sheet):
    with sheet.open(newline="") as file:
        return list(csv.DictReader(file))


def fill(sheet, points, comment=""):
    """Write the sheet as a spreadsheet program would; points: of the first rows."""
    rows = rows_of(sheet)
    for row, given in zip(rows, points, strict=False):
        row["points"], row["comment"] = given, comment
    with sheet.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def essays(folder):
    """Student -> points by hand, whether it waits, comment."""
    found = {}
    with load_course(folder).gradebook as gradebook:
        for student in STUDENTS:
            grade = gradebook.find_grade("essay", "book", "hw", student)
            comment = gradebook.find_comment("essay", "book", "hw", student).manual_comment
            found[student] = (grade.manual_score, grade.needs_manual_grade, comment)
    return found


def test_the_page_shows_answers_beside_the_rubric_and_no_name(folder, capsys):
    assert main(["by-hand", "hw"]) == 0
    assert "9 answers to read" in capsys.readouterr().out
    page = (folder / "by_hand/hw.html").read_text()
    rows = rows_of(folder / "by_hand/hw.csv")
    assert not re.search(r"student\d", page + str(rows))
    assert "<msub><mi>h</mi><mi>t</mi></msub>" in page
    assert "(2 points)" in page
    assert " SOLUTION" not in page
    assert "<script" not in page
    assert "A guess: 1 &lt; 2" in page
    codes = [row["answer"] for row in rows]
    assert re.findall(r"<h3>([0-9a-f]{8}-[0-9a-f]{4})</h3>", page) == codes
    assert codes == [*sorted(codes[:4]), codes[4], *sorted(codes[5:])]
    assert [(row["question"], row["of"], row["points"]) for row in rows] == [
        *[("essay", "4", "")] * 4,
        ("plan", "1", ""),
        *[("sketch", "2", "")] * 4,
    ]


@pytest.mark.parametrize(("scheme", "width"), LIGHT_AND_DARK)
def test_everybody_can_read_the_page(browser, folder, scheme, width):
    main(["by-hand", "hw", "--force"])
    everybody_reads(browser, (folder / "by_hand/hw.html").as_uri(), scheme, width)


def test_an_answer_in_cells_below_is_shown_and_what_a_task_asks(folder):
    main(["by-hand", "hw"])
    page = (folder / "by_hand/hw.html").read_text()
    essays, plan, sketches = re.split("<h2>(?=plan|sketch)", page)
    assert "In a cell below." in essays
    assert re.search("A box and an arrow back.*<pre>plot\\(states\\)</pre>", sketches, re.DOTALL)
    assert "plan: 1 to read, at most 1 point each" in plan
    assert "<pre>def plan():\n    return *x</pre>" in plan
    assert "<pre>def plan():\n    pass  # *two* &lt;ideas&gt;</pre>" in plan
    assert sketches.count("No answer.") == 3
    question, _, scheme = sketches.partition("Model answer and rubric</h3>")
    assert "Draw it." in question
    assert "Axes: 1." in scheme
    assert "Axes" not in question
    assert "MARK SCHEME" not in page


def test_points_and_comments_are_entered_and_blank_rows_go_on_waiting(folder, capsys):
    main(["by-hand", "hw"])
    sheet = folder / "by_hand/hw.csv"
    page = (folder / "by_hand/hw.html").read_text()
    shown = re.findall(r"<article>(.*?)</article>", page, re.DOTALL)
    guess = next(number for number, text in enumerate(shown) if "guess" in text)
    fill(sheet, ["2,5" if number == guess else "" for number in range(4)])
    assert main(["by-hand", "hw", "--enter", str(sheet)]) == 0
    assert "1 entered, 8 left blank" in capsys.readouterr().out
    assert {student: found[:2] for student, found in essays(folder).items()} == {
        "student01": (None, True),
        "student02": (2.5, False),
        "student03": (None, True),
        "student04": (None, True),
    }
    assert main(["by-hand", "hw"]) == 2  # a sheet may hold what is not entered yet
    assert "--force replaces it" in capsys.readouterr().err
    assert main(["by-hand", "hw", "--force"]) == 0
    fill(sheet, ["4", "0", "1"], "Read lesson 02 again.")
    assert main(["by-hand", "hw", "--enter", str(sheet)]) == 0
    assert essays(folder)["student01"][1:] == (False, "Read lesson 02 again.")
    assert essays(folder)["student02"] == (2.5, False, None)
    assert sorted(found[0] for found in essays(folder).values()) == [0, 1, 2.5, 4]
    assert main(["by-hand", "hw", "--force"]) == 0
    assert {row["question"] for row in rows_of(sheet)} == {"plan", "sketch"}
    fill(sheet, ["1"] * 5)
    assert main(["by-hand", "hw", "--enter", str(sheet)]) == 0
    capsys.readouterr()
    assert main(["by-hand", "hw"]) == 0
    assert "nothing waits for a person" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("points", "comment", "message"),
    [
        (["1", "many", ""], "", "row 3: 'many' is no number of points from 0 to 4"),
        (["1", "4.5", ""], "", "row 3: '4.5' is no number"),
        (["1", "-1", ""], "", "row 3: '-1' is no number"),
        (["1", "nan", ""], "", "row 3: 'nan' is no number"),
        (["1", "", ""], "well", "row 3 has a comment and no points"),
    ],
)
def test_a_row_that_cannot_be_entered_is_named_and_nothing_is(
    folder, capsys, points, comment, message
):
    main(["by-hand", "hw"])
    sheet = folder / "by_hand/hw.csv"
    before = essays(folder)
    fill(sheet, points, comment)
    assert main(["by-hand", "hw", "--enter", str(sheet)]) == 2
    assert message in capsys.readouterr().err
    assert essays(folder) == before


def test_points_are_for_the_answer_that_was_read(folder, capsys):
    main(["by-hand", "hw"])
    sheet = folder / "by_hand/hw.csv"
    fill(sheet, ["1", "2", "3", "4"])  # all essays, in whatever order
    path = folder / "autograded/student01/hw/book.ipynb"
    path.chmod(0o644)
    path.write_text(path.read_text().replace("Because of the state.", "Another answer."))
    before = essays(folder)
    assert main(["by-hand", "hw", "--enter", str(sheet)]) == 2
    assert "handed in anew since" in capsys.readouterr().err
    assert essays(folder) == before
    rows = rows_of(sheet)
    sheet.write_text("answer,points,comment\n" + f"{rows[0]['answer']},1,\n" * 2)
    path.write_text(path.read_text().replace("Another answer.", "Because of the state."))
    assert main(["by-hand", "hw", "--enter", str(sheet)]) == 2
    assert "stands in two rows" in capsys.readouterr().err


def test_a_picture_in_an_answer_is_shown(folder):
    path = folder / "autograded/student01/hw/book.ipynb"
    path.chmod(0o644)
    notebook = nbformat.read(path, as_version=4)
    essay = next(cell for cell in notebook.cells if "Because" in cell.source)
    essay.source += " ![a sketch](attachment:sketch.png)"
    essay.attachments = {"sketch.png": {"image/png": PIXEL}}
    nbformat.write(notebook, path)
    assert main(["by-hand", "hw"]) == 0
    page = (folder / "by_hand/hw.html").read_text()
    assert f'<img src="data:image/png;base64,{PIXEL}" alt="a sketch"' in page


def test_an_unknown_assignment_is_refused(folder, capsys):
    assert main(["by-hand", "hv"]) == 2
    assert "no assignment 'hv'" in capsys.readouterr().err
