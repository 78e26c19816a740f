"""A page that anybody can read: with any eyes, on a phone, without a network."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

LIGHT_AND_DARK = [("light", 1100), ("dark", 360)]


def everybody_reads(browser, address: str, scheme: str, width: int):
    """Open a page of one file and all its folds; axe may find nothing but what is minor."""
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, offline=True
    )
    sheet = context.new_page()
    asked = []
    sheet.on("request", lambda request: asked.append(request.url))
    sheet.goto(address)
    expect(sheet.locator("h1")).to_be_visible()
    if album := os.environ.get("SCREENSHOTS"):
        name = "-".join([*Path(address).with_suffix("").parts[-2:], scheme, str(width)])
        sheet.screenshot(path=Path(album) / f"{name}.png", full_page=True)
    sheet.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    assert sheet.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(sheet).response["violations"]
    assert [(rule["impact"], rule["id"]) for rule in found if rule["impact"] != "minor"] == []
    assert [url for url in asked if not url.startswith(("data:", address))] == []
    context.close()
