"""Which territory the page is about: an invented town, or the reader's own file, checked and protected.

What the reader brings travels by messages only and stays in the kernel's memory: no trait holds it, nothing
is written to disk. Messages about mistakes repeat cells of the file to the person who brought it; everything
else that reaches the page comes from the protected view.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic
from typing import NamedTuple

import traitlets as t

from segkit.privacy import Protected, protect
from segkit.privacy.door import PRESETS
from segkit.territory import WHOLE, Territory
from segkit.widgets.code import code, look
from segkit.widgets.known import Known
from segkit.widgets.live import Kept, Live, cannot, lacking, needed, of_dimension
from segkit.words import say, words

LARGEST = 30_000_000  # bytes of a file; 200,000 rows are a third of that
PIECE = 2_000_000  # bytes of it in one message
PAUSE = 0.15  # seconds between two messages about how far the protecting is
REST = 0.6  # seconds after a choice in which only what is in sight is drawn: another choice may follow
READY = (3, 2, 1)  # how much of a town is known
MODES = ("public", "shared")  # what this page may show of a real place; private stays in the kernel
LABELS = (
    "title towns town ready year level grouping focal look own own_hint own_button template template_hint "
    "sample drop_here privacy mode preset k k_hint reason reason_hint recipients special protect stop back "
    "slow region"
).split()
LIVE = "year level grouping focal".split()
# how a file is protected until its owner says otherwise
ASKED = {"mode": "public", "preset": "", "k": "", "reason": "", "recipients": "", "special": []}


class Choice(NamedTuple):
    """What of a territory is looked at."""

    year: int
    level: str | None
    grouping: str


class LookedAt(NamedTuple):
    """What is shown, told apart from everything else that was: an invented town by its name, so that it is
    known again, a reader's own file by the turn at which it came."""

    town: str
    ready: int
    turn: int
    focal: tuple
    choice: Choice


class Stopped(Exception):
    """The reader has seen enough of the progress bar."""


@dataclass(frozen=True)
class Own:
    """A file the reader brought: what is wrong with it, or the territory in it. It stays in the kernel."""

    name: str
    said: tuple[str, ...] = ()  # what stands on top
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    territory: Territory | None = None


class Intake(Known):
    """Your territory: choose an invented town or bring your own file; everything below follows.

    name : the town to begin with. After: `.view` is what may be shown of the territory chosen, `.choice` the
    year, level and grouping looked at, and `.show(...)` a cell that follows both.

    >>> intake = Intake("marenza")
    >>> intake.view.whole, intake.choice.level
    (True, 'primary')
    """

    kind = "intake"
    _esm, _css = code("intake"), look("intake")

    words = t.Dict(read_only=True).tag(sync=True)  # the fixed sentences, never a reader's

    def __init__(self, name: str = "marenza", *, ready: int = 3, **options):
        super().__init__(**options)
        self.set_trait("words", {key: say(f"intake.{key}") for key in LABELS})
        self._version = self._turn = 0
        self._own: Own | None = None
        self._asked = dict(ASKED)
        self._refused = self._done = ""
        self._stop: Event | None = None
        self._loop = None
        self._coming: dict[str, tuple[str, bytearray, int]] = {}  # files on their way, by view
        self._listeners: list[Callable] = []
        self._lives: list[Live] = []
        self._waiting: list[Live] = []
        self._stepping = False
        self._chosen_at = float("-inf")
        self._assessed = Kept()
        self._first = name, ready
        self.town, self.ready, self._story = name, ready, ""
        self._look_at_town(name, ready)
        self.on_msg(self._hear)

    # --- for the next cells

    @property
    def looked_at(self) -> LookedAt:
        """The view and the choice together: as long as it stays, nothing has to be drawn again."""
        turn = 0 if self.town else self._turn
        focal = tuple(sorted(self.view.territory.focal.items()))
        return LookedAt(self.town, self.ready if self.town else 0, turn, focal, self.choice)

    @property
    def assessment(self):
        """The five dimensions of what is looked at, worked out once."""
        return self._assessed.made(self.looked_at, self._assess)

    def _assess(self):
        from segkit.assessing import assess

        year, level, grouping = self.choice
        there = level or ("all" if len(self.view.territory.levels) > 1 else None)
        return assess(self.view, year=year, level=there, grouping=grouping)

    def report(self, problem: str = "") -> str:
        """The report of what is looked at, as one HTML file."""
        from segkit.reporting import report

        return report(self.assessment, problem=problem)

    def show(self, *what, dimension="", needs="", finding=(), missing="", title="", **options) -> Live:
        """A cell that follows this one: pictures, a dimension, or a part of one.

        what : pictures, such as `plots.zone_map`, or any function of (view, year=, level=, grouping=); the
        options go to them. dimension : all of one of the five, such as "segregation"; needs, missing : only
        what it needs, or only what is missing. finding : keys of findings, such as
        "segregation.dissimilarity", or "results.*". title : what the cell is called for those who hear it,
        where the names of what it shows will not do.
        """
        finding = (finding,) if isinstance(finding, str) else tuple(finding)
        if not (what or dimension or needs or finding or missing):
            raise ValueError(say("intake.show_what"))
        names = [*filter(None, [dimension, needs, missing]), *finding]
        names += [getattr(each, "__name__", "") for each in what]

        def draw(intake):
            if dimension:
                yield list(of_dimension(intake.assessment[dimension]))
            if needs:
                yield list(needed(intake.assessment[needs]))
            year, level, grouping = intake.choice
            for each in what:
                try:
                    yield each(intake.view, year=year, level=level, grouping=grouping, **options)
                except ValueError as why:  # one picture that cannot be drawn does not hide the others
                    yield cannot(str(why))
            for key in finding:
                yield named(intake.assessment.findings, key)
            if missing:
                yield list(lacking(intake.assessment[missing]))

        title = title or say("comma").join(dict.fromkeys(map(called, names)))
        live = Live(self, lambda intake: list(draw(intake)), title)
        self._lives.append(live)
        return live

    def takeaway(self):
        """A box for the problem of practice, and the files to take home."""
        from segkit.widgets.takeaway import Takeaway

        return Takeaway(self)

    def on_change(self, call: Callable) -> None:
        """Call this with the intake whenever something else is looked at."""
        self._listeners.append(call)

    def bring(self, source, name: str = "") -> Own:
        """Check a file as if the reader had dropped it here: a path, or bytes with a name."""
        self._take(source, name or Path(str(source)).name)
        self._answer()
        return self._own

    def protect(self, **asked) -> Protected:
        """Protect the checked file, here and now, and look at it; options as for `segkit.protect`."""
        if self._own is None or self._own.territory is None:
            raise ValueError(say("intake.nothing_to_protect"))
        self._protected(protect(self._own.territory, **asked))
        return self.view

    def choose(self, **wanted) -> Choice:
        """Look at another year, level, grouping or focal group: `choose(level="primary")`."""
        for what, value in wanted.items():
            names = [name for name, _ in self._options(what)]
            if value not in names:
                there = ", ".join(str(name) for name in names)
                raise ValueError(say("intake.no_such", what=say(f"intake.{what}"), came=value, there=there))
            self._choose(what, names.index(value))
        return self.choice

    def close(self):
        """Stop what is being protected, and leave the page."""
        if getattr(self, "_stop", None):
            self._stop.set()
        super().close()

    # --- what is looked at

    def _look_at_town(self, name: str, ready: int) -> None:
        from segkit.samples import sample

        self.town, self.ready = name, ready
        town = sample(name, ready=ready)
        self._story = town.story
        self._look_at(protect(town))

    def _look_at(self, view: Protected) -> None:
        """Another territory: its last year, its first level, its first grouping."""
        there = view.territory
        grouping = next((one for one in there.groupings if one != WHOLE), WHOLE)
        level = there.levels[0] if there.levels else None
        self.view, self.choice = view, Choice(there.years[-1], level, grouping)
        self._turn += 1

    def _choose(self, what: str, at: int) -> None:
        options = self._options(what)
        if not 0 <= at < len(options):
            return
        value = options[at][0]
        if what == "focal":
            there = self.view.territory
            focal = {**there.focal, self.choice.grouping: value}
            self.view = replace(self.view, territory=replace(there, focal=focal))
            self._turn += 1
        else:
            self.choice = self.choice._replace(**{what: value})
        self._changed()

    def _options(self, what: str) -> list[tuple]:
        """What can be chosen, and how it reads."""
        there = self.view.territory
        if what == "year":
            return [(year, str(year)) for year in there.years]
        if what == "level":
            every = [(None, say("intake.every_level"))] if len(there.levels) != 1 else []
            return [*((level, level or say("intake.no_level")) for level in there.levels), *every]
        if what == "grouping":
            names = [one for one in there.groupings if one != WHOLE] or [WHOLE]
            return [(one, one.replace("_", " ")) for one in names]
        if what == "focal":
            groups = there.groupings.get(self.choice.grouping, ())
            return [(one, one.replace("_", " ")) for one in groups if one != WHOLE]
        return []

    def _offered(self, what: str) -> dict:
        """The same for the page: texts, and which of them is chosen."""
        options = self._options(what)
        names = [name for name, _ in options]
        chosen = self._chosen(what)
        return {
            "texts": [text for _, text in options],
            "at": names.index(chosen) if chosen in names else -1,
        }

    def _chosen(self, what: str):
        if what == "focal":
            return self.view.territory.focal.get(self.choice.grouping)
        return getattr(self.choice, what)

    def _changed(self) -> None:
        """Tell everybody who follows; cells are drawn one after the other, so that the page answers."""
        self._chosen_at = monotonic()
        for call in self._listeners:
            call(self)
        for live in self._lives:
            live.stale()
        for live in self._lives:
            self.draw_soon(live)

    def draw_soon(self, live: Live) -> None:
        """Draw this cell when those before it have been drawn."""
        if live.seen and live not in self._waiting:
            self._waiting.append(live)
        if not self._stepping:
            self._stepping = True
            self._later(self._step)

    def _later(self, act, seconds: float = 0.01) -> None:
        try:
            asyncio.get_running_loop().call_later(seconds, act)
        except RuntimeError:  # no page, only this program
            act()

    def _step(self) -> None:
        """Draw one cell: one in sight if there is one, any other once nobody seems to be choosing."""
        self._waiting = [live for live in self._waiting if live.seen]
        if not self._waiting:
            self._stepping = False
            return
        live = next((one for one in self._waiting if one.near), None)
        if live is None and monotonic() < self._chosen_at + REST and on_a_page():
            self._later(self._step, 0.05)
            return
        live = live or self._waiting[0]
        self._waiting.remove(live)
        try:
            live.draw()
        finally:
            self._later(self._step)

    # --- the conversation with the page

    def _hear(self, _, message, buffers) -> None:
        if not isinstance(message, dict):
            return
        answers = {
            "town": self._heard_town,
            "choose": lambda m, _: self._choose(str(m.get("what")), whole(m.get("at"))),
            "offer": self._heard_offer,
            "file": self._heard_file,
            "protect": self._heard_protect,
            "stop": self._heard_stop,
            "back": self._heard_back,
            "restart": self._heard_restart,
            "download": self._heard_download,
        }
        try:
            answers.get(str(message.get("do")), lambda *_: None)(message, buffers)
        finally:  # whatever happened, the page must not wait for ever
            self._answer()

    def _answer(self) -> None:
        self._version += 1
        self.send(self.page())

    def _heard_town(self, message, _) -> None:
        from segkit.samples import names

        at, ready, name = whole(message.get("at")), whole(message.get("ready")), message.get("name")
        town = names()[at] if 0 <= at < len(names()) else name if name in names() else self.town
        if not town:  # a page asked for a town there is none of, and a file is looked at
            return
        self._begin(town, READY[ready] if 0 <= ready < len(READY) else 3)

    def _heard_restart(self, *_) -> None:
        self._begin(*self._first)

    def _begin(self, town: str, ready: int) -> None:
        """Look at a town; away with the file, if there was one."""
        self._halt()
        self._own, self._refused, self._done = None, "", ""
        self._look_at_town(town, ready)
        self._changed()

    def _heard_back(self, message, _) -> None:
        """Away with the file, back to the town."""
        self._halt()
        self._own, self._refused, self._done = None, "", ""
        if not self.town:
            self._look_at_town("marenza", 3)
            self._changed()

    # --- the reader's own file: it comes in pieces, each asked for

    def _heard_offer(self, message, _) -> None:
        view, name = str(message.get("view", "")), str(message.get("name", ""))
        size = whole(message.get("size"))
        self._halt()
        if size > LARGEST:
            about = {"name": name, "size": size / 1e6, "most": LARGEST // 1_000_000}
            self._own = Own(name, errors=(say("intake.too_large", **about),))
            return
        self._coming = {view: (name, bytearray(), size)}
        self.send({"kind": "send", "view": view, "at": 0, "size": PIECE})

    def _heard_file(self, message, buffers) -> None:
        view = str(message.get("view", ""))
        if view not in self._coming or not buffers:
            return
        name, data, size = self._coming[view]
        data += bytes(buffers[0])
        if len(data) > LARGEST:
            self._coming.pop(view)
        elif len(data) < size and len(buffers[0]):
            self.send({"kind": "send", "view": view, "at": len(data), "size": PIECE})
        else:
            self._coming.pop(view)
            self._take(bytes(data), name)

    def _take(self, source, name: str) -> None:
        """Check it; a good one waits for the reader to say how it is to be protected."""
        from segkit.checks import check

        self._refused = self._done = ""
        try:
            found = check(source, name) if isinstance(source, bytes) else check(source)
        except ValueError as error:  # nothing in it that could be read at all
            lines = tuple(str(error).split("\n"))
            self._own = Own(name, said=(say("intake.unreadable", name=name),), errors=lines)
            return
        except Exception as error:
            self._own = Own(name, errors=(say("intake.failed", why=type(error).__name__),))
            return
        self._own = own_of(found, name)
        if found.territory is not None:
            self._asked = dict(ASKED)

    # --- protecting it, beside everything else the kernel does

    def _heard_protect(self, message, _) -> None:
        if self._own is None or self._own.territory is None or self._stop:
            return
        there = [one for one in self._own.territory.groupings if one != WHOLE]
        special = [there[at] for at in map(whole, listed(message.get("special"))) if 0 <= at < len(there)]
        self._asked = {key: str(message.get(key) or "")[:300] for key in self._asked} | {"special": special}
        try:
            asked = asked_of(self._asked)
        except ValueError as error:
            self._refused = str(error)
            return
        self._refused, self._done = "", say("intake.begun")
        self._start(self._own.territory, asked)

    def _start(self, territory: Territory, asked: dict) -> None:
        try:
            self._loop = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None
        stop = self._stop = Event()
        last = [0.0]

        def told(share=0.0, text="", *_):
            if stop.is_set():
                raise Stopped
            if monotonic() - last[0] > PAUSE:
                last[0] = monotonic()
                self._in_loop(self._progress, stop, float(share), str(text))

        def work():
            try:
                view = protect(territory, **asked, progress=told)
            except Stopped:
                self._in_loop(self._ended, stop, say("intake.stopped"))
            except (ValueError, TypeError) as error:
                self._in_loop(self._ended, stop, re.sub(r' \([^()]*reason="…"[^()]*\)', "", str(error)))
            except Exception as error:  # whatever it is, the page must not wait for ever
                self._in_loop(self._ended, stop, say("intake.failed", why=type(error).__name__))
            else:
                self._in_loop(self._ended, stop, "", view)

        if self._loop is None:
            work()
        else:
            Thread(target=work, daemon=True).start()

    def _in_loop(self, act, *given) -> None:
        """In the kernel's own loop: another thread's messages would fall in between others."""
        if self._loop is None:
            act(*given)
        else:
            try:
                self._loop.call_soon_threadsafe(act, *given)
            except RuntimeError:
                pass  # the loop has ended, and the kernel with it

    def _progress(self, stop, share: float, text: str) -> None:
        if stop is self._stop:
            self.send({"kind": "progress", "share": min(1.0, max(0.0, share)), "said": text})

    def _ended(self, stop, refused: str, view: Protected | None = None) -> None:
        if stop is not self._stop:  # something else has begun since
            return
        self._stop = None
        self._refused, self._done = refused, ""
        if view is not None and not stop.is_set():
            self._protected(view)
        else:
            self._answer()

    def _protected(self, view: Protected) -> None:
        self.town = ""
        self._refused, self._done = "", ""
        self._look_at(view)
        self._answer()
        self._changed()

    def _halt(self) -> None:
        if self._stop:
            self._stop.set()
            self._stop = None

    # --- what is on the page

    def page(self) -> dict:
        """Everything the page shows; sent to every view of it."""
        from segkit.samples import names

        own = self._own
        return {
            "kind": "page",
            "version": self._version,
            "towns": [name.replace("_", " ").title() for name in names()],
            "town": list(names()).index(self.town) if self.town in names() else -1,
            "readies": [say(f"intake.ready.{ready}") for ready in READY],
            "ready": READY.index(self.ready),
            "about": self._about(),
            "choices": {what: self._offered(what) for what in LIVE},
            "own": None
            if own is None
            else {
                "said": list(own.said),
                "errors": list(own.errors),
                "warnings": list(own.warnings),
                "notes": list(own.notes),
                "good": own.territory is not None,
                "heads": {one: say(f"intake.head.{one}") for one in ("errors", "warnings", "notes")},
            },
            "privacy": self._privacy(),
            "live": self._heard_as(),
        }

    def _about(self) -> list[str]:
        """What is being looked at, in a few sentences: from the protected view alone."""
        there, (year, level, _) = self.view.territory, self.choice
        lines = [say("intake.now.town" if self.town else "intake.now.own", name=there.name)]
        if self.town and self._story:
            lines.append(self._story)
        schools = there.cells(year, level, next(iter(there.groupings))).units
        counts = {"schools": len(schools), "zones": len(there.zones), "first": there.years[0]}
        lines.append(say("intake.now.size", **counts, last=there.years[-1], year=year))
        lines.append(say(f"intake.now.ready.{there.readiness}"))
        return [*lines, *self.view.notice]

    def _privacy(self) -> dict | None:
        """How the reader's own file is to be protected; nothing before there is a good one."""
        if self._own is None or self._own.territory is None:
            return None
        there = self._own.territory
        criteria = [one for one in there.groupings if one != WHOLE]
        return {
            "modes": [{"value": mode, "text": say(f"intake.mode.{mode}")} for mode in MODES],
            "presets": [
                {"value": "", "text": say("intake.preset.own", k=there.k)},
                *({"value": name, "text": say(f"intake.preset.{name}", k=k)} for name, k in PRESETS.items()),
                {"value": "k", "text": say("intake.preset.k")},
            ],
            "groupings": [one.replace("_", " ") for one in criteria],
            "asked": self._asked | {"special": [criteria.index(one) for one in self._asked["special"]]},
            "refused": self._refused,
            "said": self._done,
            "busy": self._stop is not None,
            "used": not self.town,
        }

    def _heard_as(self) -> str:
        """What a screen reader is told."""
        if self._own is not None and self._own.errors:
            return self._own.said[0] if self._own.said else self._own.errors[0]
        if self._refused:
            return self._refused
        return " ".join(self._about()[:1])

    # --- what may be taken home

    def _heard_stop(self, *_) -> None:
        """At once for the reader; the work behind ends when it next says how far it is, and is not heard."""
        if self._stop:
            self._halt()
            self._refused, self._done = say("intake.stopped"), ""

    def _heard_download(self, message, _) -> None:
        what, view = message.get("what"), str(message.get("view", ""))
        if what == "template":
            name, data = say("intake.template_file"), template_bytes()
        elif what == "sample":
            from segkit.samples import sample

            town = self.town or "marenza"
            name = say("intake.sample_file", town=town)
            data = written(protect(sample(town, ready=self.ready)), name)
        else:
            return
        self.send({"kind": "save", "view": view, "name": name, "type": XLSX}, buffers=[data])


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def own_of(found, name: str) -> Own:
    """What a check says, as the page shows it: every fault at once, a handful of each kind."""
    lines = {one: tuple(found._told(one, 5)) for one in ("error", "warning")}
    said = [found.headline()]
    if found.territory is not None:
        there = found.territory
        said.append(
            say(
                "intake.read",
                schools=len(there.schools),
                zones=len(there.zones),
                years=", ".join(map(str, there.years)),
                groupings=", ".join(one for one in there.groupings if one != WHOLE) or "–",
            )
        )
        said.append(say(f"intake.now.ready.{there.readiness}"))
    return Own(name, tuple(said), lines["error"], lines["warning"], tuple(found.notes), found.territory)


def named(findings: dict, key: str) -> list:
    """The findings of that name; a star stands for any ending, and then there may be none."""
    if key.endswith("*"):
        return [one for name, one in findings.items() if name.startswith(key[:-1])]
    if key not in findings:
        raise ValueError(say("intake.no_finding", came=key))
    return [findings[key]]


def called(name: str) -> str:
    """What a dimension, a finding or a picture is called.

    >>> called("supply"), called("results.*"), called("segregation.isolation"), called("zone_map")
    ('School supply and territory', 'Results', 'Isolation', 'map of the zones')
    """
    name = name.rstrip("*.")
    keys = f"assess.{name}", f"live.picture.{name}", f"index.{name.removeprefix('segregation.')}"
    return next((said for said in map(words().get, keys) if said), name.replace("_", " "))


def asked_of(asked: dict) -> dict:
    """What was filled in, as `protect` wants it."""
    out = {"mode": asked["mode"] if asked["mode"] in MODES else "public", "reason": asked["reason"].strip()}
    if asked["preset"] in PRESETS:
        out["preset"] = asked["preset"]
    elif asked["preset"] == "k":
        if not asked["k"].strip().isdigit():
            raise ValueError(say("intake.k_number", came=asked["k"].strip()[:20]))
        out["k"] = int(asked["k"])
    recipients = tuple(one.strip() for one in asked["recipients"].replace(";", ",").split(",") if one.strip())
    return out | {"recipients": recipients, "special": tuple(asked["special"])}


def template_bytes() -> bytes:
    """The Excel workbook to fill in."""
    from segkit.packages import template

    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        template(path)
        return path.read_bytes()


def written(view: Protected, name: str) -> bytes:
    """A protected view as the bytes of a file of that name."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        view.write(path)
        return path.read_bytes()


def on_a_page() -> bool:
    """May somebody say something in between, or is there only this program?"""
    try:
        return bool(asyncio.get_running_loop())
    except RuntimeError:
        return False


def whole(came) -> int:
    """A place in a list, as a page may say it; −1 for anything else."""
    return came if isinstance(came, int) and not isinstance(came, bool) else -1


def listed(came) -> list:
    return came if isinstance(came, list) else []
