"""Self-check questions: one JSON file per lesson. They need no script, and record nothing."""

import json
from pathlib import Path

from IPython.display import HTML, display

FOLDER = Path(__file__).parent
MAX_OPTIONS = 6
MARKS = {"right": "✓", "wrong": "✗"}

# Paper under the questions in JupyterLab's dark theme too. What is said of an option
# is shown while that option is chosen.
SHOWN = "\n".join(
    f".Quiz:has(.option:nth-child({n}) :checked) .said p:nth-child({n}) {{ display: block; }}"
    for n in range(1, MAX_OPTIONS + 1)
)
STYLE = (
    """<style>
.Quiz { background: #FFFFFF; border: 0; color: #222222; font-size: 15px; margin: 0 0 8px;
  max-width: 760px; padding: 8px 12px; }
.Quiz legend { float: left; font-weight: 600; padding: 0 0 6px; width: 100%; }
.Quiz legend + * { clear: both; }
.Quiz .option { align-items: baseline; border: 1px solid #777777; border-radius: 6px; display: flex;
  gap: 8px; margin: 0 0 6px; padding: 6px 10px; }
.Quiz .option label { cursor: pointer; flex: 1; }
.Quiz .option:has(:focus-visible) { outline: 3px solid #0072B2; }
.Quiz .option:has(.right:checked) { background: #00704F; color: #FFFFFF; }
.Quiz .option:has(.wrong:checked) { background: #B34700; color: #FFFFFF; }
.Quiz .said p { display: none; margin: 0; }
"""
    + SHOWN
    + "</style>"
)


def check_yourself(lesson):
    """Show the questions of `lesson`, such as "01_why_memory"; nothing is recorded."""
    path = FOLDER / f"{lesson}.json"
    if not path.exists():
        known = ", ".join(sorted(file.stem for file in FOLDER.glob("*.json")))
        raise FileNotFoundError(f"no questions for {lesson!r}; there are questions for: {known}")
    questions = json.loads(path.read_text(encoding="utf-8"))
    page = [_as_html(f"{lesson}-{number}", one) for number, one in enumerate(questions, start=1)]
    display(HTML(STYLE + "".join(page)))


def _as_html(name, question):
    """One question. No shortcut of JupyterLab's listens where its keys are pressed."""
    options, said = [], []
    for number, option in enumerate(question["answers"]):
        kind = "right" if option["correct"] else "wrong"
        identity = f"{name}-{number}"
        options.append(
            f'<div class="option"><input type="radio" id="{identity}" name="{name}" '
            f'class="{kind}" data-lm-suppress-shortcuts="true">'
            f'<label for="{identity}">{option["answer"]}</label></div>'
        )
        said.append(f"<p>{MARKS[kind]} {option['feedback']}</p>")
    return (
        f'<fieldset class="Quiz">'
        f"<legend>{question['question']}</legend><div>{''.join(options)}</div>"
        f'<div class="said" role="status">{"".join(said)}</div></fieldset>'
    )
