"""A submission's way between preflight and score: into a job, out of a run."""

import builtins
from collections import Counter
from collections.abc import Collection

from nbformat import NotebookNode, from_dict
from nbgrader.utils import determine_grade, is_solution

from .cells import (
    CHANGED,
    PUT_BACK,
    bound,
    bound_otherwise,
    definitions,
    grade_id_of,
    is_extra,
    is_test,
    literals,
    mentioned,
    needed,
    origins,
    split,
    without,
    words,
)
from .exam import GIVEN, LITERAL, STUDENT, TEST, Cell, Job, Run, run_job
from .master import Master
from .sanitize import clean_outputs
from .state import may_change


def job_of(master: Master, notebook: NotebookNode, *, shown: Collection[str] = (), **more) -> Job:
    """What a worker must do to grade a rebuilt notebook.

    shown: the given cells of which is known what they show, by grade id. more: the
    Job's other fields: files, seconds, confined.
    """
    own = _code_cells(notebook)
    sources = _without_shown(own, _sources(master, own), shown)
    values = {} if more.get("one_kernel") else _values(own, sources)
    everywhere = set()
    for cell in own:
        if _kind(cell) == GIVEN:
            everywhere |= mentioned(master.names, cell.source)
    changed = _changed_names(master, own)
    lent = {} if more.get("one_kernel") else _lent(master, own, sources)
    cells = []
    for number, (cell, source) in enumerate(zip(own, sources, strict=True)):
        kind = _kind(cell)
        names, parts = set(), None
        if kind == GIVEN:
            names = mentioned(master.names, source)
        elif kind == TEST:
            names = mentioned(master.names, source)
            if changed and master.rests_on_open_cells(source):
                names = mentioned(changed, source)
            names |= everywhere
            hidden = master.hidden.get(grade_id_of(cell))
            parts = split(source, hidden) if hidden else None
        elif number in values:
            kind = LITERAL
        of_given = tuple(sorted(everywhere))
        cells.append(Cell(kind, source, tuple(sorted(names)), parts, of_given, lent.get(number)))
    imported = {name for cell in cells if cell.kind == STUDENT for name, _ in origins(cell.source)}
    return Job(
        cells=tuple(cells),
        values={name: value for read in values.values() for name, value in read.items()},
        answers=master.answers,
        may_change=may_change([part for cell in cells for part in (cell.lends, cell) if part]),
        imports="\n".join(
            statement for name, statement in master.imports.items() if name in imported
        ),
        **({"modules": master.modules} | more),
    )


def _without_shown(own, sources, shown):
    """What runs, where nothing rests on what only shows something."""
    mentions = Counter(name for source in sources for name in words(source))
    return [
        ""
        if grade_id_of(cell) in shown
        and _kind(cell) == GIVEN
        and all(mentions[name] == 1 for name, _ in origins(source))
        else source
        for cell, source in zip(own, sources, strict=True)
    ]


def _changed_names(master, own):
    """What the student's versions of cells without a tag bind.

    Not what the test's author relies on: a check that a given cell imports, or one of
    Python's own functions.
    """
    names = frozenset().union(
        *(bound(cell.source) for cell in own if cell.metadata.get("examiner") == CHANGED)
    )
    given = {
        name for cell in own if _kind(cell) == GIVEN for name, _ in origins(cell.source)
    } - master.open_names
    return names - given - vars(builtins).keys()


def _lent(master, own, sources):
    """What the student's code looks up, and only a test has given; by the test's number.

    A student's notebook has run the visible tests as well: what they import and define was
    there for all later cells.
    """
    given = [source for cell, source in zip(own, sources, strict=True) if _kind(cell) != TEST]
    missing = frozenset().union(*map(needed, given)) - vars(builtins).keys()
    missing -= {name for source in given for name, _ in origins(source)}
    lent = {}
    for number, cell in enumerate(own):
        if missing and _kind(cell) == TEST:
            visible = master.released.get(grade_id_of(cell), "")
            source = definitions(visible, missing, master.names)
            if source:
                lent[number] = Cell(STUDENT, source)
    return lent


def below_changed_cells(master: Master, notebook: NotebookNode) -> list[str]:
    """Tests that gave less than all, and look at what the student has set otherwise.

    In a cell without a tag or in an answer, where the test reads what the instructor wrote: a
    person says whether the student's number of points or file will do as well.
    """
    changed, given = set(), None
    for cell in _code_cells(notebook):
        if cell.metadata.get("examiner") == CHANGED and given is not None:
            changed |= bound_otherwise(cell.source, given.source)
        elif not is_extra(cell):
            given = cell
    changed &= master.open_names
    again = _given_names_set_again(master, notebook)
    notes = []
    for cell in _code_cells(notebook):
        if not is_test(cell) or master.rests_on_open_cells(cell.source):
            continue
        if determine_grade(cell)[0] == cell.metadata.nbgrader.points:
            continue
        names = sorted((again & needed(cell.source)) - bound(cell.source))
        if mentioned(changed, cell.source):
            what = "what the student has changed in a given cell"
        elif names:
            what = f"{', '.join(names)}, which the student's answers set otherwise"
        else:
            continue
        notes.append(f"{grade_id_of(cell)}: it looks at {what}, look at it")
    return notes


def _given_names_set_again(master, notebook):
    """What given cells bind, and cells of the student's bind in another way."""
    cells = _code_cells(notebook)
    given = [cell.source for cell in cells if _kind(cell) == GIVEN]
    names = {name for source in given for name, _ in origins(source)} - master.names
    found = set()
    for cell in cells:
        if _kind(cell) == STUDENT and not names.isdisjoint(bound(cell.source)):
            otherwise = [bound_otherwise(cell.source, source) for source in given]
            found |= names.intersection(*otherwise)
    return found


def _sources(master, own):
    """What is run of each cell: nothing handed out undoes the student's work.

    A stub that was put back, or that stands untouched below a cell in which
    the student has done the exercise, does not bind those names again.
    """
    work, before, sources = [], set(), []
    for cell in own:
        grade_id = grade_id_of(cell)
        if _kind(cell) == STUDENT and not _is_stub(master, cell):
            others = master.defines.get(grade_id, frozenset())
            work.append(bound(cell.source) - others)
        else:
            work.append(frozenset())
    everywhere = frozenset().union(*work)
    for cell, names in zip(own, work, strict=True):
        before |= names
        source = cell.source
        if _kind(cell) == STUDENT and _is_stub(master, cell):
            is_back = cell.metadata.get("examiner") == PUT_BACK
            done = bound(source) & (everywhere if is_back else before)
            if done:
                source = without(source, done)
        sources.append(source)
    return sources


def _is_stub(master, cell):
    released = master.released.get(grade_id_of(cell))
    return released is not None and cell.source.strip() == released.strip()


def _values(own, sources):
    """The values of cells that are read and not run, by the cell's number.

    Only where no other cell of the student's or the instructor's, but for
    the tests, touches one of the names.
    """
    touched = Counter(
        name
        for cell, source in zip(own, sources, strict=True)
        if _kind(cell) != TEST
        for name in words(source)
    )
    values = {}
    for number, cell in enumerate(own):
        if is_solution(cell) and _kind(cell) == STUDENT:
            read = literals(sources[number])
            if read is not None and all(touched[name] == 1 for name in read):
                values[number] = read
    return values


def examine(job: Job) -> Run:
    """Run a job, and clean what it has shown: that takes long where somebody wants it to."""
    run = run_job(job)
    run.outputs = [clean_outputs(outputs) for outputs in run.outputs]
    return run


def take_in(notebook: NotebookNode, run: Run, repairs: list[str], shown: dict[str, list[dict]]):
    """Put what `examine` gave into the notebook, and what is known without it.

    shown: of given cells that did not run their outputs, by grade id.
    """
    for number, (cell, outputs) in enumerate(
        zip(_code_cells(notebook), run.outputs, strict=True), start=1
    ):
        cell.outputs = outputs or from_dict(shown.get(grade_id_of(cell), []))
        cell.execution_count = number
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = number
    notebook.metadata["examiner"] = {"repairs": repairs, "lost": run.lost_shown}


def _code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _kind(cell):
    if is_test(cell):
        return TEST
    return STUDENT if is_extra(cell) or is_solution(cell) else GIVEN
