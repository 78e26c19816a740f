"""Every lesson has the parts that a reader expects, and its pages can be read by all."""

import ast
import itertools
import json
import re

import nbformat
import pytest

from .course import LESSONS, ROOT, lessons, row_of

QUESTIONS = sorted((ROOT / "lesson_tools" / "questions").glob("*.json"))
LONGEST_LINE = 76  # a printed page cuts what is longer
WORDS_PER_MINUTE, LINES_PER_MINUTE = 85, 6  # lesson 02's pace, with its runs


def headings(notebook):
    """(level, text) of every Markdown heading, outside of code blocks."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            text = re.sub(r"```.*?```", "", cell.source, flags=re.DOTALL)
            for match in re.finditer(r"^(#+) (.+)$", text, re.MULTILINE):
                yield len(match[1]), match[2]


@lessons
def test_a_lesson_is_committed_without_outputs(path):
    for cell in nbformat.read(path, as_version=4).cells:
        assert not cell.get("outputs"), cell.id
        assert not cell.get("execution_count"), cell.id


@lessons
def test_a_lesson_has_the_parts_that_a_reader_expects(path):
    notebook = nbformat.read(path, as_version=4)
    found = list(headings(notebook))
    number = path.stem.split("_")[0]
    assert found[0][0] == 1
    assert found[0][1].startswith(f"{number} · ")
    levels = [level for level, _ in found]
    assert levels.count(1) == 1
    for before, after in itertools.pairwise(levels):
        assert after <= before + 1, "a heading level is skipped"
    texts = [text for _, text in found]
    assert "Check yourself" in texts
    assert "Recap" in texts
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for part in [
        "**You will learn**",
        "**Minutes:**",
        "**Needs:**",
        "**Next:**",
    ]:
        assert part in prose
    assert prose.count("> **Predict.**") >= 1
    if number != "00":
        assert "Claims on trial" in texts
        assert prose.count("My ruling: ______") >= 2
        assert "**Read further**" in prose


@lessons
def test_a_lesson_says_how_long_it_takes_at_one_pace(path):
    cells = nbformat.read(path, as_version=4).cells
    prose = "\n".join(c.source for c in cells if c.cell_type == "markdown")
    lines = sum(
        bool(line.strip())
        for cell in cells
        if cell.cell_type == "code"
        if not cell.metadata.get("jupyter", {}).get("source_hidden")
        for line in cell.source.splitlines()
    )
    minutes = len(prose.split()) / WORDS_PER_MINUTE + lines / LINES_PER_MINUTE
    said = int(re.search(r"\*\*Minutes:\*\* (\d+)", prose)[1])
    assert abs(said - minutes) <= 5, f"at lesson 02's pace: {minutes:.0f}"
    assert said == int(row_of(path)[1]), "the README's table says otherwise"


@lessons
def test_the_text_of_a_lesson_is_asserted_by_claim_cells(path):
    cells = [
        cell
        for cell in nbformat.read(path, as_version=4).cells
        if "claim" in cell.metadata.get("tags", [])
    ]
    assert cells
    for cell in cells:
        assert "assert " in cell.source, cell.id


@lessons
def test_no_line_of_code_is_cut_on_a_printed_page(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            for line in cell.source.splitlines():
                assert len(line) <= LONGEST_LINE, f"{cell.id}: {line}"


REPEATED = re.compile(r"# Lesson (\d\d), without a change\n")


def functions_of(*sources):
    trees = [ast.parse(source) for source in sources]
    found = [node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {node.name: ast.unparse(node) for node in found}


def code_of(number):
    (path,) = (path for path in LESSONS if path.stem.startswith(number))
    cells = nbformat.read(path, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


def test_code_that_a_lesson_repeats_is_what_it_was():
    repeats = [
        (source, found[1])
        for path in LESSONS
        for source in code_of(path.stem[:2])
        if (found := REPEATED.match(source))
    ]
    assert repeats
    for source, number in repeats:
        assert functions_of(source).items() <= functions_of(*code_of(number)).items()


@lessons
def test_formulas_are_closed(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            text = re.sub(r"```.*?```|`[^`]*`", "", cell.source, flags=re.DOTALL)
            assert text.count("$") % 2 == 0, cell.id


@lessons
def test_a_lesson_shows_the_questions_of_its_own(path):
    assert f"{path.stem}.json" in {path.name for path in QUESTIONS}
    source = path.read_text(encoding="utf-8")
    assert f'check_yourself(\\"{path.stem}\\")' in source


@pytest.mark.parametrize("path", QUESTIONS, ids=[path.stem for path in QUESTIONS])
def test_a_question_has_one_best_answer_and_explains_every_option(path):
    questions = json.loads(path.read_text(encoding="utf-8"))
    assert len(questions) >= (3 if path.stem.startswith("00") else 5)
    places = set()
    for question in questions:
        options = question["answers"]
        right = [option["correct"] for option in options]
        assert len(options) == 4, question["question"]
        assert right.count(True) == 1, question["question"]
        assert len({option["answer"] for option in options}) == 4
        places.add(right.index(True))
        for option in options:
            assert len(option["feedback"].split()) >= 4, option["answer"]
    assert len(places) >= 2, "the right answer always has the same place"


def test_every_lesson_of_the_course_is_collected():
    assert len(LESSONS) >= 4
    assert LESSONS[0].stem == "00_start_here"
