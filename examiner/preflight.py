"""A look at a submission before anything of it is read by nbgrader or run."""

import json
from pathlib import Path

import nbformat

WRITTEN_BY_NBGRADER = {"timestamp.txt", "submission_secret.txt"}


def reason_not_to_grade(folder: Path, notebooks: list[str]) -> str | None:
    """Say why the submission in `folder` cannot be graded, or None.

    notebooks: the names that the assignment expects, without ".ipynb".
    """
    for name in notebooks:
        path = folder / f"{name}.ipynb"
        if not path.is_file():
            handed_in = sorted(
                file.name
                for file in folder.iterdir()
                if file.name not in WRITTEN_BY_NBGRADER
            )
            found = ", ".join(handed_in) or "nothing"
            return f"{path.name} is missing; handed in: {found}"
        try:
            notebook = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(notebook, dict) or "nbformat" not in notebook:
                return f"{path.name} is JSON, but not a notebook"
            nbformat.validate(
                nbformat.convert(nbformat.from_dict(notebook), 4)
            )
        except UnicodeDecodeError:
            return f"{path.name} is not a text file in UTF-8"
        except json.JSONDecodeError as error:
            return (
                f"{path.name} is not valid JSON: {error.msg} "
                f"(line {error.lineno}, column {error.colno})"
            )
        except (
            AttributeError,
            KeyError,
            TypeError,
            ValueError,
            nbformat.ValidationError,
        ) as error:
            first_line = str(error).splitlines()[0]
            return f"{path.name} is not a notebook: {first_line}"
    return None
