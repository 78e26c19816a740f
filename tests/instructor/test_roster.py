"""A class from a file: of Canvas, of Moodle, of one's own."""

import pytest

from examiner.__main__ import main
from examiner.course import load_course
from tests.instructor.gradebook import make_course

CANVAS = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,hw (11)\r\n"
    "    Points Possible,,,,,10\r\n"
    '"Of Two, Student",901,S1,student01@example.org,A,\r\n'
    '"Three, Student",902,S2,student02@example.org,A,\r\n'
    '"Student, Test",999,,f00d,A,\r\n'
)
PARTICIPANTS = (
    '"First name","Last name","Username","Email address"\n'
    '"Student","Of Two",student01,one@example.org\n'
    '"Student","Three, Jr",student02,two@example.org\n'
)
WORKSHEET = (
    "Identifier,Full name,Email address,Status,Grade\n"
    '"Participant 31","Student One",one@example.org,-,\n'
)
OWN = 'id,first_name,last_name\nstudent01,Student,"One, Jr"\n'


@pytest.fixture
def course(tmp_path, monkeypatch):
    make_course(tmp_path, {"a-test": 1})
    monkeypatch.chdir(tmp_path)

    def roster(text, *more):
        (tmp_path / "class.csv").write_text(text, newline="")
        code = main(["roster", "class.csv", *more])
        with load_course(tmp_path).gradebook as gradebook:
            return code, {
                student.id: (
                    student.first_name,
                    student.last_name,
                    student.email,
                    student.lms_user_id,
                )
                for student in gradebook.students
            }

    return roster


def test_canvas(course, capsys):
    assert course(CANVAS) == (
        0,
        {
            "student01@example.org": ("Student", "Of Two", "student01@example.org", "901"),
            "student02@example.org": ("Student", "Three", "student02@example.org", "902"),
        },
    )
    assert "2 added" in capsys.readouterr().out
    assert course(CANVAS, "--id", "SIS User ID")[1].keys() > {"S1", "S2"}
    printed = capsys.readouterr().out
    assert "not in the file: student01@example.org, student02@example.org" in printed


def test_moodle_participants(course):
    assert course(PARTICIPANTS) == (
        0,
        {
            "student01": ("Student", "Of Two", "one@example.org", None),
            "student02": ("Student", "Three, Jr", "two@example.org", None),
        },
    )


def test_moodle_worksheet_is_asked_for_its_ids(course, capsys):
    code, students = course(WORKSHEET)
    assert (code, students) == (2, {})
    assert "name one with --id" in capsys.readouterr().err
    assert course(WORKSHEET, "--id", "Email address") == (
        0,
        {"one@example.org": ("Student", "One", "one@example.org", None)},
    )


def test_own_table_again_changes_nothing_but_what_is_new(course, capsys):
    assert course(OWN)[0] == 0
    assert course(OWN)[0] == 0
    assert "0 added, 0 changed" in capsys.readouterr().out
    _, students = course(OWN.replace("Student", "Stu"))
    assert students["student01"][:2] == ("Stu", "One, Jr")
    assert "0 added, 1 changed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (OWN + "student01,Another,One\n", "row 3: 'student01' stands in row 2 too"),
        (OWN + "../x,Another,One\n", "row 3: '../x' cannot be a student's id"),
        (OWN + "a+b,Another,One\n", "row 3: 'a+b' cannot be"),
        (OWN + ",Another,One\n", "row 3: '' cannot be"),
        ("name,points\nx,1\n", "neither a gradebook of Canvas"),
        ("", "is empty"),
    ],
)
def test_what_cannot_be_read_is_named_and_nobody_is_entered(course, capsys, text, names):
    assert course(text) == (2, {})
    assert names in capsys.readouterr().err
