"""What the message of a failed test may say, and to whom.

Of a hidden test a student learns passed, failed or took too long, beside words of
its author that are the same for everybody who fails it.
"""

import ast
import linecache
import re

NUMBER = r"(?<!\w)[-+]?\d\w*(?:[.,]\d\w*)*(?:(?<=[eE])[-+]\d+)?"
SHORTEST_TEXT = 12  # characters
MAX_TEXTS = 2000  # characters of all that a hidden test may say

HIDDEN_ERROR = "HiddenTest"
HIDDEN_FAILED = "a hidden test failed"
HIDDEN_TOO_LONG = "a hidden test took too long"
HIDDEN_ENDED = "the process ended in a hidden test"  # for the instructor alone

MESSAGES = {"err_msg", "hint", "message", "mistakes", "msg"}  # parameters of a check


def message_of(error):
    try:
        return str(error)
    except Exception:
        return f"<{type(error).__name__}>"


def is_said(error, frame):
    """Whether a cell's own assert or raise made the error."""
    if not frame.filename.startswith("<cell "):
        return False
    tree = ast.parse("".join(linecache.getlines(frame.filename)))
    kinds = (ast.Assert, ast.Raise)
    return any(
        isinstance(error, AssertionError) or isinstance(node, ast.Raise)
        for node in ast.walk(tree)
        if isinstance(node, kinds) and node.lineno <= frame.lineno <= node.end_lineno
    )


def texts_of(source):
    """The author's own words: the texts in a cell, the longest first."""
    texts = {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return sorted(texts, key=len, reverse=True)


def without_numbers(message, texts):
    """A message with its numbers left out, but for those in `texts`.

    They may be what a hidden test gives or expects. A text that is shorter
    than a few words protects nothing: a result can be made to look like it.
    """
    if message in texts:
        return message
    own = [re.escape(text) for text in texts if len(text) >= SHORTEST_TEXT]
    return re.sub(
        "|".join([*own, NUMBER]),
        lambda found: "…" if re.fullmatch(NUMBER, found[0]) else found[0],
        message,
    )


def literal_message(shell, line):
    """The text that the author gave to an assert function of a library."""
    source = shell.user_ns["In"][-1]
    texts = [
        node.value
        for statement in ast.walk(ast.parse(source))
        if isinstance(statement, ast.Call)
        and statement.lineno <= line.lineno <= statement.end_lineno
        for node in [
            *statement.args[2:],
            *(keyword.value for keyword in statement.keywords if keyword.arg in {"err_msg", "msg"}),
        ]
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return texts[-1] if texts else None


def said_by_hidden(source: str) -> str:
    """What hidden lines may say, whichever of them failed, and why.

    Which of several messages it is would tell something: a student's code can choose.
    """
    tree = ast.parse(source)
    values = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Assert(msg=message) if message is not None:
                found += _texts_in(message, values)
            case ast.Raise(exc=ast.Call(args=arguments)):
                for argument in arguments[:1]:
                    found += _texts_in(argument, values)
            case ast.Expr(value=ast.Call(args=arguments, keywords=keywords)):
                for argument in _after_what_is_compared(arguments):
                    found += _texts_in(argument, values)
                for keyword in keywords:
                    if keyword.arg in MESSAGES:
                        found += _texts_in(keyword.value, values)
    texts = list(dict.fromkeys(text for text in found if text.strip(" …")))
    if len(texts) == 1:
        return texts[0][:MAX_TEXTS]
    if not texts:
        return HIDDEN_FAILED
    return "\n- ".join([f"{HIDDEN_FAILED}. What it may say:", *texts])[:MAX_TEXTS]


def _after_what_is_compared(arguments):
    """Of check(actual, expected, hint, ...) or check(*pair, hint, ...) all but the first two."""
    for number, argument in enumerate(arguments[:2]):
        if isinstance(argument, ast.Starred):
            return arguments[number + 1 :]
    return arguments[2:]


def _texts_in(node, values):
    """The texts that stand in an expression, values that are put into them left out."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=parts):
            return [
                "".join(part.value if isinstance(part, ast.Constant) else "…" for part in parts)
            ]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            texts = [_texts_in(side, values) or ["…"] for side in (left, right)]
            return ["".join(side[0] for side in texts)]
        case ast.BinOp(left=left, op=ast.Mod()):
            return [re.sub(r"%[-+ #0-9.*]*[a-zA-Z]", "…", text) for text in _texts_in(left, values)]
        case ast.Call(func=ast.Attribute(value=value, attr="format")):
            return [re.sub(r"{[^{}]*}", "…", text) for text in _texts_in(value, values)]
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return [text for item in items for text in _texts_in(item, values)]
        case ast.Name(id=name) if name in values:
            return _texts_in(values[name], {})
    return []
