"""Small changes of a solution, one at a time, such as a hand that slips makes.

The operators are those of the literature (Offutt et al. 1996: five of them find nearly all that
twenty-two do), with a few for NumPy: transposes, slices, keywords, and the calls that are mixed up.
"""

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)
OPERATORS = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div, ast.Add],
    ast.Div: [ast.Mult],
    ast.MatMult: [ast.Mult],
    ast.Pow: [ast.Mult],
    ast.FloorDiv: [ast.Div],
    ast.Mod: [ast.FloorDiv],
    ast.BitAnd: [ast.BitOr],
    ast.BitOr: [ast.BitAnd],
    ast.And: [ast.Or],
    ast.Or: [ast.And],
    ast.Lt: [ast.LtE, ast.Gt],
    ast.LtE: [ast.Lt],
    ast.Gt: [ast.GtE, ast.Lt],
    ast.GtE: [ast.Gt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
}
CALLS = {
    "zeros": ["ones"],
    "ones": ["zeros"],
    "zeros_like": ["ones_like"],
    "ones_like": ["zeros_like"],
    "tanh": ["sin"],
    "exp": ["exp2"],
    "log": ["log2"],
    "sum": ["mean"],
    "mean": ["sum"],
    "max": ["min"],
    "min": ["max"],
    "maximum": ["minimum"],
    "minimum": ["maximum"],
    "argmax": ["argmin"],
    "floor": ["ceil"],
    "ceil": ["floor"],
    "stack": ["concatenate"],
    "append": ["insert"],
}


@dataclass(frozen=True)
class Mutant:
    """A solution with one change: the lines that differ, as they were and are now."""

    exercise: str
    was: str
    now: str
    source: str


def mutants(exercise: str, source: str) -> list[Mutant]:
    """Every mutant of what stands between the solution markers, each source once."""
    tree = ast.parse(source)
    first, last = _solution_lines(source)
    base = ast.unparse(tree).splitlines()
    found = {}
    for place, node in enumerate(ast.walk(tree)):
        if first <= getattr(node, "lineno", 0) <= last:
            for change in _changes(node):
                other = copy.deepcopy(tree)
                twin = next(n for i, n in enumerate(ast.walk(other)) if i == place)
                _replace(other, twin, change(twin))
                text = ast.unparse(ast.fix_missing_locations(other))
                was, now = _difference(base, text.splitlines())
                if was or now:
                    found.setdefault(text, Mutant(exercise, was, now, text))
    return list(found.values())


def _solution_lines(source):
    match = SOLUTION.search(source)
    if not match:
        raise ValueError("the cell has no solution region")
    first = source[: match.start(1)].count("\n") + 1
    return first, first + match[1].count("\n") - 1


def _difference(before, after):
    """The lines of both that are not in common, without those around them."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return tuple(
        " ; ".join(line.strip() for line in lines[start : len(lines) - end])
        for lines in (before, after)
    )


def _replace(tree, old, new):
    """Put `new` in the place of `old`; an empty list takes a statement away."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, field, new)
                return
            if isinstance(value, list) and any(item is old for item in value):
                index = next(i for i, item in enumerate(value) if item is old)
                value[index : index + 1] = new if isinstance(new, list) else [new]
                return
    raise AssertionError("the node is not in the tree")


def _changes(node) -> Iterator:
    """Functions that make another node of this one (they may change the node itself)."""
    if isinstance(node, ast.BinOp | ast.AugAssign):
        yield from _other_operators(node)
    if isinstance(node, ast.BinOp):
        yield lambda n: n.left
        yield lambda n: n.right
    elif isinstance(node, ast.AugAssign):
        yield lambda n: ast.Assign([n.target], n.value)
    elif isinstance(node, ast.BoolOp):
        yield from _other_operators(node)
        for index in range(len(node.values)):
            yield lambda n, i=index: n.values[i]
    elif isinstance(node, ast.UnaryOp):
        yield lambda n: n.operand
    elif isinstance(node, ast.Compare):
        for other in OPERATORS.get(type(node.ops[0]), []):
            yield lambda n, o=other: ast.Compare(n.left, [o(), *n.ops[1:]], n.comparators)
    elif isinstance(node, ast.Constant):
        yield from (lambda n, v=v: ast.Constant(v) for v in _other_constants(node.value))
    elif isinstance(node, ast.Call):
        yield from _other_calls(node)
    elif isinstance(node, ast.Attribute) and node.attr in ("T", "mT"):
        yield lambda n: n.value
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice | ast.Tuple):
        yield from _other_slices(node)
    elif isinstance(node, ast.Return) and node.value is not None:
        yield lambda n: ast.Return(None)
    elif isinstance(node, ast.Tuple) and len(node.elts) > 1 and isinstance(node.ctx, ast.Load):
        for index in range(len(node.elts) - 1):
            yield lambda n, i=index: ast.Tuple(_swapped(n.elts, i), n.ctx)
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield lambda n: _with(n, test=ast.Constant(False))
        if not isinstance(node, ast.While):
            yield lambda n: _with(n, test=ast.Constant(True))
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield lambda n: _with(n, ifs=[])
    if isinstance(node, ast.stmt) and not isinstance(node, ast.Return | ast.FunctionDef):
        yield lambda n: ast.Pass()


def _other_operators(node):
    for other in OPERATORS.get(type(node.op), []):
        yield lambda n, o=other: _with(n, op=o())


def _other_constants(value):
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return sorted({value + 1, value - 1, -value} - {value})
    if isinstance(value, float):
        return [value + 0.01, value * 1.01, value * 0.5, -value]
    if isinstance(value, str) and value:
        return [value + "_", ""]
    return []


def _other_calls(node):
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    for other in CALLS.get(name, []):
        yield lambda n, o=other: _with(n, func=_renamed(n.func, o))
    for index in range(len(node.keywords)):
        yield lambda n, i=index: _with(n, keywords=n.keywords[:i] + n.keywords[i + 1 :])
    for index in range(len(node.args) - 1):
        yield lambda n, i=index: _with(n, args=_swapped(n.args, i))
    if name == "range":
        yield lambda n: _with(n, args=[*n.args[:-1], _less_one(n.args[-1])])
        if len(node.args) == 1:
            yield lambda n: _with(n, args=[ast.Constant(1), *n.args])
    elif name == "reversed" or (isinstance(node.func, ast.Attribute) and node.args):
        yield lambda n: n.args[0]
    if isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") != "np":
        yield lambda n: n.func.value


def _other_slices(node):
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    for index, part in enumerate(parts):
        if isinstance(part, ast.Slice):
            for end in ("lower", "upper", "step"):
                if getattr(part, end) is not None:
                    yield lambda n, i=index, e=end: _slice_without(n, i, e)


def _slice_without(node, index, end):
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    setattr(parts[index], end, None)
    return node


def _with(node, **fields):
    for name, value in fields.items():
        setattr(node, name, value)
    return node


def _renamed(function, name):
    if isinstance(function, ast.Attribute):
        return ast.Attribute(function.value, name, function.ctx)
    return ast.Name(name, function.ctx)


def _swapped(items, index):
    return [*items[:index], items[index + 1], items[index], *items[index + 2 :]]


def _less_one(node):
    return ast.BinOp(node, ast.Sub(), ast.Constant(1))
