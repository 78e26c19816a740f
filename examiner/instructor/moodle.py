"""The offline grading worksheet of a Moodle assignment, and its zip of feedback files.

The worksheet's headers are in the language of whoever downloaded it. The
participants and the students are found by what stands in the cells.
"""

import io
import re
import zipfile
from pathlib import Path

from ..refused import Refused
from .fill import Filled, as_text, factor_to, number_in, rows_of, write_scores
from .grades import Grade
from .sheet import Sheet

PARTICIPANT = re.compile(r"\D+(\d+)")
MARK = "assignfeedback_file"  # the plug-in that takes the files


def participants(sheet: Sheet) -> dict[int, str]:
    """The participant's number in each row. Raises Refused."""
    column = participants_column(sheet)
    numbers = {
        row: PARTICIPANT.fullmatch(sheet.value(row, column))[1]
        for row in range(1, len(sheet.rows))
        if sheet.value(row, column)
    }
    twice = [number for number in numbers.values() if list(numbers.values()).count(number) > 1]
    if twice:
        raise Refused(f"{sheet.name} has the participant {twice[0]} more than once.")
    return numbers


def participants_column(sheet: Sheet) -> int:
    """The column in which every cell is a word and a number, as "Participant 17"."""
    found = find_participants(sheet)
    if found is None:
        raise Refused(
            f"{sheet.name} is not a grading worksheet of Moodle (View all submissions, "
            "Download grading worksheet): no column holds the participants' numbers. "
            f"Its columns: {sheet.titles()}"
        )
    return found


def find_participants(sheet: Sheet) -> int | None:
    for column in range(len(sheet.header)):
        cells = [sheet.value(row, column) for row in range(1, len(sheet.rows))]
        words = {re.sub(r"\d+$", "", cell) for cell in cells if cell}
        if len(words) == 1 and all(PARTICIPANT.fullmatch(cell) for cell in cells if cell):
            return column
    return None


def fill_moodle(
    sheet: Sheet, grades: list[Grade], column: str, maximum: float, *, scale: bool = False
) -> Filled:
    """Write the grades into the column for them, "Grade" in English.

    Raises Refused; names the column or the student.
    """
    rows = list(participants(sheet))
    try:
        place = sheet.column(column)
    except Refused as error:
        raise Refused(f"{error}\n--column NAME says which of them holds the grades.") from None
    limit, points = _limit(sheet, rows, place)
    factor = factor_to(maximum, points, scale, f"{sheet.name}")
    comma = limit is not None and any("," in sheet.value(row, limit) for row in rows)
    identity = [number for number in range(place) if number != participants_column(sheet)]
    has_keys = any("@" in sheet.value(row, number) for row in rows for number in identity)

    def is_row_of(row, grade):
        cells = {sheet.value(row, number).casefold() for number in identity} - {""}
        keys = {grade.student.casefold(), grade.email.casefold()} - {""}
        if not has_keys:  # Moodle may hide e-mail addresses
            keys.add(grade.name.casefold())
        return bool(cells & keys)

    found = rows_of(sheet, rows, grades, is_row_of)
    changed = write_scores(sheet, place, found, grades, factor=factor, comma=comma)
    notes = _skipped_by_moodle(sheet, grades, found)
    if changed:
        notes.append(f"Another grade than before: {'; '.join(changed)}.")
    if factor != 1:
        notes.append(f"Each grade is multiplied by {as_text(points, False)}/{maximum:g}.")
    return Filled(sheet.content(), found, notes)


def _limit(sheet, rows, place):
    """The column of the highest grade, beside the grades, and the points in it.

    Every row holds the same number there.
    """
    column = place + 1
    numbers = {number_in(sheet.value(row, column)) for row in rows}
    if len(numbers) == 1 and None not in numbers:
        return column, numbers.pop()
    return None, None


def _skipped_by_moodle(sheet, grades, found):
    notes = [
        "Moodle passes over the grades that were changed there after the worksheet was "
        "downloaded: download a new one if somebody has graded since."
    ]
    titles = [title.strip() for title in sheet.header]
    if "Grade can be changed" in titles:
        column = titles.index("Grade can be changed")
        locked = [
            grade.student
            for grade in grades
            if sheet.value(found[grade.student], column).casefold() == "no"
        ]
        if locked:
            notes.append(f"Locked in Moodle, which passes over them: {', '.join(locked)}.")
    return notes


def feedback_zip(
    sheet: Sheet, rows: dict[str, int], grades: list[Grade], pages: dict[str, list[Path]]
) -> bytes:
    """The feedback pages of the students in `rows`, as Moodle takes them in.

    Moodle splits a folder's name at "_" and takes the second part for the
    participant's number.
    """
    numbers = participants(sheet)
    names = {grade.student: grade.name or grade.student for grade in grades}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for student, row in sorted(rows.items()):
            name = re.sub(r"[\W_]+", " ", names[student]).strip() or "Student"
            for page in pages[student]:
                archive.write(page, f"{name}_{numbers[row]}_{MARK}_/{page.name}")
    return content.getvalue()
