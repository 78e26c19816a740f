"""What an older kernel's Landlock does not rule over, the filter keeps.

Older kernels are simulated: Landlock is asked for the rights only that its version N knows.
"""

import json
import os
import pty
import socket
import subprocess
import sys

import pytest

# The rights of a file that each version brought, by bits: the first 13; REFER; TRUNCATE;
# none; IOCTL_DEV. Version 4 rules over TCP, 6 over signals and abstract sockets.
CONFINED = """
import ctypes, json, os, struct, sys
from pathlib import Path
from examiner.execute import confine

version, scratch, secret, parent, port, terminal, name = json.loads(sys.argv[1])
if terminal:
    import fcntl, termios
    os.setsid()
    fcntl.ioctl(os.open(terminal, os.O_RDWR), termios.TIOCSCTTY, 0)
libc = ctypes.CDLL(None, use_errno=True)


def call(*arguments):
    result = libc.syscall(*arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), str(arguments))
    return result


def confine_files(folder):
    bits = 13 + (version >= 2) + (version >= 3) + (version >= 5)
    rights = (1 << bits) - 1
    network = 3 if version >= 4 else 0
    scope = 3 if version >= 6 else 0
    size = 8 if version < 4 else 16 if version < 6 else 24
    rules = call(444, struct.pack("QQQ", rights, network, scope), size, 0)
    may_read = rights & 0b1101
    for path, allowed in [
        *((path, may_read) for path in confine.readable_folders()),
        *((path, rights) for path in (str(folder), "/dev/null")),
    ]:
        opened = os.open(path, os.O_PATH)
        of_files = 0b111 | (rights & (1 << 14 | 1 << 15))
        if not os.path.isdir(path):
            allowed &= of_files
        call(445, rules, 1, struct.pack("=Qi", allowed, opened), 0)
        os.close(opened)
    libc.prctl(38, 1, 0, 0, 0)
    call(446, rules, 0)


confine._confine_files = confine_files
confine.confine(Path(scratch))
import fcntl, socket

reached = []


def attempt(what, act):
    try:
        act()
    except OSError:
        return
    reached.append(what)


for mode in range(4):
    for more in (0, os.O_TRUNC, os.O_NONBLOCK, os.O_TRUNC | os.O_CREAT, os.O_PATH):
        attempt(f"open {mode} {more:o}", lambda: os.open(secret, mode | more))
        attempt(f"tty {mode} {more:o}", lambda: os.open("/dev/tty", mode | more))
        if mode or more & os.O_TRUNC:
            attempt(f"library {mode} {more:o}", lambda: os.open(json.__file__, mode | more))
attempt("truncate", lambda: os.truncate(secret, 0))
for number in range(20):
    for request in (0x5412, 0x541C):
        attempt("type", lambda: fcntl.ioctl(number, request, b"x"))
attempt("connect", lambda: socket.create_connection(("127.0.0.1", port), 1))
attempt("signal", lambda: os.kill(parent, 0))
attempt("abstract", lambda: socket.socketpair()[0].sendto(b"x", "\\0" + name))
attempt("datagram", lambda: socket.socketpair(type=socket.SOCK_DGRAM))
attempt("link", lambda: os.link(secret, "mine"))
attempt("rename", lambda: os.rename(secret, "mine"))
Path(f"{scratch}/own").write_text("own")
print(json.dumps(reached))
"""


@pytest.mark.parametrize("version", range(1, 8))
@pytest.mark.parametrize("has_terminal", [False, True])
def test_older_versions_of_landlock_reach_nothing_more(tmp_path, version, has_terminal):
    scratch, secret = tmp_path / "scratch", tmp_path / "secret"
    scratch.mkdir()
    secret.write_text("kept")
    secret.chmod(0o644)
    name = f"examiner-{os.getpid()}"
    near, far = pty.openpty()
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as datagrams,
    ):
        datagrams.bind(f"\0{name}")
        port = server.getsockname()[1]
        terminal = os.ttyname(far) if has_terminal else None
        asked = [version, str(scratch), str(secret), os.getpid(), port, terminal, name]
        done = subprocess.run(
            [sys.executable, "-c", CONFINED, json.dumps(asked)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
    os.close(near)
    os.close(far)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
    assert secret.read_text() == "kept"
    assert (scratch / "own").read_text() == "own"
