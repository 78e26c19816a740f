"""How pytest-xdist deals the tests to its workers."""

import pytest
from xdist.scheduler import LoadFileScheduling

# Long tests that share nothing: every worker takes the next one.
ONE_BY_ONE = (
    "tests/lessons/test_runs.py",
    "tests/mutation/",
    "tests/assignments/test_lesson_copy.py",
)


class FileByFile(LoadFileScheduling):
    """A file's tests share what it sets up, so one worker runs them all, but for a few files."""

    def _split_scope(self, nodeid):
        return nodeid if nodeid.startswith(ONE_BY_ONE) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)  # without its workers nobody asks
def pytest_xdist_make_scheduler(config, log):
    return FileByFile(config, log)
