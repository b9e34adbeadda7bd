"""The boards of Unit 2.1 in a browser: what the imperative asks for can be done, and earns the moral."""

import re

import pytest

from segkit import parables
from segkit.words import say, words

BOARDS = {
    make().name: make
    for make in (
        parables.one_unhappy,
        parables.lower_the_wish,
        parables.double_wish,
        parables.together,
        parables.catchment_areas,
    )
}


@pytest.fixture(scope="module")
def page(lasting_page, lasting_notebook, open_voila):
    """All boards on one page; each test plays its own."""
    cells = [[f"sk.Parable(parables.{make.__name__}())"] for make in BOARDS.values()]
    name = lasting_notebook(
        "boards-of-unit-2-1", ["import segkit as sk\nfrom segkit import parables"], *cells
    )
    return open_voila(lasting_page(), name)


@pytest.fixture
def boards(page):
    """board("name") -> where it is."""

    def board(stage):
        task = say(f"parable.{stage}.task")
        found = page.locator(".segkit-parable[data-at]").filter(has_text=task)
        found.wait_for()
        found.scroll_into_view_if_needed()
        return found

    return board


def moral_of(stage) -> re.Pattern:
    """The moral, whatever numbers fill its blanks; a number and its % stand on one line."""
    told = re.escape(words()[f"parable.{stage}.moral"]).replace("\\ ", "\\s")
    return re.compile(re.sub(r"\\\{\w+\\\}", r"[\\d.,]+", told))


def drag(page, board, start, end):
    def middle(cell):
        return board.evaluate(
            """(root, cell) => {
            const columns = Number(root.dataset.columns);
            const box = root.querySelector('[role=application]').getBoundingClientRect();
            const side = box.width / columns, row = Math.floor(cell / columns), column = cell % columns;
            return [box.left + (column + 0.5) * side, box.top + (row + 0.5) * side]; }""",
            cell,
        )

    page.mouse.move(*middle(start))
    page.mouse.down()
    page.mouse.move(*middle(end), steps=4)
    page.mouse.up()


def test_one_drag_mends_one_mood(page, boards):
    board = boards("one_unhappy")
    assert board.get_by_text(moral_of("one_unhappy")).count() == 0, "nothing is said before play"
    drag(page, board, 4, 2)
    board.get_by_text(moral_of("one_unhappy")).wait_for()
    board.get_by_text("Settled after one move").wait_for()


def test_the_first_triangle_alone_is_unhappy_and_the_second_makes_both_content(page, boards):
    board = boards("together")
    drag(page, board, 17, 3)
    board.get_by_text("and it is unhappy").wait_for()
    assert board.get_by_text(moral_of("together")).count() == 0
    drag(page, board, 30, 4)
    board.get_by_text(moral_of("together")).wait_for()


def test_a_lower_wish_moves_nobody(page, boards):
    board = boards("lower_the_wish")
    wish = board.get_by_label(say("parable.slider.least"))
    wish.focus()
    wish.press("Home")  # 0 %
    board.get_by_text(moral_of("lower_the_wish")).wait_for()
    board.get_by_role("button", name=say("parable.view.run")).click()
    page.wait_for_timeout(500)
    assert board.get_attribute("data-at") == "0"


def test_the_double_wish_is_played_to_its_end_and_says_how_far_d_fell(page, boards):
    board = boards("double_wish")
    board.get_by_role("button", name=say("parable.view.run")).click()
    board.get_by_text(moral_of("double_wish")).wait_for()
    assert int(board.get_attribute("data-unhappy")) == 0 < int(board.get_attribute("data-at"))


def test_catchments_across_the_border_are_chosen_and_d_falls(boards):
    board = boards("catchments")
    for cut in ("along", "across"):
        board.get_by_label(say(f"parable.cut.{cut}"), exact=True).check()
    board.get_by_text(moral_of("catchments")).wait_for()
    assert board.locator("canvas.segkit-parable-chart").count() == 0, "nobody moves, so there is no curve"
