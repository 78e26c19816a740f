"""Messages over a socket: a length of four bytes, then JSON."""

import json
import socket
import struct
import time

LENGTH = struct.Struct(">I")
MAX_MESSAGE = 64 * 2**20  # bytes


class Closed(Exception):
    """The other end is gone."""


class Malformed(Exception):
    """The other end does not keep to the protocol."""


class TooLarge(ValueError):
    """More than fits into a message."""


class Channel:
    """One end of a conversation; `received` counts the bytes that came in."""

    def __init__(self, connection: socket.socket):
        self.connection = connection
        self.received = 0

    def send(self, message: dict):
        data = json.dumps(message).encode()
        if len(data) > MAX_MESSAGE:
            raise TooLarge(
                f"{len(data) / 2**20:.0f} MB are more than the "
                f"{MAX_MESSAGE / 2**20:.0f} MB that can be graded"
            )
        try:
            self.connection.sendall(LENGTH.pack(len(data)) + data)
        except OSError as error:
            raise Closed from error

    def receive(self, deadline=None, watch=None) -> dict:
        """Wait for a message.

        deadline: on time.monotonic's clock; then raises TimeoutError.
        watch: called about four times a second until the message is there.
        """
        (length,) = LENGTH.unpack(self._read(4, deadline, watch))
        if length > MAX_MESSAGE:
            raise Malformed(f"a message of {length / 2**20:.0f} MB")
        data = self._read(length, deadline, watch)
        self.received += length
        try:
            message = json.loads(data)
        except (RecursionError, ValueError) as error:
            raise Malformed("a message that is not JSON") from error
        if not isinstance(message, dict):
            raise Malformed("a message that is not an object")
        return message

    def close(self):
        self.connection.close()

    def _read(self, count, deadline, watch):
        parts = []
        while count:
            if deadline is not None:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError
                self.connection.settimeout(min(left, 0.25))
            try:
                part = self.connection.recv(min(count, 2**20))
            except TimeoutError:
                if watch:
                    watch()
                continue
            except OSError as error:
                raise Closed from error
            if not part:
                raise Closed
            parts.append(part)
            count -= len(part)
        return b"".join(parts)
