"""Formulas of feedback pages are drawn without a network."""

import nbformat
import pytest

from examiner.formulas import FormulasAsMathML


def shown(markdown):
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell(markdown)]
    )
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
