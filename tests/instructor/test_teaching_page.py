"""The walk of TEACHING.md: its commands are commands, its settings are settings."""

import re
import shlex
from pathlib import Path

import pytest
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.config import Config

from examiner.__main__ import _parser
from examiner.late import DAY, extensions_of

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"^    (.*)$", (ROOT / "examiner" / "TEACHING.md").read_text(), re.MULTILINE)
COMMANDS = [line for line in BLOCKS if line.startswith("examiner ")]


def test_it_shows_every_command_of_an_instructor():
    shown = {line.split()[1] for line in COMMANDS}
    assert shown == {"roster", "grade", "by-hand", "report", "export"}
    assert "make student-package" in BLOCKS


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_are_understood(command):
    assert _parser().parse_args(shlex.split(command)[1:]).run


def late_plugin():
    config = Config()
    exec("\n".join(line for line in BLOCKS if line.startswith("c.")), {"c": config})
    room = AssignLatePenalties(config=config)
    room.init_plugin()
    return room.plugin_inst


@pytest.mark.parametrize(
    ("seconds", "penalty"),
    [(14 * 60, None), (16 * 60, 2), (DAY, 2), (DAY + 1, 4), (4.5 * DAY, 10), (40 * DAY, 10)],
)
def test_the_late_policy_is_what_its_comments_say(seconds, penalty):
    assert late_plugin().late_submission_penalty("student01", 20, seconds) == penalty


def test_the_extensions_are_read(tmp_path):
    from nbgrader.coursedir import CourseDirectory

    start = BLOCKS.index("assignment,student,days,hours")
    (tmp_path / "extensions.csv").write_text("\n".join(BLOCKS[start : start + 3]))
    found = extensions_of(CourseDirectory(root=str(tmp_path)), "ps1_rnn_cell")
    hours = {student: time.total_seconds() / 3600 for student, time in found.items()}
    assert hours == {"student17": 48, "student42": 12}
