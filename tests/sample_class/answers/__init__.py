"""What the sample students wrote: the source of their solution cells."""

from textwrap import dedent

from . import quiz
from .problem_sets import PROBLEM_SETS

__all__ = [
    "PROBLEM_SETS",
    "noisy",
    "quiz",
    "slow",
    "with_syntax_error",
]


def slow(answers):
    """The same answers, of which the first takes its time."""
    first = next(iter(answers))
    return answers | {first: f"import time\n\ntime.sleep(5)\n\n\n{answers[first]}"}


def noisy(answers):
    """The same answers, of which the first function writes to standard error."""
    first = next(name for name in answers if f"def {name}(" in answers[name])
    noise = dedent(
        f"""


        import sys, warnings

        quiet_{first} = {first}

        def {first}(*arguments, **named):
            print("entering {first}", file=sys.stderr)
            warnings.warn("a warning that means nothing")
            np.log(np.zeros(1))  # a RuntimeWarning of NumPy
            return quiet_{first}(*arguments, **named)
        """
    )
    return answers | {first: answers[first] + noise}


def with_syntax_error(answers, exercise):
    """The same answers, but for a colon that is forgotten in one."""
    return answers | {exercise: answers[exercise].replace("):", ")", 1)}
