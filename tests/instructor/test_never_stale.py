"""What is given back is what is known: comments, points, tests, late days."""

import contextlib
import copy
import hashlib

import nbformat
import pytest
from nbgrader.preprocessors import GetGrades

from examiner.__main__ import main
from examiner.course import load_course
from examiner.standing import GetStanding
from tests.examiner.scratch_course import Course, copy_course, solution, trial, written

EXCHANGE = """
c.Exchange.root = "@ROOT@/exchange"
c.AssignLatePenalties.plugin_class = "examiner.late.LatePerDay"
"""
RIGHT = {"double": "def double(x):\n    return 2 * x", "essay": "Because of the state."}
CLOSE = {"double": "def double(x):\n    return 2 * x if x < 5 else 0", "essay": "A guess."}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Two students, graded; what they wrote in their own words waits for a person."""
    folder = tmp_path_factory.mktemp("graded")
    (folder / "exchange").mkdir()
    course = Course(
        folder,
        EXCHANGE.replace("@ROOT@", str(folder)),
        book=[
            solution("double", "    return 2 * x", "def double(x):"),
            trial("double-shown", "assert double(1) == 2, 'twice one'", points=2),
            trial("double-all", hidden="assert double(3) == 6, 'twice three'", points=3),
            written("essay", points=4),
        ],
    )
    course.hand_in("student01", answers=RIGHT)
    course.hand_in("student02", answers=CLOSE)
    for student in ("student01", "student02"):
        home = folder / "submitted" / student / "hw"
        (home / "timestamp.txt").write_text("2026-03-03 12:00:00 UTC")
        (home / "submission_secret.txt").write_text(student)
    with contextlib.chdir(folder):
        assert main(["grade", "hw"]) == 0
    return course


@pytest.fixture
def course(graded, tmp_path, monkeypatch):
    """A copy of it."""
    copied = copy.copy(graded)
    copied.folder = tmp_path
    copy_course(graded.folder, tmp_path)
    monkeypatch.chdir(tmp_path)
    return copied


def by_hand(course, student, points, comment):
    with load_course(course.folder).gradebook as gradebook:
        grade = gradebook.find_grade("essay", "book", "hw", student)
        grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.find_comment("essay", "book", "hw", student).manual_comment = comment
        gradebook.db.commit()


def page(course, student):
    return (course.folder / "feedback" / student / "hw" / "book.html").read_text()


def waits(course, student):
    with load_course(course.folder).gradebook as gradebook:
        return gradebook.find_grade("essay", "book", "hw", student).needs_manual_grade


def change_test(course, before, after):
    path = course.folder / "source" / "hw" / "book.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = cell.source.replace(before, after)
    nbformat.write(notebook, path)


def all_files(folder):
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_a_comment_given_by_hand_is_on_the_page_after_grade(course, capsys):
    by_hand(course, "student01", 3.25, "Say which state.")
    assert "Say which state." not in page(course, "student01")
    other = page(course, "student02")
    capsys.readouterr()
    assert main(["grade", "hw"]) == 0
    printed = capsys.readouterr().out
    assert "student01: graded before, unchanged" in printed
    assert "Say which state." in page(course, "student01")
    assert "3.25" in page(course, "student01")
    assert page(course, "student02") == other
    assert "1 wait for a person" in printed


def test_a_page_shows_what_nbgrader_finds(course):
    """Scores, comments and penalties as nbgrader's own GetGrades reads them."""
    by_hand(course, "student01", 3.25, "Say which state.")
    with load_course(course.folder).gradebook as gradebook:
        gradebook.find_grade("essay", "book", "hw", "student01").extra_credit = 0.5
        found = gradebook.find_submission_notebook("book", "hw", "student01")
        found.late_submission_penalty = 0.75
        gradebook.db.commit()
        graded = nbformat.read("autograded/student01/hw/book.ipynb", as_version=4)
        place = {"notebook": "book", "assignment": "hw", "student": "student01"}
        place["db_url"] = f"sqlite:///{course.folder / 'gradebook.db'}"
        theirs, told = GetGrades()(copy.deepcopy(graded), {"nbgrader": dict(place)})
        ours, also_told = GetStanding()(graded, {"nbgrader": dict(place)})
    assert told["nbgrader"].items() <= also_told["nbgrader"].items()
    assert also_told["nbgrader"]["score"] == 5 + 3.25 + 0.5 - 0.75
    for cell, own in zip(theirs.cells, ours.cells, strict=True):
        own.metadata.get("nbgrader", {}).pop("waits", None)
        assert cell == own
    assert any(cell.metadata.get("nbgrader", {}).get("comment") for cell in ours.cells)


def test_a_name_that_was_mended_is_on_the_page_after_grade(course):
    with load_course(course.folder).gradebook as gradebook:
        gradebook.update_or_create_student("student01", first_name="Ada", last_name="One")
    assert main(["grade", "hw"]) == 0
    assert "Feedback for Ada One (student01)" in page(course, "student01")


def test_a_comment_given_by_hand_is_on_the_page_that_is_released(course):
    by_hand(course, "student01", 3.25, "Say which state.")
    released = load_course(course.folder).release_feedback("hw")
    assert released["success"], released
    pages = [path.read_text() for path in course.folder.glob("exchange/*/feedback/*.html")]
    assert len(pages) == 2
    assert sum("Say which state." in text for text in pages) == 1


def test_a_kept_grade_does_not_wait_again(course):
    assert waits(course, "student01")
    by_hand(course, "student01", 3, "Good.")
    by_hand(course, "student02", 1, "Which?")
    assert main(["grade", "hw", "--student", "student01"]) == 0
    assert not waits(course, "student01")
    # The formgrader's button takes another way.
    made = load_course(course.folder).autograde("hw", "student01")
    assert made["success"], made
    assert not waits(course, "student01")
    course.hand_in("student02", answers=CLOSE | {"essay": "Another guess."})
    assert main(["grade", "hw"]) == 0
    assert waits(course, "student02")
    # Until a person has looked, however often it is graded.
    assert main(["grade", "hw", "--student", "student02"]) == 0
    assert waits(course, "student02")


def test_more_points_than_there_are_now_wait_again(course):
    by_hand(course, "student01", 4, "Good.")
    path = course.folder / "source" / "hw" / "book.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].metadata.nbgrader.points = 2
    nbformat.write(notebook, path)
    load_course(course.folder).generate_assignment("hw", force=True)
    assert main(["grade", "hw", "--student", "student01"]) == 0
    assert waits(course, "student01")


def test_a_test_that_was_not_generated_is_said_at_once(course, capsys):
    capsys.readouterr()
    assert main(["grade", "hw"]) == 0
    assert "NOT GENERATED" not in capsys.readouterr().out
    change_test(course, "double(3) == 6", "double(7) == 14")
    assert main(["grade", "hw"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("CHANGED IN source/ AND NOT GENERATED")
    assert "book.ipynb, double-all: changed" in printed
    load_course(course.folder).generate_assignment("hw", force=True)
    assert main(["grade", "hw"]) == 0
    assert "NOT GENERATED" not in capsys.readouterr().out


def test_points_and_new_cells_that_were_not_generated_are_said(course, capsys):
    path = course.folder / "source" / "hw" / "book.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].metadata.nbgrader.points = 5
    notebook.cells.append(trial("double-more", "assert double(0) == 0"))
    del notebook.cells[2]
    nbformat.write(notebook, path)
    capsys.readouterr()
    assert main(["grade", "hw"]) == 0
    printed = capsys.readouterr().out
    assert "double-shown: 2 points before" in printed
    assert "double-more: new" in printed
    assert "double-all: taken out" in printed


def test_a_preview_tells_who_gains_and_who_loses_and_writes_nothing(course, capsys):
    by_hand(course, "student01", 3, "Good.")
    change_test(course, "double(3) == 6", "double(7) == 14")
    load_course(course.folder).generate_assignment("hw", force=True)
    course.hand_in("student03", answers=RIGHT)
    before = all_files(course.folder)
    capsys.readouterr()
    assert main(["grade", "hw", "--preview"]) == 0
    printed = capsys.readouterr().out
    assert "student02: tried (" in printed
    assert "student02: 5 -> 2  double-all -3" in printed
    assert "double-all: 0 gain, 1 lose" in printed
    assert "0 gain, 1 lose, 1 stay, 1 for the first time." in printed
    assert all_files(course.folder) == before
    assert main(["grade", "hw"]) == 0
    with load_course(course.folder).gradebook as gradebook:
        assert gradebook.find_submission("hw", "student01").score == 8
        assert gradebook.find_submission("hw", "student02").score == 2
    capsys.readouterr()
    assert main(["grade", "hw", "--preview"]) == 0
    assert "0 gain, 0 lose, 3 stay, 0 for the first time." in capsys.readouterr().out


def test_late_days_cost_points_and_extensions_give_them_back(course, capsys, tmp_path):
    with load_course(tmp_path).gradebook as gradebook:
        gradebook.update_or_create_assignment("hw", duedate="2026-03-02 06:00:00")
    by_hand(course, "student01", 3, "")
    extensions = tmp_path / "extensions.csv"
    extensions.write_text("assignment,student,days\nhw,student02,2\nhw,student03,1\n")
    assert main(["grade", "hw"]) == 0
    with load_course(tmp_path).gradebook as gradebook:
        # 30 hours: two days begun, 20% of 5 + 3 points.
        assert gradebook.find_submission("hw", "student01").late_submission_penalty == 1.6
        assert gradebook.find_submission("hw", "student02").late_submission_penalty == 0
    # Who hands in later than the file was written has the extension too.
    course.hand_in("student03", answers=RIGHT)
    stamp = tmp_path / "submitted" / "student03" / "hw" / "timestamp.txt"
    stamp.write_text("2026-03-03 05:00:00 UTC")
    capsys.readouterr()
    assert main(["grade", "hw"]) == 0
    (row,) = (
        line for line in capsys.readouterr().out.splitlines() if line.startswith("student01 ")
    )
    assert row.split()[:5] == ["student01", "5", "3", "6.4", "late"]
    with load_course(tmp_path).gradebook as gradebook:
        assert gradebook.find_submission("hw", "student03").late_submission_penalty == 0


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("student,days\nstudent01,1\n", "expected the columns assignment, student, days, hours"),
        ("assignment,student,days\nhw,student01,soon\n", "line 2: expected numbers"),
        ("assignment,student,days\nhw,a,1\nhw,a,2\n", "line 3: 'a' has an extension above"),
        ("assignment,student,days\nhw,a,-1\n", "line 2: an extension below 0"),
    ],
)
def test_an_extension_that_cannot_be_read_stops_grading(tmp_path, text, names):
    from nbgrader.coursedir import CourseDirectory

    from examiner.late import BadExtension, extensions_of

    (tmp_path / "extensions.csv").write_text(text)
    with pytest.raises(BadExtension, match=names):
        extensions_of(CourseDirectory(root=str(tmp_path)), "hw")


def test_the_end_of_the_screen_names_who_was_not_graded_and_why(course, capsys, tmp_path):
    with load_course(tmp_path).gradebook as gradebook:
        gradebook.update_or_create_student("student01", first_name="Stu", last_name="One")
        gradebook.add_student("student04", first_name="Stu", last_name="Four")
    home = tmp_path / "submitted" / "student03" / "hw"
    home.mkdir(parents=True)
    (home / "book.ipynb").write_text("no notebook")
    capsys.readouterr()
    assert main(["grade", "hw"]) == 1
    printed = capsys.readouterr().out
    end = printed[printed.index("1 of 3 not graded:") :]
    assert "  student03: book.ipynb is not" in end
    assert "2 wait for a person" in end
    assert "1 have not handed in: student04" in end
    assert "student01  Stu One" in printed
