"""Values that cross between two processes that do not trust each other.

Everything crosses by value, as a tree that JSON can write: what arrives is
made of Python's own types, whatever the sender meant it to be. So a subclass
with an `__eq__` of its own arrives as a plain list, number or array.
"""

import base64
import binascii
import collections.abc
import importlib
import itertools
import sys
import types
from collections import deque
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from .kinds import GENERATORS, build, parts_of

MAX_DEPTH = 40
MAX_ITEMS = 1_000_000
MAX_INTEGER_BITS = 10_000
MAX_DIMENSION = 2**20  # of a layer of a model
PLAIN_KINDS = "biufcSUMm"  # NumPy's dtype kinds that hold no Python objects

# What a model may be made of: Keras's own classes, by module. Data that
# Keras marks by a class name has no module.
KERAS_MODULES = {
    "keras",
    "keras.constraints",
    "keras.dtype_policies",
    "keras.initializers",
    "keras.layers",
    "keras.losses",
    "keras.metrics",
    "keras.models",
    "keras.optimizers",
    "keras.optimizers.schedules",
    "keras.regularizers",
    "keras.src.models.functional",
    "keras.src.models.sequential",
    "keras.src.ops.nn",
    "keras.src.ops.numpy",
}
KERAS_DATA = {"__ellipsis__", "__keras_tensor__", "__numpy__", "__slice__"}
# Those of them that can hold or load code.
CODE_CLASSES = {
    "FlaxLayer",
    "JaxLayer",
    "Lambda",
    "TFSMLayer",
    "TorchModuleWrapper",
}


class CannotCross(TypeError):
    """A value that cannot be sent, or a tree that is not a value."""


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
            return {"bytes": base64.b64encode(value).decode()}
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
        case collections.abc.MappingView():
            return items(value)
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


def is_model(value) -> bool:
    keras = sys.modules.get("keras")
    return keras is not None and isinstance(value, keras.Model)


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
        return _model(tree["keras"], _decode(tree["weights"], names))
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
    return build(kind, items)


def _model(config, weights):
    _refuse_code(config, but="compile_config")
    _refuse_size(config)
    try:
        _refuse_code(config.get("compile_config"))
    except CannotCross:
        # A loss of the student's own: predictions can do without.
        config = config | {"compile_config": None}
    import keras  # only a side that is sent a model needs Keras

    try:
        model = keras.saving.deserialize_keras_object(config, safe_mode=True)
        model.set_weights(weights)
    except Exception as error:  # Keras raises anything at a bad config
        raise CannotCross(f"the model cannot be built again: {error}") from None
    return model


def _refuse_code(config, but=None):
    """Only Keras's own classes, and of them none that can hold code.

    but: the one part of `config` that is not looked at.
    """
    if isinstance(config, list):
        for item in config:
            _refuse_code(item)
    if isinstance(config, dict):
        name = config.get("class_name")
        if name is not None and not _ships_with_keras(name, config):
            raise CannotCross(
                f"the model has a {name} in it: only layers that Keras "
                "ships, without code of their own, can be graded"
            )
        for key, item in config.items():
            if key != but:
                _refuse_code(item)


def _refuse_size(config):
    """Memory for a layer is taken before anybody sees that its weights do not fit."""
    if isinstance(config, list):
        for item in config:
            _refuse_size(item)
    if isinstance(config, dict):
        for key, item in config.items():
            if key in {"compile_config", "seed"}:
                continue
            if type(item) is int and abs(item) > MAX_DIMENSION:
                raise CannotCross(f"the model has a {key} that is too large")
            _refuse_size(item)


def _ships_with_keras(name, config):
    module = config.get("module")
    if name == "function":
        return module == "builtins" and _is_loss_or_metric(config["config"])
    if (
        not str(name).isidentifier()
        or name in CODE_CLASSES
        or config.get("registered_name") not in {None, name}
    ):
        return False
    if module is None:
        return name in KERAS_DATA
    return module in KERAS_MODULES and _is_part_of_a_model(module, name)


def _is_part_of_a_model(module, name):
    """Whether Keras finds a class by that name, and one that a model is made of.

    Hundreds of functions can be named as well.
    """
    import keras

    found = getattr(importlib.import_module(module), name, None)
    kinds = (
        *(keras.Layer, keras.Operation, keras.Initializer, keras.Loss, keras.Metric),
        *(keras.Optimizer, keras.Regularizer, keras.constraints.Constraint),
        *(keras.dtype_policies.DTypePolicy, keras.optimizers.schedules.LearningRateSchedule),
    )
    return isinstance(found, type) and issubclass(found, kinds)


def _is_loss_or_metric(name):
    import keras

    return name not in {"deserialize", "get", "serialize"} and any(
        isinstance(getattr(home, str(name), None), types.FunctionType)
        for home in (keras.losses, keras.metrics)
    )


def hides_something(tree) -> bool:
    """Whether a masked array in `tree` has masked elements.

    Of these numpy.testing says nothing, whatever they should be.
    """
    return any(np.any(decode(parts[1:])) for parts in _masked_arrays(tree))


def has_masks(tree) -> bool:
    """Whether there is a masked array in `tree`."""
    return next(_masked_arrays(tree), None) is not None


def _masked_arrays(tree):
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            waiting += part.values()
            if "masked" in part:
                yield part["masked"]


def without_masks(tree):
    """Take masked arrays for the arrays that they are made of; returns the tree.

    NumPy masks what cannot be computed with one, a logarithm of -1 say, and a test
    would compare nothing there.
    """
    holder = [tree]
    waiting = [holder]
    while waiting:
        part = waiting.pop()
        for key, item in enumerate(part) if isinstance(part, list) else list(part.items()):
            while isinstance(item, dict) and isinstance(item.get("masked"), list):
                item = part[key] = next(iter(item["masked"]), None)
            if isinstance(item, list | dict):
                waiting.append(item)
    return holder[0]


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
