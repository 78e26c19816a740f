"""How much work something is: told without a clock on the wall.

What is compared was measured on the same machine, in processor time of this
thread alone, the least of some tries: a slow or busy machine makes both longer.
"""

import sys
import time
from collections.abc import Callable

TRIES = 3
LITTLE = 0.01  # seconds: what takes less is not told apart


def effort(work: Callable[[], object]) -> float:
    """Processor seconds that `work` takes."""

    def once():
        started = time.thread_time()
        work()
        return time.thread_time() - started

    return max(min(once() for _ in range(TRIES)), LITTLE)


def assert_grows_as_its_input(work: Callable[[int], object], size: int):
    """Four times the input is four times the work, not sixteen times."""
    assert effort(lambda: work(4 * size)) < 10 * effort(lambda: work(size))


def calls(work: Callable[[], object]) -> int:
    """Functions that `work` calls, of Python's and of C's: on every machine as many."""
    counted = 0

    def count(frame, event, argument):
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted
