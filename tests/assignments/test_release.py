"""release/ is what source/ gives, and gives nothing away."""

import re
import shutil
from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbgrader.validator import Validator
from traitlets.config import Config

import examiner
from examiner.exercise import State
from examiner.tell import PASSES
from tests.sample_class.course import reopen, succeed

from .grading import ROOT, read

ASSIGNMENTS = sorted(path.parent.name for path in ROOT.glob("source/*/*.ipynb"))
SECRET = re.compile(r"### BEGIN (SOLUTION|HIDDEN TESTS)\n(.*?)### END \1", re.DOTALL)

assignments = pytest.mark.parametrize("assignment", ASSIGNMENTS)


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """The student versions, built from source/ in a folder of their own."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "source", folder / "source")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    course = reopen(folder)
    for assignment in ASSIGNMENTS:
        succeed(course.generate_assignment(assignment))
    return folder / "release"


@assignments
def test_release_is_in_step_with_source(generated, assignment):
    new = {path.name: path.read_bytes() for path in (generated / assignment).iterdir()}
    old = {
        path.name: path.read_bytes()
        for path in (ROOT / "release" / assignment).iterdir()
        if path.is_file()
    }
    assert new == old, "run `make release` and commit release/"


def test_every_released_assignment_has_a_source():
    released = sorted(path.name for path in (ROOT / "release").iterdir())
    assert released == ASSIGNMENTS


@assignments
def test_nothing_secret_is_released(assignment):
    released = (ROOT / "release" / assignment / f"{assignment}.ipynb").read_text()
    assert "BEGIN SOLUTION" not in released
    assert "BEGIN HIDDEN" not in released
    student_version = lines(read("release", assignment).cells)
    secrets = set()
    for cell in read("source", assignment).cells:
        for match in SECRET.finditer(cell.source):
            secrets |= {line.strip() for line in match[2].splitlines()}
    public = lines(read("source", assignment).cells, SECRET)
    telling = {line for line in secrets - public if len(line) >= 20}
    assert len(telling) >= 10
    assert not telling & student_version


def lines(cells, left_out=None):
    """The lines of all cells, without the regions that match `left_out`."""
    found = set()
    for cell in cells:
        source = left_out.sub("", cell.source) if left_out else cell.source
        found |= {line.strip() for line in source.splitlines()}
    return found


@assignments
def test_grade_ids_are_unique_and_outputs_cleared(assignment):
    cells = read("source", assignment).cells
    ids = [cell.metadata.nbgrader.grade_id for cell in cells if "nbgrader" in cell.metadata]
    assert len(ids) == len(set(ids))
    assert not any(cell.get("outputs") for cell in cells)


@assignments
def test_no_line_of_an_assignment_is_cut_on_a_printed_page(assignment):
    for cell in read("source", assignment).cells:
        if cell.cell_type == "code":
            for line in cell.source.splitlines():
                assert len(line) <= 76, line


@assignments
def test_the_master_runs_without_an_error(assignment):
    execute(read("source", assignment), assignment, [])


@assignments
def test_the_student_version_fails_only_where_code_is_missing(assignment):
    notebook = read("release", assignment)
    execute(notebook, assignment, ["NotImplementedError"])
    stubs = sum(
        output.get("ename") == "NotImplementedError"
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    )
    unanswered = sum(
        "not answered yet" in output.get("text", "")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    )
    assert stubs or unanswered


def execute(notebook, assignment, allowed):
    NotebookClient(
        notebook,
        timeout=120,
        allow_error_names=allowed,
        resources={"metadata": {"path": ROOT / "source" / assignment}},
    ).execute()


@assignments
def test_validate_passes_the_master_and_explains_the_student_version(assignment):
    examiner.switch_on(Config())
    path = Path(assignment) / f"{assignment}.ipynb"
    assert words_of_validate(ROOT / "source" / path) <= {PASSES, State.WAITING.value}
    assert words_of_validate(ROOT / "release" / path) <= {State.UNWRITTEN.value}


def words_of_validate(path):
    """What Validate says of the exercises: the word at the begin of each block."""
    (told,) = Validator(config=Config()).validate(str(path))["failed"]
    blocks = [line for line in told["raw_error"].splitlines() if not line.startswith(" ")]
    assert blocks
    return {re.split(" {2,}", line)[0] for line in blocks}
