"""What an assessment is taken from: a protected view, a year, a level and a grouping, and how its numbers
may be said."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from segkit.indices.shelf import CannotBeAssessed
from segkit.privacy import Protected
from segkit.privacy.bounds import Bounds, box
from segkit.territory import WHOLE, Cells, Territory
from segkit.words import language, listed, number, pattern, say, words

LEAST_SCHOOLS = 3  # a row about an area or a sector that may be shown of a real place holds at least so many
HELD = 3  # counts that share a printed percentage: fewer would give the count away
EVERY = "all"  # said for a level: all of them together


class Lacking(CannotBeAssessed):
    """It cannot be assessed for want of something that one could collect."""

    def __init__(self, why: str, collect: str):
        super().__init__(why)
        self.collect = collect


class Hidden(CannotBeAssessed):
    """It could be assessed, were it not for the counts that are hidden."""

    collect = "hidden"


class Rows(NamedTuple):
    """A small table beside a finding: what its columns are called, and its rows."""

    head: tuple[str, ...]
    body: tuple[tuple, ...]


class Need(NamedTuple):
    """What a dimension asks of the data, and whether it is there."""

    what: str
    there: bool


@dataclass(frozen=True)
class Finding:
    """One number and its sentence; or, where there is none, why, and what to collect.

    value : the number, None where it is hidden or cannot be assessed. low, high : the smallest and largest
    it can be, given the counts that are hidden (None where nothing is). chance : what chance alone would
    give on average; expected : the same as a range, where hidden counts leave one. p : how often chance
    gives at least as much. interval : a 95 % interval. rows : a table. command : a line of Python, after
    `assessment.start`, or of the shell that gives the number again.
    """

    key: str
    title: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    chance: float | None = None
    p: float | None = None
    interval: tuple[float, float] | None = None
    text: str = ""
    why: str = ""
    collect: str = ""
    source: str = ""
    rows: Rows | None = None
    command: str = ""
    expected: tuple[float, float] | None = None
    caution: str = ""

    @property
    def assessed(self) -> bool:
        """Is there something to say?"""
        return not self.why

    def as_dict(self) -> dict:
        """Plain numbers and names, ready for JSON."""
        out = {"key": self.key, "title": self.title, "assessed": self.assessed}
        for name in ("value", "low", "high", "chance", "p"):
            out[name] = plain(getattr(self, name))
        out["interval"] = None if self.interval is None else [plain(v) for v in self.interval]
        out["expected"] = None if self.expected is None else [plain(v) for v in self.expected]
        for name in ("text", "caution", "why", "collect", "source", "command"):
            out[name] = getattr(self, name)
        out["rows"] = None
        if self.rows is not None:
            body = [[plain(cell) for cell in row] for row in self.rows.body]
            out["rows"] = {"head": list(self.rows.head), "body": body}
        return out


@dataclass(frozen=True)
class Dimension:
    """One of the five: its question, what it needs, what was found, and what is missing."""

    key: str
    title: str
    question: str
    needs: tuple[Need, ...]
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]

    def as_dict(self) -> dict:
        return {
            "key": self.key,
            "title": self.title,
            "question": self.question,
            "needs": [{"what": need.what, "there": need.there} for need in self.needs],
            "findings": [finding.as_dict() for finding in self.findings],
            "missing": list(self.missing),
        }


def plain(value):
    """A number or text that JSON knows."""
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not np.isfinite(value) else value


class Part(NamedTuple):
    """A share as it may be said: a number, or the two it lies between, and the words for it."""

    value: float | None
    low: float | None
    high: float | None
    text: str


class Reach(NamedTuple):
    """How few and how many of a group each unit can have, and how many pupils it has in all."""

    units: tuple[str, ...]
    low: np.ndarray
    high: np.ndarray
    t: np.ndarray
    total: int | None = None  # of the group in all units, where that is published

    @property
    def exact(self) -> bool:
        return bool((self.low == self.high).all())

    @property
    def ends(self) -> tuple[int, int]:
        """How few and how many of the group there can be in all."""
        if self.total is not None:
            return self.total, self.total
        return int(self.low.sum()), int(self.high.sum())


@dataclass(frozen=True, eq=False)
class Stock:
    """A protected view, and what of it is looked at."""

    view: Protected
    year: int
    level: str | None
    grouping: str
    seed: int = 1
    done: dict = field(default_factory=dict)  # what was worked out once

    @property
    def territory(self) -> Territory:
        return self.view.territory

    @property
    def whole(self) -> bool:
        """May every number be said as it is?"""
        return self.view.whole

    @property
    def focal(self) -> str:
        """The group measured against everyone else."""
        return self.focal_of(self.grouping)

    def focal_of(self, grouping: str) -> str:
        if grouping == WHOLE:
            raise CannotBeAssessed(say("refuse.one_group"))
        focal = self.territory.focal.get(grouping)
        if focal not in self.territory.groupings[grouping]:
            raise CannotBeAssessed(say("refuse.no_focal"))
        return focal

    @property
    def groupings(self) -> tuple[str, ...]:
        """The criteria there are, beside everyone together."""
        there = set(self.territory.enrolment["grouping"])
        return tuple(one for one in self.territory.groupings if one != WHOLE and one in there)

    def once(self, name, make):
        """Work it out the first time it is asked for, refusals too."""
        if name not in self.done:
            try:
                self.done[name] = make()
            except CannotBeAssessed as no:
                self.done[name] = no
        found = self.done[name]
        if isinstance(found, CannotBeAssessed):
            raise found
        return found

    # --- counts

    def cells(self, grouping=None, *, of="schools", year=None, level=None, **where) -> Cells:
        """The counts, or a refusal that says which table or year is missing."""
        table = {"schools": "enrolment", "residents": "residents", "homes": "flows"}[of]
        grouping = self.grouping if grouping is None else grouping
        year = self.year if year is None else year
        if not self.territory.has(table):
            raise Lacking(say(f"assess.no.{table}"), table)
        if grouping not in self.territory.groupings:
            raise CannotBeAssessed(say("refuse.no_pupils"))
        try:
            found = self.territory.cells(year, level or self.level, grouping, of=of, **where)
        except ValueError as wrong:  # a year this table does not have
            raise CannotBeAssessed(say("assess.no.year", table=table, year=year)) from wrong
        if not found.units and of == "homes" and self.flows_of_all(year):
            raise Lacking(say("assess.no.flows.group", grouping=named(grouping)), self.flows_to_ask)
        if not found.units:
            raise CannotBeAssessed(say("assess.no.rows", table=table, grouping=grouping, year=year))
        return found

    def flows_of_all(self, year) -> bool:
        """Are the ways from home to school given for everyone together?"""
        flows = self.territory.flows
        return bool(((flows["year"] == year) & (flows["grouping"] == WHOLE)).any())

    @property
    def flows_to_ask(self) -> str:
        """Which advice helps where flows are not told by group: in public they never are."""
        return "flows.public" if self.view.rule is not None and self.view.mode == "public" else "flows"

    def rolls_of(self, cells: Cells, grouping=None, *, of="schools", year=None, **where) -> np.ndarray:
        """How many pupils each unit has in all; a refusal where that is hidden."""
        full = cells.known.all(1)
        if not full.all():
            self.must_cover(self.grouping if grouping is None else grouping, of)
        rolls = dict(zip(cells.units, np.where(full, cells.n.sum(1), -1).tolist(), strict=True))
        if not full.all() and WHOLE in self.territory.groupings:
            with suppress(CannotBeAssessed):
                all_ = self.cells(WHOLE, of=of, year=year, **where)
                for unit, n, known in zip(all_.units, all_.n[:, 0], all_.known[:, 0], strict=True):
                    if known and rolls.get(unit) == -1:
                        rolls[unit] = int(n)
        unknown = sum(n < 0 for n in rolls.values())
        if unknown:
            raise Hidden(say("bounds.no_rolls", n=unknown, of=len(rolls)))
        return np.array([rolls[unit] for unit in cells.units], dtype=np.int64)

    def must_cover(self, grouping: str, of="schools") -> None:
        """Refuse where counts are hidden and the groups do not add up to everyone.

        What is hidden in a school is bounded by its pupils less those who are known: wrong where there are
        others, of no group. Looked for in every year and level, in the rows and the totals that are shown.
        """
        if self.once(("apart", grouping, of), lambda: self._told_apart(grouping, of)) is False:
            raise Hidden(say("assess.partly", grouping=named(grouping)))

    def _told_apart(self, grouping: str, of: str) -> bool:
        """Do the groups add up to everyone, wherever that can be seen?"""
        t = self.territory
        if WHOLE not in t.groupings:
            return True
        table = {"schools": "enrolment", "residents": "residents", "homes": "flows"}[of]
        for year in sorted(set(t.tables[table]["year"].dropna().tolist())):
            for level in t.levels if of == "schools" else (None,):
                cells, all_ = (t.cells(year, level, one, of=of) for one in (grouping, WHOLE))
                rolls = dict(zip(all_.units, np.where(all_.known[:, 0], all_.n[:, 0], 0), strict=True))
                full = cells.known.all(1)
                sums = zip(cells.units, cells.n.sum(1), full, strict=True)
                if any(known and n < rolls.get(unit, 0) for unit, n, known in sums):
                    return False
                parts = [self.view.total(group, year, level, grouping, of=of) for group in cells.groups]
                everyone = self.view.total(WHOLE, year, level, WHOLE, of=of)
                if None not in (*parts, everyone) and sum(parts) < everyone:
                    return False
        return True

    def reach(self, group=None, grouping=None, *, of="schools", year=None, **where) -> Reach:
        """How few and how many of a group (the focal one) each unit can have."""
        grouping = self.grouping if grouping is None else grouping
        group = self.focal_of(grouping) if group is None else group
        return self.once(
            ("reach", group, grouping, of, year, *where.items()),
            lambda: self._reach(group, grouping, of, year, where),
        )

    def _reach(self, group, grouping, of, year, where) -> Reach:
        cells = self.cells(grouping, of=of, year=year, **where)
        t = self.rolls_of(cells, grouping, of=of, year=year, **where)
        low, high = box(cells.n, cells.known, t, cells.groups.index(group))
        total = self.view.total(group, year or self.year, self.level, grouping, of=of) if not where else None
        return Reach(cells.units, low, np.maximum(low, high), t, total)

    def table(self, year=None, grouping=None):
        """The schools' table of counts, for what needs every one of them."""
        known = self.cells(grouping, year=year).known
        if not known.all():
            raise Hidden(say("assess.some_hidden", n=int((~known).sum()), of=known.size))
        year = self.year if year is None else year
        return self.territory.table(year, self.level, self.grouping if grouping is None else grouping)

    @cached_property
    def rolls(self) -> dict[str, int]:
        """The pupils of each school this year, where that is known."""
        if not self.territory.has("enrolment"):
            return {}
        return self.territory.rolls(self.year, self.level)

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The schools with pupils this year, in the order of the file."""
        there = set()
        for grouping in self.territory.groupings:
            try:
                there |= set(self.cells(grouping).units)
            except CannotBeAssessed:
                continue
        return tuple(one for one in self.territory.schools["school"] if one in there)

    @cached_property
    def schools(self):
        """The schools with pupils this year: the frame of those, by code."""
        frame = self.territory.schools.drop_duplicates("school").set_index("school", drop=False)
        return frame.loc[list(self.units)]

    @cached_property
    def schools_of_level(self) -> set[str]:
        """The schools of this level, with or without pupils this year."""
        frame = self.territory.schools
        if self.level is None:
            return set(frame["school"])
        return set(frame["school"][frame["level"] == self.level]) | set(self.units)

    @cached_property
    def zone_names(self) -> dict[str, str]:
        """What each zone is called; its code where it has no name."""
        t = self.territory
        names = {zone: name or zone for zone, name in zip(t.zones["zone"], t.zones["name"], strict=True)}
        for zone in (*t.schools["zone"], *t.residents["zone"], *t.flows["zone"]):
            if zone:
                names.setdefault(zone, zone)
        return names

    def some_schools(self) -> None:
        """Refuse where no school has pupils this year."""
        if not self.units:
            raise CannotBeAssessed(say("refuse.no_pupils"))

    # --- how a number may be said

    def rounded(self, value):
        """As it is where everything may be shown; else with two decimals."""
        if value is None or self.whole:
            return None if value is None else float(value)
        return float(round(float(value), 2) + 0.0)

    def rounded_p(self, p):
        """How often chance gives as much; of a real place to the next hundredth above, for it is never 0."""
        return p if p is None or self.whole else float(math.ceil(round(100 * p, 9)) / 100)

    def gap(self, a: Bounds, b: Bounds) -> tuple[float, float]:
        """The least and the most by which `b` is above `a`, with two decimals: what was rounded to the
        nearest hundredth may be half a hundredth off."""
        half = 0.0 if self.whole else 0.005
        off = sum(half for one in (a, b) if one.exact)
        return Bounds(b.low - a.high - off, b.high - a.low + off, False).outward()[:2]

    def part(self, low, of, high=None, of_high=None) -> Part:
        """A share as it may be said: `low` (to `high`) of `of` (to `of_high`)."""
        high = low if high is None else high
        of_high = of if of_high is None else of_high
        if of_high <= 0 or of <= 0:
            return Part(None, None, None, say("assess.nothing"))
        if low == high and of == of_high:
            if self.whole:
                return Part(float(low / of), None, None, percent(low, of))
            return Part(*public_share(int(low), int(of)))
        least = np.floor(100 * low / of_high + 1e-9) / 100
        most = min(np.ceil(100 * high / of - 1e-9) / 100, 1.0)
        if least == most:
            return Part(float(least), None, None, number(least, ".0%"))
        return Part(None, float(least), float(most), say("assess.share.range", low=least, high=most))

    def share_of(self, found: Reach) -> Part:
        """The group's share of everyone, as it may be said."""
        low, high = found.ends
        return self.part(low, found.t.sum(), high)

    def count(self, low, high=None):
        """A count, or how few and how many there can be."""
        if high is None or low == high:
            return int(low)
        return say("assess.count.range", low=int(low), high=int(high))

    # --- how it can be done again

    @cached_property
    def where(self) -> str:
        """The year, level and grouping as a line of Python says them."""
        level = EVERY if self.level is None and len(self.territory.levels) > 1 else self.level
        return f"year={self.year}, level={level!r}, grouping={self.grouping!r}"

    @cached_property
    def start(self) -> str:
        """The lines that come first: they bring back the view, and this assessment."""
        t = self.territory
        town = t.recipe if t.invented and t.recipe else f"sk.open_territory({say('assess.file')!r})"
        how = "" if t.invented else f", mode={self.view.mode!r}, k={self.view.k}"
        lines = [
            "import segkit as sk",
            f"view = sk.protect({town}{how})",
            f"assessment = sk.assess(view, {self.where}, seed={self.seed})",
        ]
        return "\n".join(lines)

    def again(self, key: str) -> str:
        """The line that gives a finding again."""
        return f"assessment.finding({key!r})"

    def table_line(self, year=None) -> str:
        """The line that gives the table of counts."""
        return f"view.territory.table({year or self.year}, {self.level!r}, {self.grouping!r})"


def percent(n, of) -> str:
    """A share in whole per cents, said so that 1 of 1,000 is not nobody and 999 not everybody."""
    share = n / of
    if 0 < share < 0.005:
        return say("assess.share.under")
    if 0.995 <= share < 1:
        return say("assess.share.over")
    return number(share, ".0%")


def p_text(p: float, whole: bool) -> str:
    """How often chance gives as much, as it is said: draws, or decimals, end somewhere above 0.

    >>> p_text(0.001, True), p_text(0.0342, True), p_text(0.001, False)
    ('≤ 0.001', '0.034', '≤ 0.01')
    """
    digits = 3 if whole else 2
    least = 10**-digits
    return f"≤ {number(least)}" if p <= least + 1e-12 else number(p, f".{digits}f")


def named(text) -> str:
    """A group or a column in a sentence: as the file calls it, in quotes, so that it is seen to be a name."""
    return say("assess.named", name=str(text).replace("_", " "))


def public_share(n: int, of: int) -> tuple:
    """A share as it may be said of a real place: a whole per cent that at least three counts round to, or a
    band that holds three; value, low, high and words."""
    for width in (1, 5, 10, 20, 25, 50):
        low = round(100 * n / of) if width == 1 else min(100 * n // of // width * width, 100 - width)
        high = low if width == 1 else low + width
        if holding(low, high, of) >= HELD:
            break
    else:
        return None, 0.0, 1.0, say("assess.share.range", low=0.0, high=1.0)
    if low == high:
        return low / 100, None, None, percent(n, of)
    return None, low / 100, high / 100, say("assess.share.range", low=low / 100, high=high / 100)


def holding(low: int, high: int, of: int) -> int:
    """How many counts out of `of` are within these per cents, or round to the one they both are."""
    if low == high:
        return sum(round(100 * n / of) == low for n in range(of + 1)) if of < 1000 else HELD
    return sum(low * of <= 100 * n <= high * of for n in range(of + 1)) if of < 1000 else HELD


def asked(stock: Stock, key: str, make: Callable, collect: str = "", **said) -> Finding:
    """One finding: what `make(stock)` found, or why it could not and what to collect."""
    said = {"command": stock.again(key)} | said
    if "title" not in said:
        said["title"] = say(f"assess.{key}")
    if f"assess.{key}.source" in words():
        said.setdefault("source", say(f"assess.{key}.source"))
    try:
        return Finding(key=key, **(said | make(stock)))
    except CannotBeAssessed as no:
        collect = getattr(no, "collect", collect)
        said |= {"why": reason_of(no), "collect": say(f"assess.collect.{collect}") if collect else ""}
        return Finding(key=key, **said)


def reason_of(no: CannotBeAssessed) -> str:
    """Why, without "cannot be assessed" in front."""
    whole = pattern("refuse", language()).fullmatch(str(no))
    return whole["why"] if whole else str(no)


def missing(*pairs) -> tuple[str, ...]:
    """What to collect, for each thing that is not there: (there, key) pairs."""
    return tuple(say(f"assess.collect.{key}") for there, key in pairs if not there)


def in_areas(stock: Stock, groups: dict[str, list[str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Areas or sectors with their schools, small ones put together where the place is real: a row about one
    or two schools is a row about them. Also those that stay too small even together."""
    if stock.whole:
        return groups, {}
    large = {name: schools for name, schools in groups.items() if len(schools) >= LEAST_SCHOOLS}
    small = [name for name in groups if name not in large]
    together = [school for name in small for school in groups[name]]
    name = say("assess.together", names=listed((stock.zone_names.get(one, one) for one in small), most=4))
    if len(together) >= LEAST_SCHOOLS:
        return large | {name: together}, {}
    return large, {name: together} if small else {}


def heads(*names) -> tuple[str, ...]:
    """What the columns of a small table are called."""
    return tuple(say(f"assess.head.{name}") for name in names)
