"""Exceptions that cross between the two processes: told by one, built anew by the other."""

import builtins
import sys
import traceback

import numpy as np

from .values import CannotCross, decode, encode

MAX_LINES = 6
ENDS_A_LOOP = StopIteration, StopAsyncIteration


class StudentError(Exception):
    """An exception in a student's code, of a type that is not known here."""


def bases_of(kind: type) -> list[str]:
    """The names of what an exception's class is made from, nearest first."""
    return [
        base.__name__ for base in kind.__mro__[1:] if base.__module__ in {"builtins", "__main__"}
    ]


def describe(error: BaseException) -> dict:
    """An exception for the other side: nothing of the code that raised it."""
    kind = type(error)
    try:
        arguments = encode(tuple(error.args))
    except Exception:  # anything may stand in an exception's arguments
        arguments = {"tuple": [str(kind.__name__)]}
    return {
        "type": kind.__name__,
        "module": kind.__module__,
        "bases": bases_of(kind),
        "arguments": arguments,
    }


def lines_of(error: BaseException) -> list[str]:
    """The lines of cells that an exception came through, the last ones."""
    lines = [
        f"  line {frame.lineno}, in {frame.name}\n    {frame.line}"
        for frame in traceback.extract_tb(error.__traceback__)[-20:]
        if frame.filename.startswith("<cell ")
    ]
    return lines[-MAX_LINES:]


def build_error(described: dict, names: dict) -> Exception:
    """The exception that `describe` has told of.

    names: those of the notebook on this side.
    """
    kind = _class_of(described, names)
    try:
        arguments = decode(described["arguments"])
    except CannotCross:
        arguments = ()
    if isinstance(kind, type) and issubclass(kind, SyntaxError):
        arguments = arguments[:1]  # the others name a file to show
    exception = None
    if isinstance(kind, type) and issubclass(kind, Exception):
        exception = _instance(kind, arguments)
    if exception is None:
        said = ", ".join(map(str, arguments))
        exception = StudentError(f"{described['type']}: {said}")
    return exception


def exception_class(name, bases, names: dict) -> type[Exception]:
    """Stands in for a class of exceptions that is not known here."""
    for base in bases if isinstance(bases, list) else []:
        known = names.get(base) or getattr(builtins, str(base), None)
        if isinstance(known, type) and issubclass(known, Exception):
            return type(str(name), (known,), {"__module__": "__main__"})
    return Exception


def _class_of(described, names):
    name, module = str(described["type"]), str(described["module"])
    package = module.partition(".")[0]
    if name == "CannotCross":
        return CannotCross
    if package == "numpy":
        kind = getattr(np.exceptions, name, None) or getattr(np.linalg, name, None)
    elif package in sys.stdlib_module_names:
        kind = getattr(sys.modules.get(module), name, None)
    else:
        kind = names.get(name)
    if isinstance(kind, type):
        return kind
    kind = exception_class(name, described.get("bases"), names)
    return None if kind is Exception else kind


def _instance(kind, arguments):
    """None if there can be none. Some classes want other arguments than they keep."""
    for make in (kind, lambda *arguments: kind.__new__(kind, *arguments)):
        try:
            return make(*arguments)
        except Exception:  # what a class does with arguments is its own affair
            continue
    return None
