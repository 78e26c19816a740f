"""An assignment is new work: the lessons' own code, pasted in, earns little."""

import pytest

from . import bank
from .lesson_copy import best_copy

MOST = 0.3  # of an assignment's points


@pytest.mark.parametrize("assignment", bank.assignments())
def test_pasting_the_lessons_earns_little(assignment):
    best = best_copy(assignment)
    earned = sum(points for points, _, _ in best.values())
    total = sum(maximum for _, maximum, _ in best.values())
    assert earned <= MOST * total, best
