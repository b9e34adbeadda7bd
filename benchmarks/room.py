"""Thirty people open a page at the same moment, and everybody plays: `segkit present`, visitors without eyes.

What a visitor's own laptop takes to draw is not in these times; that the clients share our cores is.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil
from timing import Found, busy, findings
from visitor import Visitor
from visitor import room as served

PAGES = {
    "the board": ("unit-2-1-definition", "Parable"),
    "the calculator": ("unit-2-2-measuring", "Calculator"),
}
PEOPLE = 30
ROUNDS = 5
AIM = 2  # seconds


def room(quick: bool = False) -> list[str]:
    """A room of thirty on two pages, ready and not; what they wait for, and what they cost."""
    people = 1 if quick else PEOPLE
    rows = [row for ready in (True, False) for row in asked_for(people, ready)]
    return [*findings(rows, f"{people} people at once"), "", f"Each on a page of their own{busy()}."]


def asked_for(people: int, ready: bool) -> list[Found]:
    rows, words = [], [word for name, _ in PAGES.values() for word in ("--page", name)]
    warm = ("--warm", str(len(PAGES) * people if ready else 0))
    how = "ready" if ready else "not ready"
    with tempfile.TemporaryDirectory() as own, served(*words, *warm, said=Path(own, "log")) as (url, process):
        for what, (name, kind) in PAGES.items():
            print(f"{what}, {how}", file=sys.stderr)
            rows += asyncio.run(together(url, people, f"{name}.ipynb", kind, f"{what}, {how}", ready))
            if ready:
                rows += cost(process.pid, what, people)
    return rows


async def together(url: str, people: int, page: str, kind: str, what: str, aimed: bool) -> list[Found]:
    """Everybody opens the page at the same moment; when all have it, everybody plays."""
    visitors = [Visitor(url) for _ in range(people)]
    await asyncio.gather(*(one.ask("/") for one in visitors))
    waited = await asyncio.gather(*(arrive(one, page) for one in visitors))
    rows = spread(f"{what}: until the first widget is there", waited, AIM if aimed else None)
    if aimed:
        answered = await asyncio.gather(*(play(one, kind) for one in visitors))
        rows += spread(f"{what}: until an answer", [wait for each in answered for wait in each], None)
        rows.append(Found(f"{what}: errors", sum(one.errors for one in visitors), "", 0))
    return rows


async def arrive(one: Visitor, page: str) -> float:
    began = time.perf_counter()
    answer = await one.open(page)
    assert answer.code == 200, answer.body[:300]
    await one.connect()
    await one.widgets()
    return time.perf_counter() - began


async def play(one: Visitor, kind: str) -> list[float]:
    """A board is run, or numbers are typed, as fast as somebody can: what each answer took."""
    widget, waits, epoch = one.widget(kind), [], 0
    if kind == "Parable":
        epoch = (await one.tell(widget, {"do": "hello"}, "board"))["epoch"]
    for turn in range(ROUNDS):
        began = time.perf_counter()
        if kind == "Parable":
            asked = {"do": "more", "epoch": epoch, "at": 20 * turn, "have": 20 * turn, "want": 40}
            await one.tell(widget, asked, "chunk")
        else:
            cell = {"do": "cell", "row": 0, "column": 1, "text": str(100 + turn)}
            await one.tell(widget, {"do": "edit", "view": "v", "seq": turn + 1, "gestures": [cell]}, "page")
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(1)
    return waits


def spread(what: str, waits: list[float], aim: float | None) -> list[Found]:
    waits = sorted(waits)
    late = waits[min(len(waits) - 1, int(0.95 * len(waits)))]
    return [
        Found(f"{what}, median", statistics.median(waits), "s"),
        Found(f"{what}, 95 of 100", late, "s"),
        Found(f"{what}, the last", waits[-1], "s", aim),
    ]


def cost(pid: int, what: str, people: int) -> list[Found]:
    """Memory that would be free again without them: shared pages counted in equal parts."""
    server = psutil.Process(pid)
    each = [psutil.Process(one.pid).memory_full_info().pss for one in server.children(recursive=True)]
    return [
        Found(f"memory of one person's program, mean, after {what}", statistics.mean(each) / 1e6, "MB"),
        Found(f"memory of the server, after {what}", server.memory_full_info().pss / 1e6, "MB"),
    ]
