"""Feedback pages must show their formulas without a network.

nbconvert's pages fetch MathJax to draw LaTeX. MathML needs nothing: every
browser since 2023 draws it.
"""

import re
from functools import lru_cache

from latex2mathml.converter import convert
from nbgrader.preprocessors import NbGraderPreprocessor

from .sanitize import clean_mathml

MAX_FORMULA = 2000  # characters
# What could make a short formula long, or HTML.
DEFINITION = re.compile(
    r"\\(def|let|(re)?new(command|environment)|providecommand|DeclareMathOperator|unicode)(?![a-zA-Z])"
)

# Code is matched first, so that a dollar sign in it stays what it is.
CODE_OR_FORMULA = re.compile(
    r"(?P<code>```.*?```|`[^`]*`)"
    r"|\$\$(?P<block>.+?)\$\$"
    r"|(?<!\\)\$(?P<inline>[^\s$](?:[^$\n]*[^\s$])?)\$",
    re.DOTALL,
)


class FormulasAsMathML(NbGraderPreprocessor):
    """Replace the LaTeX formulas of Markdown cells by MathML."""

    def preprocess_cell(self, cell, resources, cell_index):
        if cell.cell_type == "markdown":
            cell.source = with_mathml(cell.source)
        return cell, resources


def with_mathml(markdown: str) -> str:
    """Markdown whose LaTeX formulas are MathML."""
    return CODE_OR_FORMULA.sub(_as_mathml, markdown)


def _as_mathml(match):
    latex = match["block"] or match["inline"]
    if match["code"] or len(latex) > MAX_FORMULA or DEFINITION.search(latex):
        return match[0]
    mathml = _mathml(latex, "block" if match["block"] else "inline")
    return match[0] if mathml is None else mathml


@lru_cache(maxsize=500)
def _mathml(latex, display):
    try:
        return clean_mathml(convert(latex, display=display))
    except Exception:  # a student's LaTeX may be anything: it is shown as it is
        return None
