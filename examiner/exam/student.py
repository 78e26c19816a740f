"""The student kernel: given cells and the student's cells run here, confined.

Nothing here decides anything: whatever this process sends is only a claim,
which the examiner kernel compares with what it knows.
"""

import builtins
import contextlib
import sys

from ..execute.channel import Channel, Closed, TooLarge
from ..execute.shell import Shell
from .ambient import describe_signature, set_generators
from .errors import bases_of, build_error, describe, lines_of
from .models import is_model
from .points import show_points
from .values import CannotCross, decode, encode, is_same


def serve(channel: Channel, shell: Shell):
    """Run cells and calls for the other end of `channel` until it closes."""

    def emit(output):
        with contextlib.suppress(TooLarge, TypeError, ValueError):
            channel.send({"output": output})

    shell.capture(emit)
    answers = {"run": _run, "call": _call, "fetch": _fetch}
    with contextlib.suppress(Closed):
        while True:
            message = channel.receive()
            answer = answers[message["do"]](shell, message, channel)
            try:
                channel.send(answer)
            except TooLarge as error:
                channel.send({"error": describe(CannotCross(str(error))) | {"where": []}})


def _run(shell, message, _):
    if message["points"]:
        show_points(shell)
    succeeded = shell.run(message["source"], quiet=message["quiet"])
    return {"done": True, "failed": not succeeded}


def _fetch(shell, message, _):
    """The names of the student's that a test is going to use."""
    values = {}
    for name in message["names"]:
        if name not in shell.user_ns:
            continue
        value = shell.user_ns[name]
        if callable(value) and not is_model(value):
            doc = getattr(value, "__doc__", None)
            values[name] = {
                "callable": doc if isinstance(doc, str) else None,
                "signature": describe_signature(value),
            }
            if isinstance(value, type) and issubclass(value, Exception):
                values[name]["bases"] = bases_of(value)
        else:
            try:
                values[name] = {"value": encode(value)}
            except Exception as error:  # its methods may be the student's
                values[name] = {"error": str(error)}
    return {"values": values}


def _call(shell, message, channel):
    shell.allow_outputs()
    names = shell.user_ns

    def name_of(value):
        name = getattr(value, "__name__", None)
        return name if callable(value) and names.get(name) is value else None

    answer = {}
    known = _Known(names, channel)
    with (
        _shadowed(names, message["shadow"], known),
        _shadowed(vars(builtins), message["builtins"], known),
    ):
        try:
            set_generators({name: decode(tree) for name, tree in message["generators"].items()})
            function = names[message["name"]]
            args, kwargs = decode(message["args"], known)
            try:
                result = function(*args, **kwargs)
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
            answer["value"] = _encode_result(result, name_of)
        except BaseException as error:
            answer["error"] = describe(error) | {"where": lines_of(error)}
        else:
            with contextlib.suppress(CannotCross):
                after = encode((args, kwargs), name_of)
                if after != message["args"] and not is_same(after, message["args"]):
                    answer["changed"] = after
    return answer


def _encode_result(result, name_of):
    try:
        return encode(result, name_of)
    except CannotCross as error:
        raise CannotCross(f"its result cannot be graded: {error}") from None


class _Known(dict):
    """The functions that a test can name: a cell's, a library's, its own."""

    def __init__(self, names, channel):
        super().__init__(names)
        self.channel = channel

    def __contains__(self, name):
        return not name.isidentifier() or super().__contains__(name)

    def __missing__(self, name):
        if name.startswith("callback "):
            return self._callback(name)
        library, _, function = name.partition(".")
        return getattr(sys.modules[library], function)

    def _callback(self, name):
        def call(*args, **kwargs):
            self.channel.send({"callback": name, "args": encode((args, kwargs))})
            answer = self.channel.receive()
            if "raised" in answer:
                raise build_error(answer["raised"], dict(self))
            return decode(answer["returned"])

        call.crosses_as = name
        return call


@contextlib.contextmanager
def _shadowed(names, shadow, known):
    """A test may take a name away, or give it another function or value.

    known: the functions that it can name.
    """
    missing = object()
    kept = {name: names.get(name, missing) for name in shadow}
    try:
        for name, tree in shadow.items():
            if tree is None:
                names.pop(name, None)
            else:
                names[name] = decode(tree["is"], known)
        yield
    finally:
        for name, value in kept.items():
            if value is missing:
                names.pop(name, None)
            else:
                names[name] = value
