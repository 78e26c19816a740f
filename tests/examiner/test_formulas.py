"""Formulas of feedback pages are drawn without a network."""

import re

import nbformat
import pytest
from latex2mathml.converter import convert

from examiner.formulas import FormulasAsMathML
from examiner.sanitize import clean_mathml


def shown(markdown):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(markdown)])
    converted, _ = FormulasAsMathML().preprocess(notebook, {})
    return converted.cells[0].source


@pytest.mark.parametrize(
    ("markdown", "display"),
    [("so $h_t$ is", "inline"), ("$$\nh_t = \\tanh(x)\n$$", "block")],
)
def test_a_formula_becomes_mathml(markdown, display):
    page = shown(markdown)
    assert f'display="{display}"' in page
    assert "<msub><mi>h</mi><mi>t</mi></msub>" in page
    assert "$" not in page


@pytest.mark.parametrize(
    "markdown",
    [
        "`a $ b $ c`",
        "```\ncost = $5 + $6\n```",
        "from 5$ to 6$",
        "it costs $5 or $6",
        r"\$x\$",
        r"LaTeX that is wrong, $x_1_2$, stays",
    ],
)
def test_what_is_no_formula_stays(markdown):
    assert shown(markdown) == markdown


@pytest.mark.parametrize(
    "latex",
    [
        r"\DeclareMathOperator{\x}{<img/src=x/onerror=alert(1)>}\x",
        r"\unicode{3c;<svg/onload=alert(1)>}",
        r"\operatorname{<script>alert(1)</script>}",
        r"\href{https://example.org}{x}",
        r"\style{position:fixed}{x}",
    ],
)
def test_a_formula_is_no_way_to_html(latex):
    """Whatever the converter makes of it."""
    page = clean_mathml(convert(latex))
    for word in ("<img", "<script", "<svg", "href", "style"):
        assert word not in page


def test_a_sign_in_a_formula_is_no_markdown():
    page = shown(r"$\text{a_b} * c * d$")
    assert not set("*_[]") & set(page)
    assert page.count("&#42;") == 2


@pytest.mark.parametrize(
    "bomb",
    [
        r"$\def\a{\b\b}\def\b{\c\c}\def\c{x}\a$",
        r"$\def1{{2}{2}}\def2{x}1$",
        r"$\newenvironment{a}{\begin{b}\end{b}}{}\begin{a}\end{a}$",
    ],
)
def test_a_formula_that_doubles_itself_is_left_as_it_is(bomb):
    assert shown(bomb) == bomb


@pytest.mark.parametrize(
    "formula",
    [
        *(r"\raise{40em}{x}", r"\lower{40em}{x}", r"\moveleft 30em x", r"\mathllap{x}"),
        *(r"\hspace{-30em}x", r"x\kern-30em y", r"\!\!\!x", r"\rlap{x}y", r"x\hskip 999em y"),
        *(r"\smash{\begin{matrix}a\\b\\c\end{matrix}}", r"\rule{30em}{400em}"),
    ],
)
def test_a_formula_stays_where_it_stands(formula):
    """Else it could be written over a score."""
    page = shown(f"${formula}$")
    assert page.startswith("<math")
    moved = r'(?:depth|height|lspace|rspace|voffset|width)="(?![0-9.]{1,5}em")[^"]*"'
    assert not re.search(moved, page)
    assert not re.search(r"voffset|<mpadded [^>]", page)


@pytest.mark.parametrize(
    ("formula", "room"),
    [(r"a\quad b", 'width="1em"'), (r"a\,b", 'width="0.167em"'), (r"\big| x", 'minsize="1.2em"')],
)
def test_the_usual_room_in_a_formula_stays(formula, room):
    assert room in convert(formula)
    assert room in shown(f"${formula}$")
