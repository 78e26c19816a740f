"""The way in: read what a student handed in, and rebuild it. Nothing runs.

Only the student's own work is taken from it: the sources of the solution
cells, and cells that the student added. All else comes from the instructor's
version, whatever has happened to it in the student's.
"""

import copy
import json
import re
import stat
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_solution

from .cells import grade_id_of, is_test
from .master import Master
from .sanitize import clean_attachments, clean_markdown, clean_text

WRITTEN_BY_NBGRADER = {"timestamp.txt", "submission_secret.txt"}
MAX_BYTES = 20 * 2**20
MAX_FILES_BYTES = 100 * 2**20  # of all files together
MAX_CELLS = 2000
MAX_SOURCES = 2**20  # characters of all cells
MAX_TEXT = 20_000  # characters of a text that the student wrote ...
MAX_TEXTS = 100_000  # ... and of all: to render them can take very long
MAX_PICTURES = 10 * 2**20  # characters of all, as Base64
TAG = ("grade_id", "grade", "solution", "points", "schema_version")
PICTURE = re.compile(r"attachment:([A-Za-z0-9_.-]+)")
# What a line that begins so defines.
DEFINED = re.compile(r"^(?:def (\w+)\(|class (\w+)|(\w+) =)", re.MULTILINE)


class NotGradable(Exception):
    """A submission for a person's eye; the text says why."""


def read_submission(folder: Path, name: str) -> NotebookNode:
    """The notebook `name` of the submission in `folder`.

    Raises NotGradable.
    """
    total = 0
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        total += path.lstat().st_size
        if stat.S_ISLNK(mode):
            raise NotGradable(
                f"{path.relative_to(folder)} is a symbolic link; "
                "ask for the file itself"
            )
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise NotGradable(f"{path.relative_to(folder)} is not a file")
    if total > MAX_FILES_BYTES:
        raise NotGradable(
            f"{total / 2**20:.0f} MB were handed in; more than "
            f"{MAX_FILES_BYTES / 2**20:.0f} MB are not read"
        )
    path = folder / f"{name}.ipynb"
    if not path.is_file():
        handed_in = sorted(
            file.name
            for file in folder.iterdir()
            if file.name not in WRITTEN_BY_NBGRADER
        )
        found = ", ".join(handed_in) or "nothing"
        raise NotGradable(f"{path.name} is missing; handed in: {found}")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise NotGradable(
            f"{path.name} has {size / 2**20:.0f} MB; "
            f"more than {MAX_BYTES / 2**20:.0f} MB are not read"
        )
    return _parse(path)


def _parse(path):
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = json.loads(text)
        if not isinstance(content, dict) or "nbformat" not in content:
            raise NotGradable("it is JSON, but not a notebook")
        if content["nbformat"] not in (3, 4):
            raise NotGradable(
                f"its format is {content['nbformat']!r}, not 3 or 4"
            )
        text = json.dumps(_needed(content))
        notebook = nbformat.convert(nbformat.reader.reads(text), 4)
        for cell in notebook.cells:
            _check_cell(cell)
        return notebook
    except NotGradable as problem:
        raise NotGradable(f"{path.name}: {problem}") from None
    except UnicodeDecodeError:
        raise NotGradable(
            f"{path.name} is not a text file in UTF-8"
        ) from None
    except json.JSONDecodeError as error:
        raise NotGradable(
            f"{path.name} is not valid JSON: {error.msg} "
            f"(line {error.lineno}, column {error.colno})"
        ) from None
    except Exception as error:  # nbformat raises anything at what is none
        first_line = (str(error).splitlines() or [type(error).__name__])[0]
        raise NotGradable(
            f"{path.name} is not a notebook: {first_line}"
        ) from None


def _needed(content):
    """Of a notebook's plain JSON no more than is used, and never too much.

    nbformat takes minutes for much of what is left out. Raises NotGradable.
    """
    is_new = content["nbformat"] == 4
    sheets = [content] if is_new else content.get("worksheets")
    cells = []
    for sheet in sheets if isinstance(sheets, list) else [None]:
        found = sheet.get("cells") if isinstance(sheet, dict) else None
        if not isinstance(found, list):
            raise NotGradable("it has no list of cells")
        cells += found
    if len(cells) > MAX_CELLS:
        raise NotGradable(
            f"it has {len(cells)} cells; more than {MAX_CELLS} are not read"
        )
    needed, written = [], 0
    for cell in cells:
        if not isinstance(cell, dict):
            raise NotGradable("it has a cell that is none")
        is_old_code = not is_new and cell.get("cell_type") == "code"
        place = "input" if is_old_code else "source"
        source = cell.get(place)
        written += _length(source)
        needed.append({place: source, **_needed_of_cell(cell)})
        if is_old_code:
            needed[-1]["language"] = "python"  # nbformat asks for it
    if written > MAX_SOURCES:
        raise NotGradable(
            f"its cells hold {written:,} characters; more than "
            f"{MAX_SOURCES:,} are not read"
        )
    minor = content.get("nbformat_minor")
    sheet = {"cells": needed, "metadata": {}}
    return {
        "nbformat": content["nbformat"],
        "nbformat_minor": minor if isinstance(minor, int) else 0,
        **(sheet if is_new else {"worksheets": [sheet], "metadata": {}}),
    }


def _length(source):
    if isinstance(source, str):
        return len(source)
    if isinstance(source, list) and all(
        isinstance(line, str) for line in source
    ):
        return max(len(source), sum(map(len, source)))
    raise NotGradable("it has a cell without source")


def _needed_of_cell(cell):
    """All but the source. Outputs are none of it."""
    metadata = cell.get("metadata", {})
    if not isinstance(metadata, dict):
        raise NotGradable("it has a cell without metadata")
    tag, level = metadata.get("nbgrader"), cell.get("level")
    needed = {
        name: cell[name]
        for name in ("cell_type", "id")
        if isinstance(cell.get(name), str)
    }
    needed["metadata"] = {}
    if isinstance(tag, dict):
        needed["metadata"]["nbgrader"] = {
            name: tag[name]
            for name in TAG
            if isinstance(tag.get(name), str | int | float)
        }
    if isinstance(level, int):  # of a heading, in format 3
        needed["level"] = min(level, 6)
    if cell.get("cell_type") == "code":
        needed["outputs"] = []
    elif images := _mentioned_images(cell):
        needed["attachments"] = images
    return needed


def _mentioned_images(cell):
    source, attachments = cell.get("source"), cell.get("attachments")
    if not isinstance(attachments, dict):
        return {}
    names = dict.fromkeys(PICTURE.findall("".join(source)))
    return clean_attachments(
        {name: attachments[name] for name in names if name in attachments}
    )


def _check_cell(cell):
    """Make sure of what everybody relies on. Raises NotGradable."""
    if cell.cell_type not in {"code", "markdown", "raw"}:
        raise NotGradable(f"it has a cell of type {cell.cell_type!r}")
    cell.source = clean_text(cell.source).replace("\r\n", "\n")


def rebuild(
    master: Master, submitted: NotebookNode
) -> tuple[NotebookNode, list[str]]:
    """Put the student's work into the instructor's notebook.

    Returns the notebook to grade and what had to be repaired, in words.
    """
    notebook = copy.deepcopy(master.notebook)
    repairs = []
    matches = _match(master, submitted.cells, repairs)
    extras = _extras(
        notebook.cells, master.released, submitted.cells, matches, repairs
    )
    for position, cell in enumerate(notebook.cells):
        if is_solution(cell):
            if position in matches:
                _take_work(cell, submitted.cells[matches[position]])
            else:
                repairs.append(f"{grade_id_of(cell)} was missing")
        elif is_test(cell) and position in matches:
            theirs = submitted.cells[matches[position]]
            if _tag(theirs) != _tag(cell):
                repairs.append(f"{grade_id_of(cell)} had been retagged")
        elif is_test(cell):
            repairs.append(f"{grade_id_of(cell)} was missing")
    cells = []
    for position in range(-1, len(notebook.cells)):
        if position >= 0:
            cells.append(notebook.cells[position])
        cells += extras.get(position, [])
    _cut(cells, repairs)
    notebook.cells = cells
    notebook.nbformat_minor = max(
        5, notebook.nbformat_minor
    )  # has cell ids
    for number, cell in enumerate(cells):
        cell.id = cell.get("id") or f"cell-{number}"
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
    return notebook, repairs


def _cut(cells, repairs):
    """Leave out of texts and pictures what makes a page too large."""
    left, room, left_out = MAX_TEXTS, MAX_PICTURES, 0
    for cell in cells:
        own = is_solution(cell) or cell.metadata.get("examiner") == "extra"
        if cell.cell_type != "markdown" or not own:
            continue
        pictures = cell.get("attachments", {})
        kept = {}
        for name, bundle in pictures.items():
            size = sum(map(len, bundle.values()))
            if size <= room:
                kept[name] = bundle
                room -= size
        most = min(MAX_TEXT, left)
        is_long = len(cell.source) > most
        if len(kept) < len(pictures):
            left_out += len(pictures) - len(kept)
            cell.attachments = kept
        if is_long or len(kept) < len(pictures):
            # Cleaned again: of an image cut in two another may be left.
            cell.source = clean_markdown(cell.source[:most], kept)
        if is_long:
            cell.source += "\n\n[cut: too long]"
            repairs.append(f"a text was cut after {most:,} characters")
        left -= min(len(cell.source), left)
    if left_out:
        repairs.append(
            f"pictures were left out ({left_out}): more than "
            f"{MAX_PICTURES / 2**20:.0f} MB are not shown"
        )


def _tag(cell):
    tag = cell.metadata.get("nbgrader")
    if not isinstance(tag, dict):
        return None
    return [
        tag.get(name)
        for name in ("grade", "solution", "points", "schema_version")
    ]


def _match(master, cells, repairs):
    """Where in the submission each of the master's cells is, by position."""
    own = master.notebook.cells
    by_grade_id, by_id, by_source, defined = {}, {}, {}, []
    for index, cell in enumerate(cells):
        by_source.setdefault(cell.source.strip(), []).append(index)
        defined.append(_defined(cell))
        by_grade_id.setdefault(grade_id_of(cell), []).append(index)
        by_id.setdefault(cell.get("id"), []).append(index)
    matches, taken = {}, set()

    def take(position, candidates):
        candidates = [
            index
            for index in candidates
            if index not in taken
            and cells[index].cell_type == own[position].cell_type
        ]
        if candidates:
            matches[position] = _worked_on(own[position], cells, candidates)
            taken.add(matches[position])

    for position, cell in enumerate(own):
        grade_id = grade_id_of(cell)
        candidates = by_grade_id.get(grade_id, []) if grade_id else []
        if len(candidates) > 1:
            repairs.append(f"{grade_id} was there {len(candidates)} times")
        take(position, candidates)
    for position, cell in enumerate(own):
        if position not in matches and cell.get("id"):
            take(position, by_id.get(cell.id, []))
            if position in matches and grade_id_of(cell):
                repairs.append(f"{grade_id_of(cell)} had lost its tag")
    for position, cell in enumerate(own):
        if position not in matches and not is_solution(cell):
            take(position, by_source.get(cell.source.strip(), []))
    for position, cell in enumerate(own):
        if position in matches or not is_solution(cell):
            continue
        grade_id = grade_id_of(cell)
        if cell.cell_type == "code":
            names = master.defines.get(grade_id, frozenset())
            take(
                position,
                [
                    index
                    for index, found in enumerate(defined)
                    if not names.isdisjoint(found)
                ],
            )
        else:
            take(position, _between(position, matches, len(cells)))
        if position in matches:
            repairs.append(f"{grade_id} had lost its tag")
    return matches


def _worked_on(own, cells, candidates):
    """Of several copies, the last that the student has worked on."""
    if not is_solution(own):
        return candidates[0]
    changed = [
        index
        for index in candidates
        if cells[index].source.strip() != own.source.strip()
    ]
    return changed[-1] if changed else candidates[0]


def _defined(cell):
    """The names that a cell defines in lines of their own."""
    if cell.cell_type != "code":
        return set()
    return {
        name
        for names in DEFINED.findall(cell.source)
        for name in names
        if name
    }


def _between(position, matches, count):
    """Indices between those of the nearest cells that are known."""
    before = max((matches[p] for p in matches if p < position), default=-1)
    after = min(
        (matches[p] for p in matches if p > position), default=count
    )
    return list(range(before + 1, after))


def _extras(own, released, cells, matches, repairs):
    """The student's own cells, by the position after which they stand."""
    position_of = {index: position for position, index in matches.items()}
    tests = {source.strip() for source in released}
    extras, position = {}, -1
    for index, cell in enumerate(cells):
        if index in position_of:
            position = position_of[index]
            master = own[position]
            given = not is_solution(master) and not is_test(master)
            if not given or cell.source.strip() == master.source.strip():
                continue
            if cell.cell_type != "code":
                continue
            # A given cell that the student changed: the instructor's runs,
            # and after it the student's, which only the student's code sees.
            repairs.append("a given cell had been changed")
        elif not cell.source.strip():
            continue
        elif cell.cell_type == "code" and cell.source.strip() in tests:
            repairs.append("a copy of a test was left out")
            continue
        extras.setdefault(position, []).append(_extra(cell, index))
    return extras


def _extra(cell, index):
    """A cell of the student's, with none of its metadata."""
    make = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }[cell.cell_type]
    extra = make(id=f"extra-{index}", metadata={"examiner": "extra"})
    _take_work(extra, cell)
    return extra


def _take_work(cell, theirs):
    """Take the student's source, and the images that belong to it."""
    cell.source = theirs.source
    if cell.cell_type == "markdown":
        images = theirs.get("attachments", {})
        cell.source = clean_markdown(theirs.source, images)
        if images:
            cell.attachments = images
