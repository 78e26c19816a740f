"""The time that counts is what the file system saw, not what a student has written."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from examiner.handed_in import GRACE, time_of

from .scratch_course import Course, given, solution, trial


def now():
    return datetime.now(UTC).replace(tzinfo=None)


EARLIER = now() - timedelta(days=30)
AS_WRITTEN = "%Y-%m-%d %H:%M:%S UTC"


@pytest.fixture
def places(tmp_path):
    return tmp_path / "submitted", tmp_path / "inbound"


def hand_in(places, *, written=None, named=None):
    """As nbgrader does: the exchange first, then collected into the course."""
    submitted, inbound = places
    if named is not None:
        folder = inbound / f"student01+hw+{named}+x1"
        folder.mkdir(parents=True)
        os.utime(folder, (0, 0))  # a student may set this time, and not the other
    submitted.mkdir(exist_ok=True)
    if written is not None:
        (submitted / "timestamp.txt").write_text(written)
    return time_of(submitted, inbound, "student01", "hw")


def test_an_honest_time_is_kept(places):
    honest = now().replace(microsecond=0)
    text = honest.strftime(AS_WRITTEN)
    assert hand_in(places, written=text, named=text) == (honest, [])


def test_without_an_exchange_the_time_is_what_is_written(places):
    time, notes = hand_in(places, written="2026-03-01 12:00:00.25 Europe/Berlin")
    assert (time, notes) == (datetime(2026, 3, 1, 11, 0, 0, 250_000), [])
    assert time_of(places[0] / "none", places[1], "student01", "hw") == (None, [])


@pytest.mark.parametrize("named", ["earlier", "now"])
@pytest.mark.parametrize(
    "written",
    [EARLIER.strftime(AS_WRITTEN), "no time", "", None],
    ids=["earlier", "no time", "empty", "no file"],
)
def test_an_earlier_time_than_the_exchange_received_it_does_not_count(places, written, named):
    named = {"earlier": EARLIER, "now": now()}[named]
    time, notes = hand_in(places, written=written, named=named.strftime(AS_WRITTEN))
    assert abs(time - now()) < GRACE
    assert "the exchange received it on" in notes[-1]


def test_another_students_time_is_not_taken(places):
    _, inbound = places
    (inbound / "student011+hw+2026-01-01 10:00:00 UTC+x").mkdir(parents=True)
    (inbound / "student01+hw2+2026-01-01 10:00:00 UTC+x").mkdir()
    written = EARLIER.strftime(AS_WRITTEN)
    time, notes = hand_in(places, written=written)
    assert (time, notes) == (EARLIER.replace(microsecond=0), [])


def test_an_exchange_that_was_moved_since_is_no_witness(places):
    written = EARLIER.strftime(AS_WRITTEN)
    hand_in(places, written=written)
    places[1].mkdir()
    folder = places[1] / f"student01+hw+{written}+x1"
    while True:  # until the clock of the file system has gone on
        folder.mkdir()
        if folder.stat().st_ctime > places[0].stat().st_ctime:
            break
        folder.rmdir()
    assert time_of(*places, "student01", "hw") == (EARLIER.replace(microsecond=0), [])


@pytest.mark.parametrize(
    "text",
    [
        *("1" * 400_000, "1" * 99, "2026-03-01 12:00:00 /etc/localtime", "\0"),
        *("2026-03-01 12:00:00 ../../etc/passwd", "0001-01-01 00:00:00 +2359", "x" * 50),
    ],
    ids=lambda text: text[:30],
)
def test_what_is_no_time_is_said(places, text, monkeypatch):
    monkeypatch.setattr("dateutil.tz.tzfile", None)
    time, notes = hand_in(places, written=text)
    assert (time, notes) == (None, ["timestamp.txt holds no time: read as none"])


def test_the_gradebook_has_the_time_that_counts(tmp_path):
    exchange = tmp_path / "exchange"
    course = Course(
        tmp_path / "course",
        config=f"c.Exchange.root = {str(exchange)!r}\n",
        hw=[given("1"), solution("f", "f = 1"), trial("t", "assert f == 1")],
    )
    written = EARLIER.strftime(AS_WRITTEN)
    (exchange / "scratch" / "inbound" / f"student01+hw+{written}+x").mkdir(parents=True)
    course.hand_in("student01", answers={"f": "f = 1"})
    (tmp_path / "course/submitted/student01/hw/timestamp.txt").write_text(written)
    points, results, _ = course.grade()
    assert points == {"student01": {"t": 1}}
    assert "the exchange received it" in results["student01"].notes[0]
    with course.course.gradebook as gradebook:
        time = gradebook.find_submission("hw", "student01").timestamp
    assert abs(time - now()) < timedelta(hours=1)
