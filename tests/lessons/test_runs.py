"""Every lesson runs without an error, in bounded memory, and its figures can be heard."""

import re
from html.parser import HTMLParser

import nbformat
from nbclient import NotebookClient

from .course import lessons, row_of

MEGABYTES = 2000  # what Binder gives to a reader
# Not getrusage: what it says of a kernel begins with the memory of the process that started it.
PEAK_MEMORY = """int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]) // 1000"""


class Pictures(HTMLParser):
    """Collects the text alternatives of the pictures in a page, and the cells of its tables."""

    def __init__(self):
        super().__init__()
        self.alternatives = []
        self.folds, self.numbers = 0, []

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.alternatives.append(dict(attributes).get("alt") or "")
        self.folds += tag == "details" and ("class", "numbers") in attributes
        self.is_number = tag == "td"

    def handle_data(self, data):
        if self.is_number:
            self.numbers.append(data.strip())


@lessons
def test_a_lesson_runs_in_any_folder_and_shows_its_figures(path, tmp_path):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(PEAK_MEMORY))
    client = NotebookClient(notebook, timeout=600, resources={"metadata": {"path": tmp_path}})
    client.execute()
    for widget in client.widget_state.values():
        # It can keep a client that has no front end waiting for ever.
        assert widget["_model_name"] != "OutputModel", "use sliders.explore"
    peak = int(notebook.cells.pop().outputs[0].data["text/plain"])
    print(f"{path.stem}: at most {peak} MB of memory")
    assert peak < MEGABYTES
    said = 1000 * float(row_of(path)[2])
    assert said / 2 < peak < 1.5 * said, f"the README's table says {said:.0f} MB, not {peak}"
    pictures = Pictures()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            stream = output.get("name")
            assert stream != "stderr", f"{cell.id}: {output.text}"
            data = output.get("data", {})
            assert "image/png" not in data, f"{cell.id}: use lesson_tools.figures.show"
            pictures.feed(data.get("text/html", ""))
    assert pictures.alternatives, "no figure"
    for alternative in pictures.alternatives:
        assert len(alternative.split()) >= 10, alternative
    if path.stem[:2] not in {"00", "02"}:
        assert 2 <= pictures.folds <= 5, "which figures have numbers that matter? table=True"
    assert [text for text in pictures.numbers if re.search("nan|inf", text)] == []
