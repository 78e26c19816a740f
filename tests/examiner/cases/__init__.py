"""What hostile and unlucky students hand in, one Case each.

All of them are graded in one batch by `test_cases.py`; `case_table.py` shows
beside that what nbgrader makes of them as it comes.
"""

from . import accidents, harm, kernel, reach, undeserved
from .case import Case

GROUPS = {
    "Undeserved points": undeserved.CASES,
    "Harm to others": harm.CASES,
    "Leaks and reach": reach.CASES,
    "Reach into the system": kernel.CASES,
    "Innocent accidents": accidents.CASES,
}
CASES: dict[str, Case] = {case.name: case for cases in GROUPS.values() for case in cases}

__all__ = ["CASES", "GROUPS", "Case"]
