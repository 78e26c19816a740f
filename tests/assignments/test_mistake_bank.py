"""Every mistake is caught by a message that names it; all right code passes."""

import pytest

from . import bank
from .grading import exercises, read, run, solutions_of

ASSIGNMENTS = bank.assignments()
SOURCE = {name: read("source", name) for name in ASSIGNMENTS}
RELEASE = {name: read("release", name) for name in ASSIGNMENTS}
MOST_POINTS_FOR_SHAPES = 0.15

assignments = pytest.mark.parametrize("assignment", ASSIGNMENTS)


def cases(kind):
    return [
        pytest.param(name, case, id=f"{name}-{case.exercise}: {case.name}")
        for name in ASSIGNMENTS
        for case in kind(name)
    ]


@pytest.mark.parametrize(("assignment", "wrong"), cases(bank.wrong))
def test_a_mistake_is_named_by_a_test(assignment, wrong):
    written = solutions_of(SOURCE[assignment]) | {wrong.exercise: wrong.solution}
    seen = run(RELEASE[assignment], written, wrong.exercise)
    failed = [name for name, cell in seen.items() if cell.points == 0]
    graded = run(SOURCE[assignment], written, wrong.exercise)
    assert graded[wrong.cell].points == 0
    if wrong.hidden:
        assert not failed, "a visible test sees it: say `# fails:`"
        said = graded[wrong.cell].says
    else:
        assert failed, "all visible tests pass"
        assert failed[0] == wrong.cell, seen[failed[0]].says
        said = seen[wrong.cell].says
    assert wrong.says.lower() in said.lower()


@pytest.mark.parametrize(("assignment", "right"), cases(bank.right))
def test_a_right_solution_earns_full_marks(assignment, right):
    """Whatever stands in the other exercises: they are as they were handed out."""
    for others in (SOURCE, RELEASE):
        written = solutions_of(others[assignment]) | {right.exercise: right.solution}
        graded = run(SOURCE[assignment], written, right.exercise)
        for cell in graded.values():
            assert cell.points == cell.maximum, cell.says


@assignments
def test_an_exercise_stands_alone(assignment):
    """Another exercise's mistake costs the right solution nothing."""
    solutions = solutions_of(SOURCE[assignment])
    blank = solutions_of(RELEASE[assignment])
    for exercise in exercises(SOURCE[assignment]):
        written = blank | {exercise: solutions[exercise]}
        for cell in run(SOURCE[assignment], written, exercise).values():
            assert cell.points == cell.maximum, cell.says


@assignments
def test_what_was_handed_out_earns_nothing(assignment):
    for exercise in exercises(SOURCE[assignment]):
        for cell in run(RELEASE[assignment], {}, exercise).values():
            assert cell.points == 0


WORTHLESS = {
    "zeros": "np.zeros_like(result, dtype=float)",
    "ones": "np.ones_like(result, dtype=float)",
    "NaN": "np.full(np.shape(result), np.nan)",
    "an input": "np.resize(np.asarray(given, dtype=float), np.shape(result))",
}


@assignments
@pytest.mark.parametrize("fill", WORTHLESS)
def test_a_result_of_the_right_shape_earns_little(assignment, fill):
    """What a right function returns is replaced, number by number."""
    earned = total = 0
    for exercise, solution in solutions_of(SOURCE[assignment]).items():
        worthless = f"""{solution}


def _worthless(function):
    def replaced(result, given):
        if isinstance(result, dict):
            return {{name: replaced(part, given) for name, part in result.items()}}
        if isinstance(result, (list, tuple)):
            return type(result)(replaced(part, given) for part in result)
        return {WORTHLESS[fill]}

    def called(*arguments, **named):
        result = function(*arguments, **named)
        numbers = [a for a in arguments if isinstance(a, (np.ndarray, float, int))]
        return replaced(result, numbers[0] if numbers else 0)

    return called


if callable(globals().get("{exercise}")):
    {exercise} = _worthless({exercise})
"""
        written = solutions_of(RELEASE[assignment]) | {exercise: worthless}
        if f"def {exercise}(" not in solution:
            continue  # an answer that is no function: other tests judge it
        for cell in run(SOURCE[assignment], written, exercise).values():
            earned += cell.points
            total += cell.maximum
    assert earned <= MOST_POINTS_FOR_SHAPES * total


@assignments
def test_the_bank_is_large_and_covers_every_exercise(assignment):
    names = set(exercises(SOURCE[assignment]))
    for cases, least in [
        (bank.wrong(assignment), 25),
        (bank.right(assignment), 6),
    ]:
        assert len(cases) >= least
        assert {case.exercise for case in cases} == names
        assert len({case.solution for case in cases}) == len(cases)
