"""The glossary of the last page says where each term of the course is introduced."""

import re

import nbformat
import pytest

from .course import LESSONS, ROOT

ROW = r"^\| ([^|]+?) \| ([^|]+?) \| (\d\d) \|$"


def prose(path):
    """The Markdown of a notebook in small letters, with every run of white space one blank."""
    cells = nbformat.read(path, as_version=4).cells
    text = " ".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return re.sub(r"\s+", " ", text).lower()


TEXTS = {path.stem[:2]: prose(path) for path in LESSONS}
LAST_PAGE = nbformat.read(ROOT / "course" / "99_what_next.ipynb", as_version=4)
GLOSSARY = [
    row
    for cell in LAST_PAGE.cells
    if cell.source.startswith("## Glossary")
    for row in re.findall(ROW, cell.source, re.MULTILINE)
]


def names_of(term):
    """A term and what stands in brackets behind it: "gated recurrent unit (GRU)" has two."""
    return [name.lower() for name in re.fullmatch(r"(.+?)(?: \((.+)\))?", term).groups() if name]


@pytest.mark.parametrize(
    ("term", "lesson"), [(term, lesson) for term, _, lesson in GLOSSARY], ids=lambda value: value
)
def test_a_term_occurs_in_the_lesson_that_introduces_it(term, lesson):
    for name in names_of(term):
        assert re.search(rf"\b{re.escape(name)}", TEXTS[lesson]), f"{name}: not in {lesson}"
    defined = [
        number
        for number, text in TEXTS.items()
        if number < lesson and any(f"**{name}**" in text for name in names_of(term))
    ]
    assert not defined, f"{term} is set in bold in lesson {defined[0]} already"


def test_the_glossary_is_whole_and_in_order():
    terms = [term.lower() for term, _, _ in GLOSSARY]
    assert len(terms) >= 80
    assert terms == sorted(set(terms))
    assert {lesson for _, _, lesson in GLOSSARY} == set(TEXTS) - {"00"}
