"""When a submission was handed in: what the exchange received, not what a student writes.

In an exchange a student makes the folder and all that is in it, timestamp.txt too. What
the student cannot set is when the file system saw the folder change for the last time.
"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc

from .sanitize import for_terminal

MAX_TIMESTAMP = 100  # bytes
# No name of a file: dateutil opens the file that a time zone names.
TIME = re.compile(r"[0-9][0-9T:.+-]*Z?(?: [0-9][0-9:.+-]*)?(?: (?:[\w-]+(?:/[\w-]+)*|[+-][0-9]+))?")
GRACE = timedelta(minutes=10)  # to copy a submission into the exchange


class NoTime(ValueError):
    """timestamp.txt holds no time."""


def time_of(submitted: Path, inbound: Path, student: str, assignment: str):
    """Returns the time that counts, in UTC, or None; and notes for the instructor.

    submitted: the folder of the submission. inbound: where the exchange of the course
    receives submissions; it may be missing.
    """
    written, notes = _written(submitted)
    received = _received(inbound, f"{student}+{assignment}+", written)
    if received is None or received > _changed(submitted):
        return written, notes  # no exchange, or it was moved since
    if written is None or received > written + GRACE:
        said = "none" if written is None else f"{written:%Y-%m-%d %H:%M:%S}"
        notes = [
            f"timestamp.txt says {said}, the exchange received it on "
            f"{received:%Y-%m-%d %H:%M:%S} UTC: that counts"
        ]
        return received, notes
    return written, notes


def replace_reader():
    """Let nbgrader's own commands read timestamp.txt so: they end at one that holds no time."""
    CourseDirectory.get_existing_timestamp = _existing_timestamp
    NbGraderAPI.get_submitted_timestamp = lambda course, assignment, student: (
        course.coursedir.get_existing_timestamp(
            course.coursedir.format_path(course.coursedir.submitted_directory, student, assignment)
        )
    )


def _existing_timestamp(courses, folder):
    written, notes = _written(Path(folder))
    for note in notes:
        courses.log.warning("%s: %s", for_terminal(str(folder)), note)
    return written


def _written(submitted):
    try:
        return _read(submitted / "timestamp.txt"), []
    except (NoTime, OSError, OverflowError, ValueError):
        return None, ["timestamp.txt holds no time: read as none"]


def _read(path):
    if not path.is_file():
        return None
    with open(path, "rb") as file:
        text = file.read(MAX_TIMESTAMP + 1).decode().strip()
    return read_time(text) if text else None


def read_time(text: str) -> datetime:
    """A time that a student wrote, in UTC. Raises NoTime, ValueError or OverflowError."""
    if len(text) > MAX_TIMESTAMP or not TIME.fullmatch(text):
        raise NoTime
    return parse_utc(text)


def _received(inbound, start, written):
    """When the exchange received the submission of that time, else the latest."""
    found = {}
    if inbound.is_dir():
        for folder in inbound.iterdir():
            if folder.name.startswith(start) and folder.is_dir() and not folder.is_symlink():
                time = folder.name[len(start) :].partition("+")[0]
                found[time] = max(_changed(folder), found.get(time, datetime.min))
    named = [
        changed for time, changed in found.items() if written is not None and _is(time, written)
    ]
    return max(named or found.values(), default=None)


def _is(text, time):
    try:
        return read_time(text) == time
    except (OverflowError, ValueError):
        return False


def _changed(folder):
    seconds = folder.stat().st_ctime
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
