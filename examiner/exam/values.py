"""Values that cross between two processes that do not trust each other.

Everything crosses by value, as a tree that JSON can write: what arrives is
made of Python's own types, whatever the sender meant it to be. So a subclass
with an `__eq__` of its own arrives as a plain list, number or array.
"""

import base64
import binascii
import collections.abc
import itertools
import sys
from collections import deque
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from .kinds import GENERATORS, CannotCross, build, parts_of
from .models import build_model, is_model

MAX_DEPTH = 40
MAX_ITEMS = 1_000_000
MAX_INTEGER_BITS = 10_000
PLAIN_KINDS = "biufcSUMm"  # NumPy's dtype kinds that hold no Python objects


def encode(value, name_of: Callable[[object], str | None] = lambda _: None):
    """Turn `value` into a tree of what JSON knows.

    name_of: gives the name under which the other side knows a function, or
    None. Raises CannotCross, with a message for the person who wrote the
    value.
    """
    return _encode(value, name_of, 0)


def _encode(value, name_of, depth):
    if depth > MAX_DEPTH:
        raise CannotCross(f"it is nested more than {MAX_DEPTH} levels deep")

    def items(values):
        values = list(itertools.islice(values, MAX_ITEMS + 1))
        if len(values) > MAX_ITEMS:
            raise CannotCross(f"it has more than {MAX_ITEMS:,} items")
        return [_encode(item, name_of, depth + 1) for item in values]

    name = name_of(value) if callable(value) else None
    if name is not None:
        return {"name": name}
    described = parts_of(value)
    if described is not None:
        word, parts = described
        return {word: items(parts)}
    match value:
        case None | bool():
            return value
        case np.generic() | np.ndarray():
            kind = "array" if isinstance(value, np.ndarray) else "scalar"
            return {kind: _raw(np.asarray(value))}
        case int():
            value = int(value)
            if value.bit_length() > MAX_INTEGER_BITS:
                raise CannotCross("it is an integer of thousands of digits")
            return value
        case float():
            return float(value)
        case str():
            return str.__str__(value)
        case complex():
            return {"complex": [value.real, value.imag]}
        case bytes() | bytearray():
            kind = "bytearray" if isinstance(value, bytearray) else "bytes"
            return {kind: base64.b64encode(value).decode()}
        case list():
            return items(value)
        case tuple():
            return {"tuple": items(value)}
        case set():
            return {"set": items(value)}
        case frozenset():
            return {"frozenset": items(value)}
        case dict():
            return {"dict": [items(pair) for pair in value.items()]}
        case range() | slice():
            parts = items((value.start, value.stop, value.step))
            return {type(value).__name__: parts}
        case collections.abc.Iterator():
            return {"iterator": items(value)}
        case collections.abc.KeysView():
            return {"keys": items(value)}
        case collections.abc.ItemsView():
            return {"items": items(value)}
        case collections.abc.MappingView():
            return {"values": items(value)}
    if value is Ellipsis:
        return {"ellipsis": True}
    if is_model(value):
        keras = sys.modules["keras"]
        return {
            "keras": keras.saving.serialize_keras_object(value),
            "weights": items(value.get_weights()),
        }
    if _is_tensor(value):
        return {"array": _raw(np.asarray(value))}
    kind = type(value).__name__
    raise CannotCross(
        f"it is of type {kind!r}; graded values are numbers, strings, "
        "lists, tuples, dicts, sets, NumPy arrays, or Keras models made "
        "of Keras's own layers"
    )


def _is_tensor(value):
    library = type(value).__module__.split(".")[0]
    return library in {
        "tensorflow",
        "keras",
        "jax",
        "jaxlib",
        "torch",
    } and (hasattr(value, "__array__"))


def _raw(array):
    if array.dtype.kind not in PLAIN_KINDS:
        raise CannotCross(f"it is an array of dtype {array.dtype}")
    content = base64.b64encode(array.tobytes()).decode()
    return [array.dtype.str, list(array.shape), content]


def _array(dtype, shape, content):
    """An array that owns its memory; never one of Python objects."""
    dtype = np.dtype(str(dtype))
    if dtype.kind not in PLAIN_KINDS:
        raise CannotCross(f"an array of dtype {dtype}")
    data = bytearray(base64.b64decode(content, validate=True))
    if not data:
        return np.zeros(0, dtype).reshape(shape)
    array = np.frombuffer(data, dtype).reshape(shape)
    # In half precision infinity equals each of Python's numbers above 65504.
    is_half = array.dtype.kind == "f" and array.dtype.itemsize == 2
    return array.astype(float) if is_half and np.isinf(array).any() else array


def decode(tree, names: Mapping[str, object] = MappingProxyType({})):
    """Build the value that `tree` describes.

    names: what the names of functions stand for on this side. Raises
    CannotCross where the tree is malformed: its sender may be hostile.
    """
    try:
        return _decode(tree, names)
    except CannotCross:
        raise
    except (
        ArithmeticError,
        AttributeError,
        EOFError,
        LookupError,
        MemoryError,
        RecursionError,
        SyntaxError,
        TypeError,
        ValueError,
        binascii.Error,
    ) as error:
        raise CannotCross(f"what arrived is not a value ({type(error).__name__})") from None


def _decode(tree, names):
    if tree is None or isinstance(tree, bool | int | float | str):
        return tree
    if isinstance(tree, list):
        return [_decode(item, names) for item in tree]
    if "keras" in tree:
        return build_model(tree["keras"], _decode(tree["weights"], names))
    ((kind, content),) = tree.items()
    match kind:
        case "array" | "scalar":
            array = _array(*content)
            return array if kind == "array" else array[()]
        case "name":
            if content not in names:
                raise CannotCross(f"there is no {content!r} on this side")
            return names[content]
        case "complex":
            return complex(*content)
        case "bytes":
            return base64.b64decode(content, validate=True)
        case "bytearray":
            return bytearray(base64.b64decode(content, validate=True))
        case "ellipsis":
            return Ellipsis
        case "range" | "slice":
            parts = (_decode(part, names) for part in content)
            value = {"range": range, "slice": slice}[kind](*parts)
            if kind == "range" and value[MAX_ITEMS:]:
                raise CannotCross(f"it has more than {MAX_ITEMS:,} items")
            return value
    items = [_decode(item, names) for item in content]
    match kind:
        case "tuple":
            return tuple(items)
        case "set":
            return set(items)
        case "frozenset":
            return frozenset(items)
        case "dict":
            return dict(items)
        case "iterator":
            return iter(items)
        case "keys":
            return dict.fromkeys(items).keys()
        case "items":
            return dict(items).items()
        case "values":
            return dict(enumerate(items)).values()
    return build(kind, items)


def is_same(tree, other) -> bool:
    """Whether two trees describe the same, but for what was drawn since.

    A generator of random numbers goes on: that is no change of an argument.
    """
    if isinstance(tree, dict) and isinstance(other, dict):
        return tree.keys() == other.keys() and (
            not GENERATORS.isdisjoint(tree) or all(is_same(tree[key], other[key]) for key in tree)
        )
    if isinstance(tree, list) and isinstance(other, list):
        return len(tree) == len(other) and all(map(is_same, tree, other))
    return tree == other and type(tree) is type(other)


def update_in_place(old, new):
    """Make the caller's argument `old` what the call has made of it."""
    match old, new:
        case list(), list():
            for index, (item, other) in enumerate(zip(old, new, strict=False)):
                if not update_in_place(item, other):
                    old[index] = other
            old[len(new) :] = new[len(old) :]
        case dict(), dict():
            for key in [key for key in old if key not in new]:
                del old[key]
            for key, other in new.items():
                if key not in old or not update_in_place(old[key], other):
                    old[key] = other
        case set(), set():
            old.clear()
            old.update(new)
        case bytearray(), bytearray():
            old[:] = new
        case np.ndarray(), np.ndarray():
            if old.shape != new.shape or not old.flags.writeable:
                return False
            old[...] = new
        case deque(), deque():
            old.clear()
            old.extend(new)
        case tuple(), tuple():
            if len(old) != len(new):
                return False
            done = [update_in_place(*pair) for pair in zip(old, new, strict=True)]
            return all(done)
        case _ if is_model(old) and is_model(new):
            old.set_weights(new.get_weights())
        case _:
            return False
    return True
