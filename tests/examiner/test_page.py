"""What a student wrote is shown on the page, and never run there."""

from nbformat.v4 import new_raw_cell

from examiner.page import page

from .judged import graded, heading, notebook, solution

PLACE = {"notebook": "set", "student": "student01", "score": 0, "max_score": 1, "late_penalty": 0}
SCRIPT = "<script>alert(1)</script>"


def test_a_raw_cell_and_a_message_are_text():
    raw = new_raw_cell(SCRIPT, metadata={"examiner": "extra"})
    shown = page(
        notebook(
            heading("## Exercise 1 · Twice"),
            solution("twice", f"twice = '{SCRIPT}'", ("NameError", SCRIPT)),
            raw,
            graded("twice-a", ("AssertionError", f"`{SCRIPT}`")),
        ),
        PLACE,
    )
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3
