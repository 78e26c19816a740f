"""A lesson as a web page: its folded tables can be read by everybody."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output
from playwright.sync_api import expect

from lesson_tools.drawings.results import seeds_and_baselines
from lesson_tools.figures import picture, use_style
from lesson_tools.tables import folded_table

SEEDS = [50.5, 61.25, 99, 100, 73, 84.5, 92.125]


@pytest.fixture(scope="module")
def output():
    use_style()
    rows = [(f"a layer with a name, {n}", SEEDS, "GRU", {"guessing": 50}) for n in range(3)]
    figure = seeds_and_baselines(rows, "right answers (%)")
    shown = picture(figure, "Three rows of dots.", below=folded_table(figure))
    return new_output("display_data", {"text/html": shown.data})


@pytest.mark.parametrize(("theme", "width"), [("light", 1100), ("dark", 360)])
def test_the_numbers_of_a_figure_open_by_keyboard_and_are_not_printed(
    browser, output, theme, width, tmp_path
):
    page = tmp_path / "lesson.html"
    notebook = new_notebook(cells=[new_code_cell("show(...)", outputs=[output])])
    exporter = HTMLExporter(theme=theme, require_js_url="", mathjax_url="")
    page.write_text(exporter.from_notebook_node(notebook)[0], encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    sheet = context.new_page()
    sheet.goto(page.as_uri())
    table = sheet.get_by_role("table")
    expect(sheet.get_by_text("The numbers of this figure")).to_be_visible()
    expect(table).to_be_hidden()
    sheet.locator("summary").focus()
    sheet.keyboard.press("Enter")
    row = table.get_by_role("row", name="a layer with a name, 1")
    expect(row).to_contain_text("50.5, 61.2, 99.0, 100.0, 73.0, 84.5, 92.1")
    if album := os.environ.get("SCREENSHOTS"):
        sheet.screenshot(path=Path(album) / f"numbers-{theme}-{width}.png", full_page=True)
    assert sheet.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(sheet, context="details.numbers").response["violations"]
    assert [(rule["impact"], rule["id"]) for rule in found] == []
    sheet.emulate_media(media="print")
    expect(sheet.locator("img")).to_be_visible()
    expect(sheet.locator("details.numbers")).to_be_hidden()
    context.close()
