"""An independent auditor reads what was published, and nothing else: no hidden count may come back."""

import dataclasses
import itertools
import math
import os
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import segkit as sk
from segkit.privacy import ReleaseError, protect, showing
from segkit.privacy.suppression import Hidden, small
from segkit.territory import UNKNOWN, WHOLE, Territory

sys.path.insert(0, str(Path(__file__).parent))  # the auditor: nothing of segkit
import auditor  # noqa: E402

MANY = int(os.environ.get("SEGKIT_AUDIT", "24"))  # made up at random; thousands for a long night
GROUPINGS = {
    "origin": ("local", "mixed", "near", "far"),
    "free_meals": ("yes", "no"),
    "language": ("one", "two", "three"),
}


# ── territories, and what is true of them ───────────────────────────────────────────────────────────


def grown(seed: int, **wanted) -> Territory:
    """A territory in which every child lives somewhere, goes somewhere and is counted in every table."""
    rng = np.random.default_rng(seed)
    pick = lambda some, p=None: some[int(rng.choice(len(some), p=p))]  # noqa: E731
    schools = wanted.get("schools", int(rng.integers(2, 16)))
    zones = wanted.get("zones", int(rng.integers(0, 6)))
    years = wanted.get("years", (2023, 2024)[: pick((1, 1, 2))])
    levels = wanted.get("levels", ("primary", "lower")[: pick((1, 1, 2))])
    size = wanted.get("size", pick((6, 20, 60, 200)))
    groupings = wanted.get("groupings", dict(list(GROUPINGS.items())[: int(rng.integers(1, 4))]))
    groupings = {one: groups[: max(2, int(rng.integers(2, 6)))] for one, groups in groupings.items()}
    tiny = rng.random(schools) < pick((0, 0.15, 0.5))  # schools of a handful
    dominant, zeros = pick((False, True)), pick((0.0, 0.3, 0.7))
    outcomes, everyone = pick((0, 1, 2)), pick((True, False))
    ids, places = [f"S{i:02d}" for i in range(schools)], [f"Z{i}" for i in range(zones)]
    rows = {"enrolment": [], "residents": [], "flows": [], "indicators": []}
    for year in years:
        living = defaultdict(int)
        for s, school in enumerate(ids):
            for level in levels if rng.random() < 0.2 else (levels[s % len(levels)],):
                roll = int(rng.poisson(pick((2, 4, 9)) if tiny[s] else size)) + 1
                home = rng.integers(0, zones, roll) if zones else np.zeros(roll, int)
                near = rng.random(roll) < pick((0.3, 0.9))
                does = rng.random((2, roll)) < np.array([[0.15], [0.6]])
                home[near] = s % max(zones, 1)
                if everyone:
                    rows["enrolment"].append((year, school, level, WHOLE, WHOLE, roll))
                for grouping, groups in groupings.items():
                    weights = np.r_[20 if dominant else 2, np.ones(len(groups) - 1)] * rng.random(len(groups))
                    weights[1:] *= rng.random(len(groups) - 1) >= zeros
                    group = rng.choice(len(groups), roll, p=weights / weights.sum())
                    for g, one in enumerate(groups):
                        n = int((group == g).sum())
                        if n or rng.random() < 0.5:
                            rows["enrolment"].append((year, school, level, grouping, one, n))
                        for i in range(outcomes if n and level == levels[s % len(levels)] else 0):
                            row = (year, school, grouping, one, f"outcome {i}")
                            rows["indicators"].append((*row, int(does[i][group == g].sum()), n))
                        for z, place in enumerate(places):
                            if n := int(((group == g) & (home == z)).sum()):
                                rows["flows"].append((year, place, school, grouping, one, n))
                                living[year, place, grouping, one] += n
        rows["residents"] += [(*at, n) for at, n in living.items()]
    if len(levels) > 1:
        rows["indicators"] = same_asked(rows)
    flows = pd.DataFrame(rows["flows"], columns="year zone school grouping group n".split())
    if len(flows):
        flows = flows.groupby(["year", "zone", "school", "grouping", "group"], as_index=False)["n"].sum()
    tables = {
        "schools": pd.DataFrame(
            {
                "school": ids,
                "name": [f"School {i}" for i in ids],
                "sector": [pick(("public", "private")) for _ in ids],
                "level": [levels[s % len(levels)] for s in range(schools)],
                "zone": [places[s % zones] if zones else "" for s in range(schools)],
            }
        ),
        "zones": pd.DataFrame({"zone": places, "name": places}),
        "enrolment": pd.DataFrame(rows["enrolment"], columns="year school level grouping group n".split()),
        "residents": pd.DataFrame(rows["residents"], columns="year zone grouping group n".split()),
        "flows": flows,
        "indicators": pd.DataFrame(
            rows["indicators"], columns="year school grouping group indicator n out_of".split()
        ),
    }
    every = ({WHOLE: (WHOLE,)} if everyone else {}) | groupings
    return Territory("Realham", tables, groupings=every, k=5)


def same_asked(rows):
    """Outcomes of schools with two levels are left out: only one of the levels was asked."""
    levels = defaultdict(set)
    for year, school, level, *_ in rows["enrolment"]:
        levels[year, school].add(level)
    return [row for row in rows["indicators"] if len(levels[row[:2]]) == 1]


def truth(t: Territory) -> dict:
    """Every count of a territory by the attacker's key; None where its owner does not know either."""
    found = defaultdict(int)

    def put(key, n, status):
        unknown = status in UNKNOWN or pd.isna(n)
        found[key] = None if unknown or found[key] is None else found[key] + int(n)

    for row in t.enrolment.itertuples(index=False):
        key = ("enrolment", str(row.year), row.school, row.level)
        put((*key, row.grouping, row.group), row.n, row.n_status)
    for row in t.residents.itertuples(index=False):
        put(("residents", str(row.year), row.zone, row.grouping, row.group), row.n, row.n_status)
    everyone_in(found, t, "enrolment")
    everyone_in(found, t, "residents")
    by = "all" if (t.flows["grouping"] == WHOLE).any() else next(iter(t.flows["grouping"]), None)
    for row in t.flows.itertuples(index=False):
        if row.grouping == by:
            put(("flows", str(row.year), row.zone, row.school, WHOLE, WHOLE), row.n, row.n_status)
    for row in t.indicators.itertuples(index=False):
        key = ("indicators", str(row.year), row.school, row.grouping, row.group, row.indicator)
        put((*key, "n"), row.n, row.n_status)
        put((*key, "out_of"), row.out_of, row.n_status)
    asked = defaultdict(lambda: defaultdict(int))
    for key, n in found.items():
        if key[0] == "indicators" and n is not None:
            asked[(*key[:3], WHOLE, WHOLE, *key[5:])][key[3]] += n
    return found | {key: max(sums.values()) for key, sums in asked.items() if key not in found}


def everyone_in(found, t, table):
    """Rolls of a territory that only has groups: the fullest grouping."""
    rolls = defaultdict(dict)
    for key, n in list(found.items()):
        if key[0] == table:
            sums = rolls[key[:-2]]
            sums[key[-2]] = None if n is None or sums.get(key[-2], 0) is None else sums.get(key[-2], 0) + n
    for at, sums in rolls.items():
        known = [n for n in sums.values() if n is not None]
        found[(*at, WHOLE, WHOLE)] = sums.get(WHOLE) or (max(known) if known else None)


# ── what must hold ──────────────────────────────────────────────────────────────────────────────────


def needs(true: dict, published, k_of) -> dict:
    """For each hidden count how far its interval must reach below and above, and how wide it must be."""
    found = {}
    for key in published.hidden:
        n = true.get(key, 0)
        k = k_of(key)
        of = whole_of(true, published, key)
        if n is None or key[0] == "indicators" and (key[-1] == "out_of" or not of or n in (0, of)):
            continue  # nobody knows it; the enrolment says it; or nobody and everybody, who may be said
        if key[0] == "indicators" and of == true.get((*key[:3], WHOLE, WHOLE, *key[5:-1], "out_of")):
            continue  # the whole school, which is shown or hidden as such
        if key[0] == "indicators" and n >= k and of - n >= k:
            k = published.k  # large enough to be shown, were it not for others: as open as their groups are
        found[key] = (n, k, of)
    return found


def whole_of(true, published, key):
    """Of how many a count is a part: the roll where that is shown, or those asked; None where nobody says."""
    if key[0] == "indicators":
        return true.get((*key[:-1], "out_of"))
    return published.cells.get((*key[:-2], WHOLE, WHOLE)) if key[-2] != WHOLE else None


def enough(n, k, of):
    """The interval an attacker must be left with, at least."""
    most = k if of is None else min(k, of)
    low, high = max(n - k, 0), n + k
    if 0 < n < k:
        low, high = 1, most
    elif of is not None and 0 < of - n < k:
        low, high = of - most, of - 1
    return low, high


def found_out(t, published, k=None, special=(), means=None, tables=None):
    """The hidden counts that an attacker can tell too well: key → (true, low, high)."""
    k = k or published.k

    def k_of(key):
        if key[0] == "indicators":
            return max(k, 10)
        if key[0] == "flows" or key[-1] == WHOLE:
            return max(k, 10) if special else k
        return max(k, 10) if key[-2] in special else k

    true = truth(t)
    asked = needs(true, published, k_of)
    if tables:
        asked = {key: value for key, value in asked.items() if key[0] in tables}
    limits = {key: enough(n, k, of) for key, (n, k, of) in asked.items()}
    for bold in (True, False):
        try:
            ranges = auditor.Attack(published, means=means, bold=bold).ranges(set(asked), limits)
        except auditor.Contradiction:
            continue  # not everybody who lives there goes to school there
        if all(low <= asked[key][0] <= high for key, (low, high) in ranges.items()):
            break
    told = {}
    for key, (n, k, of) in asked.items():
        low, high = ranges[key]
        assert low <= n <= high, f"the attacker is wrong about {key}: {n} is not in {low} to {high}"
        if not safe(n, k, of, low, high):
            told[key] = (n, low, high, of)
    return told


def safe(n, k, of, low, high) -> bool:
    """Is a count open enough: 1 or fewer below and k above (or all there are), or as wide as k?"""
    most = k if of is None else min(k, of)
    if 0 < n < k:
        return low <= 1 and high >= most
    if of is not None and 0 < of - n < k:
        return low <= of - most and high >= of - 1  # so are those it leaves out
    return high - low >= most


# ── territories made up at random ───────────────────────────────────────────────────────────────────


@pytest.fixture(autouse=True)
def session(tmp_path, monkeypatch):
    """Every test has a session folder of its own."""
    monkeypatch.setenv("SEGKIT_HOME", str(tmp_path / "session"))


def published(view, path) -> auditor.Published:
    view.write(path)
    return auditor.read(path)


@pytest.mark.parametrize("seed", range(MANY))
def test_of_what_is_published_no_hidden_count_comes_back(seed, tmp_path):
    t = grown(seed)
    rng = np.random.default_rng(10**6 + seed)
    special = tuple(one for one in t.groupings if one != WHOLE and rng.random() < 0.2)
    view = protect(t, k=(None, None, 10, 5, 7)[rng.integers(5)], special=special)
    assert found_out(t, published(view, tmp_path / "out"), special=special) == {}


@pytest.mark.parametrize("name", sk.samples.names() if MANY > 1000 else ["thornmoor"])
def test_invented_towns_as_if_they_were_real(name, tmp_path):
    t = dataclasses.replace(sk.sample(name), invented=False, mode="private")
    last = {
        table: frame[frame["year"] == max(t.years)] for table, frame in t.tables.items() if "year" in frame
    }
    t = t.with_tables(**last)
    assert found_out(t, published(protect(t), tmp_path / "out")) == {}


def test_hiding_only_the_small_counts_fails(tmp_path, monkeypatch):
    t = grown(3, schools=8, zones=0, size=40, years=(2024,), levels=("primary",))

    def primary_only(n, rolls, k, **_):
        gone = small(n, rolls, k)
        return Hidden(gone, np.zeros(gone.shape[1], bool), gone)

    monkeypatch.setattr(showing, "complete", primary_only)
    told = found_out(t, published(protect(t), tmp_path / "out"), tables=("enrolment",))
    exact = [key for key, (_, low, high, _) in told.items() if low == high]
    assert len(exact) >= 3, "an auditor who finds nothing here finds nothing anywhere"


def test_the_three_forms_of_a_package_say_the_same(tmp_path):
    t = grown(7)
    forms = [tmp_path / "out", tmp_path / "out.zip", tmp_path / "out.xlsx"]
    folder, box, book = (published(protect(t), path) for path in forms)
    for other in (box, book):
        assert other.cells == folder.cells
        assert (other.totals, other.outcomes) == (folder.totals, folder.outcomes)


# ── what the auditor once found ─────────────────────────────────────────────────────────────────────


def counted(rows, groupings, indicators=()) -> Territory:
    """A town of schools: {school: {grouping: {group: n}}}."""
    enrolment = [
        (2024, school, "primary", grouping, group, n)
        for school, by in rows.items()
        for grouping, groups in by.items()
        for group, n in groups.items()
    ]
    schools = {"school": list(rows), "name": list(rows), "sector": "public", "level": "primary", "zone": ""}
    tables = {
        "schools": pd.DataFrame(schools),
        "enrolment": pd.DataFrame(enrolment, columns="year school level grouping group n".split()),
    }
    if indicators:
        columns = "year school grouping group indicator n out_of".split()
        tables["indicators"] = pd.DataFrame(indicators, columns=columns)
    return Territory("Realham", tables, groupings=groupings, k=5)


def with_rolls(rows):
    for by in rows.values():
        by[WHOLE] = {WHOLE: sum(by["origin"].values())}
    return rows


def test_a_missing_row_of_an_outcome_does_not_say_that_nobody_is_there(tmp_path):
    """Groups without a row are nobody: hidden outcomes once had rows only for the groups there are."""
    groups = ("local", "near", "far")
    rows = with_rolls({
        "A": {"origin": {"local": 40, "near": 28, "far": 0}},
        "B": {"origin": {"local": 116, "near": 0, "far": 3}},
        "C": {"origin": {"local": 50, "near": 9, "far": 12}},
    })  # fmt: skip
    asked = [
        (2024, school, "origin", group, "reads well", n // 2, n)
        for school, by in rows.items()
        for group, n in by["origin"].items()
        if n
    ]
    t = counted(rows, {WHOLE: (WHOLE,), "origin": groups}, asked)
    seen = published(protect(t), tmp_path / "out")
    assert found_out(t, seen) == {}
    by_school = defaultdict(set)
    for key, n in seen.cells.items():
        if key[0] == "indicators" and key[3] == "origin" and n is None:
            by_school[key[2]].add(key[4])
    assert by_school and all(found == set(groups) for found in by_school.values())


@pytest.mark.parametrize("seed", range(6))
def test_a_group_of_two_groupings_is_hidden_in_both(seed, tmp_path):
    rng = np.random.default_rng(seed)
    rows = {}
    for i in range(6):
        here, near, far = (
            int(rng.integers(20, 60)),
            int(rng.integers(6, 20)),
            int(rng.choice([2, 3, 8, 9, 12])),
        )
        city = int(rng.integers(6, here))
        rows[f"S{i}"] = {
            "origin": {"here": here, "near": near, "far": far},
            "birth": {"abroad": far, "city": city, "elsewhere": here + near - city},
        }
    groupings = {WHOLE: (WHOLE,), "origin": ("here", "near", "far"), "birth": ("abroad", "city", "elsewhere")}
    t = counted(with_rolls(rows), groupings)
    means = {("birth", "abroad"): ("origin", ("far",))}
    assert found_out(t, published(protect(t), tmp_path / "out"), means=means) == {}


@pytest.mark.parametrize("seed", range(6))
def test_one_miscounted_school_does_not_make_two_groupings_strangers(seed, tmp_path):
    """The reader knows what "foreign" means, whatever one school wrote."""
    rng = np.random.default_rng(seed)
    rows = {}
    for i in range(8):
        here, mixed = int(rng.integers(20, 60)), int(rng.integers(6, 20))
        near, far = int(rng.choice([2, 9, 20])), int(rng.choice([2, 3, 8, 9, 12]))
        one = int(i == 6)
        rows[f"S{i}"] = {
            "origin": {"here": here, "mixed": mixed, "near": near, "far": far},
            "foreign": {"no": here - one, "half": mixed + one, "yes": near + far},
        }
    origin, foreign = ("here", "mixed", "near", "far"), ("no", "half", "yes")
    t = counted(with_rolls(rows), {WHOLE: (WHOLE,), "origin": origin, "foreign": foreign})
    seen = published(protect(t), tmp_path / "out")
    attack = auditor.Attack(seen)
    for i in (i for i in range(8) if i != 6):
        at = ("enrolment", "2024", f"S{i}", "primary")
        for group, some in (("no", ("here",)), ("half", ("mixed",)), ("yes", ("near", "far"))):
            attack.add({(*at, "origin", part): 1 for part in some} | {(*at, "foreign", group): -1})
    asked = needs(truth(t), seen, lambda key: 5)
    ranges = attack.ranges(set(asked))
    assert {key: ranges[key] for key, need in asked.items() if not safe(*need, *ranges[key])} == {}


def test_a_school_that_closes_does_not_take_its_secret_with_it(tmp_path):
    """One school less and one more: the total less what is shown of the new one was the old one's 2."""
    far = {"S0": 15, "S1": 4, "S2": 3, "S3": 2, "S4": 4, "S5": 7}
    here = {"S0": 23, "S1": 51, "S2": 45, "S3": 25, "S4": 40, "S5": 37}
    rows = with_rolls({s: {"origin": {"here": here[s], "far": far[s]}} for s in far})
    groupings = {WHOLE: (WHOLE,), "origin": ("here", "far")}
    published(protect(counted(rows, groupings)), tmp_path / "first")
    later = {s: by for s, by in rows.items() if s != "S3"} | with_rolls(
        {"N": {"origin": {"here": 31, "far": 10}}}
    )
    with pytest.raises(ReleaseError):
        protect(counted(later, groupings)).write(tmp_path / "second")


@pytest.mark.parametrize("first, then", [(5, 10), (10, 5), (7, 5)])
def test_the_same_numbers_with_another_k_say_no_more_together(first, then, tmp_path):
    t = grown(11, schools=7, zones=3, years=(2024,))
    one = published(protect(t, k=first, reason="a first look for the council"), tmp_path / "one")
    try:
        two = published(protect(t, k=then, reason="a first look for the council"), tmp_path / "two")
    except ReleaseError:
        return  # refused: nothing more is known
    asked = needs(truth(t), one, lambda key: 10 if key[0] == "indicators" else min(first, then))
    asked = {key: need for key, need in asked.items() if two.cells.get(key) is None}
    ranges = auditor.Attack(one, two).ranges(set(asked))
    assert {key: ranges[key] for key, need in asked.items() if not safe(*need, *ranges[key])} == {}


# ── indices ─────────────────────────────────────────────────────────────────────────────────────────


def tables_that_fit(rolls, total, shown):
    """Every way to fill the hidden counts of a group: no more than a roll each, the total in all."""
    choices = [range(r + 1) if n is None else (n,) for r, n in zip(rolls, shown, strict=True)]
    return np.array([way for way in itertools.product(*choices) if total is None or sum(way) == total])


def dissimilarity(ways, rolls):
    one, other = ways / ways.sum(1, keepdims=True), (rolls - ways) / (sum(rolls) - ways.sum(1, keepdims=True))
    return np.abs(one - other).sum(1) / 2


def isolation(ways, rolls):
    return (ways**2 / np.array(rolls)).sum(1) / ways.sum(1)


@pytest.mark.parametrize("seed", range(12))
def test_an_interval_of_an_index_says_what_the_counts_say_and_no_more(seed, tmp_path):
    rng = np.random.default_rng(seed)
    rolls = rng.integers(8, 26, 4)
    far = np.minimum(rng.choice([1, 2, 3, 6, 8], 4), rolls - 1)
    rows = {f"S{i}": {"origin": {"here": int(r - f), "far": int(f)}}
            for i, (r, f) in enumerate(zip(rolls, far, strict=True))}  # fmt: skip
    t = counted(with_rolls(rows), {WHOLE: (WHOLE,), "origin": ("here", "far")})
    view = protect(t)
    seen = published(view, tmp_path / "out")
    at = [("enrolment", "2024", school, "primary", "origin", "far") for school in rows]
    if any(seen.cells[(*key[:4], WHOLE, WHOLE)] is None for key in at):
        pytest.fail("rolls of eight and more are shown")
    shown = [seen.cells[key] for key in at]
    total = seen.totals["enrolment", "2024", "primary", "origin", "far"]
    if total is None and shown.count(None) == len(shown):
        return  # nothing is known: nothing to count through
    ways = tables_that_fit(rolls, total, shown)
    ways = ways[(ways.sum(1) > 0) & (ways.sum(1) < rolls.sum())]
    for index, formula in (("dissimilarity", dissimilarity), ("isolation", isolation)):
        values, true = formula(ways, rolls), formula(far[None, :], rolls)[0]
        found = view.interval(index, 2024, "primary", "origin", "far")
        assert found.low - 1e-9 <= true <= found.high + 1e-9
        low, high = math.floor(values.min() * 100 + 1e-9) / 100, math.ceil(values.max() * 100 - 1e-9) / 100
        if not found.exact:
            assert found.low <= low + 1e-9 and found.high >= high - 1e-9
        else:
            assert (found.low, found.high) == pytest.approx((low, high))


# ── planted numbers and words ───────────────────────────────────────────────────────────────────────

WORD = "Zanzibarquux"  # occurs nowhere
NUMBERS = (4217, 3391)  # pupils of a school who hide 3 others: 4220 and 3394 may be said


def planted() -> Territory:
    """A town in which numbers and words that must not leave are easy to see."""
    rows = with_rolls({
        "S0": {"origin": {"here": NUMBERS[0], "far": 3}},
        "S1": {"origin": {"here": NUMBERS[1], "far": 3}},
        "S2": {"origin": {"here": 811, "far": 64}},
        "S3": {"origin": {"here": 622, "far": 91}},
    })  # fmt: skip
    asked = [
        (2024, school, "origin", group, "reads well", max(n - 2, 1), n)
        for school, by in rows.items()
        for group, n in by["origin"].items()
    ]
    t = counted(rows, {WHOLE: (WHOLE,), "origin": ("here", "far")}, asked)
    schools = t.schools.assign(x_head=f"x {WORD}", mentor=f"y {WORD}")
    enrolment = t.enrolment.assign(x_child=f"{WORD} {NUMBERS[0]}")
    t = t.with_tables(schools=schools, enrolment=enrolment)
    return dataclasses.replace(t, story=f"A story of {WORD}", recipe=WORD)


def test_the_scanner_sees_what_is_planted(tmp_path):
    import base64
    import zipfile

    secret = base64.b64encode(np.array([4217, 1, 2, 3], "<i4").tobytes()).decode()
    (tmp_path / "a.html").write_text(f'<p data-x="4&nbsp;217">{secret}</p><!-- Zanzibarquux -->', "utf-8")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as box:
        box.writestr("inner.csv", "n\n3391\n")
        box.comment = b"zanzibarquux"
    assert {needle for _, needle in auditor.traces(tmp_path / "a.html", (*NUMBERS, WORD))} == {4217, WORD}
    assert {needle for _, needle in auditor.traces(tmp_path / "b.zip", (*NUMBERS, WORD))} == {3391, WORD}
    (tmp_path / "c.txt").write_text("14217 42170 0.4217 4217.5", "utf-8")
    assert auditor.traces(tmp_path / "c.txt", NUMBERS) == []


@pytest.mark.parametrize("form", ["out", "out.zip", "out.xlsx"])
def test_no_planted_number_or_word_is_in_a_package(form, tmp_path):
    view = protect(planted())
    view.write(tmp_path / form)
    assert auditor.traces(tmp_path / form, (*NUMBERS, WORD)) == []


def test_no_planted_number_or_word_is_in_a_report_or_a_picture(tmp_path):
    view = protect(planted())
    stock = sk.assess(view)
    (tmp_path / "report.html").write_text(sk.report(stock), "utf-8")
    (tmp_path / "stock.json").write_text(str(stock.as_dict()) + str(stock) + stock._repr_html_(), "utf-8")
    from segkit.plots import territory as plots

    drawn = 0
    for name in ("composition", "capacity", "both_sides", "sectors", "years", "outcomes"):
        try:
            picture = getattr(plots, name)(view)
        except ValueError:
            continue  # this town has no ways, or no places
        drawn += 1
        (tmp_path / f"{name}.html").write_text(repr(picture) + picture._repr_html_(), "utf-8")
    assert drawn >= 2
    assert auditor.traces(tmp_path / "report.html", (*NUMBERS, WORD)) == []
    assert auditor.traces(tmp_path, (*NUMBERS, WORD)) == []


def test_a_protected_view_holds_nothing_but_what_is_shown():
    """What is not in memory behind the view cannot come out of any picture, report or file."""
    view = protect(planted())
    view.interval("dissimilarity")
    seen, todo, text = set(), [view], []
    while todo:
        one = todo.pop()
        if (
            id(one) in seen
            or isinstance(one, type)
            or callable(one)
            or type(one).__module__ == "builtins.module"
        ):
            continue
        seen.add(id(one))
        if isinstance(one, (str, bytes, int, float)):
            text.append(str(one))
        elif isinstance(one, np.ndarray):
            text += [str(value) for value in one.ravel().tolist()]
        elif isinstance(one, pd.DataFrame):
            text += [str(value) for column in one for value in [column, *one[column].tolist()]]
        elif hasattr(one, "items"):
            todo += [*one.keys(), *one.values()]
        elif isinstance(one, (list, tuple, set, frozenset)):
            todo += list(one)
        elif hasattr(one, "__dict__"):
            todo += list(vars(one).values())
    said = "\n".join(text)
    assert not [needle for needle in (*NUMBERS, WORD) if auditor.written(said, needle)]


@pytest.mark.parametrize("which", ["intake", "studio"])
def test_no_planted_number_or_word_is_in_the_state_a_notebook_saves(which, tmp_path):
    t = planted()
    if which == "intake":
        widget = sk.Intake()
        try:
            from segkit.widgets.intake import Own

            widget._own = Own("own.xlsx", territory=t)
            widget._protected(protect(t))
            widgets = [widget, widget.show("composition")]
        finally:
            widget.close()
    else:
        widgets = [sk.Studio(t)]
    for one in widgets:
        text = repr(one.get_state()) + repr(one)
        assert not [needle for needle in (*NUMBERS, WORD) if auditor.written(text, needle)]


def test_what_goes_wrong_does_not_tell_what_is_hidden(tmp_path):
    t = planted()
    said = []
    for act in (
        lambda: protect(t, k=2),
        lambda: protect(t, special="no such grouping"),
        lambda: sk.report(t),
        lambda: protect(t).territory.table(grouping="origin"),
        lambda: protect(t, mode="private"),
    ):
        with pytest.raises((ValueError, TypeError)) as error:
            act()
        said.append(str(error.value))
    assert not [needle for needle in (*NUMBERS, WORD) if auditor.written("\n".join(said), needle)]
