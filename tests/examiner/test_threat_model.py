"""Each sentence of the threat model names a case or a test that there is."""

import re
from pathlib import Path

import pytest

import examiner

from .cases import CASES

README = Path(examiner.__file__).with_name("README.md").read_text()
SECTION = README.partition("\n## Threat model\n")[2].partition("\n## ")[0]
SENTENCES = re.findall(r"^- (.*?)(?=^- |\Z)", SECTION, re.MULTILINE | re.DOTALL)
TESTS = {
    name
    for path in Path(__file__).parent.glob("test_*.py")
    for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)
}


def test_there_is_a_threat_model():
    assert len(SENTENCES) > 10


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_names_its_cases(sentence):
    shown_by = re.findall(r"`([^`]+)`", sentence.rpartition("(")[2])
    assert shown_by, sentence
    assert set(shown_by) <= CASES.keys() | TESTS
