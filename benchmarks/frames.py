"""A board on a page of Voila, in Chromium, on a slow line: does any frame wait for the network?"""

import json
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
from slow_line import slow_line
from timing import Found, busy, findings, machine

from tests.browser import conftest as house

# Boards that go on and on: nobody is ever content for long, so that there is always somebody to move.
STUBBORN = (
    "Parable(Stage('free', Board.random({size}, wish=Wish(0.9), seed=3), "
    "('run', 'step', 'speed', 'scrub', 'new', 'start'), ('alike', 'index'), most=10**8))"
)
START = """
from segkit.playing import Stage
from segkit.schelling import Board, Wish
from segkit.widgets.parable import Parable
"""

# Counts frames from the inside: when each began, whether anything was drawn since the one before, and at
# which move the board stood (where it is small enough to ask each time).
COUNTER = """
(() => {
  let drawn = 0;
  for (const name of ["drawImage", "putImageData", "fill"]) {
    const really = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...all) {
      if (this.canvas.isConnected) drawn++;
      return really.apply(this, all);
    };
  }
  let frames = [], going = false;
  const ask = { detail: null };
  window.framesOf = (root, exact) => {
    frames = [];
    going = true;
    drawn = 0;
    const turn = () => {
      if (!going) return;
      let at = Number(root.dataset.at);
      if (exact) {
        const detail = {};
        root.dispatchEvent(new CustomEvent("segkit-parable-state", { detail }));
        at = detail.at;
      }
      frames.push([performance.now(), drawn, at]);
      drawn = 0;
      requestAnimationFrame(turn);
    };
    requestAnimationFrame(turn);
  };
  window.framesSoFar = () => frames;
  window.framesEnd = () => { going = false; return frames; };
  window.pressedAt = {};
  for (const event of ["click", "pointerdown", "pointerup"])
    document.addEventListener(event, () => (window.pressedAt[event] = performance.now()), true);
})();
"""


# --- a place to play


@dataclass(frozen=True)
class Workshop:
    """A server with a folder for notebooks, and a browser."""

    url: str
    root: Path
    server: psutil.Process
    browser: object

    @contextmanager
    def page(self, url: str, *cells: str):
        """A page of Voila with these cells, all drawn; and how long it took to get there."""
        import nbformat.v4 as v4

        name = f"page-{time.monotonic_ns()}"
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        made = v4.new_notebook(
            cells=[v4.new_code_cell(cell) for cell in cells], metadata={"kernelspec": kernel}
        )
        (self.root / "notebooks" / f"{name}.ipynb").write_text(json.dumps(made))
        context = self.browser.new_context(viewport=house.SIZES["laptop"])
        context.set_default_timeout(house.PATIENCE)
        page = context.new_page()
        page.add_init_script(COUNTER)
        try:
            start = time.perf_counter()
            page.goto(f"{url}/voila/render/notebooks/{name}.ipynb", wait_until="commit")
            page.wait_for_function(house.DRAWN)
            page.locator(".segkit-parable[data-at]").first.wait_for()
            page.ready = time.perf_counter() - start
            yield page
        finally:
            context.close()

    def kernel(self) -> psutil.Process:
        """The process of the youngest kernel."""
        kernels = [
            p for p in self.server.children(recursive=True) if "ipykernel_launcher" in " ".join(p.cmdline())
        ]
        return max(kernels, key=lambda p: p.create_time())


@contextmanager
def workshop():
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "copy" / "notebooks").mkdir(parents=True)
        url = f"http://127.0.0.1:{(port := house.free_port())}"
        command = [
            sys.executable,
            "-m",
            "jupyterlab",
            "--no-browser",
            "--ServerApp.ip=127.0.0.1",
            "--allow-root",
        ]
        command += [
            f"--ServerApp.port={port}",
            f"--ServerApp.root_dir={home / 'copy'}",
            "--IdentityProvider.token=",
        ]
        server = house.started(command, url + "/api", home / "copy", home / "log", home)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=house.chromium_path(), args=house.FLAGS)
                yield Workshop(url, home / "copy", psutil.Process(server.pid), browser)
                browser.close()
        finally:
            house.stopped(server)


# --- what is counted


@dataclass(frozen=True)
class Smooth:
    """How smoothly something played: from the moments at which frames began (milliseconds)."""

    frames: tuple

    @property
    def gaps(self) -> list[float]:
        return [b[0] - a[0] for a, b in zip(self.frames, self.frames[1:], strict=False)]

    @property
    def per_second(self) -> float:
        return 1000 * len(self.gaps) / sum(self.gaps)

    @property
    def gap_95(self) -> float:
        return sorted(self.gaps)[int(0.95 * len(self.gaps))]

    @property
    def largest(self) -> float:
        return max(self.gaps)

    @property
    def drawn(self) -> float:
        """The share of frames in which the board was drawn."""
        return statistics.mean(drawn > 0 for _, drawn, _ in self.frames[1:])

    def since(self, moment: float) -> "Smooth":
        return replace(self, frames=tuple(f for f in self.frames if f[0] >= moment))

    def first_move(self, moment: float) -> float:
        """How long after a moment the board stood at another move (milliseconds)."""
        before = [at for t, _, at in self.frames if t <= moment]
        return next((t - moment for t, _, at in self.frames if t > moment and at != before[-1]), float("nan"))


def press(page, name: str, which: int = 0):
    page.get_by_role("button", name=name, exact=True).nth(which).click()


def count(page, exact: bool):
    page.evaluate("exact => framesOf(document.querySelector('.segkit-parable'), exact)", exact)


def counted(page) -> Smooth:
    return Smooth(tuple(map(tuple, page.evaluate("() => framesEnd()"))))


def least_busy(times: int, act):
    """What `act` gives in that of several turns in which the machine had least to do, and how busy it was."""
    found = []
    for _ in range(times):
        psutil.cpu_percent()
        came = act()
        found.append((psutil.cpu_percent(), came))
    return min(found, key=lambda pair: pair[0])


def started(page, exact: bool) -> float:
    """Run pressed: how long until the board stood at another move (milliseconds)."""
    page.wait_for_timeout(1500)  # the page has come to rest
    count(page, exact)
    page.wait_for_timeout(200)
    press(page, "Run")
    page.wait_for_timeout(1500)
    smooth = counted(page)
    return smooth.first_move(page.evaluate("() => pressedAt.click"))


def played(page, seconds: float, exact: bool) -> Smooth:
    """The frames of some seconds of playing."""
    count(page, exact)
    page.wait_for_timeout(1000 * seconds)
    return counted(page)


STATE = """root => { const detail = {};
  root.dispatchEvent(new CustomEvent("segkit-parable-state", { detail })); return detail; }"""


def dragged(page, wait: float = 2) -> tuple[Smooth, float]:
    """A polygon picked up and dropped while the board plays: the frames, and how long until it plays on."""
    board = page.locator(".segkit-parable").first
    field = board.locator("[role=application]")
    size = int(field.get_attribute("aria-label").split()[-2])
    box = field.bounding_box()

    def place(cell):
        side = box["width"] / size
        return box["x"] + (cell % size + 0.5) * side, box["y"] + (cell // size + 0.5) * side

    count(page, exact=True)
    page.wait_for_timeout(300)
    cells = board.evaluate(STATE)["cells"]
    start = next(k for k, kind in enumerate(cells) if kind and size < k)
    page.mouse.move(*place(start))
    page.mouse.down()
    now = board.evaluate(STATE)["cells"]  # playing waits while somebody is held
    row = start // size
    near = sorted(
        (abs(k // size - row) + abs(k % size - start % size), k) for k, kind in enumerate(now) if not kind
    )
    page.mouse.move(*place(near[0][1]), steps=5)
    page.mouse.up()
    page.wait_for_timeout(1000 * wait)
    smooth = counted(page)
    down, up = page.evaluate("() => [pressedAt.pointerdown, pressedAt.pointerup]")
    after = smooth.since(up)
    dropped = after.frames[0][2] if after.frames else 0
    on = next((t - up for t, _, at in after.frames if at > dropped + 1), float("nan"))
    return smooth.since(down), on


# --- the measurements


def on_the_line(shop, size: int, round_trip: float, targets: bool, quick: bool = False):
    """A board of size × size, played and dragged on a line of so many milliseconds there and back."""
    fast = 58 if size <= 20 else 50
    exact = size <= 50
    what = f"{size}×{size}, {round_trip:.0f} ms"
    times, seconds = (1, 1) if quick else (6, 5)
    with slow_line(shop.url, round_trip / 2000, round_trip / 2000) as line:
        with shop.page(line.url, START + STUBBORN.format(size=size)) as page:
            first = started(page, exact)
            busy, smooth = least_busy(times, lambda: played(page, seconds, exact))
            yield Found(
                f"{what}: frames a second",
                smooth.per_second,
                target=fast if targets else None,
                want="≥",
                note=f"drawn in {smooth.drawn:.0%} of them; the whole machine {busy:.0f} % busy",
            )
            yield Found(
                f"{what}: 95th percentile of gaps",
                smooth.gap_95,
                "ms",
                20 if targets and size <= 20 else None,
                note=f"largest {smooth.largest:.0f} ms",
            )
            yield Found(
                f"{what}: first move after the click",
                first,
                "ms",
                250 if targets else None,
                note=("" if exact else "looked for ten times a second; ")
                + f"the page was ready after {page.ready:.1f} s",
            )
            if exact:
                busy, (after, on) = least_busy(1 if quick else 3, lambda: dragged(page))
                yield Found(
                    f"{what}: largest gap while dragged and after",
                    after.largest,
                    "ms",
                    100 if targets else None,
                    note=f"playing goes on {on:.0f} ms after the drop; {busy:.0f} % busy",
                )


def many(shop, boards: int, seconds: float):
    """A page of many boards, all of them set to play: what those that nobody can see cost the page."""
    cost = {}
    for there, playing in ((1, 1), (boards, 1), (boards, boards)):
        with shop.page(shop.url, START, *[STUBBORN.format(size=20)] * there) as page:
            page.locator(".segkit-parable[data-at]").nth(there - 1).wait_for()
            for _ in range(playing):
                press(page, "Run", 0)  # the next one that does not play yet
            alone_in_sight(page)
            ask = page.context.new_cdp_session(page)
            ask.send("Performance.enable", {"timeDomain": "threadTicks"})  # a busy machine does not count
            before, stood = working(ask), steps(page)
            count(page, exact=False)
            page.wait_for_timeout(1000 * seconds)
            smooth = counted(page)
            cost[there, playing] = 100 * (working(ask) - before) / seconds
            moved = [b - a for a, b in zip(stood, steps(page), strict=True)]
    what = f"{boards} boards playing, one in sight"
    note = (
        f"of one core; {cost[boards, 1]:.0f} % if only that one plays, {cost[1, 1]:.0f} % without the others"
    )
    yield Found(f"{what}: the page's work", cost[boards, boards], "%", note=note)
    yield Found(f"{what}: moves of the others", sum(moved[1:]), "", 0, note=f"{moved[0]} of the one in sight")
    yield Found(f"{what}: frames a second", smooth.per_second)


def alone_in_sight(page):
    """The window just as high as the first board, so that no other is seen."""
    board = page.locator(".segkit-parable").first
    tall = int(board.bounding_box()["height"])
    page.set_viewport_size({"width": house.SIZES["laptop"]["width"], "height": tall})
    board.evaluate("board => board.scrollIntoView({ block: 'start' })")
    page.wait_for_timeout(1500)


def steps(page) -> list[int]:
    """At which move each board of the page stands."""
    return page.evaluate("() => [...document.querySelectorAll('.segkit-parable')].map((b) => +b.dataset.at)")


def working(ask) -> float:
    """For how many seconds the page's main thread has worked since it was opened."""
    return {m["name"]: m["value"] for m in ask.send("Performance.getMetrics")["metrics"]}["TaskDuration"]


def frames(quick: bool) -> list[str]:
    with workshop() as shop:
        rows = []
        for size, line, targets in (
            [(20, 150, False)]
            if quick
            else [(20, 0, False), (20, 150, True), (20, 300, False), (200, 150, True), (1000, 150, False)]
        ):
            rows += on_the_line(shop, size, line, targets, quick)
            print(*findings(rows[-4:], "so far")[2:], sep="\n", file=sys.stderr)
        rows += many(shop, *((2, 1) if quick else (20, 10)))
    return [
        *findings(rows, "Voila in Chromium, without a graphics card"),
        "",
        machine("anywidget", "voila", "playwright"),
    ]


def soak(quick: bool) -> list[str]:
    """Ten minutes of play: what the page and its kernel hold, minute by minute."""
    minutes, each = (2, 3) if quick else (10, 60)
    heap, rss, at = [], [], []
    with workshop() as shop, shop.page(shop.url, START + STUBBORN.format(size=20)) as page:
        kernel = shop.kernel()
        ask = page.context.new_cdp_session(page)
        ask.send("Performance.enable")
        press(page, "Run")
        for minute in range(minutes + 1):
            if minute:
                page.wait_for_timeout(1000 * each)
            ask.send("HeapProfiler.collectGarbage")
            metrics = {m["name"]: m["value"] for m in ask.send("Performance.getMetrics")["metrics"]}
            heap.append(metrics["JSHeapUsedSize"] / 2**20)
            rss.append(kernel.memory_info().rss / 2**20)
            at.append(int(page.locator(".segkit-parable").first.get_attribute("data-at")))
            print(f"minute {minute}: {heap[-1]:.1f} MiB, {rss[-1]:.1f} MiB, move {at[-1]}", file=sys.stderr)
    assert all(b > a for a, b in zip(at, at[1:], strict=False)), f"it did not play all the time: {at}"
    rows = [
        Found(
            "the page's JavaScript, growth after the first minute",
            heap[-1] - heap[1],
            "MiB",
            3,
            note=f"{heap[1]:.1f} → {heap[-1]:.1f} MiB, garbage collected",
        ),
        Found(
            "the kernel, growth after the first minute",
            rss[-1] - rss[1],
            "MiB",
            10,
            note=f"{rss[1]:.0f} → {rss[-1]:.0f} MiB resident",
        ),
        Found("moves played", at[-1], "", None),
    ]
    return [
        *findings(rows, f"{minutes * each / 60:.0f} minutes of play on 20×20"),
        "",
        f"Minute by minute: {', '.join(f'{h:.1f}' for h in heap)} MiB of JavaScript; "
        f"{', '.join(f'{r:.0f}' for r in rss)} MiB of kernel{busy()}.",
    ]
