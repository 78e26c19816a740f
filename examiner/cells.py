"""What a cell is, and what its code does: as Python itself reads it.

Nothing here runs a cell. All other modules ask this one, because Python's own
parser must not be entered by two threads at a time: in 3.11, `ast.parse` counts
the depth of a tree in one place for all threads.
"""

import ast
import copy
import re
import symtable
import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache

from .exam import CannotCross, encode

# In the metadata of a rebuilt notebook's cell, under "examiner":
EXTRA = "extra"  # the student's own
CHANGED = "changed"  # the student's version of a cell without a tag
PUT_BACK = "put back"  # it was missing
ANSWERED_BELOW = "answered below"  # what was handed out, and more below it
# A tag of a given cell, as JupyterLab writes it: it shows something, and nothing rests on it.
ONLY_SHOWS = "only-shows"

MAX_LITERAL = 10_000  # characters of a cell whose value is read, not run
MAX_READ = 50_000  # characters of a cell whose names are looked for
MAX_MAGICS = 10  # of a cell: IPython reads all of it again for each
# Magics that run what follows in the notebook's own names.
RUNS_ITS_BODY = {"capture", "prun", "time"}
COMPREHENSIONS = (ast.DictComp, ast.GeneratorExp, ast.ListComp, ast.SetComp)
SCOPES = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda),
    *COMPREHENSIONS,
)
DEFINING = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef),
    *(ast.Import, ast.ImportFrom),
)
UNREADABLE = (MemoryError, RecursionError, SyntaxError, ValueError)

_one_thread = threading.Lock()


def tag_of(cell) -> dict:
    """What nbgrader has noted in a cell, or nothing."""
    tag = cell.metadata.get("nbgrader")
    return tag if isinstance(tag, dict) else {}


def grade_id_of(cell) -> str | None:
    grade_id = tag_of(cell).get("grade_id")
    return grade_id if isinstance(grade_id, str) else None


def is_test(cell) -> bool:
    """A cell that a program scores; its source is the instructor's."""
    tag = tag_of(cell)
    return cell.cell_type == "code" and bool(tag.get("grade")) and not tag.get("solution")


def is_extra(cell) -> bool:
    """A cell that the student has added, or made of one that was given."""
    return "examiner" in cell.metadata and cell.metadata["examiner"] in {
        EXTRA,
        CHANGED,
    }


def parse(source: str) -> ast.Module | None:
    """The code of a cell, IPython's own syntax made Python; None if neither.

    Nobody may change what is returned: others get the same.
    """
    with _one_thread:
        return _parse(source)


@lru_cache(maxsize=1000)
def _parse(source):
    try:
        tree = ast.parse(source)
    except UNREADABLE:
        try:
            tree = ast.parse(_as_python(source))
        except UNREADABLE:
            return None
    body = []
    for statement in tree.body:
        inner = _body_of_magic(statement)
        read = _parse(inner) if inner is not None else None
        body += read.body if read else [statement]
    tree.body = body
    return tree


def _as_python(source):
    """Without IPython's own syntax. Raises SyntaxError where there is too much of it."""
    # Not above: it takes a second, and few cells need it.
    from IPython.core.inputtransformer2 import TransformerManager

    manager = TransformerManager()
    lines = f"{source}\n".splitlines(keepends=True)
    for transform in manager.cleanup_transforms + manager.line_transforms:
        lines = transform(lines)
    for _ in range(MAX_MAGICS + 1):
        is_changed, lines = manager.do_one_token_transform(lines)
        if not is_changed:
            return "".join(lines)
    raise SyntaxError(f"more than {MAX_MAGICS} magics")


def _body_of_magic(statement):
    """What `%%time` and the like run, or None."""
    match statement:
        case ast.Expr(
            ast.Call(
                ast.Attribute(attr="run_cell_magic"),
                [ast.Constant(name), _, ast.Constant(body)],
            )
        ) | ast.Expr(
            ast.Call(
                ast.Attribute(attr="run_line_magic"),
                [ast.Constant(name), ast.Constant(body)],
            )
        ) if name in RUNS_ITS_BODY:
            return body
    return None


def statements(source: str) -> list[ast.stmt]:
    """The statements of a cell; none if it cannot be read."""
    if len(source) > MAX_READ:
        return []
    tree = parse(source)
    return tree.body if tree else []


def walk(source: str) -> Iterator[ast.AST]:
    """All nodes of a cell's tree."""
    for statement in statements(source):
        yield from ast.walk(statement)


def is_readable(source: str) -> bool:
    return len(source) <= MAX_READ and parse(source) is not None


def bound(source: str) -> frozenset[str]:
    """The global names that running a cell binds, but for what it imports."""
    return frozenset(name for name, origin in origins(source) if origin is None)


@lru_cache(maxsize=1000)
def origins(source: str) -> frozenset[tuple[str, tuple | None]]:
    """The global names that running a cell gives, and where they come from.

    That is the module and what is taken of it, or None: the cell itself.
    """
    return frozenset(_origins(statements(source)))


def _origins(nodes):
    found = set()
    waiting = [(node, False) for node in nodes]
    while waiting:
        node, is_inner = waiting.pop()
        found |= set(_given_by(node, is_inner))
        is_scope = isinstance(node, SCOPES)
        for child in ast.iter_child_nodes(node):
            waiting.append((child, is_inner or is_scope))
        if is_inner and isinstance(node, ast.Global):
            found |= {(name, None) for name in node.names}
    return found


def _given_by(node, is_inner):
    """What a node of the tree gives; is_inner: to a scope of its own."""
    match node:
        case ast.Import() | ast.ImportFrom() if not is_inner:
            module = getattr(node, "module", None)
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                whole = alias.name if alias.asname or module else name
                yield name, (module, whole)
        case _ if is_inner:
            return
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name, None
        case ast.Name(id=name, ctx=ast.Store()):
            yield name, None
        case (
            ast.ExceptHandler(name=str(name))
            | ast.MatchAs(name=str(name))
            | ast.MatchStar(name=str(name))
            | ast.MatchMapping(rest=str(name))
        ):
            yield name, None


@lru_cache(maxsize=1000)
def needed(source: str) -> frozenset[str]:
    """The global names that a cell, or a function in it, looks up and may not find there."""
    table = _symbols(source) or _symbols("\n".join(map(_unparsed, statements(source))))
    waiting = [table] if table else []
    found = set()
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        is_top = table.get_type() == "module"
        found |= {
            symbol.get_name()
            for symbol in table.get_symbols()
            if symbol.is_referenced() and (is_top or symbol.is_global())
        }
    return frozenset(found)


def _symbols(source):
    if len(source) > MAX_READ:
        return None
    with _one_thread:
        try:
            return symtable.symtable(source, "<cell>", "exec")
        except UNREADABLE:
            return None


def _unparsed(statement):
    """Nothing where Python cannot write down what it has read: some texts with quotes."""
    try:
        return ast.unparse(statement)
    except UNREADABLE:
        return ""


def definitions(source: str, names: Iterable[str], but: Iterable[str]) -> str:
    """The statements of a cell that give `names`, and what these rest on.

    but: names that no value may rest on.
    """
    texts = [(node, _unparsed(node)) for node in statements(source)]
    candidates = [
        (node, text)
        for node, text in texts
        if isinstance(node, DEFINING)
        or (isinstance(node, ast.Assign | ast.AnnAssign) and not mentioned(but, text))
    ]
    wanted, chosen = set(names), []
    for _ in candidates:  # each may rest on another
        chosen = [
            text
            for node, text in candidates
            if not wanted.isdisjoint(name for name, _ in _origins([node]))
        ]
        wanted.update(*map(words, chosen))
    return "\n".join(chosen)


def names_given_anew(sources: Iterable[str]) -> bool:
    """Whether a cell gives a name that another gives in another way.

    True where one cannot be read: nobody knows then.
    """
    seen = {}
    for number, source in enumerate(sources):
        if not is_readable(source):
            return True
        for name, origin in origins(source):
            if seen.setdefault(name, origin or number) != (origin or number):
                return True
    return False


def mentioned(names: Iterable[str], source: str) -> set[str]:
    """Those of `names` that stand in `source`, even within a string."""
    return words(source).intersection(names)


@lru_cache(maxsize=1000)
def words(source: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", source))


def imports(source: str) -> dict[str, str]:
    """What a cell imports at its left margin: a statement for each name."""
    found = {}
    for node in statements(source):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                alone = copy.copy(node)
                alone.names = [alias]
                found[name] = ast.unparse(alone)
    return found


def modules(source: str) -> set[str]:
    """Names of the modules that a cell imports anywhere."""
    found = set()
    for node in walk(source):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module)
    return found


def without(source: str, names: Iterable[str]) -> str:
    """A cell without its statements that bind nothing but these names."""
    names, kept = frozenset(names), []
    for node in statements(source):
        given = {name for name, _ in _origins([node])}
        if not given or not given <= names:
            kept.append(ast.unparse(node))
    return "\n".join(kept)


def beyond(source: str, released: str) -> str:
    """The statements of a cell that are not among those of another."""
    known = {ast.dump(node) for node in statements(released)}
    return "\n\n".join(
        ast.unparse(node) for node in statements(source) if ast.dump(node) not in known
    )


def bound_otherwise(source: str, released: str) -> frozenset[str]:
    """The names that a cell binds in statements that are not among those of another."""
    try:
        known = {ast.dump(node) for node in statements(released)}
        others = [node for node in statements(source) if ast.dump(node) not in known]
    except RecursionError:
        return frozenset()
    return frozenset(name for name, origin in _origins(others) if origin is None)


def literals(source: str) -> dict[str, object] | None:
    """The values of a cell that only assigns literals, else None.

    Such a cell, a multiple-choice answer above all, is read and never run.
    """
    if len(source) > MAX_LITERAL:
        return None
    tree = parse(source)
    if tree is None:
        return None
    values = {}
    try:
        for node in tree.body:
            match node:
                case ast.Assign(targets, value):
                    pass
                case ast.AnnAssign(ast.Name() as target, _, ast.expr() as value):
                    targets = [target]
                case _:
                    return None
            read = ast.literal_eval(value)
            for target in targets:
                if not isinstance(target, ast.Name):
                    return None
                values[target.id] = read
        encode(values)
    except (CannotCross, TypeError, *UNREADABLE):
        return None
    return values


@lru_cache(maxsize=1000)
def split(source: str, hidden: frozenset[int]) -> tuple[str, str]:
    """A test up to its first hidden statement, and from there on.

    hidden: numbers of the lines that students must not see, one or more.
    The second part keeps the numbers of its lines.
    """
    tree = parse(source) if _is_plain(source) else None
    shown = [
        statement for statement in (tree.body if tree else []) if statement.end_lineno < min(hidden)
    ]
    end = shown[-1].end_lineno if shown else 0
    lines = source.split("\n")
    # Only what a whole cell ends with is shown, and may be its points.
    nothing = ["None"] if shown and isinstance(shown[-1], ast.Expr) else []
    return (
        "\n".join(lines[:end] + nothing),
        "\n" * end + "\n".join(lines[end:]),
    )


def _is_plain(source):
    """Whether the lines of a cell are those that Python reads."""
    with _one_thread:
        try:
            ast.parse(source)
        except UNREADABLE:
            return False
    return True
