"""Nothing small can be found in what leaves the house: an adversary with a linear program tries, and fails."""

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
    rng = np.random.default_rng(seed)
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
                            good = int(rng.binomial(n, 0.6))
                            row = (year, ids[s], grouping, one, "reads well", good, n)
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
    tables["zones"] = pd.DataFrame({"zone": places, "name": places})
    return Territory(name, tables, groupings={**({WHOLE: (WHOLE,)} if rolls else {}), **groupings}, k=k)


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
            extra = {"enrolment": ("school", "level"), "residents": ("zone",), "flows": ("zone", "school")}[table]
            columns = [frame[c] for c in ("year", *extra, "grouping", "group", "n", "n_status")]
            for *key, n, status in zip(*columns, strict=True):
                assert status != SUPPRESSED or pd.isna(n), "a hidden count has no number"
                self.at[table, *key] = (len(self.at), None if pd.isna(n) else int(n))
        self.equations(t)

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
                for unit, at, other in [(k[2], 2, living) for k in living] + [(k[2], 3, going) for k in going]:
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
