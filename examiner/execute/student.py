"""The student kernel: given cells and the student's cells run here, confined.

Nothing here decides anything: whatever this process sends is only a claim,
which the examiner kernel compares with what it knows.
"""

import contextlib
import traceback

from .channel import Channel, Closed, TooLarge
from .shell import Shell
from .values import CannotCross, decode, encode


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
            answer = answers[message["do"]](shell, message)
            try:
                channel.send(answer)
            except TooLarge as error:
                channel.send({"error": _describe(CannotCross(str(error)))})


def _run(shell, message):
    shell.run(message["source"], quiet=message["quiet"])
    return {"done": True}


def _fetch(shell, message):
    """The names of the student's that a test is going to use."""
    values = {}
    for name in message["names"]:
        if name not in shell.user_ns:
            continue
        value = shell.user_ns[name]
        if callable(value) and not _is_model(value):
            doc = getattr(value, "__doc__", None)
            values[name] = {
                "callable": doc if isinstance(doc, str) else None
            }
        else:
            try:
                values[name] = {"value": encode(value)}
            except Exception as error:  # its methods may be the student's
                values[name] = {"error": str(error)}
    return {"values": values}


def _call(shell, message):
    shell.allow_outputs()
    names = shell.user_ns

    def name_of(value):
        name = getattr(value, "__name__", None)
        return (
            name if callable(value) and names.get(name) is value else None
        )

    answer = {}
    with _shadowed(names, message["shadow"]):
        try:
            function = names[message["name"]]
            args, kwargs = decode(message["args"], names)
            try:
                result = function(*args, **kwargs)
            finally:
                import sys

                sys.stdout.flush()
                sys.stderr.flush()
            answer["value"] = _encode_result(result, name_of)
        except BaseException as error:
            answer["error"] = _describe(error)
        else:
            with contextlib.suppress(CannotCross):
                after = encode((args, kwargs), name_of)
                if after != message["args"]:
                    answer["changed"] = after
    return answer


def _encode_result(result, name_of):
    try:
        return encode(result, name_of)
    except CannotCross as error:
        raise CannotCross(f"its result cannot be graded: {error}") from None


@contextlib.contextmanager
def _shadowed(names, shadow):
    """A test may take a name away, to see whether a function needs it."""
    missing = object()
    kept = {name: names.get(name, missing) for name in shadow}
    try:
        for name, tree in shadow.items():
            if tree is None:
                names.pop(name, None)
            else:
                names[name] = decode(tree["is"], names)
        yield
    finally:
        for name, value in kept.items():
            if value is missing:
                names.pop(name, None)
            else:
                names[name] = value


def _describe(error):
    """An exception for the other side, with the student's own lines."""
    where = [
        f"  line {frame.lineno}, in {frame.name}\n    {frame.line}"
        for frame in traceback.extract_tb(error.__traceback__)[-20:]
        if frame.filename.startswith("<cell ")
    ]
    kind = type(error)
    try:
        arguments = encode(tuple(error.args))
    except Exception:  # anything may stand in an exception's arguments
        arguments = {"tuple": [str(kind.__name__)]}
    return {
        "type": kind.__name__,
        "module": kind.__module__,
        "arguments": arguments,
        "where": where[-6:],
    }


def _is_model(value):
    import sys

    keras = sys.modules.get("keras")
    return keras is not None and isinstance(value, keras.Model)
