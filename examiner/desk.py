"""The learner's own copies: lessons and assignments in my/, which Git leaves alone.

What the learner has not touched is renewed when the course is; what they have
touched is never overwritten. Touched means that the text of a cell is another:
to run a notebook, or only to open it, changes what it puts out and its metadata.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

FOLDER = "my"
LESSONS = "lessons"
RECORD = ".placed.json"
OLD = "old"
CONFIG = """# So that nbgrader finds the course from here.
load_subconfig("nbgrader_config.py", path={course!r})  # noqa: F821
"""


class NoSuchWork(LookupError):
    """There is nothing of that name; the text says what there is."""


class Desk:
    """The folder my/ of a course."""

    def __init__(self, course: Path):
        self.course = course
        self.folder = course / FOLDER
        self._record_path = self.folder / RECORD
        self._placed: dict[str, str] = {}
        if self._record_path.is_file():
            self._placed = json.loads(self._record_path.read_text(encoding="utf-8"))

    def renew(self) -> list[str]:
        """Lay out all lessons, and renew what is untouched; returns what was left alone."""
        self.folder.mkdir(exist_ok=True)
        config = CONFIG.format(course=str(self.course))
        (self.folder / "nbgrader_config.py").write_text(config, encoding="utf-8")
        left = []
        for original in sorted((self.course / "course").glob("*.ipynb")):
            left += self._place(original, self.folder / LESSONS / original.name)
        for assignment in self.started():
            for original in self._released(assignment):
                left += self._place(original, self._own(assignment, original))
        self._save()
        return left

    def started(self) -> list[str]:
        """The assignments of which there is a copy."""
        return [name for name in self.assignments() if (self.folder / name).is_dir()]

    def assignments(self) -> list[str]:
        return sorted(path.parent.name for path in self.course.glob("release/*/*.ipynb"))

    def start(self, assignment: str) -> Path:
        """Lay out an assignment, where it is not there yet; returns its notebook."""
        if assignment not in self.assignments():
            known = ", ".join(self.assignments()) or "none"
            raise NoSuchWork(f"There is no assignment {assignment!r}. There are: {known}.")
        for original in self._released(assignment):
            own = self._own(assignment, original)
            if not own.exists():
                self._place(original, own)
        self._save()
        return next(iter(sorted((self.folder / assignment).glob("*.ipynb"))))

    def reset(self, name: str) -> tuple[Path, Path | None]:
        """Begin a lesson or an assignment anew; returns it, and where the old work is."""
        lesson = self.folder / LESSONS / f"{name}.ipynb"
        original = self.course / "course" / f"{name}.ipynb"
        if original.is_file():
            kept = self._put_away(lesson, name)
            self._place(original, lesson)
            self._save()
            return lesson, kept
        if name not in self.assignments():
            known = ", ".join([path.stem for path in original.parent.glob("*.ipynb")])
            raise NoSuchWork(
                f"There is no {name!r}. Assignments: {', '.join(self.assignments()) or 'none'}; "
                f"lessons: {known or 'none'}."
            )
        kept = self._put_away(self.folder / name, name)
        return self.start(name), kept

    def _put_away(self, path, name):
        if not path.exists():
            return None
        number = 1
        while (kept := self.folder / OLD / f"{name}-{number}{path.suffix}").exists():
            number += 1
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, kept)
        return kept

    def _released(self, assignment) -> Iterator[Path]:
        folder = self.course / "release" / assignment
        hidden = ".ipynb_checkpoints"
        return (p for p in sorted(folder.rglob("*")) if p.is_file() and hidden not in p.parts)

    def _own(self, assignment, original):
        return self.folder / assignment / original.relative_to(self.course / "release" / assignment)

    def _place(self, original, own) -> list[str]:
        """Copy, if nobody's work is lost by it; returns what is to be said."""
        name = own.relative_to(self.folder).as_posix()
        newest = _digest(original)
        if own.exists():
            placed = self._placed.get(name)
            if placed == newest:
                return []
            if placed != _digest(own):
                return [
                    f"{FOLDER}/{name} holds work of yours and was left alone; "
                    f"the newest version is {original.relative_to(self.course).as_posix()}"
                ]
        own.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(original, own)
        self._placed[name] = newest
        return []

    def _save(self):
        self.folder.mkdir(exist_ok=True)
        text = json.dumps(self._placed, indent=1, sort_keys=True)
        self._record_path.write_text(text, encoding="utf-8")


def _digest(path: Path) -> str:
    """Of what a person writes in a notebook: not of outputs, nor of metadata."""
    content = path.read_bytes()
    try:
        cells = json.loads(content)["cells"]
        written = [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
        content = json.dumps(written).encode()
    except (KeyError, TypeError, ValueError):
        pass  # no notebook: every byte counts
    return hashlib.sha256(content).hexdigest()
