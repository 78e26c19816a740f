"""The course as nbgrader sees it: folders, student stubs, grading."""

import warnings
from pathlib import Path

from nbformat.warnings import MissingIDFieldWarning
from sqlalchemy.exc import SAWarning

import examiner

c = get_config()  # noqa: F821

examiner.switch_on(c)

# nbgrader 0.9.6 under SQLAlchemy 2 warns at every new submission.
warnings.filterwarnings("ignore", "Object of type", SAWarning)
# A test cell that nbgrader puts back has no id yet.
warnings.filterwarnings("ignore", "Cell is missing an id", MissingIDFieldWarning)

course = Path(__file__).resolve().parent

c.CourseDirectory.root = str(course)
c.CourseDirectory.course_id = "rnn"
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "*.py",
    "*.md",
    "*-feedback.html",  # pages that `examiner check` lays beside a notebook
    "bank",  # right and wrong solutions, for the tests of the tests
]

# Students and instructors on one machine share this folder. On a server,
# name one that all of them may write to, such as /srv/nbgrader/exchange.
exchange = course / "exchange"
exchange.mkdir(exist_ok=True)  # without it, the formgrader warns
c.Exchange.root = str(exchange)
# Fetch and Submit meet a student's work where `make start` lays it.
c.Exchange.assignment_dir = str(course / "my")

# A stub is a comment: in source/, an exercise ends by raising
# NotImplementedError, and a multiple-choice answer begins as None.
c.ClearSolutions.code_stub = {"python": "# YOUR ANSWER HERE"}

# Importing TensorFlow on a busy machine takes longer than nbgrader's 30 s.
c.Execute.timeout = 120

# What a kernel says is encrypted, so that nobody else on the machine reads it.
c.KernelManager.transport_encryption = "auto"
