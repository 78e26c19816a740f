"""Harm to the machine, to the batch, to the others in it."""

import json

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from ..small_course import FULL, NOTHING, RIGHT, position
from .case import Case, beside, forging, within

HARM = "it would do the harm on this machine"


def _strange_ids(notebook):
    """Cell ids and grade ids that are lists and objects."""
    extra = new_code_cell("1")
    extra["id"] = ["a", {"b": 1}]
    other = new_code_cell("2")
    other["id"] = {}
    tagged = new_code_cell("3", metadata={"nbgrader": {"grade_id": []}})
    odd = new_code_cell("4", metadata={"nbgrader": ["grade_id"]})
    notebook.cells += [extra, other, tagged, odd]


def _same_ids(notebook):
    for cell in notebook.cells:
        cell["id"] = "same"


def _no_source(notebook):
    cell = new_code_cell("1")
    cell["source"] = None
    notebook.cells.append(cell)


def _costly_markup(notebook):
    """HTML that takes a parser a time that grows with its square."""
    notebook.cells.append(new_markdown_cell("<div>" * 3000))


def _costly_markdown(notebook):
    """Formulas that do not end: the time grows with their square."""
    notebook.cells.append(new_markdown_cell("\\begin{a}\n" * 20_000))


def _many_mentions(notebook):
    """A picture of 150 kB, shown a thousand times."""
    cell = notebook.cells[position(notebook, "words")]
    cell.source = "![](attachment:a) " * 1050
    cell.attachments = {"a": {"image/png": "A" * 150_000}}


def _one_cell_of_lines(notebook):
    notebook.cells = [new_code_cell("\n" * 1_000_000 + "x")]


def _old_outputs(folder, places):
    """Notebook format 3, with outputs that nbformat takes long to judge."""
    path = folder / "small.ipynb"
    old = nbformat.convert(nbformat.read(path, as_version=4), 3)
    for cell in old.worksheets[0].cells:
        if cell.cell_type == "code":
            cell.outputs = 2000 * [{}]
    path.write_text(json.dumps(old))


def _large_file(folder, places):
    with open(folder / "large.bin", "wb") as file:
        file.truncate(300 * 2**20)


def _many_empty_files(folder, places):
    for number in range(20_000):
        (folder / f"{number}.txt").touch()


def _timestamp_of_digits(folder, places):
    (folder / "timestamp.txt").write_text("1" * 400_000)


def _folder_over_a_given_file(folder, places):
    (folder / "numbers.csv").mkdir()
    (folder / "numbers.csv" / "x").write_text("x")


CASES = [
    beside("exits-at-once", "calls os._exit", "import os; os._exit(0)"),
    beside("exits", "calls sys.exit", "import sys; sys.exit(0)"),
    within(
        "exits-when-called",
        "ends its process while a test waits for it",
        """
        import os

        def double(x):
            os._exit(0)
        """,
    ),
    beside(
        "kills-the-grader",
        "signals every process that it can think of",
        """
        import os, signal

        for pid in (0, -1, os.getppid(), int("@PARENT@"), -os.getpgrp()):
            for number in (signal.SIGSTOP, signal.SIGTERM, signal.SIGKILL):
                try:
                    os.kill(pid, number)
                    print("sent", pid)
                except OSError:
                    pass
        """,
        stock=HARM,
    ),
    beside(
        "kills-by-owner",
        "makes the grader the owner of a pipe's signals, SIGKILL being one",
        """
        import fcntl, os, signal

        near, far = os.pipe()
        for owner in (int("@PARENT@"), os.getppid()):
            try:
                fcntl.fcntl(near, fcntl.F_SETOWN, owner)
                fcntl.fcntl(near, 10, int(signal.SIGKILL))  # F_SETSIG
                flags = fcntl.fcntl(near, fcntl.F_GETFL)
                fcntl.fcntl(near, fcntl.F_SETFL, flags | os.O_ASYNC)
                os.write(far, b"x")
            except OSError as error:
                print(error)
        """,
        stock=HARM,
    ),
    within(
        "ignores-interrupts",
        "loops for ever and ignores SIGINT",
        """
        import signal

        def double(x):
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            while True:
                pass
        """,
        says="too long",
    ),
    beside(
        "loops-in-a-cell",
        "loops for ever in a cell, catching everything",
        """
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass
        """,
        says="too long",
    ),
    beside(
        "fork-bomb",
        "forks and forks",
        """
        import os

        for _ in range(200):
            try:
                os.fork()
            except OSError:
                break
        """,
        stock=HARM,
    ),
    beside(
        "thread-bomb",
        "starts threads without end, and prints all the time",
        """
        import threading, time

        threading.stack_size(32768 * 2)
        for number in range(4000):
            threading.Thread(target=time.sleep, args=(30,),
                             daemon=True).start()
            if number % 10 == 0:
                print(number, flush=True)
        end = time.time() + 3
        while time.time() < end:
            print("still here", flush=True)
            time.sleep(0.1)
        """,
        says="threads",
        at_most=True,
        stock=HARM,
    ),
    beside(
        "memory-bomb",
        "takes all the memory there is",
        """
        taken = []
        while True:
            taken.append(bytearray(2**27))
        """,
        at_most=True,
        stock=HARM,
    ),
    beside(
        "fills-the-disk",
        "writes file after file",
        """
        import time

        for number in range(8):
            with open(f"file{number}", "wb") as file:
                for _ in range(50):
                    file.write(bytes(2**20))
        time.sleep(60)
        """,
        says="disk",
        stock=HARM,
    ),
    beside(
        "fills-the-disk-while-it-prints",
        "writes file after file, and never lets the grader wait for output",
        """
        import time

        for number in range(8):
            with open(f"file{number}", "wb") as file:
                for _ in range(50):
                    file.write(bytes(2**20))
                    print(number, flush=True)
        end = time.time() + 2
        while time.time() < end:
            print(number, flush=True)
            time.sleep(0.05)
        """,
        says="disk",
        stock=HARM,
    ),
    beside(
        "fills-the-disk-unseen",
        "writes to files that it has removed, and keeps them open",
        """
        import os, time

        kept = []
        for number in range(8):
            file = open(f"file{number}", "wb")
            os.unlink(file.name)
            for _ in range(50):
                file.write(bytes(2**20))
            file.flush()
            kept.append(file)
        time.sleep(60)
        """,
        says="disk",
        stock=HARM,
    ),
    beside(
        "hides-files-in-mappings",
        "removes files that a page in memory keeps on the disk",
        """
        import mmap, os, time

        kept = []
        for number in range(8):
            with open(f"file{number}", "w+b") as file:
                file.write(bytes(2**20))
                file.flush()
                kept.append(mmap.mmap(file.fileno(), 4096))
            os.unlink(file.name)
        time.sleep(60)
        """,
        says="disk",
        stock=HARM,
    ),
    beside(
        "without-a-main-thread",
        "ends its main thread: then nobody sees what its other threads have open",
        """
        import ctypes, threading, time

        def go_on():
            while True:
                time.sleep(0.1)

        threading.Thread(target=go_on, daemon=True).start()
        ctypes.CDLL(None).syscall(60, 0)  # exit, on x86-64
        """,
        says="it ended its main thread",
    ),
    beside(
        "ends-by-a-real-time-signal",
        "ends itself by a signal that has no name",
        "import os; os.kill(os.getpid(), 40)",
        says="signal 40",
    ),
    beside(
        "many-folders",
        "makes folders without end",
        """
        import os, time

        for number in range(12_000):
            os.mkdir(f"folder{number}")
        time.sleep(60)
        """,
        says="code cell 2: it ",
        stock=HARM,
    ),
    beside(
        "deep-folders",
        "nests folders deeper than a program can follow",
        """
        import os

        for _ in range(3000):
            os.mkdir("d")
            os.chdir("d")
        """,
        stock=HARM,
    ),
    beside(
        "one-long-line",
        "prints 30 MB on one line",
        'print("x" * 30_000_000)',
    ),
    beside(
        "many-lines",
        "prints 300,000 lines",
        'for number in range(300_000):\n    print("line", number)',
    ),
    beside(
        "many-displays",
        "displays 20,000 values",
        """
        from IPython.display import display

        for number in range(20_000):
            display({"text/plain": "x" * 1000}, raw=True)
        """,
    ),
    beside(
        "daemon",
        "starts a program that outlives it",
        """
        import subprocess, sys

        subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(600)",
             "examiner-attack-daemon"],
            start_new_session=True,
        )
        """,
        stock=HARM,
    ),
    within(
        "huge-result",
        "returns an array of 800 MB",
        "def double(x):\n    return np.zeros(10**8)",
    ),
    within(
        "deep-recursion",
        "recurses past every limit",
        """
        import sys

        def double(x):
            sys.setrecursionlimit(10**9)
            return double(x)
        """,
    ),
    within(
        "segfault",
        "reads address 0",
        """
        import ctypes

        def double(x):
            ctypes.string_at(0)
        """,
    ),
    beside(
        "reply-flood",
        "fills the grader's memory with one long reply",
        forging(
            """
            data = b"[" + b"[]," * 20_000_000 + b"[]]"
            announce({"output": len(data)})
            pour(data)
            """
        ),
        stock="it has no such connection",
    ),
    *(
        beside(
            f"flat-{name}",
            f"sends a flat list of 60 MB {where}, which holds up whoever reads it",
            forging(
                f"""
                data = b"[" + b"7.5," * 15_000_000 + b"7.5]"
                announce({lengths})
                pour({before} + data)
                """
            ),
            at_most=True,  # what it forges is taken for its answers
            stock="it has no such connection",
        )
        for name, where, before, lengths in (
            (
                "reply",
                "beside the word that a cell is done",
                'b"true"',
                '{"done": 4, "x": len(data)}',
            ),
            ("value", "in place of a value", 'b"true"', '{"done": 4, "values": len(data)}'),
            ("output", "as an output", 'b""', '{"output": len(data)}'),
            (
                "head",
                "as the beginning of a message",
                'b""',
                "{str(n): 1 for n in range(10**6)}",
            ),
        )
    ),
    beside(
        "reply-too-long",
        "announces a message of 4 GB",
        forging('os.write(3, b"\\xff\\xff\\xff\\xff")\ntime.sleep(1)'),
        stock="it has no such connection",
    ),
    beside(
        "strange-outputs",
        "sends outputs of the wrong kinds over the kernel's connection",
        forging(
            """
            for output in [
                None, 5, [], {}, {"output_type": []},
                {"output_type": "stream", "name": [], "text": {}},
                {"output_type": "error", "ename": [], "traceback": 5},
                {"output_type": "display_data", "data": {"text/html": 5}},
                {"output_type": "display_data", "data": 5},
                {"output_type": "stream", "text": eval("[" * 60 + "]" * 60)},
            ]:
                forge({"output": output})
            """
        ),
        stock="it has no such connection",
    ),
    Case(
        "strange-outputs-in-a-call",
        "does the same while a test waits",
        RIGHT
        | {
            "double": forging(
                """
                def double(x):
                    for name in ([], {}, None, "stdout"):
                        forge({"output": {"name": name, "text": [1]}})
                    return 0 * x
                """
            )
        },
        points=FULL | {"double": 0},
        stock="it has no such connection",
    ),
    beside(
        "images-that-are-none",
        "displays images and texts that cannot be stored",
        """
        from IPython.display import display

        display({"image/png": "h\\u00e9", "text/plain": "x"}, raw=True)
        display({"image/png": "AAA", "text/plain": 5}, raw=True)
        display({"text/html": ["<b>", None]}, raw=True)
        """,
    ),
    beside(
        "half-characters",
        "prints half of a character, which no file can hold",
        'print("\\ud800")\nraise ValueError("\\udfff")',
    ),
    Case(
        "half-characters-in-the-source",
        "hands in half of a character",
        RIGHT,
        change=lambda notebook: notebook.cells.append(new_markdown_cell("@@HALF@@")),
        files=lambda folder, places: (folder / "small.ipynb").write_text(
            (folder / "small.ipynb").read_text().replace("@@HALF@@", "\\ud800")
        ),
        points=FULL,
    ),
    beside(
        "costly-html-output",
        "displays HTML that takes a parser very long",
        """
        from IPython.display import HTML

        HTML("<div>" * 3000)
        """,
    ),
    Case(
        "costly-markup",
        "writes Markdown whose HTML takes a parser very long",
        RIGHT,
        change=_costly_markup,
        points=FULL,
    ),
    Case(
        "costly-markdown",
        "writes Markdown that takes its renderer very long",
        RIGHT,
        change=_costly_markdown,
        points=FULL,
        says="a text was cut after 20,000 characters",
    ),
    Case(
        "costly-code",
        "hands in five million characters of code, to be coloured",
        RIGHT,
        change=lambda notebook: notebook.cells.append(new_code_cell("x = 1 + 2\n" * 500_000)),
        problem="its cells hold 5,",
    ),
    beside(
        "costly-outputs",
        "displays Markdown and deep HTML, each of which takes very long",
        """
        from IPython.display import HTML, Markdown, display

        display(Markdown("\\begin{a}\\n" * 20_000))
        display(HTML("<div>" * 100_000))
        display(HTML("<svg>" + "<g>" * 100_000))
        """,
    ),
    beside(
        "costly-colours",
        "displays a long text that changes its colour 9,900 times",
        """
        from IPython.display import display

        text = "\\x1b[1m" * 9_900 + "x" * 4_800_000 + "\\U0001F600"
        display({"text/plain": text}, raw=True)
        """,
    ),
    beside(
        "many-messages",
        "sends 2,500 messages of text, which a cell's output joins",
        forging(
            """
            for _ in range(2500):
                forge({"output": {"output_type": "stream",
                                  "name": "stdout", "text": "x" * 1990}})
            """
        ),
        stock="it has no such connection",
    ),
    Case(
        "many-mentions",
        "shows one picture a thousand times",
        RIGHT,
        change=_many_mentions,
        points=FULL,
    ),
    Case(
        "many-old-outputs",
        "hands in format 3, with thousands of outputs that are none",
        RIGHT,
        files=_old_outputs,
        points=FULL,
    ),
    Case(
        "many-empty-lines",
        "hands in nothing but a cell of a million lines",
        change=_one_cell_of_lines,
        points=NOTHING,
        says="double was missing",
    ),
    beside(
        "huge-range",
        "returns a range of a billion numbers, which a test may list",
        """
        def total(values):
            return range(10**9)
        """,
        after="total",
        points=FULL | {"total": 0},
    ),
    beside(
        "own-stdout",
        "replaces sys.stdout by something that is none",
        """
        import sys

        sys.stdout = sys.stderr = 5
        """,
    ),
    Case(
        "strange-ids",
        "hands in cell ids and grade ids that are lists",
        RIGHT,
        change=_strange_ids,
        points=FULL,
    ),
    Case(
        "same-ids",
        "gives all cells one id",
        RIGHT,
        change=_same_ids,
        points=FULL,
    ),
    Case(
        "no-source",
        "hands in a cell whose source is null",
        RIGHT,
        change=_no_source,
        problem="without source",
    ),
    Case(
        "literal-too-deep",
        "answers a question with a list in a list in a list",
        RIGHT | {"q1": "q1 = " + "[" * 60 + "]" * 60},
        points=FULL | {"q1": 0},
    ),
    Case(
        "literal-too-large",
        "answers a question with a number of 4,000 digits",
        RIGHT | {"q1": "q1 = " + "9" * 4000},
        points=FULL | {"q1": 0},
    ),
    Case(
        "deep-notebook",
        "hands in JSON that is nested 100,000 levels deep",
        raw=b'{"nbformat": 4, "cells": ' + b"[" * 100_000,
        problem="not",
    ),
    Case(
        "old-number",
        "says that it is of notebook format 1, which it is not",
        RIGHT,
        change=lambda notebook: notebook.update(nbformat=1),
        problem="format is 1",
    ),
    Case(
        "large-file",
        "hands in a file of 300 MB beside the notebook",
        RIGHT,
        files=_large_file,
        problem="300 MB",
        stock=HARM,
    ),
    Case(
        "many-empty-files",
        "hands in 20,000 empty files, which are looked at again and again",
        RIGHT,
        files=_many_empty_files,
        problem="more than 1000 files and folders",
        stock=HARM,
    ),
    Case(
        "hidden-markers",
        "writes the marks of hidden tests into a solution, and only one of a pair",
        RIGHT | {"double": f"{RIGHT['double']}\n### BEGIN HIDDEN TESTS\n### BEGIN SOLUTION"},
        (("total", "### END HIDDEN TESTS\n### END SOLUTION\n### BEGIN MARK SCHEME"),),
        points=FULL,
    ),
    Case(
        "timestamp-of-digits",
        "hands in a timestamp.txt of 400,000 digits, at which a reader counts for minutes",
        RIGHT,
        files=_timestamp_of_digits,
        points=FULL,
        says="timestamp.txt holds no time",
        stock=HARM,
    ),
    Case(
        "folder-over-a-given-file",
        "hands in a folder with the name of a given file",
        RIGHT,
        files=_folder_over_a_given_file,
        points=FULL,
    ),
    beside(
        "takes-the-processors",
        "leaves 100 threads behind that compute without Python's lock",
        """
        import hashlib, threading, time

        def compute():
            time.sleep(1)
            hashlib.pbkdf2_hmac("sha256", b"x", b"x", 10**9)

        for _ in range(100):
            threading.Thread(target=compute, daemon=True).start()
        """,
        at_most=True,
        stock=HARM,
    ),
]
