"""The first page: it says that it works, its links lead where they say, its words are there."""

import json
import re

import pytest

import segkit as sk
from segkit.questions import just_fair

START = "00-start-here"
IN_VIEW = (
    "(node) => { const at = node.getBoundingClientRect(); return at.top > -20 && at.top < innerHeight; }"
)


BACK = "async (path) => { await jupyterapp.commands.execute('docmanager:open', { path }); }"
SIZES = {"laptop": {"width": 1280, "height": 800}, "projector": {"width": 1920, "height": 1080}}
AGAIN = """() => document.querySelectorAll('.segkit-quiz:has(.segkit-quiz-said:not(:empty))').forEach(
    (card) => card.dispatchEvent(new Event('segkit:reset')))"""
UNANSWERED = "() => !document.querySelector('.segkit-quiz-said:not(:empty), .segkit-film')"


@pytest.fixture(scope="module")
def opened(lasting_page, open_voila, open_lab):
    """opened("voila" or "lab"): the first page, computed; opened anew only if a link has left it."""
    pages = {}

    def start(tool):
        if tool not in pages:
            pages[tool] = {"voila": open_voila, "lab": open_lab}[tool](lasting_page(), START)
            pages[tool].tool = tool
        elif tool == "lab":
            pages[tool].evaluate(BACK, f"notebooks/{START}.ipynb")
        elif f"/{START}.ipynb" not in pages[tool].url:
            open_voila(pages[tool], START)
        return pages[tool]

    return start


@pytest.fixture(params=["voila", "lab"])
def start(request, opened):
    """The first page as a laptop shows it from its top, no question answered."""
    page = opened(request.param)
    page.set_viewport_size(SIZES["laptop"])
    page.locator(".segkit-quiz").first.wait_for()
    page.evaluate(AGAIN)
    page.wait_for_function(UNANSWERED)
    page.get_by_role("heading", name="Is this page alive?").scroll_into_view_if_needed()
    return page


def into_view(locator):
    locator.wait_for()
    locator.page.wait_for_function(IN_VIEW, arg=locator.element_handle())


def test_the_page_says_that_everything_works_and_nothing_complains(start):
    start.locator(".segkit-alive[data-verdict='works'], .segkit-alive[data-verdict='slow']").wait_for()
    # JupyterLab may draw a cell anew while one looks at it; then the page asks once more
    start.locator(".segkit-alive-versions", has_text=f"segkit {sk.__version__}").wait_for()
    start.get_by_role("button", name="Ask again").click()
    start.get_by_text("Everything works").wait_for()
    assert [said for said in start.complaints if "favicon" not in said] == []


def test_a_newcomer_guesses_opens_a_fold_answers_and_plays_a_film(start):
    start.get_by_role("button", name="This is my guess").click()
    start.get_by_text(f"You guessed 50; it is {100 * just_fair():.0f}").wait_for()
    film = start.locator(".segkit-film")
    film.wait_for()
    film.get_by_role("slider").focus()
    start.keyboard.press("ArrowRight")
    film.get_by_text("Lottery 2.").first.wait_for()
    hint = start.locator("p", has_text="In here stand hints")
    assert not hint.is_visible()
    start.locator("summary", has_text="Open me").click()
    hint.wait_for()
    start.get_by_role("button", name="Nothing yet: a lot does so by itself.").click()
    start.get_by_text("Every answer comes with its reason").wait_for()


def test_every_notebook_there_is_has_its_link(server):
    """A unit that is added is named here, or this page would still call it in preparation."""
    text = (server.root / "notebooks" / f"{START}.ipynb").read_text("utf-8")
    source = " ".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    there = {path.name for path in (server.root / "notebooks").glob("unit-*.ipynb")}
    assert there == set(re.findall(r"\]\((unit-[\w-]+\.ipynb)", source))


@pytest.mark.parametrize("start", ["voila"], indirect=True)
@pytest.mark.parametrize("size", ["laptop", "projector"])
def test_the_first_page_is_no_wider_than_a_page(start, screenshot, size):
    start.set_viewport_size(SIZES[size])
    start.get_by_text("Everything works").wait_for()
    start.get_by_role("button", name="This is my guess").click()
    start.locator(".segkit-film").wait_for()
    start.wait_for_timeout(600)  # what is drawn anew for another width comes to rest
    screenshot(start, START)
    assert start.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_when_the_program_has_gone_the_page_says_what_to_do(page, open_voila):
    open_voila(page, START)
    page.get_by_text("Everything works").wait_for()
    page.evaluate("window.jupyterapp.widgetManager.kernel.shutdown()")
    page.get_by_role("button", name="Ask again").click()
    page.get_by_text("does not answer").wait_for()


# --- these leave the page


def test_a_link_leads_to_its_unit_in_the_same_window(start):
    name = "unit-2-2-measuring"
    link = start.get_by_role("link", name="Unit 2.2 · Measuring school segregation")
    link.scroll_into_view_if_needed()
    link.click()
    if start.tool == "voila":
        start.wait_for_url(f"**/voila/render/notebooks/{name}.ipynb")
    start.get_by_role("heading", name=re.compile("^Unit 2.2")).first.wait_for()
    assert len(start.context.pages) == 1


def test_the_first_page_leads_to_the_glossary(start):
    start.get_by_role("link", name="glossary", exact=True).first.click()
    into_view(start.get_by_role("heading", name="Glossary", level=1))
    assert len(start.context.pages) == 1
