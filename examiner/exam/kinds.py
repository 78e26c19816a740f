"""Values of the standard library's and NumPy's own classes, as they cross.

Each is named by a word and described by plain data, so that it arrives as what
it was: a Counter as a Counter. A subclass of one does not, because its methods
may be anybody's.
"""

import array
import copy
import datetime
import random
import re
from collections import (
    ChainMap,
    Counter,
    OrderedDict,
    UserDict,
    UserList,
    UserString,
    defaultdict,
    deque,
    namedtuple,
)
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path, PosixPath, PurePosixPath
from types import MappingProxyType

import numpy as np

from .match import Match, build_pattern, parts_of_match

MAX_DIGITS = 10_000
MAX_PLAIN = 100  # items of what a dict gives where it has nothing
# What an array of Python objects may hold: nothing that holds others.
SINGLE = (
    *(type(None), bool, int, float, complex, str, bytes, Decimal, Fraction),
    *(datetime.date, datetime.time, datetime.timedelta, np.number, np.bool_, np.str_),
)
NUMBERS = frozenset(np.sctypeDict.values())
FACTORIES = {
    kind.__name__: kind
    for kind in (
        *(bool, bytes, complex, dict, float, frozenset, int, list, set, str, tuple),
        *(Counter, OrderedDict, deque),
    )
}
BIT_GENERATORS = {
    name: getattr(np.random, name) for name in ("MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64")
}
DATES = {
    "date": datetime.date,
    "datetime": datetime.datetime,
    "time": datetime.time,
}
# Their state goes on with each number that is drawn.
GENERATORS = {"generator", "random", "randomstate"}


class CannotCross(TypeError):
    """A value that cannot be sent, or a tree that is not a value."""


def parts_of(value) -> tuple[str, list] | None:
    """The word for what `value` is, and the values that describe it.

    None if it is of none of these kinds.
    """
    kind = type(value)
    if kind in DATES.values():
        return kind.__name__, [value.isoformat()]
    if kind is np.ndarray and value.dtype == object:
        items = value.ravel().tolist()
        return ("objects", [list(value.shape), items]) if _are_single(items) else None
    if kind in ENCODERS:
        return ENCODERS[kind](value)
    if issubclass(kind, tuple) and any(map(_is_named, kind.__mro__)):  # without its own methods
        return "namedtuple", [kind.__name__, list(kind._fields), list(value)]
    if issubclass(kind, dict) and hasattr(kind, "__missing__"):
        keys = iter("?!")
        made = _makes(lambda: kind.__missing__(copy.copy(value), next(keys)))
        return "defaultdict", [None, dict(value), made]
    return None


def _is_named(kind):
    return kind.__bases__ == (tuple,) and isinstance(getattr(kind, "_fields", None), tuple)


ENCODERS: dict[type, Callable] = {
    Counter: lambda value: ("counter", [dict(value)]),
    OrderedDict: lambda value: ("ordered", [dict(value)]),
    defaultdict: lambda value: (
        "defaultdict",
        [_name_of(value.default_factory), dict(value), _makes(value.default_factory)],
    ),
    deque: lambda value: ("deque", [list(value), value.maxlen]),
    UserList: lambda value: ("userlist", [list(value)]),
    UserDict: lambda value: ("userdict", [dict(value)]),
    UserString: lambda value: ("userstring", [str(value)]),
    ChainMap: lambda value: ("chainmap", [list(map(dict, value.maps))]),
    MappingProxyType: lambda value: ("mappingproxy", [dict(value)]),
    array.array: lambda value: ("pyarray", [value.typecode, list(value)]),
    Decimal: lambda value: ("decimal", [str(value)]),
    Fraction: lambda value: (
        "fraction",
        [value.numerator, value.denominator],
    ),
    datetime.timedelta: lambda value: (
        "timedelta",
        [value.days, value.seconds, value.microseconds],
    ),
    re.Pattern: lambda value: ("pattern", [value.pattern, value.flags]),
    re.Match: lambda value: ("match", parts_of_match(value)),
    PosixPath: lambda value: ("path", [str(value)]),
    PurePosixPath: lambda value: ("path", [str(value)]),
    np.matrix: lambda value: ("matrix", [np.asarray(value)]),
    np.ma.MaskedArray: lambda value: (
        "masked",
        [value.data, np.ma.getmaskarray(value)],
    ),
    np.polynomial.Polynomial: lambda value: (
        "polynomial",
        [value.coef, value.domain, value.window],
    ),
    np.random.Generator: lambda value: (
        "generator",
        [type(value.bit_generator).__name__, value.bit_generator.state],
    ),
    np.random.RandomState: lambda value: (
        "randomstate",
        [value.get_state()],
    ),
    random.Random: lambda value: ("random", [value.getstate()]),
}


def _name_of(factory):
    """None, too, for a factory that is somebody's own."""
    name = getattr(factory, "__name__", None)
    return name if FACTORIES.get(name) is factory else None


def _makes(factory) -> list:
    """What somebody's own factory makes, if that is plain and each time the same."""
    if factory is None or _name_of(factory):
        return []
    try:
        made, again = factory(), factory()
    except Exception:  # it is anybody's
        return []
    return [made] if _is_plain(made) and _is_plain(again) and made == again else []


def _is_plain(value):
    kind = type(value)
    if kind is defaultdict and not _name_of(value.default_factory):
        return False  # another of somebody's own
    if kind in {dict, defaultdict}:
        return _is_plain([*value, *value.values()])
    if kind in {list, set, tuple}:
        return len(value) <= MAX_PLAIN and all(map(_is_plain, value))
    return kind in SINGLE or kind in NUMBERS


def _defaultdict(name, items, made):
    factory = partial(copy.deepcopy, *made) if made else FACTORIES.get(name)
    return defaultdict(factory, items)


def build(word: str, parts: list):
    """The value that parts_of has described, or a KeyError."""
    if word in DATES:
        return DATES[word].fromisoformat(*parts)
    return DECODERS[word](*parts)


def _namedtuple(name, fields, values):
    return namedtuple(name, fields)(*values)


def _are_single(items):
    return all(isinstance(item, SINGLE) for item in items)


def _objects(shape, items):
    """An array of Python objects, each of them one that numpy.testing can compare."""
    if not _are_single(items):
        raise ValueError("an array of something else than numbers and texts")
    values = np.empty(len(items), object)
    values[:] = items
    return values.reshape(shape)


def _decimal(text):
    if len(text) > MAX_DIGITS:
        raise ValueError("a decimal of thousands of digits")
    return Decimal(text)


def _generator(name, state):
    bits = BIT_GENERATORS[name]()
    bits.state = state
    _refuse_outside(bits.state)
    return np.random.Generator(bits)


def _random_state(state):
    generator = np.random.RandomState()
    generator.set_state(state)
    _refuse_outside(generator.get_state(legacy=False))
    return generator


def _refuse_outside(state):
    """NumPy takes any place for the next number: it would read this process's memory."""
    place, most = {
        "MT19937": lambda: (state["state"]["pos"], state["state"]["key"].size),
        "Philox": lambda: (state["buffer_pos"], state["buffer"].size),
    }.get(state["bit_generator"], lambda: (0, 0))()
    if not 0 <= place <= most:
        raise ValueError("a generator that stands outside its numbers")


def _random(state):
    generator = random.Random()
    generator.setstate(state)
    return generator


DECODERS: dict[str, Callable] = {
    "counter": Counter,
    "ordered": OrderedDict,
    "defaultdict": _defaultdict,
    "deque": deque,
    "objects": _objects,
    "decimal": _decimal,
    "fraction": Fraction,
    "timedelta": datetime.timedelta,
    "userlist": UserList,
    "userdict": UserDict,
    "userstring": UserString,
    "chainmap": lambda maps: ChainMap(*map(dict, maps)),
    "mappingproxy": lambda items: MappingProxyType(dict(items)),
    "pyarray": array.array,
    "path": Path,
    "pattern": build_pattern,
    "match": Match,
    "matrix": np.asmatrix,
    "masked": lambda data, mask: np.ma.MaskedArray(data, mask),
    "polynomial": np.polynomial.Polynomial,
    "generator": _generator,
    "randomstate": _random_state,
    "random": _random,
    "namedtuple": _namedtuple,
}
