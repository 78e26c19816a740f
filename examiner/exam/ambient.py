"""What each process has one of, and a test may set for both.

The global generators of random numbers, and Python's built-in functions.
"""

import builtins
import functools
import inspect
import random
import sys

import numpy as np

from .values import CannotCross, encode

MAX_PARAMETERS = 100


class Generators:
    """The states that a test has given to the global generators.

    They cross once the instructor's code has called a seed: what it draws
    without one, nobody is told beforehand.
    """

    def __init__(self):
        self._is_seeded = False
        self.settle()
        for owner, name in (
            *((random, "seed"), (random, "setstate")),
            *((np.random, "seed"), (np.random, "set_state")),
        ):
            setattr(owner, name, self._noted(getattr(owner, name)))

    def _noted(self, function):
        @functools.wraps(function)
        def noted(*arguments, **keywords):
            self._is_seeded = True
            return function(*arguments, **keywords)

        return noted

    def settle(self):
        """What there is now, the other side has as well."""
        self._python, self._numpy = random.getstate(), np.random.get_state()

    def changed(self) -> dict:
        """Which of them differ from what the other side was told last."""
        python, numpy = self._python, self._numpy
        self.settle()
        states = {}
        if not self._is_seeded:
            return states
        if self._python != python:
            states["random"] = encode(self._python)
        if any(not np.array_equal(new, old) for new, old in zip(self._numpy, numpy, strict=True)):
            states["numpy"] = encode(self._numpy)
        return states


def set_generators(states: dict):
    """states: decoded, of those that changed."""
    if "random" in states:
        random.setstate(states["random"])
    if "numpy" in states:
        np.random.set_state(states["numpy"])


class Builtins:
    """Python's built-in functions, to find those that a test has replaced."""

    def __init__(self, names: dict):
        self._own = dict(vars(builtins))
        self._names = dict(names)
        self._stdin = sys.stdin

    def replaced(self, names: dict) -> dict:
        """names: of the notebook, where one may stand before a built-in."""
        found = {}
        for name, own in self._own.items():
            if not callable(own):
                continue
            now = vars(builtins).get(name, own)
            if names.get(name) is not self._names.get(name):
                now = names.get(name, now)
            if now is not own and callable(now):
                found[name] = now
        if sys.stdin is not self._stdin:
            found.setdefault("input", lambda prompt="": builtins.input(prompt))
        return found


def describe_signature(function) -> list | None:
    """A function's parameters as plain data, or None."""
    try:
        parameters = inspect.signature(function).parameters.values()
        if len(parameters) > MAX_PARAMETERS:
            return None
        return [_describe_parameter(parameter) for parameter in parameters]
    except (TypeError, ValueError):
        return None


def _describe_parameter(parameter):
    described = {"name": parameter.name, "kind": int(parameter.kind)}
    if parameter.default is not inspect.Parameter.empty:
        try:
            described["default"] = encode(parameter.default)
        except CannotCross:
            described["default"] = None
    annotation = parameter.annotation
    if annotation is not inspect.Parameter.empty:
        is_text = isinstance(annotation, str)
        described["annotation"] = annotation if is_text else inspect.formatannotation(annotation)
        described["is_class"] = not is_text
    return described
