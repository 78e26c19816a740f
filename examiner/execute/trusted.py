"""The examiner kernel: given cells and tests run here, no student code ever.

The names that a solution defines are stand-ins: to call one is to ask the
student kernel, and what comes back is rebuilt here from plain values. Because
that was made by hostile hands perhaps, this kernel is confined as well.
"""

import ast
import builtins
import linecache
import re
import sys
import traceback
import types

import numpy as np

from .channel import Channel, Closed
from .shell import Shell, Stream
from .values import CannotCross, decode, encode, update_in_place

NUMBER = r"(?<!\w)[-+]?\d\w*(?:[.,]\d\w*)*(?:(?<=[eE])[-+]\d+)?"
SHORTEST_TEXT = 12  # characters

# Whose functions cross by name: every side has them.
LIBRARIES = ("numpy", "math", "operator", "builtins")


class StudentError(Exception):
    """An exception in a student's code, of a type that is not known here."""


class StudentFunction:
    """Stands in for a function that runs in the student kernel."""

    def __init__(self, name, doc, call):
        self.__name__ = self.__qualname__ = name
        self.__doc__ = doc
        self._call = call

    def __call__(self, *args, **kwargs):
        return self._call(self.__name__, args, kwargs)

    def __repr__(self):
        return f"<function {self.__name__}>"


class NotGradable:
    """Stands in for a value that cannot cross: any use of it says so."""

    def __init__(self, name, reason):
        object.__setattr__(
            self, "_said", f"{name} cannot be graded: {reason}"
        )

    def _refuse(self, *_, **__):
        raise CannotCross(object.__getattribute__(self, "_said"))

    __getattribute__ = __setattr__ = __call__ = __getitem__ = __len__ = (
        __iter__
    ) = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = (
        __float__
    ) = __int__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = (
        __rmul__
    ) = __array__ = __contains__ = __hash__ = _refuse


class Examiner:
    """Runs cells in `shell` for the other end of `channel`."""

    def __init__(self, channel: Channel, shell: Shell):
        self.channel = channel
        self.shell = shell
        self.names = shell.user_ns
        self.stand_ins = {}
        self.given = {}
        self.left = {}
        self.names_of_hidden = {}
        self.calling = False
        self.hidden = False
        self.outputs = []
        shell.capture(lambda output: self.outputs.append(output))
        shell.show_failure = self._show_failure
        text = shell.display_formatter.formatters["text/plain"]
        for kind in (np.generic, np.ndarray):
            text.for_type(kind, _show_as_points)

    def serve(self):
        while True:
            try:
                message = self.channel.receive()
            except Closed:
                return
            self.hidden = message["hidden"]
            place = message["place"]
            if self.hidden:
                self._go_back_to(place)
            self.mirrors = True
            outputs = self._run(message)
            if self.again and not self.failed and not message["given"]:
                # The cell must also pass with its arrays left alone.
                self.mirrors = False
                outputs = self._run(message)
            if message["given"]:
                self.given = dict(self.names)
            elif self.hidden:
                self.names_of_hidden |= self.names
            elif place is not None:
                self.left[place] = (
                    dict(self.names),
                    self.stand_ins,
                    self.given,
                )
            for output in outputs:
                self.channel.send({"output": output})
            self.channel.send({"done": True, "failed": self.failed})

    def _go_back_to(self, place):
        """Where a test's hidden lines begin: its names as they were then.

        What only hidden lines of earlier tests have defined is there too.
        """
        if place not in self.left:
            return
        names, self.stand_ins, self.given = self.left[place]
        self.names.clear()
        self.names.update(self.names_of_hidden | names)

    def _run(self, message):
        self.again = False
        self.changed = []  # (arguments, what they were), latest last
        self.outputs = []
        self._take_stand_ins(message["names"])
        self.before = _memories(self.names)
        self.failed = not self.shell.run(message["source"])
        # What this test or a later one expects may come from an array that
        # the student's code has changed.
        while self.changed:
            update_in_place(*self.changed.pop())
        return self.outputs

    def _take_stand_ins(self, names):
        """Fetch the student's names anew: a later cell may change them.

        Names that the test itself has changed stay so in its hidden lines.
        """
        before, self.stand_ins = self.stand_ins, {}
        kept = set()
        for name, stand_in in before.items():
            if self.names.get(name) is stand_in:
                del self.names[name]
            elif self.hidden:
                kept.add(name)
        if not names:
            return
        values = self._ask({"fetch": names})["values"]
        for name in names:
            if name in values:
                self.stand_ins[name] = self._stand_in(name, values[name])
            # The same object as before: a test may have put it elsewhere.
            known = before.get(name), self.stand_ins.get(name)
            if all(type(value) is StudentFunction for value in known):
                self.stand_ins[name] = known[0]
        self.names.update(
            (name, value)
            for name, value in self.stand_ins.items()
            if name not in kept
        )

    def _stand_in(self, name, fetched):
        if "callable" in fetched:
            return StudentFunction(name, fetched["callable"], self._call)
        if "error" in fetched:
            return NotGradable(name, fetched["error"])
        try:
            return decode(fetched["value"])
        except CannotCross as error:
            return NotGradable(name, error)

    def _call(self, name, args, kwargs):
        functions = {}
        if self.calling:
            raise CannotCross(
                f"{name} is called from within a function that a test gave "
                "to the student's code"
            )
        sent = self._encode((args, kwargs), functions)
        answer = self._ask(
            {
                "call": name,
                "args": sent,
                "shadow": self._shadow(functions),
            }
        )
        while "callback" in answer:
            self.calling = True
            try:
                answer = self._ask(self._call_back(answer, functions))
            finally:
                self.calling = False
        for stream, text in (
            (sys.stdout, answer.get("stdout", "")),
            (sys.stderr, answer.get("stderr", "")),
        ):
            # A test may look at what was printed; nobody else may then.
            if not (self.hidden and isinstance(stream, Stream)):
                stream.write(text)
        if "error" in answer:
            raise self._exception(name, answer["error"])
        result = decode(answer["value"])
        if "changed" in answer and (self.mirrors or result is None):
            arguments = args, kwargs
            self.again |= result is not None
            was_there_before = self.before & _memories(arguments)
            if result is not None or was_there_before:
                self.changed.append((arguments, decode(sent, functions)))
            update_in_place(arguments, decode(answer["changed"], functions))
        return result

    def _call_back(self, question, functions):
        """The student's code calls a function that a test gave to it."""
        try:
            args, kwargs = decode(question["args"])
            result = functions[question["callback"]](*args, **kwargs)
            return {"returned": encode(result)}
        except Exception as error:
            return {"raised": f"{type(error).__name__}: {_message(error)}"}

    def _ask(self, question):
        self.channel.send(question)
        return self.channel.receive()

    def _encode(self, value, functions):
        """functions: collects those that cross by name, and may come back."""

        def name_of(value):
            if not callable(value):
                return None
            name = getattr(value, "__name__", None)
            known = self.given.get(name), self.stand_ins.get(name)
            if any(value is function for function in known):
                functions[name] = value
                return name
            for library in LIBRARIES:
                if getattr(sys.modules.get(library), str(name), 0) is value:
                    return f"{library}.{name}"
            if isinstance(value, types.FunctionType | types.MethodType):
                # The test's own, a lambda perhaps: the student's side gets
                # leave to call it, as long as this call lasts.
                own = f"callback {len(functions)}"
                functions[own] = value
                return own
            return None

        try:
            return encode(value, name_of)
        except CannotCross as error:
            raise CannotCross(
                f"a test gives the student's function a value that cannot "
                f"cross: {error}"
            ) from None

    def _shadow(self, functions):
        """What the test has done to the student's names by now."""
        shadow = {}
        for name, stand_in in self.stand_ins.items():
            if name not in self.names:
                shadow[name] = None
            elif self.names[name] is not stand_in:
                shadow[name] = {
                    "is": self._encode(self.names[name], functions)
                }
        return shadow

    def _exception(self, name, error):
        """The student's exception, built anew on this side."""
        kind = getattr(builtins, error["type"], None)
        if error["module"].partition(".")[0] == "numpy":
            kind = getattr(np.exceptions, error["type"], None) or getattr(
                np.linalg, error["type"], None
            )
        elif error["module"] == "__main__":
            kind = self.names.get(error["type"])
        elif error["type"] == "CannotCross":
            kind = CannotCross
        try:
            arguments = decode(error["arguments"])
        except CannotCross:
            arguments = ()
        if isinstance(kind, type):
            if issubclass(kind, StopIteration | StopAsyncIteration):
                kind = None  # it would end a loop of the test's
            elif issubclass(kind, SyntaxError):
                arguments = arguments[:1]  # the others name a file to show
        exception = None
        if isinstance(kind, type) and issubclass(kind, Exception):
            try:
                exception = kind(*arguments)
            except Exception:  # some need arguments of their own
                exception = None
        if exception is None:
            said = ", ".join(map(str, arguments))
            exception = StudentError(f"{error['type']}: {said}")
        exception.from_student = [f"  in {name}:", *error["where"]]
        return exception

    def _show_failure(self, etype, evalue):
        """Show why a cell failed.

        The traceback is for the instructor. The message alone is what
        feedback shows; for a hidden test it says no more than its author.
        """
        frames = traceback.extract_tb(evalue.__traceback__)
        here = self.shell.compile.current
        lines = [frame for frame in frames if frame.filename == here]
        where = getattr(evalue, "from_student", [])
        message = _message(evalue)
        shown = [
            f"line {frame.lineno}: {frame.line}"
            for frame in lines
            if frame.line
        ]
        full = [*shown, *where, f"{etype.__name__}: {message}"]
        name = etype.__name__
        if self.hidden and hasattr(evalue, "from_student"):
            name = "StudentError"  # to choose a type is to tell something
        if self.hidden:
            message = self._for_student(evalue, frames, lines, message)
        self.shell.put_out(
            {
                "output_type": "error",
                "ename": name,
                "evalue": message,
                "traceback": ["\n".join(full)],
            }
        )

    def _for_student(self, error, frames, lines, message):
        if hasattr(error, "from_student"):
            return (
                "your code raised this in a hidden test (what it said is "
                "kept back, because it may show the test)"
            )
        own = _texts(self.shell.user_ns["In"][-1])
        if _is_said(error, frames[-1]):
            cell = "".join(linecache.getlines(frames[-1].filename))
            return _without_numbers(message, own + _texts(cell))
        return (lines and _literal_message(self.shell, lines[-1])) or (
            "the result is not the expected one (hidden test)"
        )


def _show_as_points(value, printer, cycle):
    """A number of NumPy's as nbgrader reads points: 2.0, not np.float64(2.0)."""
    printer.text(repr(value.item() if value.size == 1 else value))


def _memories(value, found=None) -> set[int]:
    """Of all that can be changed in `value`, the ids of what holds it."""
    found = set() if found is None else found
    kind = type(value)  # isinstance asks the value, and one may refuse
    if issubclass(kind, np.ndarray):
        while isinstance(value.base, np.ndarray):
            value = value.base
        found.add(id(value))
    elif id(value) not in found and issubclass(
        kind, dict | list | set | tuple
    ):
        found.add(id(value))
        for item in value.values() if isinstance(value, dict) else value:
            _memories(item, found)
    return found


def _message(error):
    try:
        return str(error)
    except Exception:
        return f"<{type(error).__name__}>"


def _is_said(error, frame):
    """Whether a cell's own assert or raise made the error."""
    if not frame.filename.startswith("<cell "):
        return False
    tree = ast.parse("".join(linecache.getlines(frame.filename)))
    kinds = (ast.Assert, ast.Raise)
    return any(
        isinstance(error, AssertionError) or isinstance(node, ast.Raise)
        for node in ast.walk(tree)
        if isinstance(node, kinds)
        and node.lineno <= frame.lineno <= node.end_lineno
    )


def _texts(source):
    """The author's own words: the texts in a cell, the longest first."""
    texts = {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return sorted(texts, key=len, reverse=True)


def _without_numbers(message, texts):
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


def _literal_message(shell, line):
    """The text that the author gave to an assert function of a library."""
    source = shell.user_ns["In"][-1]
    texts = [
        node.value
        for statement in ast.walk(ast.parse(source))
        if isinstance(statement, ast.Call)
        and statement.lineno <= line.lineno <= statement.end_lineno
        for node in [
            *statement.args[2:],
            *(
                keyword.value
                for keyword in statement.keywords
                if keyword.arg in {"err_msg", "msg"}
            ),
        ]
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return texts[-1] if texts else None
