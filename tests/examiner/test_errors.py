"""Exceptions pass between the processes, and can be caught by what they are."""

import json
import statistics
import struct
from pathlib import Path

import pytest

from examiner.exam.errors import StudentError, build_error, describe, lines_of

from .test_two_kernels import run, student, trial


class TooShort(ValueError):
    def __init__(self, length, least):
        super().__init__(f"{length} of {least}")


def raised(function):
    with pytest.raises(Exception) as caught:  # noqa: PT011
        function()
    return caught.value


def crossed(error, **names):
    return build_error(json.loads(json.dumps(describe(error))), names)


@pytest.mark.parametrize(
    "function",
    [
        lambda: [][0],
        lambda: statistics.mean([]),
        lambda: json.loads("{"),
        lambda: struct.unpack("i", b""),
        lambda: b"\xff".decode(),
        lambda: Path("/no/such/file").read_text(),
    ],
)
def test_an_error_of_the_library_arrives_as_what_it_is(function):
    error = raised(function)
    arrived = crossed(error)
    assert type(arrived) is type(error)
    assert arrived.args == error.args


def test_an_error_whose_class_wants_other_arguments_arrives():
    error = TooShort(2, 3)
    arrived = build_error(describe(error) | {"module": "__main__"}, {"TooShort": TooShort})
    assert type(arrived) is TooShort
    assert str(arrived) == "2 of 3"


def test_of_an_unknown_class_the_known_one_above_it_counts():
    arrived = crossed(TooShort(2, 3))
    assert type(arrived).__name__ == "TooShort"
    assert isinstance(arrived, ValueError)


@pytest.mark.parametrize(
    ("module", "name"),
    [("os", "system"), ("builtins", "SystemExit"), ("no_such_module", "Error"), ("json", "loads")],
)
def test_nothing_but_an_exception_is_made(module, name):
    told = {"type": name, "module": module, "bases": [], "arguments": {"tuple": ["touch x"]}}
    assert type(build_error(told, {"Error": print})) is StudentError


def test_both_sides_catch_what_the_other_raises():
    _, errors = run(
        student(
            "import json, statistics\n"
            "def f(function, x):\n"
            "    try:\n        return function(x)\n"
            "    except (ValueError, ZeroDivisionError) as error:\n        return error.args\n"
            "def g(text):\n    return json.loads(text)"
        ),
        trial(
            "def fails(x):\n    raise ValueError('no', x)\n"
            "assert f(fails, 3) == ('no', 3)\n"
            "assert f(lambda x: 1 / x, 0) == ('division by zero',)"
        ),
        trial("try:\n    g('{')\nexcept ValueError:\n    pass"),
        trial("import json\ntry:\n    g('{')\nexcept json.JSONDecodeError:\n    pass"),
        trial("def fails(x):\n    raise KeyError(x)\nf(fails, 'k')"),
    )
    assert errors == [[]] * 4 + [["KeyError: 'k'"]]


def test_nothing_is_told_of_the_code_that_raised():
    namespace = {}
    source = "def fails():\n    secret = 1\n    raise ValueError('x')"
    exec(compile(source, "<cell 1>", "exec"), namespace)
    error = raised(namespace["fails"])
    assert lines_of(error)
    assert {"fails", "secret"}.isdisjoint(json.dumps(describe(error)).split())
    assert describe(error).keys() == {"type", "module", "bases", "arguments"}
