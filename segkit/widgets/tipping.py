"""A heat map that fills while one watches: wish against empty cells, each cell some boards left to settle.

The boards are played beside the kernel, on all cores, a coarse picture first; the page is told by messages,
at most ten a second, and goes on answering meanwhile.

Another seed, as a link asks for it (?seed=7), is another map. A page that had to be loaded again sends what
it was ("resume"); the boards are then played once more, and come out the same.
"""

import asyncio
import csv
import io
import re
from dataclasses import replace
from math import log10
from threading import Event, Thread
from time import monotonic

import anywidget
import ipywidgets
import numpy as np

from segkit.schelling import Board
from segkit.sweeps import OUTCOME, ROW, Plan, Sweep, endings, in_parts, left, typical, written
from segkit.widgets import numbered
from segkit.widgets.code import code, look
from segkit.words import language, number, say

SHOWS = ("index", "alike", "dissimilarity", "settled", "moves")
WISHES = tuple(f"{k}/20" for k in range(2, 17))  # 0.1 to 0.8
FULL = tuple(f"{k}/20" for k in range(10, 20))  # half to nearly all of the cells
PAUSE = 0.1  # seconds between two messages about what has been played


class Tipping(ipywidgets.VBox):
    """Where it tips: press run, and wish by emptiness the map fills; open a cell and play it by hand.

    least, full : the shares that go across and up (down, to be exact: emptiness grows upwards).
    composition and the other options are those of `simulate`; repeats : boards for each cell.
    show : which number is shown first, one of "index", "alike", "dissimilarity", "settled", "moves".
    After: `.sweep` is everything that was played, `.board` the board of the cell last opened.

    >>> tipping = Tipping(least=("0.2", "0.5"), full=("0.8",), repeats=4, size=10)
    >>> print(tipping.run())
    Runs: 8, on 10 × 10 cells: wishes 2, shares of cells occupied 1, compositions 1, boards for each 4.
    Settled: 8. Not settled after 20,000 moves: 0.
    >>> tipping.choose("0.5").polygons
    80
    """

    def __init__(
        self,
        least=WISHES,
        full=FULL,
        composition="0.5",
        repeats=10,
        *,
        show="index",
        **options,
    ):
        plan = Plan(least, full, [composition], repeats, **options)
        if show not in SHOWS:
            raise ValueError(say("sweep.number", came=show, known=", ".join(SHOWS)))
        self.map = Map(plan, show, self._open)
        self.board: Board | None = None
        super().__init__(children=[self.map])

    @property
    def sweep(self) -> Sweep:
        """What has been played so far."""
        return self.map.sweep

    def run(self) -> Sweep:
        """Play everything that is left, here and now, and give the sweep."""
        self.map.play(Event())
        return self.sweep

    def choose(self, least, full=None) -> Board:
        """Put the first board of a setting beneath the map, as the reader does; gives that board."""
        board = self.sweep.board(least, full)
        self._show(board)
        return board

    def _open(self, setting: int | None) -> None:
        self._show(None if setting is None else self.map.plan.board(setting * self.map.plan.repeats))

    def _show(self, board: Board | None) -> None:
        from segkit.widgets.parable import Parable

        before, self.board = self.children[1:], board
        parables = [] if board is None else [Parable(board)]
        for parable in parables:
            parable.ident = f"parable-{self.map.ident}"  # the same when the page is loaded again
        self.children = [self.map, *parables]
        for parable in before:
            parable.close()

    def close(self):
        """Stop what is being played, and leave the page."""
        if hasattr(self, "map"):  # not where its options were refused
            self.map.close()
        super().close()


class Map(anywidget.AnyWidget):
    """The heat map itself: what it has been told to play, and what has come of it."""

    _esm, _css = code("tipping"), look("tipping")

    def __init__(self, plan: Plan, show: str = "index", opened=lambda setting: None):
        super().__init__()
        self.show, self._opened, self._loop = show, opened, None
        self.ident = numbered("tipping")  # by which a page knows it
        self._begin(plan)
        self.on_msg(self._hear)

    def _begin(self, plan: Plan) -> None:
        """Nothing has been played yet."""
        self.plan, self.opened = plan, None
        self.results = np.zeros(plan.shape[0] * plan.shape[1] * plan.repeats, OUTCOME)
        self.played = np.zeros(len(self.results), bool)
        self.said = say("tipping.ready", all=len(plan), rows=plan.size[0], columns=plan.size[1])
        self._stop, self._fresh = None, []

    @property
    def running(self) -> bool:
        """Is it being played?"""
        return self._stop is not None

    @property
    def settings(self) -> int:
        """How many cells the map has."""
        return len(self.plan.least) * len(self.plan.full)

    @property
    def sweep(self) -> Sweep:
        """What has been played so far."""
        shape = self.plan.shape
        return Sweep(self.plan, self.results.copy().reshape(shape), self.played.copy().reshape(shape))

    def close(self):
        """Stop what is being played, and leave the page."""
        self.stop()
        super().close()

    # --- playing

    def start(self) -> None:
        """Play what is left, beside everything else the kernel does."""
        if self.running or self.played.all():
            return
        try:
            self._loop = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None  # nobody but this program: messages are sent where they arise
        self._stop = Event()
        self._tell("begun")
        Thread(target=self._work, args=(self._stop,), daemon=True).start()

    def stop(self) -> None:
        """Stop at once; what is being played at this moment is still kept."""
        if self.running:
            self._stop.set()
            self._stop = None
            self._flush()
            self._tell("stopped")

    def _work(self, stop: Event) -> None:
        try:
            self.play(stop, told=lambda: self._in_loop(self._flush))
            self._in_loop(self._ended, stop)
        except Exception as error:  # whatever it is, the page must not wait for ever
            self._in_loop(self._ended, stop, type(error).__name__)

    def play(self, stop: Event, told=lambda: None) -> None:
        """Play the settings that are left, a coarse picture first, until they are done or `stop` is set."""
        n, last = self.plan.repeats, monotonic()
        results, played = self.results, self.played
        order = [s * n + np.arange(n) for s in coarse_first(len(self.plan.full), len(self.plan.least))]
        left = [runs[~played[runs]] for runs in order]
        parts = in_parts(self.plan, [part for runs in left for part in self.plan.chunks(runs)])
        try:
            for runs, came in parts:
                results[runs], played[runs] = came, True
                setting = int(runs[0]) // n
                if played is self.played and played[setting * n : (setting + 1) * n].all():
                    self._fresh.append(setting)
                if stop.is_set():
                    break
                if monotonic() - last > PAUSE:
                    last = monotonic()
                    told()
        finally:
            parts.close()

    def _ended(self, stop: Event, failed: str = "") -> None:
        self._flush()
        if self._stop is not stop:  # stopped by the reader, who knows
            return
        self._stop = None
        self._tell("failed" if failed else "done", why=failed)

    def _in_loop(self, act, *given) -> None:
        """Do something in the kernel's own loop: another thread's messages would fall in between others."""
        if self._loop is None:
            act(*given)
        else:
            try:
                self._loop.call_soon_threadsafe(act, *given)
            except RuntimeError:
                pass  # the loop has ended, and the kernel with it

    # --- messages

    def _hear(self, _, message, __):
        do = message.get("do") if isinstance(message, dict) else None
        if do == "hello":
            self.send(self.told())
            self._send_cells(finished(self))
        elif do == "run":
            self.start()
        elif do == "stop":
            self.stop()
        elif do == "open":
            self._open(message.get("at"))
        elif do == "link":
            self._link(message.get("seed"))
        elif do == "reset":
            self._anew(self.plan)
        elif do == "resume":
            self._resume(message.get("kept"))
        elif do == "data":
            name = say("tipping.data.name", seed=self.plan.seed)
            self.send({"do": "file", "name": f"{name}.csv", "text": csv_of(self.sweep), "type": "text/csv"})

    def _anew(self, plan: Plan) -> None:
        """Back to where nothing is played, perhaps with another seed."""
        self.stop()
        self._begin(plan)
        self._opened(None)
        self.send({"do": "anew", **self.state()})

    def _link(self, seed) -> None:
        if re.fullmatch(r"\d{1,15}", str(seed)):
            self._anew(replace(self.plan, seed=int(seed)))
        else:
            self._say(say("tipping.no_seed", came=str(seed)[:40]))

    def _resume(self, kept) -> None:
        """What a browser kept of a map: its seed, which setting was opened, and whether it was played."""
        if not isinstance(kept, dict):
            return
        if re.fullmatch(r"\d{1,15}", str(kept.get("seed"))) and int(kept["seed"]) != self.plan.seed:
            self._anew(replace(self.plan, seed=int(kept["seed"])))
        self._open(kept.get("opened"))
        if kept.get("done"):
            self.start()

    def _open(self, setting) -> None:
        if isinstance(setting, int) and not isinstance(setting, bool) and 0 <= setting < self.settings:
            self._opened(setting)
            self.opened = setting
            least, empty = self.place(setting)
            seed = self.plan.seed_of(setting * self.plan.repeats)
            self._say(say("tipping.opened", least=least, empty=empty, seed=seed))
            self.send({"do": "opened"})

    def _tell(self, what: str, **more) -> None:
        done = int(self.played.sum())
        said = [say(f"tipping.{what}", done=done, all=len(self.plan), **more)]
        if what == "done":
            settled = self.results["settled"].reshape(self.settings, -1).sum(1)
            none, some = settled == 0, (settled > 0) & (settled < self.plan.repeats)
            about = {"settings": self.settings, "most": self.plan.max_moves}
            if none.any():
                why = left(endings(self.results, self.plan.max_moves).reshape(self.settings, -1)[none])
                said.append(say(f"tipping.never.{why}", none=int(none.sum()), **about))
            if some.any():
                said.append(say("tipping.never.some", some=int(some.sum()), **about))
        self._say(" ".join(said))

    def _say(self, said: str) -> None:
        self.said = said
        self.send({"do": "state", **self.state()})

    def state(self) -> dict:
        """How far it is, and what is said about it."""
        done = int(self.played.sum())
        what = "stop" if self.running else "on" if done else "run"
        going = say("tipping.going", done=done, all=len(self.plan))
        told = {"done": done, "all": len(self.plan), "press": what, "said": self.said, "going": going}
        return told | {"seed": self.plan.seed, "opened": self.opened}

    def _flush(self) -> None:
        """Send what has been played since the last time."""
        fresh, self._fresh = self._fresh, []
        self._send_cells(fresh)

    def _send_cells(self, settings) -> None:
        if settings:
            self.send({"do": "cells", "cells": [self.cell(k) for k in settings], **self.state()})

    # --- what is told

    def told(self) -> dict:
        """What never changes: the axes, the words, the scales."""
        plan = self.plan
        keys = ("show", "run", "stop", "on", "open", "data", "table")
        keys += ("hint", "unplayed", "key.none", "key.some", "key.coarse")
        columns, rows = len(plan.least), len(plan.full)
        return {
            "do": "map",
            "id": self.ident,
            "lang": language(),
            "title": say("tipping.title"),
            "task": say("tipping.task", repeats=plan.repeats),
            "label": say("tipping.map", columns=columns, rows=rows),
            "words": {key: say(f"tipping.{key}") for key in keys},
            "x": {"title": say("tipping.axis.x"), "labels": [written(least) for least in plan.least]},
            "y": {"title": say("tipping.axis.y"), "labels": [written(1 - full) for full in plan.full]},
            "shows": [
                {
                    "name": name,
                    "label": say(f"tipping.show.{name}"),
                    "unit": say(f"tipping.unit.{name}"),
                    "ticks": ticks(plan, name),
                }
                for name in SHOWS
            ],
            "show": SHOWS.index(self.show),
            "head": [say("tipping.head.least"), say("tipping.head.empty")],
            **self.state(),
        }

    def place(self, setting: int) -> tuple[str, str]:
        """The wish and the emptiness of a setting, as one reads them."""
        i, j = divmod(setting, len(self.plan.full))
        return written(self.plan.least[i]), written(1 - self.plan.full[j])

    def cell(self, setting: int) -> dict:
        """A setting: where each number lies on its scale, the number written, and all of it as a sentence."""
        n = self.plan.repeats
        made = self.results[setting * n : (setting + 1) * n]
        values = {name: typical(made, name) for name in SHOWS}
        texts = {name: shown(name, value) for name, value in values.items()}
        least, empty = self.place(setting)
        settled = int(made["settled"].sum())
        about = texts | {"least": least, "empty": empty, "n": n, "settled": settled}
        how = "all" if settled == n else "some" if settled else "none"
        if how == "none":
            why = left(endings(made, self.plan.max_moves))
            about["why"] = say(f"tipping.none.{why}", n=n, most=number(self.plan.max_moves, ","))
        return {
            "at": setting,
            "places": [along(self.plan, name, value) for name, value in values.items()],
            "texts": list(texts.values()),
            "says": say(f"tipping.cell.{how}", **about),
            "how": how,
        }


def finished(heat: Map) -> list[int]:
    """The settings all of whose boards have been played."""
    return np.flatnonzero(heat.played.reshape(-1, heat.plan.repeats).all(1)).tolist()


def coarse_first(rows: int, columns: int) -> list[int]:
    """The settings, counted by columns: every fourth one each way first, then every second, then the rest.

    >>> coarse_first(3, 3)
    [0, 2, 6, 8, 1, 3, 4, 5, 7]
    """
    return sorted(range(rows * columns), key=lambda k: coarseness(k % rows, k // rows))


def coarseness(r: int, c: int) -> tuple[int, int, int]:
    """In which round a cell comes, and where in it."""
    step = next(k for k, s in enumerate((4, 2, 1)) if r % s == 0 and c % s == 0)
    return step, c, r


def scale(plan: Plan, name: str) -> tuple[float, float]:
    """From where to where a number's colours go; moves by powers of ten."""
    if name == "moves":
        return 0.0, log10(max(10, plan.max_moves))
    return (-0.25 if name == "index" and plan.most < 1 else 0.0), 1.0


def along(plan: Plan, name: str, value: float) -> float | None:
    """Where on its scale a number lies, from 0 to 1."""
    if value != value:
        return None
    low, high = scale(plan, name)
    value = log10(max(1.0, value)) if name == "moves" else value
    return round(min(1.0, max(0.0, (value - low) / (high - low))), 4)


def ticks(plan: Plan, name: str) -> list[tuple[float, str]]:
    """The numbers beside the colours."""
    low, high = scale(plan, name)
    if name == "moves":
        return [(k / high, number(10**k, ",")) for k in range(int(high) + 1)]
    there = [k / 4 for k in range(-1, 5) if k / 4 >= low]
    return [((value - low) / (high - low), number(value, "g").replace("-", "−")) for value in there]


def shown(name: str, value: float) -> str:
    """A number as it stands in a cell."""
    if value != value:
        return say("tipping.nothing")
    return number(value, ",.0f") if name == "moves" else number(round(value, 2) + 0, ".2f").replace("-", "−")


def csv_of(sweep: Sweep) -> str:
    """Every run as a row, ready to be saved."""
    out = io.StringIO()
    writer = csv.DictWriter(out, ROW, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sweep.rows())
    return out.getvalue()
