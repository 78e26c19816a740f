"""Hostile and unlucky submissions, in one batch with innocent ones."""

import contextlib
import os
import socket
import subprocess
import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from glob import glob
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest

import examiner.exam.session as session
from examiner.batch import Batch
from examiner.cells import is_test
from examiner.execute import warm
from examiner.report import rows_of

from . import small_course as small
from .cases import CASES, Case
from .cases.case import PIXEL

INNOCENTS = {
    "innocent01": Case("innocent01", "", small.RIGHT, points=small.FULL),
    "innocent02": Case(
        "innocent02",
        "",
        {"double": small.RIGHT["double"]},
        points=small.NOTHING | {"double": 3},
    ),
    "innocent03": Case("innocent03", "", small.RIGHT, points=small.FULL),
}


@dataclass
class Graded:
    """A class that has been graded, and what was seen meanwhile."""

    folder: Path
    rows: dict = field(default_factory=dict)
    results: dict = field(default_factory=dict)
    stopped: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    arrived: list[bytes] = field(default_factory=list)
    scratch: list[str] = field(default_factory=list)
    in_scratch: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    new_files: set[str] = field(default_factory=set)

    def outputs(self, student):
        """What each cell of a student's, tests too, has put out."""
        path = self.folder / "autograded" / student / "small/small.ipynb"
        if not path.is_file():
            return
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                yield cell, nbformat.from_dict(cell.outputs)

    def pages(self, student) -> list[Path]:
        folder = self.folder / "feedback" / student
        return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture(scope="session")
def graded(tmp_path_factory):
    return grade(tmp_path_factory.mktemp("course"), CASES)


def grade(folder: Path, cases: dict[str, Case], **how) -> Graded:
    """Grade `cases` and the innocents in one batch.

    how: what Batch can be told.
    """
    seen = Graded(folder)
    course = small.build(folder)
    before = stray_files(folder)
    with listeners(seen.arrived) as ports, watched(seen):
        places = small.places_in(folder, **ports)
        students = _spread(INNOCENTS, cases)
        for student, case in students.items():
            small.hand_in(folder, student, case, places)
        for result in _results(course, list(students), seen, how):
            seen.results[result.student] = result
        seen.left = descendants_of_warm_parents()
    seen.new_files = stray_files(folder) - before
    with course.gradebook as gradebook:
        rows = rows_of(gradebook, small.NAME, list(seen.results.values()))
        seen.rows = {row.student: row for row in rows}
    return seen


def _results(course, students, seen, how):
    """Whoever stops the batch is noted, and left out of the next one."""
    while True:
        with (
            closing(Batch(course, small.NAME, **how)) as batch,
            ThreadPoolExecutor(2) as executor,
        ):
            begin, begun = batch.grading.begin, []

            def noted(student, begin=begin, begun=begun):
                begun.append(student)
                return begin(student)

            batch.grading.begin = noted
            try:
                return batch.grade(
                    students,
                    executor,
                    2,
                    lambda line: seen.lines.append(line.encode().decode()),
                )
            except Exception as error:
                seen.stopped[begun[-1]] = repr(error)
                students.remove(begun[-1])


def _spread(innocents, cases):
    """The innocents at even distances among the cases."""
    students, waiting = {}, list(innocents.items())
    step = len(cases) // len(innocents) + 1
    for number, item in enumerate(cases.items()):
        if number % step == 0 and waiting:
            students.update([waiting.pop(0)])
        students.update([item])
    return students | dict(waiting)


@contextlib.contextmanager
def listeners(arrived):
    """Who waits for what a submission sends."""
    name = f"examiner-attack-{os.getpid()}"
    opened = {
        "TCP": socket.create_server(("127.0.0.1", 0)),
        "UDP": socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "UNIX": socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
        "unix": socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM),
    }
    opened["UDP"].bind(("127.0.0.1", 0))
    opened["UNIX"].bind(f"\0{name}")
    opened["UNIX"].listen()
    opened["unix"].bind(f"\0{name}-datagrams")
    done = threading.Event()

    def listen(kind):
        opened[kind].settimeout(0.2)
        while not done.is_set():
            with contextlib.suppress(TimeoutError):
                if kind in {"TCP", "UNIX"}:
                    connection, _ = opened[kind].accept()
                    connection.close()
                    arrived.append(kind)
                else:
                    arrived.append(opened[kind].recv(100))

    threads = [threading.Thread(target=listen, args=[kind]) for kind in opened]
    for thread in threads:
        thread.start()
    try:
        yield {
            "TCP": opened["TCP"].getsockname()[1],
            "UDP": opened["UDP"].getsockname()[1],
            "UNIX": name,
        }
    finally:
        done.set()
        for thread in threads:
            thread.join()
        for opened_one in opened.values():
            opened_one.close()


@contextlib.contextmanager
def watched(seen):
    """A canary in the environment; scratch folders searched at their end."""
    close = session.Session.close

    def search_and_close(this):
        close(this)
        for kernel in this.kernels:
            seen.scratch.append(str(kernel.folder))
        # Folders may be nested deeper than Python can follow.
        found = subprocess.run(
            ["find", this.student.folder, "-type", "f", "-size", "-1024k"],
            capture_output=True,
            check=True,
        )
        for path in map(Path, map(os.fsdecode, found.stdout.splitlines())):
            seen.in_scratch += _canaries(path.read_bytes(), path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXAMINER_CANARY", small.CANARY)
        patch.setattr(session.Session, "close", search_and_close)
        yield


def descendants_of_warm_parents() -> list[str]:
    """The processes that a warm parent has left, and the attacks' own."""
    parents = {parent._process.pid for parent in warm._warm.values()}
    left = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (folder / "cmdline").read_bytes()
            after_name = (folder / "stat").read_text().rpartition(")")[2]
            if int(after_name.split()[1]) in parents or b"examiner-attack-daemon" in command:
                left.append(f"{folder.name}: {command!r}")
    return left


def stray_files(folder) -> set[str]:
    """What there is where no student may write."""
    site_packages = Path(nbformat.__file__).parents[1]
    places = [
        "/tmp/examiner-attack*",
        "/var/tmp/examiner-attack*",
        "/dev/shm/examiner-attack*",
        f"{Path.home()}/examiner-attack*",
        f"{site_packages}/examiner-attack*",
        f"{folder}/examiner-attack*",
    ]
    return {path for place in places for path in glob(place)}


def _canaries(content: bytes, where) -> list[str]:
    return [f"{canary} in {where}" for canary in small.CANARIES if canary.encode() in content]


def canaries_shown(graded, name) -> list[str]:
    """The canaries in what a student's cells put out, and in the pages."""
    found = []
    for cell, outputs in graded.outputs(name):
        where = "a cell's outputs"
        if is_test(cell):  # a traceback there is for the instructor
            where = "a test's outputs"
            for output in outputs:
                output.pop("traceback", None)
        found += _canaries(repr(outputs).encode(), where)
    for page in graded.pages(name):
        found += _canaries(page.read_bytes(), page.name)
    return found


def wrong_points(graded, case) -> str:
    """What is wrong with how a case was graded, or nothing."""
    if case.name in graded.stopped:
        return f"stopped the batch: {graded.stopped[case.name]}"
    result, row = graded.results[case.name], graded.rows[case.name]
    if case.points is None:
        if case.problem not in (result.problem or ""):
            return f"expected a problem with {case.problem!r}: {result}"
        return f"points {row.points}" if row.points else ""
    if result.problem:
        return f"not graded: {result.problem[:300]}"
    if case.at_most:
        right = all(row.points.get(name, 0) <= case.points[name] for name in case.points)
    else:
        right = row.points == case.points
    if not right:
        return f"{row.points} instead of {case.points}: {row.note[:300]}"
    if case.says not in row.note:
        return f"expected {case.says!r} in {row.note[:300]!r}"
    if case.never_says and case.never_says in row.note:
        return f"{case.never_says!r} is in {row.note[:300]!r}"
    return ""


@pytest.mark.parametrize("name", CASES)
def test_points_are_exact(graded, name):
    assert not wrong_points(graded, CASES[name])


@pytest.mark.parametrize("name", INNOCENTS)
def test_the_innocent_keep_their_points(graded, name):
    assert not wrong_points(graded, INNOCENTS[name])


@pytest.mark.parametrize("name", CASES)
def test_nothing_secret_was_shown(graded, name):
    assert canaries_shown(graded, name) == []


@pytest.mark.parametrize("name", CASES)
def test_no_script_reaches_a_reader(graded, name):
    """Of what runs or is fetched, a page holds only what an innocent's page holds."""
    assert in_page(graded, name) <= in_page(graded, "innocent01")
    path = graded.folder / "autograded" / name / "small" / "small.ipynb"
    if path.is_file():
        assert in_notebook(path) == set()


class _Boxes(HTMLParser):
    """Whether every box of a page is closed where it was opened; what stands in none."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.wrong, self.texts = [], [], []

    def handle_starttag(self, tag, attributes):
        if tag in BOXES:
            self.open.append((tag, dict(attributes).get("class") or ""))

    def handle_endtag(self, tag):
        if tag in BOXES and (not self.open or self.open.pop()[0] != tag):
            self.wrong.append(tag)

    def handle_data(self, data):
        own = {("section", "exercise"), ("table", "glance")}.intersection(self.open)
        if "examiner-attack" in data and not own:
            self.texts.append(data)


BOXES = {*("section", "div", "details", "summary", "table", "h1", "h2", "h3", "h4", "s", "b")}


@pytest.mark.parametrize("name", CASES)
def test_what_a_student_writes_stays_in_its_box(graded, name):
    for page in graded.pages(name):
        if page.suffix == ".html":
            parser = _Boxes()
            parser.feed(page.read_text("utf-8"))
            assert parser.wrong == parser.open == parser.texts == []


@pytest.mark.parametrize("name", CASES)
def test_no_code_for_a_terminal_reaches_anybody(graded, name):
    if name in graded.rows:
        assert control_codes(graded.rows[name].note) == set()
    for _, outputs in graded.outputs(name):
        for output in outputs:
            for text in texts_of(output):
                assert control_codes(text) <= set("\t\n\r\b\x1b")
    assert control_codes("".join(graded.lines)) == set()


def control_codes(text):
    return {c for c in text if unicodedata.category(c) == "Cc"}


def texts_of(output):
    texts = [output.get("text", ""), output.get("ename", ""), output.get("evalue", "")]
    return [*texts, *output.get("traceback", []), *map(str, output.get("data", {}).values())]


def test_a_pasted_picture_is_shown(graded):
    (page,) = (graded.folder / "feedback" / "pasted-image").rglob("*.html")
    assert page.read_text("utf-8").count(PIXEL) == 2


class _Scripts(HTMLParser):
    """Collects the tags and attributes that run or fetch something."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = set()

    def handle_starttag(self, tag, attributes):
        if tag in {"script", "iframe", "object", "embed", "base", "form"}:
            self.found.add((tag, str(attributes)))
        for key, value in attributes:
            value = "".join((value or "").split()).lower()
            runs = key.startswith("on") or "javascript:" in value
            fetches = key in {"src", "srcset", "poster", "background"}
            if runs or (fetches and not value.startswith("data:")):
                self.found.add((tag, key, value))

    def handle_data(self, data):
        if self.cdata_elem == "script" and "alert(" in data:
            self.found.add(data)


def in_page(graded, name) -> set:
    found = set()
    for page in graded.pages(name):
        if page.suffix == ".html":
            parser = _Scripts()
            parser.feed(page.read_text("utf-8"))
            found |= parser.found
    return found


def in_notebook(path) -> set:
    found = set()
    for cell in nbformat.read(path, as_version=4).cells:
        texts = [cell.source] if cell.cell_type == "markdown" else []
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            texts += [str(data[kind]) for kind in data if kind != "text/plain"]
        for text in texts:
            parser = _Scripts()
            parser.feed(text)
            found |= parser.found
    return found


def test_whoever_was_graded_has_a_page(graded):
    for name, result in graded.results.items():
        assert bool(graded.pages(name)) == (result.problem is None), name


def test_nobody_stops_the_batch(graded):
    assert graded.stopped == {}


def test_nothing_arrived_at_a_listener(graded):
    assert graded.arrived == []


def test_nothing_secret_was_written_to_a_scratch_folder(graded):
    assert graded.in_scratch == []


def test_nothing_is_left_running(graded):
    assert graded.left == []


def test_nothing_was_written_elsewhere(graded):
    assert graded.new_files == set()


def test_no_scratch_folder_is_left(graded):
    assert len(graded.scratch) >= 3 * len(INNOCENTS)
    assert [name for name in graded.scratch if Path(name).exists()] == []


def test_the_secret_file_is_as_it_was(graded):
    secret = graded.folder / "secret.txt"
    assert secret.read_text() == f"{small.CANARY}\n"
    assert secret.stat().st_mode & 0o777 == 0o644


def test_what_was_handed_in_is_as_it_was(graded):
    for student in INNOCENTS:
        path = graded.folder / "submitted" / student / "small/small.ipynb"
        assert nbformat.read(path, as_version=4).cells


def test_every_name_is_one_of_a_student():
    assert all(name == case.name for name, case in CASES.items())
