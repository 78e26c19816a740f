"""What became of a notebook that was run: exercise by exercise, part by part.

Feedback pages, Validate and `examiner check` all tell it from here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution

from .cells import ANSWERED_BELOW, bound, is_extra, is_readable, is_test, literals, tag_of
from .exercise import Exercise, Part, State, Test
from .questions import is_impossible, options_in

HEADING = re.compile(r"(#{1,6})[ \t]+(.+)")
POINTS_IN_TITLE = re.compile(r"\s*\(\d+(?:\.\d+)? points?\)$")
LESSONS = re.compile(
    r"\blessons? (\d{1,3}(?:(?:, | and |, and | to |–)\d{1,3})*)\b", re.ASCII | re.IGNORECASE
)
RANGE = re.compile(r"(\d+)(?:(?: to |–)(\d+))?")
BINDS = re.compile(r"^(?:(?:async )?def|class) (\w+)|^(\w+) *=", re.MULTILINE)
STUB = re.compile(r"^[ \t]*raise NotImplementedError", re.MULTILINE)
SYNTAX_ERRORS = {"SyntaxError", "IndentationError", "TabError"}
SPEAKS_FOR_ITSELF = {"AssertionError", "HiddenTest", "NotImplementedError"}
WHERE = re.compile(r"^(.*) \(.*, line ([0-9]{1,9})\)$", re.DOTALL)
MISSING_NAME = re.compile(r"name '(\w+)' is not defined")
LEFT_BEHIND = (
    "`raise NotImplementedError` is still there, and Python stops at it: delete that line of the "
    "stub. Your own work is not judged before."
)


def exercises_of(notebook: NotebookNode, *, is_graded: bool = True) -> list[Exercise]:
    """The exercises of a notebook that was run, in its order.

    Points are those of the gradebook, where GetStanding has put them into the cells.
    is_graded: the hidden tests ran too; without them, to pass says little of a question.
    """
    drafts = list(_drafts(notebook))
    needed = _lessons(next(_texts(notebook.cells), ""))
    exercises: dict[str, Exercise] = {}
    for draft in drafts:
        part = _part(draft, drafts, is_graded)
        exercise = exercises.setdefault(part.exercise, Exercise(part.exercise, "", []))
        exercise.parts.append(part)
    for exercise in exercises.values():
        exercise.title = _title(exercise)
        for part in exercise.parts:
            part.lessons = part.lessons or _lessons(exercise.title) or needed
    return list(exercises.values())


def title_of(notebook: NotebookNode) -> str | None:
    """Its first heading."""
    for text in _texts(notebook.cells):
        found = HEADING.match(text)
        if found:
            return found[2].strip()
    return None


def without_headings(text: str) -> str:
    """A text without the headings that it begins with."""
    while found := HEADING.match(text.lstrip()):
        text = text.lstrip()[found.end() :]
    return text.strip()


@dataclass
class _Draft:
    """The cells of a part, before it is said how it stands."""

    path: tuple[str, ...]
    cells: list[NotebookNode] = field(default_factory=list)

    @property
    def work(self):
        return [cell for cell in self.cells if is_solution(cell)]

    @property
    def graded(self):
        return [cell for cell in self.cells if is_grade(cell)]

    @property
    def options(self):
        return options_in("\n".join(_texts(self.cells)))


def _drafts(notebook) -> Iterator[_Draft]:
    draft, levels = _Draft(()), {}
    for cell in notebook.cells:
        is_heading = False
        if cell.cell_type == "markdown" and not is_solution(cell) and not is_extra(cell):
            text = cell.source.lstrip()
            while found := HEADING.match(text):
                is_heading = True
                level = len(found[1])
                levels = {key: levels[key] for key in levels if key < level}
                levels[level] = POINTS_IN_TITLE.sub("", found[2].strip())
                text = text[found.end() :].lstrip()
        starts_anew = is_heading and (draft.graded or not draft.work)
        follows = draft.graded and is_solution(cell) and draft.work and not is_heading
        if starts_anew or (follows and not _goes_on(draft, cell)):
            if draft.graded:
                yield draft
            draft = _Draft(tuple(levels[key] for key in sorted(levels)))
        draft.cells.append(cell)
    if draft.graded:
        yield draft


def _goes_on(draft, cell):
    """Whether a solution cell belongs to the exercise whose tests stand above it."""
    name = tag_of(cell).get("grade_id", "")
    return _exercise(name) == _exercise(tag_of(draft.graded[-1]).grade_id)


def _exercise(grade_id):
    return grade_id.split("-")[0]


def _part(draft, drafts, is_graded) -> Part:
    tests = [_test(cell) for cell in draft.graded]
    part = Part(
        exercise=_exercise(tests[0].name),
        title=draft.path[-1] if len(draft.path) > 1 else "",
        above=draft.path[:-1],
        cells=draft.cells,
        tests=tests,
        state=State.RIGHT,
        comments=[
            comment
            for cell in draft.cells
            if (comment := tag_of(cell).get("comment")) and comment != "No response."
        ],
        options=draft.options,
    )
    part.state, part.reason = _judge(draft, tests, drafts, is_graded)
    said = " ".join([part.reason, *(test.said for test in tests if not test.is_passed)])
    part.lessons = _lessons(said) or _lessons("\n".join(_texts(draft.cells)))
    return part


def _title(exercise):
    """The heading above all its parts, but for the notebook's own."""
    if len(exercise.parts) == 1:
        (part,) = exercise.parts
        return (*part.above[1:], part.title, exercise.name)[0] or exercise.name
    common = []
    for headings in zip(*(part.above for part in exercise.parts), strict=False):
        if len(set(headings)) > 1:
            break
        common.append(headings[0])
    return common[-1] if len(common) > 1 else exercise.name


def _test(cell) -> Test:
    tag = tag_of(cell)
    by_hand = not is_test(cell)
    if "score" in tag:
        points, maximum = tag.score, tag.points
    else:
        points, maximum = determine_grade(cell)
    test = Test(tag.grade_id, "", points or 0, maximum, by_hand=by_hand or points is None)
    if cell.cell_type == "code":
        test.about = _leading_comment(cell.source)
        failed = _error(cell)
        if failed and not test.is_passed:
            name, text = failed
            test.said = (
                text if name in {"AssertionError", "NotImplementedError"} else f"{name}: {text}"
            )
            test.printed = _printed(cell)
        else:
            test.said = _printed(cell)
    return test


def _leading_comment(source):
    lines = []
    for line in source.strip().splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# "))
    return "" if lines and lines[0].startswith("YOUR") else " ".join(lines)


def _printed(cell):
    return "".join(o.text for o in cell.outputs if o.output_type == "stream").strip()


def _error(cell):
    """(kind, message) of the error that a cell ended in, or None."""
    if cell.cell_type != "code":
        return None
    for output in cell.outputs:
        if output.output_type == "error":
            return output.ename, output.evalue
    return None


def _judge(draft, tests, drafts, is_graded) -> tuple[State, str]:
    """How a part stands, and why."""
    open_tests = [test for test in tests if not test.is_passed]
    waiting = any(_waits(cell) for cell in draft.graded)
    machine = [test for test in open_tests if not test.by_hand]
    answers = _answers(draft)
    is_unanswered = bool(answers) and all(answer is None for answer in answers.values())
    if not is_graded and is_unanswered:
        return State.UNWRITTEN, ""
    if not is_graded and (reason := _impossible(draft, answers)):
        return State.WRONG, reason
    if not open_tests and not waiting:
        return State.RIGHT, ""
    if all(map(_is_untouched, draft.work)) and draft.work:
        return State.UNWRITTEN, ""
    if not machine:
        return (State.WAITING, "") if waiting else (State.WRONG, "")
    own = _own_error(draft)
    if own:
        return State.WRONG, own
    first = next(c for c, t in zip(draft.graded, tests, strict=True) if t is machine[0])
    error = _error(first)
    if error and error[0] == "NotImplementedError":
        if any(STUB.search(cell.source) for cell in draft.work):
            return State.WRONG, LEFT_BEHIND
        if not any(_is_literal(cell) for cell in draft.work):
            return _blocked_by_stub(error[1], draft, drafts) or (State.WRONG, machine[0].said)
        return State.UNWRITTEN, machine[0].said
    missing = error and MISSING_NAME.search(error[1])
    if missing:
        return _blocked(missing[1], draft, drafts) or (
            State.WRONG,
            f"`{missing[1]}` is not there. Is it called so in your cell, and does that cell run?",
        )
    if is_unanswered:
        return State.UNWRITTEN, ""
    return State.WRONG, machine[0].said


def _answers(draft):
    """What the part's answer cells assign, by name; empty where one is more than values."""
    own = [cell for cell in draft.work if cell.cell_type == "code"]
    if not own or not all(map(_is_literal, own)):
        return {}
    names = {name for cell in own for name in literals(cell.source)}
    answers = {}
    for cell in draft.cells:
        if cell.cell_type == "code" and not is_grade(cell):
            values = literals(cell.source) or dict.fromkeys(bound(cell.source), ...)
            answers |= {name: value for name, value in values.items() if name in names}
    return answers


def _impossible(draft, answers):
    """What is wrong with an answer that the question does not offer, whichever is right."""
    if len(answers) != 1:
        return ""
    (answer,), options = answers.values(), draft.options
    if answer is None or not is_impossible(answer, options):
        return ""
    return f"{answer!r:.40} is none of {', '.join(options)}. Write one of these letters in quotes."


def _is_literal(cell):
    return cell.cell_type == "code" and literals(cell.source) is not None


def _waits(cell):
    """Whether a person has still to grade a cell."""
    return tag_of(cell).get("waits", not is_test(cell) and "score" not in tag_of(cell))


def _is_untouched(cell):
    """As it was handed out."""
    same = tag_of(cell).get("checksum") == compute_checksum(cell)
    return same and cell.metadata.get("examiner") != ANSWERED_BELOW


def _own_error(draft):
    """What is wrong with the student's own cells, before any test."""
    for cell in draft.work:
        error = _error(cell)
        if error is None:
            continue
        name, text = error
        if name not in SYNTAX_ERRORS:
            return f"Your cell stops with {name}: {text}"
        where = WHERE.match(text)
        message, number = (where[1], int(where[2])) if where else (text, 0)
        lines = cell.source.splitlines()
        line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
        place = f" in line {number} of your cell: `{line}`" if line else ""
        return f"{name}{place} ({message}). Python cannot read the cell, so nothing of it counts."
    return None


def _blocked(name, draft, drafts):
    for other in drafts:
        for cell in other.work:
            if cell.cell_type == "code" and name in _binds(cell.source) and other is not draft:
                why = "does not run yet" if _error(cell) else "is not written yet"
                return (
                    State.BLOCKED,
                    f"It uses `{name}`, and {_where(other)} {why}: mend that first.",
                )
    return None


def _blocked_by_stub(message, draft, drafts):
    for other in drafts:
        if other is not draft and any(message in cell.source for cell in other.work):
            return State.BLOCKED, f"It uses what {_where(other)} asks for: write that first."
    return None


def _where(draft):
    return (
        f"“{draft.path[-1]}”"
        if len(draft.path) > 1
        else _exercise(tag_of(draft.graded[0]).grade_id)
    )


def _binds(source):
    """The names that a cell binds; of one that cannot be read, those that it seems to."""
    if is_readable(source):
        return bound(source)
    return {a or b for a, b in BINDS.findall(source)}


def _texts(cells) -> Iterator[str]:
    """The instructor's texts."""
    for cell in cells:
        if cell.cell_type == "markdown" and not is_solution(cell) and not is_extra(cell):
            yield cell.source.lstrip()


def _lessons(text):
    """Numbers of the lessons that a text names: "07 to 09" names three."""
    numbers = set()
    for named in LESSONS.findall(text):
        for first, last in RANGE.findall(named):
            for number in range(int(first), int(last or first) + 1):
                numbers.add(str(number).zfill(len(first)))
    return sorted(numbers, key=int)
