"""The upper storey: a submission is examined, the tests out of reach of the student's cells.

A job goes in, a run comes out: in which order cells run, what passes between a student's
process and the tests, and what a failed test may say. The processes themselves are
`examiner.execute`'s.
"""

from .job import GIVEN, LITERAL, STUDENT, TEST, Cell, Job, Run
from .messages import HIDDEN_ERROR
from .session import run_job
from .values import CannotCross, encode

__all__ = [
    "GIVEN",
    "HIDDEN_ERROR",
    "LITERAL",
    "STUDENT",
    "TEST",
    "CannotCross",
    "Cell",
    "Job",
    "Run",
    "encode",
    "run_job",
]
