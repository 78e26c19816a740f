"""What a submission reads, writes and says beyond what it was given."""

import os

from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from examiner.preflight import MAX_TEXT

from ..small_course import FULL, RIGHT, position
from .case import FORGE, PIXEL, Case, beside, code

LEAVES = "it would leave files in this machine's folders"
SCRIPTS = (
    '<script>alert("examiner-attack")</script>\n'
    '<img src=x onerror=alert("examiner-attack")>\n'
    '<a href="javascript:alert(1)">examiner-attack</a>\n'
    '<svg><script href="data:,alert(1)"/></svg>\n'
    '<p title="`" style="background:url(javascript:alert(1))">\n'
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>\n'
    '<p title="<img onmouseover=alert(1) x">y</p>\n'
)
MARKDOWN = (
    "[a](javascript:alert(1)) ![a](javascript:alert(1))\n"
    "[b](JaVaScRiPt:alert(1)) [c](&#106;avascript:alert(1))\n"
    "[d][e] <javascript:alert(1)>\n\n"
    "[e]: javascript:alert(1)\n\n"
    "$\\href{javascript:alert(1)}{x}$ $<img src=x onerror=alert(1)>$\n\n"
    '```html" onerror="alert(1)\nx\n```\n'
)

# Leaves its box, writes a result, and folds away what comes after it. Each closes or opens
# something alone; in the last a code span would hold one half of a pair.
BOX = (
    "</p></div></div></div></div>\n\n<h2>examiner-attack: total 10 / 10</h2><details><s>\n\n"
    "</DIV ></div\n></body></html><div/><details open><summary>examiner-attack</summary>\n\n"
    "<b>[a](<b>x</b>) `<s>` </s> `x</s>` <!-- <table><tr><td></div>\n"
)
# 8-bit codes of a terminal (a window's title), a line that goes back, ESC in two halves.
TERMINAL = "\x9d0;examiner-attack\x9c\x9b2J\x07\rexaminer-attack\x1b\x1b[m]0;x\x07\x7f\x0e"

# A picture on the web: its server learns who looks at it, and when.
PICTURES = (
    "![a](https://example.com/a.png) ![b][b] ![c] ![d [d]](<//example.com>)\n"
    "![e\n](https://example.com/a.png) \\![f](https://example.com/f.png)\n"
    '!\\[g](https://example.com) ![h](attachment:h.png "x") '
    "![i](data:image/svg+xml,x) ![j](attachment:../../j)\n"
    "<img src='https://example.com'> [![k](http://example.com/k)](k)\n\n"
    "[b]: https://example.com/b.png\n[c]: https://example.com/c.png\n"
    "\n![![](attachment:p.png)](https://example.com/l.png)\n"
    "\n![m\\](attachment:p.png)](https://example.com/m.png)\n"
    "\n![n`](attachment:p.png)`](https://example.com/n.png)\n"
    "\n![o$](attachment:p.png)$](https://example.com/o.png)\n"
    "\nq!![q](https://example.com/q.png) !!!![b] !!!![r][b] !![s][]\n"
    "\n!![t](attachment:t.png) \\!![u](//example.com/u) ! [b] !\n[b]\n\n"
    "[s]: https://example.com/s.png\n"
)
# Where a long text is cut, half an image is left: one of another address.
CUT_PICTURE = (
    "[a]: https://example.com/a.png\n\n".ljust(MAX_TEXT - 9, "x") + "![a](attachment:p.png)"
)

# Formulas whose MathML is HTML, and one that doubles with each letter.
FORMULAS = (
    "$\\DeclareMathOperator{\\x}{< script>alert(1)< /script>}\\x$\n\n"
    "$\\unicode{3c;< svg/onload=alert(1)>}$ $\\href{java%\nscript:a}{x}$\n\n"
    "$\\operatorname{< img/src=x/onerror=alert(1)>}$\n\n"
    "$"
    + "".join(
        f"\\def\\m{this}{{{{\\m{after}}}{{\\m{after}}}}}"
        for this, after in zip(
            "abcdefghijklmnopqrstuvw",
            "bcdefghijklmnopqrstuvwx",
            strict=True,
        )
    )
    + "\\def\\mx{x}\\ma$\n"
)
# Between the process that answers hidden tests and the one whose outputs are
# seen: (name, how, setting up and telling, reading).
SIGNALS = [
    (
        "file-size",
        "the sizes of files, which anybody may ask for",
        """
        import glob, os

        def tell(number):
            for place, digit in enumerate(str(number)):
                open(f"d{place}", "wb").truncate(int(digit))
        """,
        """
        here = os.getcwd()
        for near in {f"{here}/../b", *glob.glob(f"{here}/../*")} - {here}:
            print("".join(str(os.stat(f"{near}/d{place}").st_size)
                          for place in range(20)
                          if os.path.exists(f"{near}/d{place}")))
        """,
    ),
    (
        "flock",
        "locks on files that everybody reads",
        """
        import fcntl, glob, json, os

        places = sorted(glob.glob(os.path.dirname(json.__file__) + "/../*.py"))
        held = []

        def tell(number):
            for place in range(40):
                if number >> place & 1:
                    held.append(open(places[place]))
                    fcntl.flock(held[-1], fcntl.LOCK_EX)
        """,
        """
        number = 0
        for place in range(40):
            with open(places[place]) as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    number |= 1 << place
        print(number)
        """,
    ),
    (
        "record-lock",
        "a lock on a part of /dev/null",
        """
        import fcntl, struct

        null = open("/dev/null", "r+b", buffering=0)

        def tell(number):
            fcntl.lockf(null, fcntl.LOCK_EX, 1, 1_000_000 + number)
        """,
        """
        for command in (fcntl.F_GETLK, fcntl.F_OFD_GETLK):
            asked = struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 10**6, 0, 0)
            try:
                found = fcntl.fcntl(null, command, asked)
                print(struct.unpack("hhqqi4x", found)[2] - 10**6)
            except OSError as error:
                print(error)
        """,
    ),
    (
        "open-files",
        "how many files it has open, which anybody may ask for",
        """
        import os, threading, time

        usual = os.stat("/proc/self/fd").st_size

        def tell(number):
            for digit in str(number):
                held = [open("/dev/null") for _ in range(60 + int(digit))]
                time.sleep(0.05)
                for file in held:
                    file.close()
                time.sleep(0.05)

        counts = {}

        def look():
            near = [f"/proc/{os.getpid() + n}/fd" for n in range(1, 60)]
            while True:
                for place in near:
                    try:
                        count = os.stat(place).st_size - usual - 60
                    except OSError:
                        continue
                    seen = counts.setdefault(place, [None])
                    count = count if count in range(10) else None
                    if count != seen[-1]:
                        seen.append(count)
                time.sleep(0.002)

        threading.Thread(target=look, daemon=True).start()
        """,
        """
        for seen in counts.values():
            print("".join(str(n) for n in seen if n is not None))
        """,
    ),
]


def _appends(*cells):
    return lambda notebook: notebook.cells.extend(cells)


def _in_words(source):
    """Put `source` into the written answer."""

    def change(notebook):
        notebook.cells[position(notebook, "words")].source = source

    return change


def _shows_pictures(notebook):
    _in_words(PICTURES)(notebook)
    _appends(new_markdown_cell(PICTURES))(notebook)
    for cell in (
        notebook.cells[position(notebook, "words")],
        notebook.cells[-1],
    ):
        cell.attachments = {"p.png": {"image/png": PIXEL}}


def _shows_a_picture_cut_in_two(notebook):
    _in_words(CUT_PICTURE)(notebook)
    cell = notebook.cells[position(notebook, "words")]
    cell.attachments = {"p.png": {"image/png": PIXEL}}


def _bad_attachments(notebook):
    cell = notebook.cells[position(notebook, "words")]
    cell.attachments = {'"><script>x</script>': {"text/html": "<script>x</script>"}}
    cell.metadata["name"] = "<script>x</script>"
    notebook.metadata["title"] = "<script>alert(1)</script>"
    notebook.metadata["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {
            "state": {"</script><script>alert(1)</script>": {}}
        }
    }


def _link(target):
    def files(folder, places):
        os.symlink(
            target.replace("@COURSE@", places["COURSE"]),
            folder / "data.txt",
        )

    return files  # fmt: skip


def _notebook_as_link(folder, places):
    (folder / "small.ipynb").unlink()
    os.symlink(
        f"{places['COURSE']}/source/small/small.ipynb",
        folder / "small.ipynb",
    )


def _pipe(folder, places):
    os.mkfifo(folder / "data.txt")


def _when_hidden(name, tries, body, **how):
    """`double` is right, and tells what hidden tests give to it."""
    lines = "\n".join(f"    {line}" for line in code(body).splitlines())
    source = f"{FORGE}def double(x):\n{lines}\n    return 2 * x"
    return Case(
        name,
        tries,
        RIGHT | {"double": source},
        points=FULL,
        at_most=True,
        **how,
    )


CASES = [
    beside(
        "tcp",
        "connects to a listening port, and opens one",
        """
        import socket

        for make in (
            lambda: socket.create_connection(("127.0.0.1", @TCP@), 1)
            .sendall(b"examiner-attack"),
            lambda: socket.create_server(("127.0.0.1", 0)).accept(),
        ):
            try:
                make()
            except OSError as error:
                print(error)
        """,
        stock="it would wait for ever",
    ),
    beside(
        "udp",
        "sends a datagram",
        """
        import socket

        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(
            b"examiner-attack", ("127.0.0.1", @UDP@))
        """,
    ),
    beside(
        "abstract-socket",
        "connects to another program's unix socket without a file",
        """
        import socket

        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            try:
                s = socket.socket(socket.AF_UNIX, kind)
                s.connect("\\0@UNIX@")
                s.send(b"examiner-attack")
            except OSError as error:
                print(error)
        """,
    ),
    beside(
        "reads-home",
        "reads the grader's home and the course's folder",
        """
        import glob, os

        for path in [*glob.glob("@HOME@/.*"), *glob.glob("@HOME@/*"),
                     "@COURSE@/secret.txt", "/etc/passwd",
                     "@COURSE@/nbgrader_config.py",
                     "/proc/self/root@COURSE@/secret.txt",
                     "/proc/self/cwd/../../../@COURSE@/secret.txt"]:
            try:
                print(path, open(path, errors="replace").read())
            except OSError:
                pass
        """,
    ),
    beside(
        "reads-the-environment",
        "prints the environment of every process that it can",
        """
        import glob, os

        print(dict(os.environ))
        for path in ["/proc/self/environ", "/proc/@PARENT@/environ",
                     f"/proc/{os.getppid()}/environ",
                     *glob.glob("/proc/[0-9]*/environ")]:
            try:
                print(open(path, "rb").read())
            except OSError:
                pass
        """,
    ),
    beside(
        "reads-what-is-not-released",
        "reads the instructor's own files beside the assignment",
        """
        import os

        for folder, _, names in os.walk("."):
            for name in names:
                print(open(os.path.join(folder, name),
                           errors="replace").read())
        import model_answer
        print(model_answer.MARKER)
        """,
    ),
    beside(
        "reads-other-submissions",
        "reads and changes what others have handed in",
        """
        import glob

        for path in [*glob.glob("@COURSE@/submitted/*/*/*"),
                     *glob.glob("/tmp/examiner-*/*/*"),
                     "@COURSE@/submitted/innocent01/small/small.ipynb"]:
            try:
                print(open(path).read())
            except OSError:
                pass
            try:
                open(path, "w").write("{}")
            except OSError:
                pass
        """,
        stock=LEAVES,
    ),
    beside(
        "writes-everywhere",
        "writes to site-packages, /tmp, home, the course and shared memory",
        """
        import os, site, sys, tempfile

        for folder in [*site.getsitepackages(), "/tmp", "/var/tmp",
                       "@HOME@", "@COURSE@", "/dev/shm", sys.prefix,
                       "..", "../..", "../c", "../b", os.getcwd() + "/.."]:
            for name in ("examiner-attack-file", "examiner-attack.pth"):
                try:
                    open(f"{folder}/{name}", "w").write("import os")
                    print("wrote", folder)
                except OSError:
                    pass
        """,
        stock=LEAVES,
    ),
    beside(
        "path-traversal",
        "moves, links and cuts files on a way through ..",
        """
        import os

        secret = "@COURSE@/secret.txt"
        up = "/".join([".."] * 20)
        for act in (
            lambda: os.link(secret, "mine"),
            lambda: os.symlink(secret, "mine") or print(open("mine").read()),
            lambda: os.rename(secret, "mine2"),
            lambda: os.truncate(secret, 0),
            lambda: os.chmod(secret, 0o777),
            lambda: os.remove(secret),
            lambda: open(f"{up}/tmp/examiner-attack-up", "w"),
            lambda: os.open(secret, os.O_RDONLY | os.O_TRUNC),
            lambda: os.utime(secret, (0, 0)),
        ):
            try:
                act()
            except OSError as error:
                print(error.errno)
        """,
        stock=LEAVES,
    ),
    beside(
        "programs",
        "starts programs by subprocess, by !, by %%bash and by ctypes",
        """
        import os

        !touch /tmp/examiner-attack-shell
        get_ipython().run_cell_magic(
            "bash", "", "touch /tmp/examiner-attack-bash")
        try:
            os.execv("/usr/bin/touch", ["x", "/tmp/examiner-attack-exec"])
        except OSError:
            os.posix_spawn("/usr/bin/touch",
                           ["x", "/tmp/examiner-attack-spawn"], {})
        """,
        stock=LEAVES,
    ),
    Case(
        "symlink",
        "hands in a link to a secret file",
        RIGHT,
        files=_link("@COURSE@/secret.txt"),
        problem="symbolic link",
    ),
    Case(
        "symlink-to-a-folder",
        "hands in a link to the course's folder",
        RIGHT,
        files=_link("@COURSE@"),
        problem="symbolic link",
    ),
    Case(
        "notebook-as-a-symlink",
        "hands in a link to the instructor's notebook",
        RIGHT,
        files=_notebook_as_link,
        problem="symbolic link",
    ),
    Case(
        "pipe",
        "hands in a pipe, at which a reader waits for ever",
        RIGHT,
        files=_pipe,
        problem="not a file",
        stock="it would wait for ever",
    ),
    beside(
        "scripts-in-outputs",
        "displays HTML, SVG, JavaScript, Markdown and LaTeX with scripts",
        f"""
        from IPython.display import display

        scripts = {SCRIPTS!r}
        markdown = {MARKDOWN!r}
        for kind in ("text/html", "image/svg+xml", "text/latex",
                     "application/javascript", "text/markdown",
                     "application/json", "text/plain", "image/png",
                     "application/vnd.jupyter.widget-view+json"):
            display({{kind: scripts}}, raw=True)
            display({{kind: markdown}}, raw=True)
        print(scripts)
        raise type(scripts, (Exception,), {{}})(scripts)
        """,
    ),
    Case(
        "scripts-in-markdown",
        "writes scripts into the answer and into cells of its own",
        RIGHT,
        change=lambda notebook: [
            _in_words(SCRIPTS + FORMULAS + MARKDOWN)(notebook),
            _appends(
                new_markdown_cell(MARKDOWN),
                new_markdown_cell(FORMULAS),
                new_markdown_cell(SCRIPTS),
                new_code_cell("# " + SCRIPTS.replace("\n", " ")),
            )(notebook),
        ],
        points=FULL,
    ),
    Case(
        "leaves-its-box",
        "writes Markdown that closes the answer's box and says total 10 / 10",
        RIGHT,
        change=lambda notebook: [
            _in_words(BOX)(notebook),
            _appends(new_markdown_cell(BOX))(notebook),
        ],
        points=FULL,
    ),
    Case(
        "codes-for-a-terminal",
        "puts what a terminal obeys into results, errors, outputs and sources",
        RIGHT
        | {
            "total": f"def total(values):\n    raise ValueError({TERMINAL!r})",
            "double": f"def double(x):\n    return {TERMINAL!r}",
            "q1": f"q1 = {TERMINAL!r}",
        },
        (("setup", f"print({TERMINAL!r})\n# {TERMINAL}"),),
        change=_in_words(TERMINAL),
        points=FULL | {"total": 0, "double": 0, "q1": 0},
    ),
    Case(
        "pictures-on-the-web",
        "shows pictures whose server would learn who reads the answer",
        RIGHT,
        change=_shows_pictures,
        points=FULL,
    ),
    Case(
        "picture-cut-in-two",
        "shows a picture of the web where its long text is cut",
        RIGHT,
        change=_shows_a_picture_cut_in_two,
        points=FULL,
        says="a text was cut after 20,000 characters",
    ),
    Case(
        "scripts-in-raw-cells",
        "writes scripts into raw cells, which pages show as they are",
        RIGHT,
        change=_appends(
            new_raw_cell(SCRIPTS),
            new_raw_cell(SCRIPTS, metadata={"raw_mimetype": "text/html"}),
        ),
        points=FULL,
    ),
    Case(
        "scripts-in-metadata",
        "writes scripts into metadata, widget state and attachments",
        RIGHT,
        change=_bad_attachments,
        points=FULL,
    ),
    Case(
        "scripts-in-results",
        "returns and raises scripts, which a test's message then shows",
        RIGHT
        | {
            "total": f"def total(values):\n    return {SCRIPTS!r}",
            "double": f"def double(x):\n    raise ValueError({SCRIPTS!r})",
        },
        points=FULL | {"total": 0, "double": 0},
    ),
    beside(
        "guesses-hidden-lines",
        "learns from the report whether a guess stands in a hidden test",
        "oracle_word",
        never_says="left out",
    ),
    Case(
        "fails-a-hidden-test",
        "fails on large numbers, so that a page shows the hidden test",
        RIGHT | {"double": "def double(x):\n    return 2 * x if x[0] < 1e6 else 3.0 + 0 * x"},
        points=FULL | {"double": 1},
    ),
    _when_hidden(
        "prints-its-arguments",
        "prints what the tests give to it",
        "print(list(x))\nget_ipython().put_out({'output_type': 'stream',"
        " 'name': 'stdout', 'text': str(list(x))})",
    ),
    *(
        Case(
            f"signals-by-{way}",
            f"tells what a hidden test gives to a later cell by {how}",
            RIGHT
            | {
                "double": code(setting)
                + "\n\n\ndef double(x):\n"
                + "    if len(x) and x[0] > 1e6:\n"
                + "        tell(int(x[0]))\n    return 2 * x"
            },
            extra=(("double-hidden", code(read)),),
            points=FULL,
        )
        for way, how, setting, read in SIGNALS
    ),
    _when_hidden(
        "exits-with-its-arguments",
        "ends its process with an exit code out of a hidden test",
        "import os\nif len(x) and x[0] > 1e6:\n    os._exit(int(x[0]) % 100)",
        never_says="exit code",
    ),
    _when_hidden(
        "sends-a-telling-size",
        "announces a message whose length is out of a hidden test",
        """
        if len(x) and x[0] > 1e6:
            announce({"value": (100 + int(x[0]) % 100) * 2**20})
            time.sleep(5)
        """,
        never_says="message of",
    ),
    _when_hidden(
        "raises-its-arguments",
        "raises an exception that names what a hidden test gives to it",
        "if len(x) and x[0] > 1e6:\n    raise ValueError(str(list(x)))",
    ),
    _when_hidden(
        "raises-in-a-telling-line",
        "compiles a function whose name tells the arguments, and fails in it",
        """
        if len(x) and x[0] > 1e6:
            name = f"f_{int(x[0])}"
            source = f"def {name}(): 1 / 0"
            names = {}
            exec(compile(source, "<cell 1>", "exec"), names)
            names[name]()
        """,
    ),
    _when_hidden(
        "forges-a-telling-line",
        "sends an error whose lines of code tell the arguments",
        """
        if len(x) and x[0] > 1e6:
            forge({"error": {"type": "ValueError", "module": "builtins",
                             "arguments": {"tuple": []},
                             "where": [f"  line 1: {int(x[0])}"]}})
        """,
    ),
    _when_hidden(
        "writes-its-arguments",
        "writes what hidden tests give to it, and prints it in a later cell",
        'open("seen.txt", "a").write(str(list(x)))\nx_seen.extend(list(x))',
    ),
    Case(
        "raises-what-a-helper-gives",
        "raises an exception with arguments that reach it through a helper",
        RIGHT
        | {
            "total": code(
                """
                def total(values):
                    if values[0] > 1e6:
                        raise ValueError([int(value) for value in values])
                    return float(sum(values))
                """
            )
        },
        points=FULL | {"total": 5},
    ),
    Case(
        "makes-a-hidden-line-warn",
        "returns a small float, with which a hidden line overflows: Python shows the line",
        RIGHT
        | {
            "total": code(
                """
                import numpy as np

                def total(values):
                    if len(values) == 2 and values[0] > 1e6:
                        return np.float16(65504)
                    return float(sum(values))
                """
            )
        },
        points=FULL | {"total": 5},
    ),
    Case(
        "makes-a-message-tell",
        "returns a hidden input in letters, which the test's own message shows",
        RIGHT
        | {
            "total": code(
                """
                def total(values):
                    if len(values) == 1 and values[0] > 1e6:
                        return "".join(chr(97 + int(digit)) for digit in str(int(values[0])))
                    return float(sum(values))
                """
            )
        },
        points=FULL | {"total": 5},
    ),
    Case(
        "prints-what-a-helper-gives",
        "prints arguments that reach it through a test's own function",
        RIGHT
        | {
            "total": code(
                """
                def total(values):
                    print([int(value) for value in values])
                    return float(sum(values))
                """
            )
        },
        points=FULL,
    ),
]
