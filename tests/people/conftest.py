"""One browser a file."""

import os

import pytest
from playwright.sync_api import sync_playwright

from .lab import find_browser, start_browser


@pytest.fixture(scope="module")
def browser():
    path = find_browser()
    if path is None:
        reason = "no browser: neither chromium nor google-chrome is on PATH"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = start_browser(playwright, path)
        yield browser
        browser.close()
