"""Who is in the class, from a file of Canvas, of Moodle, or of one's own."""

import re
from dataclasses import dataclass

from nbgrader.api import Gradebook

from ..refused import Refused
from .canvas import is_canvas, student_rows
from .moodle import find_participants
from .sheet import Sheet

# A student's id is the name of a folder, and the exchange splits names at "+".
STUDENT_ID = re.compile(r"[^\s./+\\][^\s/+\\]*")
OWN_COLUMNS = ("id", "first_name", "last_name", "email", "lms_user_id")
# How Moodle's list of participants calls them, in English.
MOODLE_FIRST, MOODLE_LAST = ("First name",), ("Last name", "Surname")
MOODLE_EMAIL, MOODLE_NAME = ("Email address", "Email"), ("Full name",)
MOODLE_IDS = ("Username", "ID number")
CANVAS_IDS = ("SIS Login ID", "SIS User ID")


@dataclass(frozen=True)
class Person:
    student: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""


@dataclass
class Imported:
    """added, changed, absent: student ids; absent are in the gradebook alone."""

    added: list[str]
    changed: list[str]
    absent: list[str]


def read_roster(sheet: Sheet, id_column: str | None = None) -> list[Person]:
    """The people in a file. id_column: where the students' ids stand.

    Raises Refused; names the row.
    """
    if is_canvas(sheet):
        people = _from_canvas(sheet, id_column)
    elif {title.strip() for title in sheet.header} >= {"id"}:
        people = _from_own(sheet)
    else:
        people = _from_moodle(sheet, id_column)
    seen = {}
    for row, person in people:
        where = f"{sheet.name}, row {row + 1}"
        if not STUDENT_ID.fullmatch(person.student):
            raise Refused(
                f"{where}: {person.student!r} cannot be a student's id, which names a folder: "
                'no blank, no "/", "\\" or "+", no point at its start. '
                "--id COLUMN takes the ids from another column."
            )
        if person.student in seen:
            raise Refused(
                f"{where}: {person.student!r} stands in row {seen[person.student] + 1} too."
            )
        seen[person.student] = row
    return [person for _, person in people]


def enter(gradebook: Gradebook, people: list[Person]) -> Imported:
    """Add the people to the gradebook, and bring their names up to date."""
    known = {student.id: student for student in gradebook.students}
    imported = Imported([], [], sorted(known.keys() - {person.student for person in people}))
    for person in people:
        given = {
            field: value
            for field in ("first_name", "last_name", "email", "lms_user_id")
            if (value := getattr(person, field))
        }
        before = known.get(person.student)
        if before is None:
            imported.added.append(person.student)
        elif any((getattr(before, field) or "") != value for field, value in given.items()):
            imported.changed.append(person.student)
        else:
            continue
        gradebook.update_or_create_student(person.student, **given)
    return imported


def _from_canvas(sheet, id_column):
    rows = [
        row
        for row in student_rows(sheet)
        if sheet.value(row, 0) not in {"Student, Test", "Test Student"}  # Canvas's own
    ]
    titles = [title.strip() for title in sheet.header]
    ids = _ids(sheet, rows, id_column, CANVAS_IDS)
    email = titles.index("SIS Login ID") if "SIS Login ID" in titles else None
    people = []
    for row in rows:
        if "Student" in titles:
            first, last = _names(sheet.value(row, titles.index("Student")))
        else:
            first = sheet.value(row, sheet.column("FirstName"))
            last = sheet.value(row, sheet.column("LastName"))
        login = sheet.value(row, email) if email is not None else ""
        person = Person(
            sheet.value(row, ids),
            first,
            last,
            login if "@" in login else "",
            sheet.value(row, titles.index("ID")),
        )
        people.append((row, person))
    return people


def _from_moodle(sheet, id_column):
    titles = [title.strip() for title in sheet.header]

    def place(names):
        return next((titles.index(name) for name in names if name in titles), None)

    first, last, full, email = map(place, (MOODLE_FIRST, MOODLE_LAST, MOODLE_NAME, MOODLE_EMAIL))
    if id_column is None and full is None and first is None and find_participants(sheet) is None:
        raise Refused(
            f"{sheet.name} is neither a gradebook of Canvas, nor a list of participants or a "
            "grading worksheet of Moodle, nor a table with a column 'id' (and first_name, "
            f"last_name, email, lms_user_id). Its columns: {sheet.titles()}"
        )
    rows = [row for row in range(1, len(sheet.rows)) if any(map(str.strip, sheet.rows[row]))]
    ids = _ids(sheet, rows, id_column, MOODLE_IDS)
    people = []
    for row in rows:
        if full is not None:
            names = _names(sheet.value(row, full))
        else:
            names = [sheet.value(row, part) if part is not None else "" for part in (first, last)]
        address = sheet.value(row, email) if email is not None else ""
        people.append((row, Person(sheet.value(row, ids), *names, address)))
    return people


def _from_own(sheet):
    titles = [title.strip() for title in sheet.header]
    columns = {name: sheet.column(name) for name in OWN_COLUMNS if name in titles}
    people = []
    for row in range(1, len(sheet.rows)):
        if any(map(str.strip, sheet.rows[row])):
            cells = {name: sheet.value(row, column) for name, column in columns.items()}
            people.append((row, Person(cells.pop("id"), **cells)))
    return people


def _ids(sheet, rows, wanted, usual):
    if wanted is not None:
        return sheet.column(wanted)
    titles = [title.strip() for title in sheet.header]
    for name in usual:
        if name in titles:
            column = sheet.column(name)
            if all(sheet.value(row, column) for row in rows):
                return column
    raise Refused(
        f"{sheet.name}: which column holds the ids by which students hand in? None of "
        f"{', '.join(usual)} is there and filled for everybody: name one with --id. "
        f"Its columns: {sheet.titles()}"
    )


def _names(name):
    """First and last name of "Last, First" or of "First Last"."""
    if "," in name:
        last, _, first = name.partition(",")
    else:
        first, _, last = name.rpartition(" ")
    return first.strip(), last.strip()
