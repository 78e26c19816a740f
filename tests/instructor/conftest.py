"""The browser of tests/people, for an instructor's pages."""

from tests.people.conftest import browser

__all__ = ["browser"]
