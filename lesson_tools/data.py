"""Where the data sets of the lessons are: in course/data, from whatever folder a lesson runs."""

from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "course" / "data"
if not DATA.is_dir():
    raise FileNotFoundError(
        f"{DATA} is missing: install the environment from a clone of the course, with `make`"
    )
