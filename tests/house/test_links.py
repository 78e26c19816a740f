"""Every link of a text leads to something that is in the project."""

import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [
    *ROOT.glob("*.md"),
    *ROOT.glob("autograded/*.md"),
    *ROOT.glob("course/data/*.md"),
    *ROOT.glob("course/*.ipynb"),
    *ROOT.glob("source/*/*.ipynb"),
]


def markdown(path):
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    return "\n".join(
        cell.source
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
    )


@pytest.mark.parametrize("path", TEXTS, ids=[str(path.relative_to(ROOT)) for path in TEXTS])
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)\s]+)\)", markdown(path)):
        if not re.match(r"[a-z]+:", target):
            file, _, anchor = target.partition("#")
            whole = (path.parent / file).resolve() if file else path
            assert whole.exists(), target
            if anchor and whole.suffix == ".md":
                anchors = [
                    re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-")
                    for line in re.findall(r"^#+ (.+)$", markdown(whole), re.MULTILINE)
                ]
                assert anchor in anchors, target


def test_paths_of_the_project_that_the_readme_names_exist():
    named = re.findall(
        r"`((?:course|source|release|tests|examiner)/[\w/.]*)`",
        (ROOT / "README.md").read_text(encoding="utf-8"),
    )
    assert named
    for name in named:
        assert (ROOT / name).exists(), name
