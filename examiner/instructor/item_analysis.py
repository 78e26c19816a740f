"""Classical item analysis: how hard a cell is, and whether it tells who knows more.

Discrimination is the point-biserial correlation of the points for a cell with
the points for all others (the corrected item-total correlation).
"""

import statistics
from dataclasses import dataclass

from .class_data import ClassData, Item

SMALLEST_CLASS = 10  # below it, a figure could tell of a person
DIGITS = 9  # sums of points are compared without the noise of adding them


@dataclass
class OptionStatistics:
    letter: str
    is_key: bool
    count: int
    discrimination: float | None


@dataclass
class ItemStatistics:
    """Of one cell. Counts are of students; not attempted and waiting are apart."""

    item: Item
    right: int
    partly: int
    wrong: int
    not_attempted: int
    waiting: int
    mean: float | None
    discrimination: float | None
    options: list[OptionStatistics]

    @property
    def count(self) -> int:
        return self.right + self.partly + self.wrong + self.not_attempted + self.waiting


def item_statistics(data: ClassData) -> list[ItemStatistics]:
    """For each cell with points, over all who were graded."""
    students = [grade.student for grade in data.graded]
    complete = [item for item in data.items if all(name in item.points for name in students)]
    totals = {name: sum(item.points[name] for item in complete) for name in students}
    found = []
    for item in data.items:
        known = [name for name in students if name in item.points]
        own = [item.points[name] for name in known]
        rest = [
            round(totals[name] - (item.points[name] if item in complete else 0.0), DIGITS)
            for name in known
        ]
        tried = [name for name in known if name not in item.not_attempted]
        right = sum(item.points[name] >= item.maximum for name in tried)
        wrong = sum(item.points[name] <= 0 for name in tried)
        found.append(
            ItemStatistics(
                item,
                right,
                len(tried) - right - wrong,
                wrong,
                len(known) - len(tried),
                len(students) - len(known),
                statistics.fmean(own) if own else None,
                correlation(own, rest),
                [
                    OptionStatistics(
                        letter,
                        letter == item.key,
                        sum(item.chosen.get(name) == letter for name in known),
                        correlation([item.chosen.get(name) == letter for name in known], rest),
                    )
                    for letter in item.options
                ],
            )
        )
    return found


def correlation(left: list, right: list) -> float | None:
    """Pearson's; the point-biserial one where `left` is true or false.

    None where all values are the same.
    """
    try:
        return statistics.correlation(list(map(float, left)), right)
    except statistics.StatisticsError:
        return None


def doubts(found: ItemStatistics) -> list[str]:
    """What looks wrong with a cell, in words."""
    item, words = found.item, []
    if found.discrimination is not None and found.discrimination < 0:
        chance = 2 / found.count**0.5
        words.append(
            f"who has more points elsewhere has fewer here (discrimination "
            f"{found.discrimination:.2f}"
            + (", which may be chance)" if -found.discrimination < chance else "): is it right?")
        )
    attempted = found.right + found.partly + found.wrong
    if attempted and not found.right:
        words.append("nobody has full points")
    unchosen = [option for option in found.options if not option.count]
    if any(option.is_key for option in unchosen):
        words.append(f"nobody chose {item.key}, the right answer")
    if distractors := [option.letter for option in unchosen if not option.is_key]:
        words.append(f"nobody chose {', '.join(distractors)}")
    for option in found.options:
        if (
            not option.is_key
            and option.discrimination is not None
            and option.discrimination > 2 / found.count**0.5
        ):
            words.append(
                f"{option.letter} is chosen by those who have more points elsewhere "
                f"({option.discrimination:.2f}), and {item.key} is the key"
            )
    return words
