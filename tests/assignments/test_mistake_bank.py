"""Every mistake is caught by a message that names it; all right code passes."""

import importlib

import pytest

from .grading import exercises, read, run

BANKS = {
    "ps1_rnn_cell": (25, 8),
    "ps2_gradients": (30, 8),
    "ps3_gated_cells": (30, 8),
}
MODULES = {
    name: importlib.import_module(f"tests.assignments.bank.{name}")
    for name in BANKS
}
SOURCE = {name: read("source", name) for name in BANKS}
RELEASE = {name: read("release", name) for name in BANKS}


def cases(kind):
    return [
        pytest.param(name, case, id=f"{name}-{case.exercise}: {case.name}")
        for name, module in MODULES.items()
        for case in getattr(module, kind)
    ]


def masters(assignment):
    """The instructor's solutions, by grade id."""
    return {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in SOURCE[assignment].cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


@pytest.mark.parametrize(("assignment", "mistake"), cases("MISTAKES"))
def test_a_mistake_is_named_by_a_visible_test(assignment, mistake):
    written = masters(assignment) | {mistake.exercise: mistake.solution}
    seen = run(RELEASE[assignment], written, mistake.exercise)
    failed = [name for name, cell in seen.items() if cell.points == 0]
    assert failed, "all visible tests pass"
    assert failed[0] == mistake.cell, seen[failed[0]].says
    assert mistake.says.lower() in seen[failed[0]].says.lower()
    graded = run(SOURCE[assignment], written, mistake.exercise)
    assert graded[mistake.cell].points == 0


@pytest.mark.parametrize(("assignment", "variant"), cases("VARIANTS"))
def test_a_right_solution_earns_full_marks(assignment, variant):
    written = masters(assignment) | {variant.exercise: variant.solution}
    for cell in run(SOURCE[assignment], written, variant.exercise).values():
        assert cell.points == cell.maximum, cell.says


@pytest.mark.parametrize("assignment", BANKS)
def test_the_masters_pass_and_the_stubs_do_not(assignment):
    for exercise in exercises(SOURCE[assignment]):
        for cell in run(SOURCE[assignment], {}, exercise).values():
            assert cell.points == cell.maximum, cell.says
        for cell in run(RELEASE[assignment], {}, exercise).values():
            assert cell.points == 0


@pytest.mark.parametrize(("assignment", "least"), BANKS.items())
def test_the_bank_is_large_and_covers_every_exercise(assignment, least):
    module = MODULES[assignment]
    names = set(exercises(SOURCE[assignment]))
    for cases, number in zip(
        (module.MISTAKES, module.VARIANTS), least, strict=True
    ):
        assert len(cases) >= number
        assert {case.exercise for case in cases} == names
        assert len({case.solution for case in cases}) == len(cases)
