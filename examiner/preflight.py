"""What a student handed in is rebuilt on the instructor's version. Nothing runs.

Only the student's own work is taken from it: the sources of the solution
cells, and cells that the student added. All else comes from the instructor's
version, whatever has happened to it in the student's.
"""

import copy

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_solution

from . import cells as code
from .cells import grade_id_of, is_extra, is_test, tag_of
from .master import Master
from .sanitize import clean_markdown

MAX_TEXT = 20_000  # characters of a text that the student wrote ...
MAX_TEXTS = 100_000  # ... and of all: to render them can take very long
MAX_PICTURES = 10 * 2**20  # characters of all, as Base64


def rebuild(master: Master, submitted: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """Put the student's work into the instructor's notebook.

    Returns the notebook to grade and what had to be repaired, in words.
    """
    notebook = copy.deepcopy(master.notebook)
    repairs = []
    matches = _match(master, submitted.cells, repairs)
    extras = _extras(master, submitted.cells, matches, repairs)
    for position, cell in enumerate(notebook.cells):
        theirs = submitted.cells[matches[position]] if position in matches else None
        if is_solution(cell):
            if theirs:
                _take_work(cell, theirs, repairs)
            else:
                cell.metadata["examiner"] = code.PUT_BACK
                repairs.append(f"{grade_id_of(cell)} was missing")
        elif is_test(cell) and theirs:
            if _tag(theirs) != _tag(cell):
                repairs.append(f"{grade_id_of(cell)} had been retagged")
        elif is_test(cell):
            repairs.append(f"{grade_id_of(cell)} was missing")
    cells = []
    for position in range(-1, len(notebook.cells)):
        if position >= 0:
            cell = notebook.cells[position]
            cells += extras.get((position, "before"), [])
            cells.append(cell)
            below = extras.get(position, [])
            if below and _is_untouched(master, cell):
                cell.metadata["examiner"] = code.ANSWERED_BELOW
        cells += extras.get(position, [])
    _cut(cells, repairs)
    notebook.cells = cells
    notebook.nbformat_minor = max(5, notebook.nbformat_minor)  # has cell ids
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
        own = is_solution(cell) or is_extra(cell)
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
    return [tag.get(name) for name in ("grade", "solution", "points", "schema_version")]


def _match(master, cells, repairs):
    """Where in the submission each of the master's cells is, by position."""
    own = master.notebook.cells
    by_grade_id, by_id, by_source, defined = {}, {}, {}, []
    for index, cell in enumerate(cells):
        by_source.setdefault(cell.source.strip(), []).append(index)
        is_code = cell.cell_type == "code"
        defined.append(code.bound(cell.source) if is_code else frozenset())
        by_grade_id.setdefault(grade_id_of(cell), []).append(index)
        by_id.setdefault(cell.get("id"), []).append(index)
    matches, taken = {}, set()

    def take(position, candidates, *, of_any_type=False):
        candidates = [
            index
            for index in candidates
            if index not in taken
            and (of_any_type or cells[index].cell_type == own[position].cell_type)
        ]
        if candidates:
            matches[position] = _worked_on(own[position], cells, candidates)
            taken.add(matches[position])

    for position, cell in enumerate(own):
        grade_id = grade_id_of(cell)
        candidates = by_grade_id.get(grade_id, []) if grade_id else []
        if len(candidates) > 1:
            repairs.append(f"{grade_id} was there {len(candidates)} times")
        take(position, candidates, of_any_type=True)
    for position, cell in enumerate(own):
        if position not in matches and cell.get("id"):
            candidates = by_id.get(cell.id, [])
            take(position, candidates, of_any_type=True)
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
                [index for index, found in enumerate(defined) if not names.isdisjoint(found)],
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
    changed = [index for index in candidates if cells[index].source.strip() != own.source.strip()]
    return changed[-1] if changed else candidates[0]


def _between(position, matches, count):
    """Indices between those of the nearest cells that are known."""
    before = max((matches[p] for p in matches if p < position), default=-1)
    after = min((matches[p] for p in matches if p > position), default=count)
    return list(range(before + 1, after))


def _extras(master, cells, matches, repairs):
    """The student's own cells, by the position after which they stand.

    Or, where that matters, (position, "before").
    """
    own = master.notebook.cells
    position_of = {index: position for position, index in matches.items()}
    tests = {
        master.released.get(grade_id_of(cell), cell.source).strip() for cell in own if is_test(cell)
    }
    extras, position = {}, -1
    for index, cell in enumerate(cells):
        kind = code.EXTRA
        if index in position_of:
            position = position_of[index]
            if is_test(own[position]):
                extra = _merged(master, own[position], cell, index, repairs)
                if extra:
                    extras.setdefault((position, "before"), []).append(extra)
            is_given = not is_solution(own[position]) and not is_test(own[position])
            if not is_given or _is_same(cell, own[position]):
                continue
            if cell.cell_type != "code":
                continue
            # A given cell that the student changed: the instructor's runs,
            # and after it the student's, which only the student's code sees.
            if not grade_id_of(own[position]):
                kind = code.CHANGED
            repairs.append("a given cell had been changed")
        elif not cell.source.strip():
            continue
        elif cell.cell_type == "code" and cell.source.strip() in tests:
            repairs.append("a copy of a test was left out")
            continue
        extras.setdefault(position, []).append(_extra(cell, index, kind))
    return extras


def _is_same(cell, other):
    return cell.source.strip() == other.source.strip()


def _is_untouched(master, cell):
    """A written answer that is as it was handed out."""
    released = master.released.get(grade_id_of(cell))
    return (
        is_solution(cell)
        and bool(tag_of(cell).get("grade"))
        and released is not None
        and cell.source.strip() in {released.strip(), clean_markdown(released).strip()}
    )


def _merged(master, test, cell, index, repairs):
    """What a student has defined under the tag of a test, or None."""
    released = master.released.get(grade_id_of(test), test.source)
    if cell.source.strip() == released.strip():
        return None
    more = code.beyond(cell.source, released)
    if code.bound(more).isdisjoint(master.names):
        return None
    repairs.append(f"{grade_id_of(test)} had been merged with an answer")
    merged = nbformat.v4.new_code_cell(more)
    return _extra(merged, index, code.EXTRA)


def _extra(cell, index, kind):
    """A cell of the student's, with none of its metadata."""
    make = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }[cell.cell_type]
    extra = make(id=f"extra-{index}", metadata={"examiner": kind})
    _take_work(extra, cell)
    return extra


def _take_work(cell, theirs, repairs=None):
    """Take the student's source, and the images that belong to it."""
    cell.source = theirs.source
    if cell.cell_type == "markdown":
        images = theirs.get("attachments", {})
        cell.source = clean_markdown(theirs.source, images)
        if images:
            cell.attachments = images
    elif cell.cell_type == "raw":  # which the formgrader takes for HTML
        cell.source = clean_markdown(theirs.source)
    if theirs.cell_type != cell.cell_type:
        repairs.append(f"{grade_id_of(cell)} had become a {theirs.cell_type} cell")
