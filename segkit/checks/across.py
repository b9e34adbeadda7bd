"""Between tables: codes that are in no other table, counts that contradict each other, places on the map."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from segkit.checks.pages import Page, joined
from segkit.checks.rows import Near
from segkit.checks.told import WARNING, Findings
from segkit.roles import plain
from segkit.sheets import shown
from segkit.tables import total_word
from segkit.territory import COUNTED, NOT_APPLICABLE, ROUNDED, STATUSES, UNKNOWN, WHOLE
from segkit.words import listed, say

HIDDEN = tuple(STATUSES.index(one) for one in UNKNOWN)
ROUND, NONE = STATUSES.index(ROUNDED), STATUSES.index(NOT_APPLICABLE)
FAR_DEGREES = 2.0  # schools of one territory lie within some 200 km of each other
OUTCOMES = 200  # names of outcomes that are compared with each other
AHEAD = 2  # years from now: what is planned may be there, what lies further is a slip
FEWER = 0.5  # a year with less than half the rows of the others is worth a question


@dataclass(eq=False)
class Numbers:
    """What was read of a table of counts: the year, n, its status, and which rows can be used."""

    year: np.ndarray
    n: np.ndarray
    status: np.ndarray
    fine: np.ndarray
    out_of: np.ndarray | None = None
    out_of_there: np.ndarray | None = None
    lat: np.ndarray | None = None
    lon: np.ndarray | None = None

    @property
    def hidden(self) -> np.ndarray:
        return np.isin(self.status, HIDDEN)


@dataclass(eq=False)
class Town:
    """All tables of a territory while they are checked."""

    pages: dict[str, Page]
    found: Findings
    invented: bool = False
    numbers: dict[str, Numbers] = field(default_factory=dict)
    near: Near = field(default_factory=Near)
    groupings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    meant: set[tuple[str, str]] = field(default_factory=set)  # (table, code) of cells written otherwise
    torn: frozenset[str] = frozenset()  # files of which rows could not be read at all

    def ids(self, table: str, column: str) -> dict[str, int]:
        """The codes in a table, each with the row in which it stands first."""
        page = self.pages.get(table)
        if page is None or not page.has(column):
            return {}
        codes, names = page.text(column).names
        rows = np.flatnonzero(page.keep & ~page.blank(column))
        at, first = np.unique(codes[rows], return_index=True)
        return {names[code]: int(rows[i]) for code, i in zip(at.tolist(), first.tolist(), strict=True)}

    def doubtful(self, table: str, column: str) -> set[str] | None:
        """The schools (or zones) of which a row could not be read: their sums may miss pupils. None: any."""
        page, numbers = self.pages[table], self.numbers[table]
        if page.file in self.torn:
            return None
        fine = [page.fine(name) for name in page.declared if page.declared[name].key and name != "year"]
        whole = np.all([numbers.fine, numbers.year > 0, *fine], axis=0)
        rows = np.flatnonzero((page.keep & ~whole) | page.twice)
        if not page.has(column) or not (page.fine(column) | page.twice)[rows].all():
            return None
        codes, names = page.text(column).names
        return {names[code] for code in np.unique(codes[rows]).tolist()}


# ---------------------------------------------------------------- codes


def references(town: Town):
    """Every school and zone that is named must be in its table."""
    for table, page in town.pages.items():
        for name, column in page.declared.items():
            if column.refers and column.refers in town.pages and column.refers != table and page.has(name):
                there = town.ids(column.refers, name)
                if there:
                    _refers(town, page, name, column.refers, there)


def _refers(town: Town, page: Page, name: str, table: str, there: dict[str, int]):
    text, known = page.text(name), set(there)
    unknown = page.fine(name) & text.where(lambda value: bool(value) and value not in known)
    if not unknown.any():
        return
    short = {}
    for code in there:
        if code.strip("0"):
            short.setdefault(code.lstrip("0"), code)
    lost = text.where(lambda value: value not in known and value.lstrip("0") in short)
    other, named = town.pages[table], _by_name(town, table, name)
    lost &= unknown
    by_name = unknown & ~lost & text.where(lambda value: plain(value) in named)
    seen = {text.clean[code] for code in np.unique(text.codes[lost | by_name]).tolist()}
    town.meant |= {(table, short.get(value.lstrip("0")) or named.get(plain(value))) for value in seen}

    def told(row):
        came = page.cell(row, name).strip()
        full = short.get(came.lstrip("0"), "") or named.get(plain(came), "")
        line = other.line(there[full]) if full else ""
        mean = town.near.say(came, there, 0.8)  # of codes, two that differ in one of three signs are not near
        return {"file": shown(other.file, 200), "mean": mean, "expected": full, "line": line}

    longer = text.where(lambda value: len(value) > len(short.get(value.lstrip("0"), value)))
    for kind, wrong in (
        ("zeros", lost & ~longer),
        ("name_for_code", by_name),
        (f"unknown_{name}", unknown & ~lost & ~by_name),
    ):
        rows = np.flatnonzero(wrong)
        if len(rows):
            town.found.add(kind, page, rows, name, told=told, once=True)
            page.mark(name, rows)
    if (unknown & longer).any():
        _zeros_here(town, page, other, name, np.flatnonzero(unknown & longer), short, there)


def _by_name(town: Town, table: str, column: str) -> dict[str, str]:
    """The code of each school (or zone) by its name, where only one has that name."""
    page = town.pages[table]
    if not page.has("name"):
        return {}
    codes: dict[str, set] = {}
    for row in np.flatnonzero(page.fine("name") & page.fine(column)).tolist():
        codes.setdefault(plain(page.cell(row, "name").strip()), set()).add(page.cell(row, column).strip())
    return {name: code for name, (code, *more) in codes.items() if name and not more}


def _zeros_here(town: Town, page: Page, other: Page, name: str, rows, short, there):
    """The table of schools itself has lost its zeros: said once for each code, where it is to be mended."""
    first = {}
    for row in rows[np.unique(page.text(name).names[0][rows], return_index=True)[1]].tolist():
        first[there[short[page.cell(row, name).strip().lstrip("0")]]] = row
    wrong = [row for row in sorted(first) if other.fine(name)[row]]
    if wrong:
        told = lambda row: {  # noqa: E731
            "expected": page.cell(first[row], name).strip(),
            "file": shown(page.file, 200),
            "line": page.line(first[row]),
        }
        town.found.add("zeros_here", other, wrong, name, told=told)
        other.mark(name, wrong)
    page.mark(name, rows)


def groupings(town: Town):
    """Every group belongs to its grouping; where these are not declared, one name has one spelling."""
    declared = town.groupings
    pages = [town.pages[table] for table in COUNTED if table in town.pages]
    for page in pages:
        if page.has("grouping") and page.has("group"):
            _whole_and_parts(town, page)
            if declared:
                _declared(town, page, declared)
    if not declared:
        _spellings(town, pages)
    first = town.pages.get("enrolment")
    if first is None or not (first.has("grouping") and first.has("group")):
        return
    enrolled = {pair: None for pair, _ in _pairs(first)}
    for page in pages:
        if page is not first and page.has("grouping") and page.has("group") and not declared:
            _only_here(town, page, enrolled)


def _pairs(page: Page):
    """Each grouping with each of its groups, and the rows that have both."""
    fine = page.fine("grouping") & page.fine("group")
    rows = np.flatnonzero(fine)
    (g, names), (h, groups) = page.text("grouping").names, page.text("group").names
    many = max(len(groups), 1)
    at = joined(g[rows] * many + h[rows])
    by = np.argsort(at.astype(np.int32), kind="stable")
    ends = np.cumsum(np.bincount(at)).tolist()
    pairs = []
    for start, end in zip([0, *ends], ends, strict=False):  # numbered as they come: the first stands first
        these = rows[by[start:end]]
        pairs.append(((names[g[these[0]]], groups[h[these[0]]]), these))
    return pairs


def _whole_and_parts(town: Town, page: Page):
    """ "all" is everyone and has no parts; a part is never called a total."""
    for (grouping, group), rows in _pairs(page):
        if (grouping == WHOLE) != (group == WHOLE):
            town.found.add("whole", page, rows, "group", told=lambda row, g=grouping: {"grouping": g})
        elif grouping != WHOLE and total_word(group) and group not in town.groupings.get(grouping, ()):
            town.found.add("total_group", page, rows, "group", told=lambda row, g=grouping: {"grouping": g})
        else:
            continue
        page.mark("group", rows)


def _declared(town: Town, page: Page, declared: Mapping):
    known = [*declared, *({WHOLE} - set(declared))]
    strange: dict[str, list] = {}
    for (grouping, group), rows in _pairs(page):
        groups = declared.get(grouping, (WHOLE,) if grouping == WHOLE else None)
        if groups is None:
            strange.setdefault(grouping, []).append(rows)
            continue
        elif group not in groups:
            told = {"known": listed(groups), "mean": town.near.say(group, groups), "grouping": grouping}
        else:
            continue
        town.found.add("unknown_group", page, rows, "group", told=lambda row, t=told: t, once=True)
        page.mark("group", rows)
    for grouping, parts in strange.items():
        rows, told = np.concatenate(parts), {"known": listed(known), "mean": town.near.say(grouping, known)}
        told_of = lambda row, t=told: t  # noqa: E731
        town.found.add("unknown_grouping", page, rows, "grouping", told=told_of, once=True)
        page.mark("grouping", rows)


def _spellings(town: Town, pages: list[Page]):
    """Names that differ only in capitals, accents or blanks are one name to a reader and two to a program."""
    seen: dict[tuple, Counter] = {}
    places = []
    for page in pages:
        if not (page.has("grouping") and page.has("group")):
            continue
        for (grouping, group), rows in _pairs(page):
            for column, key, name in (
                ("grouping", _same(grouping), grouping),
                ("group", (_same(grouping), _same(group)), group),
            ):
                seen.setdefault((column, key), Counter())[name] += len(rows)
                places.append((page, column, key, name, rows))
    for page, column, key, name, rows in places:
        names = seen[column, key]
        usual = max(names, key=lambda one: names[one])
        open_rows = rows[page.fine(column)[rows]]
        if name != usual and len(open_rows):
            told = lambda row, usual=usual: {"expected": usual}  # noqa: E731
            town.found.add("spelling", page, open_rows, column, told=told)
            page.mark(column, open_rows)


def _same(name: str) -> str:
    return " ".join(plain(name).replace("_", " ").replace("-", " ").split())


def _only_here(town: Town, page: Page, enrolled: Mapping):
    """A group that lives in the town and that no school has may be a slip."""
    for (grouping, group), rows in _pairs(page):
        if (grouping, group) not in enrolled:
            groups = [one for of, one in enrolled if of == grouping]
            told = {"grouping": grouping, "mean": town.near.say(group, groups)}
            town.found.add(
                "group_only_here", page, rows[:1], "group", severity=WARNING, told=lambda row, t=told: t
            )


# ---------------------------------------------------------------- sums


@dataclass(eq=False)
class Sums:
    """Counts added up over rows that agree in some columns."""

    at: np.ndarray  # which sum each row is part of, -1 for none
    first: np.ndarray  # the first row of each
    n: np.ndarray
    whole: np.ndarray  # True where every count is known and exact
    rounded: np.ndarray

    def __len__(self) -> int:
        return len(self.n)


def summed(numbers: Numbers, rows: np.ndarray, *codes: np.ndarray) -> Sums:
    """The sums of n over the rows that agree in all codes."""
    at = np.full(len(numbers.n), -1)
    at[rows] = joined(*(code[rows] for code in codes)) if len(rows) else 0
    many = int(at.max(initial=-1)) + 1
    _, first = np.unique(at[rows], return_index=True)
    part = at[rows]
    n = np.bincount(part, weights=numbers.n[rows], minlength=many).astype(np.int64)
    hidden = np.bincount(part, weights=numbers.hidden[rows], minlength=many) > 0
    rounded = np.bincount(part, weights=numbers.status[rows] == ROUND, minlength=many) > 0
    return Sums(at, rows[first], n, ~hidden & ~rounded, rounded)


def _ready(town: Town, table: str, *columns: str) -> np.ndarray:
    page, numbers = town.pages[table], town.numbers[table]
    fine = [page.fine(name) for name in columns if name != "year"]
    return np.flatnonzero(np.all([numbers.fine & page.keep & page.fine("year"), *fine], axis=0))


def enrolment_adds_up(town: Town):
    """The groups of a grouping cannot be more than everyone; two groupings count the same pupils."""
    page = town.pages.get("enrolment")
    wanted = ("year", "school", "level", "grouping", "group")
    if page is None or not all(page.has(name) for name in (*wanted, "n")):
        return
    numbers, rows = town.numbers["enrolment"], _ready(town, "enrolment", *wanted)
    if not len(rows):
        return
    school, level = page.text("school").names[0], page.text("level").names[0]
    grouping, names = page.text("grouping").names
    units = summed(numbers, rows, numbers.year, school, level)
    sums = summed(numbers, rows, units.at, grouping)
    of_all = np.array([name == WHOLE for name in names], dtype=bool)[grouping]
    all_rows = rows[of_all[rows] & ~numbers.hidden[rows]]
    roll, roll_row = np.full(len(units), -1), np.full(len(units), -1)
    roll[units.at[all_rows]] = numbers.n[all_rows]
    roll_row[units.at[all_rows]] = all_rows
    exact = np.zeros(len(units), dtype=bool)
    exact[units.at[all_rows]] = numbers.status[all_rows] != ROUND
    of = units.at[sums.first]
    part = ~of_all[sums.first]
    compare = part & (roll[of] >= 0) & exact[of] & ~sums.rounded

    def told(row):
        k, u = sums.at[row], units.at[row]
        return {
            "came": int(sums.n[k]), "sum": int(sums.n[k]), "all": int(roll[u]),
            "line": page.line(int(roll_row[u])) if roll_row[u] >= 0 else "", **_who(page, row),
            "missing": int(roll[u] - sums.n[k]),
        }  # fmt: skip

    sure = _sure(town, page, "school", sums.first)
    more, less = compare & (sums.n > roll[of]), compare & sums.whole & (sums.n < roll[of]) & sure
    if more.any():
        town.found.add("more_than_all", page, np.sort(sums.first[more]), "n", told=told)
    if less.any():
        town.found.add("less_than_all", page, np.sort(sums.first[less]), "n", severity=WARNING, told=told)
    _groupings_differ(town, page, sums, of, part & (roll[of] < 0) & sums.whole & sure)
    _above_capacity(town, page, numbers, rows, school, sums, units, of, part, roll)


def _sure(town: Town, page: Page, column: str, rows: np.ndarray) -> np.ndarray:
    """Are all rows of the school (or zone) of these rows read?"""
    doubtful = town.doubtful(page.table, column)
    if doubtful is None:
        return np.zeros(len(rows), dtype=bool)
    return ~page.text(column).where(lambda name: name in doubtful)[rows]


def _who(page: Page, row: int) -> dict:
    names = ("grouping", "school", "year", "level")
    return {name: shown(page.cell(row, name).strip(), 40) for name in names}


def _groupings_differ(town: Town, page: Page, sums: Sums, of, these):
    """Without a count of everyone, two groupings of one school should still be of one size."""
    k = np.flatnonzero(these)
    if not len(k):
        return
    first = {}
    wrong, other = [], {}
    for i in k[np.argsort(sums.first[k])].tolist():
        j = first.setdefault(int(of[i]), i)
        if sums.n[i] != sums.n[j]:
            wrong.append(int(sums.first[i]))
            other[int(sums.first[i])] = (i, j)

    def told(row):
        i, j = other[row]
        before = page.cell(int(sums.first[j]), "grouping").strip()
        return {
            "came": int(sums.n[i]), "sum": int(sums.n[i]), "other": int(sums.n[j]), "before": before,
            **_who(page, row),
        }  # fmt: skip

    if wrong:
        town.found.add("groupings_differ", page, wrong, "n", severity=WARNING, told=told)


def _above_capacity(town: Town, page: Page, numbers, rows, school, sums, units, of, part, roll):
    """More pupils than places: one warning a school, for its fullest year."""
    schools = town.pages.get("schools")
    if schools is None or not schools.has("capacity"):
        return
    places, there = town.numbers["schools"].n, town.numbers["schools"].fine
    size = np.where(roll >= 0, roll, 0)
    np.maximum.at(size, of[part], np.where(roll[of[part]] < 0, sums.n[part], 0))
    year_school = joined(numbers.year[units.first], school[units.first])
    total = np.bincount(year_school, weights=size).astype(np.int64)
    _, first = np.unique(year_school, return_index=True)
    fullest: dict[str, tuple[int, int]] = {}
    names = page.text("school").names[1]
    for k, i in enumerate(first.tolist()):
        row = int(units.first[i])
        code, year = names[school[row]], int(numbers.year[row])
        if total[k] > fullest.get(code, (0, 0))[0]:
            fullest[code] = int(total[k]), year
    at = town.ids("schools", "school")
    over = [
        (at[code], n, year)
        for code, (n, year) in fullest.items()
        if code in at and there[at[code]] and n > places[at[code]]
    ]
    values = {
        row: {"n": n, "year": year, "school": schools.cell(row, "school").strip()} for row, n, year in over
    }
    if over:
        town.found.add(
            "above_capacity", schools, sorted(values), "capacity", severity=WARNING,
            told=values.__getitem__,
        )  # fmt: skip


def flows_agree(town: Town):
    """Pupils who go to a school are enrolled in it, and pupils who leave home live there."""
    if "flows" not in town.pages:
        return
    columns = ("year", "zone", "school", "grouping", "group")
    if not all(town.pages["flows"].has(name) for name in (*columns, "n")):
        return
    rows = _ready(town, "flows", *columns)
    if len(rows):
        _agree(town, rows, "enrolment", "school", "flows_more", "flows_less")
        _agree(town, rows, "residents", "zone", "flows_homes", "")


def _agree(town: Town, rows, table: str, by: str, more: str, less: str):
    """The sums of the flows by school (or zone), year and group beside those of another table."""
    other = town.pages.get(table)
    columns = ("year", by, "grouping", "group")
    if other is None or not all(other.has(name) for name in (*columns, "n")):
        return
    theirs = _ready(town, table, *columns)
    if not len(theirs):
        return
    flows, a, b = town.pages["flows"], town.numbers["flows"], town.numbers[table]
    keys = _shared(flows, rows, a.year, other, theirs, b.year, columns)
    mine = _totals(a, rows, keys[: len(rows)])
    yours = _totals(b, theirs, keys[len(rows) :])
    unit = _shared(flows, rows, a.year, other, theirs, b.year, columns[:3])
    doubts = town.doubtful(table, by), town.doubtful("flows", by)
    counted = set(unit[len(rows) :].tolist())  # who has no row here is 0 where the grouping is counted
    wrong = {more: {}, less: {}}
    for key, (n, whole, rounded, row, i) in mine.items():
        if int(unit[i]) not in counted:
            continue
        n2, whole2, rounded2, row2, _ = yours.get(key, (0, True, False, None, 0))
        name = flows.cell(row, by).strip()
        theirs_sure, mine_sure = (doubt is not None and name not in doubt for doubt in doubts)
        if n > n2 and whole2 and theirs_sure and not rounded and not rounded2:
            wrong[more][row] = (n, n2, row2)
        elif n < n2 and whole and whole2 and mine_sure and less:
            wrong[less][row] = (n, n2, row2)

    def told(kind):
        def of(row):
            n, n2, row2 = wrong[kind][row]
            line = other.at(row2) if row2 is not None else shown(other.file, 200)
            names = (by, "year", "grouping", "group")
            who = {name: shown(flows.cell(row, name).strip(), 40) for name in names}
            return {"came": n, "sum": n, "there": n2, "place": line, "missing": n2 - n, **who}

        return of

    for kind, severity in ((more, WARNING if by == "zone" else "error"), (less, WARNING)):
        if kind and wrong[kind]:
            town.found.add(kind, flows, sorted(wrong[kind]), "n", severity=severity, told=told(kind))


def _shared(page, rows, year, other, theirs, their_year, columns) -> np.ndarray:
    """One code for the same words in two tables: first the rows of one, then of the other."""
    import pandas as pd

    parts = []
    for name in columns:
        if name == "year":
            parts.append(np.concatenate([year[rows], their_year[theirs]]))
            continue
        (a, mine), (b, yours) = page.text(name).names, other.text(name).names
        index = pd.Index(list(dict.fromkeys([*mine, *yours])))
        parts.append(
            np.concatenate(
                [index.get_indexer(list(mine))[a][rows], index.get_indexer(list(yours))[b][theirs]]
            )
        )
    return joined(*parts)


def _totals(numbers: Numbers, rows, keys) -> dict[int, tuple]:
    """For each key: the sum, whether all of it is known, whether some is rounded, its first row and place."""
    many = int(keys.max(initial=-1)) + 1
    n = np.bincount(keys, weights=numbers.n[rows], minlength=many).astype(np.int64).tolist()
    hidden = np.bincount(keys, weights=numbers.hidden[rows], minlength=many) > 0
    rounded = (np.bincount(keys, weights=numbers.status[rows] == ROUND, minlength=many) > 0).tolist()
    whole = (~hidden & ~np.array(rounded, dtype=bool)).tolist()
    found, first = np.unique(keys, return_index=True)
    return {
        key: (n[key], whole[key], rounded[key], int(rows[i]), i)
        for key, i in zip(found.tolist(), first.tolist(), strict=True)
    }


def outcomes_fit(town: Town):
    """An outcome is counted out of no more pupils than are enrolled, and under one name."""
    page, other = town.pages.get("indicators"), town.pages.get("enrolment")
    if page is None:
        return
    _one_outcome(town, page)
    columns = ("year", "school", "grouping", "group")
    if other is None or not all(one.has(name) for one in (page, other) for name in (*columns, "n")):
        return
    a, b = town.numbers["indicators"], town.numbers["enrolment"]
    rows, theirs = _ready(town, "indicators", *columns), _ready(town, "enrolment", *columns)
    rows, doubt = rows[a.out_of_there[rows]], town.doubtful("enrolment", "school")
    if not len(rows) or not len(theirs) or doubt is None:
        return
    keys = _shared(page, rows, a.year, other, theirs, b.year, columns)
    there = _totals(b, theirs, keys[len(rows) :])
    more = {}
    for row, key in zip(rows.tolist(), keys.tolist(), strict=False):
        n, whole, _, row2, _ = there.get(key, (0, False, False, 0, 0))
        if whole and a.out_of[row] > n and page.cell(row, "school").strip() not in doubt:
            more[row] = {"there": n, "place": other.at(row2)}
    if more:
        told = lambda row: more[row] | {  # noqa: E731
            name: shown(page.cell(row, name).strip(), 40) for name in ("school", *columns[2:], "year")
        }
        town.found.add("outcomes_more", page, sorted(more), "out_of", severity=WARNING, told=told)


def _one_outcome(town: Town, page: Page):
    """Two outcomes whose names differ by a capital, a blank or one letter are probably one."""
    if not page.has("indicator"):
        return
    first = town.ids("indicators", "indicator")
    if not 1 < len(first) <= OUTCOMES:
        return
    codes, names = page.text("indicator").names
    times = dict(zip(names, np.bincount(codes[page.keep], minlength=len(names)).tolist(), strict=True))
    usual: list[str] = []
    rare = {}
    for name in sorted(first, key=lambda one: (-times[one], first[one])):
        meant = next((one for one in usual if _one_slip(_same(name), _same(one))), None)
        if meant is None:
            usual.append(name)
        else:
            rare[first[name]] = {"expected": meant}
    if rare:
        told = rare.__getitem__
        town.found.add("outcome_twice", page, sorted(rare), "indicator", severity=WARNING, told=told)


def _one_slip(a: str, b: str) -> bool:
    """Are these one name, or one with a letter more, less or changed? Digits and short names tell apart.

    >>> _one_slip("reads well", "reads wel"), _one_slip("reads at 10", "reads at 11"), _one_slip("a", "b")
    (True, False, False)
    """
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) < 6 or len(long) - len(short) > 1:
        return False
    i = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    changed = long[i] + (short[i] if len(short) == len(long) else "")
    return changed.isalpha() and short[i + (len(short) == len(long)) :] == long[i + 1 :]


# ---------------------------------------------------------------- what is missing


def nothing_is_missing(town: Town):
    """Schools without pupils, zones without residents, years with few rows: each worth a question."""
    found = town.found
    enrolment, schools = town.pages.get("enrolment"), town.pages.get("schools")
    if enrolment is not None and schools is not None and len(town.ids("enrolment", "school")):
        _without(town, "schools", "school", "enrolment", "school_empty")
        _levels(town)
    if "zones" in town.pages and len(town.ids("residents", "zone")):
        _without(town, "zones", "zone", "residents", "zone_empty")
    _far_ahead(town)
    if enrolment is None or not enrolment.has("year"):
        return
    years = town.numbers["enrolment"].year
    rows = np.flatnonzero(enrolment.fine("year"))
    times = Counter(years[rows].tolist())
    _, first = np.unique(years[rows], return_index=True)
    if len(times) > 2:
        usual = float(np.median(list(times.values())))
        few = [int(rows[i]) for i in first if times[int(years[rows[i]])] < FEWER * usual]
        told = lambda row: {"n": times[int(years[row])], "usual": int(usual)}  # noqa: E731
        if few:
            found.add("year_short", enrolment, sorted(few), "year", severity=WARNING, told=told)
    _gone(town, enrolment, sorted(times))
    for table in COUNTED[1:]:
        if table in town.pages and times:
            _year_only_here(town, table, set(times))


def _far_ahead(town: Town):
    """A real town has no counts of years that are far ahead; an invented one may."""
    last = date.today().year + AHEAD
    for table in COUNTED if not town.invented else ():
        if table in town.pages:
            page = town.pages[table]
            rows = np.flatnonzero(page.fine("year") & (town.numbers[table].year > last))
            if len(rows):
                town.found.add("year_ahead", page, rows, "year", severity=WARNING, once=True)


def _gone(town: Town, page: Page, known: list[int]):
    """Schools with rows in a year and none in one after it were closed, or forgotten: a note says which."""
    if len(known) < 2 or not page.has("school"):
        return
    rows = np.flatnonzero(page.fine("year") & page.fine("school"))
    year = np.searchsorted(known, town.numbers["enrolment"].year[rows])
    school, names = page.text("school").names
    there = np.zeros((len(names), len(known)), dtype=bool)
    there[school[rows], year] = True
    gone = ~there & (there.cumsum(axis=1) > 0)
    some = np.flatnonzero(gone.any(axis=1))
    if 4 * len(some) > there.any(axis=1).sum():  # most schools: then the year is short, as said above
        return
    last = [int(np.array(known)[gone[code]][0]) for code in some.tolist()]
    said = [f"{shown(names[code])} ({year})" for code, year in zip(some.tolist(), last, strict=True)]
    if said:
        town.found.notes.append(say("check.note.gone", file=shown(page.file), schools=listed(said, most=12)))


def _year_only_here(town: Town, table: str, known: set):
    page, years = town.pages[table], town.numbers[table].year
    rows = np.flatnonzero(page.fine("year") & ~np.isin(years, list(known)))
    if len(rows):
        _, first = np.unique(years[rows], return_index=True)
        told = lambda row: {"years": listed(sorted(known), most=12)}  # noqa: E731
        town.found.add("year_only_here", page, np.sort(rows[first]), "year", severity=WARNING, told=told)


def _without(town: Town, table: str, column: str, other: str, kind: str):
    """The rows of a table whose code is nowhere in another."""
    there = set(town.ids(other, column)) | {code for of, code in town.meant if of == table}
    fine = town.pages[table].fine(column)
    rows = sorted(row for code, row in town.ids(table, column).items() if code not in there and fine[row])
    file = shown(town.pages[other].file, 200)
    if rows:
        told = lambda row: {"file": file}  # noqa: E731
        town.found.add(kind, town.pages[table], rows, column, severity=WARNING, told=told)


def _levels(town: Town):
    """The level of the pupils and that of their school, where both are said."""
    enrolment, schools = town.pages["enrolment"], town.pages["schools"]
    if not (enrolment.has("level") and schools.has("level") and enrolment.has("school")):
        return
    level = {
        code: schools.cell(row, "level").strip()
        for code, row in town.ids("schools", "school").items()
        if schools.fine("level")[row]
    }
    rows = np.flatnonzero(enrolment.fine("school") & enrolment.fine("level"))
    (s, names), (v, levels) = enrolment.text("school").names, enrolment.text("level").names
    both = s[rows] * max(len(levels), 1) + v[rows]
    _, first = np.unique(both, return_index=True)
    wrong = [
        int(rows[i]) for i in first if level.get(names[s[rows[i]]], levels[v[rows[i]]]) != levels[v[rows[i]]]
    ]
    if wrong:
        told = lambda row: {  # noqa: E731
            "school": names[s[row]],
            "expected": level[names[s[row]]],
            "file": shown(schools.file, 200),
        }
        town.found.add("level_other", enrolment, sorted(wrong), "level", severity=WARNING, told=told)


# ---------------------------------------------------------------- the map


def outlines(town: Town, near) -> dict[str, dict]:
    """The outlines that can be used, by zone; every other is a fault."""
    from segkit.zones import faults_of

    page = town.pages.get("zones")
    good: dict[str, dict] = {}
    if page is None or not page.has("geometry"):
        return good
    wrong: dict[str, list[int]] = {}
    for row in np.flatnonzero(page.keep):
        text = page.cell(int(row), "geometry").strip()
        geometry = _geometry(text)
        kind = faults_of(geometry, near) if geometry is not None else "empty" if not text else "unreadable"
        if kind:
            wrong.setdefault(kind, []).append(int(row))
        else:
            good[page.cell(int(row), "zone").strip()] = geometry
    told = lambda row: {"zone": page.cell(row, "zone").strip(), "came": ""}  # noqa: E731
    for kind, rows in wrong.items():
        town.found.add(f"geometry_{kind}", page, rows, "geometry", told=told)
        page.mark("geometry", rows)
    return good


def _geometry(text: str) -> dict | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def geometries(page: Page) -> np.ndarray:
    """The outlines of a table of zones, None where there is none."""
    out = np.empty(len(page), dtype=object)
    for row in range(len(page)):
        out[row] = _geometry(page.cell(row, "geometry"))
    return out


def middle(lat, lon, fine) -> tuple[float, float] | None:
    """Where most schools stand."""
    if not fine.any():
        return None
    return float(np.median(lat[fine])), float(np.median(lon[fine]))


def places(town: Town, lat, lon, fine, outline: dict[str, dict]):
    """Schools stand near each other, and in the zone their owner names."""
    page = town.pages["schools"]
    swapped = _swapped(lat, lon, fine, outline)
    told = lambda row: {  # noqa: E731
        "lat": page.cell(row, "lat").strip(), "lon": page.cell(row, "lon").strip(),
        "school": page.cell(row, "school").strip(),
    }  # fmt: skip
    if swapped.any():
        town.found.add("swapped", page, np.flatnonzero(swapped), "lat", told=told)
        fine = fine & ~swapped
    centre = middle(lat, lon, fine)
    if centre is not None and fine.sum() > 2:
        far = fine & (np.hypot(lat - centre[0], lon - centre[1]) > FAR_DEGREES)
        if far.any():
            town.found.add("far_away", page, np.flatnonzero(far), "lat", severity=WARNING, told=told)
            fine = fine & ~far
    if outline and fine.any():
        _in_their_zone(town, page, lat, lon, fine, outline)


def _swapped(lat, lon, fine, outline) -> np.ndarray:
    """Which points are in place only the other way round: in the map's frame, or beside the other schools."""
    with np.errstate(invalid="ignore"):
        if outline:
            west, south, east, north = _frame(outline)
            dx, dy = max(east - west, 0.05), max(north - south, 0.05)

            def inside(y, x):
                return (south - dy < y) & (y < north + dy) & (west - dx < x) & (x < east + dx)

            return fine & ~inside(lat, lon) & inside(lon, lat)
        centre = middle(lat, lon, fine)
        if centre is None or fine.sum() < 3:
            return np.zeros(len(lat), dtype=bool)
        far = np.hypot(lat - centre[0], lon - centre[1]) > FAR_DEGREES
        return fine & far & (np.hypot(lon - centre[0], lat - centre[1]) < FAR_DEGREES)


def _frame(outline: dict) -> tuple:
    import pandas as pd

    from segkit.zones import shapes

    frame = pd.DataFrame({"zone": list(outline), "geometry": list(outline.values())})
    bounds = np.array([shape.bounds for shape in shapes(frame).values()])
    return bounds[:, 0].min(), bounds[:, 1].min(), bounds[:, 2].max(), bounds[:, 3].max()


def _in_their_zone(town: Town, page: Page, lat, lon, fine, outline: dict):
    import pandas as pd
    import shapely

    from segkit.zones import shapes, zone_of

    frame = pd.DataFrame({"zone": list(outline), "geometry": list(outline.values())})
    shape = shapes(frame)
    rows = np.flatnonzero(fine)
    stands = dict(zip(rows.tolist(), zone_of(frame, lat[rows], lon[rows]), strict=True))
    other, nowhere = [], []
    for row, zone in stands.items():
        said = page.cell(row, "zone").strip() if page.fine("zone")[row] else ""
        if said in shape and shapely.intersects_xy(shape[said], lon[row], lat[row]):
            continue
        if zone and said and said != zone:
            other.append(row)
        elif not zone:
            nowhere.append(row)
    if len(outline) < len(town.ids("zones", "zone")):
        nowhere = []  # perhaps in a zone whose outline is wrong
    file = shown(town.pages["zones"].file, 200)
    told = lambda row: {  # noqa: E731
        "school": page.cell(row, "school").strip(), "zone": stands[row], "file": file,
        "came": page.cell(row, "zone").strip(),
    }  # fmt: skip
    for kind, those in (("zone_other", other), ("zone_nowhere", nowhere)):
        if those:
            town.found.add(kind, page, those, "zone", severity=WARNING, told=told)
