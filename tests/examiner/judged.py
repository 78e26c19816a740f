"""A small notebook after it was run, for the tests of what is told of it."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.utils import compute_checksum

STUB = """def {name}(x):
    # YOUR ANSWER HERE
    raise NotImplementedError('{name} is not written yet')"""


def solution(name, work=None, error=None, make=new_code_cell):
    """A solution cell that was handed out as a stub; work: what the student made of it."""
    cell = make(STUB.format(name=name))
    cell.metadata["nbgrader"] = {
        "grade_id": name,
        "grade": make is new_markdown_cell,
        "solution": True,
        "locked": False,
        "schema_version": 3,
        "cell_type": cell.cell_type,
    }
    if make is new_markdown_cell:
        cell.metadata["nbgrader"]["points"] = 4
    cell.metadata["nbgrader"]["checksum"] = compute_checksum(cell)
    if work is not None:
        cell.source = work
    if error:
        cell.outputs = [stopped(*error)]
    return cell


def graded(name, error=None, printed="", value=None, points=1, source="# A test.\n"):
    """A test cell that has run."""
    cell = new_code_cell(source)
    cell.metadata["nbgrader"] = {
        "grade_id": name,
        "grade": True,
        "solution": False,
        "locked": True,
        "points": points,
        "schema_version": 3,
        "cell_type": "code",
    }
    cell.metadata["nbgrader"]["checksum"] = compute_checksum(cell)
    if printed:
        cell.outputs.append(new_output("stream", name="stdout", text=printed))
    if error:
        cell.outputs.append(stopped(*error))
    if value is not None:
        data = {"text/plain": value}
        cell.outputs.append(new_output("execute_result", data=data, execution_count=1))
    return cell


def notebook(*cells):
    return new_notebook(cells=[new_markdown_cell("# A set\n\n**Needs:** lesson 09"), *cells])


def heading(text):
    return new_markdown_cell(text)


def stopped(name, text):
    """The output of a cell that ended so."""
    return new_output("error", ename=name, evalue=text, traceback=[f"{name}: {text}"])
