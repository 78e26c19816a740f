"""nbgrader's own example, graded by stock nbgrader and by the examiner."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import nbformat
import nbgrader
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell
from traitlets.config import Config

import examiner
from examiner.batch import Batch
from examiner.course import open_course
from examiner.page import with_alternatives
from examiner.sanitize import clean_html, clean_mathml
from tests.sample_class.course import succeed

from .effort import assert_grows_as_its_input

EXAMPLE = Path(nbgrader.__file__).parent / "docs/source/user_guide"
STUDENTS = ["bitdiddle", "hacker"]


def example_course(folder, *, switched_on):
    """The course of nbgrader's user guide, in `folder`."""
    for step in ("source", "submitted"):
        for path in (EXAMPLE / step).rglob("ps1/*"):
            if path.is_file() and ".ipynb_checkpoints" not in path.parts:
                copy = folder / path.relative_to(EXAMPLE)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, copy)
    config = Config()
    config.CourseDirectory.root = str(folder)
    config.CourseDirectory.course_id = "example"
    config.IncludeHeaderFooter.header = ""
    if switched_on:
        examiner.switch_on(config)
    course = open_course(config)
    succeed(course.generate_assignment("ps1"))
    return course


def grades(course):
    """(student, notebook, cell) -> all that the gradebook holds of it."""
    with course.gradebook as gradebook:
        return {
            (student, notebook.name, grade.name): (
                grade.auto_score,
                grade.max_score,
                grade.needs_manual_grade,
            )
            for student in STUDENTS
            for notebook in gradebook.find_submission("ps1", student).notebooks
            for grade in notebook.grades
        }


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    course = example_course(tmp_path_factory.mktemp("stock"), switched_on=False)
    for student in STUDENTS:
        succeed(course.autograde("ps1", student))
    return grades(course)


def test_its_commands_grade_as_stock_nbgrader_does(stock, tmp_path):
    course = example_course(tmp_path, switched_on=True)
    for student in STUDENTS:
        succeed(course.autograde("ps1", student))
        succeed(course.generate_feedback("ps1", student))
    assert len(stock) == 2 * 9
    assert grades(course) == stock


def test_a_batch_grades_as_stock_nbgrader_does(stock, tmp_path):
    course = example_course(tmp_path, switched_on=True)
    with (
        closing(Batch(course, "ps1")) as batch,
        ThreadPoolExecutor(2) as executor,
    ):
        results = batch.grade(STUDENTS, executor, 2, lambda line: None)
    assert [result.problem for result in results] == [None, None]
    assert grades(course) == stock
    pages = sorted(path.name for path in tmp_path.glob("feedback/*/ps1/*.html"))
    assert pages == 2 * ["problem1.html"] + 2 * ["problem2.html"]


PICTURE = """from IPython.display import Image, display
import base64
display(Image(base64.b64decode("R0lGODlhAQABAAAAACH5BAAAAAAALAAAAAABAAEAAAIA"), format="png"))"""


def test_a_batch_writes_the_pages_of_nbgrader(tmp_path):
    course = example_course(tmp_path, switched_on=True)
    path = tmp_path / "submitted" / "hacker" / "ps1" / "problem1.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(new_code_cell(PICTURE))
    nbformat.write(notebook, path)
    with (
        closing(Batch(course, "ps1")) as batch,
        ThreadPoolExecutor(2) as executor,
    ):
        batch.grade(["hacker"], executor, 1, lambda line: None)
    ours = normalized_pages(tmp_path)
    succeed(course.generate_feedback("ps1", "hacker", force=True))
    theirs = normalized_pages(tmp_path)
    assert "Picture drawn by this cell" in theirs["problem1.html"]
    assert ours == theirs


def normalized_pages(folder):
    return {path.name: path.read_text() for path in folder.glob("feedback/hacker/ps1/*.html")}


@pytest.mark.parametrize(
    "page",
    [
        '<p title="<img onmouseover=alert(1) x">y</p>',
        "<p title='<img onmouseover=alert(1) x'>y</p>",
        '<p title="a <img src=x onmouseover=alert(1)">y</p>',
    ],
)
def test_the_text_of_a_picture_ends_no_attribute(page):
    """Some versions of nh3 leave a tag within an attribute."""
    paragraph = BeautifulSoup(with_alternatives(page), "html.parser").p
    assert list(paragraph.attrs) == ["title"]


@pytest.mark.parametrize("clean", [clean_html, clean_mathml])
def test_no_attribute_holds_a_tag(clean):
    page = "<p title='<img x'>y</p><math><mi mathcolor='<img x'>z</mi></math>"
    assert "img" not in clean(page)
    assert "y" in clean(page)


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ('<img src="a" alt="b">', ["b"]),
        (
            '<img src="a"><img alt="b">',
            ["A picture without a description", "b"],
        ),
        ('<img\nsrc="a" /> alt="b"', ["A picture without a description"]),
    ],
)
def test_a_picture_without_a_text_gets_one(page, texts):
    pictures = BeautifulSoup(with_alternatives(page), "html.parser")
    assert [picture["alt"] for picture in pictures("img")] == texts


def test_the_work_on_pictures_grows_with_their_number():
    assert_grows_as_its_input(lambda count: with_alternatives("<img " * count), 50_000)
