"""Where a board stands on its page: the moral in sight, nothing jumps, Tab and the ear go in order."""

import pytest

from segkit.words import say

START = "import segkit as sk\nfrom segkit import parables"
PAIR = """
from segkit.widgets.quiz import _together
_together([sk.Parable(parables.third()), sk.Parable(parables.half())])
"""


MAP = "sk.Tipping(('0.2', '0.3'), repeats=1, max_moves=100)"
# one for every test that asks for it
STAGES = ["settle"] * 4 + ["double_wish"] * 2 + ["wish"] * 2 + ["three_moods"]
SIZES = {"laptop": {"width": 1280, "height": 800}, "projector": {"width": 1920, "height": 1080}}
FRAMES = """() => new Promise((done) => {
  let n = 0;
  const next = () => ++n > 9 ? done() : requestAnimationFrame(next);
  next();
})"""


@pytest.fixture(scope="module")
def stages(lasting_page, lasting_notebook, open_voila):
    """One page with every board, two pairs of boards and a map, nobody having touched any of them."""
    cells = [[f"sk.Parable(parables.{stage}())"] for stage in STAGES] + [[PAIR], [PAIR], [MAP]]
    page = open_voila(lasting_page(), lasting_notebook("stages", [START], *cells))
    page.locator(".segkit-parable[data-at]").nth(len(STAGES) + 3).wait_for()
    page.untouched = [*STAGES, "pair", "", "pair", ""]
    return page


@pytest.fixture
def page(stages):
    """That page, as wide as a laptop's and on a screen."""
    stages.set_viewport_size(SIZES["laptop"])
    yield stages
    stages.emulate_media(media="screen")


@pytest.fixture
def board(page):
    """An untouched board at the top of the window; board("settle", size of the window) -> where it is."""

    def one(stage, size=SIZES["laptop"]):
        page.set_viewport_size(size)
        k = page.untouched.index(stage)
        page.untouched[k] = None
        found = page.locator(".segkit-parable[data-at]").nth(k)
        found.number = k
        for _ in range(2):  # it is laid out for its window when it is seen
            found.evaluate("root => root.scrollIntoView()")
            page.evaluate(FRAMES)
        return found

    return one


def run_to_the_end(page, board):
    if (speed := board.get_by_role("slider", name=say("parable.view.speed"))).count():
        speed.focus()
        speed.press("End")
    board.get_by_role("button", name=say("parable.view.run"), exact=True).click()
    board.locator(".segkit-parable-moral:not(:empty)").wait_for()
    board.evaluate("root => root.scrollIntoView()")


def box(locator):
    return locator.evaluate(
        "node => { const b = node.getBoundingClientRect(); return [b.top, b.bottom, b.height]; }"
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("stage", ["settle", "double_wish"])
def test_the_moral_of_a_run_is_in_sight_and_nothing_jumps(page, board, stage, size):
    one = board(stage, SIZES[size])
    before, place = box(one)[2], box(one.get_by_role("button", name=say("parable.view.step")))
    run_to_the_end(page, one)
    assert box(one.locator(".segkit-parable-moral"))[1] <= page.viewport_size["height"]
    assert box(one)[2] == pytest.approx(before, abs=1)
    assert box(one.get_by_role("button", name=say("parable.view.step"))) == pytest.approx(place, abs=1)


@pytest.mark.parametrize("size", SIZES)
def test_two_boards_side_by_side_fit_the_window_with_their_morals(page, board, size):
    left = board("pair", SIZES[size])
    boards = [left, page.locator(".segkit-parable[data-at]").nth(left.number + 1)]
    for one in boards:
        run_to_the_end(page, one)
    assert box(boards[0])[0] == pytest.approx(box(boards[1])[0], abs=1)
    for one in boards:
        assert box(one.locator(".segkit-parable-moral"))[1] <= page.viewport_size["height"]
    tops = [box(one.get_by_role("application"))[0] for one in boards]
    assert tops[0] == pytest.approx(tops[1], abs=1), "one board hangs lower than the other"
    shown = [one.locator(".segkit-parable-single dd").first for one in boards]
    assert all(each.is_visible() for each in shown)
    assert shown[0].inner_text() < shown[1].inner_text(), "a third, and a half"


def test_where_the_page_is_low_one_presses_run_and_sees_the_board(board):
    one = board("wish", {"width": 640, "height": 400})
    top, bottom, _ = box(one.get_by_role("application"))
    start = box(one.get_by_role("button", name=say("parable.view.run"), exact=True))
    assert top <= start[0] and start[1] <= bottom + 1


def test_tab_goes_through_things_as_they_are_seen(page, board):
    one = board("wish")
    one.get_by_role("application").focus()
    names = []
    for _ in range(4):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate("() => document.activeElement.dataset.name ?? document.activeElement.className")
        )
    assert names[0] == "least" and "scrub" in names[1] and names[2:] == ["run", "step"]


def test_who_listens_hears_that_it_runs_how_far_it_is_and_the_row_and_the_cells_around(page, board):
    one = board("settle")
    spoken, news = one.locator(".segkit-parable-box p[aria-live]"), one.locator("p[role=status]")
    field = one.get_by_role("application")
    field.focus()
    field.press("u")
    assert ": unhappy;" in spoken.inner_text()
    field.press("r")
    assert spoken.inner_text().startswith("Row ") and "empty" in spoken.inner_text()
    field.press("n")
    assert spoken.inner_text().startswith("Around row ") and "below" in spoken.inner_text()
    field.press("u")
    before = spoken.inner_text()
    run_button = one.get_by_role("button", name=say("parable.view.run"), exact=True)
    run_button.click()
    assert news.inner_text() == say("parable.view.news.run")
    page.wait_for_function("node => / moves, \\d+ unhappy/.test(node.textContent)", arg=news.element_handle())
    assert spoken.inner_text() != before, "what was said of a cell is no longer true"
    one.get_by_role("button", name=say("parable.view.pause")).click()
    field.focus()
    field.press("u")
    field.press("Enter")
    page.keyboard.press("Tab")
    assert spoken.inner_text() == say("parable.view.back")


@pytest.mark.parametrize("name", ["00-start-here", "unit-2-1-definition"])
def test_text_keeps_off_the_glass_and_nothing_is_wider_than_the_page(new_page, open_voila, name):
    page = open_voila(new_page(), name)
    for width in (1280, 640, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_function("(width) => document.documentElement.scrollWidth <= width", arg=width)
        left = page.locator("h1").first.evaluate("node => node.getBoundingClientRect().left")
        assert left >= 16


def test_a_map_filled_by_keyboard_leads_on_to_its_cells_and_its_rows_have_short_names(page):
    heat = page.locator(".segkit-tipping")
    press = heat.get_by_role("button", name="Run")
    press.focus()
    press.press("Enter")
    page.wait_for_function("() => document.querySelector('.segkit-tipping-press').hidden")
    assert page.evaluate("() => document.activeElement.getAttribute('role')") == "gridcell"
    assert heat.get_by_role("row").first.get_attribute("aria-label") == "empty 0.5"


ON_PAPER = """(root) => {
  root.style.width = "180mm"; // a sheet is narrower than the window, and no board is laid out anew for it
  const inside = (name) => [...root.querySelectorAll(name)].map((node) => node.getBoundingClientRect());
  const [frame] = inside(".segkit-parable-frame");
  const [cells] = inside(".segkit-parable-cells");
  const wide = inside(".segkit-parable-cells, .segkit-parable-borders, .segkit-parable-chart, table")
    .filter((each) => each.right > frame.right).length;
  const buttons = inside("button").filter((each) => each.width).length;
  root.style.width = "";
  return { wide, buttons, square: cells.width / cells.height };
}"""


@pytest.mark.parametrize("stage", ["settle", "three_moods"])
def test_a_board_fits_a_sheet_of_paper(page, board, stage):
    one = board(stage, SIZES["projector"])
    cells = one.locator(".segkit-parable-cells").bounding_box()
    page.emulate_media(media="print")
    seen = one.evaluate(ON_PAPER)
    assert seen["wide"] == seen["buttons"] == 0
    assert seen["square"] == pytest.approx(cells["width"] / cells["height"], rel=0.02)
