"""Outcomes of the town: how many of each group have one, out of how many, over all schools of a level.

Of a single school most outcomes are too few to be told; of all schools together they are not. But a total,
next to the schools that are shown, tells what the others have together. So a total is told only where the
hidden schools behind it are three at least, with k pupils on either side, and where linear programs find
every hidden outcome, and every hidden count of pupils, open: from 1 or fewer to k.

The programs are asked for more than a reader can know: outcomes must stay open to somebody who knows of each
school and group how many were asked, and pupils must be able to move in all outcomes of a year at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from segkit.territory import WHOLE

LEAST_SCHOOLS = 3  # hidden behind a total: of two, each knows the other
REST = ""  # the pupils of a school who are in none of a grouping's groups
SLACK = 1e-6  # of the linear programs
MOST = 1e6  # pupils: more than there are
TOTALS = ("total", "total asked")


class Cell(NamedTuple):
    """An outcome of one group of one school: how many have it, of how many, and can anybody know?"""

    n: int
    out_of: int
    shown: bool


class Case(NamedTuple):
    """One outcome of one year: `cells` by (school, grouping), then by group; `unsaid`: not known."""

    name: str
    cells: Mapping[tuple[str, str], Mapping[str, Cell]]
    unsaid: frozenset[tuple[str, str]]


class Pupils(NamedTuple):
    """Who is where this year: what the outcomes must not give away either.

    counts : (school, level, grouping, group) → (n, shown); n is None where the source does not say.
    totals : (level, grouping, group) → (n, shown). k_of : the k of a grouping.
    """

    counts: Mapping[tuple, tuple]
    totals: Mapping[tuple, tuple]
    k_of: Mapping[str, int]


def town_totals(cases, pupils: Pupils, level_of, k: int, *, plain_k: int, held=(), kin=()) -> dict:
    """What may be told of the town: (outcome, level, grouping) → {group: (n, out_of), or None where hidden}.

    level_of : the level of each school. held : (outcome, level, grouping, group) that stay hidden. plain_k :
    how open the outcomes are that are hidden for the sake of others. kin : (coarse, fine, parts) for
    groupings of which one takes groups of the other together; parts are the groups of each group.
    """
    found, told, wary = {}, {}, {}
    for case in cases:
        sums = totals_of(case, level_of)
        wary[case.name] = {at for at in sums if not large_enough(case, at, sums[at], k, level_of)}
        wary[case.name] |= {at for at, (_, shown) in pupils.totals.items() if at in sums and not shown}
        told[case.name] = {
            at for at in sums.keys() - wary[case.name] if at in pupils.totals and (case.name, *at) not in held
        }
        for school, grouping in case.unsaid:
            found.setdefault((case.name, level_of.get(school, ""), grouping), {})
        for (level, grouping, group), total in sums.items():
            if group != REST:
                found.setdefault((case.name, level, grouping), {})[group] = total
    some = [case for case in cases if told[case.name]]
    for case in some:
        at_a_time([case], None, level_of, told, wary, k, plain_k, kin)
    if any(not shown for _, shown in pupils.counts.values()):
        at_a_time(some, pupils, level_of, told, wary, k, plain_k, kin)
    return {
        (name, level, grouping): {
            group: total if (level, grouping, group) in told[name] else None
            for group, total in groups.items()
        }
        for (name, level, grouping), groups in found.items()
    }


# ── which totals there are, and which could be told by themselves ───────────────────────────────────


def totals_of(case: Case, level_of) -> dict[tuple, tuple[int, int]]:
    """How many have it, out of how many, by (level, grouping, group); none where a school's is not known."""
    unsaid = {(level_of.get(school, ""), grouping) for school, grouping in case.unsaid}
    sums: dict[tuple, tuple[int, int]] = {}
    for (school, grouping), cells in case.cells.items():
        level = level_of.get(school, "")
        if (level, grouping) not in unsaid:
            for group, cell in cells.items():
                n, out_of = sums.get((level, grouping, group), (0, 0))
                sums[level, grouping, group] = n + cell.n, out_of + cell.out_of
    return sums


def large_enough(case, at, total, k, level_of) -> bool:
    """Is a total large enough, and what of it is hidden?"""
    level, grouping, group = at
    if few(*total, k) or not total[1]:  # "nobody was asked" says in which schools nobody is
        return False
    behind = [
        cells[group]
        for (school, one), cells in case.cells.items()
        if one == grouping and level_of.get(school, "") == level and group in cells
    ]
    return behind_enough([cell[:2] for cell in behind if cell.out_of and not cell.shown], k)


def behind_enough(pairs, k) -> bool:
    """What is hidden behind a total: nothing, or three schools with k pupils on either side.

    >>> behind_enough([], 10), behind_enough([(40, 80), (3, 9)], 10)
    (True, False)
    """
    n, out_of = (sum(column) for column in zip(*pairs, strict=True)) if pairs else (0, 0)
    return not pairs or len(pairs) >= LEAST_SCHOOLS and n >= k and out_of - n >= k


def few(n, out_of, k) -> bool:
    """Fewer than k with the outcome, or fewer than k without."""
    return 0 < n < k or 0 < out_of - n < k


# ── what somebody who adds up can know ──────────────────────────────────────────────────────────────


class Open(NamedTuple):
    """How far a hidden number must be able to reach: to `low` and to `high`, or `width` wide anywhere."""

    low: float
    high: float
    width: float = 0


ANYHOW = Open(np.inf, -np.inf)


def openness(n, of, k, plain_k, least=0, most=None) -> Open | None:
    """How open a hidden count must be; no wider than from `least` to `most`, what it can be anyway.

    >>> openness(3, 40, 10, 5), openness(20, 40, 10, 5)
    (Open(low=1, high=10, width=0), Open(low=20, high=20, width=5))
    >>> openness(0, 40, 10, 5) is None  # nobody may be said
    True
    """
    most = of if most is None else most
    if n in (0, of):
        return None
    low, high = n, n
    if n < k:
        low, high = 1, max(high, min(k, of))
    if of - n < k:
        low, high = min(low, of - min(k, of)), max(high, of - 1)
    width = min(plain_k, of, most - least) if low == high else 0
    return Open(max(low, least), min(high, most), width)


class Program:
    """Numbers that are not told, the sums they obey, and how far each of them has been seen to reach."""

    def __init__(self):
        self.at, self.names, self.low, self.high = {}, [], [], []
        self.known: dict = {}  # numbers that are told
        self.sums, self.tops = [], []
        self.wanted: dict = {}  # how open a number must be

    def number(self, name, low=0.0, high=MOST):
        self.at[name] = len(self.at)
        self.names.append(name), self.low.append(low), self.high.append(high)

    def adds(self, terms: dict, to=0.0, *, most=False):
        """The sum of some numbers, each with its weight: what is known of them goes to the other side."""
        open_ = {self.at[name]: w for name, w in terms.items() if name in self.at}
        to -= sum(w * self.known[name] for name, w in terms.items() if name not in self.at)
        if open_:
            (self.tops if most else self.sums).append((open_, to))

    def ready(self):
        self.forget()
        self.equal, self.under = self.matrix(self.sums), self.matrix(self.tops)

    def matrix(self, rows):
        from scipy import sparse

        if not rows:
            return None, None
        places = [(r, c, w) for r, (row, _) in enumerate(rows) for c, w in row.items()]
        r, c, w = zip(*places, strict=True)
        matrix = sparse.csr_array((w, (r, c)), shape=(len(rows), len(self.at)))
        return matrix, np.array([to for _, to in rows])

    def see(self, places, sign):
        """Push these numbers down (1) or up (-1) together, and remember how far all the others came."""
        from scipy.optimize import linprog

        aim = np.zeros(len(self.at))
        aim[places] = sign
        limits = np.column_stack([self.low, self.high])
        (a, b), (c, d) = self.equal, self.under
        found = linprog(aim, A_eq=a, b_eq=b, A_ub=c, b_ub=d, bounds=limits, method="highs")
        if found.status != 0:
            raise RuntimeError(found.message)  # what is so is always possible
        self.least, self.most = np.minimum(self.least, found.x), np.maximum(self.most, found.x)

    def short(self, sign, some=None) -> list[int]:
        """The numbers that have not been seen as far down (1), or up (-1), as they must go."""
        out = []
        for i in (self.at[name] for name in self.wanted) if some is None else some:
            low, high, width = self.wanted.get(self.names[i], ANYHOW)
            narrow = width and self.most[i] - self.least[i] < width - SLACK
            far = self.least[i] > low + SLACK if sign == 1 else self.most[i] < high - SLACK
            if narrow or far and not width:
                out.append(i)
        return out

    def closed(self):
        """A number that cannot reach as far as it must, or None."""
        return next(self.all_closed(), None)

    def all_closed(self):
        """All numbers that cannot reach as far as they must; many are asked about at once."""
        for sign in (1, -1):
            todo = [self.short(sign)]
            while todo:
                some = self.short(sign, todo.pop())
                if not some:
                    continue
                self.see(some, sign)
                left = self.short(sign, some)
                if len(left) < len(some):
                    todo.append(left)
                elif len(some) > 1:
                    todo += [some[::2], some[1::2]]
                elif sign == -1 or not self.wanted[self.names[some[0]]].width:  # else it may still go up
                    yield self.names[some[0]]

    def ask_no_more(self, free):
        """Ask of every number no more than it can do when these totals (by place) are not told."""
        before = self.low[:], self.high[:]
        self.free(free)
        for name in list(self.all_closed()):
            self.settle(name, ())
        self.low, self.high = before
        self.forget()

    def forget(self):
        """Nothing has been seen to move yet."""
        self.least, self.most = np.full(len(self.at), np.inf), np.full(len(self.at), -np.inf)

    def alone(self, name, free):
        """How far a number can go when these totals (by place) are not told."""
        before = self.low[:], self.high[:], self.least, self.most
        self.free(free)
        i = self.at[name]
        self.forget()
        self.see([i], 1), self.see([i], -1)
        ends = self.least[i], self.most[i]
        self.low, self.high, self.least, self.most = before
        return ends

    def free(self, places):
        for i in places:
            self.low[i], self.high[i] = 0.0, MOST

    def settle(self, name, totals) -> bool:
        """Ask of a number no more than it can do without the totals; are they to blame at all?"""
        least, most = self.alone(name, totals)
        low, high, width = before = self.wanted[name]
        self.wanted[name] = Open(max(low, least), min(high, most), min(width, most - least))
        return all(abs(a - b) < SLACK for a, b in zip(self.wanted[name], before, strict=True))

    def opened(self, name, free) -> bool:
        """Would it be enough not to tell these totals?"""
        (least, most), (low, high, width) = self.alone(name, free), self.wanted[name]
        if width:
            return most - least >= width - SLACK
        return least <= low + SLACK and most >= high - SLACK


def at_a_time(cases, pupils, level_of, told, wary, k, plain_k, kin):
    """Tell fewer totals until whoever adds up finds nothing; `told` is what is left of them."""
    program = Program()
    if pupils is not None:
        enrol(program, pupils, kin)
    for case in cases:
        outcome(program, case, pupils, level_of, told[case.name], wary[case.name], k, plain_k, kin)
    program.ready()
    sums = {case.name: totals_of(case, level_of) for case in cases}
    totals = [i for name, i in program.at.items() if name[0] in TOTALS]
    program.ask_no_more(totals)
    while (name := program.closed()) is not None:
        if program.settle(name, totals):
            gone = to_hide(name, told, sums, level_of, program)
            for case in cases:
                told[case.name].discard(gone)
            program.free(places_of(program, cases_of(name, sums), gone))


def cases_of(name, sums) -> list[str]:
    """The outcomes that a number has to do with: its own, and all where it is a number of pupils."""
    return list(sums) if name[0] == "pupils" else [name[1]]


def places_of(program, cases, at) -> list[int]:
    names = ((what, case, *at) for what in TOTALS for case in cases)
    return [program.at[name] for name in names if name in program.at]


def to_hide(name, told, sums, level_of, program):
    """Which total is told no more, so that a number opens: the nearest and smallest that is enough."""
    kind, *at = name
    if kind == "pupils":
        school, level, grouping, group = at
        level = level_of.get(school, level)
    else:
        _, place, grouping, group = at
        level = place if kind == "total" else level_of.get(place, "")
    cases = cases_of(name, sums)
    there = {at for case in cases for at in told[case] if places_of(program, [case], at)}
    size = {at: max(sums[case].get(at, (0, 0))[1] for case in cases) for at in there}
    near = sorted(
        there,
        key=lambda at: (
            at != (level, grouping, group), at[:2] != (level, grouping), at[0] != level, size[at], at
        ),
    )  # fmt: skip
    enough = (at for at in near if program.opened(name, places_of(program, cases, at)))
    return next(enough, near[0])


def enrol(program: Program, pupils: Pupils, kin=()):
    """The pupils that are hidden, as numbers, and how they add up: groups to rolls, schools to the town."""
    for at, (n, shown) in pupils.counts.items():
        name = ("pupils", *at)
        if shown:
            program.known[name] = n
            continue
        program.number(name)
        school, level, grouping, group = at
        if n is None or group == REST:
            continue
        roll = pupils.counts.get((school, level, WHOLE, WHOLE), (None,))[0]
        k = pupils.k_of[grouping]
        if grouping == WHOLE or roll is None:
            asked = Open(1, k) if 0 < n < k else Open(n, n, k)
        elif n in (0, roll):
            continue
        else:
            asked = openness(n, roll, k, k)
        program.wanted[name] = asked
    rows: dict[tuple, list] = {}
    columns: dict[tuple, list] = {}
    for school, level, grouping, group in pupils.counts:
        rows.setdefault((school, level, grouping), []).append(group)
        columns.setdefault((level, grouping, group), []).append(school)
    for (school, level, grouping), groups in rows.items():
        roll = ("pupils", school, level, WHOLE, WHOLE)
        if grouping != WHOLE and (roll in program.at or roll in program.known):
            program.adds({("pupils", school, level, grouping, g): 1 for g in groups} | {roll: -1})
    for coarse, fine, parts in kin:
        for school, level in {at[:2] for at in pupils.counts}:
            for group, some in parts.items():
                names = [
                    ("pupils", school, level, *one) for one in ((coarse, group), *((fine, g) for g in some))
                ]
                counts = [pupils.counts.get(name[1:], (None,))[0] for name in names]
                if None not in counts and counts[0] == sum(counts[1:]):
                    program.adds({names[0]: -1} | dict.fromkeys(names[1:], 1))
    for (level, grouping, group), (n, shown) in pupils.totals.items():
        terms = {("pupils", s, level, grouping, group): 1 for s in columns.get((level, grouping, group), ())}
        if n is None or any(pupils.counts[name[1:]][0] is None for name in terms):
            continue
        name = ("everyone", level, grouping, group)
        if shown:
            program.known[name] = n
        else:  # where the children live it is as open as this
            k = pupils.k_of[grouping]
            program.number(name, max(n - k, 0), n + k)
        program.adds(terms | {name: -1})


def outcome(program: Program, case: Case, pupils, level_of, told, wary, k, plain_k, kin):
    """The outcomes that are hidden, as numbers, and how they add up, by school and in the town."""
    sums = totals_of(case, level_of)
    for (school, grouping), cells in case.cells.items():
        for group, cell in cells.items():
            at = (case.name, school, grouping, group)
            moves = pupils is not None and asked(program, case, school, grouping, group, cell, pupils)
            if not moves:
                program.known["asked", *at] = cell.out_of
            if cell.shown:
                program.known["have", *at] = cell.n
                continue
            program.number(("have", *at), 0, MOST if moves else cell.out_of)
            if moves:
                program.adds({("have", *at): 1, ("asked", *at): -1}, most=True)
            elif pupils is None and group != REST:
                least, most = by_itself(case, school, cell)
                wanted = openness(cell.n, cell.out_of, k, plain_k, least, most)
                if wanted is not None:
                    program.wanted["have", *at] = wanted
    for (school, grouping), cells in case.cells.items():
        everyone = (case.name, school, WHOLE, WHOLE)
        if grouping != WHOLE and (school, WHOLE) in case.cells and (school, grouping) not in case.unsaid:
            for what in ("have", "asked"):
                groups = {(what, case.name, school, grouping, group): 1 for group in cells}
                program.adds(groups | {(what, *everyone): -1})
        for coarse, fine, parts in kin:
            for group, some in parts.items() if grouping == coarse else ():
                together(program, case, school, (coarse, group), [(fine, one) for one in some])
    for at, (n, out_of) in sums.items():
        level, grouping, group = at
        schools = [
            s for (s, one), cells in case.cells.items()
            if one == grouping and level_of.get(s, "") == level and group in cells
        ]  # fmt: skip
        for what, of, value in (("have", "total", n), ("asked", "total asked", out_of)):
            terms = {(what, case.name, s, grouping, group): 1 for s in schools}
            if all(name in program.known for name in terms) or what == "asked" and pupils is None:
                continue
            name = (of, case.name, *at)
            program.number(name, *((value, value) if at in told else ()))
            program.adds(terms | {name: -1})
            if what == "have" and pupils is None and at in wary and 0 < n < out_of:
                program.wanted[name] = total_openness(case, at, schools, n, out_of, k, plain_k)


def together(program, case, school, whole, parts):
    """A group that is others taken together has the outcome as often as they have."""
    cells = [case.cells.get((school, grouping), {}).get(group) for grouping, group in (whole, *parts)]
    if None not in cells and cells[0].n == sum(cell.n for cell in cells[1:]):
        terms = {("have", case.name, school, *part): 1 for part in parts}
        program.adds(terms | {("have", case.name, school, *whole): -1})


def asked(program, case, school, grouping, group, cell, pupils) -> bool:
    """Tie those asked to those there, as many more or fewer as they are; can they move at all?"""
    parts = [at for at in pupils.counts if at[0] == school and at[2:] == (grouping, group)]
    names = {("pupils", *at): -1 for at in parts}
    values = [pupils.counts[at][0] for at in parts]
    if cell.shown or None in values or not any(name in program.at for name in names):
        return False
    name = ("asked", case.name, school, grouping, group)
    program.number(name)
    program.adds({name: 1} | names, cell.out_of - sum(values))
    return True


def by_itself(case: Case, school, cell: Cell) -> tuple[int, int]:
    """How few and how many there can be, as far as the school's own numbers tell."""
    whole = case.cells.get((school, WHOLE), {}).get(WHOLE)
    if whole is None or not whole.shown or cell is whole:
        return 0, cell.out_of
    return max(0, cell.out_of - (whole.out_of - whole.n)), min(cell.out_of, whole.n)


def total_openness(case, at, schools, n, out_of, k, plain_k) -> Open:
    """How open a total must be that is not told: no wider than its schools are by themselves."""
    level, grouping, group = at
    ends = [
        (cell.n, cell.n) if cell.shown else by_itself(case, school, cell)
        for school in schools
        for cell in [case.cells[school, grouping][group]]
    ]
    least, most = (sum(column) for column in zip(*ends, strict=True))
    return openness(n, out_of, k, plain_k, least, most)
