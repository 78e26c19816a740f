"""Messages over a socket: what each part is called and how long it is, then the parts, as JSON.

Who stands between two kernels does not read what only passes: a value stays the bytes that
it is, and is read by who needs it, in a process of its own.
"""

import json
import socket
import struct
import time
from collections.abc import Callable

from .meter import WATCH_SECONDS

LENGTH = struct.Struct(">I")
MAX_HEAD = 2000  # bytes: names of parts, and how long they are
MAX_MESSAGE = 64 * 2**20  # bytes
MAX_PARTS = 10_000_000  # items of lists and objects in what is read
SMALL = 2**16  # bytes of a part that anybody reads at once


class Closed(Exception):
    """The other end is gone."""


class Malformed(Exception):
    """The other end does not keep to the protocol."""


class TooLarge(ValueError):
    """More than fits into a message."""


class Unread(bytes):
    """A part of a message as it came: JSON, if its sender is honest."""

    def read(self, most: int = MAX_MESSAGE, parts: int = MAX_PARTS):
        """Raises Malformed, too where it is more bytes or parts than are asked for."""
        if len(self) > most:
            raise Malformed(f"{len(self) / 2**20:.1f} MB where little is expected")
        if self.parts > parts:
            raise Malformed("a message of too many parts")
        try:
            return json.loads(self)
        except (RecursionError, ValueError) as error:
            raise Malformed("a message that is not JSON") from error

    @property
    def parts(self) -> int:
        """Of what it holds, more or less: a comma may stand in a text."""
        return sum(map(self.count, (b"[", b"{", b",")))


class Channel:
    """One end of a conversation.

    reads: what to do with a part longer than this; below, all is read at once. A kernel reads
    all. received: counts the bytes that came in. size: of the last message its bytes.
    """

    def __init__(self, connection: socket.socket, *, reads: int = MAX_MESSAGE):
        self.connection = connection
        self.reads = reads
        self.received = self.size = 0
        self._looked = time.monotonic()

    def send(self, message: dict, deadline=None):
        """Send a message; raises TimeoutError after the deadline."""
        parts = {
            name: part if isinstance(part, Unread) else json.dumps(part).encode()
            for name, part in message.items()
        }
        size = sum(map(len, parts.values()))
        if size > MAX_MESSAGE:
            raise TooLarge(
                f"{size / 2**20:.0f} MB are more than the "
                f"{MAX_MESSAGE / 2**20:.0f} MB that can be graded"
            )
        head = json.dumps({name: len(part) for name, part in parts.items()}).encode()
        if deadline is not None:
            left = deadline - time.monotonic()
            self.connection.settimeout(max(left, 0.1))
        try:
            self.connection.sendall(LENGTH.pack(len(head)) + head + b"".join(parts.values()))
        except TimeoutError:
            raise
        except OSError as error:
            raise Closed from error

    def receive(self, look: Callable[[bool], None] | None = None) -> dict:
        """Wait for a message.

        look: called about four times a second until the message is there, and
        told whether nothing at all has come meanwhile; what it raises ends
        the waiting.
        """
        (length,) = LENGTH.unpack(self._read(4, look))
        if length > MAX_HEAD:
            raise Malformed("a message that does not begin as one")
        lengths = Unread(self._read(length, look)).read()
        if not isinstance(lengths, dict) or not all(
            type(size) is int and size >= 0 for size in lengths.values()
        ):
            raise Malformed("a message that does not begin as one")
        self.size = sum(lengths.values())
        if self.size > MAX_MESSAGE:
            raise Malformed(f"a message of {self.size / 2**20:.0f} MB")
        self.received += self.size
        message = {}
        for name, size in lengths.items():
            part = Unread(self._read(size, look))
            message[name] = part.read() if size <= self.reads else part
        return message

    def close(self):
        self.connection.close()

    def _read(self, count, look):
        parts = []
        self.connection.settimeout(WATCH_SECONDS if look else None)
        while count:
            try:
                part = self.connection.recv(min(count, 2**20))
            except TimeoutError:
                self._looked = time.monotonic()
                look(True)
                continue
            except OSError as error:
                raise Closed from error
            if look and time.monotonic() - self._looked > WATCH_SECONDS:
                self._looked = time.monotonic()
                look(False)
            if not part:
                raise Closed
            parts.append(part)
            count -= len(part)
        return b"".join(parts)
