"""Unit 2.1 itself, as a trainee opens it in JupyterLab and a facilitator in Voila."""

import json
import re

import pytest

from segkit import plots, surveys

UNIT = "unit-2-1-definition"
SIZES = {"laptop": {"width": 1280, "height": 800}, "projector": {"width": 1920, "height": 1080}}
AGAIN = """() => document.querySelectorAll('.segkit-quiz:has(.segkit-quiz-said:not(:empty))').forEach(
    (card) => card.dispatchEvent(new Event('segkit:reset')))"""
UNANSWERED = """(boards) => !document.querySelector('.segkit-quiz-said:not(:empty)')
    && document.querySelectorAll('.segkit-parable, .segkit-film').length === boards"""


@pytest.fixture
def opened(lasting):
    """opened("voila" or "lab"): the whole unit, all of it computed."""

    def unit(tool):
        page = lasting(tool, UNIT)
        page.get_by_role("heading", name="The answer").wait_for()
        return page

    return unit


@pytest.fixture
def cells(server):
    """The cells of the unit, by their type."""
    notebook = json.loads((server.root / "notebooks" / f"{UNIT}.ipynb").read_text("utf-8"))
    return lambda kind: ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == kind]


@pytest.fixture
def sections(cells):
    """From each section's title to its text."""
    found = re.split(r"^## (.*)$", "\n".join(cells("markdown")), flags=re.M)
    return dict(zip(found[1::2], found[2::2], strict=True))


@pytest.fixture
def voila(opened, cells):
    """The unit in Voila as a laptop shows it, all boards there, no question answered."""
    page = opened("voila")
    page.set_viewport_size(SIZES["laptop"])
    page.evaluate(AGAIN)
    boards = sum("sk.Parable(" in cell for cell in cells("code"))
    page.wait_for_function(UNANSWERED, arg=boards)
    return page


@pytest.fixture(params=["voila", "lab"])
def unit(request):
    """The unit in Voila, and in JupyterLab, where one test only answers questions."""
    if request.param == "voila":
        return request.getfixturevalue("voila")
    return request.getfixturevalue("opened")("lab")


def test_every_step_of_the_unit_is_computed_and_nothing_complains(unit):
    last = unit.locator(".jp-OutputArea-output", has_text="Nobody had asked for it")
    last.wait_for(state="attached")  # JupyterLab draws what is out of sight later
    assert not unit.get_by_text("could not be computed").count()
    assert not unit.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count()
    assert [said for said in unit.complaints if "favicon" not in said] == []


def test_every_section_has_its_number_and_an_aside_that_names_its_minutes(sections):
    assert [title.split(".")[0] for title in sections] == [str(k + 1) for k in range(len(sections))]
    asides = {
        title: text.partition("For the facilitator")[2].partition("</details>")[0]
        for title, text in sections.items()
    }
    assert [title for title, aside in asides.items() if "minutes" not in aside.casefold()] == []
    assert all(text.count("For the facilitator") == 1 for text in sections.values())


def test_a_guess_opens_a_board_and_a_check_explains_itself(voila):
    before = voila.locator(".segkit-parable").count()
    assert before
    card = voila.locator(".segkit-quiz", has_text="In the end nobody is unhappy").first
    card.get_by_role("button", name="This is my guess").click()
    voila.wait_for_function(f"document.querySelectorAll('.segkit-parable').length === {before + 1}")
    voila.get_by_role("button", name="One cannot say before one has seen the others.").click()
    voila.get_by_text("Segregation lies between schools.").wait_for()


# From a question's first words to the button that answers it, the picture that then opens, and the words of
# its title or of its axis that would have answered it.
GATED = {
    "In Spain in 1820": ("This is my guess", plots.enrolment),
    "In which of these four did the smallest share": ("Italy", plots.private_share),
    "How much is housing, and how much is choice?": ("Both are about the same", plots.housing_and_choice),
    "10 invented countries were surveyed": ("in all 8", lambda: plots.two_readings(surveys.two_readings())),
}


def test_no_picture_is_in_the_page_before_its_guess_and_each_is_after_it_with_its_words(unit):
    alts = {question: draw().alt for question, (_, draw) in GATED.items()}
    for question, (button, _) in GATED.items():
        card = unit.locator(".segkit-quiz", has_text=question).first
        card.scroll_into_view_if_needed()
        card.get_by_role("button", name=button, exact=True).wait_for()
    page = unit.content()
    assert [alt for alt in alts.values() if alt[-60:] in page] == []
    assert "hardly anybody leaves" not in page and "Two headlines" not in page
    for question, (button, _) in GATED.items():
        card = unit.locator(".segkit-quiz", has_text=question).first
        card.scroll_into_view_if_needed()
        card.get_by_role("button", name=button, exact=True).click()
        picture = unit.get_by_alt_text(alts[question], exact=True)
        picture.wait_for()
        assert picture.bounding_box()["width"] > 300
    unit.get_by_text("hardly anybody leaves").wait_for()
    unit.get_by_text("Two headlines above this picture").wait_for()


def test_what_answers_a_prediction_is_folded_or_not_yet_there(voila):
    voila.locator(".segkit-quiz", has_text="How much is housing").first.wait_for()
    answers = (
        "You also did something else",
        "D falls with each step",
        "a few blocks; whatever the blocks are",
        "the town falls apart",
        "Norway began where Italy",
        "the part that choice adds is the larger",
        "From more than one pupil in two",
        "hardly any moved by more than chance",
    )
    seen = voila.locator("main").inner_text()
    assert [answer for answer in answers if answer in seen] == []
    assert [answer for answer in answers if not voila.get_by_text(answer).count()] == []
    assert voila.locator(".segkit-film").count() == 0


def test_in_voila_no_code_is_seen_and_no_cell_is_for_those_who_run_cells(voila, sections):
    text = voila.locator("main").inner_text()
    assert not re.search(r"sk\.(Film|ask)\(|parables\.|import segkit", text)
    assert "For those who run the cells" not in text
    assert text.count("For the facilitator") == len(sections)


@pytest.mark.parametrize("size", ["laptop", "projector"])
def test_the_unit_is_no_wider_than_its_page(voila, screenshot, size):
    voila.locator(".segkit-parable").first.wait_for()
    voila.set_viewport_size(SIZES[size])
    voila.wait_for_timeout(600)  # what is drawn anew for another width comes to rest
    screenshot(voila, UNIT)
    assert voila.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


ARRIVED = """(title) => {
  const top = (heading) => Math.abs(heading.getBoundingClientRect().top);
  const end = scrollY + innerHeight > document.documentElement.scrollHeight - 5;
  const titled = (heading) => heading.innerText.trim() === title;
  return [...document.querySelectorAll('main h2')].some((h) => titled(h) && (end || top(h) < 100));
}"""


def test_the_list_of_sections_leads_to_each_of_them(voila):
    titles = [title.strip() for title in voila.locator("main h2").all_inner_texts()]
    assert len(titles) > 15
    for title in titles[:: len(titles) // 4]:
        voila.evaluate("scrollTo(0, 0)")
        voila.get_by_role("link", name=title, exact=True).click()
        voila.wait_for_function(ARRIVED, arg=title)
