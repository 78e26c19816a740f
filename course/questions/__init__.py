"""Self-check questions: one JSON file a lesson, in jupyterquiz's format."""

from pathlib import Path

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


def check_yourself(lesson):
    """Show the self-check questions of `lesson`, for example "01_why_memory"; nothing is recorded."""
    path = FOLDER / f"{lesson}.json"
    if not path.exists():
        known = ", ".join(
            sorted(file.stem for file in FOLDER.glob("*.json"))
        )
        raise FileNotFoundError(
            f"no questions for {lesson!r}; there are questions for: {known}"
        )
    display_quiz(
        str(path), shuffle_answers=False, max_width=760, colors=LOOK
    )
