"""The lessons, and what the README says of each."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "course").glob("[01]?_*.ipynb"))  # without the last page, 99
README_ROW = r"^\| {number} \| \[[^|]*\| (\d+) min \| ([\d.]+) GB \|"

lessons = pytest.mark.parametrize("path", LESSONS, ids=[path.stem for path in LESSONS])


def row_of(path):
    """What the README's table of lessons says of one: (whole, minutes, GB)."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.search(README_ROW.format(number=path.stem[:2]), readme, re.MULTILINE)
