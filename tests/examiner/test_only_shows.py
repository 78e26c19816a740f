"""A given cell that only shows something runs once for all, where nothing rests on it."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from examiner.rehearsal import BrokenTests

from .scratch_course import Course, given, solution, trial

DRAW = """\
def draw(number):
    import uuid

    print(f"picture {number} {uuid.uuid4()}")


draw(1)"""
TWICE = "def twice(x):\n    return x + x"


def for_show(source, grade_id):
    cell = given(source, grade_id)
    cell.metadata["tags"] = ["only-shows"]
    return cell


def outputs_of(course, student, grade_id="picture"):
    (path,) = course.folder.glob(f"autograded/{student}/hw/hw.ipynb")
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            return "".join(output.get("text", output.get("evalue", "")) for output in cell.outputs)
    raise LookupError(grade_id)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = Course(
        tmp_path_factory.mktemp("shows"),
        hw=[
            for_show(DRAW, "picture"),
            solution("twice", TWICE),
            trial("twice-t", hidden="assert twice(2) == 4"),
        ],
    )
    course.hand_in("student01", answers={"twice": TWICE})
    course.hand_in("student02")
    course.hand_in("student03", answers={"twice": f"{TWICE}\n\n\ndraw(2)\nhalf = 0.5"})
    course.hand_in(
        "student04",
        lambda cells: cells.insert(1, new_code_cell("draw(3)")),
        answers={"twice": TWICE},
    )
    return course, *course.grade(feedback=True)


def test_it_ran_once_and_stands_on_everybodys_page(course):
    course, _, results, _ = course
    shown = outputs_of(course, "student01")
    assert shown.startswith("picture 1 ")
    assert outputs_of(course, "student02") == shown
    assert not any(result.notes for result in results.values())


def test_it_runs_where_a_student_uses_it(course):
    course, points, _, _ = course
    assert outputs_of(course, "student03", "twice").startswith("picture 2 ")
    for student in ("student03", "student04"):
        assert outputs_of(course, student) != outputs_of(course, "student01")
    assert points == {
        student: {"twice-t": student != "student02"}
        for student in ("student01", "student02", "student03", "student04")
    }


def test_it_runs_where_another_cell_mentions_what_it_binds(tmp_path):
    course = Course(
        tmp_path,
        hw=[
            for_show(f"{DRAW}\nLIMIT = 3", "picture"),
            solution("twice", TWICE),
            trial("twice-t", "assert twice(LIMIT) == 6"),
        ],
    )
    course.hand_in("student01", answers={"twice": TWICE})
    course.hand_in("student02")
    points, _, _ = course.grade()
    assert points["student01"] == {"twice-t": 1}
    assert outputs_of(course, "student01") != outputs_of(course, "student02")


def test_a_tag_that_is_wrong_stops_the_batch(tmp_path):
    course = Course(
        tmp_path,
        hw=[
            given("import os", "setup"),
            for_show("os.environ['UNIT'] = 'metre'", "picture"),
            solution("twice", TWICE),
            trial(
                "twice-t",
                "assert os.environ.get('UNIT') == 'metre', 'no unit'\nassert twice(2) == 4",
            ),
        ],
    )
    course.hand_in("student01", answers={"twice": TWICE})
    with pytest.raises(BrokenTests, match="no unit"):
        course.grade()
    # The tag is taken away: nothing of what was found before holds.
    for step in ("source", "release"):
        path = tmp_path / step / "hw" / "hw.ipynb"
        notebook = nbformat.read(path, as_version=4)
        del notebook.cells[1].metadata["tags"]
        nbformat.write(notebook, path)
    points, _, _ = course.grade()
    assert points == {"student01": {"twice-t": 1}}


def test_what_fails_alone_runs_for_everybody(tmp_path):
    """It shows what the student's function gives, so it is not the same for all."""
    course = Course(
        tmp_path,
        hw=[
            solution("twice", TWICE),
            for_show("print('twice 2 is', twice(2))", "picture"),
            trial("twice-t", "assert twice(2) == 4"),
        ],
    )
    course.hand_in("student01", answers={"twice": TWICE})
    course.hand_in("student02", answers={"twice": "def twice(x):\n    return 5"})
    course.grade()
    assert outputs_of(course, "student01") == "twice 2 is 4\n"
    assert outputs_of(course, "student02") == "twice 2 is 5\n"
