"""A territory one can change: drag a school, type a count, split a group, and every number follows.

Python holds the territory, makes every change and writes every number and sentence; the browser draws and
says what was done. Nothing of a territory is ever in a synced trait (those are saved into notebooks): it
travels by custom messages only. A reader's own territory is shown whole to the one who brought it, and says
so; what leaves the page passes the privacy door.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import traitlets as t

from segkit.privacy import Protected, protect
from segkit.privacy.classes import smallest_move
from segkit.scenarios import Refused, Scenario, links
from segkit.scenarios.state import State
from segkit.sheets import shown
from segkit.territory import Territory
from segkit.widgets.calculator import csv_text
from segkit.widgets.code import code, look
from segkit.widgets.known import Known
from segkit.widgets.sitting import Sitting, _sentence
from segkit.widgets.stage import drawn, legend, line_of, page_of, score_of, town_of, town_share
from segkit.words import listed, say, words

LARGEST = 5_000_000  # bytes of a reader's own file: it must pass through one message of the browser's
FIRST = "marenza"
VIEW = "studio.view."
MOST_EDITS = 200  # gestures in one message
LARGEST_SEED = 999_999_999


class Studio(Known):
    """A territory to change: tables, a map, sliders, and every index as it is now and as it was.

    what : the name of an invented town (marenza if nothing is said), a Territory, a Scenario, the path of a
    file or folder, or the line or link a scenario was shared as. `seed` makes another such town.

    Whatever the reader does comes back: `studio.territory` is what the territory has become,
    `studio.scenario` how it came to be so, and `studio.recipe` the line that makes an invented one again.

    >>> studio = Studio("marenza")
    >>> studio.play({"do": "capacity", "school": "S01", "text": "600"})
    >>> studio.scenario.edits
    ({'do': 'capacity', 'school': 'S01', 'places': 600},)
    >>> int(studio.territory.schools["capacity"][0])
    600
    """

    kind = "studio"
    _esm, _css = code("studio"), look("studio")

    words = t.Dict(read_only=True).tag(sync=True)  # the fixed sentences, never a reader's

    def __init__(self, what=None, *, seed: int | None = None, **kwargs):
        super().__init__(**kwargs)
        said = {key.removeprefix(VIEW): text for key, text in words().items() if key.startswith(VIEW)}
        self.set_trait("words", said)
        self._listeners: list = []
        self._version, self._town = 0, 0
        self._heard: dict[str, int] = {}  # the newest gesture heard from each view
        self._file = nothing()
        self._sit(*opened(what, seed))
        self._first = self._sitting.base, self._sitting.story.edits
        self.on_msg(self._hear)

    # --- for the next cell

    @property
    def scenario(self) -> Scenario:
        """The territory at the start, and every change since."""
        return self._sitting.scenario

    @property
    def territory(self) -> Territory:
        """What the territory has become."""
        state = self._sitting.state
        if self._made is None or self._made[0] is not state:
            self._made = state, self.scenario.territory
        return self._made[1]

    @property
    def recipe(self) -> str:
        """The line of Python that makes this again; "" for a territory that is not an invented one."""
        return self.scenario.recipe

    def on_change(self, call) -> None:
        """Call this with the studio whenever the territory has changed."""
        self._listeners.append(call)

    def play(self, *gestures: dict) -> None:
        """Do what gestures on the page do, as one step; one that cannot be done says why (`Refused`).

        For example `play({"do": "count", "school": "S01", "group": "far", "text": "12"})`.
        """
        self._sitting.edit(list(gestures))
        self._answer()
        if self._sitting.tone == "refused":
            raise Refused(self._sitting.said)

    # --- the conversation with the page

    def _sit(self, base: Territory, edits=()) -> None:
        self._sitting, self._made = Sitting(base, edits), None
        self._town += 1
        self._told: object = self._sitting.state

    def _hear(self, _, message, buffers) -> None:
        if not isinstance(message, dict):
            return
        view, do = str(message.get("view", ""))[:64], message.get("do")
        seq = message.get("seq")
        if isinstance(seq, int) and not isinstance(seq, bool):
            if len(self._heard) > 64 and view not in self._heard:
                self._heard.clear()  # views that are long gone
            self._heard[view] = max(self._heard.get(view, 0), seq)
        silent = False
        try:
            answer = self._ANSWERS.get(do) if isinstance(do, str) else None
            silent = answer(self, view, message, buffers) if answer else False
        except Refused as why:
            self._sitting.said, self._sitting.tone = _sentence(why), "refused"
        finally:  # whatever happened, the page must not wait for ever
            if not silent:
                self._answer()

    def _answer(self) -> None:
        self._version += 1
        page = page_of(self._sitting) | {"town": self._town, "version": self._version}
        self.send(page | {"heard": dict(self._heard), "file": self._file})
        if self._told is not self._sitting.state:
            self._told = self._sitting.state
            for call in self._listeners:
                call(self)

    def _tell_town(self) -> None:
        from segkit.samples import names

        made = links.RECIPE.fullmatch(self._sitting.base.recipe)
        self.send(town_of(self._sitting, self._town, names(), int(made[2]) if made else None))

    def _hello(self, *_):
        self._tell_town()

    def _edit(self, view, message, _):
        gestures = message.get("edits")
        gestures = [one for one in gestures if isinstance(one, dict)] if isinstance(gestures, list) else []
        if gestures:
            self._sitting.edit(gestures[:MOST_EDITS])

    def _undo(self, *_):
        self._sitting.undo()

    def _redo(self, *_):
        self._sitting.redo()

    def _restart(self, *_):
        self._sitting.restart()

    def _choose(self, view, message, _):
        self._sitting.choose(str(message.get("what")), message.get("value"))

    def _keep(self, view, message, _):
        self._sitting.keep(text_of(message, "name"))

    def _back(self, view, message, _):
        self._sitting.back(text_of(message, "id"))

    def _rename(self, view, message, _):
        self._sitting.rename(text_of(message, "id"), text_of(message, "name"))

    def _drop(self, view, message, _):
        self._sitting.drop(text_of(message, "id"))

    def _compare(self, view, message, _):
        self._sitting.compare(text_of(message, "left"), text_of(message, "right"))

    def _score(self, view, message, _):
        try:
            found = score_of(self._sitting, text_of(message, "key"))
        except Refused:
            found = None
        if found:
            head, buffers = found
            self.send(head | {"view": view}, buffers=buffers)
        return True  # the page has nothing new

    def _share(self, view, message, _):
        self.send(line_of(self._sitting) | {"view": view})
        return True

    # --- another territory

    def _new_town(self, view, message, _):
        seed = message.get("seed")
        seed = (
            seed if isinstance(seed, int) and not isinstance(seed, bool) and 0 <= seed <= LARGEST_SEED else 1
        )
        self._become(links.town(text_of(message, "name"), seed, 3))

    def _open(self, view, message, _):
        name, seed, ready, edits = links.read(text_of(message, "text"))
        self._become(links.town(name, seed, ready), edits)

    def _forget(self, *_):
        self._file = nothing()
        self._become(*self._first)

    def _become(self, base: Territory, edits=()) -> None:
        self._sit(base, edits)
        self._told = None
        self._tell_town()

    def _offer(self, view, message, _):
        size = message.get("size")
        if isinstance(size, int) and size <= LARGEST:
            self.send({"kind": "send", "view": view})
            return True
        self._file = nothing(shown(text_of(message, "name"), 60)) | {"trouble": too_large()}
        return False

    def _receive(self, view, message, buffers):
        data, name = bytes(buffers[0]) if buffers else b"", text_of(message, "name")
        self._file = nothing(shown(name, 60))
        if len(data) > LARGEST:
            self._file["trouble"] = too_large()
            return
        if name.lower().endswith(".txt") and links.CODE.search(
            data[: links.LONGEST].decode("utf-8", "replace")
        ):
            name, seed, ready, edits = links.read(data[: links.LONGEST].decode("utf-8", "replace"))
            self._become(links.town(name, seed, ready), edits)
            return
        from segkit.checks import check

        found = check(data, name)
        errors = [str(one) for one in found.errors]
        told = [str(one) for one in found.said()] if errors else []
        self._file["faults"] = told or errors
        if found.territory is None or errors:
            self._file["trouble"] = say("studio.file.closed", n=len(errors))
            return
        self._file["notes"] = [str(one) for one in (*found.notes, *(found.said() if found.warnings else ()))]
        self._become(*genuine(found.territory))
        self._sitting.said, self._sitting.tone = say("studio.said.own", name=shown(name, 60)), "ok"

    # --- what may be taken home

    def _download(self, view, message, _):
        what, sitting = message.get("what"), self._sitting
        makers = {"package": self._package, "workbook": self._workbook, "counts": self._counts}
        makers |= {"scenario": self._scenario_text, "report": self._report}
        if what in ("svg", "png"):
            self.send(self._picture(what) | {"view": view})
            return True
        if what not in makers:
            return True
        try:
            name, kind, content = makers[what]()
        except (ValueError, NotImplementedError) as why:  # the door says what must not leave, and what to do
            sitting.said, sitting.tone = _sentence(why), "refused"
            return False
        head = {"kind": "save", "view": view, "name": name, "type": kind}
        if isinstance(content, str):
            self.send(head | {"text": content})
        else:
            self.send(head, buffers=[content])
        return True

    def _protected(self) -> Protected:
        """What may leave: an invented territory whole, a reader's own only as far as the door lets it.

        What was published of the territory before is looked up under its own name; a scenario of it is called
        one only in what is written.
        """
        sitting = self._sitting
        if not sitting.story.edits:
            return protect(self.territory)
        if few := small_moves(sitting.start, sitting.state, smallest_move(sitting.base)):
            raise Refused(say("studio.said.few", k=smallest_move(sitting.base), schools=listed(few)))
        view = protect(self.territory)
        name = say("studio.what_if", name=view.territory.name)
        return replace(view, territory=replace(view.territory, name=name))

    def _stem(self) -> str:
        name = "".join(c if c.isalnum() else "-" for c in self._sitting.base.name.lower()).strip("-")
        return (name or say("studio.view.file_stem"))[:40]

    def _written(self, suffix: str) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{self._stem()}{suffix}"
            self._protected().write(path)
            return path.read_bytes()

    def _package(self):
        return f"{self._stem()}.zip", "application/zip", self._written(".zip")

    def _workbook(self):
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return f"{self._stem()}.xlsx", kind, self._written(".xlsx")

    def _counts(self):
        """The table on the page, as far as it may be shown."""
        sitting, view = self._sitting, self._protected()
        view.release()
        cells = view.territory.cells(sitting.year, sitting.level, sitting.grouping)
        about = view.territory.schools.set_index("school")["name"].to_dict()
        rows = [[say("studio.heads.school"), *cells.groups]]
        for unit, n, known in zip(cells.units, cells.n.tolist(), cells.known.tolist(), strict=True):
            texts = [str(v) if ok else say("scenario.hidden") for v, ok in zip(n, known, strict=True)]
            rows.append([about.get(unit) or unit, *texts])
        # a byte order mark, or spreadsheets take the letters for others
        return f"{self._stem()}-{sitting.year}.csv", "text/csv;charset=utf-8", "\ufeff" + csv_text(rows)

    def _scenario_text(self):
        code = self._sitting.code
        if not code:
            raise Refused(say("studio.share.own"))
        text = f"{say('studio.file.scenario', name=self._sitting.base.name)}\n\n{links.line(code)}\n"
        return f"{self._stem()}-{say('studio.file.stem')}.txt", "text/plain;charset=utf-8", text

    def _report(self):
        from segkit.reporting import report

        view = self._protected()
        view.release()
        return f"{self._stem()}.html", "text/html;charset=utf-8", report(view)

    def _picture(self, what: str) -> dict:
        """What a picture may show: of a reader's own territory only what the door lets through."""
        sitting = self._sitting
        head = {"kind": "picture", "what": what, "name": f"{self._stem()}.{what}"}
        head["title"] = f"{shown(sitting.base.name, 80)}, {sitting.level}, {sitting.year}"
        try:
            told = picture_of(sitting, self._protected())
        except (ValueError, NotImplementedError) as why:
            return head | {"may": False, "says": _sentence(why)}
        return head | {"may": True, "says": ""} | told

    _ANSWERS = {
        "hello": _hello,
        "edit": _edit,
        "undo": _undo,
        "redo": _redo,
        "restart": _restart,
        "choose": _choose,
        "town": _new_town,
        "score": _score,
        "keep": _keep,
        "back": _back,
        "rename": _rename,
        "drop": _drop,
        "compare": _compare,
        "download": _download,
        "share": _share,
        "open": _open,
        "offer": _offer,
        "file": _receive,
        "forget": _forget,
    }


# --- helpers


def opened(what, seed: int | None = None) -> tuple[Territory, tuple]:
    """The territory a studio starts with, and what was changed in it already."""
    from segkit.samples import names

    if isinstance(what, Territory):
        return what, ()
    if isinstance(what, Scenario):
        return what.base, what.edits
    if what is None or isinstance(what, str) and what in names():
        return links.town(what or FIRST, 1 if seed is None else seed, 3), ()
    if isinstance(what, str) and links.CODE.search(what) and not Path(what).exists():
        name, of, ready, edits = links.read(what)
        return links.town(name, of, ready), edits
    if isinstance(what, str | Path) and Path(what).exists():
        from segkit.checks import open_territory

        return genuine(open_territory(what))
    if isinstance(what, str):
        raise ValueError(say("studio.what", came=shown(what, 60), there=", ".join(names())))
    raise TypeError(say("studio.what", came=type(what).__name__, there=", ".join(names())))


def genuine(territory: Territory) -> tuple[Territory, tuple]:
    """A territory from a file; where it is an invented town, or a scenario of one, a link can tell it."""
    try:
        name, seed, ready, edits = made_by(territory.recipe)
        scenario = Scenario(links.town(name, seed, ready), edits)
    except ValueError:
        return replace(territory, recipe=""), ()
    same = replace(territory, name=scenario.base.name) == scenario.territory
    return (scenario.base, scenario.edits) if same else (replace(territory, recipe=""), ())


def made_by(recipe: str) -> tuple:
    found = links.RECIPE.fullmatch(recipe)
    return (found[1], int(found[2]), int(found[3] or 3), ()) if found else links.read(recipe)


def picture_of(sitting: Sitting, view: Protected) -> dict:
    """Schools and zones by class, from what may be shown."""
    rows = sitting.rows()
    if view.territory.invented:
        block, state = sitting.block(), sitting.state
        n, known = block.n[rows], block.known[rows]
    else:
        from segkit.scenarios import started

        view.release()
        state = started(view.territory)
        block, at = state.peopled(sitting.year, sitting.level, sitting.grouping)
        rows = at.tolist()
        n, known = block.n[rows], block.known[rows]
    k = state.groupings[sitting.grouping].index(sitting.focal)
    told = drawn(sitting, state, rows, n, known, k)
    schools = [
        {"id": s["id"], "class": s["class"], "r": s["r"], "x": s["x"], "y": s["y"]} for s in told["schools"]
    ]
    if sitting.own:
        schools = [one | {"r": 12} for one in schools]  # a size would tell how many
    zones = [{"id": zone["id"], "class": zone["class"]} for zone in told["zones"]]
    lines = [*view.notice]
    if view.territory.invented:
        lines.append(say("studio.picture.invented", name=shown(sitting.base.name, 80)))
    return {
        "lines": lines,
        "legend": legend(sitting, town_share(n, known, k)),
        "schools": schools,
        "zones": zones,
    }


def small_moves(start: State, state: State, k: int) -> list[str]:
    """Schools in which some pupils, but fewer than k, are others than before: each of them could be told."""
    found = []
    for key, block in state.enrolment.items():
        before = start.enrolment.get(key)
        if before is None or before is block:
            continue
        if state.came[key[2]] == start.came[key[2]]:
            was, now = before.n, block.n
        else:  # other groups: only how many there are in all can be compared
            was, now = before.n.sum(1, keepdims=True), block.n.sum(1, keepdims=True)
        moved = np.abs(now[: len(was)] - was).sum(1)
        found += [state.schools[j] for j in np.flatnonzero((moved > 0) & (moved < k))]
    return list(dict.fromkeys(school.name or school.id for school in found))


def nothing(name: str = "") -> dict:
    """What the page says of a file that was opened: so far, nothing."""
    return {"name": name, "trouble": "", "faults": [], "notes": []}


def too_large() -> str:
    return say("studio.file.large", most=LARGEST // 1_000_000)


def text_of(message: dict, name: str) -> str:
    value = message.get(name, "")
    return value if isinstance(value, str) else ""
