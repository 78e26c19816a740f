"""Cells run in two kernels, and only values pass between them."""

import os
import signal
import threading

import pytest

from examiner.cells import split
from examiner.exam import GIVEN, STUDENT, TEST, Cell, Job, run_job
from examiner.exam.session import warm_parent
from examiner.state import may_change

NAMES = ("f", "g", "squares", "sum_of_squares", "x")


def given(source):
    return Cell(GIVEN, source)


def student(source):
    return Cell(STUDENT, source)


def trial(source, hidden=()):
    parts = split(source, frozenset(hidden)) if hidden else None
    return Cell(TEST, source, NAMES, parts)


def run(*cells, seconds=20):
    """Returns the Run, and for each cell its errors, as text."""
    job = Job(
        cells,
        may_change=may_change(cells),
        modules=("numpy",),
        seconds=seconds,
    )
    result = run_job(job)
    errors = [
        [
            f"{output['ename']}: {output['evalue']}"
            for output in outputs
            if output["output_type"] == "error"
        ]
        for outputs in result.outputs
    ]
    return result, errors


def printed(outputs):
    return "".join(output["text"] for output in outputs if output["output_type"] == "stream")


def test_a_function_is_called_where_it_lives():
    result, errors = run(
        given("import os\nhere = os.getpid()"),
        student("import os\ndef f():\n    return os.getpid()"),
        trial("assert f() == f() != here\nf()"),
    )
    assert errors == [[], [], []]
    assert result.outputs[2][0]["data"]["text/plain"].isdigit()


def test_a_students_process_holds_no_grading_system():
    """It is smaller so, and forked faster; and nothing of it can be read."""
    result, _ = run(
        student(
            "import sys\n"
            "print([n for n in ('nbgrader', 'sqlalchemy', 'nbconvert')"
            " if n in sys.modules])"
        )
    )
    assert printed(result.outputs[0]) == "[]\n"


def test_a_test_sees_variables_and_what_becomes_of_them():
    _, errors = run(
        student("x = [1, 2]"),
        trial("assert x == [1, 2]"),
        student("x.append(3)"),
        trial("assert x == [1, 2, 3]"),
    )
    assert errors == [[], [], [], []]


def test_a_value_that_cannot_cross_says_so_where_it_is_used():
    result, errors = run(
        student("x = 10**4000"),
        trial("assert 1 + 1 == 2"),
        trial("assert x > 0"),
    )
    reason = "x cannot be graded: it is an integer of thousands of digits"
    assert errors == [[], [], [f"CannotCross: {reason}"]]
    assert result.lost == []


def test_an_exception_arrives_as_what_it_was():
    _, errors = run(
        student("def f(n):\n    raise ValueError(f'{n} is too small')"),
        trial(
            "try:\n    f(0)\nexcept ValueError as error:\n"
            "    assert error.args == ('0 is too small',)"
        ),
        trial("f(7)"),
    )
    assert errors == [[], [], ["ValueError: 7 is too small"]]


def test_arguments_change_in_place():
    _, errors = run(
        given("import numpy as np"),
        student("def f(values):\n    values.sort()"),
        trial("a = [3, 1, 2]\nassert f(a) is None\nassert a == [1, 2, 3]"),
        trial("b = np.array([2, 1])\nf(b)\nassert b.tolist() == [1, 2]"),
    )
    assert errors == [[], [], [], []]


ZERO = "import numpy as np\ndef f(x):\n    x[:] = 0\n    return np.zeros_like(x)"
CAREFUL = "def f(x):\n    x += 1\n    return x + 0"


def test_nobody_gains_by_changing_what_is_expected():
    """Stock nbgrader gives the points: the zeros are compared with zeros."""
    naive = trial("x = np.ones(3)\nnp.testing.assert_equal(f(x), x + 1)")
    _, errors = run(
        given("import numpy as np"),
        student(ZERO),
        trial("x = np.ones(3)\ngot = f(x)\nnp.testing.assert_equal(got, 2 * x)"),
        student(CAREFUL),
        naive,
        trial("x = np.ones(3)\nf(x)\nassert (x == 1).all(), 'x was changed'"),
    )
    assert "Arrays are not equal" in errors[2][0]
    assert "Arrays are not equal" in errors[4][0]
    assert errors[5] == ["AssertionError: x was changed"]


def test_what_is_given_is_not_changed_for_good():
    """Neither what a given cell made, nor what an earlier test made."""
    _, errors = run(
        given(
            "import numpy as np\nones = np.ones(3)\nwords = ['a', 'b']\n"
            "box = {'arrays': [np.ones(3)]}"
        ),
        student(ZERO + "\ndef g(words, word):\n    words.clear()\n    return 0"),
        trial("np.testing.assert_equal(f(ones), 2 * ones)"),
        trial("for i in range(2):\n    assert g(words, words[i]) == i"),
        trial("twos = 2 * np.ones(3)\nassert f(twos).sum() == 12"),
        trial("np.testing.assert_equal(f(twos), 2 * twos)"),
        trial("assert ones.sum() == 3 and words == ['a', 'b']"),
        student("def f(x):\n    x *= 0"),
        trial("np.testing.assert_equal(f(ones), 2 * ones)"),
        trial("f(ones[1:]), f(box['arrays'][0])"),
        trial("assert ones.sum() == box['arrays'][0].sum() == 3"),
        trial("fresh = np.ones(3)\nf(fresh)"),
        trial("assert fresh.sum() == 0"),
    )
    assert all(errors[2:6])
    assert errors[6:8] == [[], []]
    assert errors[8]
    assert errors[9:] == [[], [], [], []]


def test_a_right_result_counts_though_an_argument_was_changed():
    _, errors = run(
        given("import numpy as np"),
        student(CAREFUL),
        trial("x = np.ones(3)\nassert (f(x) == 2).all()"),
    )
    assert errors == [[], [], []]


def test_who_works_in_place_may_return_something_as_well():
    """It could have returned nothing. Where what it returned counts, nobody gains by that."""
    _, errors = run(
        student("def f(x):\n    x.sort()\n    return x\ndef g(x):\n    x.clear()\n    return []"),
        trial("x = [2, 1]\nf(x)\nassert x == [1, 2]"),
        trial("x = [2, 1]\nf(x)\nx[0] == 1"),
        trial("x = [2, 1]\nf(x)\nassert x == [1, 2]", hidden=[3]),
        trial("x = [2, 1]\nassert g(x) == [2 * v for v in x]"),
    )
    assert errors[:4] == [[]] * 4
    assert errors[4] == ["AssertionError: "]


def test_what_a_function_prints_can_be_tested():
    _, errors = run(
        student("def f():\n    print('Hello')"),
        trial(
            "import io\nfrom contextlib import redirect_stdout\n"
            "with redirect_stdout(io.StringIO()) as said:\n    f()\n"
            "assert said.getvalue() == 'Hello\\n'",
            hidden=(4,),
        ),
    )
    assert errors == [[], []]


def test_a_test_may_take_a_name_away():
    _, errors = run(
        student(
            "def squares(n):\n    return [i * i for i in range(n)]\n"
            "def sum_of_squares(n):\n    return sum(squares(n))"
        ),
        trial(
            "kept = squares\ndel squares\n"
            "try:\n    sum_of_squares(1)\n"
            "except NameError:\n    pass\n"
            "else:\n    raise AssertionError('not used')\n"
            "finally:\n    squares = kept\n"
            "assert sum_of_squares(3) == 5"
        ),
    )
    assert errors == [[], []]


def test_functions_can_be_arguments():
    _, errors = run(
        given("import numpy as np\ndef loss(w):\n    return (w ** 2).sum()"),
        student("def f(function, w):\n    return function(w)\ndef g(w):\n    return 2 * w"),
        trial("assert f(loss, np.ones(3)) == 3"),
        trial("assert f(np.sin, 0.0) == 0"),
        trial("assert f(lambda w: w + 1, 4) == 5"),
        trial("assert f(g, 4) == 8"),
        trial("f(lambda w: 1 / w, 0)"),
    )
    assert errors[:6] == [[]] * 6
    assert "ZeroDivisionError" in errors[6][0]


def test_a_function_of_a_test_cannot_be_called_later():
    _, errors = run(
        student(
            "kept = []\ndef f(function):\n    kept.append(function)\n"
            "def g():\n    return kept[0](1)"
        ),
        trial("f(lambda w: 'secret')"),
        trial("g()"),
    )
    assert errors[:2] == [[], []]
    assert "secret" not in errors[2][0]


@pytest.mark.parametrize(
    ("deadly", "word"),
    [
        ("import os; os._exit(3)", "exit code 3"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "KILL"),
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
        ("while True: pass", "too long"),
    ],
)
def test_a_lost_kernel_costs_its_cell_and_no_other(deadly, word):
    result, errors = run(
        student("x = 1\ndef f():\n    return x"),
        student(deadly),
        student("x += 1"),
        trial("assert f() == 2"),
        seconds=3,
    )
    assert word in errors[1][0]
    assert errors[0] == errors[2] == errors[3] == []
    assert word in result.lost[0]


def test_a_function_that_hangs_costs_its_test_and_no_other():
    result, errors = run(
        student("def f(n):\n    while n == 0:\n        pass\n    return n"),
        trial("assert f(1) == 1"),
        trial("f(0)"),
        trial("assert f(2) == 2"),
        seconds=2,
    )
    assert errors[1] == errors[3] == []
    assert "too long" in errors[2][0]
    assert len(result.lost) == 1


def test_what_hidden_lines_give_is_seen_by_nobody():
    spy = (
        "seen = []\ndef f(n):\n    seen.append(n)\n    print(seen)\n"
        "    if n > 100:\n        raise ValueError(seen)\n    return seen"
    )
    result, errors = run(
        student(spy),
        trial("f(1)\nf(4711)", hidden=(2,)),
        student("print(seen)"),
        trial("f(2)\nf(47110)", hidden=(2,)),
        trial("f(101)"),
    )
    for outputs in result.outputs:
        for output in outputs:
            output.pop("traceback", None)  # for the instructor alone
    assert "4711" not in str(result.outputs)
    assert printed(result.outputs[2]) == "[1]\n"
    assert errors[3] == ["HiddenTest: a hidden test failed"]
    assert errors[4] == ["ValueError: [1, 2, 101]"]


def test_hidden_lines_find_all_as_their_test_has_left_it():
    result, errors = run(
        student("def f():\n    return 1"),
        trial(
            "value = 1\nf()\nword = 'one'\nassert f() == value\nvalue",
            hidden=(3, 4, 5),
        ),
        student("def f():\n    return 2"),
        trial("value = 2\nassert f() == value\nf()", hidden=(2, 3)),
        trial("value = 3\nassert word == 'one'", hidden=(2,)),
    )
    assert errors == [[]] * 5
    points = [[output["data"]["text/plain"] for output in outputs] for outputs in result.outputs]
    assert points == [[], ["1"], [], ["2"], []]
    assert result.failed == [False] * 5


@pytest.mark.parametrize(
    ("later", "is_same"),
    [
        ("y = 1", True),
        ("import os", True),
        ("def h():\n    f = 1\n    return f", True),
        ("f = 1", False),
        ("import math as os", False),
        ("def h():\n    global f\n    f = 1", False),
        ("for f in range(3):\n    pass", False),
        ("!ls", False),
        ("f = (", False),
    ],
)
def test_the_first_process_answers_hidden_lines_if_it_has_lost_nothing(later, is_same):
    result, errors = run(
        student("import os\ndef f():\n    return os.getpid()"),
        trial("print(f())\nf()", hidden=(2,)),
        student(later),
    )
    assert errors[:2] == [[], []]
    shown, hidden = result.outputs[1]
    assert (hidden["data"]["text/plain"] == shown["text"].strip()) == is_same


@pytest.mark.parametrize(
    "deep",
    [
        "-" * 40_000 + "1",
        "(" * 40_000,
        "1" + "+1" * 20_000,
        "a" + ".a" * 20_000,
    ],
)
def test_a_cell_that_cannot_be_read_costs_no_other(deep):
    _, errors = run(
        student("def f():\n    return 1"),
        student(deep),
        trial("assert f() == 1\nassert f() == 1", hidden=(2,)),
    )
    assert errors[2] == []


def test_hidden_lines_find_the_names_that_their_test_took_away():
    _, errors = run(
        student(
            "def squares(n):\n    return [i * i for i in range(n)]\n"
            "def sum_of_squares(n):\n    return sum(squares(n))"
        ),
        trial(
            "kept = squares\ndef squares(n):\n    return [n]\n"
            "assert sum_of_squares(3) == 3\n"
            "assert sum_of_squares(4) == 4\n"
            "squares = kept\nassert sum_of_squares(3) == 5",
            hidden=(5, 6, 7),
        ),
    )
    assert errors == [[], []]


def test_a_statement_with_hidden_lines_in_it_is_hidden():
    result, errors = run(
        student("seen = []\ndef f(n):\n    seen.append(n)"),
        trial("for n in (4711, 47110):\n    pass\n    f(n)", hidden=(3,)),
        student("print(seen)"),
    )
    assert errors == [[], [], []]
    assert printed(result.outputs[2]) == "[]\n"


def test_hidden_lines_are_run_in_a_new_examiner_too():
    _, errors = run(
        student("def f(n):\n    while n == 0:\n        pass\n    return n"),
        trial("one = f(1)\nassert one == f(1)", hidden=(2,)),
        trial("while True:\n    pass"),
        trial("two = f(2)\nassert two == 3, 'two'", hidden=(2,)),
        seconds=1,
    )
    assert errors[1] == []
    assert "did not end" in errors[2][0]
    assert errors[3] == ["HiddenTest: two"]


def test_a_message_tells_the_authors_words_and_nothing_that_was_computed():
    _, errors = run(
        given(
            "def check(got, wanted, hint):\n"
            "    assert got == wanted, (\n"
            "        f'off by {got - wanted}: {hint} ({got}, {wanted:.1e})'\n"
            "    )"
        ),
        student("def f(n):\n    return n"),
        trial("check(f(4711), 4712.5, 'the 2nd of h_0 and h_1')", hidden=(1,)),
        trial("check(f(4711), 4712.5, f'of {4711} words')\nassert f(3) == 4, 'b'", hidden=(1,)),
        trial("check(f(1), 2, 'is it 2?')"),
    )
    assert errors[2] == ["HiddenTest: the 2nd of h_0 and h_1"]
    said = "a hidden test failed. What it may say:\n- of … words\n- b"
    assert errors[3] == [f"HiddenTest: {said}"]
    assert errors[4] == ["AssertionError: off by -1: is it 2? (1, 2.0e+00)"]


def test_a_library_says_no_more_of_a_hidden_test_than_its_author():
    _, errors = run(
        given("import numpy as np"),
        student("def f(n):\n    return np.zeros(n)"),
        trial(
            "np.testing.assert_allclose(f(2), [5.25, 5.5],\n    err_msg='f must not be zero')",
            hidden=(1, 2),
        ),
        trial("np.testing.assert_allclose(f(2), 5.25)", hidden=(1,)),
        trial("assert f(1) == 1, 'f(1) is one'", hidden=(1,)),
        trial("assert {f(1)[0]: 1}[5.25] == 1, 'key'", hidden=(1,)),
        trial("[1.0].index(f(1)[0] + 5.25)", hidden=(1,)),
        trial(
            "if f(1)[0] == 0:\n    raise ValueError(\n        'is zero')",
            hidden=(1, 2, 3),
        ),
    )
    assert "5.25" not in str(errors)
    assert errors[7] == ["HiddenTest: is zero"]
    assert errors[2] == ["HiddenTest: f must not be zero"]
    assert errors[3] == errors[6] == ["HiddenTest: a hidden test failed"]
    assert errors[4] == ["HiddenTest: f(1) is one"]


def test_a_lost_warm_parent_costs_nobody_anything():
    with warm_parent(["numpy"]) as parent:
        pass
    kill = threading.Timer(0.5, os.kill, (parent._process.pid, signal.SIGKILL))
    kill.start()
    result, errors = run(
        student("import time\ntime.sleep(1)\ndef f():\n    return 1"),
        trial("assert f() == 1"),
    )
    assert parent.is_lost
    assert errors == [[], []]
    assert result.lost == []


# What crosses, crosses as it is


def test_a_seed_that_a_test_sets_holds_in_both_processes():
    _, errors = run(
        given("import random\nimport numpy as np"),
        student(
            "def f(n):\n    return np.random.normal(size=n)\n"
            "def g():\n    return random.choice('abcdef'), random.random()"
        ),
        trial(
            "np.random.seed(3)\nx = np.random.rand()\na = f(2)\n"
            "np.random.seed(3)\nassert x == np.random.rand()\n"
            "assert (a == np.random.normal(size=2)).all()"
        ),
        trial(
            "from random import seed\nseed(8)\na, b = g(), g()\nseed(8)\n"
            "for pair in (a, b):\n"
            "    assert pair == (random.choice('abcdef'), random.random())",
            hidden=(5, 6),
        ),
    )
    assert errors == [[]] * 4


def test_what_a_test_draws_without_a_seed_is_told_nobody_beforehand():
    result, errors = run(
        given("import random\nimport numpy as np"),
        student("def f(x):\n    return x\nprint(random.random(), np.random.rand())"),
        trial("np.random.rand()\nrandom.random()\nf(1)"),
        student("print(random.random(), np.random.rand())"),
        trial("print(random.random(), np.random.rand())"),
    )
    assert errors == [[]] * 5
    drawn = [printed(result.outputs[n]).split() for n in (1, 3, 4)]
    assert len({number for pair in drawn for number in pair}) == 6


def test_a_test_may_replace_input_and_print():
    _, errors = run(
        student(
            "def f(name):\n    print('Hello,', name, sep=' ')\n"
            "def g():\n    return [float(input()), input('b? ')]"
        ),
        trial(
            "from unittest.mock import patch\n"
            "with patch('builtins.print') as said:\n    f('you')\n"
            "said.assert_called_once_with('Hello,', 'you', sep=' ')"
        ),
        trial(
            "import builtins\nkept = input\nanswers = iter(['1.5', 'x'])\n"
            "builtins.input = lambda prompt='': next(answers)\n"
            "try:\n    assert g() == [1.5, 'x']\n"
            "finally:\n    builtins.input = kept"
        ),
        trial(
            "import io, sys\nkept, sys.stdin = sys.stdin, io.StringIO('2\\nz\\n')\n"
            "try:\n    assert g() == [2, 'z']\nfinally:\n    sys.stdin = kept"
        ),
        trial("g()"),
    )
    assert errors[:4] == [[]] * 4
    assert "EOFError" in errors[4][0]


def test_a_test_may_put_a_name_before_what_a_function_uses():
    _, errors = run(
        given("def helper(x):\n    return x"),
        student("def f():\n    return helper(int(input('? ')))"),
        trial(
            "def input(prompt):\n    return '4'\nassert f() == 4\n"
            "kept = helper\nhelper = lambda x: -x\n"
            "try:\n    assert f() == -4\nfinally:\n    helper = kept\n"
            "assert f() == 4\ndel input"
        ),
        trial(
            "from unittest.mock import patch\n"
            "with patch('__main__.helper', return_value=7), patch(\n"
            "    'builtins.input', side_effect=['1', '2']\n) as asked:\n"
            "    assert (f(), f()) == (7, 7)\n"
            "asked.assert_called_with('? ')"
        ),
        trial("f()"),
    )
    assert errors[:4] == [[]] * 4
    assert "EOFError" in errors[4][0]


def test_a_test_may_look_at_a_signature():
    _, errors = run(
        student("def f(a, b: int = 2, *rest, key: 'text' = None, **more): pass"),
        trial(
            "import inspect\nassert str(inspect.signature(f)) == (\n"
            "    \"(a, b: int = 2, *rest, key: 'text' = None, **more)\"\n)"
        ),
        student("f = lambda x: x"),
        trial("import inspect\nassert list(inspect.signature(f).parameters) == ['x']"),
    )
    assert errors == [[]] * 4


def test_exceptions_of_the_students_own_can_be_caught():
    _, errors = run(
        student(
            "class Base(LookupError): pass\nclass g(Base): pass\ndef f(x):\n    raise g('no', x)"
        ),
        trial("try:\n    f(3)\nexcept g as error:\n    assert error.args == ('no', 3)"),
        trial("try:\n    f(3)\nexcept LookupError:\n    pass"),
        trial("f(4)"),
    )
    assert errors[:3] == [[]] * 3
    assert errors[3] == ["g: ('no', 4)"]


KINDS = """\
import datetime, random
from collections import *
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
import numpy as np
Point = namedtuple("Point", "x y")
values = [
    Counter("banana"), OrderedDict(b=1, a=2), deque([1, 2], 5),
    defaultdict(list, a=[1]), Point(1, 2), Decimal("1.10"), Fraction(1, 3),
    datetime.date(2020, 2, 29), datetime.datetime(2020, 1, 2, 3, 4, 5),
    datetime.time(12, 30), datetime.timedelta(3, 4), Path("/a/b"), 1 + 2j,
    b"bytes", frozenset({1}), range(3),
]
arrays = [
    np.matrix([[1, 2]]), np.ma.masked_array([1.0, 2.0], [True, False]),
]"""


def test_values_arrive_as_what_they_are():
    _, errors = run(
        given(KINDS),
        student("def f(x):\n    return x\ndef g(x):\n    return type(x).__name__"),
        trial(
            "for value in values:\n    got = f(value)\n"
            "    assert got == value and repr(got) == repr(value), value\n"
            "    assert g(value) == type(value).__name__, value"
        ),
        trial(
            "for value in arrays:\n    got = f(value)\n"
            "    assert type(got) is type(value) and repr(got) == repr(value)"
        ),
        trial(
            "generator = np.random.default_rng(5)\n"
            "assert f(generator).random() == np.random.default_rng(5).random()\n"
            "assert f(random.Random(2)).random() == random.Random(2).random()"
        ),
    )
    assert errors == [[]] * 5


# Each hidden line meets what stands where it stands


@pytest.mark.parametrize(
    "later",
    [
        given("scale[0] = 5"),
        given("scale.append(7)\nscale.reverse()"),
        given("def change():\n    scale.insert(0, 4)\nchange()"),
        student("scale.clear()"),
        student("f.scale = 2"),
        student("f = lambda x: 0"),
    ],
)
def test_hidden_lines_meet_what_stood_there(later):
    _, errors = run(
        given("scale = [1]"),
        student("def f(x):\n    return x * scale[0] * getattr(f, 'scale', 1)"),
        trial("x = 3\nassert f(x) == x == x * scale[0]", hidden=(2,)),
        later,
    )
    assert errors == [[]] * 4


def test_calls_of_hidden_lines_are_made_where_they_stand():
    _, errors = run(
        student("n = [0]\ndef f():\n    n[0] += 1\n    return n[0]"),
        trial("assert f() == 1\nassert f() == 2", hidden=(2,)),
        trial("assert f() == 3"),
        trial("assert f() == 4\nassert f() == 5", hidden=(2,)),
        trial("assert f() == 5, 'six'"),
    )
    assert errors == [[]] * 4 + [["AssertionError: six"]]


# Nobody gains by what is done to arguments


def test_what_a_given_cell_expects_is_not_what_was_changed():
    _, errors = run(
        given("import numpy as np"),
        student(ZERO),
        Cell(GIVEN, "x = np.ones(3)\ny = f(x)\nexpected = 2 * x", ("f",)),
        trial("np.testing.assert_equal(f(np.ones(3)), expected)"),
    )
    assert errors[2] == []
    assert errors[3]


def test_what_a_failed_test_expects_is_not_what_was_changed():
    _, errors = run(
        given("import numpy as np"),
        student(ZERO),
        trial("x = np.ones(3)\ny = f(x)\nexpected = 2 * x\nassert y is None"),
        trial("np.testing.assert_equal(f(np.ones(3)), expected)"),
    )
    assert errors[2]
    assert errors[3]


def test_what_an_object_holds_is_not_changed_for_good():
    _, errors = run(
        given(
            "import numpy as np\nfrom types import SimpleNamespace\n"
            "box = SimpleNamespace(array=np.ones(3))"
        ),
        student("def f(x):\n    x[:] = 0"),
        trial("f(box.array)"),
        trial("assert box.array.sum() == 3"),
    )
    assert errors == [[]] * 4


def test_a_cell_goes_into_a_folder_and_back():
    _, errors = run(
        student('import os\nos.mkdir("data")\nhome = os.getcwd()\n_ = open("data/a", "w").close()'),
        student("%cd data\nx = os.listdir()"),
        student("%cd -\nf = lambda: os.getcwd() == home"),
        trial('assert x == ["a"] and f()'),
    )
    assert errors == [[], [], [], []]


def test_a_test_takes_a_given_function_away():
    taken = """\
kept = helper
del helper
try:
    f(1)
except NameError:
    pass
else:
    raise AssertionError("f does without helper")
finally:
    helper = kept
assert f(1) == 2"""
    _, errors = run(
        given("def helper(x):\n    return x + 1"),
        student("def f(x):\n    return helper(x)"),
        trial(taken),
        student("def f(x):\n    return x + 1"),
        trial(taken),
    )
    assert errors[:4] == [[], [], [], []]
    assert errors[4] == ["AssertionError: f does without helper"]
