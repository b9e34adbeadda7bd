"""One sitting in the studio: a territory, what was done to it, and what the reader is looking at.

Gestures of the page become edits (`segkit.scenarios`); what cannot be one stays in its cell as it was typed,
with a sentence that says why. Nothing here knows how a page looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from segkit.indices.shelf import INDICES, CannotBeAssessed
from segkit.indices.space import great_circle
from segkit.privacy.bounds import box, span
from segkit.scenarios import Refused, Scenario, Story, links, started
from segkit.scenarios.comparing import MAIN, chosen, compared, measured
from segkit.scenarios.edits import EDITS, _block, name_of, refused
from segkit.scenarios.state import State
from segkit.scenarios.ways import Way, mean_way
from segkit.sheets import shown
from segkit.territory import WHOLE, Territory
from segkit.widgets import pasted
from segkit.widgets.projecting import Plane, plane
from segkit.words import say

MOST_KEPT = 8  # scenarios beside one another
MOST_PASTED = 20_000  # letters of a block
MOST_OPEN = 60  # pupils that hidden counts leave open, for an interval to be worked out at once
BOUNDED = ("dissimilarity", "gorard", "isolation")
START, NOW = "start", "now"
MOVES = {"move", "add", "remove", "merge", "zone"}  # what changes which school is whose


@dataclass(frozen=True)
class Kept:
    """A scenario the reader wants to come back to."""

    id: str
    name: str
    edits: tuple
    state: State


class Sitting:
    """What the reader does in the studio, and where they stand."""

    def __init__(self, base: Territory, edits=()):
        self.base, self.own = base, not base.invented
        self.story = Story(started(base))
        if edits:
            self.story.become(edits, say("studio.said.opened", name=base.name))
        self.kept: list[Kept] = []
        self.sides: tuple[str, str] | None = None
        self.drafts: dict[tuple, tuple[str, str]] = {}  # what was typed and cannot be counted
        self.zone = self.school = ""
        self.year, self.level, self.grouping, _ = chosen(self.state)
        self._focal: dict[str, str] = {}
        self.follow = False  # do children go to the school of their zone whenever schools change?
        self.of = "residents" if base.has("residents") else "plain"
        self.said, self.tone = "", ""
        self._count, self._mix = 0, (None, None, None)
        self._known: dict = {}

    # --- what there is

    @property
    def state(self) -> State:
        return self.story.state

    @property
    def start(self) -> State:
        return self.story.start

    @property
    def scenario(self) -> Scenario:
        return Scenario.of(self.base, self.story.edits, self.state)

    @property
    def focal(self) -> str:
        """The group measured against everyone else."""
        groups = self.state.groupings[self.grouping]
        wanted = self._focal.get(self.grouping)
        return wanted if wanted in groups else self.state.focal.get(self.grouping, groups[0])

    @cached_property
    def plane(self) -> Plane | None:
        return plane(self.base)

    def rows(self) -> list[int]:
        """The schools in the table: those with pupils, now or at the start, and those that are new."""
        _, now = self.state.peopled(self.year, self.level, self.grouping)
        there = set(now.tolist())
        if self.grouping in self.start.groupings:
            there |= set(self.start.peopled(self.year, self.level, self.grouping)[1].tolist())
        fresh = (j for j, s in enumerate(self.state.schools) if s.row < 0 and s.level == self.level)
        return [j for j in sorted(there | set(fresh)) if j not in self.state.gone]

    def block(self, state: State | None = None):
        return _block(state or self.state, self.year, self.level, self.grouping)

    def numbers(self, state: State) -> dict[str, tuple[float | None, str]]:
        """Every index of a state, worked out once for each table."""
        _, level, grouping, focal = chosen(state, self.year, self.level, self.grouping, self.focal)
        block = state.enrolment.get((self.year, level, grouping))
        key = ("indices", id(block), focal)
        if key not in self._known:
            if len(self._known) > 200:
                self._known.clear()
            # the block is kept, too, so that no other one can get its number
            self._known[key] = (measured(state.cells(self.year, level, grouping), focal), block)
        return self._known[key][0]

    def home(self, state: State) -> Way:
        """How far it is to school in a state."""
        _, level, grouping, focal = chosen(state, self.year, self.level, self.grouping, self.focal)
        return mean_way(state, self.year, level, grouping, focal)

    def between(self, state: State) -> dict[str, tuple[float, float]]:
        """Where counts are hidden: the smallest and the largest value of the indices that can be bounded."""
        _, level, grouping, focal = chosen(state, self.year, self.level, self.grouping, self.focal)
        block = state.enrolment.get((self.year, level, grouping))
        key = ("between", id(block), focal)
        if key not in self._known:
            self._known[key] = (self._bounded(state, level, grouping, focal), block)
        return self._known[key][0]

    def _bounded(self, state: State, level, grouping, focal) -> dict[str, tuple[float, float]]:
        cells = state.cells(self.year, level, grouping)
        if cells.known.all():
            return {}
        rolls = cells.n.sum(1)
        sure, whole = cells.known.all(1), state.enrolment.get((self.year, level, WHOLE))
        if whole is not None:
            at = [state.at[unit] for unit in cells.units]
            rolls, sure = np.where(sure, rolls, whole.n[at, 0]), sure | whole.known[at, 0]
        if not sure.all():
            return {}
        low, high = box(cells.n, cells.known, rolls, cells.groups.index(focal))
        if (high - low).sum() > MOST_OPEN:  # it would take longer than an answer may
            return {}
        found = {}
        for name in BOUNDED:
            try:
                found[name] = span(INDICES[name], low, high, rolls).outward()[:2]
            except CannotBeAssessed:
                continue
        return found

    # --- choosing

    def choose(self, what: str, value) -> None:
        """Look at another year, level, grouping, focal group, or select a zone or a school."""
        state, value = self.state, value if isinstance(value, str) else str(value)
        there = {
            "year": list(map(str, state.place.years)),
            "level": state.place.levels,
            "grouping": tuple(state.groupings),
            "focal": state.groupings[self.grouping],
            "of": self.colourings(),
            "follow": ("on", "off"),
            "zone": ("", *state.place.zones),
            "school": ("", *state.at),
        }
        if value not in there.get(what, ()):
            return
        if what == "focal":
            self._focal[self.grouping] = value
        elif what == "follow":
            self.follow = value == "on" and self.may_follow
        else:
            setattr(self, what, int(value) if what == "year" else value)
        if what in ("zone", "school") and value:  # one thing is selected at a time
            setattr(self, "school" if what == "zone" else "zone", "")
        self.said, self.tone = "", ""

    def colourings(self) -> tuple[str, ...]:
        found = ["residents"] if self.base.has("residents") else []
        found.append("plain")
        if any(school.capacity for school in self.state.schools):
            found.append("places")
        return tuple(found)

    # --- editing

    @property
    def may_follow(self) -> bool:
        """Is it known where the children of this year live?"""
        return any(year == self.year for year, _ in self.state.flows)

    def followed(self, edits: list[dict]) -> list[dict]:
        """The same, and everyone at the school of their zone, where schools have changed and children follow.

        The pupils of a school that closes are with the nearest school first, so that nobody is lost.
        """
        if not (self.follow and self.may_follow and {edit["do"] for edit in edits} & MOVES):
            return edits
        kept = []
        for edit in edits:
            into = nearest(self.state, edit["school"]) if edit["do"] == "remove" else None
            kept.append({"do": "merge", "school": edit["school"], "into": into} if into else edit)
        return [*kept, {"do": "catchments", "year": self.year, "level": self.level}]

    def edit(self, gestures: list[dict]) -> None:
        """Some gestures as one step; all of them or none."""
        edits, visit = [], None
        try:
            for gesture in gestures:
                new, visit = self.meant(gesture)
                edits += new
            if edits:
                moved = edits[-1]["do"] == "move" and not self.follow and self.may_follow
                said = self.story.do(self.followed(edits), visit)
                self.said = f"{said} {say('studio.said.nobody_moves')}" if moved else said
                self.tone = "ok"
        except Refused as why:
            self.said, self.tone = _sentence(why), "refused"
            self._draft(gestures, self.said)
            return
        for gesture in gestures:
            self.drafts.pop(self._place(gesture), None)
        self._look_again()

    def _place(self, gesture: dict) -> tuple:
        """Where on the page a gesture was typed."""
        do, school = str(gesture.get("do")), str(gesture.get("school", ""))
        field = {"roll": "all", "capacity": "capacity", "name": ""}.get(do, str(gesture.get("group", "")))
        return self.year, self.level, self.grouping, school, field

    def _draft(self, gestures, why: str) -> None:
        for gesture in gestures:
            if gesture.get("do") in ("count", "roll", "capacity", "name") and gesture.get("school"):
                self.drafts[self._place(gesture)] = (shown(str(gesture.get("text", "")), 40), why)

    def meant(self, gesture: dict) -> tuple[list[dict], object]:
        """The edits a gesture stands for, and the visit it belongs to."""
        do, state = str(gesture.get("do")), self.state
        about = {"year": self.year, "level": self.level, "grouping": self.grouping}
        edit = about | {key: value for key, value in gesture.items() if key not in about}
        text = str(gesture.get("text", ""))
        visit = gesture.get("visit")
        if do in ("count", "roll"):
            edit["n"] = pupils(text)
        elif do == "sector":
            edit["sector"] = gesture.get("value")
        elif do == "capacity":
            edit["places"] = pupils(text) if text.strip() else None
        elif do == "name":
            edit["name"] = name_of(text)
        elif do in ("move", "add"):
            if self.plane is None:
                raise refused("no_map")
            edit["lat"], edit["lon"] = self.plane.back(gesture.get("x"), gesture.get("y"))
        elif do == "group":
            edit["new_group"] = name_of(text)
        elif do == "join":
            edit["new_group"] = name_of(text)
        elif do == "split":
            edit["new_groups"] = gesture.get("text")
        elif do == "mix":
            edit["group"] = self.focal
            if gesture.get("key") != self.mix_key():
                raise Refused(say("studio.said.late"))
            visit = self._mix_visit
        if do == "add":
            taken = {school.id for school in state.schools}
            n = next(n for n in range(1, len(taken) + 2) if f"N{n}" not in taken)
            edit |= {"new_school": f"N{n}", "name": say("studio.new_school", n=n), "sector": "public"}
            edit["places"] = None
        elif do in ("split", "share"):
            edit["share"] = _share(gesture.get("percent"))
        elif do == "paste":
            return self.pasted(edit, text), None
        if do not in EDITS:
            raise refused("do", came=do, there=", ".join(EDITS))
        if do != "mix" and visit is not None:
            visit = (do, str(gesture.get("school")), str(gesture.get("group")), str(visit))
        return [{"do": do} | {name: edit.get(name) for name in EDITS[do][1]}], visit

    @property
    def _mix_visit(self) -> tuple:
        return "mix", self.year, self.level, self.grouping, self.focal

    def mix_from(self) -> State:
        """The state the slider starts from: before it was first moved."""
        return self.story.before_visit(self._mix_visit)

    def mix_key(self) -> str:
        """Another one as soon as the slider would lead elsewhere."""
        block = self.mix_from().enrolment.get((self.year, self.level, self.grouping))
        if self._mix[0] is not block or self._mix[1] != self._mix_visit:
            self._count += 1
            self._mix = (block, self._mix_visit, f"mix{self._count}")
        return self._mix[2]

    def mix_at(self) -> int | None:
        """The step at which the slider was let go, if that is what was done last."""
        last = self.story.steps[self.story.at - 1] if self.story.at else None
        return last.edits[-1]["step"] if last and last.visit == self._mix_visit else None

    def pasted(self, edit: dict, text: str) -> list[dict]:
        """A block from a spreadsheet, laid from a cell on or sorted by the names it brings."""
        try:
            block = pasted.blocks(text[:MOST_PASTED])
        except pasted.Unequal:
            raise Refused(say("calculator.paste_unequal")) from None
        if not block:
            raise Refused(say("studio.paste.empty"))
        groups, rows = list(self.state.groupings[self.grouping]), self.rows()
        school, group = edit.get("school", ""), edit.get("group", "")
        at = pasted.heading_at(block) if len(block) > 1 else None
        columns = None
        if at is not None:
            columns, block = [cell.strip() for cell in block[at]], block[at + 1 :]
        block = [line for line in block if any(line)]
        if block and len(block[0]) > 1 and pasted.has_names(block):
            schools = [self._school_called(line[0]) for line in block]
            block, columns = [line[1:] for line in block], columns[1:] if columns else None
        else:
            ids = [self.state.schools[j].id for j in rows]
            first = ids.index(school) if school in ids else 0
            schools = ids[first : first + len(block)]
            if len(schools) < len(block):
                raise Refused(say("studio.paste.rows", came=len(block), room=len(schools)))
        if columns is not None and all(column in groups for column in columns):
            chosen_groups = columns
        else:
            first = groups.index(group) if group in groups else 0
            chosen_groups = groups[first : first + len(block[0])]
            if len(chosen_groups) < len(block[0]):
                raise Refused(say("studio.paste.columns", came=len(block[0]), room=len(chosen_groups)))
        if len(set(schools)) < len(schools):
            raise Refused(say("studio.paste.twice"))
        counts = [[pupils(cell) if cell else None for cell in line] for line in block]
        about = {name: edit[name] for name in ("year", "level", "grouping")}
        return [{"do": "counts"} | about | {"schools": schools, "groups": chosen_groups, "counts": counts}]

    def _school_called(self, name: str) -> str:
        """The school of this name or code."""
        wanted = " ".join(name.split()).casefold()
        found = [
            school.id
            for j, school in enumerate(self.state.schools)
            if j not in self.state.gone and wanted in (school.id.casefold(), school.name.casefold())
        ]
        if len(found) != 1:
            raise Refused(say("studio.paste.school", came=shown(name, 40)))
        return found[0]

    # --- back and forth

    def undo(self) -> None:
        told = self.story.undo()
        self._went(told, "studio.said.undone")

    def redo(self) -> None:
        told = self.story.redo()
        self._went(told, "studio.said.redone")

    def restart(self) -> None:
        if self.story.changes:
            self.story.become((), say("studio.said.restarted"))
            self._went(say("studio.said.restarted"), "")

    def _went(self, told: str | None, key: str) -> None:
        if told is None:
            return
        self.said, self.tone = say(key, what=told) if key else told, "ok"
        self.drafts.clear()
        self._look_again()

    def _look_again(self) -> None:
        """What is looked at may be gone."""
        state = self.state
        if self.grouping not in state.groupings:
            self.grouping = chosen(state)[2]
        self.school = self.school if self.school in state.at else ""

    # --- scenarios

    def side(self, name: str) -> State | None:
        """A scenario by its id: the start, now, or one that was kept."""
        kept = next((one.state for one in self.kept if one.id == name), None)
        return {START: self.start, NOW: self.state}.get(name, kept)

    def keep(self, name: str) -> None:
        if len(self.kept) >= MOST_KEPT:
            self.said, self.tone = say("studio.said.enough", most=MOST_KEPT), "refused"
            return
        self._count += 1
        name = " ".join(name.split())[:40] or say("studio.scenario", n=len(self.kept) + 1)
        self.kept.append(Kept(f"k{self._count}", name, self.story.edits, self.state))
        self.said, self.tone = say("studio.said.kept", name=name), "ok"

    def back(self, name: str) -> None:
        kept = next((one for one in self.kept if one.id == name), None)
        if name == START:
            self.restart()
        elif kept:
            self.story.become(kept.edits, say("studio.said.back", name=kept.name))
            self._went(say("studio.said.back", name=kept.name), "")

    def rename(self, id: str, name: str) -> None:
        name = " ".join(name.split())[:40]
        self.kept = [replace(one, name=name) if one.id == id and name else one for one in self.kept]

    def drop(self, id: str) -> None:
        self.kept = [one for one in self.kept if one.id != id]
        if self.sides and id in self.sides:
            self.sides = None

    def compare(self, left: str, right: str) -> None:
        both = self.side(left) is not None and self.side(right) is not None
        self.sides = (left, right) if both and left else None

    def comparison(self):
        """The two sides in numbers, or None."""
        if not self.sides:
            return None
        left, right = map(self.side, self.sides)
        return compared(left, right, self.year, self.level, self.grouping, self.focal)

    def values(self, state: State) -> list[float | None]:
        found = self.numbers(state)
        return [found[name][0] for name in MAIN]

    @property
    def code(self) -> str:
        return links.told(self.base, self.story.edits)


def nearest(state: State, school: str) -> str | None:
    """The school of the same level that is nearest, where that is known; any other one where it is not."""
    here = state.schools[state.at[school]] if school in state.at else None
    others = [state.schools[j] for j in state.at.values() if here and state.schools[j].level == here.level]
    others = [other for other in others if other.id != school]
    if not others:
        return None
    if here.lat is None or here.lon is None:
        return others[0].id
    there = [other for other in others if other.lat is not None and other.lon is not None] or others[:1]
    points = np.array([(one.lat or 0.0, one.lon or 0.0) for one in (here, *there)], float)
    return there[int(np.argmin(great_circle(*points.T)[0, 1:]))].id


# --- what is typed


def pupils(text: str) -> int:
    """A whole number of pupils as it is typed; else a sentence that says what came and how to type it.

    >>> pupils(" 12 ")
    12
    >>> pupils("1,204")
    Traceback (most recent call last):
    segkit.scenarios.edits.Refused: “1,204”: type it without a separator, 1204
    """
    text = text.strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    came, digits = shown(text, 20), re.sub(r"[^0-9]", "", text)
    if not text:
        raise Refused(say("studio.fault.empty"))
    if re.fullmatch(r"[-−–]\s*[0-9.,]+", text):
        raise Refused(say("studio.fault.negative", came=came))
    if re.match(r"[<≤]", text) or re.fullmatch(r"[*.xczu]+", text):
        raise Refused(say("studio.fault.hidden", came=came))
    if re.fullmatch(r"[0-9]{1,3}([ \u00a0\u202f.,'’][0-9]{3})+", text):
        raise Refused(say("studio.fault.separator", came=came, number=digits))
    if re.fullmatch(r"[0-9]+[.,][0-9]+", text):
        raise Refused(say("studio.fault.fraction", came=came))
    if text.endswith("%"):
        raise Refused(say("studio.fault.percent", came=came))
    raise Refused(say("studio.fault.word", came=came))


def _share(percent) -> float | None:
    return None if isinstance(percent, bool) or not isinstance(percent, int | float) else percent / 100


def _sentence(why: Exception) -> str:
    """A message as a sentence of its own."""
    text = str(why).strip()
    text = text[:1].upper() + text[1:]
    return text if text[-1:] in ".?!" else text + "."


def shares(n: np.ndarray, k: int) -> np.ndarray:
    """The focal group's share in each school; NaN where there is nobody."""
    t = n.sum(-1)
    return np.where(t > 0, n[..., k] / np.maximum(t, 1), np.nan)
