"""Validate tells by exercise, and shows no test."""

import io
import re

import nbformat
import pytest
from nbgrader.validator import Validator
from traitlets.config import Config

import examiner

from .judged import graded, heading, notebook, solution
from .vs_code import save_as_vs_code

RIGHT = "def twice(x):\n    import sys\n    print('hm', file=sys.stderr)\n    return x + x"
SECRET = "assert twice(3) == 6, 'Twice 3 is 6.'  # the source of a test"
CHATTY = "def fifth(x):\n    for i in range(9):\n        print('<x>', i, 'y' * 99)\n    return x"
QUESTION = "## Question {}\n\nWhich?\n\n- **A** this\n- **B** that\n- **C** neither"


@pytest.fixture(scope="module")
def validator(tmp_path_factory):
    """A Validator of a course that is switched on, and a notebook with all sorts of work."""
    examiner.switch_on(Config())
    path = tmp_path_factory.mktemp("validate") / "set.ipynb"
    nbformat.write(
        notebook(
            heading("## Exercise 1 · Twice"),
            solution("twice", RIGHT),
            graded("twice-a", source=SECRET),
            heading("## Exercise 2 · Half"),
            solution("half", "def half(x)\n    return x / 2"),
            graded("half-a", source="assert half(4) == 2, 'Half of 4 is 2.'"),
            heading("## Exercise 3 · Third"),
            solution("third"),
            graded("third-a", source="third(3)"),
            heading("## Exercise 4 · <Quarter>"),
            solution("quarter", "def quarter(x):\n    return x"),
            graded("quarter-a", source="assert quarter(4) == 1, 'Is 4 < 1 & more?'"),
            heading("## Exercise 5 · Fifth"),
            solution("fifth", CHATTY),
            graded("fifth-a", source="print('asked')\nassert fifth(5) == 1, 'A fifth of 5 is 1.'"),
            heading(QUESTION.format("q1")),
            solution("q1", "q1 = 'E'"),
            graded("q1-a", source="print(q1)"),
            heading(QUESTION.format("q2")),
            solution("q2", "q2 = 'AC'"),
            graded("q2-a", source="print(q2)"),
        ),
        path,
    )
    return Validator(config=Config()), path


def test_the_window_tells_by_exercise_what_is_to_mend_first(validator):
    validator, path = validator
    (told,) = validator.validate(str(path))["failed"]
    said = told["error"]
    order = [said.index(f"Exercise {number}") for number in (2, 4, 5, 3, 1)]
    assert order == sorted(order)
    assert "2 of 7 exercises pass" in said  # in spite of its standard error
    assert "SyntaxError in line 1 of your cell: `def half(x)`" in said
    assert "Is 4 &lt; 1 &amp; more?" in said
    assert "<Quarter>" not in said
    assert "hidden tests" in said
    assert "assert" not in said + told["source"] + told["raw_error"]


def test_what_was_printed_before_a_test_failed_is_shown(validator):
    validator, path = validator
    (told,) = validator.validate(str(path))["failed"]
    text = told["raw_error"]
    assert "A fifth of 5 is 1.\n" in text
    shown = text[text.index("It printed:") :].splitlines()
    assert shown[1].strip() == "… (2 more lines before)"
    assert [line.split()[:2] for line in shown[2:10]] == [["<x>", str(i)] for i in range(1, 9)]
    assert max(map(len, shown[:10])) < 120
    assert text.count("It printed:") == 1
    assert '<div class="printed">… (2 more lines before)\n&lt;x&gt; 1 yyy' in told["error"]


def test_a_letter_that_no_option_has_is_said(validator):
    validator, path = validator
    text = validator.validate(str(path))["failed"][0]["raw_error"]
    assert re.search("to mend +Question q1\n +'E' is none of A, B, C. Write one of these", text)
    assert re.search(r"passes +Question q2\b", text)


def test_the_terminal_says_the_same_of_what_vs_code_saved(validator):
    validator, path = validator
    validator.stream = io.StringIO()
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[3].source += "\npass"
    nbformat.write(notebook, path)
    save_as_vs_code(path)
    validator.validate_and_print(str(path))
    said = validator.stream.getvalue()
    assert "to mend               Exercise 2 · Half\n" in said
    assert "The test twice-a was changed" in said
    assert "q2: 'AC' is more than one letter. Where one answer is asked for" in said
    assert "# the source of a test" not in said
