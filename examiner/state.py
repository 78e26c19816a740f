"""Whether what a test meets at the end is what stood there where it stands.

Hidden lines of tests run last. Where the cells only define functions, that
changes nothing; where a later cell may change what an earlier function reads,
all cells are run a second time, in their order. To say "may" too often costs
time, to say it too seldom costs a student's points.
"""

import ast
import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .cells import bound, is_readable, names_given_anew, origins, statements, walk
from .exam import GIVEN, STUDENT, TEST, Cell

DEFINITIONS = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef),
    *(ast.Import, ast.ImportFrom, ast.Pass, ast.Raise),
)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
# Built-in functions that reach what no name in the code tells.
REACH = {
    *("delattr", "eval", "exec", "get_ipython", "input", "locals", "open"),
    *("setattr", "vars", "__import__"),
}
MAX_LOOKED_AT = 60_000  # parts of all functions, each within all that it stands in
RANDOM_MODULES = ("random", "secrets", "numpy.random")


@dataclass
class _Names:
    """What the notebook's names stand for.

    changeable: objects that could be changed in place. early: those of them
    that the first hidden test may have met. given: functions of the
    instructor's.
    """

    changeable: set[str] = field(default_factory=set)
    early: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    random: set[str] = field(default_factory=set)
    fixed: set[str] = field(default_factory=set)


def may_change(cells: list[Cell]) -> bool:
    """Whether what hidden lines meet may have changed when they run last."""
    hidden = [n for n, cell in enumerate(cells) if cell.parts]
    if not hidden:
        return False
    own = [cell for cell in cells if cell.kind in {GIVEN, STUDENT}]
    sources = [cell.source for cell in own]
    if not all(map(is_readable, [*sources, *_tests(cells)])):
        return True
    if names_given_anew(sources):
        return True
    if _is_too_much(sources):
        return True
    names = _names(cells, hidden[0])
    if any(_keeps_something(source, names) for source in sources):
        return True
    return any(
        _changes(statement, names, cell.kind)
        for cell in cells[hidden[0] :]
        for statement in statements(cell.source)
    )


def _is_too_much(sources):
    """Functions within functions take as long to look at as they are deep."""
    parts = (
        part
        for source in sources
        for node in walk(source)
        if isinstance(node, FUNCTIONS)
        for part in ast.walk(node)
    )
    return next(itertools.islice(parts, MAX_LOOKED_AT, None), None) is not None


def _tests(cells) -> Iterable[str]:
    return (cell.source for cell in cells if cell.kind == TEST)


def _names(cells, first):
    names = _Names()
    for number, cell in enumerate(cells):
        if cell.kind not in {GIVEN, STUDENT}:
            continue
        functions = _defined(cell.source)
        fixed = functions | _constants(cell.source)
        names.fixed |= fixed
        changeable = bound(cell.source) - fixed
        names.changeable |= changeable
        if number < first:
            names.early |= changeable
        if cell.kind == GIVEN:
            names.given |= functions
        names.random |= {
            name for name, origin in origins(cell.source) if origin and _is_random(origin)
        }
    return names


def _is_random(origin):
    module, what = origin
    whole = f"{module}.{what}" if module else what
    return any(whole == name or whole.startswith(f"{name}.") for name in RANDOM_MODULES)


def _defined(source):
    return {
        node.name
        for node in statements(source)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }


def _constants(source):
    """Names to which a cell gives a number or a text, and nothing else."""
    constant, other = set(), set()
    for node in statements(source):
        if isinstance(node, ast.Assign) and _is_constant(node.value):
            constant |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif not isinstance(node, DEFINITIONS):
            other |= {
                inner.id
                for inner in ast.walk(node)
                if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
            }
    return constant - other


def _is_constant(node):
    match node:
        case ast.Constant():
            return True
        case ast.Tuple(elts):
            return all(map(_is_constant, elts))
        case ast.UnaryOp(operand=operand):
            return _is_constant(operand)
        case ast.BinOp(left, _, right):
            return _is_constant(left) and _is_constant(right)
    return False


def _keeps_something(source, names):
    """Whether a function of a cell may remember something between calls."""
    for statement in statements(source):
        for node in ast.walk(statement):
            match node:
                case ast.ClassDef(body=body):
                    if any(not _is_plain_part(part) for part in body):
                        return True
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                    if _remembers(node, names):
                        return True
    return False


def _is_plain_part(node):
    """A method, or a text: not what all instances share."""
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Pass) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def _remembers(function, names):
    arguments = function.args
    defaults = [*arguments.defaults, *filter(None, arguments.kw_defaults)]
    if not all(map(_is_fixed, defaults)):
        return True
    for decorator in getattr(function, "decorator_list", []):
        name = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(name, ast.Name) and name.id in names.fixed:
            return True
    local = {node.arg for node in ast.walk(arguments) if isinstance(node, ast.arg)} | {
        node.id
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    body = function.body if isinstance(function.body, list) else [function.body]
    looked_up = _looked_up(body)
    of_new_generators = _of_new_generators(body)
    for node in (n for part in body for n in ast.walk(part)):
        match node:
            case ast.Global() | ast.Nonlocal():
                return True
            case ast.Attribute(attr="random"):
                if id(node) not in of_new_generators:
                    return True
            case ast.Call(func=ast.Name(id="globals")):
                if names.changeable or id(node) not in looked_up:
                    return True
            case ast.Attribute(value=ast.Name(id=name), ctx=ast.Store()):
                if name not in local:
                    return True
            case ast.Name(id=name, ctx=ast.Load()) if name not in local:
                if any(name in known for known in (names.changeable, names.random, REACH)):
                    return True
    return False


def _of_new_generators(body):
    """What is called random and remembers nothing: `default_rng` begins anew at each call.

    Of `np.random.default_rng(7).random()` that is the module, and the method.
    """
    nodes = [node for part in body for node in ast.walk(part)]
    named = Counter(
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )
    generators, found = set(), set()
    for node in nodes:
        match node:
            case ast.Assign([ast.Name(id=name)], value) if _is_new_generator(value):
                if named[name] == 1:
                    generators.add(name)
            case ast.Attribute(module, "default_rng"):
                found.add(id(module))
    for node in nodes:
        match node:
            case ast.Attribute(ast.Name(id=name), "random") if name in generators:
                found.add(id(node))
            case ast.Attribute(value, "random") if _is_new_generator(value):
                found.add(id(node))
    return found


def _is_new_generator(node):
    match node:
        case ast.Call(ast.Attribute(attr="default_rng")):
            return True
    return False


def _looked_up(body):
    """Of what `globals()` gives, where nothing is done with it but to look a name up."""
    return {
        id(node.value)
        for part in body
        for node in ast.walk(part)
        if (isinstance(node, ast.Attribute) and node.attr == "get")
        or (isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load))
    }


def _is_fixed(node):
    """A default that no call can change: a function of a module, say."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) or _is_constant(node)


def _changes(statement, names, kind):
    """Whether running a statement may change what was there before."""
    if isinstance(statement, DEFINITIONS):
        return False
    if kind == TEST:
        return _changes_in_test(statement, names)
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                if name in names.early or name in REACH:
                    return True
            case ast.Attribute(value=ast.Name(), ctx=ast.Store()):
                return True
    return False


def _changes_in_test(statement, names):
    """What a call does to its arguments is undone after each test."""
    for node in ast.walk(statement):
        match node:
            case (
                ast.Subscript(value=ast.Name(id=name), ctx=ast.Store())
                | ast.Attribute(value=ast.Name(id=name), ctx=ast.Store())
                | ast.AugAssign(target=ast.Name(id=name))
                | ast.Call(func=ast.Attribute(value=ast.Name(id=name)))
            ):
                if name in names.early:
                    return True
            case ast.Call(func=ast.Name(id=function), args=arguments):
                passed = {
                    inner.id
                    for argument in arguments
                    for inner in ast.walk(argument)
                    if isinstance(inner, ast.Name)
                }
                if function in names.given and passed & names.early:
                    return True
    return False
