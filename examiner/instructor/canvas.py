"""The gradebook that Canvas exports, filled in for its import.

Canvas creates a student or an assignment that it does not know. So nothing is
added here: a column or a student that is not in the file is refused.
"""

import re

from ..refused import Refused
from .fill import Filled, as_text, factor_to, number_in, rows_of, write_scores
from .grades import Grade
from .sheet import Sheet

ASSIGNMENT = re.compile(r"(?P<title>.*) \((?P<number>\d+)\)")
EXCUSED = "EX"


def is_canvas(sheet: Sheet) -> bool:
    titles = {title.strip() for title in sheet.header}
    return {"ID", "Section"} <= titles and bool({"Student", "LastName"} & titles)


def student_rows(sheet: Sheet) -> list[int]:
    """The rows with a student: those with a number of Canvas's."""
    number = sheet.column("ID")
    return [row for row in range(1, len(sheet.rows)) if sheet.value(row, number).isdecimal()]


def fill_canvas(
    sheet: Sheet, grades: list[Grade], column: str, maximum: float, *, scale: bool = False
) -> Filled:
    """Write the grades into the assignment's column.

    column: its title in Canvas, its number, or both as in the file.
    Raises Refused; names the column or the student.
    """
    if not is_canvas(sheet):
        raise Refused(
            f"{sheet.name} is not a gradebook of Canvas (Grades, Export): expected the "
            f"columns Student, ID and Section. Its columns: {sheet.titles()}"
        )
    place = _column_of(sheet, column)
    points, comma = _points_possible(sheet, place)
    factor = factor_to(maximum, points, scale, f"{sheet.header[place].strip()!r} in {sheet.name}")
    keys = _keys(sheet)

    def is_row_of(row, grade):
        return any(
            sheet.value(row, key) and sheet.value(row, key) in values
            for key, values in (
                (keys["ID"], {grade.lms_user_id}),
                (keys.get("SIS User ID"), {grade.student, grade.lms_user_id}),
                (keys.get("SIS Login ID"), {grade.student, grade.email}),
            )
            if key is not None
        )

    rows = student_rows(sheet)
    found = rows_of(sheet, rows, grades, is_row_of)
    excused = [
        grade.student
        for grade in grades
        if sheet.value(found[grade.student], place).upper() == EXCUSED
    ]
    written = [grade for grade in grades if grade.student not in excused]
    changed = write_scores(sheet, place, found, written, factor=factor, comma=comma)
    notes = [f"Excused in Canvas, left so: {', '.join(excused)}."] if excused else []
    if changed:
        notes.append(f"Another grade than before: {'; '.join(changed)}.")
    if factor != 1:
        notes.append(f"Each grade is multiplied by {as_text(points, False)}/{maximum:g}.")
    return Filled(
        sheet.content(), {grade.student: found[grade.student] for grade in written}, notes
    )


def _keys(sheet):
    titles = [title.strip() for title in sheet.header]
    return {
        name: sheet.column(name)
        for name in ("ID", "SIS User ID", "SIS Login ID")
        if name == "ID" or name in titles
    }


def _column_of(sheet, wanted):
    columns = {
        place: (title.strip(), found["title"].strip(), found["number"])
        for place, title in enumerate(sheet.header)
        if (found := ASSIGNMENT.fullmatch(title.strip()))
    }
    own = [place for place, names in columns.items() if wanted in names]
    listed = ", ".join(repr(names[0]) for names in columns.values()) or "none"
    if not own:
        raise Refused(
            f"{sheet.name} has no assignment {wanted!r}. Create it in Canvas and export again, "
            f"or name one with --column. There are: {listed}"
        )
    if len(own) > 1:
        twice = " and ".join(repr(columns[place][0]) for place in own)
        raise Refused(
            f"{sheet.name} has {wanted!r} {len(own)} times: {twice}. "
            "Name one by its number with --column."
        )
    return own[0]


def _points_possible(sheet, place):
    """The points of a column, and whether numbers have a decimal comma."""
    for row in range(1, len(sheet.rows)):
        if sheet.value(row, 0) == "Points Possible":
            text = sheet.value(row, place)
            if "read only" in text:
                raise Refused(
                    f"Canvas computes {sheet.header[place].strip()!r} itself (it is read only)."
                )
            texts = [sheet.value(row, column) for column in range(len(sheet.rows[row]))]
            comma = any(re.fullmatch(r"\d+,\d+", value) for value in texts)
            return number_in(text), comma or sheet.delimiter == ";"
    return None, sheet.delimiter == ";"
