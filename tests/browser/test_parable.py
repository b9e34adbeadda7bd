"""What only a browser shows of a board: it is dragged, runs, goes back, speaks, sleeps, keeps to Python."""

import base64
import json
import random
import re
from functools import cache
from itertools import count
from pathlib import Path

import pytest

import segkit.widgets
from segkit import parables
from segkit.playing import Stage
from segkit.schelling import Board, Wish
from segkit.widgets.parable import Parable
from segkit.words import words

START = """
import ipywidgets
import segkit as sk
from segkit.playing import Stage
from segkit.schelling import Board, Wish
from segkit.widgets.parable import Parable
"""
EVERYTHING = START + "Parable(size=20, seed=1)"
# one page with a board for every test that wants one, and a button that asks Python what each of them holds
BOARDS = 11
MANY = START + f"boards = [Parable(size=20, seed=1) for _ in range({BOARDS})]"
ASKED = """
button, answer, times = ipywidgets.Button(description="Ask Python"), ipywidgets.Label("nothing yet"), [0]
def tell(_):
    times[0] += 1
    said = [str(times[0])]
    for board in boards:
        now = board.board
        cells, faces = ("".join(map(str, what.ravel())) for what in (now.cells, now.faces))
        said.append(f"{board.playing.at} {cells} {faces}")
    answer.value = "/".join(said)
button.on_click(tell)
ipywidgets.VBox([button, answer])
"""
TINY = START + "Parable(Stage('free', Board.of('TTS\\nSST\\nS.S'), drag='unhappy'))"
BY_HAND = "Parable(Stage('free', Board.of('TTTT.SSS\\nT.TSTT.T'), ('start',), ('alike',)))"
FULL = (
    START
    + """
controls = 'run step speed scrub new start block'.split()
Parable(Stage('free', Board.random(20, seed=4), controls, ('alike', 'index', 'dissimilarity', 'isolation')))
"""
)


@pytest.fixture(scope="module")
def town(lasting_page, lasting_notebook, open_voila):
    """One page with many boards, the same at the start."""
    codes = (MANY, ASKED, *(f"boards[{k}]" for k in range(BOARDS)))
    page = open_voila(lasting_page(), lasting_notebook("many-boards", *([code] for code in codes)))
    page.locator(".segkit-parable[data-at]").nth(BOARDS - 1).wait_for()
    page.taken = 0
    return page


@pytest.fixture(scope="module")
def sheet(lasting_page):
    """sheet(0), sheet(1): pages for whatever a test puts on them."""
    return cache(lambda number: lasting_page())


@pytest.fixture
def new_page(sheet):
    """One of these pages after the other, empty and as wide as a laptop's."""
    numbers = count()

    def page():
        page = sheet(next(numbers))
        page.set_viewport_size({"width": 1280, "height": 800})
        page.mouse.move(0, 0)
        page.goto("about:blank")
        return page

    return page


@pytest.fixture
def page(request):
    """The page of the boards where a test asks for one of them, and otherwise an empty one."""
    if "free" in request.fixturenames:
        return request.getfixturevalue("town")
    return request.getfixturevalue("new_page")()


@pytest.fixture(scope="module")
def sizes(lasting_page, lasting_notebook, open_voila):
    """A large board and two small ones."""
    page = open_voila(lasting_page(), lasting_notebook("sizes", "# Sizes", [FULL], [TINY], [BY_HAND]))
    page.locator(".segkit-parable[data-at]").nth(2).wait_for()
    return page


@pytest.fixture
def free(town):
    """A board nobody has touched."""
    board = town.locator(".segkit-parable").nth(town.taken)
    board.number = town.taken
    town.taken += 1
    board.evaluate("root => root.scrollIntoView()")
    yield board
    board.evaluate(PAUSE)
    town.emulate_media(reduced_motion="no-preference")
    assert town.complaints == []


PAUSE = """root => [...root.querySelectorAll("button")]
    .find((button) => button.textContent.includes("Pause"))?.click()"""


STATE = """root => { const detail = {};
  root.dispatchEvent(new CustomEvent("segkit-parable-state", { detail }));
  return detail; }"""


def state(board):
    return board.evaluate(STATE)


def place(board, cell):
    """The middle of a cell, on the page."""
    return board.evaluate(
        """(root, [cell, columns]) => {
        const b = root.querySelector('[role=application]').getBoundingClientRect(), side = b.width / columns;
        const row = Math.floor(cell / columns), column = cell % columns;
        return [b.left + (column + 0.5) * side, b.top + (row + 0.5) * side]; }""",
        [cell, columns(board)],
    )


def columns(board):
    return int(board.get_attribute("data-columns"))


def drag(page, board, start, end, steps=4):
    board.evaluate("root => root.scrollIntoView()")
    page.mouse.move(*place(board, start))
    page.mouse.down()
    page.mouse.move(*place(board, end), steps=steps)
    page.mouse.up()


def free_cell(cells, chance):
    return chance.choice([k for k, kind in enumerate(cells) if not kind])


def settled_down(page, board):
    """Nothing is on its way to Python and back."""
    page.wait_for_function("root => root.dataset.waiting === 'false'", arg=board.element_handle())


def python_says(page, board):
    """Where Python stands with a board: the step, the cells, the faces."""
    label = page.locator(".widget-label").last
    before = label.text_content()
    page.get_by_role("button", name="Ask Python").evaluate("button => button.click()")
    page.wait_for_function(
        "before => [...document.querySelectorAll('.widget-label')].at(-1).textContent !== before", arg=before
    )
    at, cells, faces = label.text_content().split("/")[1 + board.number].split()
    return int(at), [int(k) for k in cells], [int(k) for k in faces]


def numbers(board):
    rows = board.locator(".segkit-parable-numbers tbody tr")
    names = [name.split("\n")[0] for name in rows.locator("th").all_inner_texts()]
    return dict(zip(names, rows.locator("td.segkit-parable-now").all_inner_texts(), strict=True))


def shown_unhappy(board):
    return int(board.locator("[data-name=unhappy] dd").inner_text())


def test_an_unhappy_one_is_dragged_and_python_holds_the_same_board(free, page):
    before = state(free)
    start, end = before["faces"].index(1), before["cells"].index(0)
    drag(page, free, start, end)
    settled_down(page, free)
    after = state(free)
    assert after["at"] == 1
    assert (after["cells"][end], after["cells"][start]) == (before["cells"][start], 0)
    assert python_says(page, free) == (1, after["cells"], after["faces"])
    assert shown_unhappy(free) == after["faces"].count(1)
    free.locator(".segkit-parable-said").get_by_text(" moved from row ").wait_for()


def test_a_run_goes_to_its_end_and_back_along_its_moves(free, page):
    before = state(free)
    free.get_by_role("button", name="Run").click()
    page.wait_for_function("root => Number(root.dataset.at) > 5", arg=free.element_handle())
    free.get_by_role("button", name="Pause").click()
    stopped = state(free)["at"]
    page.wait_for_timeout(300)
    assert state(free)["at"] == stopped
    free.get_by_role("button", name="Step").click()
    assert state(free)["at"] == stopped + 1
    free.get_by_role("button", name="Run").click()
    free.get_by_role("button", name="Run again").wait_for()
    end = state(free)
    assert end["at"] == end["count"] and 1 not in end["faces"]
    assert free.locator(".segkit-parable-ended").inner_text() == "Settled"
    free.locator(".segkit-parable-said").get_by_text("Settled after").wait_for()
    assert python_says(page, free) == (end["at"], end["cells"], end["faces"])
    last = numbers(free)
    scrub = free.get_by_role("slider", name="Go back along the moves")
    scrub.focus()
    scrub.press("Home")
    assert state(free)["cells"] == before["cells"] and state(free)["at"] == 0
    assert numbers(free)["neighbours alike"] < last["neighbours alike"]
    scrub.press("End")
    assert numbers(free) == last and state(free)["cells"] == end["cells"]


@pytest.mark.parametrize("luck", [1, 2])
def test_drags_at_any_moment_of_play_leave_both_sides_with_one_board(free, page, luck):
    chance = random.Random(luck)
    free.get_by_role("button", name="Run").click()
    for _ in range(6):
        page.wait_for_timeout(chance.randrange(0, 400))
        cells = state(free)["cells"]
        start = chance.choice([k for k, kind in enumerate(cells) if kind])
        page.mouse.move(*place(free, start))
        page.mouse.down()
        holding = state(free)["cells"]  # play waits while one is held
        page.mouse.move(*place(free, free_cell(holding, chance)), steps=3)
        if chance.random() < 0.3:
            page.wait_for_timeout(120)
        page.mouse.up()
        if chance.random() < 0.5:  # another at once, before Python has answered
            drag(page, free, (c := state(free)["cells"]).index(1), free_cell(c, chance), steps=1)
    pause = free.get_by_role("button", name="Pause")
    if pause.is_visible():
        pause.click()
    settled_down(page, free)
    here = state(free)
    assert python_says(page, free) == (here["at"], here["cells"], here["faces"])
    assert here["at"] > 6 and shown_unhappy(free) == here["faces"].count(1)
    scrub = free.get_by_role("slider", name="Go back along the moves")
    scrub.focus()
    scrub.press("Home")
    again = state(free)["cells"]
    assert again == python_says(page, free)[1] and state(free)["at"] == 0


def test_the_keyboard_finds_carries_drops_and_says_what_it_did(free, page):
    board = free.get_by_role("application")
    spoken = free.locator(".segkit-parable-box p[aria-live]")
    board.focus()
    board.press("u")
    assert ": unhappy;" in spoken.inner_text() and "neighbours" in spoken.inner_text()
    before = state(free)
    board.press("Enter")
    assert "picked up" in spoken.inner_text()
    board.press("e")
    assert "empty: here it would be" in spoken.inner_text()
    board.press("Enter")
    settled_down(page, free)
    after = state(free)
    assert after["at"] == 1 and after["cells"] != before["cells"]
    free.locator(".segkit-parable-said").get_by_text(" moved from row ").wait_for()
    assert python_says(page, free) == (1, after["cells"], after["faces"])
    board.focus()
    board.press("u")
    board.press("Space")
    board.press("ArrowDown")
    board.press("Escape")
    assert spoken.inner_text() == "Put back." and state(free)["cells"] == after["cells"]
    board.press("Home")
    assert "column 1:" in spoken.inner_text() or "column 1." in spoken.inner_text()
    board.press("End")
    assert "column 20" in spoken.inner_text()


def test_a_wish_asks_for_another_future_and_the_sliders_follow(free, page):
    before = shown_unhappy(free)
    slider = free.get_by_role("slider", name="at least")
    slider.focus()
    for _ in range(17):
        slider.press("ArrowRight")
    page.wait_for_function("root => Number(root.dataset.unhappy) > 120", arg=free.element_handle())
    assert shown_unhappy(free) > before and slider.get_attribute("aria-valuetext") == "50 %"
    here = state(free)
    assert python_says(page, free) == (0, here["cells"], here["faces"])


def test_new_boards_seeds_and_the_start(free, page):
    first = state(free)["cells"]
    handle = free.element_handle()
    free.get_by_role("button", name="New board").click()
    page.wait_for_function("root => Number(root.dataset.epoch) > 1", arg=handle)
    other = state(free)["cells"]
    assert other != first
    seed = free.get_by_label("Seed")
    assert seed.input_value() == "2"
    free.get_by_role("button", name="Step").click()
    epoch = state(free)["epoch"]
    free.get_by_role("button", name="Back to start").click()
    page.wait_for_function("([root, epoch]) => Number(root.dataset.epoch) > epoch", arg=[handle, epoch])
    assert state(free)["cells"] == other and state(free)["at"] == 0
    epoch = state(free)["epoch"]
    seed.fill("1")
    seed.press("Enter")
    page.wait_for_function("([root, epoch]) => Number(root.dataset.epoch) > epoch", arg=[handle, epoch])
    assert state(free)["cells"] == first


def test_what_can_be_taken_along(free, page, tmp_path):
    free.get_by_role("button", name="Step").click()
    free.get_by_role("button", name="Share").click()
    line = free.get_by_label("This line replays")
    line.wait_for()
    assert line.input_value().startswith("segkit:")
    free.get_by_role("button", name="Table").click()
    table = free.get_by_role("region").get_by_role("table")
    table.wait_for()
    assert table.locator("tbody tr").count() == 17  # 16 neighbourhoods of 5 × 5, and the whole
    free.get_by_role("button", name="Close").click()
    assert table.count() == 0
    with page.expect_download() as waiting:
        free.get_by_role("button", name="Picture").click()
    waiting.value.save_as(tmp_path / "board.png")
    assert waiting.value.suggested_filename == "board-after-1-moves.png"
    assert (tmp_path / "board.png").read_bytes()[:4] == b"\x89PNG"
    with page.expect_download() as waiting:
        free.get_by_role("button", name="Data").click()
    waiting.value.save_as(tmp_path / "board.csv")
    assert len((tmp_path / "board.csv").read_text().splitlines()) == 3  # the head, the start, one move


FRAMES = """() => { window.asked = 0; const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (act) => { window.asked++; return ask(act); }; }"""


def test_a_board_nobody_sees_asks_for_no_frame_and_sends_nothing(free, page):
    page.emulate_media(reduced_motion="reduce")  # so that no other board of the page shivers
    free.get_by_role("button", name="Run").click()
    page.wait_for_function("root => Number(root.dataset.at) > 2", arg=free.element_handle())
    free.evaluate("root => { root.style.transform = 'translateY(5000px)'; }")
    page.evaluate(FRAMES)
    for _ in range(5):  # on a busy machine it learns a little later that nobody sees it
        at, _ = state(free)["at"], page.evaluate("() => (window.asked = 0)")
        page.wait_for_timeout(700)
        if still := state(free)["at"] == at and page.evaluate("() => window.asked") == 0:
            break
    assert still
    free.evaluate("root => { root.style.transform = ''; }")
    page.wait_for_function("([root, at]) => Number(root.dataset.at) > at", arg=[free.element_handle(), at])
    free.get_by_role("button", name="Pause").click()


def test_with_less_motion_nothing_shivers_and_nothing_flies(free, page):
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(FRAMES)
    for _ in range(20):  # a busy page comes to rest a little later
        page.evaluate("() => { window.asked = 0; }")
        page.wait_for_timeout(500)
        if still := page.evaluate("() => window.asked") == 0:
            break
    assert still
    free.get_by_role("button", name="Step").click()
    page.wait_for_timeout(200)
    air = """root => { const c = root.querySelector('.segkit-parable-motion');
      return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v > 0); }"""
    assert state(free)["at"] == 1 and not free.evaluate(air)
    free.get_by_role("button", name="Run").click()
    page.wait_for_function("root => Number(root.dataset.at) > 5", arg=free.element_handle())
    assert not free.evaluate(air)


def test_a_finger_drags_what_can_be_moved_and_scrolls_elsewhere(browser, server, notebook):
    name = notebook("touched", "# Touched", [TINY])
    context = browser.new_context(viewport={"width": 390, "height": 500}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{server.url}/voila/render/notebooks/{name}.ipynb")
    page.locator(".segkit-parable[data-at]").wait_for(timeout=90_000)
    board = page.locator(".segkit-parable")
    before = state(board)
    unhappy, empty = before["faces"].index(1), before["cells"].index(0)
    page.evaluate("() => { document.body.style.paddingBottom = '2000px'; }")
    touch = context.new_cdp_session(page)

    def swipe(start, end):
        for k in range(7):
            x, y = (a + (b - a) * k / 6 for a, b in zip(start, end, strict=True))
            kind = "touchMove" if k else "touchStart"
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    x, y = place(board, unhappy)
    side = place(board, 1)[0] - place(board, 0)[0]
    to = place(board, empty)
    swipe((x, y), (to[0], to[1] + 0.5 * side + 26))  # it floats above the finger
    page.wait_for_function("root => root.dataset.at === '1'", arg=board.element_handle())
    assert page.evaluate("() => window.scrollY") == 0
    content = next(k for k, face in enumerate(state(board)["faces"]) if face > 1)
    x, y = place(board, content)
    swipe((x, y), (x, y - 150))
    page.wait_for_function("() => window.scrollY > 50")
    assert state(board)["at"] == 1
    context.close()


def test_who_is_content_cannot_be_moved_where_only_the_unhappy_may(sizes):
    page = sizes
    _, tiny, other = page.locator(".segkit-parable").all()
    before = state(tiny)
    content = next(k for k, face in enumerate(before["faces"]) if face > 1)
    drag(page, tiny, content, before["cells"].index(0))
    assert "only the unhappy may be moved here" in tiny.locator(".segkit-parable-said").inner_text()
    assert state(tiny)["cells"] == before["cells"]
    assert tiny.get_by_role("button").count() == 0  # only what the stage names
    drag(page, other, 0, 4)
    settled_down(page, other)
    assert state(other)["at"] == 1


def test_a_board_fits_the_screen_and_is_as_small_as_it_is(sizes, screenshot):
    page = sizes
    full, tiny, _ = page.locator(".segkit-parable").all()
    assert full.bounding_box()["height"] <= 690
    assert tiny.locator("[role=application]").bounding_box()["width"] == 192
    screenshot(page, "boards")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    screenshot(page, "boards")
    page.set_viewport_size({"width": 1280, "height": 800})


def test_in_lab_no_key_of_the_board_reaches_the_notebook(page, open_lab, notebook):
    open_lab(page, notebook("lab-boards", "# Boards", [EVERYTHING]))
    board = page.locator(".segkit-parable")
    page.locator(".segkit-parable[data-at]").wait_for()
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    app = board.get_by_role("application")
    app.focus()
    for key in ("a", "b", "d", "d", "x", "u", "Enter", "ArrowDown", "ArrowRight", "Escape", "e", "m", "y"):
        app.press(key)
    page.wait_for_timeout(300)
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells
    assert page.locator(".jp-Notebook .jp-MarkdownCell").count() == 1
    board.get_by_role("button", name="Run").press("Enter")
    page.wait_for_function("root => Number(root.dataset.at) > 2", arg=board.element_handle())
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells


# --- the line between page and Python, carried by hand: what comes late, comes as late as a test wants

SCRIPT = Path(segkit.widgets.__file__).parent / "parable.js"
PLUGGED = """async (script) => {
  const { default: widget } = await import("data:text/javascript;base64," + script);
  window.sent = [];
  window.here = [];
  document.addEventListener("segkit:here", (event) => window.here.push(event.target.dataset.segkitId));
  const ears = [];
  const send = (message) => window.sent.push(message);
  const model = { on: (_, hear) => ears.push(hear), off: () => {}, send };
  window.told = (message, buffers) => {
    const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const views = buffers.map((text) => new DataView(bytes(text).buffer));
    for (const hear of ears) hear(message, views);
  };
  widget.render({ model, el: document.body.appendChild(document.createElement("div")) });
}"""


class Wire:
    """A board in a page and a Parable in this program; nothing passes between them until it is carried."""

    def __init__(self, page, parable):
        self.page, self.parable, self.said = page, parable, []
        parable.send = lambda message, buffers=(): self.said.append((message, list(buffers)))
        page.goto("about:blank")
        page.set_content("<!doctype html><body></body>")
        page.add_style_tag(path=SCRIPT.with_suffix(".css"))
        page.evaluate(PLUGGED, base64.b64encode(SCRIPT.read_bytes()).decode())
        self.board = page.locator(".segkit-parable")
        self.carry()

    def to_python(self):
        """What the page has sent, heard by Python; what it was."""
        messages = self.page.evaluate("() => window.sent.splice(0)")
        for message in messages:
            self.parable._hear(None, message, None)
        return [message["do"] for message in messages]

    def to_page(self, *kinds):
        """What Python has answered, heard by the page; only these kinds, if any are named."""
        now = [answer for answer in self.said if not kinds or answer[0]["do"] in kinds]
        self.said = [answer for answer in self.said if answer not in now]
        for message, buffers in now:
            texts = [base64.b64encode(bytes(buffer)).decode() for buffer in buffers]
            self.page.evaluate("([message, buffers]) => window.told(message, buffers)", [message, texts])

    def carry(self):
        while self.to_python() or self.said:
            self.to_page()

    def agree(self):
        here, there = state(self.board), self.parable
        assert (here["at"], here["count"]) == (there.playing.at, len(there.playing))
        assert here["cells"] == there.board.cells.ravel().tolist()
        assert here["faces"] == there.board.faces.ravel().tolist()


CONTROLS = ("run", "step", "speed", "scrub", "new")


@pytest.fixture
def restless(new_page):
    """A board that goes on for thousands of moves."""
    board = Board.random(12, wish=Wish("3/4"), seed=3)
    return Wire(new_page(), Parable(Stage("free", board, CONTROLS, ("alike",))))


def test_run_needs_no_answer_and_moves_asked_for_before_a_drop_are_dropped(restless):
    board, page = restless.board, restless.page
    speed = board.get_by_role("slider", name="Speed")
    speed.focus()
    speed.press("End")
    board.get_by_role("button", name="Run").click()
    page.wait_for_function("() => window.sent.some((message) => message.do === 'more')")
    restless.to_python()  # more moves are on their way; those at hand come to their end
    page.wait_for_function("root => root.dataset.at === root.dataset.count", arg=board.element_handle())
    board.get_by_role("button", name="Pause").click()
    scrub = board.get_by_role("slider", name="Go back along the moves")
    scrub.focus()
    scrub.press("ArrowLeft")
    count = state(board)["count"]
    cells = state(board)["cells"]
    drag(page, board, next(k for k, kind in enumerate(cells) if kind), cells.index(0))
    assert state(board)["at"] == state(board)["count"] == count  # another story, and as long as the old one
    restless.to_page("chunk")
    assert state(board)["count"] == count
    restless.carry()
    restless.agree()


def test_drops_made_before_python_has_answered_all_arrive(restless):
    board, page = restless.board, restless.page
    for _ in range(3):
        cells = state(board)["cells"]
        drag(page, board, next(k for k, kind in enumerate(cells) if kind), cells.index(0), steps=1)
    here = state(board)
    assert here["at"] == 3 and restless.parable.playing.at == 0
    restless.carry()
    assert state(board)["cells"] == here["cells"] and restless.parable.playing.drags == 3
    restless.agree()


def test_a_drop_that_python_refuses_is_taken_back(restless):
    board, page = restless.board, restless.page
    before = state(board)["cells"]
    restless.parable.playing._refused = lambda *_: "Not there."
    drag(page, board, next(k for k, kind in enumerate(before) if kind), before.index(0))
    assert state(board)["at"] == 1
    restless.to_python()
    restless.to_page()
    assert state(board)["at"] == 0 and state(board)["cells"] == before
    assert board.locator(".segkit-parable-said").inner_text() == "Not there."
    board.get_by_role("button", name="Step").click()
    restless.carry()
    assert state(board)["at"] == 1
    restless.agree()


def test_a_new_board_asked_for_while_a_drop_is_on_its_way_still_comes(restless):
    board, page = restless.board, restless.page
    cells = state(board)["cells"]
    drag(page, board, next(k for k, kind in enumerate(cells) if kind), cells.index(0))
    board.get_by_role("button", name="New board").click()
    restless.carry()
    assert restless.parable.playing.start.seed == 4 and state(board)["at"] == 0
    restless.agree()


# --- what the eye is told: counts at the pointer, failed drops, the truth of the place


def words_under(board):
    return board.locator(".segkit-parable-here").inner_text()


def saying(board):
    return board.locator(".segkit-parable-saying").inner_text().strip()


def test_the_pointer_shows_whom_it_meets_and_how_one_would_fare(restless):
    board, page = restless.board, restless.page
    now = restless.parable.board
    same, met = now.likes
    k = state(board)["faces"].index(1)
    height = board.bounding_box()["height"]
    page.mouse.move(*place(board, k))
    kind = {1: "Triangle", 2: "Square"}[now.cells.flat[k]]
    assert words_under(board) == f"{kind}: unhappy; {same.flat[k]} of {met.flat[k]} neighbours like it."
    empty = state(board)["cells"].index(0)
    page.mouse.move(*place(board, empty))
    assert words_under(board) == "Empty cell."
    page.mouse.move(*place(board, k))
    page.mouse.down()
    page.mouse.move(*place(board, empty), steps=3)
    after = now.after(k, empty)
    face = {1: "unhappy", 2: "content", 3: "content but bored"}[after.faces.flat[empty]]
    counts = f"{after.likes[0].flat[empty]} of {after.likes[1].flat[empty]}"
    assert words_under(board) == f"Here it would be {face}; {counts} like it."
    page.mouse.up()
    assert f"{face}; {counts} neighbours like it." in words_under(board)
    assert board.bounding_box()["height"] == height
    page.mouse.move(1, 1)
    assert words_under(board) == ""


def test_a_drop_that_fails_says_so_and_nobody_vanishes_at_the_edge(restless):
    board, page = restless.board, restless.page
    before = state(board)["cells"]
    first, other = [k for k, kind in enumerate(before) if kind][:2]
    drag(page, board, first, other)
    assert saying(board) == "That cell is taken: put back."
    page.mouse.move(*place(board, first))
    page.mouse.down()
    x, y = place(board, len(before) - 1)
    page.mouse.move(x + 300, y, steps=3)
    page.wait_for_timeout(100)
    assert words_under(board) == "Outside the board."
    edge = """root => { const c = root.querySelector('.segkit-parable-motion');
      const wide = c.width * 0.15; // what is held is drawn at the right edge
      const image = c.getContext('2d').getImageData(c.width - wide, 0, wide, c.height);
      return image.data.filter((v, k) => k % 4 === 3 && v > 200).length; }"""
    assert board.evaluate(edge) > 200
    page.mouse.up()
    assert saying(board) == "Outside the board: put back."
    assert state(board)["cells"] == before and state(board)["at"] == 0


def test_what_is_said_is_true_of_where_the_reader_stands(new_page, monkeypatch):
    monkeypatch.setitem(words(), "parable.free.moral", "So it is.")
    stage = Stage("free", Board.random(8, seed=1), CONTROLS, ("alike",), reached=lambda playing: playing.over)
    wire = Wire(new_page(), Parable(stage))
    board = wire.board
    moral, pill = board.locator(".segkit-parable-moral"), board.locator(".segkit-parable-ended")
    assert saying(board) == "" and pill.inner_text() == ""
    for _ in range(state(board)["count"]):
        board.get_by_role("button", name="Step").click()
    wire.carry()
    count, unhappy = state(board)["count"], wire.parable.playing.unhappy(2)
    assert saying(board).startswith(f"Settled after {count} moves") and pill.inner_text() == "Settled"
    moral.get_by_text("So it is.").wait_for()
    scrub = board.get_by_role("slider", name="Go back along the moves")
    scrub.focus()
    scrub.press("Home")
    scrub.press("ArrowRight")
    scrub.press("ArrowRight")
    wire.carry()
    assert saying(board) == f"Move 2 of {count}: {unhappy} unhappy." and not moral.is_visible()
    assert pill.inner_text() == f"Move 2 of {count}"
    board.get_by_role("button", name="Run").click()
    assert "Settled" not in saying(board) and not moral.is_visible()
    board.get_by_role("button", name="Pause").click()
    scrub.press("End")
    wire.carry()
    assert saying(board).startswith("Settled after") and moral.is_visible()


def test_a_board_settled_from_the_start_claims_nothing_until_it_is_run(new_page):
    settled = Board.random(8, seed=1).settle()
    wire = Wire(new_page(), Parable(Stage("free", settled, CONTROLS, ("alike",))))
    pill = wire.board.locator(".segkit-parable-ended")
    assert pill.inner_text() == ""
    wire.board.get_by_role("button", name="Run").click()
    wire.carry()
    assert pill.inner_text() == "Settled" and saying(wire.board) == "Nobody is unhappy, so nobody moves."


# --- lines that are shared, seeds that are none, and what is saved


def test_a_shared_line_is_shown_whole_and_can_be_pasted_and_played(new_page):
    options = {"controls": ("run", "step", "share"), "lines": ("alike",)}
    other = Parable(Stage("free", Board.random(12, seed=9), **options))
    other.playing.look_ahead()
    other.playing.go(5)
    wire = Wire(new_page(), Parable(Stage("free", Board.of("TTS.\nSST.\nS.ST" + "\nTSTS" * 40), **options)))
    board, page = wire.board, wire.page
    board.get_by_role("button", name="Share").click()
    wire.carry()
    shown = board.get_by_label("This line replays")
    assert shown.input_value() == wire.parable.recipe
    assert shown.evaluate("field => field.scrollHeight <= field.clientHeight + 1")
    before = state(board)["cells"]
    field = board.get_by_label("Play a shared line")
    field.fill("segkit: size=5x5; 3 jump")
    field.press("Enter")
    wire.carry()
    assert "“3 jump” is no part" in saying(board) and state(board)["cells"] == before
    assert field.input_value() == "segkit: size=5x5; 3 jump"  # to be mended
    field.fill(other.recipe)
    board.get_by_role("button", name="Play it").click()
    wire.carry()
    assert state(board)["cells"] == other.board.cells.ravel().tolist() and state(board)["at"] == 5
    assert saying(board).startswith("The shared line is played, up to move 5.")
    board.get_by_role("button", name="Step").click()
    wire.carry()
    wire.agree()
    assert field.count() == 0 and page.evaluate("() => document.activeElement !== document.body")


def test_a_seed_that_is_none_is_said_and_the_field_shows_what_was_used(new_page):
    wire = Wire(new_page(), Parable(Stage("free", Board.random(6, seed=7), ("seed", "run"))))
    field = wire.board.get_by_label("Seed")
    for text in ("3.7", "-5", "", "12345678901234567890"):
        field.fill(text)
        field.press("Tab")
        wire.carry()
        assert field.input_value() == "7" and wire.parable.playing.start.seed == 7
        assert saying(wire.board).endswith("it stays 7.")
    field.fill("1e5")
    field.press("Enter")
    wire.carry()
    assert field.input_value() == "100000" and wire.parable.playing.start.seed == 100_000
    assert saying(wire.board).startswith("A new board, seed 100000.")


def test_a_line_has_one_look_on_every_board_and_none_where_nothing_is_drawn(page):
    def looks(**options):
        stage = Stage("free", Board.random(8, seed=1), **{"controls": ("run",), **options})
        board = Wire(page, Parable(stage)).board
        paths = board.locator(".segkit-parable-numbers tbody path").all()
        return [(path.get_attribute("stroke"), path.get_attribute("stroke-dasharray")) for path in paths]

    everything = looks(lines=("alike", "index", "dissimilarity", "isolation"))
    assert len(set(everything)) == 4
    assert looks(lines=("dissimilarity",)) == everything[2:3]
    assert looks(lines=("alike", "isolation")) == [everything[0], everything[3]]
    assert looks(lines=("dissimilarity",), controls=("table",), drag="none") == []


def test_beside_all_the_sliders_the_curve_keeps_its_height(new_page):
    wire = Wire(new_page(), Parable(size=20, seed=1))
    screens = ((1116, 800, 160), (1352, 1080, 220))  # as wide as Voila leaves a board
    for width, height, least in screens:
        wire.page.set_viewport_size({"width": width, "height": height})
        wire.page.wait_for_timeout(200)
        assert wire.board.locator(".segkit-parable-chart").bounding_box()["height"] >= least


def test_what_is_saved_is_acknowledged(free, page):
    with page.expect_download():
        free.get_by_role("button", name="Picture").click()
    assert saying(free) == "Saved as board-after-0-moves.png."
    with page.expect_download() as waiting:
        free.get_by_role("button", name="Data").click()
    assert saying(free) == f"Saved as {waiting.value.suggested_filename}."


# --- nobody has to drag; what a page may ask; other themes, languages and sizes


def tap(page, board, cell):
    page.mouse.move(*place(board, cell))
    page.mouse.down()
    page.mouse.up()


def test_nobody_has_to_drag_one_press_picks_up_and_another_puts_down(restless):
    board, page = restless.board, restless.page
    before = state(board)["cells"]
    start, end = next(k for k, kind in enumerate(before) if kind), before.index(0)
    tap(page, board, start)
    assert saying(board).startswith(("Triangle picked up.", "Square picked up."))
    assert state(board)["at"] == 0
    tap(page, board, end)
    restless.carry()
    assert restless.parable.playing.acts == [(0, "drag", start, end)]
    assert "moved from row " in saying(board)
    restless.agree()
    now = state(board)["cells"]
    first, taken = [k for k, kind in enumerate(now) if kind][:2]
    tap(page, board, first)
    tap(page, board, taken)
    assert saying(board) == "That cell is taken: put back." and state(board)["cells"] == now
    tap(page, board, first)
    tap(page, board, first)
    assert saying(board) == "Put back."
    tap(page, board, first)
    page.keyboard.press("Escape")
    assert state(board)["cells"] == now and state(board)["at"] == 1


def ask(board, what, detail=None):
    """What a page asks of a widget."""
    board.evaluate(
        "(root, [what, detail]) => root.dispatchEvent(new CustomEvent(`segkit:${what}`, { detail }))",
        [what, detail],
    )


KEPT = """root => { let kept = null;
  root.dispatchEvent(new CustomEvent("segkit:keep", { detail: { keep: (state) => { kept = state; } } }));
  return kept; }"""


def test_a_page_may_begin_elsewhere_go_back_and_take_up_what_was_lost(new_page):
    wire = Wire(new_page(), Parable(size=12, seed=1))
    board, page = wire.board, wire.page
    assert page.evaluate("() => window.here") == [wire.parable.ident]
    assert board.evaluate(KEPT) is None, "nobody has done anything"
    ask(board, "start", {"seed": "9", "wish": "0.5", "town": "larkfold"})
    wire.carry()
    assert wire.parable.board == Board.random(12, seed=9, wish=Wish("1/2"))
    assert saying(board).startswith("Begun as the link asks, with seed 9.")
    board.get_by_role("button", name="Step").click()
    wire.carry()
    cells = state(board)["cells"]
    drag(page, board, next(k for k, kind in enumerate(cells) if kind), cells.index(0))
    wire.carry()
    wire.agree()
    cells = state(board)["cells"]  # from here on Python does not answer any more
    drag(page, board, [k for k, kind in enumerate(cells) if kind][-1], cells.index(0))
    lost, kept = state(board), board.evaluate(KEPT)
    assert lost["at"] == 3 and len(json.dumps(kept)) < 1000

    again = Wire(new_page(), Parable(size=12, seed=1))
    ask(again.board, "resume", kept)
    again.carry()
    here = state(again.board)
    assert (here["at"], here["cells"], here["faces"]) == (3, lost["cells"], lost["faces"])
    assert saying(again.board).startswith("Taken up again where it stood, at move 3.")
    again.agree()
    assert again.board.evaluate(KEPT)["at"] == 3, "and it can be lost once more"
    ask(again.board, "reset")
    again.carry()
    assert state(again.board)["at"] == 0 and saying(again.board).startswith("Back to the start.")


def test_a_link_that_means_nothing_is_told_and_the_board_can_still_be_played(new_page):
    wire = Wire(new_page(), Parable(size=12, seed=1))
    ask(wire.board, "start", {"seed": "none"})
    wire.carry()
    assert saying(wire.board).endswith("cannot be understood: seed=none.")
    wire.board.get_by_role("button", name="Step").click()
    wire.carry()
    assert state(wire.board)["at"] == 1
    wire.agree()


DRAWN_IN = """root => { const canvas = root.querySelector('.segkit-parable-cells');
  const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data, found = {};
  for (let k = 0; k < data.length; k += 4) {
    const colour = '#' + [0, 1, 2].map(c => data[k + c].toString(16).padStart(2, '0')).join('');
    found[colour] = (found[colour] ?? 0) + 1;
  }
  return Object.entries(found).sort((a, b) => b[1] - a[1]).slice(0, 4).map(([colour]) => colour); }"""


@pytest.mark.parametrize("size", [12, 120])
def test_in_the_dark_the_board_is_drawn_anew_and_a_picture_stays_on_white_paper(new_page, size):
    wire = Wire(new_page(), Parable(size=size, seed=1))
    board, page = wire.board, wire.page
    light = board.evaluate(DRAWN_IN)
    hidden = """async () => { document.body.style.display = 'none'; // as JupyterLab does meanwhile
      document.body.dataset.jpThemeLight = 'false';
      await null;
      document.body.style.display = ''; }"""
    page.evaluate(hidden)
    page.wait_for_timeout(300)
    dark = board.evaluate(DRAWN_IN)
    assert {"#d55e00", "#0072b2"} < set(light) and {"#f28e4b", "#56b4e9"} < set(dark)
    seen = """async root => { const make = URL.createObjectURL; let blob;
      URL.createObjectURL = (made) => { blob = made; return make(made); };
      root.querySelector('[data-name=picture]').click();
      while (!blob) await new Promise(done => setTimeout(done, 20));
      const image = await createImageBitmap(blob), canvas = new OffscreenCanvas(image.width, image.height);
      const c = canvas.getContext('2d');
      c.drawImage(image, 0, 0);
      return [...c.getImageData(2, 2, 1, 1).data]; }"""
    with page.expect_download():
        assert board.evaluate(seen) == [255, 255, 255, 255]
    page.evaluate("() => { document.body.dataset.jpThemeLight = 'true'; }")
    page.wait_for_timeout(100)
    assert board.evaluate(DRAWN_IN) == light


LONGER = {
    "it": lambda text: re.sub(r"\b[A-Za-z]{4,}\b(?![^{]*\})", lambda m: m[0] + m[0][-1] * 2, text),
    "ja": lambda text: re.sub(r"[A-Za-z ]{2,}(?![^{]*\})", lambda m: "隣人の割合"[: len(m[0]) // 2], text),
}
CUT = """root => { const frame = root.firstElementChild.getBoundingClientRect();
  return [...root.querySelectorAll('*')].filter(e => e.getClientRects().length
      && !e.closest('.segkit-parable-hidden, details:not([open]) > :not(summary), .segkit-parable-motion'))
    .filter(e => e.getBoundingClientRect().right > frame.right + 1)
    .map(e => e.className + ': ' + e.textContent); }"""


@pytest.mark.parametrize("lang", ["it", "ja"])
def test_longer_words_and_words_without_spaces_are_not_cut(new_page, monkeypatch, lang, screenshot):
    import segkit.words as room

    made = {key: LONGER[lang](text) for key, text in words("en").items() if key.startswith("parable.")}
    monkeypatch.setattr(room, "_words", lambda _: room.WORDS | made)
    with room.speaking("it"):
        wire = Wire(new_page(), Parable(size=20, seed=1))
        shared = Wire(new_page(), Parable(parables.catchment_areas()))
    assert wire.board.get_by_role("button", name=made["parable.view.run"], exact=True).is_visible()
    for one in (wire, shared):
        assert one.board.get_attribute("lang") == "it"
        for width, size in ((320, "normal"), (390, "large"), (640, "normal"), (1280, "large")):
            one.page.set_viewport_size({"width": width, "height": 800})
            one.page.evaluate("size => { document.documentElement.dataset.segkitSize = size; }", size)
            one.page.wait_for_timeout(150)
            assert one.board.evaluate(CUT) == [], (width, size)
            assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    screenshot(wire.page, f"board-{lang}")


def test_larger_letters_are_asked_for_once_for_the_whole_page(new_page):
    wire = Wire(new_page(), Parable(size=12, seed=1))
    size = "root => parseFloat(getComputedStyle(root.firstElementChild).fontSize)"
    usual = wire.board.evaluate(size)
    wire.page.evaluate("() => { document.documentElement.dataset.segkitSize = 'large'; }")
    assert wire.board.evaluate(size) > 1.25 * usual
