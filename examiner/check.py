"""For a self-learner: one's own notebook, graded as an instructor would."""

import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import nbformat
from nbgrader.apps import NbGraderAPI

from .batch import Batch
from .cells import is_test
from .course import load_course
from .report import table
from .sanitize import for_terminal

STUDENT = "you"


def check(notebook: Path, unconfined: bool = False) -> int:
    """Grade `notebook` in a scratch course; print score and messages.

    Its assignment is the one that has a notebook of the same name. Leaves
    the feedback page in a folder of its own. Returns 0 if it was graded.
    """
    if not notebook.is_file():
        raise FileNotFoundError(f"{notebook} is not a file")
    own = load_course(Path.cwd())
    name = notebook.stem
    found = [
        assignment
        for assignment in sorted(own.get_source_assignments())
        if (Path("source") / assignment / f"{name}.ipynb").is_file()
    ]
    if not found:
        raise FileNotFoundError(
            f"no assignment in source/ has a notebook called {notebook.name}: "
            "keep the name that it had in release/"
        )
    (assignment,) = found
    scratch = Path(tempfile.mkdtemp(prefix="examiner-check-"))
    shutil.copytree(Path("source") / assignment, scratch / "source" / assignment)
    handed_in = scratch / "submitted" / STUDENT / assignment
    handed_in.mkdir(parents=True)
    shutil.copy(notebook, handed_in)
    config = own.config.copy()
    config.CourseDirectory.root = str(scratch)
    config.CourseDirectory.db_url = f"sqlite:///{scratch}/gradebook.db"
    course = NbGraderAPI(config=config)
    course.log.propagate = False
    made = course.generate_assignment(assignment)
    if not made["success"]:
        raise RuntimeError(made.get("error") or made.get("log"))
    with (
        closing(Batch(course, assignment, unconfined=unconfined)) as batch,
        ThreadPoolExecutor(1) as executor,
    ):
        results = batch.grade([STUDENT], executor, 1, tell=lambda line: None)
    with course.gradebook as gradebook:
        print(table(gradebook, assignment, results))
    print()
    _print_messages(scratch / "autograded" / STUDENT / assignment)
    shutil.rmtree(scratch / "source")
    page = scratch / "feedback" / STUDENT / assignment / f"{name}.html"
    if page.is_file():
        print(f"Your feedback page: {page}")
    return 1 if results[0].problem else 0


def _print_messages(graded: Path):
    """What the tests said that cost points."""
    for path in sorted(graded.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if not is_test(cell):
                continue
            for output in cell.outputs:
                if output.output_type == "error":
                    name = cell.metadata.nbgrader.grade_id
                    print(for_terminal(f"{name}: {output.evalue}\n"))
