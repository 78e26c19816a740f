"""What the sample students wrote: the source of their solution cells.

A module an assignment. Those of the problem sets have the same three names:
RIGHT, DIFFERENT (right as well, in another style) and MISTAKEN (the mistakes
that are made most often, one in each exercise where that makes sense).
"""

from . import ps1_rnn_cell, ps2_gradients, ps3_gated_cells, quiz
from ._cell import cell

PROBLEM_SETS = {
    "ps1_rnn_cell": ps1_rnn_cell,
    "ps2_gradients": ps2_gradients,
    "ps3_gated_cells": ps3_gated_cells,
}

__all__ = [
    "PROBLEM_SETS",
    "noisy",
    "quiz",
    "slow",
    "with_syntax_error",
]


def slow(written):
    """The same answers, of which the first takes its time."""
    first = next(iter(written))
    return written | {
        first: f"import time\n\ntime.sleep(5)\n\n\n{written[first]}"
    }


def noisy(written):
    """The same answers, of which the first writes to standard error."""
    first = next(iter(written))
    noise = cell(
        f"""
        import sys, warnings

        quiet_{first} = {first}

        def {first}(*arguments):
            print("entering {first}", file=sys.stderr)
            warnings.warn("a warning that means nothing")
            np.log(np.zeros(1))  # a RuntimeWarning of NumPy
            return quiet_{first}(*arguments)
        """
    )
    return written | {first: f"{written[first]}\n\n\n{noise}"}


def with_syntax_error(written, exercise):
    """The same answers, but for a colon that is forgotten in one."""
    return written | {exercise: written[exercise].replace("):", ")", 1)}
