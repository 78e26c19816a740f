"""What a class has understood: one page that works without a network, and a table."""

import statistics
from dataclasses import dataclass
from pathlib import Path

from .charts import SHARES, histogram, shares
from .class_data import ClassData
from .grades import State
from .item_analysis import SMALLEST_CLASS, ItemStatistics, doubts, item_statistics
from .mistakes import Mistake, clusters, hidden_alone
from .pages import template
from .sheet import write_table

MOST_MISTAKES = 30  # on the page; the table has all of them
WORTH_A_WORD = 3  # students
MAX_LINES = 30  # of an answer or a message that is shown as an example


@dataclass
class Look:
    """Something that looks wrong, and where."""

    where: str
    text: str


def write_report(data: ClassData, page: Path):
    """Write the page, and beside it the same figures as a table."""
    is_small = len(data.graded) < SMALLEST_CLASS
    items = [] if is_small else item_statistics(data)
    mistakes = [] if is_small else clusters(data.failures)
    page_of_class = template(
        "class_report.html.j2",
        points=lambda value: "–" if value is None else f"{value:.4g}",
        signed=lambda value: "–" if value is None else f"{value:+.2f}",
        cut=_cut,
    )
    text = page_of_class.render(
        data=data,
        State=State,
        is_small=is_small,
        smallest=SMALLEST_CLASS,
        summary=None if is_small else _summary(data),
        items=items,
        exercises=_exercises(items),
        questions=[found for found in items if found.options],
        looks=_looks(data, items),
        mistakes=[mistake for mistake in mistakes if mistake.count > 1][:MOST_MISTAKES],
        once=sum(mistake.count == 1 for mistake in mistakes),
        graded=len(data.graded),
        **({} if is_small else _charts(data, items)),
    )
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, encoding="utf-8")
    write_table(page.with_suffix(".csv"), *_table(items, mistakes, len(data.graded)), force=True)


def _summary(data):
    scores = sorted(grade.score for grade in data.graded)
    quarters = statistics.quantiles(scores, n=4, method="inclusive")
    return {
        "median": quarters[1],
        "middle half": (quarters[0], quarters[2]),
        "mean": statistics.fmean(scores),
        "deviation": statistics.stdev(scores),
        "full": sum(score >= data.maximum for score in scores),
        "below half": sum(score < data.maximum / 2 for score in scores),
    }


def _exercises(items):
    found = {}
    for statistic in items:
        found.setdefault(statistic.item.exercise, []).append(statistic)
    return found


def _counts(found: ItemStatistics):
    return [found.right, found.partly, found.wrong, found.not_attempted, found.waiting]


def _charts(data, items):
    scores = [grade.score for grade in data.graded]
    return {
        "histogram": histogram(scores, data.maximum),
        "shares": shares([(found.item.title, _counts(found)) for found in items]),
        "labels": list(SHARES),
    }


def _looks(data, items):
    looks = [Look(found.item.title, text) for found in items for text in doubts(found)]
    if items:
        for exercise, students in hidden_alone(data.failures).items():
            if len(students) >= WORTH_A_WORD:
                looks.append(
                    Look(
                        exercise,
                        f"{len(students)} of {len(data.graded)} pass all visible tests and fail "
                        "a hidden one: do the visible ones ask for all that is required?",
                    )
                )
    return looks


def _table(items, mistakes: list[Mistake], graded):
    header = [
        *("kind", "exercise", "cell", "what", "students", "of", "right", "partly_right"),
        *("wrong", "not_attempted", "waiting", "mean", "max", "point_biserial"),
    ]
    rows = []
    for found in items:
        item = found.item
        kind = "question" if found.options else "test"
        rows.append(
            [
                *(kind, item.exercise, item.name, item.key, found.count, graded),
                *_counts(found),
                *(found.mean, item.maximum, found.discrimination),
            ]
        )
        for option in found.options:
            what = f"{option.letter} (key)" if option.is_key else option.letter
            place = ["option", item.exercise, item.name, what, option.count, graded]
            rows.append([*place, *[None] * 7, option.discrimination])
    for mistake in mistakes:
        place = [mistake.item.exercise, mistake.item.name, mistake.message]
        rows.append(["mistake", *place, mistake.count, graded, *[None] * 8])
    return header, rows


def _cut(text):
    lines = text.strip().split("\n")
    return "\n".join([*lines[:MAX_LINES], *["…"] * (len(lines) > MAX_LINES)])
