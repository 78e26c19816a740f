"""The time that a kernel takes, whatever else the machine has to do."""

import contextlib
import os
import time
from pathlib import Path

WATCH_SECONDS = 0.25
# Between two looks; what is more is the time of who did not look.
SHORT = 0.02
MAX_GAP = 2 * WATCH_SECONDS
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
# What sleeps is waiting; what would run (R), or waits for a disk (D), is not.
AWAKE = "RD"
# A process that neither runs nor sleeps: for so many times its time.
WALL_FACTOR, WALL_SECONDS = 20, 60


class Meter:
    """Counts the time of a process while somebody waits for it, in seconds.

    That is processor time, and the time that all of its threads sleep: not
    the time for which a busy machine keeps it waiting. Where the system does
    not tell, it is the time on the clock.
    """

    def __init__(self, pid: int):
        self._folder = Path(f"/proc/{pid}")
        self.used = 0.0
        self._counted = 0.0  # as used, since its processor time was read
        self._processor = self._processor_seconds()
        self.start()

    def start(self):
        """Somebody begins to wait."""
        self._looked = time.monotonic()

    def look(self, is_silent: bool):
        """Count on; to be called some times a second, and at the end.

        is_silent: nothing has come from it, so it may be asleep; else it has
        done its work, and who looks has been kept waiting.
        """
        now = time.monotonic()
        gap, self._looked = now - self._looked, now
        if gap < SHORT:  # to read more takes time too
            self._count(gap)
            return
        before, self._processor = self._processor, self._processor_seconds()
        if before is None or self._processor is None:
            self._count(gap)
            return
        ran = max(self._processor - before - self._counted, 0.0)
        self.used += ran
        self._counted = 0.0
        if is_silent and ran < gap and not self._is_awake():
            self.used += max(min(gap, MAX_GAP) - ran, 0.0)

    def _count(self, seconds):
        self.used += seconds
        self._counted += seconds

    def _processor_seconds(self):
        """Of all its threads, those that have ended too."""
        try:
            fields = _after_name(self._folder / "stat")
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / TICKS

    def _is_awake(self):
        for thread in _entries(self._folder / "task"):
            with contextlib.suppress(OSError):
                if _after_name(thread / "stat")[0] in AWAKE:
                    return True
        return False


class Allowance:
    """The time for something that a kernel is to do.

    look: to be called while waiting; raises TimeoutError when it is over.
    """

    def __init__(self, meter: Meter, seconds: float):
        self._meter = meter
        self._until = meter.used + seconds
        self._wall = time.monotonic() + WALL_FACTOR * seconds + WALL_SECONDS
        meter.start()

    def look(self, is_silent: bool):
        self._meter.look(is_silent)
        if self._meter.used > self._until or time.monotonic() > self._wall:
            raise TimeoutError


def _after_name(path):
    """The fields of a stat file from the state on; a name may hold spaces."""
    return path.read_text().rpartition(")")[2].split()


def _entries(folder):
    try:
        return list(folder.iterdir())
    except OSError:
        return []
