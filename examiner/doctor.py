"""What this machine can confine, shown by trying it."""

import os
import platform
import tempfile

from .execute import (
    STUDENT,
    CannotConfine,
    Cell,
    Job,
    obstacles,
    run_job,
)

ATTEMPTS = {
    "read a file that it was not given": "open(SECRET).read()",
    "write outside its folder": "open(SECRET + '.new', 'w')",
    "change a file's permissions": "import os; os.chmod(SECRET, 0); raise OSError",
    "start a program": "import subprocess; subprocess.run(['true'])",
    "start a process": "import os; os.fork() or os._exit(0)",
    "open a connection": "import socket; socket.socket()",
    "signal another process": "import os; os.kill(PID, 0)",
}


def doctor() -> int:
    """Print a report. Returns 0 if a student's code can be confined."""
    print(f"{platform.platform()}, Python {platform.python_version()}")
    found = obstacles()
    if found:
        print("A student's code cannot be confined here:")
        for obstacle in found:
            print(f"- {obstacle}")
        return 1
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
