"""Feedback pages must show their formulas without a network.

nbconvert's pages fetch MathJax to draw LaTeX. MathML needs nothing: every
browser since 2023 draws it.
"""

import re

from latex2mathml.converter import convert
from nbgrader.preprocessors import NbGraderPreprocessor

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
            cell.source = CODE_OR_FORMULA.sub(_as_mathml, cell.source)
        return cell, resources


def _as_mathml(match):
    if match["code"]:
        return match[0]
    display = "block" if match["block"] else "inline"
    try:
        return convert(match["block"] or match["inline"], display=display)
    except Exception:  # a student's LaTeX may be anything: show it as it is
        return match[0]
