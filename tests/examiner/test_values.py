"""What crosses between the kernels, and what does not."""

import copy
import json
import re
from array import array as flat_array
from collections import (
    ChainMap,
    Counter,
    UserDict,
    UserList,
    UserString,
    defaultdict,
    namedtuple,
)
from fractions import Fraction
from itertools import count
from types import MappingProxyType

import keras
import numpy as np
import pytest

from examiner.exam.models import CODE_CLASSES, _is_part_of_a_model
from examiner.exam.values import CannotCross, decode, encode, update_in_place


def cross(value):
    return decode(json.loads(json.dumps(encode(value))))


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        -(7**300),
        0.1,
        float("inf"),
        2 + 3j,
        "Größe",
        b"\x00\xff",
        bytearray(b"ab"),
        [1, [2.0, "three"], ()],
        (1, (2, [3])),
        {1, 2},
        frozenset({"a"}),
        {"a": 1, (1, 2): [3], None: {}},
        range(1, 9, 2),
        slice(None, 4),
        ...,
        {"a": 1}.keys(),
        {"a": 1}.items(),
        re.compile("[a-z]+", re.IGNORECASE),
        defaultdict(int, a=1),
    ],
)
def test_plain_values_arrive_as_they_were(value):
    arrived = cross(value)
    assert arrived == value
    assert type(arrived) is type(value)


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6.0).reshape(2, 3),
        np.array([], dtype=np.int8),
        np.array(3.5, dtype=np.float32),
        np.array([1 + 2j]),
        np.array(["a", "bcd"]),
        np.array([True, False]),
        np.asfortranarray(np.eye(3)),
        np.array([np.nan, -np.inf]),
    ],
)
def test_arrays_keep_shape_dtype_and_values(array):
    arrived = cross(array)
    assert arrived.dtype == array.dtype
    np.testing.assert_array_equal(arrived, array)


def test_a_numpy_scalar_stays_one():
    arrived = cross(np.float32(0.1))
    assert type(arrived) is np.float32
    assert arrived == np.float32(0.1)


class EqualToAll:
    def __eq__(self, other):
        return True

    __hash__ = None


def equal_to_all(kind, *arguments):
    return type("Equal", (EqualToAll, kind), {})(*arguments)


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (equal_to_all(float, 0.5), 0.5),
        (equal_to_all(str, "A"), "A"),
        (equal_to_all(list, [1]), [1]),
        (equal_to_all(dict, {"a": 1}), {"a": 1}),
        (np.zeros(2).view(type("Array", (np.ndarray,), {})), np.zeros(2)),
    ],
)
def test_a_subclass_arrives_without_its_methods(value, plain):
    arrived = cross(value)
    assert type(arrived) is type(plain)
    np.testing.assert_array_equal(arrived, plain)


def test_an_iterator_arrives_with_what_it_gives():
    assert list(cross(x * x for x in range(4))) == [0, 1, 4, 9]
    assert list(cross({"a": 1}.values())) == [1]


class Bag(dict):
    def __missing__(self, key):
        return 0


class Cells(dict):
    def __missing__(self, key):
        self[key] = [key]
        return self[key]


@pytest.mark.parametrize(
    ("value", "missing"),
    [
        (defaultdict(lambda: 7), 7),
        (defaultdict(lambda: np.float64(0.5)), 0.5),
        (defaultdict(lambda: [0, 0]), [0, 0]),
        (defaultdict(lambda: defaultdict(int)), {}),
        (defaultdict(Counter), Counter()),
        (Bag(a=1), 0),
    ],
)
def test_a_dict_gives_for_what_it_lacks_the_same_as_before(value, missing):
    arrived = cross(value)
    assert arrived == value
    assert arrived["?"] == missing
    assert arrived["?"] is not arrived["!"] or not isinstance(missing, list)


def tree():
    return defaultdict(tree)


@pytest.mark.parametrize(
    "value",
    [defaultdict(count().__next__), defaultdict(tree), defaultdict(object), Cells(), defaultdict()],
)
def test_what_a_dict_makes_anew_is_not_made_up(value):
    arrived = cross(value)
    assert arrived == value == {}
    with pytest.raises(KeyError):
        arrived["?"]


class Point(namedtuple("Point", "x y")):
    """A point."""

    def norm(self):
        return abs(self.x) + abs(self.y)


def test_a_named_tuple_keeps_its_names_whatever_it_is_made_into():
    arrived = cross([Point(1, 2)])[0]
    assert (arrived.x, arrived.y, arrived) == (1, 2, (1, 2))
    assert not hasattr(arrived, "norm")


def test_what_a_regular_expression_found_arrives():
    found = re.search(r"(?P<day>\d+)\.(\d+)?(x)?", "on 24.12")
    arrived = cross(found)
    assert arrived
    for call in ("group", "groups", "groupdict", "span", "start", "end", "__repr__"):
        assert getattr(arrived, call)() == getattr(found, call)()
    assert arrived["day"] == arrived[1] == found[1]
    assert arrived.group(1, 3) == found.group(1, 3)
    assert arrived.span("day") == found.span("day")
    assert (arrived.string, arrived.re, arrived.regs) == (found.string, found.re, found.regs)
    with pytest.raises(IndexError):
        arrived.group(4)
    with pytest.raises(IndexError):
        arrived.group("month")


@pytest.mark.parametrize(
    "tree",
    [
        {"pattern": ["(", 0]},
        {"pattern": ["a{9999999999999}", 0]},
        {"match": ["no pattern", "text", [], 0, 1]},
        {"match": [{"pattern": ["a", 32]}, {"set": []}, [[0, 1]], 0, 1]},
        {"keys": [[1]]},
        {"items": [1]},
        {"bytearray": "?"},
    ],
)
def test_a_tree_that_is_no_value_of_its_kind_is_refused(tree):
    with pytest.raises(CannotCross):
        decode(tree)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (object(), "object"),
        (np.array([None, {}]), "dtype object"),
        (10**4000, "integer"),
        ([0] * 1_000_001, "items"),
        (iter(int, 1), "items"),
        (EqualToAll(), "EqualToAll"),
    ],
)
def test_what_cannot_cross_says_why(value, word):
    with pytest.raises(CannotCross, match=word):
        encode(value)


def test_deep_nesting_and_circles_are_refused():
    circle = []
    circle.append(circle)
    with pytest.raises(CannotCross, match="nested"):
        encode(circle)


@pytest.mark.parametrize(
    "tree",
    [
        {"array": "bm90IGFuIGFycmF5"},
        {"array": 5},
        {"tuple": None},
        {"name": "expected"},
        {"set": [[1]]},
        {"dict": [[1]]},
        {"pickle": "x"},
        {"range": [1, "2"]},
        {},
        {"keras": {"class_name": "Sequential"}, "weights": []},
    ],
)
def test_a_tree_that_is_no_value_is_refused(tree):
    with pytest.raises(CannotCross):
        decode(tree)


@pytest.mark.parametrize(
    "raw",
    [
        ["|O", [1], "AAAAAAAAAAA="],
        ["<f8", [10**12], "AAAAAAAAAAA="],
        ["<f8", [-1, 0], "AAAAAAAAAAA="],
        ["[('a', 'O')]", [1], "AAAAAAAAAAA="],
        ["<f8", [0, 2**62], ""],
        ["<f8", [10**9], ""],
    ],
)
def test_an_array_that_is_none_is_refused(raw):
    with pytest.raises(CannotCross):
        decode({"array": raw})


def sequential():
    return keras.Sequential([keras.Input((5, 2)), keras.layers.LSTM(3), keras.layers.Dense(1)])


def functional():
    inputs = keras.Input((5, 2))
    outputs, state = keras.layers.GRU(3, return_state=True)(inputs)
    both = keras.layers.Concatenate()([outputs, 2 * state[:, 1:]])
    return keras.Model(inputs, keras.layers.Dense(1)(both))


def own_loss(y, prediction):
    return keras.ops.mean((y - prediction) ** 4)


MODELS = {
    "sequential": (sequential, None),
    "functional": (functional, None),
    "compiled": (sequential, {"optimizer": "adam", "loss": "mse"}),
    "compiled-with-objects": (
        functional,
        {
            "optimizer": keras.optimizers.SGD(global_clipnorm=1.0),
            "loss": keras.losses.mean_squared_error,
            "metrics": [keras.metrics.MeanAbsoluteError()],
        },
    ),
    "own-loss": (sequential, {"optimizer": "adam", "loss": own_loss}),
}


@pytest.mark.parametrize("name", MODELS)
def test_a_keras_model_is_built_again_with_its_weights(name):
    keras.utils.set_random_seed(0)
    make, how = MODELS[name]
    model = make()
    if how:
        model.compile(**how)
    x = np.linspace(-1, 1, 20).reshape(2, 5, 2)
    arrived = cross(model)
    assert arrived is not model
    np.testing.assert_allclose(arrived(x), model(x), atol=1e-7)
    # A loss of the student's own does not cross; predictions do.
    assert arrived.compiled == (how is not None and name != "own-loss")
    if arrived.compiled:
        y = np.ones((2, 1))
        losses = [m.evaluate(x, y, verbose=0) for m in (arrived, model)]
        np.testing.assert_allclose(*losses, rtol=1e-6)


@keras.saving.register_keras_serializable("student")
class Own(keras.layers.Layer):
    def call(self, x):
        return x


def activated(config):
    """A model whose activation is the function that `config` describes."""
    tree = json.loads(json.dumps(encode(sequential())))
    tree["keras"]["config"]["layers"][-1]["config"]["activation"] = config
    return tree


@pytest.mark.parametrize(
    ("code", "what"),
    [
        (keras.layers.Lambda(lambda x: x * 2), "Lambda"),
        (Own(), "Own"),
        (
            {
                "module": "keras.models",
                "class_name": "function",
                "config": "load_model",
                "registered_name": "function",
            },
            "function",
        ),
        ({"class_name": "__lambda__", "config": {"value": ""}}, "lambda"),
    ],
)
def test_a_keras_model_with_code_in_it_is_refused(code, what):
    if isinstance(code, dict):
        tree = activated(code)
    else:
        tree = encode(keras.Sequential([keras.Input((2,)), code]))
    with pytest.raises(CannotCross, match=what):
        decode(tree)


def test_an_argument_becomes_what_the_call_made_of_it():
    array, inner = np.zeros(3), [1, 2]
    arguments = (array, {"a": inner, "b": 1}, 5)
    update_in_place(arguments, (np.ones(3), {"a": [3], "c": 2}, 6))
    assert array.tolist() == [1, 1, 1]
    assert inner == [3]
    assert arguments[1] == {"a": [3], "c": 2}
    assert arguments[2] == 5


def test_a_read_only_argument_stays():
    array = np.zeros(3)
    array.setflags(write=False)
    update_in_place([array], [np.ones(3)])
    assert array.tolist() == [0, 0, 0]


def test_a_model_becomes_what_training_has_made_of_it():
    old, new = sequential(), sequential()
    update_in_place(([old],), ([new],))
    x = np.ones((1, 5, 2))
    np.testing.assert_array_equal(old(x), new(x))


def named(module, name, **config):
    return {"module": module, "class_name": name, "config": config, "registered_name": None}


@pytest.mark.parametrize(
    ("module", "name"),
    [
        *(("keras.layers", "deserialize"), ("keras.layers", "add")),
        *(("keras.models", "clone_model"), ("keras.models", "load_model")),
        *(("keras.src.ops.numpy", "zeros"), ("keras.src.ops.nn", "relu")),
        *(("keras.src.ops.numpy", "np"), ("keras.src.models.functional", "saving_lib")),
        *(("keras", "config"), ("keras", "name_scope")),
        *(("keras.src.models.functional", "functional_from_config"), ("keras", "Input")),
    ],
)
def test_of_keras_only_what_models_are_made_of_can_be_named(module, name):
    """As any part of a model: a layer, an activation, an initializer."""
    tree = encode(sequential())
    assert decode(tree).count_params()
    for place in ("activation", "kernel_initializer"):
        changed = copy.deepcopy(tree)
        changed["keras"]["config"]["layers"][-1]["config"][place] = named(module, name)
        with pytest.raises(CannotCross, match="only layers that Keras ships"):
            decode(changed)
    tree["keras"]["config"]["layers"][-1] = named(module, name)
    with pytest.raises(CannotCross, match="only layers that Keras ships"):
        decode(tree)


def test_every_class_of_keras_can_be_a_part_of_a_model():
    for home in (keras.layers, keras.initializers, keras.optimizers, keras.losses):
        for name, kind in vars(home).items():
            if isinstance(kind, type) and name not in {*CODE_CLASSES, "InputSpec", "OptimizerMap"}:
                assert _is_part_of_a_model(home.__name__.replace("_tf_keras.", ""), name), name


@pytest.mark.parametrize("units", [10**9, 10**30, -(10**9)])
def test_a_model_of_any_size_is_refused(units):
    tree = encode(sequential())
    tree["keras"]["config"]["layers"][-1]["config"]["units"] = units
    with pytest.raises(CannotCross, match="too large"):
        decode(tree)


@pytest.mark.parametrize(
    "value",
    [
        UserList([1, 2]),
        UserDict(a=1),
        UserString("ab"),
        ChainMap({"a": 1}, {"b": 2}),
        MappingProxyType({"a": [1]}),
        flat_array("d", [0.5, 2]),
    ],
)
def test_containers_of_the_standard_library_arrive_as_what_they_were(value):
    arrived = cross(value)
    assert arrived == value
    assert type(arrived) is type(value)


def test_an_array_of_objects_arrives_if_these_hold_no_others():
    value = np.array([[1, "two"], [None, Fraction(1, 3)]], dtype=object)
    arrived = cross(value)
    assert arrived.dtype == object
    np.testing.assert_array_equal(arrived, value)
    for inner in ([1], {}, np.arange(2)):
        tree = {"objects": [[1], [encode(inner)]]}
        with pytest.raises(CannotCross):
            decode(tree)
