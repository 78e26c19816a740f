"""What `make` does before anything is installed."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STORES = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]


def make(*arguments, **environment):
    """What make would run, or what it says; nothing is run."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("UV_")}
    return subprocess.run(
        ["make", "--dry-run", "--old-file=.venv/synced", *arguments],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
    )


def test_lab_takes_a_port_and_root():
    said = make("lab", "PORT=8890", "ALLOW_ROOT=1").stdout
    assert "--ServerApp.port=8890 --allow-root" in said
    plain = make("lab").stdout
    assert "--allow-root" not in plain
    assert "--ServerApp.port" not in plain


@pytest.mark.skipif(not any(map(os.path.exists, STORES)), reason="no certificates of the machine")
def test_the_certificates_of_the_machine_are_trusted_unless_somebody_says_no():
    show = "--eval=show: ; @echo certificates: $(UV_SYSTEM_CERTS)"
    assert "certificates: 1\n" in make(show, "show").stdout
    assert "certificates: 0\n" in make(show, "show", UV_SYSTEM_CERTS="0").stdout


@pytest.mark.parametrize("command", ["start", "reset", "grade"])
def test_a_command_without_a_name_says_what_to_type(command):
    said = make(command)
    assert said.returncode != 0
    assert f"For example: make {command} ASSIGNMENT=" in said.stderr


def test_help_names_every_command_of_a_learner():
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True).stdout
    for command in ["lab", "start", "reset", "progress", "update"]:
        assert f"make {command} " in said
