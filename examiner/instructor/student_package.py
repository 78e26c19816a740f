"""The course as students get it: without solutions, hidden tests and what only instructors use.

It is a repository of its own, whose history knows nothing of the course's. It
only ever grows, so that `git pull` and nbgitpuller can follow it.
"""

import io
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

from ..refused import Refused

BEGIN, END = "BEGIN INSTRUCTORS", "END INSTRUCTORS"
MARKED = re.compile(rf"^[^\n]*{BEGIN}[^\n]*\n.*?^[^\n]*{END}[^\n]*\n", re.MULTILINE | re.DOTALL)
SECRET = re.compile(
    r"### BEGIN (SOLUTION|HIDDEN TESTS)[^\n]*\n(.*?)### END \1", re.DOTALL
)  # as nbgrader marks them
# Python knows no filters before 3.11.4, and Debian 12 has 3.11.2.
SAFELY = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
SHORTEST_SECRET = 40  # characters without blanks; `q1 = "B"` may stand anywhere
TEXTS = {".csv", ".j2", ".json", ".md", ".py", ".toml", ".txt", ".yml", ".yaml", ""}


@dataclass(frozen=True)
class Secret:
    where: str
    text: str


def build_package(course: Path, target: Path, names: list[str]) -> bool:
    """Write the files and folders `names`, as they are committed, into `target`.

    Returns whether anything has changed there. Raises Refused, and leaves
    `target` as it was, if a solution or a hidden test would be in it.
    """
    if target.exists() and any(target.iterdir()) and not (target / ".git").is_dir():
        raise Refused(f"{target} holds something else: name a folder that is new or empty.")
    _refuse_the_course_itself(course, target)
    archive = _git(course, "archive", "HEAD", "--", *names)
    scratch = target.with_name(f".{target.name}.new")
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(scratch, **SAFELY)
        for path in _texts(scratch):
            text = path.read_text(encoding="utf-8")
            if BEGIN in text and path.suffix not in {".py", ".ipynb"}:
                path.write_text(MARKED.sub("", text), encoding="utf-8")
        refuse_secrets(scratch, secrets_of(course / "source"))
        _replace(target, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if not (target / ".git").is_dir():
        _git(target, "init", "--quiet", "--initial-branch=main")
    _git(target, "add", "--all")
    if not _git(target, "status", "--porcelain"):
        return False
    date = _git(course, "log", "-1", "--format=%cs").decode().strip()
    _git(target, "commit", "--quiet", "--message", f"The course as of {date}")
    return True


def secrets_of(source: Path) -> list[Secret]:
    """The solutions and hidden tests of all assignments."""
    found = []
    for path in sorted(source.rglob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for match in SECRET.finditer(cell.source):
                text = _squeezed(match[2])
                if len(text) >= SHORTEST_SECRET:
                    name = cell.metadata.get("nbgrader", {}).get("grade_id", "a cell")
                    found.append(Secret(f"{path.name}, {name}", text))
    return found


def refuse_secrets(folder: Path, secrets: list[Secret]):
    """Raises Refused if a file holds one of them, or a mark of one."""
    for path in _texts(folder):
        text = _all_text(path)
        if path.suffix == ".ipynb" and SECRET.search(text):
            raise Refused(f"{path.relative_to(folder)} holds a solution or a hidden test.")
        squeezed = _squeezed(text)
        for secret in secrets:
            if secret.text in squeezed:
                raise Refused(f"{path.relative_to(folder)} holds what is secret: {secret.where}.")


def _texts(folder) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts[0] != ".git"
        if inside and path.is_file() and path.suffix in TEXTS | {".ipynb"}:
            yield path


def _all_text(path):
    if path.suffix == ".ipynb":
        cells = nbformat.read(path, as_version=4).cells
        return "\n".join(cell.source for cell in cells)
    return path.read_text(encoding="utf-8")


def _squeezed(text):
    return re.sub(r"\s", "", text)


def _refuse_the_course_itself(course, target):
    if target.resolve() in {course.resolve(), *course.resolve().parents}:
        raise Refused(f"{target} is the course itself: name a folder for the package.")


def _replace(target, scratch):
    """All but the history of `target` becomes what is in `scratch`."""
    target.mkdir(parents=True, exist_ok=True)
    for path in target.iterdir():
        if path.name != ".git":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in scratch.iterdir():
        path.rename(target / path.name)


def _git(folder, *arguments) -> bytes:
    done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=False)
    if done.returncode:
        raise Refused(f"git {arguments[0]}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
