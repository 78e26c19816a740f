"""Runs submissions: the student's cells confined, the tests out of reach."""

from .confine import (
    MINIMUM_LANDLOCK,
    CannotConfine,
    landlock_version,
    obstacles,
    refuse_exposed,
)
from .job import GIVEN, LITERAL, STUDENT, TEST, Cell, Job, Run
from .session import run_job
from .warm import stopped

__all__ = [
    "GIVEN",
    "LITERAL",
    "MINIMUM_LANDLOCK",
    "STUDENT",
    "TEST",
    "CannotConfine",
    "Cell",
    "Job",
    "Run",
    "landlock_version",
    "obstacles",
    "refuse_exposed",
    "run_job",
    "stopped",
]
