"""A line on which every question takes two seconds: what a reader sees does not wait for it."""

import pytest
from slow_line import slow_line

THERE_AND_BACK = 2.0  # seconds; far more than a busy machine needs for a frame, so that waiting cannot hide
START = """
from segkit import playing
from segkit.playing import Playing, Stage
from segkit.schelling import Board, Wish
from segkit.widgets import parable
from segkit.widgets.parable import Parable
"""
# nobody is content for long: it plays for thousands of moves
BOARD = "Parable(Stage('free', Board.random(20, wish=Wish(0.9), seed=3), ('run', 'speed'), ('alike',)))"
ASKS_EACH_MOVE = "Playing.look_ahead.__defaults__ = (1,)\nparable.MOST_WANTED = 1\n"

WATCH = """root => {
  const seen = (window.seen = []); // [moment, move] of every frame
  const look = () => {
    const detail = {};
    root.dispatchEvent(new CustomEvent("segkit-parable-state", { detail }));
    seen.push([performance.now() / 1000, detail.at]);
    requestAnimationFrame(look);
  };
  look();
  for (const event of ["click", "pointerdown", "pointerup"])
    document.addEventListener(event, () => (window[event] = performance.now() / 1000), true);
}"""


@pytest.fixture
def line(server):
    """The way to our server; it becomes slow when a test says so."""
    with slow_line(server.url, there=0, back=0) as line:
        yield line


@pytest.fixture
def opened(line, new_page, open_voila, notebook):
    """A page with a board, opened in good time, and from then on far away."""

    def open_it(code):
        page = open_voila(new_page(url=line.url), notebook("line", [START + code + BOARD]), url=line.url)
        board = page.locator(".segkit-parable[data-at]")
        board.wait_for()
        page.wait_for_timeout(500)
        line.there = line.back = THERE_AND_BACK / 2
        board.evaluate(WATCH)
        return page, board

    return open_it


def at_pace(board, place):
    """The slider of the speed at a place from 0 to 100."""
    board.get_by_role("slider", name="Speed").evaluate(
        "(slider, place) => { slider.value = place; slider.dispatchEvent(new Event('input')); }", place
    )


def moves(page, since=0.0):
    """When the board stood at another move than the frame before."""
    seen = page.evaluate("() => window.seen")
    pairs = zip(seen, seen[1:], strict=False)
    return [now for (_, before), (now, at) in pairs if at != before and now >= since]


def largest_gap(moments):
    return max(b - a for a, b in zip(moments, moments[1:], strict=False))


def test_a_board_runs_at_once_and_no_move_waits_for_the_line(opened):
    page, board = opened("")
    at_pace(board, 75)
    board.get_by_role("button", name="Run").click()
    # far enough that moves had to be asked for on the way
    page.wait_for_function("root => Number(root.dataset.at) > 800", arg=board.element_handle())
    clicked = page.evaluate("() => window.click")
    made = moves(page)
    assert made[0] - clicked < THERE_AND_BACK / 2
    assert largest_gap(made) < THERE_AND_BACK / 2


def test_had_every_move_to_be_asked_for_these_tests_would_see_it(opened):
    page, board = opened(ASKS_EACH_MOVE)
    board.get_by_role("button", name="Run").click()
    page.wait_for_function("root => Number(root.dataset.at) >= 3", arg=board.element_handle())
    assert largest_gap(moves(page)) > THERE_AND_BACK


def test_a_drop_counts_at_once_and_frames_go_on_while_python_is_told(opened):
    page, board = opened("")
    board.get_by_role("button", name="Run").click()
    page.wait_for_function("root => Number(root.dataset.at) > 10", arg=board.element_handle())
    field = board.locator("[role=application]")
    box = field.bounding_box()
    side = box["width"] / 20

    def cells():
        ask = """root => { const detail = {};
          root.dispatchEvent(new CustomEvent("segkit-parable-state", { detail })); return detail.cells; }"""
        return board.evaluate(ask)

    def place(cell):
        return box["x"] + (cell % 20 + 0.5) * side, box["y"] + (cell // 20 + 0.5) * side

    # pressed where somebody stands: from then on the board waits, and nobody else takes the place chosen
    page.mouse.move(*place(next(k for k, kind in enumerate(cells()) if kind)))
    page.mouse.down()
    end = next(k for k, kind in enumerate(cells()) if not kind)
    page.mouse.move(*place(end), steps=5)
    page.mouse.up()
    assert cells()[end] > 0
    dropped = page.evaluate("() => window.pointerup")
    page.wait_for_function("then => performance.now() / 1000 > then + 4", arg=dropped + THERE_AND_BACK)
    frames = [now for now, _ in page.evaluate("() => window.seen") if now > dropped]
    assert largest_gap(frames) < THERE_AND_BACK / 2
    on = moves(page, dropped + THERE_AND_BACK)
    assert on and on[0] - dropped < 2 * THERE_AND_BACK  # one answer later it plays on
    assert page.complaints == []
