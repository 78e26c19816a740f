"""Validate, the student's button and `nbgrader validate`: told by exercise.

nbgrader's own shows the source of each test that fails, and takes standard error for
failure. It has no setting for either, so `switch_on` puts these in its place.
"""

import os
import re

from nbformat import current_nbformat
from nbformat import read as read_notebook
from nbgrader.preprocessors import CheckCellMetadata
from nbgrader.utils import chdir, compute_checksum, is_grade, is_solution
from nbgrader.validator import Validator

from .cells import grade_id_of, is_test, tag_of
from .exam import Run
from .outcome import exercises_of
from .questions import letter_of
from .rehearsal import value_of
from .score import settle_scores
from .tell import as_html, as_text, summary

# The window of the button shows a list of cells that failed; ours is no such list.
STYLE = """<style>
#validation-message > div:not(:last-child) { display: none }
#validation-message pre { white-space: normal; font-family: var(--jp-ui-font-family); }
#validation-message .printed { border-left: 3px solid; font-family: var(--jp-code-font-family);
  margin: 0.3em 0; overflow-wrap: anywhere; padding-left: 0.7em; white-space: pre-wrap; }
#validation-message section { margin: 0.8em 0; }
#validation-message h4 { font-size: 1em; margin: 0; }
#validation-message em { font-style: normal; font-weight: 400; opacity: 0.8; }
#validation-message em::before { content: "· "; }
</style>"""

NUMBER = r"([-+]?[0-9.]+(?:e[-+]?[0-9]+)?)"
NUMBER_OF_NUMPY = re.compile(rf"np\.[a-z]+[0-9]*\('?{NUMBER}'?\)")
ARRAY_OF_ONE = re.compile(rf"array\(\[*{NUMBER}\]*(?:, dtype=[a-z0-9]+)?\)")


def replace_validator():
    """Let nbgrader's Validator tell by exercise."""
    Validator.validate = _for_the_window
    Validator.validate_and_print = _for_the_terminal


def _for_the_window(self, filename):
    exercises, notes = _validated(self, filename)
    told = {
        "source": "",
        "error": STYLE + as_html(exercises, notes),
        "raw_error": as_text(exercises, is_graded=False),
    }
    return {"failed": [told]}


def _for_the_terminal(self, filename):
    exercises, notes = _validated(self, filename)
    lines = [summary(exercises), *notes, "", as_text(exercises, is_graded=False)]
    self.stream.write("\n".join(lines) + "\n")


def _validated(validator, filename):
    """The exercises of a notebook that was run from the top, and what else is to be said."""
    folder, name = os.path.split(os.path.abspath(filename))
    with chdir(folder):
        notebook = read_notebook(name, as_version=current_nbformat)
        notes = list(_changes(notebook))
        # An answer cell that was copied with its tag is no reason to say nothing.
        validator.preprocessors = [
            room for room in validator.preprocessors if room is not CheckCellMetadata
        ]
        notebook = validator._preprocess(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    failed = [any(o.output_type == "error" for o in cell.outputs) for cell in code]
    for cell in code:
        _show_numbers(cell)
    values = {grade_id_of(cell): value_of(cell) for cell in code if is_test(cell)}
    shown = [cell.outputs for cell in code]
    settle_scores(notebook, Run(shown, failed, reserved=[False] * len(code)), values)
    exercises = exercises_of(notebook, is_graded=False)
    return exercises, [*notes, *_several_letters(exercises)]


def _several_letters(exercises):
    """Answers of more than one letter, which may be what a question asks for, or not."""
    for part in (part for exercise in exercises for part in exercise.parts):
        letters = letter_of(part.answer or "")
        if len(letters) > 1 and set(letters) <= set(part.options):
            answer = f"{part.short}: {part.answer!r:.40} is more than one letter."
            yield f"{answer} Where one answer is asked for, it counts as none."


def _show_numbers(cell):
    """A number of NumPy's as the number that it is: so it is read when work is graded."""
    for output in cell.outputs:
        if output.output_type == "execute_result":
            text = output.data.get("text/plain", "")
            found = NUMBER_OF_NUMPY.fullmatch(text) or ARRAY_OF_ONE.fullmatch(text)
            if found:
                output.data["text/plain"] = found[1]


def _changes(notebook):
    """What a student has changed without meaning to, in words."""
    if not any(map(grade_id_of, notebook.cells)):
        yield (
            "This notebook has lost its tags, so its tests cannot be told from other cells. "
            "It is graded all the same."
        )
    for cell in notebook.cells:
        tag = tag_of(cell)
        if not (is_grade(cell) or is_solution(cell)):
            continue
        kind = tag.get("cell_type") or (None if is_grade(cell) else "code")
        if kind and kind != cell.cell_type:
            yield f"{grade_id_of(cell)} has become a {cell.cell_type} cell: make it {kind} again."
        elif is_test(cell) and "checksum" in tag and tag.checksum != compute_checksum(cell):
            yield f"The test {grade_id_of(cell)} was changed: it is graded as it was handed out."
