"""What a cell does, as Python and IPython read it."""

import pytest

from examiner import cells
from examiner.exam import GIVEN, STUDENT, TEST, Cell
from examiner.state import may_change


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a = b = 1", {"a", "b"}),
        ("a, (b, *c) = 1, (2, 3)", {"a", "b", "c"}),
        ("a: int = 1", {"a"}),
        ("a = lambda x: x", {"a"}),
        ("(a := 3)", {"a"}),
        ("for a in []:\n    b = 1", {"a", "b"}),
        ("with open('x') as a:\n    pass", {"a"}),
        ("try:\n    a = 1\nexcept E as b:\n    pass", {"a", "b"}),
        ("match x:\n    case [a, *b]:\n        pass", {"a", "b"}),
        ("def a(x):\n    y = 1", {"a"}),
        ("async def a():\n    pass\nclass b:\n    c = 1", {"a", "b"}),
        ("def a():\n    global b\n    b = 1", {"a", "b"}),
        ("[c for c in []]", set()),
        ("import a", set()),
        ("%%time\na = 1", {"a"}),
        ("%time a = 1", {"a"}),
        ("%%capture out\ndef a(): pass", {"a"}),
        ("%%bash\na=1", set()),
        ("a = !ls", {"a"}),
        ("%matplotlib inline\na = 1", {"a"}),
        ("a = (\n    9\n    % 7\n)", {"a"}),
        ("a = (1\n!= 2)", {"a"}),
        ("?a\nb = 1", {"b"}),
        ("    a = 1", {"a"}),
        ("a = (", set()),
        ("# a = 1", set()),
    ],
)
def test_the_names_that_a_cell_binds(source, names):
    assert cells.bound(source) == names


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ('q = "B" ', {"q": "B"}),
        ("q='B'  # sure", {"q": "B"}),
        ("q: str = 'B'\nr = s = -1", {"q": "B", "r": -1, "s": -1}),
        ("# nothing", {}),
        ("q = 'B'.lower()", None),
        ("q = 1 + 1", None),
        ("q = [x for x in 'a']", None),
        ("q: str", None),
        ("q[0] = 1", None),
        ("q = 'A'\nprint(q)", None),
    ],
)
def test_the_values_of_a_cell_that_only_assigns(source, values):
    assert cells.literals(source) == values


def test_a_stub_leaves_alone_what_is_done_elsewhere():
    stub = "import math\nq = None\ndef f(x):\n    raise Missing\nr = 1"
    assert cells.without(stub, {"q", "f"}) == "import math\nr = 1"
    assert cells.without("q = r = None", {"q"}) == "q = r = None"


def test_a_merged_cell_is_what_it_has_beyond_the_test():
    merged = "def f(x):\n  return x\nassert  f(1) == 1 # still"
    assert cells.beyond(merged, "assert f(1) == 1") == ("def f(x):\n    return x")


def hidden(source="assert f(1)"):
    return Cell(TEST, source, (), ("", source))


def given(source):
    return Cell(GIVEN, source)


def student(source):
    return Cell(STUDENT, source)


F = student("def f(x, y=1, z=np.tanh):\n    a = [x]\n    a[0] += 1\n    return a")


@pytest.mark.parametrize(
    "run",
    [
        [given("import numpy as np"), F, hidden()],
        [F, hidden(), student("def g(x):\n    return f(x)"), hidden()],
        [given("x = np.ones(3)"), F, hidden(), given("import os\n'text'")],
        [given("n = 3"), student("def f():\n    return n"), hidden()],
        [F, hidden(), given("x = f(3)\nx[0] = 1\nplot(x)")],
        [given("x = []"), F, student("x.append(1)")],  # no hidden lines
        [given("x = []"), F, student("x.append(1)"), hidden()],
        [given("x = [1]"), F, hidden(), Cell(TEST, "assert f(x) == [2]")],
        [given("def f(n):\n    return np.random.default_rng(n).normal()"), hidden()],
        [student("def f():\n    return np.random.default_rng().random()"), hidden()],
        [student("def f():\n    g = np.random.default_rng()\n    return g.random()"), hidden()],
    ],
)
def test_functions_alone_do_not_change_what_was_there(run):
    assert not may_change(run)


@pytest.mark.parametrize(
    "run",
    [
        [given("x = [1]"), F, hidden(), given("x[0] = 5")],
        [given("x = [1]"), F, hidden(), given("x.append(5)")],
        [given("x = [1]"), F, hidden(), given("change(x)")],
        [given("x = [1]"), F, hidden(), Cell(TEST, "x.sort()")],
        [given("x = [1]"), F, hidden(), Cell(TEST, "x[0] = 1")],
        [given("x = [1]"), student("def f():\n    return x"), hidden()],
        [F, hidden(), student("f.n = 1")],
        [F, hidden(), student("f = 1")],
        [F, hidden(), student("from math import *\nexec('f = 1')")],
        [F, hidden(), student("f = (")],
        [student("def f(x=[]):\n    return x"), hidden()],
        [student("def f():\n    global n\n    n = 1"), hidden()],
        [student("def f():\n    return np.random.rand()"), hidden()],
        [
            given("g = np.random.default_rng()"),
            student("def f():\n    return g.normal()"),
            hidden(),
        ],
        [
            student("def f():\n    g = np.random.default_rng()\n    g = np\n    g.random.rand()"),
            hidden(),
        ],
        [student("def f(g=np.random.default_rng(1)):\n    return g.normal()"), hidden()],
        [student("def f(n):\n    np.random.seed(n)\n    np.random.default_rng(n)"), hidden()],
        [
            given("import random"),
            student("def f():\n    return random.random()"),
            hidden(),
        ],
        [
            given("from numpy.random import rand"),
            student("def f():\n    return rand()"),
            hidden(),
        ],
        [student("class Net:\n    items = []"), hidden()],
        [student("def f():\n    f.n = 1"), hidden()],
        [student("def f():\n    return open('x').read()"), hidden()],
    ],
)
def test_what_may_change_what_was_there_is_seen(run):
    assert may_change(run)
