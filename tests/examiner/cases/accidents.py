"""What happens to honest work on its way."""

import copy
import json
import os

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from ..small_course import FULL, RIGHT, position
from .case import PIXEL, Case, beside, code


def accident(name, tries, change=None, **how):
    how.setdefault("points", FULL)
    return Case(name, tries, how.pop("answers", RIGHT), change=change, **how)


def _copied(grade_id):
    def change(notebook):
        index = position(notebook, grade_id)
        twin = copy.deepcopy(notebook.cells[index])
        twin.id = "copied"
        notebook.cells.insert(index + 1, twin)

    return change


def _deleted(*grade_ids):
    def change(notebook):
        for grade_id in grade_ids:
            del notebook.cells[position(notebook, grade_id)]

    return change


def _moved_to_the_top(grade_id):
    def change(notebook):
        cell = notebook.cells.pop(position(notebook, grade_id))
        notebook.cells.insert(0, cell)

    return change


def _split(grade_id):
    """The cell's second half stands in a new cell, as JupyterLab splits."""

    def change(notebook):
        index = position(notebook, grade_id)
        cell = notebook.cells[index]
        lines = cell.source.splitlines()
        rest = new_code_cell(
            "\n".join(lines[len(lines) // 2 :]),
            metadata=copy.deepcopy(cell.metadata),
        )
        cell.source = "\n".join(lines[: len(lines) // 2])
        notebook.cells.insert(index + 1, rest)

    return change


def _tags(change_tag):
    def change(notebook):
        for cell in notebook.cells:
            if "nbgrader" in cell.metadata:
                change_tag(cell.metadata.nbgrader)

    return change


def _without_metadata(notebook):
    notebook.metadata = {}
    for cell in notebook.cells:
        cell.metadata = {}


def _without_anything(notebook):
    """As some editors save: neither metadata nor cell ids."""
    _without_metadata(notebook)
    _without_ids(notebook)


def _without_ids(notebook):
    notebook.nbformat_minor = 4
    for cell in notebook.cells:
        cell.pop("id", None)


def _other_kernel(notebook):
    notebook.metadata.kernelspec = {
        "name": "deep-learning",
        "display_name": "Deep learning (3.7)",
        "language": "julia",
    }
    notebook.metadata["language_info"] = {"name": "julia"}


def _old_format(folder, places):
    path = folder / "small.ipynb"
    notebook = nbformat.read(path, as_version=4)
    old = nbformat.convert(notebook, 3)
    path.write_text(nbformat.v3.writes_json(old))


def _windows(folder, places):
    """Windows line ends, and a byte order mark."""
    path = folder / "small.ipynb"
    content = json.loads(path.read_text())
    for cell in content["cells"]:
        cell["source"] = "".join(cell["source"]).replace("\n", "\r\n")
    text = json.dumps(content, indent=1).replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())


def _renamed(name):
    def files(folder, places):
        os.rename(os.fsencode(folder / "small.ipynb"), os.fsencode(folder) + name)

    return files


def _missing(folder, places):
    (folder / "small.ipynb").unlink()


def _extra_files(folder, places):
    (folder / "Untitled.ipynb").write_text("{}")
    (folder / "Übung – копия.txt").write_text("é")
    (folder / os.fsdecode(b"L\xf6sung.txt")).write_text("x")
    checkpoints = folder / ".ipynb_checkpoints"
    checkpoints.mkdir()
    (checkpoints / "small-checkpoint.ipynb").write_text("")
    (folder / "numpy.py").write_text("raise ImportError('mine')")


def _pasted_image(notebook):
    """A picture pasted into the written answer, as JupyterLab keeps it."""
    cell = notebook.cells[position(notebook, "words")]
    cell.source = "Look!!![image.png](attachment:image.png)"
    cell.attachments = {"image.png": {"image/png": PIXEL}}
    own = new_markdown_cell("![a.png](attachment:a.png)")
    own.attachments = {"a.png": {"image/png": PIXEL}}
    notebook.cells.append(own)


def _lost_picture(notebook):
    """An answer that was pasted from another cell, without its picture."""
    cell = notebook.cells[position(notebook, "words")]
    cell.source = "My drawing:\n\n![image.png](attachment:image.png)"


def _lost_after_marks(notebook):
    cell = notebook.cells[position(notebook, "words")]
    cell.source = "Look!!![image.png](attachment:image.png)"


def _large_pictures(notebook):
    """Nine of 1.5 MB each."""
    for name in "abcdefghi":
        cell = new_markdown_cell(f"![{name}](attachment:{name})")
        cell.attachments = {name: {"image/png": "A" * 1_500_000}}
        notebook.cells.append(cell)


def _answers(**changed):
    return RIGHT | {name: code(text) for name, text in changed.items()}


CASES = [
    accident("copied-test", "copied a test cell", _copied("double-visible")),
    accident("copied-solution", "copied a solution", _copied("double")),
    accident(
        "copied-stub",
        "copied a stub, and worked in the copy",
        lambda notebook: [
            _copied("double")(notebook),
            notebook.cells[position(notebook, "double")].update(
                source='def double(x):\n    """Return twice the array x."""\n    # YOUR ANSWER HERE'
            ),
        ],
    ),
    accident(
        "deleted-tests",
        "deleted test cells",
        _deleted("double-visible", "total-all", "q1-test"),
    ),
    accident("deleted-setup", "deleted a given cell", _deleted("setup")),
    accident(
        "moved-test",
        "moved a test to the top",
        _moved_to_the_top("total-visible"),
    ),
    accident("split-test", "split a test cell", _split("double-visible")),
    accident(
        "retagged",
        "lost the ticks: solutions are tests, tests solutions",
        _tags(lambda tag: tag.update(grade=False, solution=True, points=7)),
    ),
    accident("no-metadata", "lost all metadata", _without_metadata),
    accident(
        "no-metadata-no-ids",
        "lost metadata and cell ids",
        _without_anything,
    ),
    accident(
        "schema-99",
        "has schema_version 99",
        _tags(lambda tag: tag.update(schema_version=99)),
    ),
    accident(
        "schema-text",
        "has a schema_version that is text, and points too",
        _tags(lambda tag: tag.update(schema_version="3", points="1")),
    ),
    accident("old-format", "is saved in notebook format 3", files=_old_format),
    accident("no-cell-ids", "has no cell ids", _without_ids),
    accident("other-kernel", "was run with another kernel", _other_kernel),
    Case(
        "malformed",
        "is a file that broke on its way",
        raw=b'{"cells": [\n',
        problem="not valid JSON",
    ),
    Case("empty", "is an empty file", raw=b"", problem="not valid JSON"),
    Case(
        "not-a-notebook",
        "is JSON, but no notebook",
        raw=b'["a", 1]',
        problem="not a notebook",
    ),
    Case(
        "not-text",
        "is no text at all",
        raw=b"\xff\xfe\x00\x01",
        problem="UTF-8",
    ),
    accident(
        "missing",
        "forgot the notebook",
        files=_missing,
        points=None,
        problem="missing",
    ),
    accident(
        "renamed",
        "renamed the notebook",
        files=_renamed(b"/small (1).ipynb"),
        points=None,
        problem="small (1)",
    ),
    accident(
        "renamed-in-latin-1",
        "renamed the notebook on a machine with other letters",
        files=_renamed(b"/L\xf6sung.ipynb"),
        points=None,
        problem="missing",
    ),
    accident(
        "extra-files",
        "handed in another notebook and other files",
        files=_extra_files,
    ),
    accident(
        "warnings",
        "warns and logs on standard error",
        answers=_answers(
            double="""
            import logging, sys, warnings

            logging.getLogger("tensorflow").error("WARNING: AVX2 FMA")

            def double(x):
                warnings.warn("take care")
                print("hm", file=sys.stderr)
                return 2 * x
            """
        ),
    ),
    accident(
        "prints",
        "prints and displays within solutions",
        answers=_answers(
            double="""
            def double(x):
                print("x is", x)
                get_ipython().display_pub.publish({"text/plain": "100"})
                return 2 * x

            double(np.ones(2))
            """,
            q1='q1 = "B"\nprint(q1)\n0',
        ),
    ),
    accident(
        "plots",
        "draws a figure within a solution",
        answers=_answers(
            double="""
            import matplotlib.pyplot as plt

            def double(x):
                plt.plot(x)
                plt.show()
                return 2 * x

            double(np.ones(2))
            """
        ),
    ),
    accident(
        "extra-import",
        "imports in a cell of its own what a test happens to import too",
        lambda notebook: notebook.cells.insert(
            position(notebook, "double"), new_code_cell("import math")
        ),
        answers=_answers(
            total="""
            def total(values):
                return math.fsum(values)
            """
        ),
    ),
    beside(
        "own-experiments",
        "keeps experiments, one of which fails",
        "x = 'scratch'\n1 / 0",
        after="double",
    ),
    accident(
        "slow-first-call",
        "takes some seconds at the first call",
        answers=_answers(
            double="""
            import time

            seen = []

            def double(x):
                if not seen:
                    time.sleep(2)
                    seen.append(x)
                return 2 * x
            """
        ),
    ),
    accident(
        "slow-cell",
        "takes some seconds in a cell, which a second kernel runs again",
        answers=_answers(
            double="""
            import time

            time.sleep(3)

            def double(x):
                time.sleep(0.7)
                return 2 * x
            """
        ),
    ),
    accident(
        "windows",
        "was saved with Windows line ends and a byte order mark",
        files=_windows,
    ),
    accident(
        "non-ascii-names",
        "names things in other alphabets",
        answers=_answers(
            double="""
            def удвоить(σ):
                return 2 * σ

            double = lambda x: удвоить(x)  # größer 🎓
            """
        ),
    ),
    accident("pasted-image", "pasted a picture into the answer", _pasted_image),
    accident(
        "lost-image",
        "pasted an answer whose picture stayed behind",
        _lost_picture,
    ),
    accident(
        "lost-image-after-marks",
        "lost the picture that two exclamation marks announce",
        _lost_after_marks,
    ),
    accident(
        "large-pictures",
        "pasted pictures of 13 MB",
        _large_pictures,
        says="pictures were left out (3)",
    ),
    accident(
        "output-of-own",
        "handed it in with its outputs, very large ones",
        lambda notebook: notebook.cells[position(notebook, "setup")].outputs.append(
            nbformat.v4.new_output("stream", text="x" * 5_000_000)
        ),
    ),
    accident(
        "numpy-scalars",
        "returns NumPy's own numbers and lists",
        answers=_answers(
            double="def double(x):\n    return list(2 * x)",
            total="def total(values):\n    return np.sum(values)",
            q1="q1 = str(np.str_('B'))",
        ),
    ),
    accident(
        "syntax-error",
        "has a syntax error in one exercise",
        answers=_answers(double="def double(x:\n    return 2 * x"),
        points=FULL | {"double": 0},
    ),
]
