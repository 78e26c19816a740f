"""The lower storey: processes that are forked warm, confined, and watched while they work.

It knows nothing of exams. What a process serves is given to it by name, and nothing of
`examiner.exam`, which stands on this storey, is imported here.
"""

from .confine import (
    MINIMUM_LANDLOCK,
    CannotConfine,
    landlock_version,
    obstacles,
    refuse_exposed,
)
from .warm import stopped

__all__ = [
    "MINIMUM_LANDLOCK",
    "CannotConfine",
    "landlock_version",
    "obstacles",
    "refuse_exposed",
    "stopped",
]
