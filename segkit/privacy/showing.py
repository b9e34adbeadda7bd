"""The public tables of a territory: what of each may be shown.

Each year and level of enrolment, and each year of residents, is a table of its own. Pupils by school, and
children by zone, are shown wherever there are k of them; so the groupings do not know of each other, and each
can be made safe by itself. What links one table to another is told here, one link at a time.
"""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from segkit.privacy.merging import merged
from segkit.privacy.outcomes import REST, Case, Cell, Pupils, behind_enough, town_totals
from segkit.privacy.suppression import complete, small_rolls
from segkit.territory import COUNTED_OF, OK, SUPPRESSED, TABLES, UNKNOWN, WHOLE, Territory
from segkit.words import say

ALIKE, FEW = 0.8, 5  # so many of so many rows must agree for two groupings to have a group in common
MOST_GROUPS = 10  # a grouping with more is not taken apart in search of coarser ones
PLAIN = frozenset("yes no true false y n si sì sí ja nein oui non 0 1".split()) | {""}


class Showing:
    """The public tables on their way: `rows` by table, `totals`, and what had to be left out."""

    def __init__(self, t: Territory, rule, before, progress):
        self.t, self.rule, self.progress = t, rule, progress
        self.held, self.told = before.hidden(), before.shown()
        self.rows = {table: [] for table in ("enrolment", "residents", "flows", "indicators")}
        self.totals: dict[tuple, dict] = {}
        self.outcomes: dict[tuple, dict] = {}  # (year, level, indicator, grouping): of the town, by group
        self.there: dict[int, dict] = {}  # by year: (school, level, grouping, group) → (pupils, shown)
        self.shut: dict[tuple, set] = {}  # (table, year, level): units whose roll is hidden
        self.hidden: set[tuple] = set()  # (year, school, grouping, group) hidden in enrolment, at any level
        self.closed: set[int] = set()  # years in which a whole level is too small to be mentioned
        self.nested = nests(t)
        self.shared = common(t, self.nested)  # sums that two groupings have in common
        self.kin: set[tuple] = (
            set()
        )  # (year, two groupings) of which one only takes groups of the other together
        self.left_out: list[dict] = []  # what is not shown at all

    def run(self) -> Showing:
        steps = [(self.enrolment, year, level) for year in self.t.years for level in self.t.levels]
        for table, step in (
            ("residents", self.residents),
            ("flows", self.flows),
            ("indicators", self.indicators),
        ):
            years = sorted(set(self.t.tables[table]["year"].dropna().tolist()))
            steps += [(step, year, None) for year in years]
        for done, (step, year, level) in enumerate(steps):
            self.progress(done / len(steps), say("privacy.progress", table=step.__name__, year=year))
            step(year, *([level] if level is not None else []))
        self.progress(1.0, say("privacy.done"))
        return self

    # --- enrolment

    def enrolment(self, year, level):
        blocks = self.blocks("schools", year, level)
        # a level that is new here must not be had from what was told of all levels together
        told = {key[4:] for key in self.told if key[:4] == ("residents", year, "", "")}
        told -= {key[4:] for key in self.told if key[:4] == ("enrolment", year, level or "", "")}
        if blocks and not self.counts(
            "enrolment",
            year,
            level,
            blocks,
            fixed_totals=lambda by, cells: np.array([(by, group) in told for group in cells.groups]),
        ):
            self.closed.add(year)
            self.left_out.append({"table": f"enrolment, {level}".rstrip(", "), "year": year})

    def blocks(self, of, year, level):
        cells = {one: self.t.cells(year, level, one, of=of) for one in self.t.groupings}
        return {one: found for one, found in cells.items() if len(found.units)}

    def counts(self, table, year, level, blocks, **links) -> bool:
        """Rolls first, then each grouping by itself; False where they cannot be shown at all."""
        rolls = rolls_of(blocks)
        known = [unit for unit, roll in rolls.items() if roll is not None]
        held = np.array(
            [(table, year, level or "", unit, WHOLE, WHOLE) in self.held for unit in known], dtype=bool
        )
        gone = small_rolls([rolls[unit] for unit in known], self.rule.roll, held)
        nothing = gone is None
        shut = {unit for unit, roll in rolls.items() if roll is None}
        everyone = None if nothing or shut else sum(rolls.values())
        shut |= set(known if nothing else np.array(known, dtype=object)[gone].tolist())
        if nothing and table == "enrolment":
            self.closed.add(year)
        found = {}
        nested = {one: on for one, on in self.nested.items() if one in blocks and on[0] in blocks}
        nested = {one: on for one, on in nested.items() if blocks[one].units == blocks[on[0]].units}
        also: dict[str, np.ndarray] = {}
        todo = [one for one in blocks if one != WHOLE and one not in nested]
        while todo:  # what one grouping hides, another that has it too must hide: until both agree
            for grouping in todo:
                coarser = {one: unions for one, (finer, unions) in nested.items() if finer == grouping}
                here = (table, year, level, grouping, blocks[grouping])
                made = self.grouping(*here, rolls, shut, nothing, links, coarser, also.get(grouping))
                if made is None:
                    return False
                found[grouping] = made
            todo = agree(found, blocks, self.shared, also)
        for grouping, (finer, unions) in nested.items():
            cells = blocks[grouping]
            whole = [
                (cells.n[:, h] == [rolls[u] for u in cells.units]).all() for h in range(cells.n.shape[1])
            ]
            barred = np.array([unit in shut for unit in cells.units])
            found[grouping] = follow(found[finer], unions, whole, barred, everyone is None)
            self.kin.add((year, frozenset((finer, grouping))))
        self.kin |= {(year, frozenset((a, b))) for a, _, b, _ in self.shared if a in found and b in found}
        self.shut[table, year, level] = shut
        status = statuses(self.t, table, year, level)
        write = self.writer(table, year, level, status)
        for unit in rolls:
            write(unit, WHOLE, WHOLE, None if unit in shut else rolls[unit])
        self.total(table, year, level, WHOLE, {WHOLE: everyone})
        if table == "enrolment":
            self.remember(year, level, blocks, rolls, shut, found)
        for grouping, made in found.items():
            cells = blocks[grouping]
            for i, unit in enumerate(cells.units):
                for g, group in enumerate(cells.groups):
                    write(unit, grouping, group, None if made.hidden[i, g] else int(cells.n[i, g]))
                    if made.hidden[i, g] and table == "enrolment":
                        self.hidden.add((year, unit, grouping, group))
            sums = [None if h else int(n) for h, n in zip(made.totals, cells.n.sum(0), strict=True)]
            self.total(table, year, level, grouping, dict(zip(cells.groups, sums, strict=True)))
        for unit in shut:
            if table == "enrolment":
                self.hidden.add((year, unit, WHOLE, WHOLE))
        return True

    def remember(self, year, level, blocks, rolls, shut, found):
        """How many pupils there are and which of these counts are shown: the outcomes ask for it."""
        there = self.there.setdefault(year, {})
        for unit, roll in rolls.items():
            there[unit, level, WHOLE, WHOLE] = roll, unit not in shut
        for grouping, made in found.items():
            cells = blocks[grouping]
            for i, unit in enumerate(cells.units):
                for g, group in enumerate(cells.groups):
                    known = bool(cells.known[i, g])
                    n = int(cells.n[i, g]) if known else None
                    there[unit, level, grouping, group] = n, known and not made.hidden[i, g]
                rest = 0 if rolls[unit] is None else rolls[unit] - int(cells.n[i].sum())
                if rest > 0 and cells.known[i].all():
                    there[unit, level, grouping, REST] = rest, False

    def grouping(self, table, year, level, grouping, cells, rolls, shut, nothing, links, coarser, also=None):
        """Which counts of one grouping are hidden; `also` : counts, and below them totals, that must be."""
        r = [
            rolls[u] if rolls[u] is not None else int(n.sum())
            for u, n in zip(cells.units, cells.n, strict=True)
        ]
        where = [[(table, year, level or "", u, grouping, g) for g in cells.groups] for u in cells.units]
        held = np.array([[key in self.held for key in row] for row in where], dtype=bool)
        for other, unions in coarser.items():  # a sum that was hidden before stays hidden in all its parts
            for some, h in zip(unions, self.t.groupings[other], strict=True):
                before = [(table, year, level or "", u, other, h) in self.held for u in cells.units]
                held[np.ix_(before, list(some))] = True
        held |= links.get("open_units", lambda *_: False)(grouping, cells)
        also = np.zeros((len(held) + 1, held.shape[1]), bool) if also is None else also
        held |= also[:-1]
        held_totals = np.array(
            [(table, year, level or "", "", grouping, g) in self.held for g in cells.groups]
        )
        held_totals = held_totals | also[-1] | links.get("open_totals", lambda *_: False)(grouping, cells)
        kin = {one for a, _, b, _ in self.shared if grouping in (a, b) for one in (a, b)}
        sums = [one for unions in coarser.values() for one in unions if len(one) > 1]
        sums += [some for one, some, _, _ in self.shared if one == grouping and len(some) > 1]
        fixed = links.get("fixed_totals", lambda *_: None)(grouping, cells)
        made = complete(
            cells.n,
            r,
            max(map(self.rule.of, (grouping, *coarser, *kin))),
            known=cells.known,
            open_rolls=np.array([unit in shut for unit in cells.units]),
            held=held,
            held_totals=held_totals,
            fixed_totals=fixed,
            unions=list(dict.fromkeys(sums)),
        )
        if nothing and made is not None:
            made = made._replace(hidden=np.ones_like(made.hidden), totals=np.ones_like(made.totals))
        return made

    def writer(self, table, year, level, status):
        rows = self.rows[table]

        def write(unit, grouping, group, n):
            said = status.get((unit, grouping, group), OK)
            if n is None:
                said = said if said in UNKNOWN else SUPPRESSED
            elif said in UNKNOWN:
                n = None
            where = (year, unit) if table == "residents" else (year, unit, level)
            rows.append((*where, grouping, group, n, said))

        return write

    def total(self, table, year, level, grouping, sums):
        self.totals[table, year, level or "", grouping] = MappingProxyType(sums)

    # --- residents: the same, and they must not give back a total that enrolment hides

    def residents(self, year):
        blocks = self.blocks("residents", year, None)
        if not blocks:
            return
        if year in self.closed or not self.counts(
            "residents",
            year,
            None,
            blocks,
            open_units=lambda *where: self.open_units(year, *where),
            open_totals=lambda grouping, cells: bool(self.hidden_totals(year, grouping)),
            fixed_totals=lambda *where: self.fixed_totals(year, *where),
        ):
            self.left_out.append({"table": "residents", "year": year})

    def sums(self, year, grouping):
        """The totals of enrolment over the levels; None where one of them is hidden."""
        found: dict[str, int | None] = {}
        for (table, one, _, by), totals in self.totals.items():
            if (table, one, by) == ("enrolment", year, grouping):
                for group, n in totals.items():
                    before = found.get(group, 0)
                    found[group] = None if n is None or before is None else before + n
        return found

    def hidden_totals(self, year, grouping) -> list[str]:
        return [group for group, n in self.sums(year, grouping).items() if n is None]

    def fixed_totals(self, year, grouping, cells):
        """Totals that anybody can have from the enrolment: the same children, counted at school."""
        sums = self.sums(year, grouping)
        return np.array([sums.get(g) == int(n) for g, n in zip(cells.groups, cells.n.sum(0), strict=True)])

    def open_units(self, year, grouping, cells):
        """Zones hidden as a whole, so that a total hidden in enrolment is as open where the children live."""
        groups = [cells.groups.index(g) for g in self.hidden_totals(year, grouping) if g in cells.groups]
        out = np.zeros(cells.n.shape, dtype=bool)
        if not groups:
            return out
        n = cells.n[:, groups]
        wanted = np.minimum(self.rule.of(grouping), n.sum(0))
        rows = np.zeros(len(n), dtype=bool)
        while not rows.all() and (rows.sum() < 1 or (n[rows].sum(0) < wanted).any()):
            short = np.maximum(wanted - n[rows].sum(0), 0)
            rows[np.argmax(np.where(rows, -1, np.minimum(n, short).sum(1)))] = True
        out[rows] = True
        return out

    # --- flows: everyone together, and small ways merged

    def flows(self, year):
        found = everyone(self.t, year)
        if found is None:
            return
        zones, schools, n, unknown = found
        levels = [shut for (table, one, _), shut in self.shut.items() if (table, one) == ("enrolment", year)]
        shut_schools = set().union(*levels)
        shut_zones = self.shut.get(("residents", year, None), set())
        held = [[("flows", year, z, s, WHOLE, WHOLE) in self.held for s in schools] for z in zones]
        hidden = None
        if year not in self.closed:
            hidden = merged(
                n,
                self.rule.roll,
                unknown=unknown,
                rows_shut=[zone in shut_zones for zone in zones],
                columns_shut=[school in shut_schools for school in schools],
                held=held,
            )
        if hidden is None:
            self.left_out.append({"table": "flows", "year": year})
            return
        for i, zone in enumerate(zones):
            for j, school in enumerate(schools):
                row = (year, zone, school, WHOLE, WHOLE)
                self.rows["flows"].append(
                    (*row, None, SUPPRESSED) if hidden[i, j] else (*row, int(n[i, j]), OK)
                )

    # --- outcomes: all groups of a school, or none

    def indicators(self, year):
        frame = self.t.indicators
        frame = frame[frame["year"] == year]
        order = {school: i for i, school in enumerate(self.t.schools["school"])}
        found: dict[tuple, dict] = {}
        columns = ["school", "indicator", "grouping", "group", "n", "out_of", "n_status"]
        for school, indicator, grouping, group, n, out_of, status in frame[columns].itertuples(index=False):
            pair = None if status in UNKNOWN or _missing(n) or _missing(out_of) else (int(n), int(out_of))
            found.setdefault((school, indicator), {}).setdefault(grouping, {})[group] = (pair, status)
        asked: dict[tuple, tuple[dict, set]] = {}
        for school, indicator in sorted(found, key=lambda one: (order[one[0]], one[1])):
            groupings = with_everyone(found[school, indicator])
            asked[school, indicator] = groupings, self.gone(year, school, indicator, groupings)
        self.hide_behind(year, asked)
        cases: dict[str, Case] = {}
        for (school, indicator), (groupings, gone) in asked.items():
            self.outcome(year, school, indicator, groupings, gone)
            case = cases.setdefault(indicator, Case(indicator, {}, set()))
            self.add_case(case, year, school, groupings, gone)
        self.outcomes |= self.of_the_town(year, list(cases.values()))

    def hide_behind(self, year, asked):
        """Hide the outcomes of a school or two more, where only one or two are: else the town's are."""
        levels = dict(zip(self.t.schools["school"], self.t.schools["level"], strict=True))
        parts: dict[tuple, dict] = {}
        for (school, indicator), one in asked.items():
            parts.setdefault((levels[school], indicator), {})[school] = one
        for (_, indicator), schools in parts.items():
            for grouping in (WHOLE, *(one for one in self.t.groupings if one != WHOLE)):
                for group in self.groups_of(grouping):
                    for school in self.more_behind(year, schools, indicator, grouping, group):
                        groupings, gone = schools[school]
                        gone |= set(groupings) if grouping == WHOLE else {grouping}
                        gone |= {one for one in groupings if (year, frozenset((one, grouping))) in self.kin}

    def more_behind(self, year, schools, indicator, grouping, group) -> list[str]:
        """The schools to hide as well, so that enough are hidden behind an outcome of the town."""
        k = self.rule.sensitive
        pairs, hidden, shown = {}, [], []
        for school, (groupings, gone) in schools.items():
            pair = groupings.get(grouping, {}).get(group, ((0, 0), OK))[0]
            if pair is None:
                return []
            if pair[1]:
                pairs[school] = pair
                (hidden if grouping in gone else shown).append(school)
        known = [s for s in shown if ("indicators", year, s, grouping, group, indicator) in self.told]
        lost = {s: len(groupings.keys() - gone) for s, (groupings, gone) in schools.items()}
        left = sorted(
            set(shown) - set(known), key=lambda s: (lost[s] if grouping == WHOLE else 0, pairs[s][1], s)
        )
        more: list[str] = []
        while hidden and not behind_enough([pairs[s] for s in (*hidden, *more)], k):
            if not left:
                return []  # not even then
            more.append(left.pop(0))
        return more

    def add_case(self, case, year, school, groupings, gone):
        """One school of an outcome, for the sums over all schools."""
        whole = groupings.get(WHOLE, {}).get(WHOLE, (None,))[0]
        for grouping, groups in groupings.items():
            pairs = {g: groups[g][0] if g in groups else (0, 0) for g in self.groups_of(grouping)}
            if grouping != WHOLE and whole is not None and None not in pairs.values():
                groups_ = map(sum, zip(*pairs.values(), strict=True))
                rest = tuple(all_ - some for all_, some in zip(whole, groups_, strict=True))
                pairs |= {REST: rest} if any(rest) else {}
            if None in pairs.values() or any(not 0 <= n <= of for n, of in pairs.values()):
                case.unsaid.add((school, grouping))  # nobody knows, or it does not add up
                continue
            plain = grouping not in gone and (pairs.get(REST) is None or WHOLE not in gone)
            case.cells[school, grouping] = {
                group: Cell(
                    *pair,
                    (plain if group == REST else grouping not in gone)
                    or ("indicators", year, school, grouping, group, case.name) in self.told,
                )
                for group, pair in pairs.items()
            }

    def of_the_town(self, year, cases):
        """What may be told of each outcome over all schools of a level."""
        if year in self.closed or year not in self.there or year != self.t.indicators["year"].max():
            return {}  # the last year's only: linear programs take their time
        totals = {}
        for (table, one, level, grouping), groups in self.totals.items():
            if (table, one) == ("enrolment", year):
                for group, n in groups.items():
                    totals[level, grouping, group] = n, n is not None
        for (level, grouping, group), (_, shown) in list(totals.items()):
            if not shown:  # hidden from readers; the sum of what is there
                parts = [c for at, (c, _) in self.there[year].items() if at[1:] == (level, grouping, group)]
                totals[level, grouping, group] = None if None in parts else sum(parts), False
        groupings = {*self.t.groupings, WHOLE}
        k_of = {one: self.rule.roll if one == WHOLE else self.rule.of(one) for one in groupings}
        of, kin = self.t.groupings, []
        for coarse, (fine, unions) in self.nested.items():
            kin.append((coarse, fine, dict(zip(of[coarse], unions, strict=True))))
        kin += [(coarse, fine, {of[coarse][h]: some}) for fine, some, coarse, h in self.shared]
        kin = [
            (coarse, fine, {group: [of[fine][i] for i in some] for group, some in parts.items()})
            for coarse, fine, parts in kin
            if (year, frozenset((coarse, fine))) in self.kin
        ]
        found = town_totals(
            cases,
            Pupils(self.there[year], totals, k_of),
            dict(zip(self.t.schools["school"], self.t.schools["level"], strict=True)),
            self.rule.sensitive,
            plain_k=self.rule.k,
            held={(key[5], *key[2:5]) for key in self.held if key[:2] == ("outcomes", year)},
            kin=kin,
        )
        level_of = dict(zip(self.t.schools["school"], self.t.schools["level"], strict=True))
        short = {  # a school that was not asked would be the town less the others
            (case.name, level, grouping)
            for case in cases
            for (school, level, grouping, _), (n, _) in self.there[year].items()
            if n != 0 and ((school, grouping) not in case.cells or level_of.get(school) != level)
        }
        return {
            (year, level, indicator, grouping): MappingProxyType({
                group: None if (indicator, level, grouping) in short else groups.get(group)
                for group in self.groups_of(grouping)
            })
            for (indicator, level, grouping), groups in found.items()
        }  # fmt: skip

    def groups_of(self, grouping):
        return (WHOLE,) if grouping == WHOLE else self.t.groupings[grouping]

    def gone(self, year, school, indicator, groupings) -> set[str]:
        """The groupings of one outcome of one school that may not be said."""
        k = self.rule.sensitive
        gone = {
            grouping
            for grouping, groups in groupings.items()
            if any(
                pair is None
                or tight(*pair, k)
                or (year, school, grouping, group) in self.hidden
                or ("indicators", year, school, grouping, group, indicator) in self.held
                for group, (pair, _) in groups.items()
            )
            or any((year, school, grouping, group) in self.hidden for group in self.groups_of(grouping))
        }
        if (year, school, WHOLE, WHOLE) in self.hidden:
            gone = set(groupings)
        kin = {one for one in groupings for other in gone if (year, frozenset((one, other))) in self.kin}
        gone |= kin  # one of them would tell of the other
        shown = [one for one in groupings if one not in gone]
        wholes = {
            one: tuple(map(sum, zip(*(pair for pair, _ in groupings[one].values()), strict=True)))
            for one in shown
        }
        if any(tight_rest(a, b, k) for a in wholes.values() for b in wholes.values()):
            gone = set(groupings)
        for whole in wholes.values():
            if any(not roomy(pair, whole, k) for one in gone for pair, _ in groupings[one].values()):
                gone = set(groupings)
        return gone

    def outcome(self, year, school, indicator, groupings, gone):
        """The rows of one outcome of one school."""
        for grouping in (one for one in dict.fromkeys((*self.t.groupings, WHOLE)) if one in groupings):
            for group in self.groups_of(grouping):
                if grouping not in gone and group not in groupings[grouping]:
                    continue  # a hidden grouping has a row for every group: a missing one would say "nobody"
                pair, status = groupings[grouping].get(group, (None, SUPPRESSED))
                row = (year, school, grouping, group, indicator)
                said = status if status in UNKNOWN else SUPPRESSED
                self.rows["indicators"].append(
                    (*row, None, None, said) if grouping in gone else (*row, *pair, status)
                )


def with_everyone(groupings):
    """The same with everyone's outcome, from the fullest grouping: more pupils, so more can be said."""
    if WHOLE in groupings:
        return groupings
    sums = [
        tuple(map(sum, zip(*(pair for pair, _ in groups.values()), strict=True)))
        for groups in groupings.values()
        if all(pair is not None for pair, _ in groups.values())
    ]
    if not sums:
        return groupings
    return {**groupings, WHOLE: {WHOLE: (max(sums, key=lambda pair: pair[1]), OK)}}


def _missing(value) -> bool:
    import pandas as pd

    return bool(pd.isna(value))


def tight(n, out_of, k) -> bool:
    """Fewer than k with the outcome, or fewer than k without."""
    return 0 < n < k or 0 < out_of - n < k


def tight_rest(a, b, k) -> bool:
    """Two ways to add a school up that differ by fewer than k pupils: those in none of the groups."""
    n, out_of = abs(a[0] - b[0]), abs(a[1] - b[1])
    return tight(n, max(out_of, n), k) or 0 < out_of < k


def roomy(pair, whole, k) -> bool:
    """Does the school's own number leave a group's open: 1 or fewer below, k or all of the group above?

    >>> roomy((3, 50), (40, 87), k=10)  # 47 of the 87 do not have it, so at least 3 of these 50 do
    False
    """
    if pair is None:
        return True
    for n, all_with, all_without in (
        (pair[0], whole[0], whole[1] - whole[0]),
        (pair[1] - pair[0], whole[1] - whole[0], whole[0]),
    ):
        low, high = max(0, pair[1] - all_without), min(pair[1], all_with)
        if 0 < n < k and (low > 1 or high < min(k, pair[1])):
            return False
    return True


def nests(t: Territory) -> dict[str, tuple[str, list[tuple[int, ...]]]]:
    """Groupings whose groups are groups of a finer one taken together: by name, the finer one, and which.

    "Foreign or not" says nothing that "origin" does not say; where both are shown, one would give the other
    away. Whether it is so is seen in the counts: in every school, zone and year each group is the sum of the
    same finer ones.
    """
    from itertools import combinations

    found: dict[str, tuple] = {}
    rows = {one: every_row(t, one) for one in t.groupings if one != WHOLE}
    there = sorted(rows, key=lambda one: -len(t.groupings[one]))  # stable: the owner's order among equals
    for at, coarse in enumerate(there):
        for fine in (one for one in there[:at] if one not in found):
            both = [key for key in rows[coarse] if key in rows[fine]]
            if not both or len(t.groupings[fine]) > MOST_GROUPS:
                continue
            a, b = (np.array([rows[one][key] for key in both]) for one in (fine, coarse))
            used = np.flatnonzero(a.any(0)).tolist()
            some = [part for size in range(len(used), -1, -1) for part in combinations(used, size)]
            sums = {a[:, list(part)].sum(1).tobytes(): part for part in some}
            unions = [sums.get(b[:, h].tobytes()) for h in range(b.shape[1])]
            if None not in unions:
                found[coarse] = (fine, unions)
                break
    return found


def common(t: Territory, nested) -> list[tuple[str, tuple[int, ...], str, int]]:
    """Sums that two groupings have in common though neither follows the other: (one, columns, other, column).

    "Born abroad" may be a group of two groupings that are cut differently otherwise, and one school where a
    child is miscounted does not make "foreign" another thing than "near or far": four rows of five are enough
    for a reader to see what is meant.
    """
    from itertools import combinations, permutations

    found = []
    rows = {one: every_row(t, one) for one in t.groupings if one not in (WHOLE, *nested)}
    for fine, coarse in permutations(rows, 2):
        both = [key for key in rows[coarse] if key in rows[fine]]
        if not both or len(t.groupings[fine]) > MOST_GROUPS:
            continue
        a, b = (np.array([rows[one][key] for key in both]) for one in (fine, coarse))
        used = np.flatnonzero(a.any(0)).tolist()
        some = [part for size in range(1, len(used)) for part in combinations(used, size)]
        for h in np.flatnonzero(b.any(0)).tolist() if some else ():
            sums = np.column_stack([a[:, list(part)].sum(1) for part in some])
            there = (sums > 0) | (b[:, [h]] > 0)
            alike = (sums == b[:, [h]]) & there
            share = alike.sum(0) / np.maximum(there.sum(0), 1)
            best = int(np.argmax(share))
            if share[best] == 1 or share[best] >= ALIKE and there[:, best].sum() >= FEW:
                found.append((fine, some[best], coarse, h))
    return found


def agree(found, blocks, shared, also) -> list[str]:
    """Groupings that must hide more, because another one hides a sum they have in common; `also` grows."""
    changed: dict[str, None] = {}
    for fine, some, coarse, h in shared:
        if fine not in found or coarse not in found:
            continue
        a, b, columns = found[fine], found[coarse], list(some)
        units = [unit for unit in blocks[fine].units if unit in set(blocks[coarse].units)]
        at = [np.array([blocks[one].units.index(u) for u in units] + [-1], int) for one in (fine, coarse)]
        in_a, in_b = (np.vstack([one.hidden, one.totals])[i] for one, i in zip((a, b), at, strict=True))
        parts, whole = in_a[:, columns].any(1), in_b[:, h]
        for one, made, i, must, where in (
            (coarse, b, at[1], parts & ~whole, [h]), (fine, a, at[0], whole & ~parts, columns)
        ):  # fmt: skip
            if must.any():
                grown = also.setdefault(one, np.zeros((len(made.hidden) + 1, made.hidden.shape[1]), bool))
                if not grown[np.ix_(i[must], where)].all():  # not of a total that is known
                    grown[np.ix_(i[must], where)] = True
                    changed[one] = None
    return list(changed)


def every_row(t: Territory, grouping: str) -> dict[tuple, tuple[int, ...]]:
    """The known counts of a grouping, for each school and zone, each year and level."""
    found = {}
    for of, levels in (("schools", t.levels), ("residents", (None,))):
        for year in sorted(set(t.tables[COUNTED_OF[of][0]]["year"].dropna().tolist())):
            for level in levels:
                cells = t.cells(year, level, grouping, of=of)
                for unit, n, known in zip(cells.units, cells.n.tolist(), cells.known.all(1), strict=True):
                    if known:
                        found[of, year, level, unit] = tuple(n)
    return found


def follow(made, unions, whole, barred, untold=False):
    """What is hidden of groups taken together: all sums in which a hidden count takes part.

    whole : sums that are everybody, who may be said where the roll may (it is not `barred`), and in all where
    the sum of the rolls may (it is not `untold`).
    """
    units = len(made.hidden)
    parts = [
        barred if all_ else made.hidden[:, list(some)].any(1)
        for some, all_ in zip(unions, whole, strict=True)
    ]
    totals = [
        untold if all_ else made.totals[list(some)].any() for some, all_ in zip(unions, whole, strict=True)
    ]
    hidden = np.column_stack(parts) if parts else np.zeros((units, 0), bool)
    return made._replace(hidden=hidden, totals=np.array(totals, bool), small=hidden)


def rolls_of(blocks) -> dict[str, int | None]:
    """Everyone in each unit: as counted, or else the fullest grouping; None where nobody says."""
    out: dict[str, int | None] = {unit: None for cells in blocks.values() for unit in cells.units}
    whole = blocks.get(WHOLE)
    if whole is not None:
        out |= {
            u: int(n) for u, n, ok in zip(whole.units, whole.n[:, 0], whole.known[:, 0], strict=True) if ok
        }
    said = {unit for unit, roll in out.items() if roll is not None}
    for cells in blocks.values():
        for unit, n, known in zip(cells.units, cells.n.sum(1).tolist(), cells.known.all(1), strict=True):
            if known and unit not in said:
                out[unit] = max(out[unit] or 0, n)
    return out


def statuses(t, table, year, level) -> dict:
    """The statuses other than "ok" of one year and level."""
    frame = t.tables[table]
    frame = frame[(frame["year"] == year) & (frame["n_status"] != OK)]
    if level is not None:
        frame = frame[frame["level"] == level]
    unit = COUNTED_OF["schools" if table == "enrolment" else "residents"][1]
    keys = zip(frame[unit], frame["grouping"], frame["group"], strict=True)
    return dict(zip(keys, frame["n_status"], strict=True))


def everyone(t: Territory, year):
    """All pupils from each zone to each school: zones, schools, counts, and where the source does not say."""
    frame = t.flows[t.flows["year"] == year]
    if not len(frame):
        return None
    there = frame.groupby("grouping")["n"].sum()
    grouping = WHOLE if WHOLE in there.index else there.idxmax()
    frame = frame[frame["grouping"] == grouping]
    zones = [zone for zone in t._ids["zone"] if zone in set(frame["zone"])]
    schools = [school for school in t._ids["school"] if school in set(frame["school"])]
    i, j = (
        np.array([order.index(one) for one in frame[c]], int)
        for c, order in (("zone", zones), ("school", schools))
    )
    n, unknown = np.zeros((len(zones), len(schools)), np.int64), np.zeros((len(zones), len(schools)), bool)
    np.add.at(n, (i, j), frame["n"].to_numpy(dtype="int64", na_value=0))
    np.logical_or.at(unknown, (i, j), frame["n_status"].isin(UNKNOWN).to_numpy())
    return zones, schools, n, unknown


def frame_of(table: str, rows):
    import pandas as pd

    columns = [column.name for column in TABLES[table]]
    if not rows:
        return pd.DataFrame({name: [] for name in columns})
    return pd.DataFrame(
        {name: list(column) for name, column in zip(columns, zip(*rows, strict=True), strict=True)}
    )


def plain_columns(table: str, frame, keep=()):
    """The declared columns, and of the owner's own those that say yes or no; the names of the others."""
    declared = [column.name for column in TABLES[table]]
    own = [name for name in frame if name not in declared]
    shown = [
        name for name in own if name in keep or not name.startswith("x_") and _says_yes_or_no(frame[name])
    ]
    return frame[[name for name in frame if name in declared or name in shown]], [
        n for n in own if n not in shown
    ]


def _says_yes_or_no(values) -> bool:
    return {str(value).strip().casefold() for value in set(values)} <= PLAIN
