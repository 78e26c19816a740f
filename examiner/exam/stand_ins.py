"""What stands in a test for something that is in the student's process."""

import builtins
import inspect
import types
from collections import deque

import numpy as np

from .models import is_model
from .values import CannotCross, decode


class StudentFunction:
    """Stands in for a function that runs in the student kernel."""

    def __init__(self, name, doc, call):
        self.__name__ = self.__qualname__ = name
        self._call = call
        self.describe(doc, None)

    def describe(self, doc, signature):
        self.__doc__ = doc
        self.__signature__ = signature_of(signature)

    def __call__(self, *args, **kwargs):
        return self._call(self.__name__, args, kwargs)

    def __repr__(self):
        return f"<function {self.__name__}>"


class NotGradable:
    """Stands in for a value that cannot cross: any use of it says so."""

    def __init__(self, name, reason):
        object.__setattr__(self, "_said", f"{name} cannot be graded: {reason}")

    def _refuse(self, *_, **__):
        raise CannotCross(object.__getattribute__(self, "_said"))

    __getattribute__ = __setattr__ = __call__ = __getitem__ = __len__ = __iter__ = __eq__ = (
        __ne__
    ) = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __float__ = __int__ = __add__ = __radd__ = (
        __sub__
    ) = __rsub__ = __mul__ = __rmul__ = __array__ = __contains__ = __hash__ = _refuse


# What holds nothing that a call could change.
ATOMS = (
    *(
        type,
        types.ModuleType,
        types.FunctionType,
        types.BuiltinFunctionType,
    ),
    *(types.MethodType, np.generic, np.random.Generator, str, bytes, int),
    *(float, complex, type(None), StudentFunction, NotGradable),
)


def _annotation(described):
    """A built-in class as itself, all others as the text for it."""
    text = described.get("annotation", inspect.Parameter.empty)
    known = getattr(builtins, str(text), None)
    is_known = described.get("is_class") and isinstance(known, type)
    return known if is_known else text


def signature_of(parameters):
    """What describe_signature has told, or None."""
    if not isinstance(parameters, list):
        return None
    empty = inspect.Parameter.empty
    try:
        return inspect.Signature(
            [
                inspect.Parameter(
                    described["name"],
                    inspect._ParameterKind(described["kind"]),
                    default=decode(described["default"]) if "default" in described else empty,
                    annotation=_annotation(described),
                )
                for described in parameters
            ]
        )
    except (CannotCross, KeyError, TypeError, ValueError):
        return None


def memories(value) -> set[int]:
    """Of all that can be changed in `value`, the ids of what holds it."""
    found, waiting = set(), [value]
    while waiting:
        value = waiting.pop()
        kind = type(value)  # isinstance asks the value, and one may refuse
        if issubclass(kind, np.ndarray):
            while isinstance(value.base, np.ndarray):
                value = value.base
            found.add(id(value))
        if id(value) in found or issubclass(kind, ATOMS):
            continue
        found.add(id(value))
        if issubclass(kind, dict):
            waiting += value.values()
        elif issubclass(kind, list | set | tuple | deque):
            waiting += value
        elif not is_model(value):
            waiting += getattr(value, "__dict__", {}).values()
    return found
