"""The near end of the warm parent: ask for kernels, talk to them, end them."""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from pathlib import Path

from .channel import SMALL, Channel, Closed, Malformed
from .disk import Disk
from .meter import Allowance, Meter

# One thread a kernel: many kernels run side by side, each on small arrays.
# Few arenas keep the address space, which is capped, small on any machine.
ENVIRONMENT = {
    "CUDA_VISIBLE_DEVICES": "-1",
    "MALLOC_ARENA_MAX": "2",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "NBGRADER_EXECUTION": "autograde",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PATH": "/usr/bin:/bin",
    "PYTHONHASHSEED": "0",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
}
# Where this user's matplotlib keeps its list of fonts depends on these.
FONT_CACHE = ("HOME", "MPLCONFIGDIR", "XDG_CACHE_HOME")
PASSED_ON = ("KERAS_BACKEND", "LANG", "LC_ALL", "LC_CTYPE", "TZ")
START_SECONDS = 1800
SEND_SECONDS = 120

MAX_BYTES = 64 * 2**20  # that a kernel may send while a cell runs
MAX_RESIDENT = 3 * 2**30
MAX_THREADS = 512


class KernelLost(Exception):
    """A kernel that ended, hung or overdid it; the text says which."""


class TookTooLong(KernelLost):
    """Of those, a kernel that used up its time."""


class ParentLost(Exception):
    """The warm parent is gone, and its kernels with it."""


class Stopped(Exception):
    """A person wants no more of it."""


class WarmParent:
    """A process that has `modules` imported and forks kernels on demand.

    services: what a kernel may be there for, each the name of a function as
    "module:function", which gets a channel and a shell. fork and end raise
    ParentLost when it is gone.
    """

    def __init__(self, modules: list[str], services: list[str]):
        near, far = socket.socketpair()
        self._home = tempfile.TemporaryDirectory(prefix="examiner-warm-")
        environment = ENVIRONMENT | {
            name: os.environ[name] for name in PASSED_ON if name in os.environ
        }
        environment |= {
            "HOME": self._home.name,
            "MPLCONFIGDIR": self._home.name,
        }
        with far:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "examiner.execute.zygote",
                    str(far.fileno()),
                ],
                pass_fds=[far.fileno()],
                env=environment,
                cwd=self._home.name,
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # no terminal to type into
            )
        self._control = Channel(near)
        self._lock = threading.Lock()
        self.is_lost = False
        self.leases = 0
        _alive.add(self)
        if _stopped.is_set():
            self.kill()
        own = {name: os.environ[name] for name in FONT_CACHE if name in os.environ}
        try:
            self._control.send({"modules": modules, "services": services, "environment": own})
            self._control.receive(before(START_SECONDS))
        except (Closed, TimeoutError) as error:
            self.close()
            raise RuntimeError(
                f"the warm parent did not start: does `{sys.executable} -m examiner doctor` work?"
            ) from error

    def fork(self, serves: str, folder: Path, confined: bool, seed: int) -> "Kernel":
        """serves: one of the parent's services. folder: its working folder.

        seed: of the global generators of random numbers.
        """
        near, far = socket.socketpair()
        with far, self._conversation():
            self._control.send({"serves": serves, "confined": confined})
            socket.send_fds(self._control.connection, [b"k"], [far.fileno()])
            pid = self._control.receive()["pid"]
        kernel = Kernel(self, Channel(near, reads=SMALL), pid, folder)
        # Not through the parent: in its memory the next child could read it.
        with contextlib.suppress(KernelLost):  # who waits for it will hear of that
            kernel.send({"folder": str(folder), "seed": seed})
        return kernel

    def end(self, pid: int) -> dict:
        with self._conversation():
            self._control.send({"end": pid})
            return self._control.receive()

    @contextlib.contextmanager
    def _conversation(self):
        with self._lock:
            try:
                yield
            except (Closed, OSError):
                self.is_lost = True
                raise ParentLost("the warm parent was killed") from None

    def close(self):
        self._control.close()
        self._process.wait(timeout=10)
        self._home.cleanup()
        _alive.discard(self)

    def kill(self):
        """At once, whatever it does; its kernels end with it."""
        self.is_lost = True
        self._process.kill()


class Kernel:
    """A forked child, as the one who gives it work sees it."""

    def __init__(self, parent, channel, pid, folder):
        self._parent = parent
        self._channel = channel
        self._pid = pid
        self._folder = folder
        self._disk = Disk(pid, folder)
        self.meter = Meter(pid)
        self.ended = None

    @property
    def size(self) -> int:
        """Bytes of the last message."""
        return self._channel.size

    def send(self, message: dict):
        self._channel.received = 0
        try:
            self._channel.send(message, time.monotonic() + SEND_SECONDS)
        except Closed:
            raise self._ended() from None
        except TimeoutError:
            self.end()
            raise KernelLost("it does not listen") from None

    def receive(self, seconds: float, watch=None) -> dict:
        """Wait for a message, which may take so many seconds of its time.

        watch: is called about four times a second. Raises KernelLost.
        """
        allowance = Allowance(self.meter, seconds)

        def look(is_silent):
            allowance.look(is_silent)
            if watch:
                watch()

        try:
            message = self._channel.receive(look)
        except Closed:
            raise self._ended() from None
        except TimeoutError:
            self.end()
            raise TookTooLong("it took too long") from None
        except Malformed as error:
            self.end()
            raise KernelLost(f"it sent {error}") from None
        finally:
            self.meter.look(False)
        if self._channel.received > MAX_BYTES:
            self.end()
            raise KernelLost("it put out too much")
        return message

    def end(self) -> dict:
        if self.ended is None:
            self._channel.close()
            self.ended = self._parent.end(self._pid)
        return self.ended

    def _ended(self):
        code = self.end()["exit"]
        if code >= 0:
            return KernelLost(f"the process ended itself (exit code {code})")
        try:
            name = signal.Signals(-code).name
        except ValueError:  # a real-time signal has no name
            name = f"signal {-code}"
        return KernelLost(f"the process was ended by {name}")

    def excess(self) -> str | None:
        """Which limit it is over, of those that the system does not keep."""
        try:
            status = Path(f"/proc/{self._pid}/status").read_text()
        except OSError:
            return None  # not Linux, or it just ended
        facts = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        threads = int(facts.get("Threads", 0))
        if facts["State"].split()[0] == "Z":
            # Of its threads others may go on, and nothing about them can be counted.
            return "it ended its main thread" if threads > 1 else None
        if threads > MAX_THREADS:
            return "it started too many threads"
        if int(facts.get("VmRSS", "0").split()[0]) * 1024 > MAX_RESIDENT:
            return "it used too much memory"
        if self._disk.is_overfull():
            return "it filled the disk"
        return None


def before(seconds):
    """A look that raises TimeoutError so many seconds from now."""
    ends = time.monotonic() + seconds

    def look(_):
        if time.monotonic() > ends:
            raise TimeoutError

    return look


MAX_IDLE = 1  # parents that nobody uses, kept for whoever comes next

_warm: dict[tuple[tuple[str, ...], ...], WarmParent] = {}
_pool = threading.Lock()
_alive: set[WarmParent] = set()  # those that are only starting too
_stopped = threading.Event()


@contextlib.contextmanager
def stopped():
    """Meanwhile all that runs ends, in whatever thread, and nothing begins.

    Whoever waits for a kernel is told by ParentLost, whoever wants one by Stopped.
    """
    _stopped.set()
    try:
        for parent in list(_alive):
            parent.kill()
        yield
    finally:
        _stopped.clear()


@contextlib.contextmanager
def leased(modules: Iterable[str], services: Iterable[str]):
    """The warm parent of this process for these, started when needed.

    While it is used, nobody ends it.
    """
    key = tuple(modules), tuple(services)
    with _pool:
        if _stopped.is_set():
            raise Stopped
        parent = _warm.get(key)
        if parent is None or parent.is_lost:
            if parent is not None:
                _let_go(key)
            _end_idle(MAX_IDLE - 1)
            parent = _warm[key] = WarmParent(*map(list, key))
        parent.leases += 1
        _warm[key] = _warm.pop(key)  # the latest used is the last to go
    try:
        yield parent
    finally:
        with _pool:
            parent.leases -= 1
            if parent not in _warm.values() and not parent.leases:
                parent.close()
            _end_idle(MAX_IDLE)


def _let_go(key):
    """Who still uses a parent may go on; the last one closes it."""
    parent = _warm.pop(key)
    if not parent.leases:
        parent.close()


def _end_idle(most):
    idle = [key for key in _warm if not _warm[key].leases]
    for key in idle[: max(len(idle) - most, 0)]:
        _let_go(key)


@atexit.register
def _close_all():
    for parent in _warm.values():
        parent.close()
