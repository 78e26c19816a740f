"""What is told of each exercise: its state, and the reason that helps."""

import pytest
from nbformat.v4 import new_markdown_cell

from examiner.exercise import State
from examiner.outcome import LEFT_BEHIND, exercises_of
from examiner.tell import as_text

from .judged import graded, heading, notebook, solution

NOT_WRITTEN = ("NotImplementedError", "twice is not written yet")
WORK = "def twice(x):\n    return x + x"


def only_part(*cells):
    (exercise,) = exercises_of(notebook(heading("## Exercise 1 · Twice (2 points)"), *cells))
    (part,) = exercise.parts
    return part


def test_right_work_is_right():
    part = only_part(solution("twice", WORK), graded("twice-a"), graded("twice-b"))
    assert (part.state, part.points, part.maximum) == (State.RIGHT, 2, 2)
    assert part.title == "Exercise 1 · Twice"  # the points stand beside it


def test_the_first_message_is_the_reason():
    part = only_part(
        solution("twice", WORK),
        graded("twice-a"),
        graded("twice-b", ("AssertionError", "Twice 3 is 6.")),
        graded("twice-c", ("AssertionError", "Twice 4 is 8.")),
    )
    assert (part.state, part.reason, part.points) == (State.WRONG, "Twice 3 is 6.", 1)


def test_another_kind_of_error_is_named():
    part = only_part(solution("twice", WORK), graded("twice-a", ("TypeError", "no text")))
    assert part.reason == "TypeError: no text"


def test_what_is_as_it_was_handed_out_is_not_written_yet():
    part = only_part(solution("twice"), graded("twice-a", NOT_WRITTEN))
    assert (part.state, part.reason) == (State.UNWRITTEN, "")


def test_what_it_printed_before_it_failed_is_told_with_the_reason():
    wrong = graded("twice-b", ("AssertionError", "Twice 3 is 6."), "x: 3\n" + 200 * "y")
    cells = [solution("twice", WORK), graded("twice-a", printed="fine"), wrong]
    exercises = exercises_of(notebook(heading("## Exercise 1 · Twice"), *cells))
    lines = as_text(exercises, is_graded=True).splitlines()
    assert [line.strip() for line in lines[1:4]] == ["Twice 3 is 6.", "It printed:", "x: 3"]
    assert len(lines[4]) < 120
    assert "fine" not in "".join(lines)
    assert "x: 3" not in as_text(exercises, is_graded=True, reasons=False)


QUESTION = "### Question q1\n\nWhich?\n\n- **A** this\n- **B** that\n- **C** neither"
LIST = "### Question q1\n\n- A layer\n- B, its bias\n- E, the error"


@pytest.mark.parametrize(
    ("text", "answer", "is_graded", "state", "reason"),
    [
        (QUESTION, "'E'", False, State.WRONG, "'E' is none of A, B, C."),
        (QUESTION, "'this'", False, State.WRONG, "'this' is none of A, B, C."),
        (QUESTION, "''", False, State.WRONG, "'' is none of A, B, C."),
        (QUESTION, "2", False, State.WRONG, "2 is none of A, B, C."),
        (QUESTION, "'B'", False, State.RIGHT, ""),
        (QUESTION, "' (c). '", False, State.RIGHT, ""),
        (QUESTION, "'AC'", False, State.RIGHT, ""),  # it may ask for several
        (QUESTION, "None", False, State.UNWRITTEN, ""),
        (QUESTION, "'E'", True, State.RIGHT, ""),  # its test has judged
        (LIST, "'D'", False, State.RIGHT, ""),
    ],
)
def test_a_letter_that_no_option_has_is_said(text, answer, is_graded, state, reason):
    cells = [heading(text), solution("q1", f"q1 = {answer}"), graded("q1-a")]
    (exercise,) = exercises_of(notebook(*cells), is_graded=is_graded)
    (part,) = exercise.parts
    assert part.state is state
    assert part.reason.startswith(reason)
    assert bool(part.reason) == bool(reason)


def test_a_stub_left_under_the_work_has_its_own_message():
    left = "def twice(x):\n    y = x + x\n    raise NotImplementedError('twice is not written yet')"
    part = only_part(solution("twice", left), graded("twice-a", NOT_WRITTEN))
    assert (part.state, part.reason) == (State.WRONG, LEFT_BEHIND)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("SyntaxError", "expected ':' (<cell 4>, line 1)", "line 1 of your cell: `def twice(x)`"),
        ("IndentationError", "unexpected indent (x.py, line 2)", "line 2 of your cell: `return x`"),
    ],
)
def test_a_syntax_error_is_named_with_its_line(name, text, expected):
    part = only_part(
        solution("twice", "def twice(x)\n    return x", (name, text)),
        graded("twice-a", ("NameError", "name 'twice' is not defined")),
    )
    assert part.state is State.WRONG
    assert part.reason.startswith(name)
    assert expected in part.reason


def test_what_another_exercise_breaks_could_not_be_checked():
    broken = ("SyntaxError", "expected ':' (<cell 4>, line 1)")
    exercises = exercises_of(
        notebook(
            heading("## Exercise 1 · Twice"),
            solution("twice", "def twice(x)\n    return x", broken),
            graded("twice-a", ("NameError", "name 'twice' is not defined")),
            heading("## Exercise 2 · Four times"),
            solution("four", "def four(x):\n    return twice(twice(x))"),
            graded("four-a", ("NameError", "name 'twice' is not defined")),
            heading("## Exercise 3 · Eight times"),
            solution("eight", "def eight(x):\n    return 2 * sixteen(x)"),
            graded("eight-a", ("NotImplementedError", "sixteen is not written yet")),
            heading("## Exercise 4 · Sixteen times"),
            solution("sixteen"),
            graded("sixteen-a", ("NotImplementedError", "sixteen is not written yet")),
        )
    )
    states = [exercise.state for exercise in exercises]
    assert states == [State.WRONG, State.BLOCKED, State.BLOCKED, State.UNWRITTEN]
    assert "“Exercise 1 · Twice” does not run yet" in exercises[1].parts[0].reason


def question(name, answer, points, printed=""):
    return [
        heading(f"### Question {name}\n\nTrue?\n\n- **A** yes\n- **B** no"),
        solution(name, f"{name} = {answer!r}"),
        graded(f"lesson_01-{name}", value=str(points), printed=printed),
    ]


def test_questions_are_parts_of_their_section():
    (exercise,) = exercises_of(
        notebook(
            heading("## Lesson 01 · Why memory"),
            *question("q01a", "A", 1),
            *question("q01b", "B", 0, "Look at the order: lesson 03."),
            *question("q01c", None, 0, "Not answered."),
        )
    )
    assert (exercise.title, exercise.points, exercise.maximum) == ("Lesson 01 · Why memory", 1, 3)
    assert [part.state for part in exercise.parts] == [
        State.RIGHT,
        State.WRONG,
        State.UNWRITTEN,
    ]
    assert [part.answer for part in exercise.parts] == ["A", "B", None]
    assert exercise.parts[1].lessons == ["03"]  # as its explanation says
    assert exercise.parts[2].lessons == ["01"]  # as the heading above says


def test_where_nothing_names_a_lesson_the_set_does():
    part = only_part(solution("twice"), graded("twice-a", NOT_WRITTEN))
    assert part.lessons == ["09"]


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("lesson 03", "lesson 03"),
        ("lessons 08 and 11", "lessons 08 and 11"),
        ("lessons 07 to 12", "lessons 07 to 12"),
        ("Lessons 07–08, and lesson 11", "lessons 07, 08 and 11"),
        ("lessons 02, 09 to 11, and 05", "lessons 02, 05 and 09 to 11"),
        ("lessons 01 to 03 and 05 to 07", "lessons 01 to 03 and 05 to 07"),
        ("lessons 8 to 11", "lessons 8 to 11"),
        ("lessons 1 to 999999999, lesson 12", "lessons 1 and 12"),  # no such lesson
    ],
)
def test_lessons_to_reread_are_told_as_a_sentence_says_them(named, told):
    failed = ("AssertionError", f"Twice 3 is 6: {named}.")
    (exercise,) = exercises_of(
        notebook(heading("## Exercise 1"), solution("twice", WORK), graded("twice-a", failed))
    )
    assert f"Reread {told}." in as_text([exercise], is_graded=True)


def test_a_written_answer_waits_for_a_person_until_it_is_graded():
    def state(**known):
        cell = solution("essay", "It remembers.", make=new_markdown_cell)
        cell.metadata.nbgrader.update(known)
        return only_part(cell).state

    assert state() is State.WAITING
    assert state(score=0, waits=True) is State.WAITING
    assert state(score=3, waits=False) is State.WRONG
    assert state(score=4, waits=False) is State.RIGHT


def test_without_headings_each_solution_begins_a_part():
    exercises = exercises_of(
        notebook(
            solution("twice", WORK),
            graded("twice-a"),
            solution("four"),
            graded("four-a", ("NotImplementedError", "four is not written yet")),
        )
    )
    assert [(e.title, e.state) for e in exercises] == [
        ("twice", State.RIGHT),
        ("four", State.UNWRITTEN),
    ]
