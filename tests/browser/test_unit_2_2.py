"""Unit 2.2 itself, as a trainee opens it in JupyterLab and a facilitator in Voila."""

import re

import pytest

import segkit as sk

UNIT = "unit-2-2-measuring"


@pytest.fixture(params=["voila", "lab"])
def unit(request, page, open_voila, open_lab):
    """The whole unit, all of it computed."""
    {"voila": open_voila, "lab": open_lab}[request.param](page, UNIT)
    page.get_by_role("heading", name="12. The answer").wait_for()
    return page


def test_a_number_typed_in_box_1_changes_d_and_gs(unit):
    calculator = unit.locator(".segkit-calculator").first
    calculator.locator(".big").first.wait_for()
    box = calculator.locator('.cell[data-row="0"][data-column="1"]')
    counts = sk.Calculator().counts
    assert int(box.input_value()) == counts[0, 0]
    counts[0, 0] = 20
    box.fill("20")
    for name in ("dissimilarity", "gorard"):
        new = f"{getattr(sk, name)(counts):.3f}"
        calculator.locator(f'.big[data-index="{name}"]').get_by_text(new, exact=True).wait_for()


def test_every_step_of_the_unit_is_computed_and_nothing_complains(unit):
    assert not unit.get_by_text("could not be computed").count()
    assert not unit.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count()
    assert [said for said in unit.complaints if "favicon" not in said] == []


def test_a_guess_opens_its_film(page, open_voila):
    open_voila(page, UNIT)
    films = page.locator(".segkit-film")
    films.first.wait_for()
    before = films.count()
    page.get_by_role("button", name="This is my guess").last.click()
    page.wait_for_function(f"document.querySelectorAll('.segkit-film').length === {before + 1}")


def test_in_voila_no_code_is_seen_and_no_cell_is_for_those_who_run_cells(page, open_voila):
    open_voila(page, UNIT)
    text = page.locator("main").inner_text()
    assert not re.search(r"sk\.(Calculator|Film|ask)\(|import segkit", text)
    assert "For those who run the cells" not in text
    assert text.count("For the facilitator") >= 11


@pytest.mark.parametrize("page", ["laptop", "projector"], indirect=True)
def test_the_unit_is_no_wider_than_its_page(page, open_voila, screenshot):
    open_voila(page, UNIT)
    page.locator(".segkit-calculator .big").first.wait_for()
    screenshot(page, UNIT)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
