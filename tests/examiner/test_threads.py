"""Many submissions in many threads of one process: nothing there that is for one."""

import ast
import contextlib
import gc
import locale
import os
import sys
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

import examiner
from examiner import cells
from examiner.batch import Batch

from . import small_course as small
from .cases.case import Case

DEEP = "x = " + "(" * 60 + "1" + "+ 1)" * 60


@pytest.fixture
def busy_collector():
    """Python code runs whenever garbage is collected, as finalizers do."""

    def callback(phase, info):
        for _ in range(50):
            pass

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    gc.callbacks.append(callback)
    yield
    gc.callbacks.remove(callback)
    sys.setswitchinterval(interval)


def test_code_can_be_read_in_many_threads(busy_collector):
    """Python 3.11's parser raises SystemError where two threads are in it."""

    def read(number):
        # Each another source, so that none has been read before.
        sources = [f"{DEEP}\n" * 20 + f"y = {number}.{n}" for n in range(20)]
        return [len(cells.parse(source).body) for source in sources]

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(read, range(8))) == [[21] * 20] * 8


def test_only_one_module_enters_the_parser():
    """But for the kernels, each of which is a process of its own."""
    kernels = {"messages.py", "shell.py"}
    parsers = {"parse", "literal_eval", "symtable", "compile"}
    found = set()
    for path in Path(examiner.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(ast.Attribute(value=ast.Name(id="ast" | "symtable"), attr=name)) if (
                    name in parsers
                ):
                    found.add(path.name)
    assert found - kernels == {"cells.py"}


@contextlib.contextmanager
def watched_threads(monkeypatch):
    """Collects what is done in other threads that is for one alone."""
    found, main = set(), threading.get_ident()

    def note(what):
        if threading.get_ident() != main:
            found.add(what)

    def watch(owner, name):
        original = getattr(owner, name)

        def watched(*arguments, **keywords):
            note(f"{owner.__name__}.{name}")
            return original(*arguments, **keywords)

        monkeypatch.setattr(owner, name, watched)

    for owner, name in [
        (ast, "literal_eval"),
        (ast, "parse"),
        (contextlib.redirect_stdout, "__enter__"),
        (locale, "setlocale"),
        (os, "umask"),
        (warnings.catch_warnings, "__enter__"),
        (warnings, "filterwarnings"),
        (warnings, "simplefilter"),
    ]:
        watch(owner, name)
    is_watching = True

    def audit(event, arguments):  # cannot be taken away again
        if is_watching and event in {
            *("compile", "exec", "import", "os.chdir", "os.fork"),
            *("os.putenv", "os.unsetenv", "sqlite3.connect"),
        }:
            note(event)

    sys.addaudithook(audit)
    yield found
    is_watching = False


def test_the_threads_of_a_batch_do_nothing_that_is_for_one(tmp_path, monkeypatch):
    course = small.build(tmp_path)
    deep = f"# {'-' * 100}\n{small.RIGHT['double']}\n{DEEP}"
    magic = f"%precision 3\n{small.RIGHT['total']}"
    answers = small.RIGHT | {"double": deep, "total": magic}
    students = [f"student{number:02}" for number in range(1, 5)]
    for student in students:
        case = Case(student, "", answers, (("setup", "numbers = []"),))
        small.hand_in(tmp_path, student, case, {})
    with (
        watched_threads(monkeypatch) as found,
        closing(Batch(course, small.NAME)) as batch,
        ThreadPoolExecutor(4) as executor,
    ):
        results = batch.grade(students, executor, 4, lambda line: None)
    assert [result.problem for result in results] == [None] * 4
    assert found == set()
