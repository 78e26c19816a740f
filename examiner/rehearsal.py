"""Before anybody is graded: the instructor's own solution, and nothing at all.

Both are graded by the same engine as the students. A test that the solution
does not pass is broken, or cannot be asked across two processes; which of the
two, one process tells.
"""

import contextlib
import copy
import hashlib
import json
import tomllib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import determine_grade

from .cells import grade_id_of, is_test
from .exam import GIVEN, HIDDEN_ERROR, Cell, Job, Run
from .master import Master
from .preflight import rebuild
from .score import settle_scores
from .submission import job_of, take_in

VERSION = 3
FORGIVEN = "examiner.toml"
MAX_REASON = 300  # characters


class BrokenTests(RuntimeError):
    """The instructor's own solution does not earn what it should."""


class NotProof(RuntimeError):
    """A test can only run beside the student's code, and may not."""


@dataclass
class Finding:
    """What became of a test: the solution's points and those of no work."""

    grade_id: str
    maximum: float
    solution: float
    nothing: float
    value: str = ""
    reason: str = ""


@dataclass
class Rehearsal:
    """How an assignment is to be graded.

    one_kernel: the notebooks whose tests run beside the student's code.
    values: by grade id, what a test of the solution ended with that was no
    number. notes: what the instructor should know, a line each. shown: by
    notebook and grade id, the outputs of cells that only show something.
    """

    one_kernel: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    shown: dict[str, dict[str, list[dict]]] = field(default_factory=dict)


def forgiven_cells(course: Path, assignment: str) -> list[str]:
    """The tests whose points everybody gets, by their grade ids.

    As examiner.toml beside nbgrader_config.py names them. Raises ValueError.
    """
    path = course / FORGIVEN
    if not path.is_file():
        return []
    try:
        content = tomllib.loads(path.read_text())
        cells = content.get(assignment, {}).get("forgive", [])
        if not isinstance(cells, list) or not all(isinstance(cell, str) for cell in cells):
            raise TypeError("not a list of texts")
    except (AttributeError, TypeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(
            f'{path}: expected [{assignment}] and forgive = ["CELL"] in it ({error})'
        ) from None
    return cells


def rehearse(
    masters: dict[str, Master],
    settings: dict,
    run: Callable[[list[Job]], list[Run]],
    cache: Path,
    forgiven: list[str],
) -> Rehearsal:
    """Find out how each notebook can be graded; asked once for the same.

    settings: the fields of a Job that do not depend on the notebook. run:
    runs jobs. cache: the file in which the answer is kept.
    """
    jobs = {
        name: [job_of(master, notebook, **settings) for notebook in _performances(master)]
        for name, master in masters.items()
    }
    only_shown = [sorted(master.only_shown) for master in masters.values()]
    asked = VERSION, list(jobs.items()), only_shown, forgiven
    key = hashlib.sha256(repr(asked).encode()).hexdigest()
    known = _read(cache)
    if known.get("of") == key:
        with contextlib.suppress(KeyError, TypeError):  # damaged: found out anew
            return Rehearsal(**known["rehearsal"])
    rehearsal = Rehearsal()
    for name, master in masters.items():
        if any(is_test(cell) for cell in master.notebook.cells):
            rehearsal.shown[name] = _shown(master, settings, run)
            _rehearse(name, master, settings, run, forgiven, rehearsal)
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_text(json.dumps({"of": key, "rehearsal": asdict(rehearsal)}))
    return rehearsal


def refuse_broken(rehearsal: Rehearsal, assignment: str, *, strict: bool):
    """Raises BrokenTests, or NotProof if `strict`."""
    if rehearsal.broken:
        raise BrokenTests(
            "Nobody was graded: the instructor's own solution does not earn "
            "all points.\n- "
            + "\n- ".join(rehearsal.broken)
            + "\nMend the test in source/ and generate the assignment anew. "
            f"Or give everybody its points, in {FORGIVEN} beside "
            f'nbgrader_config.py: [{assignment}] and forgive = ["CELL"]'
        )
    if strict and rehearsal.one_kernel:
        raise NotProof(
            "Nobody was graded, because of --strict: these tests cannot be "
            "asked across two processes.\n- " + "\n- ".join(rehearsal.notes)
        )


def _read(cache):
    try:
        known = json.loads(cache.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _performances(master):
    """The notebook with the instructor's solutions, and as handed out."""
    performances = []
    for notebook in (master.solved, master.notebook):
        handed_in = copy.deepcopy(notebook)
        for cell in handed_in.cells:
            if is_test(cell):  # as students see it
                grade_id = grade_id_of(cell)
                cell.source = master.released.get(grade_id, cell.source)
        rebuilt, _ = rebuild(master, handed_in)
        performances.append(rebuilt)
    return performances


def _shown(master, settings, run):
    """What the cells put out that only show something: the same for everybody."""
    if not master.only_shown:
        return {}
    _, untouched = _performances(master)
    job = job_of(master, untouched, **settings)
    given = tuple(cell if cell.kind == GIVEN else Cell(GIVEN, "") for cell in job.cells)
    (outcome,) = run([replace(job, cells=given)])
    own = [cell for cell in untouched.cells if cell.cell_type == "code"]
    return {
        grade_id_of(cell): outputs
        for cell, outputs, failed in zip(own, outcome.outputs, outcome.failed, strict=True)
        if grade_id_of(cell) in master.only_shown and not failed
    }


def _rehearse(name, master, settings, run, forgiven, rehearsal):
    shown = rehearsal.shown[name]
    # Of these the instructor's version may be the one that students are asked to change.
    open_ones = {
        grade_id_of(cell)
        for cell in master.notebook.cells
        if is_test(cell) and master.rests_on_open_cells(cell.source)
    }
    two = {
        finding.grade_id: finding
        for finding in _findings(master, settings, run, shown)
        if finding.grade_id not in forgiven
    }
    doubtful = {
        grade_id
        for grade_id, finding in two.items()
        if finding.solution < finding.maximum or finding.nothing > 0
    }
    if doubtful:
        one = {
            finding.grade_id: finding
            for finding in _findings(master, settings | {"one_kernel": True}, run, shown)
        }
        differ = []
        for grade_id in [key for key in two if key in doubtful]:
            apart, together = two[grade_id], one[grade_id]
            if together.solution < together.maximum and grade_id not in open_ones:
                rehearsal.broken.append(
                    f"{name}, {grade_id}: the solution earns "
                    f"{together.solution:g} of {together.maximum:g}: "
                    f"{together.reason or apart.reason or 'its value'}"
                )
            elif (apart.solution, apart.nothing) != (
                together.solution,
                together.nothing,
            ):
                differ.append(f"{name}, {grade_id}: {_difference(apart, together)}")
        if differ:
            rehearsal.one_kernel.append(name)
            rehearsal.notes += differ
            two = one
    for grade_id, finding in two.items():
        if finding.value and grade_id not in open_ones:
            rehearsal.values[grade_id] = finding.value


def _difference(apart, together):
    if apart.solution < together.solution:
        what = apart.reason or "it earns less"
        return f"in two processes the solution fails: {what}"
    return (
        f"in two processes a notebook without any answer earns "
        f"{apart.nothing:g}, in one {together.nothing:g}"
    )


def _findings(master, settings, run, shown) -> list[Finding]:
    performances = _performances(master)
    runs = run([job_of(master, notebook, shown=shown, **settings) for notebook in performances])
    scored = [
        _scored(copy.deepcopy(notebook), outcome)
        for notebook, outcome in zip(performances, runs, strict=True)
    ]
    findings = []
    for solved, nothing in zip(*scored, strict=True):
        grade_id, maximum, points, value, reason = solved
        findings.append(Finding(grade_id, maximum, points, nothing[2], value, reason))
    return findings


def _scored(notebook: NotebookNode, run: Run):
    """(grade id, maximum, points, value, why not more) of each test."""
    take_in(notebook, run, [], {})
    values = {grade_id_of(cell): value_of(cell) for cell in notebook.cells if is_test(cell)}
    settle_scores(notebook, run, values)
    found = []
    for cell in notebook.cells:
        if is_test(cell):
            points, maximum = determine_grade(cell)
            errors = [
                output.traceback[-1].splitlines()[-1]
                if output.ename == HIDDEN_ERROR and output.traceback
                else f"{output.ename}: {output.evalue}"
                for output in cell.outputs
                if output.output_type == "error"
            ]
            grade_id = grade_id_of(cell)
            reason = " ".join("; ".join(errors).split())[:MAX_REASON]
            found.append((grade_id, maximum, points, values[grade_id], reason))
    return found


def value_of(cell) -> str:
    """What a test ended with, as text."""
    return "".join(
        output.data.get("text/plain", "")
        for output in cell.outputs
        if output.output_type == "execute_result"
    )
