"""What a submission asks of the system, beyond what a computation needs.

Each adds to `reached` what it got; with anything in it `double` is wrong.
"""

from ..small_course import FULL, RIGHT
from .case import Case, code

STOCK = "it would reach what it asks for"
START = """\
import ctypes, errno, fcntl, os, socket, struct

reached = []
libc = ctypes.CDLL(None, use_errno=True)


def double(x):
    return 2 * x + len(reached)


def attempt(what, act):
    try:
        act()
    except OSError as error:
        print(what, error)
    else:
        reached.append(what)


def call(*arguments):
    result = libc.syscall(*map(ctypes.c_long, arguments))
    if result == -1:
        raise OSError(ctypes.get_errno(), "refused")
    return result


"""


def reaching(name, tries, source) -> Case:
    """All solved, but for what `source` reaches."""
    return Case(
        name,
        tries,
        RIGHT | {"double": START + code(source)},
        points=FULL,
        stock=STOCK,
    )


CASES = [
    reaching(
        "access-mode-3",
        "opens files neither to read nor to write, for which Landlock asks no right",
        """
        for path in ("@COURSE@/secret.txt", "@COURSE@/gradebook.db", "/dev/tty", "/etc/passwd"):
            for flags in (3, 3 | os.O_TRUNC, 3 | os.O_NONBLOCK, 3 | os.O_CREAT):
                attempt(path, lambda: os.open(path, flags))
                attempt(path, lambda: call(257, -100, id_of(path), flags, 0o600))
        attempt("O_PATH", lambda: os.open("@COURSE@/secret.txt", os.O_PATH))
        attempt("O_TMPFILE", lambda: os.open(".", os.O_TMPFILE | os.O_RDWR))
        """.replace(
            "id_of(path)", "ctypes.cast(ctypes.c_char_p(path.encode()), ctypes.c_void_p).value"
        ),
    ),
    reaching(
        "types-into-the-terminal",
        "opens the grader's terminal and types a command into it",
        """
        for flags in (0, 1, 2, 3):
            attempt("tty", lambda: os.open("/dev/tty", flags))
        for number in range(4):
            for request in (0x5412, 0x541C, 0x540E):  # TIOCSTI, TIOCLINUX, TIOCSCTTY
                attempt(request, lambda: fcntl.ioctl(number, request, b"x"))
        """,
    ),
    reaching(
        "tells-a-later-submission",
        "leaves a mark on a library's file, which stays when the process has ended",
        """
        import json

        with open(json.__file__) as file:
            for command in (1036, 1038):  # F_SET_RW_HINT, F_SET_FILE_RW_HINT
                attempt(command, lambda: fcntl.fcntl(file, command, struct.pack("Q", 2)))
            for command in (1024, 1026, 1031, 1033, 8, 10, 15):
                attempt(command, lambda: fcntl.fcntl(file, command, 0))
        """,
    ),
    reaching(
        "sends-to-a-path",
        "sends a datagram to a socket's path, over half of a pair of its own",
        """
        for kind in (socket.SOCK_DGRAM, socket.SOCK_SEQPACKET, socket.SOCK_RAW):
            attempt(kind, lambda: socket.socketpair(socket.AF_UNIX, kind))
        near, far = socket.socketpair()
        for place in ("/dev/log", "/run/systemd/journal/socket", "\\0@UNIX@-datagrams"):
            attempt(place, lambda: near.sendto(b"examiner-attack", place))
            attempt(place, lambda: near.sendmsg([b"examiner-attack"], [], 0, place))
        """,
    ),
    reaching(
        "asks-who-is-there",
        "asks the kernel for a handle of, and the clock of, the processes beside it",
        """
        channel = socket.socket(fileno=os.dup(3))
        for option in (17, 31, 59, 77):  # SO_PEERCRED, SO_PEERSEC, SO_PEERGROUPS, SO_PEERPIDFD
            attempt(option, lambda: channel.getsockopt(socket.SOL_SOCKET, option, 64))
        now = ctypes.create_string_buffer(16)
        for pid in (os.getppid(), int("@PARENT@")):
            clock = (~pid << 3) | 2
            attempt("clock", lambda: call(228, clock, ctypes.addressof(now)))
        attempt("xattr", lambda: os.getxattr("@COURSE@/secret.txt", "user.examiner"))
        attempt("mincore", lambda: call(27, 0, 0, 0))
        """,
    ),
    reaching(
        "takes-the-kernels-queues",
        "takes what the machine has once for all: queues of asynchronous reading, keys, timers",
        """
        kept = ctypes.c_ulong()
        attempt("io_setup", lambda: call(206, 60_000, ctypes.addressof(kept)))
        for number in (222, 248, 250, 253, 294, 319, 323, 425, 435, 444, 447, 317, 321):
            attempt(number, lambda: call(number, 0, 0, 0, 0, 0, 0))
        """,
    ),
    reaching(
        "cannot-be-looked-at",
        "forbids others to look at its process, so that its files are not counted",
        """
        for what, value in ((4, 0), (1, 9), (36, 1), (8, 1), (22, 2), (38, 1), (59, 1), (35, 1)):
            attempt(what, lambda: call(157, what, value, 0, 0, 0))
        """,
    ),
]
