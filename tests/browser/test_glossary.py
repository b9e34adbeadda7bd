"""The glossary as a page: names lead to entries, entries to units and works, by mouse and by keyboard."""

import re

import pytest

IN_VIEW = (
    "(node) => { const at = node.getBoundingClientRect(); return at.top > -20 && at.top < innerHeight; }"
)
WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(params=["voila", "lab"])
def words(request, page, open_voila, open_lab):
    """The glossary, all of it there."""
    {"voila": open_voila, "lab": open_lab}[request.param](page, "glossary")
    page.locator(".segkit-glossary dt").first.wait_for()
    page.tool = request.param
    return page


def into_view(locator):
    locator.wait_for()
    locator.page.wait_for_function(IN_VIEW, arg=locator.element_handle())


def test_a_name_leads_to_its_entry_and_an_entry_to_its_work_in_the_same_window(words):
    link = words.locator(".segkit-glossary nav a", has_text="Tipping")
    link.scroll_into_view_if_needed()
    link.click()
    entry = words.locator("#term-tipping")
    into_view(entry)
    entry.get_by_role("link", name="Grodzins (1957)").click()
    into_view(words.locator("#work-grodzins-1957", has_text="Scientific American"))
    assert len(words.context.pages) == 1


def test_an_entry_leads_to_its_unit_by_keyboard(words):
    link = words.locator("#term-gini").get_by_role("link", name="Unit 2.2")
    link.focus()
    assert link.evaluate("(node) => node.matches(':focus-visible')") or words.tool == "lab"
    words.keyboard.press("Enter")
    if words.tool == "voila":
        words.wait_for_url("**/voila/render/notebooks/unit-2-2-measuring.ipynb")
    words.get_by_role("heading", name=re.compile("^Unit 2.2")).first.wait_for()
    assert len(words.context.pages) == 1


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("lang", ["en", "it"])
def test_the_glossary_is_no_wider_than_a_page(page, open_voila, screenshot, width, lang):
    page.set_viewport_size({"width": width, "height": 800})
    open_voila(page, "glossary", "notebooks" if lang == "en" else f"notebooks/{lang}")
    page.locator(f".segkit-glossary[lang={lang}] dt").first.wait_for()
    screenshot(page, f"glossary-{lang}")
    assert not page.evaluate(WIDER)


def test_in_the_dark_the_glossary_is_dark(page, open_voila, screenshot):
    page.emulate_media(color_scheme="dark")
    open_voila(page, "glossary")
    paper = "(node) => getComputedStyle(node).backgroundColor"
    assert page.locator(".segkit-glossary").evaluate(paper) == "rgb(27, 29, 32)"
    screenshot(page, "glossary-dark")
