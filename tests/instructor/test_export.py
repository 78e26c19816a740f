"""Grades on their way to Canvas, Moodle and a table: what is written, what is refused."""

import csv
import io
import zipfile

import pytest

from examiner.__main__ import main
from tests.instructor.gradebook import enter, make_course

CANVAS = (
    "\ufeff"
    "Student,ID,SIS User ID,SIS Login ID,Section,hw (11),hw (bonus) (12),Final Score\r\n"
    "    Points Possible,,,,,10.00,5.00,(read only)\r\n"
    '"One, Student",901,S1,student01,"A, and B", ,,50\r\n'
    '"Two, ""Stu""",902,S2,student02,A,3.5,"1",\r\n'
    "Nobody,903,S3,student03,A,,,\r\n"
    '"Four, Student",904,S4,student04,A,"7",,\r\n'
    '"Student, Test",999,,abcdef,A,,,\r\n'
)
MOODLE = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    '"Last modified (submission)","Last modified (grade)","Feedback comments"\n'
    '"Participant 31","Student One",one@example.org,Submitted,,10.00,Yes,-,"Monday, 2 March",""\n'
    '"Participant 32","Stu_dent Two",two@example.org,Submitted,3.50,10.00,No,-,-,"See, there"\n'
    '"Participant 33","Student Three",three@example.org,"No submission",,10.00,Yes,-,-,\n'
)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Two with a grade, one who has not handed in, one who waits, one late."""
    course = make_course(
        tmp_path,
        {"a-test": 6, "b-test": 4},
        'c.AssignLatePenalties.plugin_class = "examiner.late.LatePerDay"\n',
        duedate="2026-03-01 12:00:00",
    )
    monkeypatch.chdir(tmp_path)
    with course.gradebook as gradebook:
        for number, (first, email) in enumerate(
            [
                ("Student", "one@example.org"),
                ("Stu_dent", "two@example.org"),
                ("=cmd()", "three@example.org"),
                ("Student", "four@example.org"),
            ],
            start=1,
        ):
            gradebook.add_student(
                f"student0{number}",
                first_name=first,
                last_name=["One", "Two", "Three, Jr", "Four"][number - 1],
                email=email,
                lms_user_id=str(900 + number),
            )
        enter(gradebook, "student01", {"a-test": 6, "b-test": 2.25})
        late = "2026-03-02 13:00:00"  # a day and an hour: two days begun
        enter(gradebook, "student02", {"a-test": 5, "b-test": 0}, late)
        enter(gradebook, "student04", {"a-test": 6, "b-test": None})
    return tmp_path


def export(course, to, content=None, *more):
    arguments = ["export", "hw", "--to", to, *more]
    if content is not None:
        (course / "given.csv").write_bytes(content.encode())
        arguments += ["--file", str(course / "given.csv")]
    return main(arguments)


def test_canvas_only_the_grades_of_the_assignment_change(course, capsys):
    assert export(course, "canvas", CANVAS, "--column", "hw (11)") == 0
    written = (course / "given.hw.csv").read_bytes().decode()
    expected = CANVAS.replace('"A, and B", ,', '"A, and B",8.25,').replace("A,3.5,", "A,4,")
    assert written == expected
    assert (course / "given.csv").read_bytes().decode() == CANVAS
    printed = capsys.readouterr().out
    assert "2 grades" in printed
    assert "student02 from 3.5 to 4" in printed
    assert "waits for a person: student04" in printed
    assert "Not handed in, left blank: student03" in printed


def test_canvas_says_nothing_twice_without_being_asked(course, capsys):
    assert export(course, "canvas", CANVAS, "--column", "11") == 0
    before = (course / "given.hw.csv").read_bytes()
    assert export(course, "canvas", CANVAS, "--column", "11", "--unfinished") == 2
    assert "--force replaces it" in capsys.readouterr().err
    assert (course / "given.hw.csv").read_bytes() == before
    given = str(course / "given.csv")
    assert export(course, "canvas", CANVAS, "--column", "11", "--force", "--output", given) == 2
    assert (course / "given.csv").read_bytes().decode() == CANVAS
    assert export(course, "canvas", CANVAS, "--column", "11", "--unfinished", "--force") == 0
    assert b'student04,A,"6",,' in (course / "given.hw.csv").read_bytes()


def test_canvas_with_semicolons_and_decimal_commas(course):
    text = (
        "Student;ID;SIS User ID;SIS Login ID;Section;hw (11)\n"
        "    Points Possible;;;;;10,00\n"
        "One, Student;901;;;A;\n"
        "Two, Student;902;;;A;4,00\n"
    )
    assert export(course, "canvas", text) == 0
    # 4,00 is the same grade: not a byte of it changes.
    assert (course / "given.hw.csv").read_text() == text.replace("901;;;A;", "901;;;A;8,25")


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (("hw (11)", "other (11)"), "no assignment 'hw'"),
        (("hw (bonus) (12)", "hw (12)"), "'hw (11)' and 'hw (12)'"),
        (("901,S1,student01", "900,S0,student00"), "no row for student01 (Student One)"),
        (("903,S3,student03", "902,S3,student03"), "student02 (Stu_dent Two) more than once: rows"),
        (("902,S2,student02", "902,S2,student01"), "student01 (Student One) more than once"),
        (("904,S4", "904,student02"), "student02 (Stu_dent Two) more than once: rows 4 and 6"),
        (("SIS User ID", "SIS Login ID"), "2 columns called 'SIS Login ID'"),
        (("10.00", "100.00"), "counts 100 points, the assignment has 10"),
        (("10.00", "(read only)"), "read only"),
        (('"One, Student"', '"One" Student'), "behind a closing quotation mark"),
        (("Section", "Group"), "not a gradebook of Canvas"),
    ],
)
def test_canvas_refuses_and_names_what_is_wrong(course, capsys, change, names):
    text = CANVAS.replace(*change)
    assert text != CANVAS
    assert export(course, "canvas", text) == 2
    assert names in capsys.readouterr().err
    assert not (course / "given.hw.csv").exists()


def test_canvas_one_row_for_two_students_is_refused(course, capsys):
    text = CANVAS.replace('"Two, ""Stu""",902,S2,student02,A,3.5,"1",\r\n', "")
    text = text.replace("901,S1,student01", "901,student02,student01")
    assert export(course, "canvas", text) == 2
    assert "row 3 could be student01 or student02" in capsys.readouterr().err


def test_a_student_who_left_can_be_left_out(course, capsys):
    text = CANVAS.replace("901,S1,student01", "900,S0,student00")
    assert export(course, "canvas", text, "--without", "student01") == 0
    assert export(course, "canvas", text, "--without", "student77", "--force") == 2
    assert "student77" in capsys.readouterr().err


def test_excused_stays_excused(course, capsys):
    text = CANVAS.replace("A,3.5,", "A,EX,")
    assert export(course, "canvas", text) == 0
    assert "A,EX," in (course / "given.hw.csv").read_bytes().decode()
    assert "Excused in Canvas, left so: student02" in capsys.readouterr().out


def test_scaled_to_the_points_of_canvas(course, capsys):
    assert export(course, "canvas", CANVAS.replace("10.00", "100"), "--scale") == 0
    assert '"A, and B",82.5,' in (course / "given.hw.csv").read_bytes().decode()
    assert "multiplied by 100/10" in capsys.readouterr().out


def test_a_file_that_a_spreadsheet_has_saved_is_refused(course, capsys):
    (course / "given.csv").write_bytes(
        CANVAS.replace("Nobody", "Ren\xe9").encode("latin-1", "ignore")
    )
    assert main(["export", "hw", "--to", "canvas", "--file", "given.csv"]) == 2
    assert "not in UTF-8" in capsys.readouterr().err


def test_moodle_only_the_grades_change(course, capsys):
    assert export(course, "moodle", MOODLE) == 0
    expected = MOODLE.replace("org,Submitted,,10", "org,Submitted,8.25,10").replace("3.50,", "4,")
    assert (course / "given.hw.csv").read_text() == expected
    printed = capsys.readouterr().out
    assert "Locked in Moodle, which passes over them: student02" in printed


def test_moodle_in_another_language_asks_for_the_column(course, capsys):
    text = MOODLE.replace("Participant", "Teilnehmer/in").replace("Identifier", "ID")
    text = text.replace(",Grade,", ",Bewertung,").replace("10.00", '"10,00"')
    assert export(course, "moodle", text) == 2
    error = capsys.readouterr().err
    assert "'Bewertung'" in error
    assert "--column" in error
    assert export(course, "moodle", text, "--column", "Bewertung") == 0
    assert 'Submitted,"8,25","10,00"' in (course / "given.hw.csv").read_text()


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (("Participant 32", "Participant 31"), "participant 31 more than once"),
        (("two@example.org", "one@example.org"), "student01 (Student One) more than once"),
        (("one@example.org", "x@example.org"), "no row for student01"),
        (("Participant", ""), "no column holds the participants"),
        (("Maximum Grade", "Grade"), "2 columns called 'Grade'"),
    ],
)
def test_moodle_refuses_and_names_what_is_wrong(course, capsys, change, names):
    assert export(course, "moodle", MOODLE.replace(*change)) == 2
    assert names in capsys.readouterr().err


def test_moodle_finds_students_by_name_where_it_hides_addresses(course):
    text = MOODLE
    for name in ("one", "two", "three"):
        text = text.replace(f"{name}@example.org", "")
    assert export(course, "moodle", text) == 0
    assert "Submitted,8.25,10.00" in (course / "given.hw.csv").read_text()


def test_moodle_zip_is_split_as_moodle_splits_it(course, capsys):
    assert export(course, "moodle", MOODLE, "--feedback") == 2
    assert "student01 has no feedback page" in capsys.readouterr().err
    (course / "given.hw.csv").unlink()
    for student in ("student01", "student02"):
        page = course / "feedback" / student / "hw" / "hw.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"<html>{student}</html>")
    assert export(course, "moodle", MOODLE, "--feedback") == 0
    taken = {}
    with zipfile.ZipFile(course / "given.hw.zip") as archive:
        for name in archive.namelist():
            # As assignfeedback_file's zip importer reads a path.
            folder, _, page = name.partition("/")
            _, number, kind, plugin, rest = folder.split("_", 4)
            assert (kind, plugin, rest, page) == ("assignfeedback", "file", "", "hw.html")
            taken[number] = archive.read(name).decode()
    assert taken == {"31": "<html>student01</html>", "32": "<html>student02</html>"}


def test_the_table_is_safe_and_blank_for_who_did_not_hand_in(course):
    assert export(course, "csv") == 0
    text = (course / "grades.hw.csv").read_text()
    rows = {row["student_id"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["student01"]["score"] == "8.25"
    assert (rows["student02"]["raw_score"], rows["student02"]["late_penalty"]) == ("5.0", "1.0")
    assert rows["student02"]["score"] == "4.0"
    assert rows["student03"]["score"] == ""
    assert rows["student03"]["first_name"] == "'=cmd()"
    assert rows["student03"]["last_name"] == "Three, Jr"
    assert rows["student03"]["state"] == "not handed in"
    assert (rows["student04"]["score"], rows["student04"]["state"]) == ("", "waits for a person")
    assert export(course, "csv") == 2


def test_who_handed_in_again_has_no_grade_yet(course, capsys):
    home = course / "submitted" / "student01" / "hw"
    home.mkdir(parents=True)
    (home / "timestamp.txt").write_text("2026-02-28 10:00:00 UTC")
    assert export(course, "csv") == 0
    assert "not graded: student01" in capsys.readouterr().out


def test_points_given_by_hand_are_late_too(course):
    from examiner.course import load_course

    with load_course(course).gradebook as gradebook:
        grade = gradebook.find_grade("b-test", "hw", "hw", "student02")
        grade.manual_score = 4.0
        gradebook.db.commit()
    assert export(course, "csv") == 0
    rows = csv.DictReader(io.StringIO((course / "grades.hw.csv").read_text()))
    (row,) = (row for row in rows if row["student_id"] == "student02")
    assert (row["raw_score"], row["late_penalty"]) == ("9.0", "1.8")


def test_an_unknown_assignment_is_answered_with_the_known_ones(course, capsys):
    assert main(["export", "ps1", "--to", "csv"]) == 2
    assert "There are: hw" in capsys.readouterr().err
