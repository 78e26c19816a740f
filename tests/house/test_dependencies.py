"""pyproject.toml is the truth; every file made from it must agree."""

import os
import platform
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import yaml
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PYTHONS = SpecifierSet(PYPROJECT["project"]["requires-python"])
# `uv run` says which uv it is; a person who calls pytest has their own.
UV = os.environ.get("UV") or shutil.which("uv") or ROOT / ".uv" / "bin" / "uv"


def run_uv(*arguments):
    """Run uv without a network in the project and return its result."""
    return subprocess.run(
        [UV, *arguments, "--offline", "--no-progress"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def read_yaml(name):
    """Read a YAML file of the project."""
    return yaml.safe_load((ROOT / name).read_text())


def test_lock_holds_what_pyproject_asks_for():
    checked = run_uv("lock", "--check")
    assert checked.returncode == 0, f"run `make lock`\n{checked.stderr}"


def test_requirements_are_the_lock_without_the_developers_tools():
    pins = (ROOT / "requirements.txt").read_text()
    pins = re.sub(r"^#.*\n", "", pins, flags=re.MULTILINE)
    options = "--no-dev --no-hashes --no-annotate --no-emit-project"
    exported = run_uv("export", "--frozen", "--no-header", *options.split())
    assert exported.returncode == 0, exported.stderr
    assert pins == exported.stdout, "run `make lock`"
    assert "numpy==" in pins
    assert "pytest==" not in pins


def test_conda_installs_the_requirements_on_a_python_that_we_support():
    environment = read_yaml("environment.yml")
    *packages, pip = environment["dependencies"]
    assert pip == {"pip": ["-r requirements.txt", "-e ."]}
    versions = dict(package.partition("=")[::2] for package in packages)
    assert versions["python"] in PYTHONS
    assert "pip" in versions


def test_ci_runs_the_pythons_that_we_support():
    jobs = read_yaml(".github/workflows/ci.yml")["jobs"]
    tested = jobs["all"]["strategy"]["matrix"]["python"]
    versions = [f"3.{minor}" for minor in range(100)]
    assert tested == [version for version in versions if version in PYTHONS]


def test_this_python_is_one_that_we_support():
    assert platform.python_version() in PYTHONS
