"""One Jupyter server, one Chromium, and pages that may ask nobody but that server.

    def test_the_table_answers(page, open_voila):
        open_voila(page, "some-notebook")
        page.get_by_role("button", name="Undo").click()

`page` is as wide as a laptop's; `projector` is the same at 1920 x 1080. A page aborts and remembers every
request to another host, and the test fails at its end if there was one; `page.complaints` holds what its
console said was wrong.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCREENSHOTS = Path(__file__).parent / "screenshots"
SIZES = {
    "laptop": {"width": 1280, "height": 800},
    "projector": {"width": 1920, "height": 1080},
    "phone": {"width": 390, "height": 844},
}
PATIENCE = 90_000  # ms: two shared cores, a cold kernel, everyone at once

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


# --- the server


@dataclass(frozen=True)
class Server:
    url: str
    root: Path
    log: Path

    def kernels(self) -> list[str]:
        with urllib.request.urlopen(self.url + "/api/kernels", timeout=20) as answer:
            return [kernel["id"] for kernel in json.load(answer)]


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def started(command, url, root, log_path, home):
    """A server process that answers at `url`; its settings and its traces stay in `home`."""
    rooms = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
        "SEGKIT_HOME": "segkit",
    }
    env = os.environ | {name: str(home / folder) for name, folder in rooms.items()}
    with log_path.open("w") as log:
        process = subprocess.Popen(command, cwd=root, env=env, stdout=log, stderr=subprocess.STDOUT)
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return process
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    process.kill()
    pytest.fail(f"the server did not answer at {url}:\n{log_path.read_text()[-3000:]}", pytrace=False)


def stopped(process):
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


@pytest.fixture
def serve(tmp_path):
    """Starts another server for one test: serve([command], "/what/answers", root) -> its address."""
    running = []

    def start(command, answers, root):
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", *command, f"--port={port}"]
        running.append(started(command, url + answers, root, tmp_path / "log", tmp_path))
        return url

    yield start
    for process in running:
        stopped(process)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """JupyterLab and Voila from one server, as `make run` starts it, on a copy of notebooks and data."""
    home = tmp_path_factory.mktemp("server")
    root = home / "copy"
    for folder in ("notebooks", "data"):
        ignored = shutil.ignore_patterns(".ipynb_checkpoints")
        if (ROOT / folder).is_dir():
            shutil.copytree(ROOT / folder, root / folder, ignore=ignored)
    (root / "notebooks").mkdir(parents=True, exist_ok=True)
    url = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.ip=127.0.0.1"]
    command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={root}"]
    command += ["--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True", "--allow-root"]
    # a page that a test has closed leaves its kernel behind: hundreds of them would fill the machine
    command += ["--MappingKernelManager.cull_idle_timeout=45", "--MappingKernelManager.cull_interval=15"]
    process = started(command, url + "/api", root, home / "log", home)
    yield Server(url, root, home / "log")
    stopped(process)


@contextmanager
def notebooks(server):
    """Writes small notebooks before a server: write("name", "# text", ["code"]) -> its name."""
    import nbformat.v4 as v4

    written = []

    def write(name, *cells):
        made = [v4.new_code_cell(*c) if isinstance(c, list) else v4.new_markdown_cell(c) for c in cells]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path = server.root / "notebooks" / f"{name}.ipynb"
        path.write_text(json.dumps(v4.new_notebook(cells=made, metadata={"kernelspec": kernel})))
        written.append(path)
        return name

    yield write
    for path in written:
        path.unlink()


@pytest.fixture
def notebook(server):
    """Puts a small notebook before the server: notebook("name", "# text", ["code"]) -> its name."""
    with notebooks(server) as write:
        yield write


@pytest.fixture(scope="module")
def lasting_notebook(server):
    """As `notebook`, for all tests of a file."""
    with notebooks(server) as write:
        yield write


# --- the browser


def chromium_path() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser():
    if not (path := chromium_path()):
        pytest.skip("no Chromium was found, so nothing was tried in a browser (set CHROMIUM, or install it)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def pages(browser, own):
    """Pages that may ask only our server: new("laptop", "projector", "phone"; url=of another)."""
    opened = []

    def new(size="laptop", url=own):
        context = browser.new_context(viewport=SIZES[size], accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.elsewhere, page.complaints = [], []
        others = re.compile(rf"^(?!{re.escape(url)}/|data:|blob:|about:)")

        def refuse(route):
            page.elsewhere.append(route.request.url)
            route.abort()

        context.route(others, refuse)
        sockets = url.replace("http", "ws", 1)
        page.on("websocket", lambda ws: ws.url.startswith(sockets) or page.elsewhere.append(ws.url))
        page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        opened.append((context, page))
        return page

    yield new
    for context, page in opened:
        context.close()
        assert page.elsewhere == [], f"the page asked other hosts: {page.elsewhere}"


@pytest.fixture
def new_page(browser, server):
    with pages(browser, server.url) as new:
        yield new


@pytest.fixture(scope="module")
def lasting_page(browser, server):
    """As `new_page`; the pages stay open for all tests of a file that look at them one after the other."""
    with pages(browser, server.url) as new:
        yield new


@pytest.fixture
def page(new_page, request):
    """A page as wide as a laptop's, or as the test is parametrised (indirect): "laptop", "projector"."""
    return new_page(getattr(request, "param", "laptop"))


@pytest.fixture
def projector(new_page):
    return new_page("projector")


# --- opening notebooks

DRAWN = """() => window.jupyterapp?.widgetManager?.kernel?.connectionStatus === 'connected'
    && !document.querySelector('#loading, script[type="application/vnd.voila.cell-output+json"]')
    && [...document.querySelectorAll('.jp-OutputArea-output')].every((output) => output.childNodes.length)"""

RUN_ALL = """async (path) => {
  const { commands } = window.jupyterapp;
  const panel = await commands.execute('docmanager:open', { path, factory: 'Notebook' });
  await panel.context.ready;
  await panel.sessionContext.ready;
  await commands.execute('notebook:run-all-cells');
}"""


@pytest.fixture(scope="session")
def open_voila(server):
    """open_voila(page, "name"): the page without code, all computed and drawn (at `url`, if not our own)."""

    def open_it(page, name, folder="notebooks", url=server.url, rest=""):
        page.goto(f"{url}/voila/render/{folder}/{name}.ipynb{rest}", wait_until="commit")
        page.wait_for_function(DRAWN)
        return page

    return open_it


# whatever a widget has still to draw is an empty box
READY = "() => !document.querySelector('.jp-OutputArea-output .lm-Widget:empty:not(.jp-OutputPrompt)')"
UNFOLD = """() => {
  for (const fold of document.querySelectorAll("details:not(.segkit-menu, .menu)")) fold.open = true;
  for (const card of document.querySelectorAll(".segkit-quiz")) {
    card.dataset.asked = ""; // others may come with the answers
    card.querySelector("button").click();
  }
}"""
# nothing waits for its numbers
QUIET = "() => !document.querySelector('.jp-OutputArea-output [aria-busy=true]')"
ANSWERED = "() => !document.querySelector('[data-asked] .segkit-quiz-said:empty')"
HALFWAY = """() => document.querySelectorAll(".segkit-film-slider").forEach((slider) => {
  slider.value = slider.max / 2;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
})"""


@pytest.fixture(scope="session")
def unfold():
    """unfold(page): nothing is left closed: folds open, questions answered, films halfway."""

    def unfold_it(page):
        page.wait_for_function(READY)
        page.evaluate(UNFOLD)
        page.wait_for_function(ANSWERED)
        page.wait_for_timeout(500)
        page.wait_for_function(READY)
        page.evaluate(HALFWAY)
        page.wait_for_function(QUIET)
        return page

    return unfold_it


@pytest.fixture(scope="session")
def enter_lab(server):
    """enter_lab(page): JupyterLab with nothing open, in a workspace of its own."""

    def enter(page):
        page.goto(f"{server.url}/lab/workspaces/tests-{time.monotonic_ns()}?reset")
        page.wait_for_function("() => window.jupyterapp && !document.querySelector('#jupyterlab-splash')")
        page.evaluate("() => jupyterapp.restored.then(() => {})")
        return page

    return enter


@pytest.fixture(scope="session")
def open_lab(enter_lab):
    """open_lab(page, "name"): the notebook in JupyterLab, all cells run."""

    def open_it(page, name, folder="notebooks"):
        enter_lab(page)
        page.evaluate(RUN_ALL, f"{folder}/{name}.ipynb")
        return page

    return open_it


@pytest.fixture(scope="module")
def lasting(lasting_page, open_voila, open_lab):
    """lasting("voila" or "lab", "name"): that page, opened once for all tests of a file."""
    pages = {}

    def open_once(tool, name):
        if (tool, name) not in pages:
            pages[tool, name] = {"voila": open_voila, "lab": open_lab}[tool](lasting_page(), name)
        return pages[tool, name]

    return open_once


@pytest.fixture
def screenshot(request):
    """screenshot(page, "name"): with `--screenshots` the whole page as a picture to look at."""

    def take(page, name):
        if not request.config.getoption("--screenshots"):
            return
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{name}-{page.viewport_size['width']}.png"
        page.screenshot(path=path, full_page=True)

    return take
