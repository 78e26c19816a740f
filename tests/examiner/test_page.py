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


def test_what_a_failed_test_printed_is_folded_below_its_message():
    shown = page(
        notebook(
            heading("## Exercise 1 · Twice"),
            solution("twice", "def twice(x):\n    return x"),
            graded("twice-a", ("AssertionError", "not twice"), printed="for 3 it gave 3"),
            graded("twice-b", printed="twice 0 is right"),
        ),
        PLACE,
    )
    said, printed = shown.index("not twice</p>"), shown.index("<pre>for 3 it gave 3</pre>")
    assert "<summary>What it printed</summary>" in shown[said:printed]
    assert shown.count("twice 0 is right") == 1
