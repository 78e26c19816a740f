"""The warm parent: imports the libraries once, then forks kernel after kernel.

It runs no cell itself, opens no file but its libraries' and holds nothing that a
kernel must not see, because a forked child inherits all its memory. It has
run no TensorFlow operation: only then can it be forked. What a kernel serves is
a function, named "module:function" and imported here, before anything is forked.
"""

import contextlib
import ctypes
import gc
import importlib
import os
import random
import signal
import socket
import sys
import tempfile
import traceback
from pathlib import Path

import numpy as np

from .channel import Channel, Closed
from .confine import (
    PR_SET_PDEATHSIG,
    CannotConfine,
    confine,
    prepare_to_confine,
)
from .shell import Shell

# What no import statement may name: figures, for which the
# first import looks for fonts for some seconds, and modules that their
# packages load at the first use.
OFTEN_USED = ["matplotlib.pyplot", "numpy.random", "IPython.core.logger"]

HUGE_PAGE = 2**21  # bytes
MADV_COLLAPSE = 25


def main():
    control = Channel(socket.socket(fileno=int(sys.argv[1])))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    order = control.receive()
    services = {name: _named(name) for name in order["services"]}
    _find_fonts(order["environment"])
    for name in [*order["modules"], *OFTEN_USED]:
        # Where an import fails, the cell that needs it will say so.
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    shell = Shell.instance()
    prepare_to_confine()
    gc.collect()
    gc.freeze()
    _use_huge_pages()
    control.send({"ready": True})
    children = set()
    with contextlib.suppress(Closed):
        while True:
            order = control.receive()
            if "end" in order:
                children.discard(order["end"])
                control.send(_end(order["end"]))
            else:
                _, (connection,), _, _ = socket.recv_fds(control.connection, 1, 1)
                pid = os.fork()
                if pid == 0:
                    _become_kernel(connection, services[order["serves"]], shell, order)
                os.close(connection)
                children.add(pid)
                control.send({"pid": pid})
    for pid in children:
        _end(pid)


def _named(name):
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def _find_fonts(environment):
    """Let matplotlib use the list of fonts of this user.

    environment: what of the user's own that depends on. It is forgotten.
    """
    with contextlib.suppress(ImportError):
        import matplotlib

        kept = dict(os.environ)
        try:
            del os.environ["MPLCONFIGDIR"]
            os.environ.update(environment)
            folder = matplotlib.get_cachedir()
        finally:
            os.environ.clear()
            os.environ.update(kept)
        os.environ["MPLCONFIGDIR"] = folder


def _use_huge_pages():
    """Halve the time to fork: tables of 50,000 pages take long to copy.

    What the kernel refuses (before Linux 6.1, all) stays as it is.
    """
    madvise = ctypes.CDLL(None).madvise
    for line in Path("/proc/self/maps").read_text().splitlines():
        addresses, rights, *_, name = line.split(maxsplit=5)
        if rights != "rw-p" or name.startswith("/"):
            continue
        first, last = (int(part, 16) for part in addresses.split("-"))
        first = -(-first // HUGE_PAGE) * HUGE_PAGE
        for address in range(first, last - HUGE_PAGE + 1, HUGE_PAGE):
            madvise(ctypes.c_void_p(address), HUGE_PAGE, MADV_COLLAPSE)


def _end(pid):
    """Kill a child, alive or not, and say how it ended."""
    os.kill(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    return {
        "exit": os.waitstatus_to_exitcode(status),
        "peak_memory": usage.ru_maxrss * 1024,
        "processor_seconds": usage.ru_utime + usage.ru_stime,
    }


def _become_kernel(connection, serve, shell, order):
    """Never returns. Nothing may happen here that could be seen outside."""
    code = 1
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        channel = Channel(_only(connection))
        signal.signal(signal.SIGINT, signal.default_int_handler)
        order |= channel.receive()
        _settle_in(Path(order["folder"]))
        shell.user_ns["_dh"][:] = [order["folder"]]  # what %cd - goes back to
        if order["confined"]:
            try:
                confine(Path(order["folder"]))
            except CannotConfine as error:
                channel.send({"cannot_confine": str(error)})
                raise
        _seed(order["seed"])
        channel.send({"ready": True})
        serve(channel, shell)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _only(connection):
    """Close every file but this one, which becomes number 3."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    if connection != 3:
        os.dup2(connection, 3)
    os.closerange(4, os.sysconf("SC_OPEN_MAX"))
    return socket.socket(fileno=3)


def _settle_in(folder):
    os.chdir(folder)
    home = str(folder)
    for name in ("HOME", "TMPDIR", "MPLCONFIGDIR", "IPYTHONDIR"):
        os.environ[name] = home
    tempfile.tempdir = home
    sys.argv = [""]
    sys.path.insert(0, "")


def _seed(number):
    """Begin both global generators anew: what was inherited is known to others."""
    random.seed(number)
    np.random.seed(number % 2**32)


if __name__ == "__main__":
    main()
