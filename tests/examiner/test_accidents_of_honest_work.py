"""Where honest work stands, however it got there, it counts."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from .scratch_course import Course, given, solution, trial, written
from .vs_code import save_as_vs_code

AREA = "def area(w, h):\n    return w * h"
VOLUME = "def volume(w, h, d):\n    return area(w, h) * d"
CHOICE = "choice = 'C'"
NOTES = "notes = []"
RIGHT = {"area": AREA, "volume": VOLUME, "choice": CHOICE, "notes": NOTES}
CELLS = [
    given("import math\nunit = 1", "setup"),
    given("rate = 0.1  # change me"),
    solution("area", AREA),
    trial("area-t", "assert area(2, 3) == 6", "assert area(4, 5) == 20"),
    solution("volume", VOLUME),
    trial("volume-t", "assert volume(1, 2, 3) == 6"),
    solution("choice", CHOICE, stub="choice = None"),
    trial("choice-t", hidden="assert choice == 'C', choice"),
    solution("notes", NOTES, stub="notes = None"),
    given("if notes is not None: notes.append('seen')"),
    trial("notes-t", "assert notes == ['seen']"),
    trial("rate-t", "0 if rate == 0.1 else 1"),
    written("essay"),
]
FULL = {
    "area-t": 1,
    "volume-t": 1,
    "choice-t": 1,
    "notes-t": 1,
    "rate-t": 0,
    "essay": 0,
}


def at(cells, grade_id):
    for index, cell in enumerate(cells):
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            return index
    raise KeyError(grade_id)


def write(cells, **answers):
    for grade_id, source in (RIGHT | answers).items():
        cells[at(cells, grade_id)].source = source


def below(cells):
    """All answer cells as they were; the answers in cells below them."""
    for grade_id, source in RIGHT.items():
        cells.insert(at(cells, grade_id) + 1, new_code_cell(source))


def corrected(cells):
    write(cells, choice="choice = 'A'", area="def area(w, h): return 0")
    cells.insert(
        at(cells, "choice") + 1,
        new_code_cell("choice = choice.replace('A', 'C')"),
    )
    cells.insert(at(cells, "area") + 1, new_code_cell(AREA))


def all_in_the_first(cells):
    cells[at(cells, "area")].source = "\n\n".join(RIGHT.values())
    for grade_id in ("volume", "choice", "notes"):
        del cells[at(cells, grade_id)]


def all_in_the_first_others_untouched(cells):
    cells[at(cells, "area")].source = "\n\n".join(RIGHT.values())


def turned(kind):
    def change(cells):
        write(cells)
        for grade_id in RIGHT:
            index = at(cells, grade_id)
            old = cells[index]
            cells[index] = kind(old.source, metadata=old.metadata)

    return change


def merged(cells):
    write(cells)
    answer = cells.pop(at(cells, "volume"))
    test = cells[at(cells, "volume-t")]
    test.source = f"{answer.source}\n{test.source}\nprint('fine')"


def merged_the_other_way(cells):
    write(cells)
    test = cells.pop(at(cells, "area-t"))
    cells[at(cells, "area")].source += f"\n{test.source}"


def without_tags(cells):
    write(
        cells,
        area="area = lambda w, h: w * h",
        volume="%%time\ndef volume(w, h, d):\n    return (\n  area(w, h)\n  * d)",
        choice='choice : str="C"  # sure',
        notes="(notes := [])",
    )
    for index, cell in enumerate(cells):
        cell.metadata = {}
        cell.id = f"new-{index}"


def changed_the_cell_without_tag(cells):
    write(cells)
    for cell in cells:
        cell.source = cell.source.replace("rate = 0.1", "rate = 0.5")


def answer_in_a_cell_below(cells):
    write(cells)
    cells.append(new_markdown_cell("Because of the chain rule."))


HONEST = {
    "below": (below, FULL),
    "corrected": (corrected, FULL),
    "first": (all_in_the_first, FULL),
    "first-others-untouched": (all_in_the_first_others_untouched, FULL),
    "markdown": (turned(new_markdown_cell), FULL),
    "merged": (merged, FULL),
    "merged-2": (merged_the_other_way, FULL),
    "no-tags": (without_tags, FULL),
    "plain": (write, FULL),
    "raw": (turned(new_raw_cell), FULL),
    "rate": (changed_the_cell_without_tag, FULL | {"rate-t": 1}),
    "vs-code": (write, FULL),
    "untouched": (lambda cells: None, dict.fromkeys(FULL, 0)),
    "words-below": (answer_in_a_cell_below, FULL | {"essay": None}),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    course = Course(tmp_path_factory.mktemp("honest"), hw=CELLS)
    for student, (change, _) in HONEST.items():
        course.hand_in(student, change)
    save_as_vs_code(course.folder / "submitted" / "vs-code" / "hw" / "hw.ipynb")
    return course.grade()


@pytest.mark.parametrize("student", HONEST)
def test_honest_work_counts_where_it_stands(graded, student):
    points, results, _ = graded
    assert results[student].problem is None
    assert points[student] == HONEST[student][1], results[student].notes


def test_what_was_repaired_is_said(graded):
    _, results, _ = graded
    assert "area had become a markdown cell" in str(results["markdown"])
    assert "volume-t had been merged" in str(results["merged"])
    assert "choice was missing" in str(results["first"])
    assert results["plain"].notes == []
    assert results["vs-code"].notes == []
