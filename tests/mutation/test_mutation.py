"""No small change of a solution passes all tests, but for those listed with a reason."""

import pytest

from tests.assignments import bank

from .mutants import mutants
from .trial import ALIVE, all_mutants, equivalents, try_all


@pytest.mark.parametrize("assignment", bank.assignments())
def test_no_mutant_is_alive(assignment):
    tried = all_mutants(assignment)
    assert len(tried) >= 100
    known = equivalents(assignment)
    alive = {
        (v.mutant.exercise, v.mutant.was, v.mutant.now)
        for v in try_all(assignment, tried)
        if v.by == ALIVE
    }
    assert alive - known.keys() == set(), "no test notices these changes"
    assert known.keys() - alive == set(), "these are no longer alive: unlist them"
    assert all(len(reason.split()) >= 4 for reason in known.values())


def test_each_kind_of_change_is_made():
    source = """\
def f(x, lengths=None):
    ### BEGIN SOLUTION
    total = np.zeros(3, dtype=float)
    for t in range(len(x)):
        if t < 5 and lengths is not None:
            total += 2 * x[t, 1:].T
    return total, -x
    ### END SOLUTION
    raise NotImplementedError
"""
    made = {(m.was, m.now) for m in mutants("f", source)}
    for change in [
        ("total = np.zeros(3, dtype=float)", "total = np.ones(3, dtype=float)"),
        ("total = np.zeros(3, dtype=float)", "total = np.zeros(3)"),
        ("total = np.zeros(3, dtype=float)", "total = np.zeros(4, dtype=float)"),
        ("for t in range(len(x)):", "for t in range(len(x) - 1):"),
        ("for t in range(len(x)):", "for t in range(1, len(x)):"),
        ("if t < 5 and lengths is not None:", "if t <= 5 and lengths is not None:"),
        ("if t < 5 and lengths is not None:", "if t < 5 or lengths is not None:"),
        ("if t < 5 and lengths is not None:", "if True:"),
        ("total += 2 * x[t, 1:].T", "total = 2 * x[t, 1:].T"),
        ("total += 2 * x[t, 1:].T", "total -= 2 * x[t, 1:].T"),
        ("total += 2 * x[t, 1:].T", "total += 2 * x[t, 1:]"),
        ("total += 2 * x[t, 1:].T", "total += 2 * x[t, :].T"),
        ("total += 2 * x[t, 1:].T", "pass"),
        ("return (total, -x)", "return (-x, total)"),
        ("return (total, -x)", "return (total, x)"),
    ]:
        assert change in made, change
    assert not any("lengths=" in was for was, _ in made)  # the signature is given
