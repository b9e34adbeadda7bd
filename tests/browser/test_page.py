"""The page around a notebook: front page, bars, what an address asks for, starting again, the look."""

import json
import re
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from segkit.pages import PAGES, page_words
from segkit.samples import RECIPES
from segkit.words import languages

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"

# A widget as the pages expect them, with nothing in it: it says that it is here, and what it is told.
TINY = """
import anywidget, traitlets
class Tiny(anywidget.AnyWidget):
    name = traitlets.Unicode().tag(sync=True)
    own = traitlets.Bool(False).tag(sync=True)
    _esm = '''export default { render({ model, el }) {
      const root = document.createElement("section");
      Object.assign(root.dataset, { segkit: "tiny", segkitId: model.get("name") });
      root.style.height = "400px";
      const button = document.createElement("button");
      button.textContent = "press " + model.get("name");
      const told = document.createElement("p");
      root.append(button, told);
      el.append(root);
      let n = 0;
      const show = (what) => (told.textContent = what);
      const on = (what, then) => root.addEventListener("segkit:" + what, ({ detail }) => then(detail));
      button.onclick = () => show("pressed " + ++n);
      on("start", (asked) => show("start " + JSON.stringify(asked)));
      on("reset", () => show("reset " + (n = 0)));
      on("keep", ({ keep }) => keep(model.get("own") ? { own: true } : { n, seed: 7, wish: "1/3" }));
      on("resume", (state) => show("resumed " + (n = state.n)));
      const here = () => root.isConnected
        ? root.dispatchEvent(new CustomEvent("segkit:here", { bubbles: true }))
        : requestAnimationFrame(here);
      here();
    }}'''
"""
LONG = "\n\n".join(["One line after the other, so that there is something to scroll."] * 14)
ASIDE = "<details>\n<summary>For the facilitator</summary>\n\nAsk the room first.\n\n</details>"
CELLS = (
    "# A page to try\n\n**What does it do?**\n\nSee [the third](#Third).",
    [TINY],
    f"## First\n\n{LONG}",
    ["Tiny(name='tiny-1')"],
    ASIDE,
    f"## Second\n\n{LONG}\n\n<details>\n<summary>A hint</summary>\n\nThink.\n\n</details>",
    ["Tiny(name='tiny-2')"],
    f"## Third\n\n{LONG}",
)
END_KERNEL = """async () => {
  const { kernelId } = JSON.parse(document.getElementById('jupyter-config-data').textContent);
  const token = document.cookie.match(/_xsrf=([^;]*)/)[1];
  await fetch(`/api/kernels/${kernelId}`, { method: 'DELETE', headers: { 'X-XSRFToken': token } });
}"""
CONNECTED = "() => window.jupyterapp?.widgetManager?.kernel?.connectionStatus === 'connected'"
PUT_BACK = """() => {
  for (const fold of document.querySelectorAll("main details")) fold.open = false;
  for (const tiny of document.querySelectorAll("[data-segkit-id^=tiny]")) {
    tiny.dispatchEvent(new CustomEvent("segkit:reset", { detail: {} }));
    tiny.querySelector("p").textContent = "";
  }
  document.getElementById("segkit-said").textContent = "";
  history.replaceState(null, "", location.pathname);
  scrollTo(0, 0);
}"""
# as after loading, the keyboard begins at the beginning
FROM_THE_TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""
LAPTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
PAPER = "() => getComputedStyle(document.body).backgroundColor"
WIDER = "() => document.documentElement.scrollWidth > innerWidth"
WHITE, DARK = "rgb(255, 255, 255)", "rgb(27, 29, 32)"


@pytest.fixture(scope="module")
def tried(lasting_notebook, server):
    """The page to try, in English and (untranslated) in Italian."""
    (server.root / "notebooks/it").mkdir(exist_ok=True)
    lasting_notebook("it/to-try", *CELLS)
    return lasting_notebook("to-try", *CELLS)


@pytest.fixture(scope="module")
def opened(tried, server):
    """opened(page, "?seed=7#Second"): the page to try, at this address."""

    def at(page, rest=""):
        page.goto("about:blank")
        page.goto(f"{server.url}/voila/render/notebooks/{tried}.ipynb{rest}", wait_until="commit")
        page.locator("[data-segkit-id=tiny-1]").wait_for(state="attached")
        page.locator("[data-segkit-id=tiny-2]").wait_for(state="attached")
        page.wait_for_function(CONNECTED)
        return page

    return at


@pytest.fixture(scope="module")
def stays(lasting_page, opened):
    return opened(lasting_page())


@pytest.fixture
def steady(stays):
    """The page to try, opened once for all who only look at it and press its buttons; put back after each."""
    yield stays
    stays.emulate_media(media="screen", color_scheme="light")
    stays.set_viewport_size(LAPTOP)
    stays.keyboard.press("Escape")
    if stays.locator(".segkit-presenter").is_visible():
        stays.evaluate("document.querySelector('.segkit-presenter [data-do=close]').click()")
    stays.evaluate(PUT_BACK)


@pytest.fixture
def presented(steady):
    """The same with the presenter's bar below it."""
    steady.get_by_role("button", name="Present", exact=True).click()
    return steady


@pytest.fixture(scope="module")
def asked(lasting_page, opened):
    """The page to try, at an address that asks for much, for tests that look at what came of it."""
    return opened(lasting_page(), "?seed=7&wish=0.4&theme=dark&size=large&present")


def told(page, name):
    """What a tiny widget was told last."""
    return page.locator(f"[data-segkit-id={name}] p").inner_text()


def is_told(page, name, what):
    page.locator(f"[data-segkit-id={name}] p", has_text=what).wait_for()


def seen(page, name):
    """The section whose heading this is begins in the upper half of the window."""
    heading = page.get_by_role("heading", name=name, exact=True)
    page.wait_for_function(
        "node => { const top = node.getBoundingClientRect().top; return top >= -1 && top < innerHeight / 2 }",
        arg=heading.element_handle(),
    )


def go_to(page, name):
    page.get_by_text("Sections", exact=True).click()
    page.locator("#segkit-sections").get_by_role("link", name=name).click()
    seen(page, name)


def program_ends(page):
    page.evaluate(END_KERNEL)
    page.get_by_role("alert").get_by_text("has ended").wait_for()


def progress(page):
    return page.evaluate("() => JSON.parse(localStorage.getItem('segkit/progress'))")


# --- the front page


def test_the_front_page_names_units_studios_and_towns_and_starts_no_program(page, server):
    before = set(server.kernels())
    began = time.monotonic()
    page.goto(f"{server.url}/voila/tree/notebooks")
    page.get_by_role("heading", name="Units").wait_for()
    assert time.monotonic() - began < 5
    for known in PAGES:
        link = page.locator(f"a[data-page='{known.name}']")
        assert link.get_attribute("href").endswith(f"/voila/render/notebooks/{known.name}.ipynb")
        assert re.search(r"\d+ |hour", link.locator("xpath=..").locator(".segkit-time").inner_text())
    towns = page.locator(".segkit-towns a").evaluate_all("all => all.map((link) => link.search)")
    assert towns == [f"?town={name}" for name in RECIPES]
    assert page.get_by_role("link", name="The sandbox").get_attribute("href").endswith("#s18")
    assert page.locator("#segkit-continue").is_hidden()
    assert set(server.kernels()) <= before
    assert page.complaints == []


def test_the_front_page_lies_where_its_folder_does_and_in_each_language(page, server):
    page.goto(f"{server.url}/voila/tree")
    page.get_by_role("link", name="Italiano").click()
    page.wait_for_url("**/voila/tree/notebooks/it")
    assert page.evaluate("() => document.documentElement.lang") == "it"
    unit = page.locator("a[data-page^=unit-2-1]").get_attribute("href")
    assert unit.endswith("/notebooks/it/unit-2-1-definition.ipynb")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/voila/tree/notebooks")
    page.goto(f"{server.url}/voila/tree/data")
    assert page.locator(".segkit-front").count() == 0  # a folder that is not ours: the plain list
    assert page.locator(".segkit-pages a").count() > 1


def test_one_goes_on_where_one_left_in_the_other_language_too_and_the_bar_leads_home(page, opened, server):
    opened(page)
    page.get_by_role("heading", name="Second").scroll_into_view_if_needed()
    page.mouse.wheel(0, 900)
    page.wait_for_function("() => localStorage.getItem('segkit/progress')?.includes('Second')")
    page.goto(f"{server.url}/voila/tree/notebooks")
    page.get_by_role("link", name="A page to try: Second").click()
    page.wait_for_url("**/to-try.ipynb#s2")
    page.locator("[data-segkit-id=tiny-2]").wait_for()
    seen(page, "Second")
    page.get_by_role("link", name="Italiano").click()
    page.wait_for_url("**/notebooks/it/to-try.ipynb#s2")
    page.locator("[data-segkit-id=tiny-2]").wait_for()
    assert page.evaluate("() => document.documentElement.lang") == "it"
    seen(page, "Second")
    page.locator(".segkit-home").click()
    page.wait_for_url("**/voila/tree/notebooks/it")


RUBBISH = ["{", "[]", '{"pages": 3}', '{"pages": {"studio": {"section": "<b>"}, "to-try": null}}']


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_rubbish_in_the_store_harms_no_page(page, opened, server, rubbish):
    page.goto(f"{server.url}/voila/tree/notebooks")
    for key in ("segkit/progress", "segkit/look"):
        page.evaluate("([key, rubbish]) => localStorage.setItem(key, rubbish)", [key, rubbish])
    page.evaluate("rubbish => sessionStorage.setItem('segkit/again', rubbish)", rubbish)
    page.reload()
    assert page.locator("#segkit-continue").is_hidden()
    opened(page, "#Second")
    page.wait_for_function("() => localStorage.getItem('segkit/progress')?.includes('Second')")
    assert progress(page)["pages"]["to-try"]["section"] == "s2"
    assert page.complaints == []


def test_what_questions_have_kept_stays_when_a_page_notes_its_section(page, opened, server):
    page.goto(f"{server.url}/voila/tree/notebooks")
    answers = {"version": 1, "answers": {"x": {"right": True}}, "guesses": {"y": {"value": 3}}, "more": [1]}
    page.evaluate("all => localStorage.setItem('segkit/progress', all)", json.dumps(answers))
    opened(page, "#Third")
    page.wait_for_function("() => localStorage.getItem('segkit/progress').includes('Third')")
    found = progress(page)
    assert {key: found[key] for key in answers} == answers


# --- the bar above


def test_the_bar_leads_to_sections_and_the_keyboard_comes_along(steady):
    go_to(steady, "Second")
    assert steady.locator(".segkit-menu[open]").count() == 0
    assert steady.evaluate("() => document.activeElement.id") == "Second"


def test_everything_of_the_bar_is_reached_by_keyboard_and_large_enough(presented):
    page = presented
    page.evaluate(FROM_THE_TOP)
    page.keyboard.press("Tab")
    skip = page.locator(".segkit-skip")
    assert skip.evaluate("node => node === document.activeElement") and skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "segkit-content"
    page.locator(".segkit-view > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.name") == "segkit-theme"
    outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Escape")
    assert page.locator(".segkit-menu[open]").count() == 0
    for control in page.locator(":is(.segkit-top, .segkit-presenter) :is(a, button, summary):visible").all():
        box = control.bounding_box()
        assert box["height"] >= 43 and box["width"] >= 24, control.inner_text()
    assert page.get_by_role("banner").count() == page.get_by_role("main").count() == 1
    assert page.get_by_role("navigation").count() >= 2


@pytest.mark.parametrize("system", ["light", "dark"])
def test_light_or_dark_is_as_the_system_until_one_chooses_and_never_flashes(new_page, opened, system):
    page = new_page()
    page.emulate_media(color_scheme=system)
    page.add_init_script(
        f"""const look = () =>
            document.body ? (window.firstPaper = ({PAPER})()) : requestAnimationFrame(look);
            look();"""
    )
    opened(page)
    as_system, other = (WHITE, DARK) if system == "light" else (DARK, WHITE)
    assert page.evaluate(PAPER) == page.evaluate("window.firstPaper") == as_system
    page.locator(".segkit-view > summary").click()
    page.get_by_label("Dark" if system == "light" else "Light", exact=True).check()
    assert page.evaluate(PAPER) == other
    assert page.evaluate("document.body.dataset.jpThemeLight") == str(system == "dark").lower()
    opened(page)
    assert page.evaluate(PAPER) == page.evaluate("window.firstPaper") == other  # it was kept


def test_an_address_may_ask_for_the_look_and_larger_type_makes_everything_larger(asked, steady):
    size = "() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    assert asked.evaluate(PAPER) == DARK
    assert asked.evaluate(size) == pytest.approx(1.3 * steady.evaluate(size), rel=0.01)
    assert asked.evaluate("localStorage.getItem('segkit/look')") is None  # asked for, not chosen
    assert not asked.evaluate(WIDER)


def test_a_printed_page_has_no_bars_no_asides_and_white_paper(asked):
    page = asked
    assert page.locator(".segkit-top").is_visible() and page.locator(".segkit-presenter").is_visible()
    page.evaluate("() => document.querySelectorAll('main details').forEach((fold) => (fold.open = true))")
    page.emulate_media(media="print")
    page.wait_for_function(f"({PAPER})() === '{WHITE}'")
    assert page.locator(".segkit-top").is_hidden() and page.locator(".segkit-presenter").is_hidden()
    assert page.get_by_text("Ask the room first.").is_hidden()
    assert page.get_by_text("Think.").is_visible()  # a hint that was opened stays
    page.emulate_media(media="screen")
    page.wait_for_function(f"({PAPER})() === '{DARK}'")


# --- presenting


def test_the_presenter_goes_from_section_to_section_and_says_where(steady):
    assert steady.locator(".segkit-presenter").is_hidden()
    steady.get_by_role("button", name="Present", exact=True).click()
    steady.get_by_role("button", name="Next section").click()
    seen(steady, "First")
    steady.get_by_role("status").get_by_text("First. Section 1 of 3.").wait_for()
    steady.keyboard.press("Enter")  # the button keeps the keyboard
    seen(steady, "Second")
    steady.get_by_role("button", name="Previous section").click()
    seen(steady, "First")
    assert steady.url.endswith("#First")


def test_sections_can_be_shown_one_at_a_time_with_the_keys_of_a_remote_and_reached_by_links(page, opened):
    opened(page, "?slides#First")
    visible = page.locator("main h2:visible")
    assert visible.all_inner_texts() == ["First"]
    page.keyboard.press("PageDown")  # a long section is read to its end first
    page.wait_for_function("() => scrollY > 100")
    assert visible.all_inner_texts() == ["First"]
    for _ in range(8):
        if visible.all_inner_texts() == ["Second"]:
            break
        page.keyboard.press("PageDown")
        page.wait_for_timeout(300)
    assert visible.all_inner_texts() == ["Second"]
    seen(page, "Second")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(100)
    page.keyboard.press("PageUp")
    page.locator("#First:visible").wait_for()
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(100)
    page.keyboard.press("PageUp")
    page.get_by_role("link", name="the third").click()  # to a section that is put away
    page.locator("main h2:visible", has_text="Third").wait_for()
    page.locator(".segkit-view > summary").click()
    page.get_by_label("One section at a time").uncheck()
    assert visible.count() == 3


def test_the_widget_touched_last_is_reset_and_otherwise_the_one_in_sight(presented):
    page = presented
    go_to(page, "Second")
    page.get_by_role("button", name="press tiny-2").click()
    page.get_by_role("button", name="Reset this widget").click()
    is_told(page, "tiny-2", "reset")
    page.get_by_role("status").get_by_text("back at its start").wait_for()
    assert told(page, "tiny-1") == ""
    page.get_by_role("button", name="press tiny-1").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('[data-segkit-id=tiny-1]').scrollIntoView()")
    page.get_by_role("button", name="Reset this widget").click()
    is_told(page, "tiny-1", "reset")


def test_the_aside_of_a_section_is_opened_in_place_and_closed_again(presented):
    go_to(presented, "First")
    presented.get_by_role("button", name="Show the aside").click()
    presented.get_by_text("Ask the room first.").wait_for()
    presented.get_by_role("button", name="Close the aside").click()
    presented.get_by_text("Ask the room first.").wait_for(state="hidden")
    go_to(presented, "Second")
    presented.get_by_role("button", name="Show the aside").click()
    presented.get_by_role("status").get_by_text("no aside").wait_for()


def test_a_link_to_this_state_names_the_section_and_what_is_in_sight(presented):
    page = presented
    go_to(page, "Second")
    page.locator("[data-segkit-id=tiny-2]").scroll_into_view_if_needed()
    page.get_by_role("button", name="Link to this state").click()
    page.get_by_role("status").get_by_text(re.compile(r"Cop")).wait_for()
    assert re.search(r"to-try\.ipynb\?seed=7&wish=1%2F3#Second$", page.url)


def test_a_link_that_cannot_say_everything_says_so(presented):
    page = presented
    go_to(page, "Second")
    page.locator("[data-segkit-id=tiny-2]").scroll_into_view_if_needed()
    keep = "(line) => { const tiny = document.querySelector('[data-segkit-id=tiny-2]');"
    keep += " tiny.addEventListener('segkit:keep', ({ detail }) => detail.keep(line), { once: true }); }"
    said = page.locator("#segkit-said")
    for state, part in (
        ({"line": "segkit: size=5x5 seed=3 wish=1/3; 4"}, False),
        ({"line": "segkit: size=5x5 seed=3 wish=1/3; 0 drag 4>5; 1"}, True),
        ({"line": "segkit: size=5x5 seed=3 wish=1/3", "drags": [[4, 5]]}, True),
        ({"step": 3}, True),
        ({"own": True}, True),
    ):
        page.evaluate(keep, state)
        said.evaluate("node => (node.textContent = '')")
        page.get_by_role("button", name="Link to this state").click()
        said.filter(has_text=re.compile(r"Cop")).wait_for()
        assert ("stays behind" in said.inner_text()) == part, state


def test_presenting_goes_on_to_the_next_page_and_is_no_wider_than_it(page, opened, screenshot):
    opened(page, "?present#Second")
    opened(page)
    for size in (LAPTOP, {"width": 1920, "height": 1080}, PHONE):
        page.set_viewport_size(size)
        assert page.locator(".segkit-presenter").is_visible()
        page.wait_for_function(f"() => !({WIDER})()")
        screenshot(page, "page-presented")


def test_on_a_phone_the_bar_is_folded(steady):
    steady.set_viewport_size(PHONE)
    steady.locator("#segkit-tools").wait_for(state="hidden")
    steady.get_by_role("button", name="Menu").click()
    go_to(steady, "Second")
    assert steady.locator("#segkit-tools").is_hidden() and not steady.evaluate(WIDER)


# --- what an address asks of the widgets


def test_an_address_tells_the_widgets_where_to_begin(asked):
    for name in ("tiny-1", "tiny-2"):
        is_told(asked, name, 'start {"seed":"7","wish":"0.4"}')


def test_an_address_with_a_section_opens_its_aside_and_speaks_to_its_widgets(page, opened):
    opened(page, "?seed=7&aside#First")
    page.get_by_text("Ask the room first.").wait_for()
    is_told(page, "tiny-1", "start")
    assert told(page, "tiny-2") == ""


# --- the program ends


def test_a_program_that_ended_before_its_widgets_came_is_told_on_a_phone_too(page, open_voila, tried, server):
    page.set_viewport_size(PHONE)
    page.route("**/api/kernels/**", lambda route: route.fulfill(status=404))
    page.goto(f"{server.url}/voila/render/notebooks/{tried}.ipynb", wait_until="commit")
    notice = page.get_by_role("alert").filter(has_text="has ended")
    notice.wait_for()
    text, button = notice.locator("p"), notice.get_by_role("button", name="Start again")
    assert text.bounding_box()["width"] > 300 and button.bounding_box()["y"] > text.bounding_box()["y"] + 20


def test_starting_again_keeps_the_state_and_the_place_once_the_server_answers(page, opened):
    opened(page, "?seed=7#Second")
    is_told(page, "tiny-2", "start")
    assert told(page, "tiny-1") == ""  # the address speaks to the widgets of that section
    page.get_by_role("button", name="press tiny-2").scroll_into_view_if_needed()
    page.get_by_role("button", name="press tiny-2").click(click_count=3)
    top = "() => document.querySelector('[data-segkit-id=tiny-2]').getBoundingClientRect().top"
    before = page.evaluate(top)
    program_ends(page)
    page.route("**/api/kernels/**", lambda route: route.abort())
    page.get_by_role("button", name="Start again").click()
    page.get_by_role("alert").get_by_text("does not answer").wait_for()
    assert page.get_by_role("button", name="press tiny-1").count() == 1  # the page has not gone with it
    page.unroute("**/api/kernels/**")
    page.get_by_role("button", name="Start again").click()
    is_told(page, "tiny-1", "resumed 0")
    is_told(page, "tiny-2", "resumed 3")
    page.wait_for_function(f"before => Math.abs(({top})() - before) < 40", arg=before)
    assert page.locator("#segkit-notice").is_hidden()
    assert page.evaluate("() => sessionStorage.getItem('segkit/again')") is None  # for this one loading only


def test_the_place_is_found_again_though_what_stands_above_it_is_drawn_late(page, notebook, server):
    """And what is a reader's own is not kept; the page says so."""
    late = TINY.replace('"400px"', '"0"; setTimeout(() => (root.style.height = "1500px"), 700)')
    drawn = ([late], "## First", ["Tiny(name='tiny-1')"], "## Second\n\nHere.", "## Third\n\nThe end.")
    own = ["Tiny(name='tiny-9', own=True)"]
    page.goto(f"{server.url}/voila/render/notebooks/{notebook('late', '# Late', *drawn, own)}.ipynb")
    for name in ("tiny-1", "tiny-9"):
        page.wait_for_function(f"document.querySelector('[data-segkit-id={name}]')?.offsetHeight > 1000")
    page.wait_for_function(CONNECTED)
    page.get_by_role("heading", name="Second").scroll_into_view_if_needed()
    top = "document.querySelectorAll('main h2')[1].getBoundingClientRect().top"
    before = page.evaluate(top)
    program_ends(page)
    page.get_by_role("button", name="Start again").click()
    page.get_by_role("alert").get_by_text("open it again").wait_for()
    is_told(page, "tiny-1", "resumed 0")
    for name in ("tiny-1", "tiny-9"):
        page.wait_for_function(f"document.querySelector('[data-segkit-id={name}]').offsetHeight > 1000")
    page.wait_for_function(f"before => Math.abs({top} - before) < 40", arg=before)
    assert told(page, "tiny-9") == ""


def test_a_page_with_a_widget_that_did_not_arrive_says_so(page, open_voila, notebook):
    """As happens where the machine is so busy that the program answers too late."""
    lost = "from IPython.display import display"
    lost += "\ndisplay({'application/vnd.jupyter.widget-view+json': {'model_id': 'gone'}}, raw=True)"
    open_voila(page, notebook("lost", "# Lost", ["import ipywidgets; ipywidgets.Button()"], [lost]))
    page.get_by_role("alert").get_by_text("could not be computed").wait_for()
    page.get_by_role("button", name="Start again").wait_for()


@pytest.mark.parametrize("lang", [lang for lang in languages() if lang != "en"])
def test_the_asides_of_every_translated_notebook_are_known_by_their_heading(lang):
    for path in sorted(Path(NOTEBOOKS, lang).glob("*.ipynb")):
        cells = ["".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"]]
        english = (NOTEBOOKS / path.name).read_text("utf-8").count("<summary>For the facilitator</summary>")
        heads = [re.sub("<[^>]+>", "", head) for cell in cells for head in re.findall("<summary>.*", cell)]
        assert sum(head in page_words(lang)["asides"] for head in heads) == english, path


# --- where there is no page


@pytest.mark.parametrize("where", ["voila/render/notebooks/none.ipynb", "voila/tree/notebooks/none"])
def test_a_page_that_is_not_there_says_so_in_our_words(page, server, where):
    page.goto(f"{server.url}/voila/tree/notebooks")
    page.goto(f"{server.url}/{where}")
    page.get_by_role("heading", name=page_words("en")["missing"]).wait_for()
    assert "Traceback" not in page.content() and "404" not in page.locator("main").inner_text()
    page.get_by_role("link", name="All pages").click()
    page.get_by_role("heading", name="Units").wait_for()


def test_no_error_page_tells_what_went_wrong_inside(server):
    with pytest.raises(urllib.error.HTTPError) as failed:
        urllib.request.urlopen(f"{server.url}/voila/render/notebooks/it/none.ipynb")
    said = failed.value.read().decode()
    assert '<html lang="it">' in said
    assert str(server.root) not in said and "Traceback" not in said


# --- one look in Voila and in JupyterLab


def test_a_notebook_in_jupyterlab_reads_like_its_page_in_voila(page, steady, open_lab, tried):
    look = """() => {
      const of = (selector, ...names) => {
        const style = getComputedStyle(document.querySelector(selector));
        return names.map((name) => style[name]);
      };
      return [
        of(".jp-RenderedMarkdown h2", "borderTopWidth", "borderTopColor", "color", "fontFamily"),
        of(".jp-RenderedMarkdown details", "borderLeftWidth", "backgroundColor"),
        of(".jp-RenderedMarkdown p a[href]", "textDecorationLine", "color"),
      ];
    }"""
    open_lab(page, tried)
    change = "jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab %s' })"
    for theme, paper in (("dark", DARK), ("light", WHITE)):  # light last: JupyterLab remembers it
        steady.emulate_media(color_scheme=theme)
        steady.wait_for_function(f"({PAPER})() === '{paper}'")
        page.evaluate(change % theme.capitalize())
        page.locator(f"body[data-jp-theme-light={str(theme == 'light').lower()}]").wait_for(state="attached")
        page.locator(".jp-RenderedMarkdown details").first.wait_for(state="attached")
        told = json.dumps(steady.evaluate(look), separators=(",", ":"))
        page.wait_for_function(f"(told) => JSON.stringify(({look})()) === told", arg=told)
