"""The way in: what a student handed in is read, however hostile it is."""

import json
import os
import re
import stat
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from .sanitize import clean_attachments, clean_text, for_terminal

WRITTEN_BY_NBGRADER = {"timestamp.txt", "submission_secret.txt"}
MAX_BYTES = 20 * 2**20
MAX_FILES = 1000
MAX_FILES_BYTES = 100 * 2**20  # of all files together
MAX_CELLS = 2000
MAX_SOURCES = 2**20  # characters of all cells
TAG = ("grade_id", "grade", "solution", "points", "schema_version")
PICTURE = re.compile(r"attachment:([A-Za-z0-9_.-]+)")


class NotGradable(Exception):
    """A submission for a person's eye; the text says why.

    File names and the like in it are the student's: it is fit for a terminal, and one line.
    """

    def __init__(self, text: str):
        super().__init__(for_terminal(text.replace("\n", "?")))


class Missing(NotGradable):
    """A notebook that was not handed in."""


def read_submission(folder: Path, name: str) -> NotebookNode:
    """The notebook `name` of the submission in `folder`.

    Raises NotGradable.
    """
    total = 0
    for count, path in enumerate(_all_in(folder)):
        if count == MAX_FILES:
            raise NotGradable(f"more than {MAX_FILES} files and folders were handed in")
        mode = path.lstat().st_mode
        total += path.lstat().st_size
        if stat.S_ISLNK(mode):
            raise NotGradable(
                f"{path.relative_to(folder)} is a symbolic link; ask for the file itself"
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
            file.name for file in folder.iterdir() if file.name not in WRITTEN_BY_NBGRADER
        )
        found = ", ".join(handed_in) or "nothing"
        raise Missing(f"{path.name} is missing; handed in: {found}")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise NotGradable(
            f"{path.name} has {size / 2**20:.0f} MB; "
            f"more than {MAX_BYTES / 2**20:.0f} MB are not read"
        )
    return _parse(path)


def _all_in(folder):
    folders = [folder]
    while folders:
        for entry in os.scandir(folders.pop()):
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            yield Path(entry.path)


def _parse(path):
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = json.loads(text)
        if not isinstance(content, dict) or "nbformat" not in content:
            raise NotGradable("it is JSON, but not a notebook")
        if content["nbformat"] not in (3, 4):
            raise NotGradable(f"its format is {content['nbformat']!r}, not 3 or 4")
        text = json.dumps(_needed(content))
        notebook = nbformat.convert(nbformat.reader.reads(text), 4)
        for cell in notebook.cells:
            _check_cell(cell)
        return notebook
    except NotGradable as problem:
        raise NotGradable(f"{path.name}: {problem}") from None
    except UnicodeDecodeError:
        raise NotGradable(f"{path.name} is not a text file in UTF-8") from None
    except json.JSONDecodeError as error:
        raise NotGradable(
            f"{path.name} is not valid JSON: {error.msg} "
            f"(line {error.lineno}, column {error.colno})"
        ) from None
    except Exception as error:  # nbformat raises anything at what is none
        first_line = (str(error).splitlines() or [type(error).__name__])[0]
        raise NotGradable(f"{path.name} is not a notebook: {first_line}") from None


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
        raise NotGradable(f"it has {len(cells)} cells; more than {MAX_CELLS} are not read")
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
            f"its cells hold {written:,} characters; more than {MAX_SOURCES:,} are not read"
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
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return max(len(source), sum(map(len, source)))
    raise NotGradable("it has a cell without source")


def _needed_of_cell(cell):
    """All but the source. Outputs are none of it."""
    metadata = cell.get("metadata", {})
    if not isinstance(metadata, dict):
        raise NotGradable("it has a cell without metadata")
    tag, level = metadata.get("nbgrader"), cell.get("level")
    needed = {name: cell[name] for name in ("cell_type", "id") if isinstance(cell.get(name), str)}
    needed["metadata"] = {}
    if isinstance(tag, dict):
        needed["metadata"]["nbgrader"] = {
            name: tag[name] for name in TAG if isinstance(tag.get(name), str | int | float)
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
    return clean_attachments({name: attachments[name] for name in names if name in attachments})


def _check_cell(cell):
    """Make sure of what everybody relies on. Raises NotGradable."""
    if cell.cell_type not in {"code", "markdown", "raw"}:
        raise NotGradable(f"it has a cell of type {cell.cell_type!r}")
    cell.source = clean_text(cell.source).replace("\r\n", "\n")
