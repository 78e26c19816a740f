"""What a submission can cost the grader, piece by piece."""

import json
import time

import pytest

from examiner.execute import TEST, Cell, Job, run_job
from examiner.preflight import NotGradable, read_submission
from examiner.sanitize import clean_html, clean_markdown


@pytest.mark.parametrize("clean", [clean_html, clean_markdown])
@pytest.mark.parametrize(
    "html", ["<div>", "<div></x>", "<svg><g>", "<div><!--</div>-->"]
)
def test_nested_html_is_cleaned_in_time(clean, html):
    started = time.monotonic()
    clean(html * 100_000)
    assert time.monotonic() - started < 5


def test_a_failure_shows_however_much_a_test_has_displayed():
    source = """
from IPython.display import display

for number in range(300):
    display(number)
assert False, "too late"
"""
    run = run_job(Job((Cell(TEST, source),)))
    assert run.outputs[0][-1]["output_type"] == "error"


@pytest.mark.parametrize("number", [1, 2, True])
def test_a_notebook_of_a_wrong_format_is_named(tmp_path, number):
    cells = [{"cell_type": "code", "source": "", "metadata": {}}]
    (tmp_path / "small.ipynb").write_text(
        json.dumps({"nbformat": number, "cells": cells, "metadata": {}})
    )
    with pytest.raises(NotGradable):
        read_submission(tmp_path, "small")
