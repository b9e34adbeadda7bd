"""Unit 2.2 itself, as a trainee opens it in JupyterLab and a facilitator in Voila."""

import json
import re

import pytest

import segkit as sk

UNIT = "unit-2-2-measuring"
SIZES = {"laptop": {"width": 1280, "height": 800}, "projector": {"width": 1920, "height": 1080}}

FILMS = "(films) => document.querySelectorAll('.segkit-film').length === films"


@pytest.fixture
def opened(lasting):
    """opened("voila" or "lab"): the whole unit, all of it computed."""

    def unit(tool):
        page = lasting(tool, UNIT)
        page.get_by_role("heading", name="12. The answer").wait_for()
        return page

    return unit


@pytest.fixture
def voila(opened):
    """The unit in Voila as a laptop shows it."""
    page = opened("voila")
    page.set_viewport_size(SIZES["laptop"])
    return page


@pytest.fixture(params=["voila", "lab"])
def unit(request, opened):
    return opened(request.param)


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


def test_a_guess_opens_its_film(voila, server):
    notebook = json.loads((server.root / "notebooks" / f"{UNIT}.ipynb").read_text("utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    films = sum("sk.Film(" in cell for cell in cells)
    voila.wait_for_function(FILMS, arg=films)
    voila.get_by_role("button", name="This is my guess").last.click()
    voila.wait_for_function(FILMS, arg=films + 1)


def test_in_voila_no_code_is_seen_and_no_cell_is_for_those_who_run_cells(voila):
    text = voila.locator("main").inner_text()
    assert not re.search(r"sk\.(Calculator|Film|ask)\(|import segkit", text)
    assert "For those who run the cells" not in text
    assert text.count("For the facilitator") >= 11


@pytest.mark.parametrize("size", ["laptop", "projector"])
def test_the_unit_is_no_wider_than_its_page(voila, screenshot, size):
    voila.locator(".segkit-calculator .big").first.wait_for()
    voila.set_viewport_size(SIZES[size])
    voila.wait_for_timeout(600)  # what is drawn anew for another width comes to rest
    screenshot(voila, UNIT)
    assert voila.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
