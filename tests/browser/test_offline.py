"""A classroom without internet: our pages ask no host but their own, and say so when something is missing."""

import time
from pathlib import Path

import pytest

NOTEBOOKS = sorted(path.stem for path in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
LAPTOP, PROJECTOR = {"width": 1280, "height": 800}, {"width": 1920, "height": 1080}

FORMULA = r"""# How even is a town?

Half the gaps, $D = \frac12\sum_i |x_i/X - y_i/Y|$, and alone on a line:

$$\frac{x_i}{X}-\frac{y_i}{Y}$$

<details><summary>For the facilitator</summary>

Ask the room *first*.

</details>
"""

WIDGET = """
import anywidget, traitlets
class Counter(anywidget.AnyWidget):
    _esm = '''export default { render({ model, el }) {
      const button = document.createElement("button");
      button.id = "counter";
      const show = () => (button.textContent = "pressed " + model.get("n"));
      button.onclick = () => { model.set("n", model.get("n") + 1); model.save_changes(); };
      model.on("change:twice", () => (button.title = String(model.get("twice"))));
      model.on("change:n", show);
      show();
      el.append(button);
    }}'''
    n = traitlets.Int(0).tag(sync=True)
    twice = traitlets.Int(0).tag(sync=True)
    @traitlets.observe("n")
    def _double(self, change):
        self.twice = 2 * self.n
Counter()
"""


# As the server's own culling does, or another tab: through the server, so that it is no news to it.
END_KERNEL = """async () => {
  const { kernelId } = JSON.parse(document.getElementById('jupyter-config-data').textContent);
  const token = document.cookie.match(/_xsrf=([^;]*)/)[1];
  await fetch(`/api/kernels/${kernelId}`, { method: 'DELETE', headers: { 'X-XSRFToken': token } });
}"""


# From tab to tab of one JupyterLab, as a reader goes; one notebook open at a time.
RUN = """async (path) => {
  const { commands } = window.jupyterapp;
  const panel = await commands.execute('docmanager:open', { path, factory: 'Notebook' });
  await panel.context.ready;
  await panel.sessionContext.ready;
  await commands.execute('notebook:run-all-cells');
  const cells = panel.content.model.toJSON().cells.filter((cell) => cell.cell_type === 'code');
  return cells.map((cell) => cell.outputs.map((output) => output.output_type));
}"""
CLOSE = """async () => {
  for (const panel of [...window.jupyterapp.shell.widgets('main')]) {
    if (!panel.sessionContext) continue;
    await panel.sessionContext.shutdown();
    panel.dispose();
  }
}"""


@pytest.fixture(scope="module")
def small(lasting_notebook):
    return lasting_notebook(
        "small", FORMULA, [WIDGET], ["import segkit as sk\nsk.dissimilarity([[3, 0], [0, 3]])"]
    )


@pytest.fixture(scope="module")
def visitor(lasting_page):
    """One who opens page after page, each afresh."""
    return lasting_page()


@pytest.fixture(scope="module")
def opened(lasting_page, small, server):
    """A small page, found in the list of pages."""
    page = lasting_page()
    page.goto(f"{server.url}/voila/tree/notebooks")
    page.get_by_role("link", name="How even is a town?").click()
    page.locator("mjx-container").nth(1).wait_for()
    page.locator("#counter").wait_for()
    page.get_by_text("1.0", exact=True).wait_for()
    return page


@pytest.fixture
def shown(opened):
    """The small page as a laptop shows it."""
    yield opened
    opened.set_viewport_size(LAPTOP)


@pytest.fixture(scope="module")
def jupyterlab(lasting_page, enter_lab):
    return enter_lab(lasting_page())


@pytest.fixture
def lab(jupyterlab):
    """JupyterLab with nothing open."""
    yield jupyterlab
    jupyterlab.evaluate(CLOSE)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_notebook_opens_in_voila_and_asks_no_other_host(visitor, open_voila, name):
    open_voila(visitor, name)
    assert visitor.locator(".segkit-broken").count() == 0  # no step failed
    assert visitor.locator("h1").count() >= 1
    assert visitor.elsewhere == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_notebook_opens_in_jupyterlab_and_asks_no_other_host(lab, name):
    outputs = lab.evaluate(RUN, f"notebooks/{name}.ipynb")
    assert any(outputs) and "error" not in sum(outputs, [])
    assert lab.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0  # no traceback
    assert lab.elsewhere == []


def test_what_a_page_is_drawn_with_comes_from_the_package(shown):
    assert shown.complaints == []


def test_the_list_of_pages_leads_to_a_page(shown, server):
    assert shown.evaluate("document.referrer") == f"{server.url}/voila/tree/notebooks"
    assert shown.locator("main h1").is_visible()


def test_a_formula_is_drawn_and_a_widget_answers_in_voila(shown):
    shown.locator("mjx-container").nth(1).wait_for()
    shown.locator("#counter").click()
    shown.locator("#counter[title='2']").wait_for()  # Python has answered
    assert shown.locator("#counter").inner_text() == "pressed 1"
    shown.get_by_text("For the facilitator").click()
    assert shown.get_by_text("Ask the room").is_visible()
    assert "import segkit" not in shown.content()  # code is hidden
    assert shown.title() == "How even is a town?"


def test_a_formula_is_drawn_and_a_widget_answers_in_jupyterlab(lab, small):
    lab.evaluate(RUN, f"notebooks/{small}.ipynb")
    lab.locator("mjx-container").nth(1).wait_for()
    lab.locator("#counter").click()
    lab.locator("#counter[title='2']").wait_for()
    lab.get_by_text("1.0", exact=True).wait_for()


def test_jupyterlab_opens_without_news_or_a_catalogue_of_extensions(lab):
    lab.locator(".jp-Launcher").first.wait_for()
    assert lab.locator("[data-id='extensionmanager.main-view']").count() == 0


@pytest.mark.parametrize("size", [LAPTOP, PROJECTOR], ids=["laptop", "projector"])
def test_a_page_is_readable_from_the_last_row(shown, size):
    shown.set_viewport_size(size)
    size = shown.evaluate("() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
    width = shown.locator("main").bounding_box()["width"]
    assert size >= 18 and 1000 <= width <= 1400
    assert shown.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_a_page_says_when_the_program_behind_it_has_ended(shown):
    assert shown.locator("#segkit-notice").is_hidden()
    shown.evaluate(END_KERNEL)
    shown.get_by_role("alert").get_by_text("has ended").wait_for()
    shown.get_by_role("button", name="Start again").click()
    shown.locator("#segkit-notice").wait_for(state="hidden")
    shown.locator("#counter").wait_for()
    assert shown.locator("#segkit-notice").is_hidden()
    shown.complaints.clear()  # of the connection that was lost


@pytest.mark.parametrize("drawn", [True, False], ids=["drawn", "still on its way"])
def test_a_page_that_is_left_ends_its_program(browser, open_voila, small, server, drawn):
    page = browser.new_page()  # a page whose requests nobody holds up: its last one is sent while it goes
    if drawn:
        open_voila(page, small)
    else:
        page.goto(f"{server.url}/voila/render/notebooks/{small}.ipynb", wait_until="commit")
        page.locator("#jupyter-config-data").wait_for(state="attached")
    kernel = page.evaluate("() => JSON.parse(document.getElementById('jupyter-config-data').text).kernelId")
    assert kernel in server.kernels()
    page.goto("about:blank")
    until = time.monotonic() + 90
    while kernel in server.kernels() and time.monotonic() < until:
        page.wait_for_timeout(200)
    page.close()
    assert kernel not in server.kernels()  # or thirty closed pages would leave thirty programs behind


@pytest.fixture(scope="module")
def failing(lasting_page, open_voila, lasting_notebook):
    """A page with a button that ends its program, and a step that fails."""
    crash = "\nimport os; button = Counter(); button.observe(lambda change: os._exit(1), 'n'); button"
    page = open_voila(
        lasting_page(), lasting_notebook("broken", "# Soon", [WIDGET + crash], ["1 / 0"], "never reached")
    )
    page.locator("#counter").wait_for()
    return page


def test_a_step_that_fails_says_so_without_a_traceback(failing):
    assert failing.locator(".segkit-broken").is_visible()
    assert "ZeroDivisionError" not in failing.content()


def test_a_page_whose_program_crashed_says_so(failing):
    failing.locator("#counter").click()
    failing.get_by_role("alert").get_by_text("has ended").wait_for()


def test_an_address_cannot_ask_for_a_page_that_asks_other_hosts(visitor, small, server):
    visitor.goto(f"{server.url}/voila/render/notebooks/{small}.ipynb?template=lab&theme=dark")
    assert visitor.locator("body.segkit.theme-light").count() == 1


def test_voila_alone_uses_our_page_too(new_page, small, server, serve):
    command = ["voila", f"notebooks/{small}.ipynb", "--no-browser", "--Voila.ip=127.0.0.1"]
    url = serve(command, "/voila/static/voila.js", server.root)
    page = new_page(url=url)
    page.goto(url, wait_until="commit")
    page.locator("#counter").wait_for()
    page.locator("mjx-container").nth(1).wait_for()
    assert page.locator("body.segkit").count() == 1
