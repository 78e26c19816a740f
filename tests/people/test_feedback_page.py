"""The feedback page in a browser: to read, without a network, by everybody."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_output
from nbgrader.utils import is_grade
from playwright.sync_api import expect

from examiner.formulas import FormulasAsMathML
from examiner.page import page

from ..examiner.judged import stopped
from .lab import ROOT
from .reading import everybody_reads

LOOKS = [
    ("ps1_rnn_cell", "light", 1100),
    ("ps1_rnn_cell", "dark", 360),
    ("quiz", "dark", 1100),
    ("quiz", "light", 360),
]
FEW = 60  # cells of a notebook: what the others look like is known then
SAID = "The bias is missing from `h_t`: see lesson 02."


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Pages of a problem set and of the quiz: some work right, some wrong, some missing."""
    folder = tmp_path_factory.mktemp("pages")
    return {name: write_page(name, folder) for name in ["ps1_rnn_cell", "quiz"]}


def write_page(name: str, folder: Path) -> str:
    notebook = nbformat.read(ROOT / "release" / name / f"{name}.ipynb", as_version=4)
    notebook.cells = notebook.cells[:FEW]
    graded = [cell for cell in notebook.cells if is_grade(cell)]
    for number, cell in enumerate(graded):
        points = cell.metadata.nbgrader.points
        cell.metadata.nbgrader.score = points if number % 3 else 0
        cell.metadata.nbgrader.waits = False
        if cell.cell_type == "code" and number % 3 == 0:
            cell.outputs = [stopped("AssertionError", SAID)]
        elif cell.cell_type == "code" and name == "quiz":
            cell.outputs = [
                new_output("stream", name="stdout", text="recorded\n\nRight. So it is.")
            ]
    for cell in notebook.cells:
        tag = cell.metadata.get("nbgrader", {})
        if tag.get("solution"):
            answer = '"B"' if name == "quiz" else "lambda *inputs: print('a' * 200)"
            cell.source = f"{tag.grade_id} = {answer}"
    first = next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("solution"))
    first.metadata.nbgrader.comment = "Nearly <there>, and well told."
    notebook, _ = FormulasAsMathML().preprocess(notebook, {})
    place = {"notebook": name, "student": "student01", "name": "Student One"}
    place |= {"score": 13.5, "max_score": 20, "late_penalty": 1}
    path = folder / f"{name}.html"
    path.write_text(page(notebook, place), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize(("name", "scheme", "width"), LOOKS)
def test_everybody_can_read_it_without_a_network(browser, pages, name, scheme, width):
    everybody_reads(browser, pages[name], scheme, width)


def test_what_is_to_mend_comes_first_and_what_is_right_is_folded(browser, pages):
    sheet = browser.new_page()
    sheet.goto(pages["quiz"])
    text = sheet.locator("body").inner_text()
    assert "Student One (student01)" in text
    assert "13.5 of 20 points (late: 1 taken off)" in text
    assert "Test cell" not in text
    assert "Nearly <there>, and well told." in text
    row = sheet.locator("tbody tr").first
    expect(row).to_contain_text("q01a, q01d, q01g. Reread lesson 02.")
    section = sheet.locator("section.exercise").first
    for wrong in ["q01a", "q01d", "q01g"]:
        expect(section.get_by_role("heading", name=f"Question {wrong}")).to_be_visible()
    right = section.get_by_role("heading", name="Question q01b")
    expect(right).to_be_hidden()
    section.get_by_text("Right: q01b, q01c, q01e, q01f").click()
    expect(right).to_be_visible()
    expect(section.get_by_text("Right. So it is.").first).to_be_visible()
    sheet.close()
