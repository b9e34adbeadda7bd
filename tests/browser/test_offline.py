"""A classroom without internet: our pages ask no host but their own, and say so when something is missing."""

from pathlib import Path

import pytest

NOTEBOOKS = sorted(path.stem for path in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))

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


@pytest.fixture
def small(notebook):
    return notebook("small", FORMULA, [WIDGET], ["import segkit as sk\nsk.dissimilarity([[3, 0], [0, 3]])"])


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_notebook_opens_in_voila_and_asks_no_other_host(page, open_voila, name):
    open_voila(page, name)
    assert page.locator(".segkit-broken").count() == 0  # no step failed
    assert page.locator("h1").count() >= 1


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_notebook_opens_in_jupyterlab_and_asks_no_other_host(page, open_lab, name):
    open_lab(page, name)
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0  # no traceback


def test_a_formula_is_drawn_and_a_widget_answers_in_voila(page, open_voila, small):
    open_voila(page, small)
    page.locator("mjx-container").nth(1).wait_for()
    page.locator("#counter").click()
    page.locator("#counter[title='2']").wait_for()  # Python has answered
    assert page.locator("#counter").inner_text() == "pressed 1"
    page.get_by_text("For the facilitator").click()
    assert page.get_by_text("Ask the room").is_visible()
    assert "import segkit" not in page.content()  # code is hidden
    assert page.title() == "How even is a town?"


def test_a_formula_is_drawn_and_a_widget_answers_in_jupyterlab(page, open_lab, small):
    open_lab(page, small)
    page.locator("mjx-container").nth(1).wait_for()
    page.locator("#counter").click()
    page.locator("#counter[title='2']").wait_for()
    page.get_by_text("1.0", exact=True).wait_for()


def test_what_a_page_is_drawn_with_comes_from_the_package(page, open_voila, small):
    complaints = open_voila(page, small).complaints
    assert complaints == []


@pytest.mark.parametrize("page", ["laptop", "projector"], indirect=True)
def test_a_page_is_readable_from_the_last_row(page, open_voila, small):
    open_voila(page, small)
    size = page.evaluate("() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
    width = page.locator("main").bounding_box()["width"]
    assert size >= 18 and 1000 <= width <= 1400
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_a_page_says_when_the_program_behind_it_has_ended(page, open_voila, small, server):
    open_voila(page, small)
    assert page.locator("#segkit-notice").is_hidden()
    page.evaluate(END_KERNEL)
    page.get_by_role("alert").get_by_text("has ended").wait_for()
    page.get_by_role("button", name="Start again").click()
    page.locator("#counter").wait_for()
    assert page.locator("#segkit-notice").is_hidden()


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
    waits = 0
    while kernel in server.kernels() and waits < 50:
        page.wait_for_timeout(200)
        waits += 1
    page.close()
    assert kernel not in server.kernels()  # or thirty closed pages would leave thirty programs behind


def test_a_page_whose_program_crashed_says_so(page, open_voila, notebook):
    crash = "\nimport os; button = Counter(); button.observe(lambda change: os._exit(1), 'n'); button"
    open_voila(page, notebook("crash", "# Soon", [WIDGET + crash]))
    page.locator("#counter").click()
    page.get_by_role("alert").get_by_text("has ended").wait_for()


def test_a_step_that_fails_says_so_without_a_traceback(page, open_voila, notebook):
    open_voila(page, notebook("broken", "# Before", ["1 / 0"], "never reached"))
    assert page.locator(".segkit-broken").is_visible()
    assert "ZeroDivisionError" not in page.content()


def test_an_address_cannot_ask_for_a_page_that_asks_other_hosts(page, small, server):
    page.goto(f"{server.url}/voila/render/notebooks/{small}.ipynb?template=lab&theme=dark")
    assert page.locator("body.segkit.theme-light").count() == 1


def test_the_list_of_pages_leads_to_a_page(page, small, server):
    page.goto(f"{server.url}/voila/tree/notebooks")
    page.get_by_role("link", name="How even is a town?").click()
    page.locator("main h1").wait_for()


def test_jupyterlab_opens_without_news_or_a_catalogue_of_extensions(page, server):
    page.goto(f"{server.url}/lab")
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    page.locator(".jp-Launcher").first.wait_for()
    assert page.locator("[data-id='extensionmanager.main-view']").count() == 0


def test_voila_alone_uses_our_page_too(new_page, small, server, serve):
    command = ["voila", f"notebooks/{small}.ipynb", "--no-browser", "--Voila.ip=127.0.0.1"]
    url = serve(command, "/voila/static/voila.js", server.root)
    page = new_page(url=url)
    page.goto(url, wait_until="commit")
    page.locator("#counter").wait_for()
    page.locator("mjx-container").nth(1).wait_for()
    assert page.locator("body.segkit").count() == 1
