"""Self-check questions: one JSON file per lesson, in jupyterquiz's format."""

from pathlib import Path

from IPython.display import HTML, Javascript, display
from IPython.utils.capture import capture_output
from jupyterquiz import display_quiz

FOLDER = Path(__file__).parent
LOOK = {
    "--jq-multiple-choice-bg": "#F2F2F2",
    "--jq-text-color": "#222222",
    "--jq-mc-button-bg": "#FFFFFF",
    "--jq-mc-button-border": "#777777",
    "--jq-incorrect-color": "#B34700",
    "--jq-correct-color": "#00704F",
}

# Paper under the questions in JupyterLab's dark theme too; options that begin
# at the left, a space after the button; the text of a chosen option in white;
# a frame around the option that has the focus.
STYLE = """<style>
.Quiz { background: #FFFFFF; padding: 8px; }
.Quiz .correctButton, .Quiz .incorrectButton { color: #FFFFFF; }
.Quiz .MCButton { animation-duration: 0s; font-size: 15px; }
.Quiz .MCButton { justify-content: flex-start; text-align: left; gap: 8px; }
.Quiz .MCButton input { flex: none; }
.Quiz .MCButton:has(:focus-visible) { outline: 3px solid #0072B2; }
</style>"""


def check_yourself(lesson):
    """Show the questions of `lesson`, such as "01_why_memory"; nothing is recorded."""
    path = FOLDER / f"{lesson}.json"
    if not path.exists():
        known = ", ".join(sorted(file.stem for file in FOLDER.glob("*.json")))
        raise FileNotFoundError(f"no questions for {lesson!r}; there are questions for: {known}")
    with capture_output() as quiz:
        display_quiz(str(path), shuffle_answers=False, max_width=760, colors=LOOK)
    page, script = (output.data for output in quiz.outputs)
    display(HTML(page["text/html"] + STYLE))
    # jupyterquiz would fetch MathJax from the network, where it meets the
    # one of JupyterLab, and stumble. It finds none if a local name hides it.
    script = script["application/javascript"]
    display(Javascript("{ let MathJax;\n" + script + "}"))
