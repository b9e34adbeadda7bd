"""A territory goes in; what may be shown of it comes out."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from segkit.indices.shelf import CannotBeAssessed
from segkit.territory import COUNTED_OF, SUPPRESSED, UNKNOWN, WHOLE, Territory
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
    group, by (table, year, level, grouping); None where hidden. outcomes : those of the town, by (year,
    level, indicator, grouping): of each group how many have it, out of how many; None where hidden.
    notice : sentences for whoever reads it, in the language that is spoken. log : what was decided, and why.
    """

    territory: Territory
    k: int
    mode: str
    whole: bool
    hidden: Mapping[str, int] = field(default_factory=dict)
    told: Callable[[], tuple[str, ...]] = field(default=tuple, repr=False)  # the notice
    decided: Callable[[], tuple[str, ...]] = field(default=tuple, repr=False)  # the log
    totals: Mapping[tuple, Mapping[str, int | None]] = field(default_factory=dict)
    outcomes: Mapping[tuple, Mapping[str, tuple[int, int] | None]] = field(default_factory=dict)
    rule: Rule | None = field(default=None, repr=False)
    before: object = field(default=None, repr=False)  # what was made public of it earlier
    partial: tuple[str, ...] = ()  # groupings that leave pupils out somewhere: their groups are not the roll

    @property
    def notice(self) -> tuple[str, ...]:
        return self.told()

    @property
    def log(self) -> tuple[str, ...]:
        return self.decided()

    def total(self, group, year=None, level=None, grouping=None, *, of="schools") -> int | None:
        """How many pupils of a group there are in all, where that is shown."""
        t = self.territory
        grouping = grouping if grouping == WHOLE else t._grouping(grouping)
        table = COUNTED_OF[of][0]
        years = {key[1] for key in self.totals if key[0] == table}
        if year == "all" or not years:
            return None
        year = max(years) if year is None else year
        levels = {key[2] for key in self.totals if key[:2] == (table, year)}
        wanted = levels if level is None or of != "schools" else {level} & levels
        parts = [self.totals.get((table, year, one, grouping), {}).get(group) for one in wanted]
        return sum(parts) if parts and None not in parts else None

    def interval(self, index, year=None, level=None, grouping=None, focal=None, *, of="schools", sector=None):
        """The smallest and largest value an index can have, given what is shown; two decimals."""
        from segkit.privacy.bounds import interval

        t = self.territory
        one = t._grouping(grouping)
        if one in self.partial and not t.cells(year, level, one, of=of, sector=sector).known.all():
            raise CannotBeAssessed(say("bounds.partial", grouping=one))
        group = t.focal.get(one) if focal is None else focal
        sums = {}
        if sector is None:  # totals are published for all schools together
            sums["total"] = self.total(group, year, level, one, of=of)
            sums["everyone"] = self.total(WHOLE, year, level, WHOLE, of=of)
        return interval(t, index, year, level, grouping, focal, of=of, sector=sector, **sums).outward()

    def about(self) -> dict:
        """What is said of the territory as a whole, as plain values: for files."""
        t = self.territory
        said = {
            name: getattr(t, name)
            for name in "name country language invented mode k focal story recipe".split()
        }
        said["groupings"] = {one: list(groups) for one, groups in t.groupings.items()}
        if self.rule is not None:
            said |= {"notice": list(self.notice), "log": list(self.log)}
            if self.rule.recipients:
                said |= {"recipients": list(self.rule.recipients), "reason": self.rule.reason}
        if self.partial:
            said["partial"] = list(self.partial)
        if not self.whole:  # otherwise they are the sums of what is there
            said["totals"] = totals = {}
            for (table, year, level, grouping), groups in self.totals.items():
                levels = totals.setdefault(table, {}).setdefault(str(year), {})
                levels.setdefault(level, {})[grouping] = dict(groups)
        if self.outcomes:
            said["outcomes"] = outcomes = {}
            for (year, level, indicator, grouping), groups in self.outcomes.items():
                indicators = outcomes.setdefault(str(year), {}).setdefault(level, {})
                indicators.setdefault(indicator, {})[grouping] = {
                    group: None if pair is None else {"n": pair[0], "out_of": pair[1]}
                    for group, pair in groups.items()
                }
        return said

    def release(self):
        """Write down that this is made public, after looking whether that would give something away.

        What is compared and kept are published values only. Call it before a file, a report or a picture of a
        public view is given away; `write` does so itself. Errors: PrivacyError with what to do instead.
        """
        if self.mode == "public" and self.rule is not None and not self.territory.invented:
            self.before.add(self)

    def write(self, path, *, replace: bool = False):
        """Write what may be shown as a folder, a .zip or an .xlsx; the paths that were written."""
        from segkit.packages import write_package

        self.release()
        return write_package(dict(self.territory.tables), self.about(), path, replace=replace)


def write(view: Protected, path, *, replace: bool = False):
    """Write a protected view; anything else is refused."""
    if not isinstance(view, Protected):
        raise TypeError(say("privacy.raw"))
    return view.write(path, replace=replace)


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
    keep=(),
    progress=None,
) -> Protected:
    """What may be shown of a territory.

    mode : "public" (for anybody) or "shared" (exact, for the `recipients` named, with a `reason`). k : counts
    of fewer than k pupils are hidden; the owner's k where nothing is said, or that of a `preset` (IT-3, UK-5,
    US-10); fewer than those needs a `reason`, which is logged. special : groupings that tell special things
    of a child (health, origin …), hidden below 10. releases : the folder with what was made public before
    (the session folder where nothing is said). keep : own columns to show; other than yes and no,
    they may name a child, and stay. progress : called with a share of the work and a sentence; what it raises
    stops the work.

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
    return _public(territory, rule, releases, keep, progress or _quiet)


# ── the rule ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Rule:
    """What was asked for, after it was found to be allowed."""

    mode: str
    k: int
    special: tuple[str, ...] = ()
    reason: str = ""
    recipients: tuple[str, ...] = ()
    floor: int = 0  # the least k, had no reason been given

    def log(self) -> tuple[str, ...]:
        """What was decided, in sentences."""
        said = [say("privacy.log.lower", k=self.k, floor=self.floor, reason=self.reason)]
        said = said if self.k < self.floor else []
        if self.mode == "shared":
            return (*said, say("privacy.log.shared", names=listed(self.recipients), reason=self.reason))
        return (*said, say("privacy.log.public", k=self.k))

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
    if wanted < floor and len(reason) < REASON:
        raise PrivacyError(say("privacy.lower", k=wanted, floor=floor))
    if mode == "shared":
        names = tuple(str(one).strip() for one in recipients if str(one).strip())
        if not names or len(reason) < REASON:
            raise PrivacyError(say("privacy.recipients"))
        return Rule(mode, wanted, special, reason, names, floor)
    return Rule(mode, wanted, special, reason, (), floor)


def _quiet(share: float, text: str):
    """Nobody wants to know how far the work is."""


# ── shared: everything, to people with a name ───────────────────────────────────────────────────────


def _shared(t: Territory, rule: Rule) -> Protected:
    notice = functools.partial(_notice_of_shared, rule)
    t = replace(t, mode="shared", k=rule.k)
    return Protected(t, rule.k, "shared", True, {}, notice, rule.log, _totals(t), {}, rule)


def _notice_of_shared(rule: Rule) -> tuple[str, ...]:
    return (
        say("privacy.notice.shared", names=listed(rule.recipients)),
        say("privacy.notice.reason", reason=rule.reason),
        say("privacy.notice.no_ranking"),
    )


def _totals(t: Territory) -> dict:
    """The totals of a territory in which nothing is hidden."""
    out = {}
    for of, levels in (("schools", t.levels), ("residents", (None,))):
        years = sorted(set(t.tables[COUNTED_OF[of][0]]["year"].dropna().tolist()))
        for year, level in ((year, level) for year in years for level in levels):
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


def _public(t: Territory, rule: Rule, releases, keep, progress) -> Protected:
    from segkit.privacy.releases import Releases
    from segkit.privacy.showing import Showing, frame_of, plain_columns

    before = Releases.of(t.name, releases, t)
    made = Showing(t, rule, before, progress).run()
    tables = {table: frame_of(table, rows) for table, rows in made.rows.items()}
    dropped = {}
    for table in ("schools", "zones"):
        tables[table], dropped[table] = plain_columns(table, t.tables[table], keep)
    for table in made.rows:
        dropped[table] = plain_columns(table, t.tables[table])[1]
    groupings = dict(t.groupings)
    if (tables["enrolment"]["grouping"] == WHOLE).any():
        groupings.setdefault(WHOLE, (WHOLE,))
    shown = replace(t, tables=tables, groupings=groupings, mode="public", k=rule.k, story="", recipe="")
    counted = {table: shown.tables[table]["n_status"].eq(SUPPRESSED) for table in made.rows}
    hidden = {table: int(gone.sum()) for table, gone in counted.items() if gone.any()}
    counts = {table: len(gone) for table, gone in counted.items() if len(gone)}
    sums = [pair for groups in made.outcomes.values() for pair in groups.values()]
    groups = bool((tables["enrolment"]["grouping"] != WHOLE).any())  # totals alone have no index
    text = bool(t.story or t.recipe)
    notice = functools.partial(_notice, rule, hidden, counts, made.left_out, dropped, text, sums, groups)
    totals = MappingProxyType(made.totals)
    outcomes = MappingProxyType(made.outcomes)
    return Protected(
        shown,
        rule.k,
        "public",
        not hidden,
        hidden,
        notice,
        rule.log,
        totals,
        outcomes,
        rule,
        before,
        partial(t),
    )


def partial(t: Territory) -> tuple[str, ...]:
    """The groupings whose groups are not the whole roll of every school and zone, as far as one knows.

    A hidden count is then not what the roll leaves over, and no index can be said from it.
    """
    found = []
    for grouping in t.groupings:
        if grouping != WHOLE and any(_leaves_out(t, grouping, of) for of in ("schools", "residents")):
            found.append(grouping)
    return tuple(found)


def _leaves_out(t: Territory, grouping: str, of: str) -> bool:
    frame = t.tables[COUNTED_OF[of][0]]
    unit = COUNTED_OF[of][1]
    at = [column for column in ("year", unit, "level") if column in frame]
    unsaid = frame["n_status"].isin(UNKNOWN).groupby([frame[one] for one in (*at, "grouping")]).any()
    sums = frame.assign(n=frame["n"].fillna(0)).groupby([*at, "grouping"])["n"].sum()[~unsaid]
    sums = sums.astype("float64").unstack("grouping")
    if grouping not in sums:
        return False
    there = sums[grouping].notna()
    return bool((sums[grouping] != sums.max(axis=1))[there].any())


def _notice(rule, hidden, counts, left_out, dropped, text, sums, groups) -> tuple[str, ...]:
    """What everybody who reads the numbers should know."""
    left = [say("privacy.left_out", **one) for one in left_out]
    left += [
        say("privacy.notice.columns", table=one, names=listed(names))
        for one, names in dropped.items()
        if names
    ]
    left += [say("privacy.notice.text")] if text else []
    special = listed((say("privacy.outcomes"), *rule.special))
    gone = listed(say("privacy.notice.table", table=t, n=hidden.get(t, 0), of=n) for t, n in counts.items())
    outcomes = say("privacy.notice.outcomes", n=len(sums) - sums.count(None), of=len(sums))
    return (
        say(
            "privacy.notice.k" + ("" if rule.sensitive > rule.k else ".one"),
            k=rule.k,
            sensitive=rule.sensitive,
            special=special,
        ),
        say("privacy.notice.hidden", tables=gone),
        *((say("privacy.notice.indices"),) if groups else ()),
        *((say("privacy.notice.flows", k=rule.roll),) if "flows" in counts else ()),
        *((outcomes,) if "indicators" in counts else ()),
        *left,
        *(line for line in rule.log() if rule.reason),
        say("privacy.notice.no_ranking"),
    )
