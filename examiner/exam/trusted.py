"""The examiner kernel: given cells and tests run here, no student code ever.

The names that a solution defines are stand-ins: to call one is to ask the
student kernel, and what comes back is rebuilt here from plain values. Because
that was made by hostile hands perhaps, this kernel is confined as well.
"""

import functools
import linecache
import sys
import traceback
import types
from unittest.mock import NonCallableMock

from ..execute.channel import SMALL, Channel, Closed, Malformed, Unread
from ..execute.shell import Shell, Stream
from .ambient import Builtins, Generators
from .errors import ENDS_A_LOOP, StudentError, build_error, describe, exception_class
from .masks import has_masks, hides_something, refuse_masked, without_masks
from .messages import (
    HIDDEN_ERROR,
    is_said,
    literal_message,
    message_of,
    said_by_hidden,
    texts_of,
    without_numbers,
)
from .points import last_value, show_points
from .stand_ins import (
    NotGradable,
    StudentFunction,
    memories,
)
from .values import CannotCross, decode, encode, update_in_place

# What a test may hand to the student's code, which then calls it back.
CALLED_BACK = (
    *(types.FunctionType, types.MethodType, functools.partial),
    NonCallableMock,
)

# Whose functions cross by name: every side has them.
LIBRARIES = ("numpy", "math", "operator", "builtins")


def serve(channel: Channel, shell: Shell):
    """Run cells for the other end of `channel` until it closes."""
    channel.reads = SMALL
    Examiner(channel, shell).serve()


class Examiner:
    """Runs cells in `shell` for the other end of `channel`."""

    def __init__(self, channel: Channel, shell: Shell):
        self.channel = channel
        self.shell = shell
        self.names = shell.user_ns
        self.stand_ins = {}
        self.given = {}
        self.left = {}  # by place, how a test has left all to its hidden lines ...
        self.left_in_place = {}  # ... where calls that change their arguments give nothing
        self.names_of_hidden = {}
        self.calling = self.gives_nothing = False
        self.hidden = self.reserved = False
        self.outputs = []
        self.generators = Generators()
        self.builtins = Builtins(shell.user_ns)
        shell.capture(lambda output: self.outputs.append(output))
        shell.show_failure = self._show_failure
        show_points(shell)

    def serve(self):
        while True:
            try:
                message = self.channel.receive()
            except Closed:
                return
            self.hidden, self.reserved = message["hidden"], message["reserved"]
            place = message["place"]
            if self.hidden and place in self.left:
                self._go_back_to(self.left[place])
            # What a given cell expects must not come from what was changed.
            self.mirrors, self.gives_nothing = not message["given"], False
            outputs, self.failed = self._run(message)
            if self.again and self.mirrors:
                outputs, self.failed = self._run_again(message, outputs, self.failed)
            if self.hidden and self.failed and place in self.left_in_place:
                self._go_back_to(self.left_in_place[place])
                outputs, self.failed = self._run_in_place(message)
            if message["given"]:
                self.given = dict(self.names)
                self.generators.settle()
            elif self.hidden:
                self.names_of_hidden |= self.names
            elif place is not None:
                self.left[place] = self._state()
            for output in filter(self._may_be_shown, outputs):
                self.channel.send({"output": output})
            self.channel.send({"done": True, "failed": self.failed})

    def _run_again(self, message, outputs, failed):
        """Where a call has changed its arguments and returned something as well.

        The cell must also pass with its arrays left alone; what it leaves for later ones
        comes from these. Or with nothing returned: who works in place may return nothing.
        """
        self.mirrors = False
        again, has_failed = self._run(message)
        if failed:
            return outputs, True
        is_same = not has_failed and last_value(again) == last_value(outputs)
        place = None if self.hidden else message["place"]
        if is_same and place is None:
            return again, False
        left = self._state()
        third, third_failed = self._run_in_place(message)
        if not third_failed and last_value(third) == last_value(outputs):
            if not is_same:
                return third, False
            self.left_in_place[place] = self._state()  # which of the two, hidden lines tell
        self._go_back_to(left)
        return again, has_failed

    def _run_in_place(self, message):
        """What a call does to its arguments is seen; where it does, it gives nothing."""
        self.mirrors = self.gives_nothing = True
        return self._run(message)

    def _may_be_shown(self, output):
        """Of hidden lines no warning, for it names the line; where they ask the student's
        code, nothing but whether they failed, and their points.
        """
        kind = output.get("output_type")
        if self.reserved:
            return kind in {"error", "execute_result"}
        return not (self.hidden and kind == "stream" and output["name"] == "stderr")

    def _state(self):
        return dict(self.names), self.stand_ins, self.given

    def _go_back_to(self, state):
        """The names as they were then.

        What only hidden lines of earlier tests have defined is there too.
        """
        names, self.stand_ins, self.given = state
        self.names.clear()
        self.names.update(self.names_of_hidden | names)

    def _run(self, message):
        self.again = False
        self.changed = []  # (arguments, what they were), latest last
        self.outputs = []
        self._take_stand_ins(message["names"])
        self.before = memories(self.names)
        self.failed = not self.shell.run(message["source"])
        # What this test or a later one expects may come from an array that
        # the student's code has changed.
        while self.changed:
            update_in_place(*self.changed.pop())
        return self.outputs, self.failed

    def _take_stand_ins(self, names):
        """Fetch the student's names anew: a later cell may change them.

        Names that the test itself has changed stay so in its hidden lines.
        """
        before, self.stand_ins = self.stand_ins, {}
        kept = set()
        for name, stand_in in before.items():
            if self.names.get(name) is stand_in:
                if name in self.given:
                    self.names[name] = self.given[name]
                else:
                    del self.names[name]
            elif self.hidden:
                kept.add(name)
        if not names:
            return
        answer = self._ask({"fetch": names})
        values = _read(answer["values"])
        fetched = _read(answer.get("fetched", {}))
        if isinstance(fetched, dict):
            values = {
                name: value for name, value in fetched.items() if isinstance(value, dict)
            } | values
        for name in names:
            if name in values:
                self.stand_ins[name] = self._stand_in(name, values[name])
            # The same object as before: a test may have put it elsewhere.
            known = before.get(name), self.stand_ins.get(name)
            if all(type(value) is StudentFunction for value in known):
                known[0].__dict__.update(known[1].__dict__)
                self.stand_ins[name] = known[0]
        self.names.update(
            (name, value) for name, value in self.stand_ins.items() if name not in kept
        )

    def _stand_in(self, name, fetched):
        if "callable" in fetched:
            if "bases" in fetched:
                return exception_class(name, fetched["bases"], self.names)
            function = StudentFunction(name, None, self._call)
            function.describe(fetched["callable"], fetched.get("signature"))
            return function
        if "error" in fetched:
            return NotGradable(name, fetched["error"])
        try:
            refuse_masked(fetched["value"])
            return decode(without_masks(fetched["value"]))
        except CannotCross as error:
            return NotGradable(name, error)

    def _call(self, name, args, kwargs):
        functions = {}
        self.reserved = self.hidden  # by whatever name the function was called
        if self.calling:
            raise CannotCross(
                f"{name} is called from within a function that a test gave to the student's code"
            )
        sent = self._encode((args, kwargs), functions)
        replaced = {
            name: {"is": self._encode(value, functions)}
            for name, value in self.builtins.replaced(self.names).items()
            if name not in self.stand_ins and name not in self.given
        }
        answer = self._ask(
            {
                "call": name,
                "args": sent,
                "shadow": self._shadow(functions),
                "builtins": replaced,
                "generators": self.generators.changed(),
            }
        )
        while "callback" in answer:
            self.calling = True
            try:
                answer = self._ask(self._call_back(answer, functions))
            finally:
                self.calling = False
        for stream, text in (
            (sys.stdout, _read(answer.get("stdout", ""))),
            (sys.stderr, _read(answer.get("stderr", ""))),
        ):
            # A test may look at what was printed; nobody else may then.
            if not (self.hidden and isinstance(stream, Stream)):
                stream.write(text)
        if "error" in answer:
            raise self._exception(name, _read(answer["error"]))
        value = self._as_given(_read(answer["value"]), sent)
        result = decode(value)
        if "changed" in answer and self.gives_nothing:
            result = None
        if "changed" in answer and (self.mirrors or result is None):
            arguments = args, kwargs
            self.again |= result is not None
            was_there_before = self.before & memories(arguments)
            if result is not None or was_there_before:
                self.changed.append((arguments, decode(sent, functions)))
            changed = self._as_given(_read(answer["changed"]), sent)
            update_in_place(arguments, decode(changed, functions))
        return result

    def _as_given(self, tree, sent):
        """Masked arrays only where the test gives some, and masked elements too."""
        if not hides_something(sent):
            refuse_masked(tree)
        return tree if has_masks(sent) else without_masks(tree)

    def _call_back(self, question, functions):
        """The student's code calls a function that a test gave to it."""
        try:
            args, kwargs = decode(_read(question["args"]))
            result = functions[question["callback"]](*args, **kwargs)
            if isinstance(result, NonCallableMock):
                result = None  # nobody looks at what it returns
            return {"returned": encode(result)}
        except Exception as error:
            return {"raised": describe(error)}

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
            if isinstance(value, CALLED_BACK):
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
                f"a test gives the student's function a value that cannot cross: {error}"
            ) from None

    def _shadow(self, functions):
        """What the test has done to the student's names by now."""
        shadow = {}
        # Functions alone: a value may be what the test expects.
        for name, own in self.given.items():
            if not isinstance(own, types.FunctionType):
                continue
            value = self.names.get(name)
            if name not in self.names:
                shadow[name] = None
            elif value is not own and isinstance(value, CALLED_BACK):
                shadow[name] = {"is": self._encode(value, functions)}
        for name, stand_in in self.stand_ins.items():
            if name not in self.names:
                shadow[name] = None
            elif self.names[name] is not stand_in:
                shadow[name] = {"is": self._encode(self.names[name], functions)}
        return shadow

    def _exception(self, name, error):
        """The student's exception, built anew on this side."""
        exception = build_error(error, self.names)
        if isinstance(exception, ENDS_A_LOOP):  # it would end one of the test's
            exception = StudentError(f"{error['type']}: {message_of(exception)}")
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
        message = message_of(evalue)
        shown = [f"line {frame.lineno}: {frame.line}" for frame in lines if frame.line]
        full = [*shown, *where, f"{etype.__name__}: {message}"]
        name = etype.__name__
        if self.reserved:
            name = HIDDEN_ERROR  # to choose a type is to tell something
            message = said_by_hidden(self.shell.user_ns["In"][-1])
        elif self.hidden:
            message = self._in_the_authors_words(evalue, frames, lines, message)
        self.shell.put_out(
            {
                "output_type": "error",
                "ename": name,
                "evalue": message,
                "traceback": ["\n".join(full)],
            }
        )

    def _in_the_authors_words(self, error, frames, lines, message):
        """The author's own words, and no value."""
        own = texts_of(self.shell.user_ns["In"][-1])
        if is_said(error, frames[-1]):
            cell = "".join(linecache.getlines(frames[-1].filename))
            return without_numbers(message, own + texts_of(cell))
        return (lines and literal_message(self.shell, lines[-1])) or (
            "the result is not the expected one (hidden test)"
        )


def _read(part):
    """A part of an answer; raises CannotCross where a hostile sender wrote no JSON."""
    try:
        return part.read() if isinstance(part, Unread) else part
    except Malformed as error:
        raise CannotCross(f"what arrived is {error}") from None
