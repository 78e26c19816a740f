"""A table of comma-separated values, of which some cells are written and no other byte."""

import csv
import io
import re
from pathlib import Path

from ..refused import Refused

DELIMITERS = ",;\t"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of one


class Sheet:
    """The cells of a file as text, by row and column, and where each of them stands."""

    def __init__(self, content: bytes, name: str):
        self.name = name
        try:
            self._text = content.decode("utf-8")
        except UnicodeDecodeError:
            raise Refused(
                f"{name} is not in UTF-8. A spreadsheet program has saved it, perhaps: "
                "take the file as it was downloaded."
            ) from None
        # A byte order mark is no part of the first cell.
        self._start = len(self._text) - len(self._text.removeprefix("\ufeff"))
        body = self._text[self._start :]
        self.delimiter = _delimiter(body)
        self._spans = self._find_cells()
        self.rows = [[_value(self._text[a:b]) for a, b in row] for row in self._spans]
        known = csv.reader(io.StringIO(body, newline=""), delimiter=self.delimiter)
        if self.rows != [row or [""] for row in known]:
            raise Refused(f"{name} cannot be read without doubt: take it as it was downloaded.")
        self._written: dict[tuple[int, int], str] = {}

    @classmethod
    def read(cls, path: Path) -> "Sheet":
        try:
            return cls(path.read_bytes(), path.name)
        except OSError as error:
            raise Refused(f"{path} cannot be read: {error.strerror}") from None

    @property
    def header(self) -> list[str]:
        return self.rows[0]

    def column(self, name: str) -> int:
        """Where the one column called `name` is. Raises Refused."""
        found = [number for number, title in enumerate(self.header) if title.strip() == name]
        if len(found) != 1:
            what = "has no column" if not found else f"has {len(found)} columns called"
            raise Refused(f"{self.name} {what} {name!r}. Its columns: {self.titles()}")
        return found[0]

    def titles(self) -> str:
        return ", ".join(repr(title.strip()) for title in self.header if title.strip())

    def value(self, row: int, column: int) -> str:
        """A cell without blanks around it; empty where the row is too short."""
        cells = self.rows[row]
        return cells[column].strip() if column < len(cells) else ""

    def write(self, row: int, column: int, value: str):
        if column >= len(self._spans[row]):
            raise Refused(f"{self.name}, row {row + 1} has no cell in column {column + 1}.")
        self._written[row, column] = value

    def content(self) -> bytes:
        """The file with what was written, and all else as it was."""
        parts, end = [], 0
        for (row, column), value in sorted(self._written.items()):
            start, stop = self._spans[row][column]
            was_quoted = self._text[start:stop].startswith('"')
            if was_quoted or any(sign in value for sign in ('"', self.delimiter, "\r", "\n")):
                value = '"' + value.replace('"', '""') + '"'
            parts += [self._text[end:start], value]
            end = stop
        return "".join([*parts, self._text[end:]]).encode("utf-8")

    def _find_cells(self):
        cell = re.compile(rf'"(?:[^"]|"")*"|[^{self.delimiter}\r\n]*')
        after = re.compile(rf"({self.delimiter})|\r\n|\r|\n|\Z")
        rows, row, place = [], [], self._start
        while place < len(self._text) or row:
            found = cell.match(self._text, place)
            row.append(found.span())
            end = after.match(self._text, found.end())
            if end is None:
                raise Refused(
                    f"{self.name}, row {len(rows) + 1}: something stands behind a closing "
                    "quotation mark. Take the file as it was downloaded."
                )
            place = end.end()
            if not end[1]:
                rows.append(row)
                row = []
        if not rows:
            raise Refused(f"{self.name} is empty.")
        return rows


def _delimiter(text):
    line = text.partition("\n")[0]
    return max(DELIMITERS, key=lambda sign: len(next(csv.reader([line], delimiter=sign), [])))


def _value(text):
    return text[1:-1].replace('""', '"') if text.startswith('"') else text


def without_formula(value) -> object:
    """A text that no spreadsheet program computes; a number as it is."""
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA):
        return "'" + value
    return value


def write_table(path: Path, header: list[str], rows: list[list], *, force: bool = False):
    """Write a table of our own; None is a blank cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([[without_formula(value) for value in row] for row in [header, *rows]])
    write_new(path, text.getvalue().encode("utf-8"), force=force)


def write_new(path: Path, content: bytes, *, force: bool = False):
    """Write a file that is not there yet, or may be replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("wb" if force else "xb") as file:
            file.write(content)
    except FileExistsError:
        raise Refused(f"{path} is there already: --force replaces it.") from None
