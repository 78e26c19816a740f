"""A kernel's time is its own, however busy the machine."""

import contextlib
import os
import subprocess
import sys
import time

import pytest

from examiner.execute.meter import Allowance, Meter

BUSY = "import time\nwhile time.process_time() < {seconds}: pass"


@contextlib.contextmanager
def running(source, *, beside=0):
    """A process on one processor, with so many busy ones on the same."""
    processor = {min(os.sched_getaffinity(0))}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", text],
            preexec_fn=lambda: os.sched_setaffinity(0, processor),
        )
        for text in [source] + ["while True: pass"] * beside
    ]
    try:
        yield processes[0]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def look_on(allowance):
    while True:
        allowance.look(True)
        time.sleep(0.05)


def test_who_waits_for_a_busy_processor_is_not_charged():
    with running(BUSY.format(seconds=1), beside=4) as process:
        meter, started = Meter(process.pid), time.monotonic()
        # Its time is told until somebody has taken note of its end.
        seen = os.WEXITED | os.WNOHANG | os.WNOWAIT
        while os.waitid(os.P_PID, process.pid, seen) is None:
            meter.look(True)
            time.sleep(0.05)
        waited = time.monotonic() - started
        meter.look(True)
    assert waited > 2, "it was kept waiting"
    assert 0.5 < meter.used < 2


def test_who_sleeps_is_charged():
    with running("import time; time.sleep(600)") as process:
        allowance = Allowance(Meter(process.pid), 1)
        started = time.monotonic()
        with pytest.raises(TimeoutError):
            look_on(allowance)
    assert time.monotonic() - started > 0.9


def test_who_computes_is_charged():
    with running("while True: pass", beside=1) as process:
        meter = Meter(process.pid)
        allowance = Allowance(meter, 1)
        with pytest.raises(TimeoutError):
            look_on(allowance)
    assert meter.used > 1


def test_nobody_is_charged_for_who_did_not_look():
    with running("import time; time.sleep(600)") as process:
        meter = Meter(process.pid)
        time.sleep(2)
        meter.look(True)
    assert meter.used < 1


def test_nobody_is_charged_for_who_was_late_to_read():
    """Its answer was there long ago, but the machine was busy."""
    with running("import time; time.sleep(600)") as process:
        meter = Meter(process.pid)
        for _ in range(8):
            time.sleep(0.3)
            meter.look(False)
    assert meter.used < 0.5


def test_many_short_waits_are_counted_once():
    with running("while True: pass") as process:
        started, meter = time.monotonic(), Meter(process.pid)
        for _ in range(200):
            meter.start()
            time.sleep(0.005)
            meter.look(True)
        time.sleep(0.05)
        meter.look(True)
        elapsed = time.monotonic() - started
    assert 0.1 < meter.used < elapsed + 0.1
