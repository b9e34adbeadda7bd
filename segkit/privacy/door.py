"""A territory goes in; what may be shown of it comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np

from segkit.territory import COUNTED_OF, OK, SUPPRESSED, TABLES, UNKNOWN, WHOLE, Territory
from segkit.words import listed, say

PRESETS = {"IT-3": 3, "UK-5": 5, "US-10": 10}
LEAST = 3  # with two, whoever knows of one child knows of the other
K_SENSITIVE = 10  # outcomes, and groupings that are special categories
REASON = 12  # letters: "because" is no reason


class PrivacyError(ValueError):
    """Something that must not leave, or not like this; the words say what to do."""


@dataclass(frozen=True, eq=False)
class Protected:
    """A territory of which everything may be shown: all that files, reports and pictures accept.

    territory : what may be shown; a hidden count is NA and "suppressed". k : counts of fewer pupils are
    hidden. whole : nothing had to be hidden. hidden : how many counts, by table. totals : pupils of each
    group, by (table, year, level, grouping); None where hidden. notice : sentences for whoever reads it.
    log : what was decided, and why.
    """

    territory: Territory
    k: int
    mode: str
    whole: bool
    hidden: Mapping[str, int] = field(default_factory=dict)
    notice: tuple[str, ...] = ()
    log: tuple[str, ...] = ()
    totals: Mapping[tuple, Mapping[str, int | None]] = field(default_factory=dict)

    def total(self, group, year=None, level=None, grouping=None, *, of="schools") -> int | None:
        """How many pupils of a group there are in all, where that is shown."""
        t = self.territory
        grouping = t._grouping(grouping)
        table = COUNTED_OF[of][0]
        years = {key[1] for key in self.totals if key[0] == table}
        if year == "all" or not years:
            return None
        year = max(years) if year is None else year
        levels = {key[2] for key in self.totals if key[:2] == (table, year)}
        wanted = levels if level is None else {level} & levels
        parts = [self.totals.get((table, year, one, grouping), {}).get(group) for one in wanted]
        return sum(parts) if parts and None not in parts else None

    def interval(self, index, year=None, level=None, grouping=None, focal=None, *, of="schools", sector=None):
        """The smallest and largest value an index can have, given what is shown; two decimals."""
        from segkit.privacy.bounds import interval

        t = self.territory
        one = t._grouping(grouping)
        group = t.focal.get(one) if focal is None else focal
        total = self.total(group, year, level, one, of=of) if sector is None else None
        return interval(t, index, year, level, grouping, focal, of=of, sector=sector, total=total).outward()


def protect(
    territory: Territory,
    *,
    mode=None,
    k=None,
    preset=None,
    special=(),
    reason="",
    recipients=(),
    releases=None,
    progress=None,
) -> Protected:
    """What may be shown of a territory.

    mode : "public" (for anybody) or "shared" (exact, for the `recipients` named, with a `reason`). k : counts
    of fewer than k pupils are hidden; the owner's k where nothing is said, or that of a `preset` (IT-3, UK-5,
    US-10); fewer than those needs a `reason`, which is logged. special : groupings that tell special things
    of a child (health, origin …), hidden below 10. progress : called with a share of the work and a sentence;
    what it raises stops the work.

    Conventions: nobody (0) and everybody may be said. Years and levels are tables of their own: nothing that
    is published adds them up. An invented territory is shown whole unless a mode, k or preset is asked for.
    """
    if not isinstance(territory, Territory):
        raise TypeError(say("privacy.raw"))
    if territory.invented and mode is None and k is None and preset is None:
        return Protected(territory, territory.k, "public", True, totals=_totals(territory))
    rule = _rule(territory, mode or "public", k, preset, special, reason, recipients)
    if rule.mode == "shared":
        return _shared(territory, rule)
    return _public(territory, rule, progress or _quiet)


# ── the rule ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Rule:
    """What was asked for, after it was found to be allowed."""

    mode: str
    k: int
    special: tuple[str, ...] = ()
    reason: str = ""
    recipients: tuple[str, ...] = ()
    log: tuple[str, ...] = ()

    def of(self, grouping: str) -> int:
        """The k of a grouping."""
        return self.sensitive if grouping in self.special else self.k

    @property
    def sensitive(self) -> int:
        return max(self.k, K_SENSITIVE)

    @property
    def roll(self) -> int:
        """A school's pupils are hidden below the largest k in use, so that its groups have room to hide."""
        return self.sensitive if self.special else self.k


def _rule(t: Territory, mode, k, preset, special, reason, recipients) -> Rule:
    if mode not in ("public", "shared"):
        raise PrivacyError(say("privacy.private" if mode == "private" else "privacy.mode", came=mode))
    if preset is not None and preset not in PRESETS:
        raise PrivacyError(say("privacy.preset", came=preset, there=listed(PRESETS)))
    special = (special,) if isinstance(special, str) else tuple(special)
    recipients = (recipients,) if isinstance(recipients, str) else tuple(recipients)
    if unknown := [one for one in special if one not in t.groupings or one == WHOLE]:
        there = listed(one for one in t.groupings if one != WHOLE)
        raise PrivacyError(say("privacy.special", came=listed(unknown), there=there))
    floor = max(t.k, PRESETS[preset]) if preset else t.k
    wanted = k if k is not None else PRESETS[preset] if preset else t.k
    if isinstance(wanted, bool) or int(wanted) != wanted or wanted < LEAST:
        raise PrivacyError(say("privacy.least", came=wanted, least=LEAST))
    reason, wanted = str(reason).strip(), int(wanted)
    log = []
    if wanted < floor:
        if len(reason) < REASON:
            raise PrivacyError(say("privacy.lower", k=wanted, floor=floor))
        log.append(say("privacy.log.lower", k=wanted, floor=floor, reason=reason))
    if mode == "shared":
        names = tuple(str(one).strip() for one in recipients if str(one).strip())
        if not names or len(reason) < REASON:
            raise PrivacyError(say("privacy.recipients"))
        log.append(say("privacy.log.shared", names=listed(names), reason=reason))
        return Rule(mode, wanted, special, reason, names, tuple(log))
    log.append(say("privacy.log.public", k=wanted))
    return Rule(mode, wanted, special, reason, (), tuple(log))


def _quiet(share: float, text: str):
    """Nobody wants to know how far the work is."""


# ── shared: everything, to people with a name ───────────────────────────────────────────────────────


def _shared(t: Territory, rule: Rule) -> Protected:
    notice = (
        say("privacy.notice.shared", names=listed(rule.recipients)),
        say("privacy.notice.reason", reason=rule.reason),
        say("privacy.notice.no_ranking"),
    )
    t = replace(t, mode="shared", k=rule.k)
    return Protected(t, rule.k, "shared", True, {}, notice, rule.log, _totals(t))


def _totals(t: Territory) -> dict:
    """The totals of a territory in which nothing is hidden."""
    out = {}
    for of in ("schools", "residents"):
        for year, level in _systems(t, of):
            for grouping in t.groupings:
                cells = t.cells(year, level, grouping, of=of)
                if len(cells.units):
                    sums = [
                        int(n) if known else None
                        for n, known in zip(cells.n.sum(0), cells.known.all(0), strict=True)
                    ]
                    key = (COUNTED_OF[of][0], year, level or "", grouping)
                    out[key] = MappingProxyType(dict(zip(cells.groups, sums, strict=True)))
    return MappingProxyType(out)


# ── public: hide until nothing can be solved for ────────────────────────────────────────────────────


def _public(t: Territory, rule: Rule, progress) -> Protected:
    systems = [(of, year, level) for of in ("schools", "residents") for year, level in _systems(t, of)]
    rows, totals = {"enrolment": [], "residents": []}, {}
    for done, (of, year, level) in enumerate(systems):
        progress(done / max(len(systems), 1), say("privacy.progress", year=year, level=level or ""))
        _one_system(t, rule, of, year, level, rows, totals)
    tables = {table: _frame(table, found) for table, found in rows.items()}
    tables["schools"], dropped = _without_own("schools", t.schools)
    tables["zones"], more = _without_own("zones", t.zones)
    groupings = dict(t.groupings)
    if any(row[-4] == WHOLE for found in rows.values() for row in found):
        groupings.setdefault(WHOLE, (WHOLE,))
    shown = replace(
        t,
        tables=tables,
        groupings=groupings,
        mode="public",
        k=rule.k,
        story="",
        recipe="",
        invented=t.invented,
    )
    hidden = {table: int(shown.tables[table]["n_status"].eq(SUPPRESSED).sum()) for table in rows}
    hidden = {table: n for table, n in hidden.items() if n}
    notice = _notice(shown, rule, hidden)
    progress(1.0, say("privacy.done"))
    return Protected(shown, rule.k, "public", not hidden, hidden, notice, rule.log, MappingProxyType(totals))


def _systems(t: Territory, of: str):
    """Each year and level by itself: nothing that is published adds them up."""
    table = COUNTED_OF[of][0]
    frame = t.tables[table]
    years = sorted(set(frame["year"].dropna().tolist()))
    return [(year, level) for year in years for level in (t.levels if of == "schools" else (None,))]


def _one_system(t, rule, of, year, level, rows, totals):
    from segkit.privacy.suppression import complete, small_rolls

    table = COUNTED_OF[of][0]
    blocks = {}
    for grouping in t.groupings:
        cells = t.cells(year, level, grouping, of=of)
        if len(cells.units):
            blocks[grouping] = cells
    if not blocks:
        return
    rolls = _rolls(blocks)
    units = [unit for unit, roll in rolls.items() if roll is not None]
    unknown = {unit for unit, roll in rolls.items() if roll is None}
    held = small_rolls([rolls[unit] for unit in units], rule.roll)
    nothing = held is None
    shut = unknown | set(units if nothing else [u for u, h in zip(units, held, strict=True) if h])
    status = _statuses(t, table, year, level)
    keep = {"table": table, "year": year, "level": level, "status": status, "rows": rows[table]}
    for unit, roll in rolls.items():
        _say(keep, unit, WHOLE, WHOLE, None if unit in shut else roll)
    everyone = None if nothing or unknown else int(sum(rolls.values()))
    totals[table, year, level or "", WHOLE] = MappingProxyType({WHOLE: everyone})
    for grouping, cells in blocks.items():
        if grouping == WHOLE:
            continue
        open_rolls = np.array([unit in shut for unit in cells.units])
        r = [
            rolls[unit] if rolls[unit] is not None else int(row.sum())
            for unit, row in zip(cells.units, cells.n, strict=True)
        ]
        found = complete(cells.n, r, rule.of(grouping), known=cells.known, open_rolls=open_rolls)
        hidden, gone = found.hidden, found.totals
        if nothing:
            hidden, gone = np.ones_like(hidden), np.ones_like(gone)
        for i, unit in enumerate(cells.units):
            for g, group in enumerate(cells.groups):
                _say(keep, unit, grouping, group, None if hidden[i, g] else int(cells.n[i, g]))
        sums = [None if h else int(n) for h, n in zip(gone, cells.n.sum(0), strict=True)]
        totals[table, year, level or "", grouping] = MappingProxyType(
            dict(zip(cells.groups, sums, strict=True))
        )


def _rolls(blocks) -> dict[str, int | None]:
    """Everyone in each unit: as counted, or else the fullest grouping; None where nobody says."""
    out: dict[str, int | None] = {}
    for cells in blocks.values():
        for unit in cells.units:
            out.setdefault(unit, None)
    whole = blocks.get(WHOLE)
    if whole is not None:
        for unit, n, known in zip(whole.units, whole.n[:, 0].tolist(), whole.known[:, 0], strict=True):
            if known:
                out[unit] = n
    said = {unit for unit, roll in out.items() if roll is not None}
    for cells in blocks.values():
        for unit, n, known in zip(cells.units, cells.n.sum(1).tolist(), cells.known.all(1), strict=True):
            if known and unit not in said:
                out[unit] = max(out[unit] or 0, n)
    return out


def _statuses(t, table, year, level) -> dict:
    """The statuses other than "ok" of one year and level."""
    frame = t.tables[table]
    frame = frame[(frame["year"] == year) & (frame["n_status"] != OK)]
    if level is not None:
        frame = frame[frame["level"] == level]
    unit = "school" if "school" in frame else "zone"
    keys = zip(frame[unit], frame["grouping"], frame["group"], strict=True)
    return dict(zip(keys, frame["n_status"], strict=True))


def _say(keep, unit, grouping, group, n):
    """One row of a table that may be shown."""
    status = keep["status"].get((unit, grouping, group), OK)
    if n is None:
        status = status if status in UNKNOWN else SUPPRESSED
    elif status in UNKNOWN:
        n = None
    where = (keep["year"], unit) if keep["table"] == "residents" else (keep["year"], unit, keep["level"])
    keep["rows"].append((*where, grouping, group, n, status))


def _frame(table, rows):
    import pandas as pd

    columns = [column.name for column in TABLES[table]]
    frame = pd.DataFrame(rows, columns=columns) if rows else pd.DataFrame({c: [] for c in columns})
    return frame.astype({"n": "Int64"}) if rows else frame


def _without_own(table, frame):
    """The declared columns only: what the owner added may name a child."""
    declared = [column.name for column in TABLES[table]]
    return frame[[c for c in frame if c in declared]], [c for c in frame if c not in declared]


def _notice(t, rule, hidden) -> tuple[str, ...]:
    return (say("privacy.notice.no_ranking"),)
