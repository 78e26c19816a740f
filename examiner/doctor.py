"""What this machine can confine, shown by trying it."""

import os
import platform
import sys
import tempfile

from .exam import STUDENT, Cell, Job, run_job
from .execute import MINIMUM_LANDLOCK, CannotConfine, landlock_version, obstacles

ATTEMPTS = {
    "read a file that it was not given": "open(SECRET).read()",
    "write outside its folder": "open(SECRET + '.new', 'w')",
    "change a file's permissions": "import os; os.chmod(SECRET, 0); raise OSError",
    "start a program": "import subprocess; subprocess.run(['true'])",
    "start a process": "import os; os.fork() or os._exit(0)",
    "open a connection": "import socket; socket.socket()",
    "signal another process": "import os; os.kill(PID, 0)",
    "open a file neither to read nor to write": "import os; os.open(SECRET, 3)",
    "cut a file short": "import os; os.open(SECRET, os.O_RDONLY | os.O_TRUNC)",
    "send a datagram": "import socket; socket.socketpair(type=socket.SOCK_DGRAM)",
    "type into a terminal": "import fcntl; fcntl.ioctl(0, 0x5412, b'x')",
    "mark a library's file": "import fcntl, json; fcntl.fcntl(open(json.__file__), 1036, bytes(8))",
    "make a call that is not on the list": (
        "import ctypes; assert ctypes.CDLL(None).syscall(900) != -1"
    ),
}
# Since which version Landlock keeps what by itself, and which kernel brought it.
KEPT_BY_LANDLOCK = (
    (1, "5.13", "read, write, make and remove files"),
    (3, "6.2", "cut a file short"),
    (4, "6.7", "connect and listen by TCP"),
    (5, "6.10", "send requests to devices"),
    (6, "6.12", "signal other processes, reach sockets that have no file"),
)


def layers(version: int) -> list[str]:
    """Who keeps code from what, where Landlock is of that version."""
    lines = [f"Landlock {version}; at least {MINIMUM_LANDLOCK} is needed (Linux 5.13)."]
    for since, linux, what in KEPT_BY_LANDLOCK:
        keeper = "Landlock and the filter of system calls"
        if since == 1:
            keeper = "Landlock"
        elif version < since:
            keeper = f"the filter of system calls alone (Landlock: from Linux {linux} on)"
        lines.append(f"- {what}: kept by {keeper}")
    lines.append("- all other calls that are not on the list: kept by the filter of system calls")
    return lines


def marks() -> list[str]:
    """Where a submission can leave a mark for a later one: by the time of a last reading."""
    places = [path for path in (sys.prefix, sys.base_prefix) if _notes_readings(path)]
    return [
        f"- when a file in {path} was last read: kept by nobody (README, what it does not protect "
        "against); mounted noatime, nothing is noted"
        for path in dict.fromkeys(places)
    ]


def _notes_readings(path):
    return not os.statvfs(path).f_flag & getattr(os, "ST_NOATIME", 0)


def doctor() -> int:
    """Print a report. Returns 0 if a student's code can be confined."""
    print(f"{platform.platform()}, Python {platform.python_version()}")
    found = obstacles()
    if found:
        print("A student's code cannot be confined here:")
        for obstacle in found:
            print(f"- {obstacle}")
        return 1
    for line in [*layers(landlock_version()), *marks()]:
        print(line)
    with tempfile.NamedTemporaryFile(prefix="examiner-secret-") as secret:
        os.chmod(secret.name, 0o644)
        setting = f"SECRET, PID = {secret.name!r}, {os.getpid()}\n"
        cells = tuple(Cell(STUDENT, setting + code) for code in ATTEMPTS.values())
        try:
            run = run_job(Job(cells))
        except CannotConfine as error:
            print(f"A student's code cannot be confined here: {error}")
            return 1
        untouched = os.stat(secret.name).st_mode & 0o777 == 0o644
    succeeded = [
        what
        for what, outputs in zip(ATTEMPTS, run.outputs, strict=True)
        if not any(o.get("output_type") == "error" for o in outputs)
    ]
    for what in ATTEMPTS:
        print(f"{'COULD' if what in succeeded else 'could not'} {what}")
    if succeeded or not untouched:
        print("Do not grade here.")
        return 1
    print("A student's code is confined here.")
    return 0
