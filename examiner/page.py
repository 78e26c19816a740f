"""The feedback page: what a student reads. One file that needs no network and no script."""

import re
from functools import lru_cache
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbconvert.filters import strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from nbgrader.utils import is_solution
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from .cells import is_extra, is_test
from .exercise import Exercise, Part, State
from .formulas import with_mathml
from .outcome import exercises_of, title_of, without_headings

HERE = Path(__file__).parent
HEADING = re.compile(r"^(#{1,6})(?=[ \t])", re.MULTILINE)
PICTURE_WITHOUT_ALTERNATIVE = re.compile(r"<img(?=\s)(?![^<>]*\salt=)")
# Without a quotation mark: within an attribute it must not end that.
WITH_ALTERNATIVE = "<img alt=A&#32;picture&#32;without&#32;a&#32;description"
WIDE = re.compile(
    r'<math[^>]*display="(?P<display>block|inline)"[^>]*>.*?</math>|<table>.*?</table>', re.DOTALL
)
MAX_NARROW = 500  # characters of MathML
CODE = re.compile(r"`([^`\n]+)`")
MAX_TODO = 220  # characters of the first message, in the summary


class PageExporter(Exporter):
    """A graded notebook as a page, for `nbgrader generate_feedback` and for us."""

    file_extension = ".html"
    output_mimetype = "text/html"

    def from_notebook_node(self, nb, resources=None, **kw):
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        return page(nb, resources["nbgrader"]), resources


def page(notebook: NotebookNode, place: dict) -> str:
    """The page of a graded notebook. place: what nbgrader knows of it."""
    exercises = exercises_of(notebook)
    for exercise in exercises:
        exercise.rank = list(State).index(exercise.state)
        for part in exercise.parts:
            _prepare(part)
    placed = {id(cell) for ex in exercises for part in ex.parts for cell in part.cells}
    others = [cell for cell in notebook.cells if is_extra(cell) and id(cell) not in placed]
    for cell in others:
        cell.is_work = True
    notes = notebook.metadata.get("examiner", {})
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            title=title_of(notebook) or place["notebook"],
            student=f"{place['name']} ({place['student']})"
            if place.get("name")
            else place["student"],
            score=place["score"],
            max_score=place["max_score"],
            late_penalty=place["late_penalty"],
            exercises=exercises,
            others=others,
            notes=[
                *(f"repaired: {text}" for text in notes.get("repairs", [])),
                *notes.get("lost", []),
            ],
            style=Markup((HERE / "page.css").read_text(encoding="utf-8")),
        )
    )


def _prepare(part: Part):
    """Say of a part's cells what they are to the reader."""
    for number, cell in enumerate(part.cells):
        cell.is_work = is_solution(cell) or is_extra(cell)
        cell.is_question = not cell.is_work and not is_test(cell)
        if cell.cell_type == "markdown" and cell.is_question and number == 0:
            cell.source = without_headings(cell.source)
    part.by_hand = any(test.by_hand for test in part.tests)
    work = [cell for cell in part.cells if is_solution(cell)]
    part.is_question = part.answer is not None or (
        part.state is State.UNWRITTEN and len(part.tests) == 1 and _is_short(work)
    )
    # What a test prints after an empty line explains the answer.
    part.explanation = " ".join(part.tests[0].said.rpartition("\n\n")[2].split())


def _is_short(work):
    return all(cell.cell_type == "code" and len(cell.source) < 100 for cell in work)


@lru_cache(maxsize=1)
def _environment():
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True)
    environment.filters |= {
        "code": lambda source: Markup(_code(source)),
        "inline": lambda text: Markup(_inline(text)),
        "markdown": lambda cell: Markup(_markdown_cell(cell)),
        "message": _message,
        "number": lambda value: f"{round(value, 2):g}",
        "plain": strip_ansi,
        "text": lambda text: Markup(_markdown(escape(text, quote=False))),
        "todo": _todo,
    }
    return environment


def _message(text: str) -> Markup:
    """A message of a test: plain text, but for `names` in it."""
    return Markup(CODE.sub(r"<code>\1</code>", escape(strip_ansi(text), quote=False)))


def _todo(exercise: Exercise) -> str:
    """What to do about an exercise, in a line."""
    if len(exercise.parts) == 1:
        (part,) = exercise.parts
        said = strip_ansi(part.reason)
        return said if len(said) <= MAX_TODO else said[: MAX_TODO - 1].rsplit(" ", 1)[0] + " …"
    open_states = [state for state in State if state is not State.RIGHT]
    said = []
    for state in open_states:
        names = ", ".join(part.short for part in exercise.in_state(state))
        if names:
            said.append(f"{state.value}: {names}" if state is not exercise.state else names)
    return "; ".join(said) + "." if said else ""


@lru_cache(maxsize=500)
def _code(source):
    return highlight(source, PythonLexer(), HtmlFormatter(nowrap=True))


@lru_cache(maxsize=500)
def _inline(text):
    """A heading as HTML: Markdown, but no paragraph."""
    return re.sub(r"^<p>|</p>\s*$", "", _markdown(text))


def rendered(markdown: str, attachments=None) -> Markup:
    """Markdown that was cleaned as HTML, its formulas as MathML. attachments: its pictures."""
    return Markup(_markdown(with_mathml(markdown), attachments))


def _markdown_cell(cell):
    if cell.get("attachments"):
        return _markdown(cell.source, cell.attachments)
    return _cached_markdown(cell.source)


@lru_cache(maxsize=2000)
def _cached_markdown(source):
    return _markdown(source)


def _markdown(source, attachments=None):
    # The page's own headings end at the fourth level.
    source = HEADING.sub(lambda found: "#" * max(4, len(found[1])), source)
    renderer = IPythonRenderer(
        escape=False, attachments=attachments or {}, exclude_anchor_links=True
    )
    html = with_alternatives(MarkdownWithMath(renderer=renderer).render(source))
    return WIDE.sub(_scrollable, html)


def _scrollable(found):
    """What may be wider than a phone can be scrolled, by keyboard too."""
    if found["display"] == "inline" and len(found[0]) < MAX_NARROW:
        return found[0]
    tag, how = ("span", "wide inline") if found["display"] == "inline" else ("div", "wide")
    return f'<{tag} class="{how}" tabindex="0">{found[0]}</{tag}>'


def with_alternatives(page: str) -> str:
    """Give each picture of a page a text for those who cannot see it."""
    return PICTURE_WITHOUT_ALTERNATIVE.sub(WITH_ALTERNATIVE, page)
