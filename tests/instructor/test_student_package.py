"""What students clone: whole, and without a word of what only instructors may know."""

import itertools
import json
import re
import subprocess
from pathlib import Path

import nbformat
import pytest

from examiner.instructor.student_package import build_package
from examiner.refused import Refused
from tests.examiner.scratch_course import solution, trial

ROOT = Path(__file__).parents[2]
SOLUTION = "def total(values):\n    return float(sum(value for value in values if value == value))"
HIDDEN = "assert total([4711.0, float('nan'), 2.0]) == 4713.0, 'what is not a number'"
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)[^)]*\)")


def git(folder, *arguments):
    done = subprocess.run(
        ["git", "-C", folder, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture(autouse=True)
def person(monkeypatch):
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "An instructor")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "instructor@example.org")


@pytest.fixture
def course(tmp_path):
    """A repository with a solution, and a page for instructors in its README."""
    folder = tmp_path / "course"
    for name, cells in {
        "source": [solution("total", SOLUTION), trial("total-all", hidden=HIDDEN)],
        "release": [solution("total", "pass")],
    }.items():
        home = folder / name / "hw"
        home.mkdir(parents=True)
        if name == "release":
            cells[0].source = "# YOUR ANSWER HERE"
        nbformat.write(nbformat.v4.new_notebook(cells=cells), home / "hw.ipynb")
    (folder / "README.md").write_text(
        "# Course\n<!-- BEGIN INSTRUCTORS -->\n## Teach\n<!-- END INSTRUCTORS -->\n## Learn\n"
    )
    git(tmp_path, "init", "--quiet", str(folder))
    return folder


def commit(folder):
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "A change")


def test_it_grows_and_never_forgets(course, tmp_path):
    commit(course)
    target = tmp_path / "package"
    assert build_package(course, target, ["README.md", "release"])
    assert not build_package(course, target, ["README.md", "release"])
    assert (target / "README.md").read_text() == "# Course\n## Learn\n"
    first = git(target, "rev-parse", "HEAD").strip()
    (course / "release" / "hw" / "more.txt").write_text("more")
    assert not build_package(course, target, ["README.md", "release"])  # not committed
    commit(course)
    assert build_package(course, target, ["README.md", "release"])
    assert git(target, "log", "--format=%H").split()[1:] == [first]
    git(course, "rm", "--quiet", "release/hw/more.txt")
    commit(course)
    assert build_package(course, target, ["README.md", "release"])
    assert sorted(git(target, "ls-files").split()) == ["README.md", "release/hw/hw.ipynb"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (HIDDEN, "hw.ipynb, total-all"),
        (SOLUTION, "hw.ipynb, total"),
        (SOLUTION.replace("\n    ", "  \n\t"), "hw.ipynb, total"),
    ],
)
@pytest.mark.parametrize("name", ["notes.md", "tool.py", "lesson.ipynb"])
def test_a_secret_is_refused_by_its_name_and_nothing_is_written(
    course, tmp_path, text, names, name
):
    folder = course / "course"
    folder.mkdir()
    if name.endswith(".ipynb"):
        cell = nbformat.v4.new_code_cell(f"x = 1\n{text}")
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / name)
    else:
        (folder / name).write_text(f"before\n{text}\nafter\n")
    commit(course)
    with pytest.raises(Refused, match=f"course/{name} holds what is secret: {names}"):
        build_package(course, tmp_path / "package", ["course", "release"])
    assert not (tmp_path / "package").exists()


def test_source_itself_is_refused(course, tmp_path):
    commit(course)
    with pytest.raises(Refused, match=r"source/hw/hw\.ipynb holds a solution"):
        build_package(course, tmp_path / "package", ["source"])


def test_no_folder_of_somebody_else_is_emptied(course, tmp_path):
    commit(course)
    target = tmp_path / "holidays"
    target.mkdir()
    (target / "picture.txt").write_text("the sea")
    with pytest.raises(Refused, match="holds something else"):
        build_package(course, target, ["release"])
    with pytest.raises(Refused, match="the course itself"):
        build_package(course, course, ["release"])
    assert (target / "picture.txt").read_text() == "the sea"


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The package of this course."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone: nothing is committed")
    makefile = (ROOT / "Makefile").read_text().replace("\\\n", " ")
    (names,) = re.findall(r"^STUDENT_FILES = (.*)$", makefile, re.MULTILINE)
    target = tmp_path_factory.mktemp("package") / "course"
    with pytest.MonkeyPatch.context() as patch:
        for role in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{role}_NAME", "An instructor")
            patch.setenv(f"GIT_{role}_EMAIL", "instructor@example.org")
        assert build_package(ROOT, target, names.split())
    return target


def test_nothing_of_source_or_hidden_tests_is_in_the_package(package):
    """Line by line, in another way than the package itself looks."""
    assert not (package / "source").exists()
    assert not (package / "tests").exists()
    assert git(package, "log", "--format=%H").count("\n") == 1
    everything = "".join(map(without_blanks, sorted(package.rglob("*"))))
    hidden = set()
    for path in (ROOT / "source").rglob("*.ipynb"):
        shown = without_blanks(ROOT / "release" / path.relative_to(ROOT / "source"))
        for cell in nbformat.read(path, as_version=4).cells:
            for block in re.findall(
                r"### BEGIN HIDDEN TESTS\n(.*?)### END HIDDEN TESTS", cell.source, re.DOTALL
            ):
                lines = ["".join(line.split()) for line in block.splitlines()]
                # A single line, such as the head of a loop, stands in lessons too.
                pairs = {first + second for first, second in itertools.pairwise(lines)}
                hidden |= {pair for pair in pairs if len(pair) >= 40 and pair not in shown}
    assert len(hidden) > 100
    assert [pair for pair in sorted(hidden) if pair in everything] == []


def without_blanks(path):
    """The text of a file; of a notebook what its cells say."""
    if not path.is_file() or ".git" in path.parts or path.suffix in {".npz", ".png"}:
        return ""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    return "".join(text.split())


def test_the_package_is_whole(package):
    text = (package / "README.md").read_text()
    assert "INSTRUCTORS" not in text + (package / "Makefile").read_text()
    assert "## Learn" in text
    assert "## Teach" not in text
    assert [link for link in LINK.findall(text) if not (package / link).exists()] == []
    listed = subprocess.run(
        ["make", "--dry-run", "help"], cwd=package, capture_output=True, text=True, check=True
    )
    assert listed.stdout
    for target in ("grade", "demo", "release", "student-package"):
        assert f"\n{target}:" not in (package / "Makefile").read_text()
    assert "\nlab:" in (package / "Makefile").read_text()
