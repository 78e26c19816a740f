"""IPython without Jupyter: runs cells, and hands on what they put out."""

import ast
import io
import sys
import threading
import time
from collections.abc import Callable

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Any, Type
from traitlets.config import Config

MAX_TEXT = 100_000  # characters that a cell may print
MAX_OUTPUTS = 200  # displays of a cell


class Compiler(CachingCompiler):
    """Names the code of each cell, so that a traceback's frames are known."""

    def get_code_name(self, raw_code, transformed_code, number):
        self.current = f"<cell {number}>"
        return self.current


class Display(DisplayPublisher):
    """display() and figures."""

    def publish(self, data, metadata=None, *, transient=None, update=False, **_):
        if not update:
            self.shell.put_out(
                {
                    "output_type": "display_data",
                    "data": data,
                    "metadata": metadata or {},
                }
            )

    def clear_output(self, wait=False):
        self.shell.put_out({"clear": True})


class Result(DisplayHook):
    """The value of a cell's last line."""

    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        self.shell.put_out(
            {
                "output_type": "execute_result",
                "execution_count": self.prompt_count,
                "data": format_dict,
                "metadata": md_dict or {},
            }
        )

    def finish_displayhook(self):
        pass


class Shell(InteractiveShell):
    """Runs cells; `emit` is called with each output, as nbformat has it.

    show_failure: shows an exception, given its type and itself, in place of
    IPython's traceback.
    """

    compiler_class = Type(Compiler)
    displayhook_class = Type(Result)
    display_pub_class = Type(Display)
    emit = Any(lambda output: None)
    show_failure = Any(None)

    def __init__(self, **kwargs):
        # With a history, IPython writes a database from a second thread.
        super().__init__(config=Config({"HistoryManager": {"enabled": False}}), **kwargs)
        self.db = {}  # what %cd notes stays in memory: a file would be everybody's
        self._outputs = 0
        self._quiet = False

    def put_out(self, output: dict):
        is_error = output.get("output_type") == "error"
        if is_error or self._outputs < MAX_OUTPUTS:
            self._outputs += 1
            sys.stdout.flush()
            sys.stderr.flush()
            self.emit(_plain(output))

    def capture(self, emit: Callable[[dict], None]):
        """From now on, give all outputs to `emit`."""
        self.emit = emit
        sys.stdout = Stream("stdout", emit)
        sys.stderr = Stream("stderr", emit)

    def run(self, source: str, *, quiet: bool = False) -> bool:
        """Run a cell, and say whether it ended without an error.

        Its outputs, errors among them, go to `emit`. quiet: nobody will see
        them, so draw no figures.
        """
        self.allow_outputs()
        self.display_formatter.active_types = (
            ["text/plain"] if quiet else self.display_formatter.format_types
        )
        self._quiet = quiet
        result = self.run_cell(source, store_history=True)
        sys.stdout.flush()
        sys.stderr.flush()
        return result.success

    def transform_cell(self, raw_cell):
        """IPython's syntax where there is some: to look for it takes time."""
        try:
            ast.parse(raw_cell)
        except (MemoryError, RecursionError, SyntaxError, ValueError):
            return super().transform_cell(raw_cell)
        return raw_cell if raw_cell.endswith("\n") else f"{raw_cell}\n"

    def allow_outputs(self):
        self._outputs = 0
        sys.stdout.reset()
        sys.stderr.reset()

    def system(self, command):
        print(f"Not run: {command}\n(Shell commands are switched off while work is graded.)")

    system_raw = system_piped = system

    def getoutput(self, command, split=True, depth=0):
        self.system(command)
        return [] if split else ""

    def raw_input(self, prompt=""):
        raise EOFError("nobody is there to answer while work is graded")

    def enable_gui(self, gui=None):
        pass

    def init_io(self):
        pass

    def init_virtualenv(self):
        pass

    def _format_exception_for_storage(self, exception, *_, **__):
        """For a history, which there is not; it would take long."""
        return {}

    def showtraceback(self, exc_tuple=None, *arguments, **keywords):
        if self._quiet:
            return
        if self.show_failure is None:
            super().showtraceback(exc_tuple, *arguments, **keywords)
        else:  # IPython's own way takes a tenth of a second
            etype, evalue, _ = self._get_exc_info(exc_tuple)
            self.show_failure(etype, evalue)

    def _showtraceback(self, etype, evalue, stb):
        self.put_out(
            {
                "output_type": "error",
                "ename": etype.__name__,
                "evalue": _text(evalue),
                "traceback": stb,
            }
        )


class Stream(io.TextIOBase):
    """Standard output or standard error of a cell, of bounded length."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name, emit):
        self.name = name
        self._emit = emit
        self._lock = threading.RLock()
        self._parts = []
        self._sent = time.monotonic()
        self.reset()

    def reset(self):
        self._left = MAX_TEXT

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        with self._lock:
            if self._left > 0:
                kept = text[: self._left]
                self._left -= len(kept)
                if self._left == 0:
                    kept += f"\n[cut: more than {MAX_TEXT:,} characters]\n"
                self._parts.append(kept)
                if time.monotonic() - self._sent > 0.1:
                    self.flush()
        return len(text)

    def flush(self):
        with self._lock:
            text = "".join(self._parts)
            self._parts.clear()
            self._sent = time.monotonic()
        if text:
            self._emit({"output_type": "stream", "name": self.name, "text": text})


def _text(value):
    try:
        return str(value)
    except Exception:  # anybody's __str__ may do anything
        return f"<{type(value).__name__} that cannot be shown>"


def _plain(output):
    """Rich outputs as a notebook stores them: bytes in Base64."""
    from base64 import encodebytes

    data = output.get("data")
    if data:
        output["data"] = {
            kind: encodebytes(value).decode() if isinstance(value, bytes) else value
            for kind, value in data.items()
        }
    return output
