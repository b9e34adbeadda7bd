"""The glossary as a page: names lead to entries, entries to units and works, by mouse and by keyboard."""

import re

import pytest

IN_VIEW = (
    "(node) => { const at = node.getBoundingClientRect(); return at.top > -20 && at.top < innerHeight; }"
)
WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


LAPTOP = {"width": 1280, "height": 800}
BACK = "async (path) => { await jupyterapp.commands.execute('docmanager:open', { path }); }"


@pytest.fixture(scope="module")
def opened(lasting_page, open_voila, open_lab):
    """opened("voila" or "lab", "en" or "it"): the glossary; opened anew only if a link has left it."""
    pages = {}

    def glossary(tool, lang="en"):
        folder = "notebooks" if lang == "en" else f"notebooks/{lang}"
        if (tool, lang) not in pages:
            page = pages[tool, lang] = lasting_page()
            {"voila": open_voila, "lab": open_lab}[tool](page, "glossary", folder)
        page = pages[tool, lang]
        if tool == "lab":
            page.evaluate(BACK, f"{folder}/glossary.ipynb")
        elif "/glossary.ipynb" not in page.url:
            open_voila(page, "glossary", folder)
        page.tool = tool
        page.set_viewport_size(LAPTOP)
        page.locator(f".segkit-glossary[lang={lang}] dt").first.wait_for()
        return page

    return glossary


@pytest.fixture(params=["voila", "lab"])
def words(request, opened):
    """The glossary, all of it there."""
    return opened(request.param)


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


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("lang", ["en", "it"])
def test_the_glossary_is_no_wider_than_a_page(opened, screenshot, width, lang):
    page = opened("voila", lang)
    page.set_viewport_size({"width": width, "height": 800})
    page.wait_for_timeout(600)  # what is drawn anew for another width comes to rest
    screenshot(page, f"glossary-{lang}")
    assert not page.evaluate(WIDER)


def test_in_the_dark_the_glossary_is_dark(opened, screenshot):
    page = opened("voila")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.body.dataset.jpThemeLight === 'false'")
    paper = "(node) => getComputedStyle(node).backgroundColor"
    try:
        assert page.locator(".segkit-glossary").evaluate(paper) == "rgb(27, 29, 32)"
        screenshot(page, "glossary-dark")
    finally:
        page.emulate_media(color_scheme="light")


def test_an_entry_leads_to_its_unit_by_keyboard(words):
    link = words.locator("#term-gini").get_by_role("link", name="Unit 2.2")
    words.keyboard.press("Tab")  # whoever was here before used a mouse
    link.focus()
    assert link.evaluate("(node) => node.matches(':focus-visible')") or words.tool == "lab"
    words.keyboard.press("Enter")
    if words.tool == "voila":
        words.wait_for_url("**/voila/render/notebooks/unit-2-2-measuring.ipynb")
    words.get_by_role("heading", name=re.compile("^Unit 2.2")).first.wait_for()
    assert len(words.context.pages) == 1
