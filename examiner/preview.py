"""What grading would change, before it is written."""

import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import MissingEntry

from .grading import Grading, Result


@dataclass
class Change:
    """A student's points before and after, and the cells that make the difference.

    before: None for who is graded for the first time. cells: points gained,
    below 0 if lost.
    """

    student: str
    before: float | None
    after: float
    cells: dict[str, float] = field(default_factory=dict)


class Preview(Grading):
    """Grades as Grading does, and keeps what would change in place of writing it.

    Points before the late penalty. What a person has given stays.
    """

    done = "tried"

    def __init__(self, *arguments, **how):
        super().__init__(*arguments, **how | {"feedback": False})
        self.changes: list[Change] = []
        self._scratch = Path(tempfile.mkdtemp(prefix="examiner-preview-"))

    def rehearsal_cache(self) -> Path:
        """A copy, so that nothing of the course is touched."""
        known, copied = super().rehearsal_cache(), self._scratch / "rehearsal.json"
        if known.is_file():
            shutil.copy(known, copied)
        return copied

    def finish(self, submission, runs, notes) -> Result:
        new = self.points(submission, runs)
        grades = self._grades(submission.student)
        change = Change(submission.student, None if grades is None else 0.0, 0.0)
        for place in new.keys() | (grades or {}).keys():
            grade = (grades or {}).get(place)
            points = new.get(place)
            if points is None:  # gone, or a notebook that is missing now
                points = 0.0
            extra = (grade.extra_credit or 0.0) if grade else 0.0
            by_hand = grade.manual_score if grade else None
            after = (points if by_hand is None else by_hand) + extra
            change.after += after
            if grade is not None:
                change.before += grade.score
                if after != grade.score:
                    change.cells[place[1]] = after - grade.score
        self.changes.append(change)
        return Result(submission.student, notes=notes)

    def close(self):
        shutil.rmtree(self._scratch, ignore_errors=True)
        super().close()

    def _grades(self, student):
        try:
            submission = self.gradebook.find_submission(self.assignment.name, student)
        except MissingEntry:
            return None
        return {
            (notebook.name, grade.name): grade
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def tell(changes: list[Change], unchanged: int) -> str:
    """Who would gain or lose how much by which cell, for the terminal."""
    known = [change for change in changes if change.before is not None]
    moved = sorted((change for change in known if change.cells), key=lambda change: change.student)
    lines = [
        f"{change.student}: {change.before:g} -> {change.after:g}  "
        + ", ".join(f"{name} {points:+g}" for name, points in sorted(change.cells.items()))
        for change in moved
    ]
    gains, losses = Counter(), Counter()
    for change in moved:
        for name, points in change.cells.items():
            (gains if points > 0 else losses)[name] += 1
    for name in sorted(gains.keys() | losses.keys()):
        lines.append(f"{name}: {gains[name]} gain, {losses[name]} lose")
    gain = sum(change.after > change.before for change in moved)
    lose = sum(change.after < change.before for change in moved)
    same = len(known) - gain - lose + unchanged
    new = [change.student for change in changes if change.before is None]
    lines.append(f"{gain} gain, {lose} lose, {same} stay, {len(new)} for the first time.")
    return "\n".join(lines)
