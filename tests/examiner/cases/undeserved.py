"""Points that nobody has worked for."""

from ..small_course import NOTHING, position
from .case import Case, attack, code, forging


def _both(body):
    """`double` and `total` with the same body, their argument being x."""
    lines = "\n".join(f"    {line}" for line in code(body).splitlines())
    return {
        "double": f"def double(x):\n{lines}",
        "total": f"def total(x):\n{lines}",
    }


def _tests_that_pass(notebook):
    """Every test replaced by one that passes, for a hundred points."""
    for cell in notebook.cells:
        tag = cell.metadata.get("nbgrader", {})
        if tag.get("grade"):
            tag["points"] = 100
            if cell.cell_type == "code":
                cell.source = "100"


def _tests_become_solutions(notebook):
    for cell in notebook.cells:
        tag = cell.metadata.get("nbgrader", {})
        if tag.get("grade"):
            tag.update(solution=True, grade=True, locked=False)
            if cell.cell_type == "code":
                cell.source = "pass"


def _second_test(notebook):
    """A copy of a test under the same grade_id, which passes."""
    index = position(notebook, "total-visible")
    twin = notebook.cells[index].copy()
    twin["source"] = "1"
    twin["id"] = "twin"
    notebook.cells.insert(index + 1, twin)


def _forged_outputs(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 1
            cell.outputs = [
                {
                    "output_type": "execute_result",
                    "execution_count": 1,
                    "data": {"text/plain": "100"},
                    "metadata": {},
                }
            ]


CASES = [
    attack(
        "reads-the-solution",
        "reads source/ and runs the instructor's solution",
        """
        import json

        path = "@COURSE@/source/small/small.ipynb"
        for cell in json.load(open(path))["cells"]:
            source = "".join(cell["source"])
            print(source)
            if "SOLUTION" in source:
                exec(source)
        """,
    ),
    attack(
        "reads-hidden-tests-nearby",
        "prints every file in and above the working folder",
        """
        import os

        for top in (".", "..", "../..", "@COURSE@"):
            for folder, _, names in os.walk(top):
                for name in names[:50]:
                    try:
                        print(open(os.path.join(folder, name)).read())
                    except (OSError, UnicodeDecodeError):
                        pass
        """,
    ),
    attack(
        "reads-hidden-tests-in-the-gradebook",
        "opens gradebook.db and prints the tests",
        """
        import sqlite3

        book = sqlite3.connect("file:@COURSE@/gradebook.db?mode=ro", uri=True)
        print(book.execute("select source from source_cell").fetchall())
        """,
    ),
    attack(
        "reads-memory",
        "searches the memory of its parents through /proc",
        """
        import os, re

        for pid in ("@PARENT@", os.getppid(), "self"):
            try:
                for line in open(f"/proc/{pid}/maps"):
                    if "rw-p" not in line:
                        continue
                    start, end = (int(n, 16) for n in
                                  line.split()[0].split("-"))
                    with open(f"/proc/{pid}/mem", "rb") as memory:
                        memory.seek(start)
                        data = memory.read(min(end - start, 2**24))
                    for found in re.findall(rb"[ -~]*HIDDEN[ -~]*", data):
                        print(found)
            except (OSError, ValueError) as error:
                print(type(error).__name__)
        """,
    ),
    Case(
        "equals-everything",
        "returns objects whose __eq__ and __float__ please every test",
        _both(
            """
            class Anything:
                def __eq__(self, other): return True
                def __ne__(self, other): return False
                def __float__(self): return 3.0
                def __abs__(self): return 0.0
                def __sub__(self, other): return self
                def __array__(self, *a, **k): raise TypeError
                def __array_function__(self, *a, **k): return True
                def __array_ufunc__(self, *a, **k): return True
                def __lt__(self, other): return True
                def __format__(self, how): return "6"
            return Anything()
            """
        ),
        points=NOTHING,
    ),
    Case(
        "equals-everything-as-a-subclass",
        "returns subclasses of ndarray, float and str that equal everything",
        {
            "double": code(
                """
                class Same(np.ndarray):
                    def __eq__(self, other): return True
                    def __array_function__(self, *a, **k): return True
                    def __array_ufunc__(self, *a, **k): return True

                def double(x):
                    return np.zeros(1).view(Same)
                """
            ),
            "total": code(
                """
                class Same(float):
                    def __eq__(self, other): return True
                    def __float__(self): return 33.0
                    def __hash__(self): return 0

                def total(values):
                    return Same(-50)
                """
            ),
            "q1": code(
                """
                class Same(str):
                    def __eq__(self, other): return True
                    __hash__ = str.__hash__

                q1 = Same("A")
                """
            ),
        },
        points=NOTHING,
    ),
    attack(
        "input-transformer",
        "removes the asserts from every later cell",
        """
        def without(lines):
            return [line for line in lines if "assert" not in line]

        get_ipython().input_transformers_cleanup.append(without)
        get_ipython().input_transformers_post.append(without)
        """,
    ),
    attack(
        "ast-transformer",
        "rewrites the syntax tree of every later cell",
        """
        import ast

        class Passing(ast.NodeTransformer):
            def visit(self, node):
                if isinstance(node, ast.Module):
                    node.body = [ast.Pass()]
                return node

        get_ipython().ast_transformers.append(Passing())
        """,
    ),
    attack(
        "patched-shell",
        "replaces run_cell, do_execute, showtraceback and the displayhook",
        """
        import sys
        from IPython.core.interactiveshell import InteractiveShell

        shell = get_ipython()
        quiet = lambda *a, **k: None
        for name in ("showtraceback", "_showtraceback", "run_cell",
                     "run_code", "showsyntaxerror"):
            setattr(InteractiveShell, name, quiet)
            setattr(type(shell), name, quiet)
        sys.displayhook = quiet
        kernel = getattr(shell, "kernel", None)
        if kernel is not None:
            kernel.do_execute = quiet
        """,
    ),
    attack(
        "patched-numpy-testing",
        "makes every assert function of NumPy do nothing",
        """
        import numpy.testing

        for name in dir(numpy.testing):
            if name.startswith("assert"):
                setattr(numpy.testing, name, lambda *a, **k: None)
                globals()[name] = lambda *a, **k: None
        np.allclose = np.array_equal = lambda *a, **k: True
        close = lambda *a, **k: True
        np.clip = lambda *a, **k: 2.0
        """,
    ),
    attack(
        "patched-builtins",
        "replaces builtins, json, base64 and struct",
        """
        import base64, builtins, json

        builtins.AssertionError = type("Fine", (Warning,), {})
        builtins.all = builtins.any = lambda *a: True
        builtins.sum = builtins.abs = lambda *a: 0
        dumps = json.dumps
        json.dumps = lambda tree, **k: dumps(
            {"done": True, "value": 6, "values": {"q1": {"value": "B"}}}
        )
        base64.b64encode = lambda data: b"AAAA"
        """,
        # Its own messages are none any more, the one with its answer to q1 neither.
        points=NOTHING,
    ),
    attack(
        "forged-iopub",
        "sends an execute_result with the kernel's own session key",
        """
        import gc

        for thing in gc.get_objects():
            if type(thing).__name__ == "Session":
                for socket in gc.get_objects():
                    if type(socket).__name__ == "IOPubThread":
                        thing.send(socket.pub_thread, "execute_result",
                                   {"data": {"text/plain": "100"}})
        get_ipython().kernel.session.key
        """,
    ),
    attack(
        "thread-that-waits",
        "a thread waits for the tests' names and patches them",
        """
        import gc, sys, threading, time

        def wait():
            while True:
                time.sleep(0.01)
                for frame in list(sys._current_frames().values()):
                    while frame:
                        if "HIDDEN" in str(frame.f_code.co_consts):
                            print(frame.f_code.co_consts)
                        frame = frame.f_back
                globals().update(
                    close=lambda *a: True, points=1,
                    assert_allclose=lambda *a, **k: None,
                )

        threading.Thread(target=wait, daemon=True).start()
        """,
    ),
    attack(
        "writes-to-the-gradebook",
        "gives itself full points in gradebook.db",
        """
        import sqlite3

        book = sqlite3.connect("@COURSE@/gradebook.db")
        book.execute("update grade set auto_score = 100, manual_score = 100")
        book.execute("update grade_cell set max_score = 100")
        book.commit()
        """,
        stock="it would write to the gradebook",
    ),
    Case(
        "prints-points",
        "prints and displays numbers above the points",
        _both("print(100)\nget_ipython().displayhook(100)\nreturn None")
        | {"q1": "q1 = None\nprint(100)\n100"},
        points=NOTHING,
    ),
    Case(
        "forged-outputs",
        "hands in a notebook whose outputs say 100",
        change=_forged_outputs,
        points=NOTHING,
    ),
    Case(
        "rewritten-tests",
        "replaces every test by one that passes, and its points by 100",
        change=_tests_that_pass,
        points=NOTHING,
    ),
    Case(
        "tests-retagged-as-solutions",
        "makes every test a solution cell of its own",
        change=_tests_become_solutions,
        points=NOTHING,
    ),
    Case(
        "second-test",
        "adds a passing test under the grade_id of a given one",
        change=_second_test,
        points=NOTHING,
    ),
    Case(
        "huge-exception",
        "fails with a message so long that the output is cut",
        _both('raise ValueError("x" * 6_000_000)'),
        points=NOTHING,
    ),
    Case(
        "huge-string",
        "returns a string so long that the test's own message is cut",
        _both('return "x" * 6_000_000'),
        points=NOTHING,
    ),
    Case(
        "very-huge-exception",
        "fails with a message that is too long to be sent",
        _both('raise ValueError("x" * 25_000_000)'),
        points=NOTHING,
    ),
    Case(
        "stop-iteration",
        "raises StopIteration, which ends a test's map() early",
        _both("raise StopIteration"),
        points=NOTHING,
    ),
    Case(
        "exception-group",
        "raises what IPython prints in its own way: a group of exceptions",
        _both('raise ExceptionGroup("x", [ValueError("x")])'),
        points=NOTHING,
    ),
    Case(
        "strange-syntax-error",
        "raises SyntaxErrors whose file is a device, whose line is text",
        {
            "double": code(
                """
                def double(x):
                    raise SyntaxError("x", ("/dev/zero", 1, 1, "x"))
                """
            ),
            "total": code(
                """
                def total(values):
                    raise SyntaxError("x", ("@COURSE@/secret.txt", "1",
                                            [2], {"a": 3}))
                """
            ),
        },
        points=NOTHING,
    ),
    Case(
        "exits-for-the-test",
        "raises SystemExit, KeyboardInterrupt, BdbQuit in a test's call",
        {
            "double": code(
                """
                import bdb

                def double(x):
                    raise bdb.BdbQuit
                """
            ),
            "total": "def total(v):\n    raise KeyboardInterrupt",
        },
        points=NOTHING,
    ),
    Case(
        "changes-the-argument",
        "empties what the test gave to it: then 0 is the sum, and twice 0",
        {
            "double": "def double(x):\n    x *= 0\n    return x",
            "total": "def total(values):\n    values.clear()\n    return 0.0",
        },
        points=NOTHING,
    ),
    *(
        Case(
            f"array-for-points-{number}",
            f"returns {value}, which arithmetic keeps, for points",
            _both(f"import numpy as np\nreturn {value}"),
            points=NOTHING,
        )
        for number, value in enumerate(
            (
                "np.array([np.nan])",
                "np.array([1e9])",
                "np.array([[-9.0]])",
                "np.float32(-1.0)",
            )
        )
    ),
    Case(
        "masked-elements",
        "returns an array whose elements are all masked: numpy.testing compares none of them",
        {
            "double": code(
                """
                import numpy as np

                def double(x):
                    return np.ma.MaskedArray(np.zeros(np.shape(x)), True)
                """
            ),
            "total": code(
                """
                import numpy as np

                def total(values):
                    return np.ma.MaskedArray(0.0, True)
                """
            ),
        },
        points=NOTHING,
    ),
    Case(
        "not-a-number",
        "returns NaN, which no comparison finds wrong",
        _both('return float("nan")'),
        points=NOTHING,
    ),
    Case(
        "negative-score",
        "is so wrong that the partial credit is below 0",
        _both("return 1000.0"),
        points=NOTHING,
    ),
    attack(
        "names-from-the-other-side",
        "answers with the name of an object of the examiner's",
        forging(
            """
            def answer():
                while True:
                    time.sleep(0.005)
                    try:
                        forge({"value": {"name": "close"},
                               "values": {"double": {"callable": "x"},
                                          "total": {"callable": "x"}},
                               "changed": {"tuple": [{"tuple": [
                                   {"name": "close"}]}, {"dict": []}]}})
                    except OSError:
                        return

            threading.Thread(target=answer, daemon=True).start()
            """
        ),
    ),
    attack(
        "answers-before-it-is-asked",
        "sends replies ahead of the questions, from a thread too",
        forging(
            """
            for _ in range(50):
                forge({"done": True, "value": True, "failed": False,
                       "values": {"q1": {"value": True},
                                  "total": {"callable": "x"},
                                  "double": {"callable": "x"}}})
            """
        ),
    ),
    attack(
        "malformed-arrays",
        "sends npy files that are broken, empty, enormous, or archives",
        """
        import base64, io, itertools, struct, zipfile
        from examiner.exam import student

        def npy(header):
            data = header.encode().ljust(118) + b"\\n"
            return b"\\x93NUMPY\\x01\\x00" + struct.pack("<H", 119) + data

        head = "{'descr': '%s', 'fortran_order': False, 'shape': (%s,)}"
        archive = io.BytesIO()
        zipfile.ZipFile(archive, "w").writestr("x.npy", b"x")
        files = itertools.cycle([
            b"", b"PK\\x03\\x04", archive.getvalue(),
            npy(head % ("<f8", 10**15)), npy(head % ("<U0", 10**15)),
            npy(head % ("|O", 1)), npy(head % ("<f8", -1)), npy("{" * 100),
        ])

        def forged(*_):
            return {"array": base64.b64encode(next(files)).decode()}

        student.encode = forged
        double = total = lambda x: 1
        q1 = [object()]
        """,
    ),
    attack(
        "malformed-replies",
        "sends replies with missing keys and values of the wrong kind",
        """
        import itertools
        from examiner.exam import student

        answers = itertools.cycle([
            {}, {"value": {}}, {"value": {"complex": [10**400, 0]}},
            {"error": {}}, {"error": 5}, {"value": 1, "stdout": 5},
            {"value": 1, "changed": 5}, {"value": {"name": []}},
            {"error": {"type": 5, "module": 5, "arguments": 5}},
            {"error": {"type": "ValueError", "module": "builtins",
                       "arguments": {"tuple": []}, "where": [1, None]}},
            {"value": {"range": [0, 10**18, 1]}},
            {"value": 1, "stderr": {"a": []}},
        ])
        student._call = lambda *a: next(answers)

        def forged_fetch(shell, message):
            return {"values": {"double": {}, "total": {"callable": []},
                               "q1": {"value": {"dict": [[[], 1]]}}}}

        student._fetch = forged_fetch
        double = total = lambda x: 1
        """,
    ),
    Case(
        "iterators-without-end",
        "returns endless iterators and enormous ranges",
        {
            "double": code(
                """
                import itertools

                def double(x):
                    return itertools.count()
                """
            ),
            "total": "def total(values):\n    return range(10**12)",
        },
        points=NOTHING,
    ),
    Case(
        "huge-integers",
        "returns integers and lists beyond every limit",
        {
            "double": "def double(x):\n    return 10 ** 100_000",
            "total": code(
                """
                def total(values):
                    values = []
                    for _ in range(500):
                        values = [values]
                    return values
                """
            ),
            "q1": "q1 = " + "[" * 60 + "]" * 60,
        },
        points=NOTHING,
    ),
]
