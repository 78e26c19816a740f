"""What became of a notebook, told in a terminal or in Validate's window."""

import textwrap
from collections.abc import Iterator
from html import escape

from nbconvert.filters import strip_ansi

from .exercise import Exercise, Part, State
from .sanitize import for_terminal

WIDTH = 88
INDENT = " " * 22
MOST_PRINTED = 8  # lines
PRINTED = "It printed:"
# What Validate says of a part that passes: hidden tests have not run.
PASSES = "passes"


def told(
    exercises: list[Exercise], *, is_graded: bool
) -> Iterator[tuple[State, Exercise, str, list[str]]]:
    """(state, exercise, why, lines printed) of each exercise, what is to mend first.

    A section of questions is told once for each state that questions in it have.
    """
    for state in State:
        for exercise in exercises:
            parts = exercise.in_state(state)
            if not parts:
                continue
            is_section = len(exercise.parts) > 1
            yield state, exercise, _why(parts, is_section, is_graded), _printed(parts)


def _why(parts: list[Part], is_section: bool, is_graded: bool) -> str:
    names = ", ".join(part.short for part in parts)
    reasons = [part for part in parts if part.reason and part.state is not State.UNWRITTEN]
    if not is_section:
        return strip_ansi(parts[0].reason) if reasons else ""
    if is_graded or not reasons:
        return names
    return "\n".join(f"{part.short}: {strip_ansi(part.reason)}" for part in reasons)


def _printed(parts: list[Part]) -> list[str]:
    """The last lines that were printed before a test failed, where that is one exercise's."""
    if len(parts) > 1 or parts[0].state is not State.WRONG:
        return []
    said = next((test.printed for test in parts[0].tests if test.printed), "")
    lines = [_cut(line) for line in strip_ansi(said).splitlines()]
    left_out = len(lines) - MOST_PRINTED
    if left_out > 0:
        return [f"… ({left_out} more lines before)", *lines[left_out:]]
    return lines


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"


def word_for(state: State, *, is_graded: bool) -> str:
    return PASSES if state is State.RIGHT and not is_graded else state.value


def as_text(exercises: list[Exercise], *, is_graded: bool, reasons: bool = True) -> str:
    """A block of lines for each exercise. reasons: say too what the tests say."""
    lines = []
    for state, exercise, why, printed in told(exercises, is_graded=is_graded):
        is_section = len(exercise.parts) > 1
        if state is State.RIGHT and is_section and exercise.state is not State.RIGHT:
            continue  # its other questions have been told
        if not reasons and not is_section:
            why = ""
        points = f": {exercise.points:g} of {exercise.maximum:g}" if is_graded else ""
        lines.append(f"{word_for(state, is_graded=is_graded):<20}  {exercise.title}{points}")
        lines += _wrapped(why)
        if printed and reasons:
            lines += [f"{INDENT}{PRINTED}", *(f"{INDENT}  {line}" for line in printed)]
        if is_graded and exercise.lessons and state is not State.RIGHT:
            lines += _wrapped(f"Reread {exercise.reread}.")
    return for_terminal("\n".join(lines))


def _wrapped(text: str) -> Iterator[str]:
    for paragraph in text.strip().splitlines():
        yield from textwrap.wrap(paragraph, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)


def summary(exercises: list[Exercise]) -> str:
    """How many parts pass what can be seen, and what that means."""
    parts = [part for exercise in exercises for part in exercise.parts]
    passed = sum(part.state is State.RIGHT for part in parts)
    waiting = sum(part.state is State.WAITING for part in parts)
    what = "exercises" if len(parts) == len(exercises) else "questions"
    text = f"{passed} of {len(parts)} {what} pass the tests that you can see."
    if waiting:
        text += f" {waiting} will be read by a person."
    if what == "questions":
        return text + " Which answers are right is said when your work is graded."
    return text + " When your work is graded, hidden tests ask the same of other numbers."


def as_html(exercises: list[Exercise], notes: list[str]) -> str:
    """The same for a window in a browser."""
    blocks = [f"<p><strong>{escape(summary(exercises))}</strong></p>"]
    blocks += [f"<p>{escape(note)}</p>" for note in notes]
    for state, exercise, why, printed in told(exercises, is_graded=False):
        word = escape(word_for(state, is_graded=False))
        said = "".join(f"<div>{escape(line)}</div>" for line in why.splitlines())
        if printed:
            text = escape("\n".join(printed))
            said += f'<div>{PRINTED}</div><div class="printed">{text}</div>'
        blocks.append(f"<section><h4>{escape(exercise.title)} <em>{word}</em></h4>{said}</section>")
    return "".join(blocks)
