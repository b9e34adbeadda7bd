"""Nothing small can be found in what leaves the house: an adversary with linear programs tries, and fails."""

import io
import json
import re
import time
import zipfile
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.optimize import linprog

import segkit as sk
from segkit.checks import check
from segkit.packages import open_package
from segkit.privacy import (
    PRESETS,
    FolderError,
    PrivacyError,
    ReleaseError,
    class_of,
    class_text,
    home,
    protect,
    purge,
    room,
    share_text,
    smallest_move,
    what_if,
    write,
)
from segkit.privacy.classes import ALIKE, band
from segkit.privacy.merging import merged, shared
from segkit.privacy.suppression import complete, small, small_rolls
from segkit.territory import SUPPRESSED, WHOLE, Territory

REASON = "planning the intake of 2025"


@pytest.fixture(autouse=True)
def session(tmp_path, monkeypatch):
    """Every test has a session folder of its own."""
    monkeypatch.setenv("SEGKIT_HOME", str(tmp_path / "session"))
    return tmp_path / "session"


# ── towns in which everything ties together ─────────────────────────────────────────────────────────


def town(
    seed=0,
    *,
    schools=6,
    zones=4,
    years=(2024,),
    levels=("primary",),
    groupings=None,
    size=60,
    tiny=0,
    rolls=True,
    outcomes=False,
    name="Realham",
    k=5,
):
    """Children live in zones and go to schools; every table counts the same children."""
    rng, luck = np.random.default_rng(seed), np.random.default_rng(10_000 + seed)
    groupings = groupings or {"origin": ("here", "near", "far"), "meals": ("free", "paid")}
    ids, places = [f"S{i + 1:02d}" for i in range(schools)], [f"Z{i + 1}" for i in range(zones)]
    level = [levels[i % len(levels)] for i in range(schools)]
    counted = {"enrolment": [], "residents": [], "flows": [], "indicators": []}
    for year in years:
        weight = rng.uniform(0.3, 1.7, schools)
        weight[:tiny] = 0.02
        children = int(size * schools)
        school = rng.choice(schools, children, p=weight / weight.sum())
        zone = np.where(rng.random(children) < 0.75, school % zones, rng.integers(0, zones, children))
        good = luck.random(children) < 0.6
        if rolls:
            counted["enrolment"] += [
                (year, ids[s], level[s], WHOLE, WHOLE, int((school == s).sum()))
                for s in range(schools)
                if (school == s).any()
            ]
        for grouping, groups in groupings.items():
            shares = rng.dirichlet(np.linspace(4, 0.4, len(groups)), schools).cumsum(1)
            group = (rng.random(children)[:, None] > shares[school]).sum(1).clip(max=len(groups) - 1)
            for g, one in enumerate(groups):
                for s in range(schools):
                    here = (school == s) & (group == g)
                    if n := int(here.sum()):
                        counted["enrolment"].append((year, ids[s], level[s], grouping, one, n))
                        if outcomes:
                            row = (year, ids[s], grouping, one, "reads well", int((here & good).sum()), n)
                            counted["indicators"].append(row)
                    for z in range(zones):
                        if n := int((here & (zone == z)).sum()):
                            counted["flows"].append((year, places[z], ids[s], grouping, one, n))
                for z in range(zones):
                    if n := int(((zone == z) & (group == g)).sum()):
                        counted["residents"].append((year, places[z], grouping, one, n))
    columns = {
        "enrolment": "year school level grouping group n",
        "residents": "year zone grouping group n",
        "flows": "year zone school grouping group n",
        "indicators": "year school grouping group indicator n out_of",
    }
    tables = {t: pd.DataFrame(rows, columns=columns[t].split()) for t, rows in counted.items() if rows}
    tables["schools"] = pd.DataFrame(
        {
            "school": ids,
            "name": [f"School {i}" for i in ids],
            "sector": "public",
            "level": level,
            "zone": [places[i % zones] for i in range(schools)],
        }
    )
    tables["zones"] = pd.DataFrame(
        {"zone": places, "name": places, "geometry": [square(i) for i in range(zones)]}
    )
    return Territory(name, tables, groupings={**({WHOLE: (WHOLE,)} if rolls else {}), **groupings}, k=k)


def square(i):
    ring = [[i, 1], [i + 1, 1], [i + 1, 2], [i, 2], [i, 1]]
    return {"type": "Polygon", "coordinates": [[[x / 100, y / 100] for x, y in ring]]}


def changed(territory, table, rows):
    """The same territory with other numbers: {(school, group): n} of one table."""
    frame = territory.tables[table].copy()
    unit = "zone" if table == "residents" else "school"
    for (one, group), n in rows.items():
        frame.loc[(frame[unit] == one) & (frame["group"] == group), "n"] = n
    return territory.with_tables(**{table: frame})


# ── the adversary ───────────────────────────────────────────────────────────────────────────────────


class Adversary:
    """Knows what is shown, that children add up in every way they can, and linear programming."""

    def __init__(self, view):
        self.view, self.at, self.rows, self.sums = view, {}, [], []
        t = view.territory
        for table in ("enrolment", "residents", "flows"):
            frame = t.tables[table]
            extra = {"enrolment": ("school", "level"), "residents": ("zone",), "flows": ("zone", "school")}[
                table
            ]
            columns = [frame[c] for c in ("year", *extra, "grouping", "group", "n", "n_status")]
            for *key, n, status in zip(*columns, strict=True):
                assert status != SUPPRESSED or pd.isna(n), "a hidden count has no number"
                self.at[table, *key] = (len(self.at), None if pd.isna(n) else int(n))
        self.outcomes(t)
        self.equations(t)

    def outcomes(self, t):
        """Who has an outcome, who has not, and who was asked: everybody who is there."""
        levels = dict(zip(t.schools["school"], t.schools["level"], strict=True))
        sums, towns = {}, {}
        columns = ("year", "school", "grouping", "group", "indicator", "n", "out_of")
        for *at, n, out_of in zip(*(t.indicators[c] for c in columns), strict=True):
            n, out_of = (None if pd.isna(one) else int(one) for one in (n, out_of))
            year, school, grouping, group, indicator = at
            lack = None if n is None else out_of - n
            for what, value in (("have", n), ("lack", lack), ("asked", out_of)):
                self.at[what, *at] = (len(self.at), value)
                if what != "lack":
                    sums.setdefault((what, year, school, indicator), {}).setdefault(grouping, []).append(
                        (what, *at)
                    )
                    town = (year, levels[school], indicator, grouping, group)
                    towns.setdefault((what, *town), []).append((what, *at))
        for key in [key for key in self.at if key[0] == "have"]:
            self.add({key: 1, ("lack", *key[1:]): 1, ("asked", *key[1:]): -1})
            there = [k for k in self.at if k[:3] == ("enrolment", *key[1:3]) and k[-2:] == key[3:5]]
            if there:
                self.add({("asked", *key[1:]): 1} | dict.fromkeys(there, -1))
        for groupings in sums.values():
            one, *others = groupings.values()
            for other in others:
                self.add(dict.fromkeys(one, 1) | dict.fromkeys(other, -1))
        for (what, *town, group), keys in towns.items():
            pair = self.view.outcomes.get(tuple(town), {}).get(group)
            if pair is not None:
                self.add(dict.fromkeys(keys, 1), pair[what == "asked"])

    def equations(self, t):
        add = self.add
        for table, year, *unit in {key[:-2] for key in self.at}:
            for grouping, groups in t.groupings.items():
                parts = [(table, year, *unit, grouping, g) for g in groups]
                roll = (table, year, *unit, WHOLE, WHOLE)
                if table != "flows" and grouping != WHOLE and any(p in self.at for p in parts):
                    add({p: 1 for p in parts} | {roll: -1})
        for (table, year, level, grouping), groups in self.view.totals.items():
            for group, n in groups.items():
                units = [
                    key
                    for key in self.at
                    if key[:2] == (table, year)
                    and key[-2:] == (grouping, group)
                    and (table != "enrolment" or key[3] == level)
                ]
                if n is not None:
                    add(dict.fromkeys(units, 1), n)
        years = {key[1] for key in self.at}
        for year, (grouping, groups) in product(years, t.groupings.items()):
            living = [key for key in self.at if key[:2] == ("residents", year)]
            going = [key for key in self.at if key[:2] == ("enrolment", year)]
            ways = [key for key in self.at if key[:2] == ("flows", year)]
            for group in groups if living else ():  # who lives here goes to school here
                ends = (grouping, group)
                add({k: 1 for k in living if k[-2:] == ends} | {k: -1 for k in going if k[-2:] == ends})
            if grouping == WHOLE and ways:
                for unit, at, other in [(k[2], 2, living) for k in living] + [
                    (k[2], 3, going) for k in going
                ]:
                    whole = {k: -1 for k in other if k[2] == unit and k[-2] == WHOLE}
                    add({k: 1 for k in ways if k[at] == unit} | whole)

    def add(self, terms, n=0):
        self.rows.append({self.at[key][0]: w for key, w in terms.items() if key in self.at})
        self.sums.append(n)

    def program(self):
        size = (len(self.rows), len(self.at))
        places = [(r, c, w) for r, row in enumerate(self.rows) for c, w in row.items()]
        r, c, w = map(list, zip(*places, strict=True))
        known = [(0, None) if n is None else (n, n) for _, n in self.at.values()]
        return sparse.csr_array((w, (r, c)), shape=size), np.array(self.sums), known

    def ranges(self, tables=("enrolment", "residents", "flows")):
        """For each hidden count the least and the most it can be."""
        equations, sums, known = self.program()
        for key, (i, n) in self.at.items():
            if n is None and key[0] in tables:
                aim = np.zeros(len(self.at))
                aim[i] = 1
                ends = []
                for sign in (1, -1):
                    found = linprog(sign * aim, A_eq=equations, b_eq=sums, bounds=known, method="highs")
                    assert found.status in (0, 3), "what is shown contradicts itself"
                    ends.append(sign * found.fun if found.status == 0 else sign * -np.inf)
                yield key, ends[0], ends[1]


def truth(t, key):
    """What the owner's table says; 0 where it has no row."""
    table, year, *unit, grouping, group = key
    frame = t.tables[table]
    keep = frame["year"] == year
    if table == "flows":
        keep &= (frame["zone"] == unit[0]) & (frame["school"] == unit[1])
        of = frame[keep]
        return int(of[of["grouping"] == of["grouping"].iloc[0]]["n"].sum()) if len(of) else 0
    keep &= frame["school" if table == "enrolment" else "zone"] == unit[0]
    if table == "enrolment":
        keep &= frame["level"] == unit[1]
    if grouping == WHOLE and not (frame["grouping"] == WHOLE).any():
        grouping = frame["grouping"].iloc[0]
        return int(frame[keep & (frame["grouping"] == grouping)]["n"].sum())
    return int(frame[keep & (frame["grouping"] == grouping) & (frame["group"] == group)]["n"].sum())


def assert_nothing_found(t, view, tables=("enrolment", "residents", "flows"), k_of=None):
    """Every small count may be 1 or fewer, or k or more; every other hidden one is open by k."""
    adversary = Adversary(view)
    for key, (_, n) in adversary.at.items():
        assert n is None or n == 0 or n >= view.k, f"{key} is shown: {n}"
    looked = 0
    for key, low, high in adversary.ranges(tables):
        k = (k_of or {}).get(key[-2], view.k)
        n = truth(t, key)
        assert low - 1e-6 <= n <= high + 1e-6, (key, n, low, high)
        assert high - low >= k - 1 - 1e-6, (key, n, low, high)
        if 0 < n < k:
            assert low <= 1 + 1e-6 and high >= k - 1e-6, (key, n, low, high)
        else:
            assert high - low >= k - 1e-6, (key, n, low, high)
        looked += 1
    return looked


@pytest.mark.parametrize("seed", range(40))
def test_an_adversary_with_every_sum_there_is_finds_nothing(seed):
    rng = np.random.default_rng(1000 + seed)
    t = town(
        seed,
        schools=int(rng.integers(1, 8)),
        zones=int(rng.integers(1, 5)),
        size=int(rng.choice([8, 25, 60])),
        tiny=int(rng.integers(0, 2)),
        rolls=bool(seed % 2),
        levels=("primary", "lower")[: 1 + seed % 3 % 2],
    )
    view = protect(t, k=int(rng.choice([5, 10])))
    assert_nothing_found(t, view)


@pytest.mark.parametrize("seed", range(6))
def test_an_adversary_finds_nothing_between_groupings_of_which_one_takes_groups_of_the_other_together(seed):
    t = town(seed, schools=6, size=40, groupings={"origin": ("here", "near", "far")})
    more = {}
    for table in ("enrolment", "residents", "flows"):
        frame = t.tables[table]
        fine = frame[frame["grouping"] == "origin"]
        coarse = fine.assign(
            grouping="abroad", group=fine["group"].map(lambda g: "no" if g == "here" else "yes")
        )
        keys = [c for c in coarse.columns if c not in ("n", "n_status")]
        coarse = coarse.groupby(keys, as_index=False)["n"].sum()
        more[table] = pd.concat([frame, coarse], ignore_index=True)
    tables = {**t.tables, **more}
    both = Territory(t.name, tables, groupings={**t.groupings, "abroad": ("no", "yes")}, k=5)
    view = protect(both)
    adversary = Adversary(view)
    for key in list(adversary.at):
        if key[-2:] == ("abroad", "yes"):  # yes is near and far
            adversary.add({key: -1, (*key[:-2], "origin", "near"): 1, (*key[:-2], "origin", "far"): 1})
    hidden = 0
    for key, low, high in adversary.ranges(("enrolment", "residents")):
        n = truth(both, key)
        hidden += 1
        if 0 < n < 5:
            assert low <= 1 + 1e-6 and high >= 5 - 1e-6, (key, n, low, high)
    assert hidden


def test_hiding_only_the_small_counts_fails():
    """The reason for all this: by themselves the small counts come back by subtraction."""
    t = town(1, schools=6)
    view = protect(t)
    small_only = t.enrolment
    hide = (small_only["n"] > 0) & (small_only["n"] < 5)
    small_only["n"] = small_only["n"].where(~hide)
    small_only["n_status"] = small_only["n_status"].where(~hide, SUPPRESSED)
    bare = t.with_tables(enrolment=small_only, residents=t.residents[:0], flows=t.flows[:0])
    totals = {key: groups for key, groups in view.totals.items() if key[0] == "enrolment"}
    naive = replace(view, territory=bare, totals=totals)
    ranges = list(Adversary(naive).ranges(("enrolment",)))
    back = sum(high - low < 1e-6 for _, low, high in ranges)
    assert ranges and back > len(ranges) / 2
    assert not any(high - low < 5 - 1e-6 for _, low, high in Adversary(view).ranges(("enrolment",)))


def test_trying_every_table_there_could_be_finds_no_small_count():
    n, rolls, k = np.array([[12, 1], [9, 7], [6, 2]]), np.array([13, 16, 8]), 5
    found = complete(n, rolls, k)
    totals = [None if gone else int(sum_) for gone, sum_ in zip(found.totals, n.sum(0), strict=True)]
    seen = [set() for _ in range(3)]
    for focal in product(*(range(roll + 1) for roll in rolls)):
        table = np.column_stack([focal, rolls - focal])
        if (table[~found.hidden] == n[~found.hidden]).all() and all(
            total is None or total == int(sum_) for total, sum_ in zip(totals, table.sum(0), strict=True)
        ):
            for i, value in enumerate(table[:, 1]):
                seen[i].add(int(value))
    for i, value in enumerate(n[:, 1]):
        if found.hidden[i, 1]:
            assert min(seen[i]) <= 1 and max(seen[i]) >= k or max(seen[i]) - min(seen[i]) >= k and value >= k


@pytest.mark.parametrize("seed", range(20))
def test_a_table_on_its_own_is_safe_at_any_k(seed):
    rng = np.random.default_rng(seed)
    k = int(rng.choice([3, 5, 10]))
    n = rng.poisson(rng.choice([1.0, 6.0, 30.0]), (int(rng.integers(1, 7)), int(rng.integers(2, 5))))
    n = n[n.sum(1) >= k]
    if not len(n):
        return
    found = complete(n, n.sum(1), k)
    assert found.hidden[small(n, n.sum(1), k)].all()
    free = [(0, None) if h else (v, v) for h, v in zip(found.hidden.ravel(), n.ravel(), strict=True)]
    units, groups = n.shape
    rows = [np.kron(np.eye(units)[i], np.ones(groups)) for i in range(units)]
    sums = list(n.sum(1))
    for g in np.flatnonzero(~found.totals):
        rows.append(np.kron(np.ones(units), np.eye(groups)[g]))
        sums.append(n[:, g].sum())
    for at in np.flatnonzero(found.hidden.ravel()):
        aim = np.eye(n.size)[at]
        low, high = (s * linprog(s * aim, A_eq=rows, b_eq=sums, bounds=free).fun for s in (1, -1))
        value = n.ravel()[at]
        assert high - low >= k - 1e-6
        if 0 < value < k:
            assert low <= 1 + 1e-6 and high >= k - 1e-6


def test_years_and_levels_do_not_know_of_each_other():
    t = town(5, schools=8, years=(2022, 2023), levels=("primary", "lower"))
    whole = protect(t).territory.enrolment
    for year, level in product((2022, 2023), ("primary", "lower")):
        of = t.enrolment
        alone = protect(
            t.with_tables(
                enrolment=of[(of["year"] == year) & (of["level"] == level)],
                residents=t.residents[:0],
                flows=t.flows[:0],
            )
        ).territory.enrolment
        same = whole[(whole["year"] == year) & (whole["level"] == level)].reset_index(drop=True)
        assert alone.equals(same)


def test_schools_with_fewer_than_k_pupils_do_not_show_how_many():
    assert small_rolls([3, 60, 25, 80], k=5).tolist() == [True, False, True, False]
    t = town(2, schools=6, tiny=1)
    rolls = protect(t).territory.rolls()
    assert all(n >= 5 for n in rolls.values()) and len(rolls) < len(t.rolls())


def test_what_the_source_did_not_say_is_not_read_as_nobody():
    t = town(4, schools=5)
    frame = t.enrolment
    at = frame.index[
        (frame["grouping"] == "origin") & (frame["school"] == "S02") & (frame["group"] == "near")
    ]
    frame.loc[at, ["n", "n_status"]] = [pd.NA, SUPPRESSED]
    view = protect(t.with_tables(enrolment=frame))
    shown = view.territory.enrolment
    row = shown[(shown["grouping"] == "origin") & (shown["school"] == "S02") & (shown["group"] == "near")]
    assert row["n"].isna().all() and (row["n_status"] == SUPPRESSED).all()
    assert view.totals["enrolment", 2024, "primary", "origin"]["near"] is None


# ── ways from home to school, outcomes ──────────────────────────────────────────────────────────────


def test_ways_of_a_few_pupils_are_merged_and_groups_are_not_told_apart():
    view = protect(town(7, schools=8, zones=4, size=120))
    flows = view.territory.flows
    assert set(flows["grouping"]) == {WHOLE} and flows["n"].dropna().ge(5).all() and flows["n"].notna().any()


def test_water_in_pipes_is_shared_out_as_linear_programming_says():
    rng = np.random.default_rng(1)
    for _ in range(40):
        open_ = rng.random((3, 4)) < 0.5
        r, c = rng.multinomial(12, [1 / 3] * 3), rng.multinomial(12, [1 / 4] * 4)
        equations = np.vstack([np.kron(np.eye(3), np.ones(4)), np.kron(np.ones(3), np.eye(4))])
        bounds = [(0, None if one else 0) for one in open_.ravel()]
        found = linprog(np.zeros(12), A_eq=equations, b_eq=[*r, *c], bounds=bounds)
        assert shared(r, c, open_) == (found.status == 0)


def test_a_map_of_ways_that_cannot_be_made_safe_is_not_shown():
    assert merged([[3]], 5) is None


def true_outcomes(t):
    """(year, school, grouping, group, indicator) → how many have it, out of how many."""
    columns = ("year", "school", "grouping", "group", "indicator", "n", "out_of")
    rows = zip(*(t.indicators[c] for c in columns), strict=True)
    found = {tuple(at): (int(n), int(out_of)) for *at, n, out_of in rows}
    for (year, school, _, _, indicator), _ in list(found.items()):
        parts = [
            pair
            for at, pair in found.items()
            if at[:3] == (year, school, next(iter(t.groupings.keys() - {WHOLE}))) and at[4] == indicator
        ]
        found.setdefault((year, school, WHOLE, WHOLE, indicator), tuple(map(sum, zip(*parts, strict=True))))
    return found


def told_outcomes(t, view, k=10):
    """Hidden outcomes that the adversary can tell too well, with what they are and can be."""
    true, told = true_outcomes(t), []
    rows = view.territory.indicators.dropna(subset="n")
    columns = (rows[c] for c in ("year", "school", "grouping", "group", "indicator"))
    shown = set(zip(*columns, strict=True))
    for key, low, high in Adversary(view).ranges(("have",)):
        n, of = true.get(key[1:], (0, 0))
        assert low - 1e-6 <= n <= high + 1e-6, (key, n, low, high)
        whole = (*key[1:3], WHOLE, WHOLE, key[5])
        if n in (0, of) or true[whole] == (n, of) and whole in shown and key[3] != WHOLE:
            continue  # nobody and everybody may be said
        safe = n >= k and of - n >= k and high - low >= min(view.k, of) - 1e-6
        for one, least, most in ((n, low, high), (of - n, of - high, of - low)):
            if one < k:
                safe = least <= 1 + 1e-6 and most >= min(k, of) - 1e-6
                if not safe:
                    break
        if not safe:
            told.append((key, n, of, low, high))
    return told


@pytest.mark.parametrize("seed", range(24))
def test_outcomes_of_the_town_give_no_hidden_outcome_and_no_hidden_pupil_back(seed):
    rng = np.random.default_rng(2000 + seed)
    t = town(
        seed,
        schools=int(rng.integers(3, 11)),
        size=int(rng.choice([25, 60, 120])),
        tiny=int(rng.integers(0, 2)),
        levels=("primary", "lower")[: 1 + seed % 3 % 2],
        outcomes=True,
    )
    view = protect(t)
    assert not told_outcomes(t, view)
    assert_nothing_found(t, view, ("enrolment", "residents"))


def test_telling_every_outcome_of_the_town_fails():
    """The reason for looking: beside the schools that are shown, totals give the hidden ones back."""
    found = kept = 0
    for seed in range(6):
        t = town(seed, schools=5, size=120, outcomes=True)
        view = protect(t)
        sums = {}
        for (year, _, grouping, group, indicator), pair in true_outcomes(t).items():
            groups = sums.setdefault((year, "primary", indicator, grouping), {})
            groups[group] = tuple(a + b for a, b in zip(groups.get(group, (0, 0)), pair, strict=True))
        found += len(told_outcomes(t, replace(view, outcomes=sums)))
        kept += len(told_outcomes(t, view))
    assert found and not kept


def test_outcomes_of_a_town_are_told_where_those_of_its_schools_are_not():
    t = town(2, schools=20, size=80, outcomes=True)
    view = protect(t)
    shown = view.territory.indicators
    assert shown["n"].isna().mean() > 0.5
    sums = {}
    for (_, _, grouping, group, _), pair in true_outcomes(t).items():
        sums[grouping, group] = tuple(
            a + b for a, b in zip(sums.get((grouping, group), (0, 0)), pair, strict=True)
        )
    told = {(key[3], group): pair for key, groups in view.outcomes.items() for group, pair in groups.items()}
    assert told.keys() == sums.keys() and sum(pair is not None for pair in told.values()) >= 5
    assert all(pair in (None, sums[at]) for at, pair in told.items())
    for n, out_of in filter(None, told.values()):
        assert n >= 10 and out_of - n >= 10


def test_behind_an_outcome_of_the_town_are_three_hidden_schools_or_none():
    for seed in range(12):
        t = town(seed, schools=8, size=150, outcomes=True)
        view = protect(t)
        true, shown = true_outcomes(t), view.territory.indicators
        hidden = shown[shown["n"].isna()]
        for (_, _, _, grouping), groups in view.outcomes.items():
            for group, pair in groups.items():
                rows = hidden[(hidden["grouping"] == grouping) & (hidden["group"] == group)]
                behind = [true.get((2024, s, grouping, group, "reads well"), (0, 0)) for s in rows["school"]]
                behind = [one for one in behind if one[1]]
                if pair is not None and behind:
                    n, out_of = map(sum, zip(*behind, strict=True))
                    assert len(behind) >= 3 and n >= 10 and out_of - n >= 10


@pytest.mark.parametrize("form", ["out", "out.zip", "out.xlsx"])
def test_outcomes_of_the_town_travel_with_it(tmp_path, form):
    view = protect(town(2, schools=20, size=80, outcomes=True))
    view.write(tmp_path / form)
    said = open_package(tmp_path / form).about["outcomes"]["2024"]["primary"]["reads well"]
    for (*_, grouping), groups in view.outcomes.items():
        for group, pair in groups.items():
            assert said[grouping][group] == (None if pair is None else {"n": pair[0], "out_of": pair[1]})
    if form == "out":
        assert "sums) where no hidden outcome" in (tmp_path / "out" / "README.md").read_text("utf-8")


def test_an_assessment_reads_the_outcomes_of_the_town():
    view = protect(town(2, schools=20, size=80, outcomes=True))
    finding = sk.assess(view, grouping="origin").finding("results.reads well")
    told = view.outcomes[2024, "primary", "reads well", "origin"]
    rows = {row[0]: row for row in finding.rows.body}
    assert finding.assessed and {group for group, pair in told.items() if pair} == {
        group for group, row in rows.items() if isinstance(row[1], int)
    }
    for group, pair in told.items():
        assert rows[group][1:3] == (pair or ("hidden", "hidden"))
    bare = sk.assess(replace(view, outcomes={}), grouping="origin").finding("results.reads well")
    assert not bare.assessed and "hidden" in bare.why


def test_another_outcome_of_one_pupil_is_not_published_beside_the_earlier_one(tmp_path):
    t = town(2, schools=20, size=80, outcomes=True)
    view = protect(t)
    view.write(tmp_path / "one")
    hidden = view.territory.indicators
    hidden = set(hidden["school"][hidden["n"].isna() & (hidden["grouping"] == "origin")])
    frame = t.indicators
    at = frame.index[frame["school"].isin(hidden) & (frame["group"] == "here") & (frame["n"] > 20)][0]
    frame.loc[at, "n"] -= 1
    with pytest.raises(ReleaseError, match="indicators 2024 by origin"):
        protect(t.with_tables(indicators=frame)).write(tmp_path / "two")


def test_outcomes_of_fewer_than_ten_are_not_told_nor_what_would_tell_them():
    t = town(8, schools=10, size=150, outcomes=True)
    shown = protect(t).territory.indicators
    known = shown[shown["n_status"] != SUPPRESSED]
    assert len(known) and len(known) < len(shown)
    for n in (known["n"], known["out_of"], known["out_of"] - known["n"]):
        assert ((n == 0) | (n >= 10)).all()
    assert shown.groupby(["school", "grouping"])["n_status"].nunique().eq(1).all()  # all groups, or none
    hidden = shown[shown["n_status"] == SUPPRESSED]
    assert hidden["n"].isna().all() and hidden["out_of"].isna().all()
    counts = protect(t).territory.enrolment.set_index(["school", "grouping", "group"])["n"]
    for school, grouping, group in known[["school", "grouping", "group"]].itertuples(index=False):
        assert pd.notna(counts[school, grouping, group])  # its "out of" would have told


# ── who may have what ───────────────────────────────────────────────────────────────────────────────


def test_only_a_territory_goes_in_and_only_a_protected_one_comes_out(tmp_path):
    t = town()
    for raw in (t, t.enrolment, [[1, 2]], None):
        with pytest.raises(TypeError, match="only a protected view"):
            write(raw, tmp_path / "out")
        if not isinstance(raw, Territory):
            with pytest.raises(TypeError, match="only a protected view"):
                protect(raw)
    assert not (tmp_path / "out").exists()


def test_private_never_leaves():
    with pytest.raises(PrivacyError, match="never leaves"):
        protect(town(), mode="private")
    with pytest.raises(PrivacyError, match="no mode 'open'"):
        protect(town(), mode="open")


def test_exact_counts_go_to_people_with_a_name_for_a_reason(tmp_path):
    t = town()
    for wrong in (
        {},
        {"recipients": ["school office"]},
        {"reason": REASON},
        {"recipients": [" "], "reason": REASON},
    ):
        with pytest.raises(PrivacyError, match="a name"):
            protect(t, mode="shared", **wrong)
    view = protect(t, mode="shared", recipients=["Ines Prado, school office"], reason=REASON)
    assert view.whole and view.territory.enrolment.equals(t.enrolment)
    view.write(tmp_path / "out")
    for file in ("README.md", "datapackage.json"):
        text = (tmp_path / "out" / file).read_text("utf-8")
        assert "Ines Prado, school office" in text and REASON in text


def test_fewer_than_the_owner_or_the_preset_asks_needs_a_reason_and_is_logged():
    t = town(k=5)
    assert protect(t).k == 5 and protect(t, preset="US-10").k == PRESETS["US-10"] == 10
    for lower in ({"k": 3}, {"preset": "IT-3"}, {"k": 5, "preset": "US-10"}):
        with pytest.raises(PrivacyError, match="give a reason"):
            protect(t, **lower)
        view = protect(t, **lower, reason=REASON)
        assert any(REASON in line for line in view.log) and any(REASON in line for line in view.notice)
    for k in (0, 1, 2, 2.5, True):
        with pytest.raises(PrivacyError, match="at least 3"):
            protect(t, k=k, reason=REASON)
    with pytest.raises(PrivacyError, match="no preset"):
        protect(t, preset="FR-11")
    with pytest.raises(PrivacyError, match="does not have: faith"):
        protect(t, special=["faith"])


def test_special_groupings_are_hidden_below_ten():
    view = protect(town(9, size=80), special=["origin"])
    shown = view.territory.enrolment
    counts = shown[shown["grouping"] == "origin"]["n"].dropna()
    assert ((counts == 0) | (counts >= 10)).all()


def test_invented_towns_are_shown_whole_unless_one_asks_to_see_the_door_at_work():
    t = replace(town(), invented=True)
    assert protect(t).whole and protect(t).territory is t
    assert protect(t, k=5).hidden


def test_the_owners_own_columns_and_free_text_stay_at_home(tmp_path):
    t = replace(town(), story="Anna Bruni lives in Z1")
    schools = t.schools.assign(x_note="Anna Bruni", lift=["yes", "no"] * 3, aids=["for Anna", *[""] * 5])
    counts = t.enrolment.assign(x_by="Anna Bruni")
    view = protect(t.with_tables(schools=schools, enrolment=counts))
    view.write(tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as box:
        assert not any(b"Anna" in box.read(name) for name in box.namelist())
    assert "lift" in view.territory.schools and any("x_note, aids" in line for line in view.notice)
    assert any("story" in line for line in view.notice)
    asked = protect(t.with_tables(schools=schools), keep=["x_note"])
    assert "x_note" in asked.territory.schools


def test_work_is_told_and_can_be_stopped():
    told = []
    protect(town(), progress=lambda share, text: told.append((share, text)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1 and all(text for _, text in told)

    def stop(share, text):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        protect(town(), progress=stop)


@pytest.mark.parametrize("form", ["out", "out.zip", "out.xlsx"])
def test_what_is_written_is_a_territory_again(tmp_path, form):
    view = protect(town(10, schools=7, outcomes=True))
    view.write(tmp_path / form)
    found = check(tmp_path / form)
    assert found.ok, found.said()
    assert found.territory == view.territory


def test_the_notice_says_k_how_much_is_hidden_and_what_it_is_not_for(tmp_path):
    view = protect(town(), k=7)
    text = " ".join(view.notice)
    for said in (
        "fewer than 7",
        str(view.hidden["enrolment"]),
        "two values it must lie between",
        "not for ranking or labelling",
    ):
        assert said in text
    view.write(tmp_path / "out")
    readme = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert all(line.split(".")[0][:40] in readme for line in view.notice)


SENTINEL = 7919  # as many pupils as no school has, planted where they must not be seen


def test_numbers_planted_in_the_raw_counts_are_in_no_artefact(tmp_path, session):
    t = town(11, schools=8, zones=4, size=120, outcomes=True)
    frame = t.enrolment
    few = {"free": 3, "paid": SENTINEL}  # behind three pupils hides everybody else
    for group, n in {**few, WHOLE: SENTINEL + 3}.items():
        frame.loc[(frame["school"] == "S02") & (frame["group"] == group), "n"] = n
    view = protect(t.with_tables(enrolment=frame))
    assert SENTINEL + 3 in set(view.territory.enrolment["n"].dropna())
    secret = {str(SENTINEL)}
    texts = []
    for form in ("out", "out.zip", "out.xlsx"):
        view.write(tmp_path / form)
    for path in [*(tmp_path).rglob("*"), *session.rglob("*")]:
        if path.is_file():
            texts += contents(path.read_bytes())
    for text in texts:
        assert not secret & set(re.findall(r"\d+", text))


def contents(data):
    """A file as text, and every file within it."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            return [text for name in box.namelist() for text in contents(box.read(name))]
    return [data.decode("utf-8", "replace")]


# ── one export beside another ───────────────────────────────────────────────────────────────────────


def test_a_few_pupils_more_are_not_published_beside_the_earlier_number(tmp_path, session):
    t = town(12, schools=6)
    view = protect(t)
    view.write(tmp_path / "one")
    protect(t).write(tmp_path / "again")  # the same again says nothing new
    assert len(list((session / "releases").iterdir())) == 1
    one = next(iter(view.territory.rolls()))
    more = changed(t, "enrolment", {(one, WHOLE): t.rolls()[one] + 2})
    with pytest.raises(ReleaseError, match=r"fewer than 5 pupils in enrolment 2024 by"):
        protect(more).write(tmp_path / "two")
    assert not (tmp_path / "two").exists()


def test_what_was_hidden_once_stays_hidden_at_any_k(tmp_path):
    t = town(13, schools=8)
    strict = protect(t, k=10)
    strict.write(tmp_path / "strict")
    loose = protect(t, k=3, reason=REASON)
    assert loose.hidden["enrolment"] >= strict.hidden["enrolment"]
    loose.write(tmp_path / "loose")
    hidden = [{key for key, (_, n) in Adversary(v).at.items() if n is None} for v in (strict, loose)]
    assert hidden[0] <= hidden[1]


def test_a_town_under_another_name_is_known_by_its_schools(tmp_path):
    t = town(12, schools=6)
    protect(t).write(tmp_path / "one")
    other = replace(t, name="Elsewhere")
    one = next(iter(protect(t).territory.rolls()))
    more = changed(other, "enrolment", {(one, WHOLE): t.rolls()[one] + 2})
    with pytest.raises(ReleaseError, match="fewer than 5 pupils"):
        protect(more).write(tmp_path / "two")
    protect(other).write(tmp_path / "same")  # nothing new
    protect(replace(town(99, schools=6), name="Far away")).write(tmp_path / "stranger")
    assert not protect(replace(town(99, schools=6), name="Far off")).before.also == ("Realham",)


def test_other_groupings_cannot_be_slipped_in_for_those_that_were_hidden(tmp_path):
    t = town(14, schools=6, groupings={"origin": ("here", "near", "far")})
    protect(t).write(tmp_path / "one")
    frame = t.enrolment
    other = frame.assign(grouping=frame["grouping"].replace({"origin": "abroad"}))
    with pytest.raises(ReleaseError, match="origin"):
        protect(Territory(t.name, {"schools": t.schools, "enrolment": other}, k=5)).write(tmp_path / "two")


def test_a_record_holds_published_numbers_only(tmp_path, session):
    t = town(15, schools=6)
    view = protect(t)
    view.write(tmp_path / "one")
    (path,) = (session / "releases").iterdir()
    record = json.loads(path.read_text("utf-8"))
    shown = {
        int(n)
        for table in ("enrolment", "residents", "flows")
        for n in view.territory.tables[table]["n"].dropna()
    }
    shown |= {n for groups in view.totals.values() for n in groups.values() if n is not None}
    assert {row[-1] for row in record["shown"]} <= shown
    assert t.name not in path.name


def test_purge_empties_the_session_folder_and_no_other(tmp_path, session, monkeypatch):
    assert purge().removed == ()
    protect(town()).write(tmp_path / "one")
    (room("drafts") / "town.json").write_text("{}")
    assert home() == session
    kept = purge(keep_releases=True)
    assert kept.removed == ("drafts/town.json",) and "kept" in str(kept)
    gone = purge()
    assert len(gone.removed) == 1 and "records" in str(gone) and not list((session).glob("releases/*"))
    assert (tmp_path / "one").exists()
    monkeypatch.setenv("SEGKIT_HOME", str(tmp_path / "one"))  # somebody's own folder
    for use in (purge, lambda: room("drafts")):
        with pytest.raises(FolderError, match="left alone"):
            use()
    assert (tmp_path / "one" / "README.md").exists()


# ── shares, classes, moves ──────────────────────────────────────────────────────────────────────────


def test_at_least_three_counts_stand_behind_every_percentage():
    for of in (*range(1, 130), 517, 1200):
        said = {}
        for n in range(of + 1):
            found = band(n, of)
            said.setdefault(found, []).append(n)
            if found is not None:
                assert found[0] - 0.5 <= 100 * n / of <= found[1] + 0.5
        assert all(len(counts) >= ALIKE for found, counts in said.items() if found is not None) or of > 130


def test_a_hidden_share_has_a_class_only_where_it_can_lie_in_no_other():
    assert class_of(0.31, 0.39) == class_of(0.35) == 3
    assert class_of(0.31, 0.45) is None and class_text(None) == "hidden"
    assert share_text(1, 3) == "too few to say" and share_text(371, 1200) == "31 %"


def test_pupils_are_moved_one_by_one_only_in_an_invented_town():
    assert smallest_move(town(k=5)) == 5 and smallest_move(replace(town(), invented=True)) == 1
    assert what_if(0.123456) == 0.12


# ── and it has to be quick ──────────────────────────────────────────────────────────────────────────


def test_sixty_schools_over_five_years_take_less_than_ten_seconds():
    groupings = {"origin": ("here", "near", "far", "other"), "meals": ("a", "b", "c", "d")}
    t = town(16, schools=60, zones=12, years=range(2020, 2025), groupings=groupings, size=100)
    start = time.process_time()
    view = protect(t)
    assert time.process_time() - start < 10
    assert view.hidden["enrolment"] < len(view.territory.enrolment) / 2


def test_an_interval_is_what_is_shown_of_an_index():
    t = town(17, schools=12, size=100)
    view = protect(t)
    found = view.interval("dissimilarity", level="primary", grouping="meals")
    exact = sk.dissimilarity(t.counts(2024, "primary", "meals"))
    assert found.low <= exact <= found.high and found.low == round(found.low, 2)
