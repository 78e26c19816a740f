"""Messages over a socket: a length of four bytes, then JSON."""

import json
import socket
import struct
import time
from collections.abc import Callable

from .meter import WATCH_SECONDS

LENGTH = struct.Struct(">I")
MAX_MESSAGE = 64 * 2**20  # bytes
MAX_PARTS = 2_500_000  # lists and objects in a message


class Closed(Exception):
    """The other end is gone."""


class Malformed(Exception):
    """The other end does not keep to the protocol."""


class TooLarge(ValueError):
    """More than fits into a message."""


class Channel:
    """One end of a conversation.

    received: counts the bytes that came in. size, parts: of the last message
    its bytes, and how many lists and objects are in it.
    """

    def __init__(self, connection: socket.socket):
        self.connection = connection
        self.received = self.size = self.parts = 0
        self._looked = time.monotonic()

    def send(self, message: dict, deadline=None):
        """Send a message; raises TimeoutError after the deadline."""
        data = json.dumps(message).encode()
        if len(data) > MAX_MESSAGE:
            raise TooLarge(
                f"{len(data) / 2**20:.0f} MB are more than the "
                f"{MAX_MESSAGE / 2**20:.0f} MB that can be graded"
            )
        if deadline is not None:
            left = deadline - time.monotonic()
            self.connection.settimeout(max(left, 0.1))
        try:
            self.connection.sendall(LENGTH.pack(len(data)) + data)
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
        if length > MAX_MESSAGE:
            raise Malformed(f"a message of {length / 2**20:.0f} MB")
        data = self._read(length, look)
        self.received += length
        self.size = length
        self.parts = data.count(b"[") + data.count(b"{")
        if self.parts > MAX_PARTS:
            raise Malformed("a message of millions of parts")
        try:
            message = json.loads(data)
        except (RecursionError, ValueError) as error:
            raise Malformed("a message that is not JSON") from error
        if not isinstance(message, dict):
            raise Malformed("a message that is not an object")
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
