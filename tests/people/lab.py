"""`make lab` and a person at it: a server, a page, menus, buttons."""

import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import nbformat

from examiner.desk import Desk

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "people"
PATIENCE = 600_000  # milliseconds: a busy machine is no reason to fail
BROWSERS = ["chromium", "chromium-browser", "google-chrome"]
NO_NETWORK_OF_ITS_OWN = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def find_browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def start_browser(playwright, path: str):
    arguments = list(NO_NETWORK_OF_ITS_OWN)
    if is_root():
        arguments.append("--no-sandbox")  # Chromium refuses root without it
    return playwright.chromium.launch(executable_path=path, args=arguments)


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def copy_course(folder: Path):
    """Copy what a fresh clone has of the course, without anybody's grades."""
    for name in ["course", "source", "release"]:
        shutil.copytree(
            ROOT / name,
            folder / name,
            ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"),
        )
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    Desk(folder).renew()


def make_lab(**options) -> list[str]:
    """The server that `make lab` starts, as make itself would."""
    given = [f"{name}={value}" for name, value in options.items()]
    said = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "--old-file=.venv/synced", "lab", *given],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    words = shlex.split(said.stdout.splitlines()[-1])
    return words[words.index("jupyter") :]


@contextmanager
def serve(folder: Path, settings: Path):
    """Run `make lab` in `folder`, for a person without Jupyter settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {"PORT": port} | ({"ALLOW_ROOT": 1} if is_root() else {})
    command = [
        *make_lab(**options),
        "--no-browser",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={TOKEN}",
    ]
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "NBGRADER"))
    }
    environment |= {
        # nbgrader calls alembic, which must be this environment's.
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "JUPYTER_CONFIG_DIR": str(settings / "config"),
        "JUPYTER_DATA_DIR": str(settings / "data"),
        "JUPYTER_RUNTIME_DIR": str(settings / "runtime"),
        "IPYTHONDIR": str(settings / "ipython"),
    }
    settings.mkdir()
    log = settings / "log.txt"
    address = f"http://127.0.0.1:{port}"
    with log.open("w") as output:
        server = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_for(address, server, log)
            yield address
        finally:
            _stop(server)


def _stop(server):
    """Ask, then insist: with its kernels gone, Jupyter may still hang."""
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _wait_for(address, server, log):
    deadline = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            urllib.request.urlopen(f"{address}/api", timeout=5).close()
            return
        except OSError:
            said = log.read_text(encoding="utf-8", errors="replace")
            assert server.poll() is None, said
            assert time.monotonic() < deadline, said
            time.sleep(0.2)


class Lab:
    """A person at one page. What goes wrong there gathers in `problems`."""

    def __init__(self, page, address: str, folder: Path, album: Path | None):
        self.page = page
        self.address = address
        self.folder = folder
        self.album = album
        self.problems: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self._note("error", error))
        page.on("console", self._on_console)
        page.on("response", self._on_response)
        page.on("request", self._on_request)
        # JupyterLab may ask whether it should fetch news.
        question = page.locator(".Toastify__toast", has_text="Jupyter news")
        no = question.get_by_role("button", name="No", exact=True)
        page.add_locator_handler(question, lambda: no.click())

    def _note(self, *what):
        self.problems.append(" ".join(map(str, what)))

    def _on_console(self, message):
        if message.type == "error":
            self._note("console", message.text)

    def _on_response(self, response):
        if response.status >= 400:
            self._note("answer", response.status, response.url)

    def _on_request(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self._note("request to the network", request.url)

    def photograph(self, name: str):
        """Save a screenshot, where the environment says SCREENSHOTS."""
        if self.album:
            self.album.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=self.album / f"{name}.png")

    def arrive(self):
        """Follow the address that `make lab` opens."""
        self.page.goto(f"{self.address}/?token={TOKEN}")

    def open(self, notebook: str):
        """Open a notebook alone; wait until its cells and kernel are there."""
        self.page.goto(f"{self.address}/lab/tree/{notebook}?reset&token={TOKEN}")
        cells = nbformat.read(self.folder / notebook, as_version=4).cells
        self.page.wait_for_function(
            "number => document.querySelectorAll('.jp-Notebook .jp-Cell').length == number",
            arg=len(cells),
        )
        self.wait_for_kernel()

    def wait_for_kernel(self):
        self.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()

    def choose(self, menu: str, item: str):
        """Choose `item` in a menu at the top."""
        bar = self.page.get_by_role("menubar").first
        bar.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.locator(".lm-Menu").get_by_text(item, exact=True).click()

    def run_all(self):
        """Run the notebook from top to bottom; return each cell's prompt."""
        self.choose("Run", "Run All Cells")
        self.page.wait_for_function(
            "() => { const prompts = [...document.querySelectorAll("
            "  '.jp-CodeCell .jp-InputArea-prompt')]"
            "  .map(prompt => prompt.textContent);"
            " return prompts.some(text => /\\d/.test(text))"
            "  && !prompts.some(text => text.includes('*')); }"
        )
        self.wait_for_kernel()
        return self.page.locator(".jp-CodeCell .jp-InputArea-prompt").all_text_contents()

    def outputs(self, kind: str) -> list[str]:
        """The text of all outputs of one kind: error, stderr."""
        return self.page.locator(
            f"[data-mime-type='application/vnd.jupyter.{kind}']"
        ).all_text_contents()

    def figures(self) -> list[dict]:
        """Every picture in an output: text alternative, width when drawn."""
        return self.page.locator(".jp-OutputArea-output img").evaluate_all(
            "all => all.map(img => ({alt: img.alt, width: img.naturalWidth}))"
        )

    def validate(self) -> str:
        """Press Validate; return what it says."""
        self.page.get_by_role("button", name="Validate").click()
        dialog = self.page.get_by_role("dialog").filter(has_text="Validation Results")
        dialog.wait_for()
        return dialog.text_content()

    def formgrader(self):
        """Choose Nbgrader > Formgrader; return its page."""
        self.choose("Nbgrader", "Formgrader")
        return self.page.frame_locator("iframe[src*=formgrader]")
