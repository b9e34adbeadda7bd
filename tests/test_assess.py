"""Five dimensions: every number by hand, every refusal with its reason, and nothing that was hidden."""

import copy
import json
import math
import re
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import segkit as sk
from segkit.assessing import Assessment, assess
from segkit.assessing.results import by_lot, ratio_interval, wilson
from segkit.assessing.segregation import compared, reading
from segkit.assessing.stock import Stock, p_text, percent, public_share
from segkit.assessing.supply import share_range
from segkit.checks import open_territory
from segkit.indices.shelf import INDICES, CannotBeAssessed
from segkit.privacy import Protected, protect
from segkit.privacy.bounds import Bounds
from segkit.samples import names
from segkit.territory import Territory

FIVE = ["population", "supply", "segregation", "mobility", "results"]


def square(lon, lat, side=0.01):
    corners = [(lon, lat), (lon + side, lat), (lon + side, lat + side), (lon, lat + side), (lon, lat)]
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in corners]]}


def rows(head, *body):
    return pd.DataFrame(list(body), columns=head.split())


def counted(head, cells):
    """Rows of counts by group: {(…): (far, local)}."""
    body = [
        (*key, "origin", group, n)
        for key, pair in cells.items()
        for group, n in zip(("far", "local"), pair, strict=True)
    ]
    return rows(f"{head} grouping group n", *body)


# Three schools in two of three neighbourhoods: A, B and C, which has none and is nearest to A.
SCHOOLS = rows(
    "school name sector level zone lat lon capacity library computers",
    ("S1", "One", "public", "primary", "A", 0.005, 0.005, 100, "no", "10"),
    ("S2", "Two", "public", "primary", "B", 0.005, 0.055, 120, "yes", "20"),
    ("S3", "Three", "church", "primary", "B", 0.005, 0.056, 50, "yes", "40"),
)
ZONES = pd.DataFrame(
    {
        "zone": ["A", "B", "C"],
        "name": ["Ash", "Birch", "Cedar"],
        "geometry": [square(0, 0), square(0.05, 0), square(0.011, 0)],
    }
)
ENROLMENT = counted(
    "year school level",
    {
        (2023, "S1", "primary"): (30, 30),
        (2023, "S2", "primary"): (20, 60),
        (2024, "S1", "primary"): (40, 20),
        (2024, "S2", "primary"): (10, 70),
        (2024, "S3", "primary"): (0, 40),
    },
)
RESIDENTS = counted("year zone", {(2024, "A"): (35, 45), (2024, "B"): (10, 70), (2024, "C"): (15, 35)})
FLOWS = counted(
    "year zone school",
    {
        (2024, "A", "S1"): (30, 10),
        (2024, "A", "S2"): (0, 20),
        (2024, "A", "S3"): (0, 10),
        (2024, "B", "S2"): (5, 30),
        (2024, "B", "S3"): (0, 30),
        (2024, "C", "S1"): (10, 10),
        (2024, "C", "S2"): (5, 20),
    },
)
OUTCOMES = rows(
    "year school grouping group indicator n out_of",
    (2024, "S1", "origin", "far", "reads well", 15, 32),
    (2024, "S2", "origin", "far", "reads well", 5, 8),
    (2024, "S1", "origin", "local", "reads well", 10, 15),
    (2024, "S2", "origin", "local", "reads well", 40, 50),
    (2024, "S3", "origin", "local", "reads well", 30, 35),
)
TABLES = {
    "schools": SCHOOLS,
    "zones": ZONES,
    "enrolment": ENROLMENT,
    "residents": RESIDENTS,
    "flows": FLOWS,
    "indicators": OUTCOMES,
}
TOWN = Territory("Handton", TABLES, invented=True, focal={"origin": "far"})


@pytest.fixture(scope="module")
def stock() -> Assessment:
    return assess(protect(TOWN))


@pytest.fixture(scope="module")
def marenza() -> Assessment:
    return assess(protect(sk.sample("marenza")))


@pytest.fixture(scope="module")
def real():
    """Marenza as if it were a real place, behind the door."""
    return protect(replace(sk.sample("marenza"), invented=False, recipe=""))


def value(found, key):
    return found.finding(key).value


def row_of(found, key, first):
    return next(row for row in found.finding(key).rows.body if row[0] == first)


def hiding(*cells, town=TOWN, rolls=True) -> Protected:
    """The town behind a door: these (school, group) counts of 2024 are hidden, the rolls are not."""
    frame = town.enrolment
    hidden = [(row.school, row.group) in cells and row.year == 2024 for row in frame.itertuples()]
    frame = frame.assign(n=frame["n"].mask(hidden), n_status=np.where(hidden, "suppressed", "ok"))
    if rolls:
        frame = with_rolls(frame)
    kept = {"schools": town.schools, "zones": town.zones, "enrolment": frame}
    return Protected(Territory(town.name, kept, focal=town.focal), 5, "public", whole=not cells)


# --- numbers by hand


def test_there_are_five_dimensions_and_each_says_what_it_needs(stock):
    assert [dimension.key for dimension in stock.dimensions] == FIVE
    for dimension in stock.dimensions:
        assert (
            dimension.question.endswith("?") and dimension.needs and dimension.findings and dimension.missing
        )


def test_the_population_is_counted_by_hand(stock):
    assert value(stock, "population.share") == 50 / 180
    assert row_of(stock, "population.share", "local") == ("local", 130, "72%")
    assert row_of(stock, "population.schools", "S1") == ("S1", "One", "public", 60, "67%", "33%")
    assert value(stock, "population.spread") == pytest.approx(40 / 60)
    assert value(stock, "population.small") == 3  # 60, 80 and 40 pupils, all under 100
    assert value(stock, "population.years") == pytest.approx(50 / 180 - 50 / 140)
    assert row_of(stock, "population.years", "2023") == ("2023", 2, 140, "36%")


def test_the_supply_is_counted_by_hand(stock):
    assert value(stock, "supply.sectors") == 40 / 180
    assert row_of(stock, "supply.sectors", "public") == ("public", 2, 140, 220, "64%", "36%")
    assert value(stock, "supply.zones") == 1  # Cedar has no school
    assert row_of(stock, "supply.zones", "Cedar") == ("Cedar", 0, 0, 0, 0, "–", "–", "30%")
    assert row_of(stock, "supply.zones", "Birch") == ("Birch", 1, 1, 120, 170, "71%", "8%", "12%")
    assert value(stock, "supply.capacity") == 180 / 270
    assert row_of(stock, "supply.capacity", "S3") == ("S3", "Three", 40, 50, "80%")
    assert value(stock, "supply.walking") == 2  # Cedar's middle is 0.011 degrees from S1: 1,223 m
    assert row_of(stock, "supply.walking", "Cedar")[1:] == (0, 0, "1,200 m")
    assert "76% of all children, and of “far” 75%" in stock.finding("supply.walking").text  # 160/210, 45/60


def test_what_schools_have_is_weighed_by_who_is_there(stock):
    far, others = 10 / 50, (70 + 40) / 130
    assert row_of(stock, "supply.endowment", "library") == ("library", f"{far:.0%}", f"{others:.0%}", 3)
    far, others = (40 * 10 + 10 * 20) / 50, (20 * 10 + 70 * 20 + 40 * 40) / 130
    assert row_of(stock, "supply.endowment", "computers") == ("computers", f"{far:.1f}", f"{others:.1f}", 3)
    assert row_of(stock, "supply.endowment_where", "Birch") == ("Birch", 2, "8%", "100%", "30.0")


def test_segregation_is_what_the_shelf_says_and_what_the_hand_says(stock):
    D = (abs(40 / 50 - 20 / 130) + abs(10 / 50 - 70 / 130) + 40 / 130) / 2
    assert value(stock, "segregation.dissimilarity") == pytest.approx(D)
    assert value(stock, "segregation.gorard") == pytest.approx(D * 130 / 180)
    assert value(stock, "segregation.isolation") == pytest.approx(40 / 50 * 40 / 60 + 10 / 50 * 10 / 80)
    counts = [[40, 20], [10, 70], [0, 40]]
    for name, index in INDICES.items():
        finding = stock.finding(f"segregation.{name}")
        assert finding.value == pytest.approx(index(counts, 0)), name
        assert index.source == finding.source and index.symbol in finding.title


def test_every_index_stands_next_to_chance_and_within_an_interval(stock):
    expected = sk.expected([[40, 20], [10, 70], [0, 40]], "dissimilarity", 0)
    assert stock.finding("segregation.dissimilarity").chance == pytest.approx(expected)
    for name in INDICES:
        finding = stock.finding(f"segregation.{name}")
        low, high = finding.interval
        assert low < high and finding.p == 0.001, name
        assert f"{finding.chance:.2f}" in finding.text and f"{low:.2f}" in finding.text


def test_the_years_are_compared_with_chance(stock):
    before = (abs(30 / 50 - 30 / 90) + abs(20 / 50 - 60 / 90)) / 2
    after = value(stock, "segregation.dissimilarity")
    finding = stock.finding("segregation.years")
    assert finding.value == pytest.approx(after - before) and 0 < finding.p <= 1
    assert row_of(stock, "segregation.years", "2023")[:3] == ("2023", 2, f"{before:.2f}")
    whole = sk.change(TOWN.table(2023), TOWN.table(2024))
    assert value(stock, "segregation.change") == pytest.approx(whole.difference)


def test_between_and_within_add_up(stock):
    split = sk.between_within([[40, 20], [10, 70], [0, 40]], ["public", "public", "church"])
    assert value(stock, "segregation.sectors") == pytest.approx(split.between / split.total)
    parts = [float(row[3]) for row in stock.finding("segregation.sectors").rows.body]
    assert sum(parts) == pytest.approx(split.within, abs=0.001)


def test_each_schools_part_is_in_the_order_of_the_file(stock):
    gaps = np.array([abs(40 / 50 - 20 / 130), abs(10 / 50 - 70 / 130), 40 / 130])
    body = stock.finding("segregation.contributions").rows.body
    assert [row[0] for row in body] == ["S1", "S2", "S3"]
    assert [row[4] for row in body] == [f"{part:.0%}" for part in gaps / gaps.sum()]
    assert value(stock, "segregation.contributions") == 1  # S1 alone holds half


def test_housing_and_choice_are_counted_by_hand(stock):
    """Cedar's children would go to Ash, the nearest: 45 and 70 there, 5 and 60 in Birch."""
    own = abs(45 / 50 - 70 / 130)
    D = value(stock, "segregation.dissimilarity")
    assert value(stock, "mobility.residential") == pytest.approx(D - own)
    assert f"{own:.2f}" in stock.finding("mobility.residential").text
    assert [row[1] for row in stock.finding("mobility.residential").rows.body] == [2, 3]  # Cedar is with Ash
    living = (abs(35 / 60 - 45 / 150) + abs(10 / 60 - 70 / 150) + abs(15 / 60 - 35 / 150)) / 2
    assert value(stock, "segregation.both_sides") == pytest.approx(D - living)
    homes = (abs(30 / 50 - 40 / 130) + abs(5 / 50 - 60 / 130) + abs(15 / 50 - 30 / 130)) / 2
    assert stock.finding("segregation.both_sides").rows.body[1][2] == f"{homes:.2f}"


def test_who_stays_and_who_leaves_is_counted_by_hand(stock):
    assert value(stock, "mobility.stay") == 105 / 180  # 40 at S1, 35 at S2, 30 at S3
    assert f"{105 / 135:.0%} (without one: Cedar)" in stock.finding("mobility.stay").text
    assert value(stock, "mobility.groups") == 35 / 50
    assert row_of(stock, "mobility.groups", "local") == ("local", 130, "54%")
    assert value(stock, "mobility.where") == 10 / 75  # of those who leave, those at S3
    assert row_of(stock, "mobility.where", "Ash") == ("Ash", 40, 20, 10, "Birch")
    assert row_of(stock, "mobility.where", "Cedar") == ("Cedar", 0, 45, 0, "Birch")
    assert value(stock, "mobility.outside") == 0 and "31%" in stock.finding("mobility.outside").text
    assert row_of(stock, "mobility.attraction", "S1") == ("S1", "One", "Ash", "public", "33%")


def test_the_way_to_school_is_as_the_crow_flies(stock):
    degree = math.radians(1) * 6_371_008.8
    far = (15 * 0 + 5 * 0 + 10 * 0.011 * degree + 5 * 0.039 * degree) / 50  # Cedar to S1 and to S2
    assert f"{round(far, -2):,.0f} m for “far”" in stock.finding("mobility.distance").text


def test_results_are_counted_by_hand(stock):
    finding = stock.finding("results.reads well")
    assert finding.value == pytest.approx((20 / 40) / (80 / 100)) and finding.chance == 1
    assert finding.interval == pytest.approx(ratio_interval(20, 40, 80, 100))
    low, high = wilson(20, 40)
    assert row_of(stock, "results.reads well", "far") == ("far", 20, 40, "50%", f"{low:.0%} to {high:.0%}")


def test_small_numbers_are_said():
    few = OUTCOMES.assign(n=lambda f: f["n"] // 5, out_of=lambda f: f["out_of"] // 5)
    finding = assess(protect(TOWN.with_tables(indicators=few))).finding("results.reads well")
    assert "Small numbers (far, local" in finding.caution and "our convention" in finding.caution


# --- small programs of others


@given(st.integers(1, 80).flatmap(lambda m: st.tuples(st.integers(0, m), st.just(m))))
def test_wilsons_interval_is_scipys(pair):
    from scipy.stats import binomtest

    theirs = binomtest(*pair).proportion_ci(method="wilson")
    assert wilson(*pair) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_the_ratio_and_its_test_are_scipys(m, n, data):
    from scipy.stats import fisher_exact
    from scipy.stats.contingency import relative_risk

    a, b = data.draw(st.integers(1, m)), data.draw(st.integers(1, n))
    if a == m or b == n:  # too little width, or none, would look like certainty
        assert ratio_interval(a, m, b, n) is None
        return
    theirs = relative_risk(a, m, b, n).confidence_interval()
    assert ratio_interval(a, m, b, n) == pytest.approx((theirs.low, theirs.high))
    assert by_lot(a, m, b, n) == pytest.approx(fisher_exact([[a, m - a], [b, n - b]]).pvalue, abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=5))
def test_a_weighted_share_reaches_exactly_as_far_as_the_weights_let_it(cells):
    worth, low = [c[0] for c in cells], [c[1] for c in cells]
    high = [a + c[2] for a, c in zip(low, cells, strict=True)]
    means = [
        sum(w * n for w, n in zip(worth, some, strict=True)) / sum(some)
        for some in product(*(range(a, b + 1) for a, b in zip(low, high, strict=True)))
        if sum(some)
    ]
    if not means:
        with pytest.raises(CannotBeAssessed):
            share_range(worth, low, high)
    else:
        assert share_range(worth, low, high) == pytest.approx((min(means), max(means)))


@given(st.integers(1, 1500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_public_percentage_fits_three_counts(pair):
    n, of = pair
    one, low, high, text = public_share(n, of)
    if one is not None:
        fit = [k for k in range(of + 1) if round(100 * k / of) == round(100 * one)]
        assert n in fit and len(fit) >= 3
    else:
        assert low <= n / of <= high
        fit = [k for k in range(of + 1) if low <= k / of <= high]
        assert len(fit) >= 3 or (low, high) == (0, 1)


# --- behind the door


def test_a_raw_territory_is_refused():
    for raw in (TOWN, TOWN.table(), [[1, 2], [3, 4]], None):
        with pytest.raises(TypeError, match="protect"):
            assess(raw)


def test_an_index_over_hidden_counts_is_the_interval_it_must_lie_in():
    """S2 and S3 hide both groups; 80 and 40 pupils are known: every table is tried."""
    found = assess(hiding(("S2", "far"), ("S2", "local"), ("S3", "far"), ("S3", "local")))
    for name in ("dissimilarity", "gorard", "isolation"):
        tables = [[[40, 20], [a, 80 - a], [b, 40 - b]] for a in range(81) for b in range(41)]
        every = INDICES[name](np.array(tables), 0)
        finding = found.finding(f"segregation.{name}")
        assert finding.value is None
        assert finding.low == math.floor(min(every) * 100 + 1e-9) / 100, name
        assert finding.high == math.ceil(max(every) * 100 - 1e-9) / 100, name
        assert f"between {finding.low:.2f} and {finding.high:.2f}" in finding.text
    share = found.finding("population.share")
    assert (share.low, share.high) == (0.22, 0.89)  # 40 to 160 of 180, outward
    assert (
        found.finding("segregation.contributions").why and "hidden" in found.finding("segregation.change").why
    )


def test_a_range_of_chance_holds_every_total_there_can_be():
    found = assess(hiding(("S3", "far"), ("S3", "local")))
    low, high = found.finding("segregation.dissimilarity").expected
    for x in range(41):
        assert low <= sk.expected([[40, 20], [10, 70], [x, 40 - x]], "dissimilarity", 0) <= high + 1e-9


def test_hidden_rolls_leave_nothing_to_say_and_it_is_said():
    cells = [(school, group) for school in ("S1", "S2", "S3") for group in ("far", "local")]
    found = assess(hiding(*cells, rolls=False))
    assert [dimension.key for dimension in found.dimensions] == FIVE
    for key in ("population.share", "segregation.dissimilarity", "segregation.years", "mobility.outside"):
        finding = found.finding(key)
        assert finding.value is finding.low is None and finding.why and finding.collect, key


def test_whoever_has_only_the_export_finds_the_same(real, tmp_path):
    """Nothing is told that cannot be worked out from what is published."""
    real.write(tmp_path / "town.zip")
    again = replace(real, territory=open_territory(tmp_path / "town.zip"))
    mine, theirs = assess(real), assess(again)
    assert mine.as_dict()["dimensions"] == theirs.as_dict()["dimensions"]


def test_of_a_real_place_numbers_have_two_decimals(real):
    for view in real, Protected(TOWN, 5, "public", whole=False):
        for finding in assess(view).findings.values():
            numbers = [finding.value, finding.low, finding.high, finding.chance, finding.p]
            numbers += [*(finding.interval or ()), *(finding.expected or ())]
            for number in numbers:
                assert number is None or number == round(number, 2), finding.key
            if finding.key.startswith("segregation"):
                assert not re.search(r"0\.\d{3}", f"{finding.text} {finding.rows}"), finding.text


def test_a_row_about_an_area_has_three_schools_where_the_place_is_real(real):
    found = assess(real)
    schools = real.territory.schools
    schools = schools[
        schools["school"].isin([row[0] for row in found.finding("population.schools").rows.body])
    ]
    names_of = dict(zip(real.territory.zones["zone"], real.territory.zones["name"], strict=True))
    small = {names_of[zone] for zone, n in schools["zone"].value_counts().items() if n < 3}
    told = {row[0] for row in found.finding("supply.zones").rows.body}
    told |= {row[0] for row in found.finding("supply.endowment_where").rows.body}
    assert small and not small & told
    sectors = {row[0]: row for row in found.finding("supply.sectors").rows.body}
    assert "private" not in sectors  # two schools only


# --- what cannot be assessed


@pytest.mark.parametrize(
    "tables, key, why",
    [
        (
            {"schools": SCHOOLS[:1], "enrolment": ENROLMENT[ENROLMENT["school"] == "S1"]},
            "segregation.dissimilarity",
            "one unit",
        ),
        (
            {"enrolment": ENROLMENT.assign(grouping="all", group="all").drop_duplicates(["year", "school"])},
            "segregation.dissimilarity",
            "one group",
        ),
        ({"enrolment": ENROLMENT[ENROLMENT["group"] == "far"]}, "segregation.information", "focal group"),
        ({"enrolment": ENROLMENT[ENROLMENT["year"] == 2024]}, "segregation.years", "one year"),
        ({"enrolment": ENROLMENT[ENROLMENT["year"] == 2024]}, "population.years", "one year"),
        ({"zones": None}, "supply.walking", "no map"),
        ({"flows": None}, "mobility.stay", "from which neighbourhood"),
        ({"flows": None}, "mobility.residential", "from which neighbourhood"),
        ({"flows": None, "residents": None}, "segregation.both_sides", "neither"),
        ({"indicators": None}, "results.indicators", "no outcome"),
        ({"schools": SCHOOLS.assign(capacity=None)}, "supply.capacity", "places"),
        ({"schools": SCHOOLS.assign(sector="")}, "supply.sectors", "who runs it"),
        ({"schools": SCHOOLS.assign(zone="")}, "supply.zones", "neighbourhood"),
        (
            {"schools": SCHOOLS.drop(columns=["library", "computers"])},
            "supply.endowment",
            "what the schools have",
        ),
    ],
)
def test_what_is_not_there_is_said_with_what_to_collect(tables, key, why):
    finding = assess(protect(Territory("Lack", TABLES | tables, invented=True))).finding(key)
    assert not finding.assessed and finding.value is None and finding.interval is None
    assert why in finding.why and finding.collect.endswith(".")


@pytest.mark.parametrize("ready", [1, 2, 3])
def test_every_readiness_gives_five_dimensions(ready):
    found = assess(protect(sk.sample("marenza", ready=ready)))
    assert [dimension.key for dimension in found.dimensions] == FIVE
    assert found.finding("population.schools").assessed
    assert found.finding("segregation.dissimilarity").assessed == (ready > 1)
    assert found.finding("mobility.stay").assessed == (ready > 2)
    asked = " ".join(found["mobility"].missing)
    assert ("table flows" in asked) == (ready < 3)


@pytest.mark.parametrize("name", names())
def test_every_sample_is_assessed_in_each_level_and_grouping(name):
    town = sk.sample(name)
    view = protect(town)
    for level, grouping in [(town.levels[0], None), ("all", list(town.groupings)[-1])]:
        found = assess(view, level=level, grouping=grouping)
        sound(found)
        assert found.finding("segregation.dissimilarity").assessed


def sound(found: Assessment):
    """What holds of every assessment there can be."""
    assert [dimension.key for dimension in found.dimensions] == FIVE
    keys = [finding.key for dimension in found.dimensions for finding in dimension.findings]
    assert len(keys) == len(set(keys))
    for finding in found.findings.values():
        assert bool(finding.text) != bool(finding.why), finding.key
        assert finding.title and finding.command
        if finding.why:
            assert finding.value is None and finding.rows is None and finding.collect, finding.key
        for number in (finding.value, finding.low, finding.high, finding.chance, finding.p):
            assert number is None or math.isfinite(number), finding
        if finding.low is not None and finding.high is not None:
            assert finding.low <= finding.high and finding.value is None, finding
        if finding.rows is not None:
            assert all(len(row) == len(finding.rows.head) for row in finding.rows.body), finding.key
        said = f"{finding.text} {finding.why} {finding.rows or ''}"
        assert not re.search(r"\bnan\b|None|inf\b|<NA>", said), said
    json.dumps(found.as_dict(), allow_nan=False)
    assert str(found) and found._repr_html_() and len(found.frame()) == len(keys)


@settings(max_examples=20)
@given(st.integers(0, 2**32))
def test_a_mutilated_town_is_still_assessed(seed):
    """Tables lost, columns emptied, rows dropped, counts hidden: five dimensions all the same."""
    rng = np.random.default_rng(seed)
    tables = {name: frame.copy() for name, frame in TABLES.items()}
    for name in ("zones", "residents", "flows", "indicators"):
        if rng.random() < 0.25:
            tables[name] = None
    for column in ("sector", "zone", "lat", "capacity", "library", "level"):
        if rng.random() < 0.25:
            empty = None if column in ("lat", "capacity") else ""
            tables["schools"] = tables["schools"].assign(**{column: empty})
    for name in ("enrolment", "residents", "flows", "indicators"):
        frame = tables[name]
        if frame is None:
            continue
        frame = frame.reset_index(drop=True)
        hidden = rng.random(len(frame)) < rng.choice([0, 0.2, 1])
        frame["n_status"] = np.where(hidden, "suppressed", "ok")
        frame["n"] = frame["n"].astype("Int64").mask(hidden)
        if name == "indicators" and rng.random() < 0.5:
            frame["out_of"] = frame["out_of"].astype("Int64").mask(hidden)
        tables[name] = frame[rng.random(len(frame)) < rng.choice([1, 0.7, 0.1])]
    if rng.random() < 0.3:
        tables["enrolment"] = with_rolls(tables["enrolment"])
    town = Territory("Less", tables, invented=bool(rng.random() < 0.5), focal={"origin": "far"})
    whole = town.invented and bool(rng.random() < 0.5)
    sound(assess(Protected(town, 5, "public", whole), level=rng.choice([None, "all"])))


def with_rolls(frame):
    """The same and everyone together, as if the rolls were published."""
    all_ = ENROLMENT.groupby(["year", "school", "level"], as_index=False)["n"].sum()
    return pd.concat([frame, all_.assign(grouping="all", group="all", n_status="ok")])


# --- manners


def test_thresholds_name_their_source_and_that_they_are_conventions(stock):
    said = stock.finding("segregation.dissimilarity").caution
    assert "Massey & Denton (1993, p. 20)" in said and "Fundació Bofill" in said and "conventions" in said
    assert "it is high" in said  # 0.65
    for name in INDICES:
        if name != "dissimilarity":
            assert "Massey" not in stock.finding(f"segregation.{name}").caution


def test_there_is_no_total_score_no_league_table_and_no_advice(marenza):
    text = str(marenza).lower()
    for word in (
        "score",
        "ranking of",
        "best school",
        "worst",
        "should be",
        "we recommend",
        "overall rating",
    ):
        assert word not in text
    order = {school: i for i, school in enumerate(marenza.view.territory.schools["school"])}
    for finding in marenza.findings.values():
        if finding.rows is not None and finding.rows.head[0] == "school":
            at = [order[row[0]] for row in finding.rows.body]
            assert at == sorted(at), finding.key


def test_the_same_seed_tells_the_same_story(stock):
    again = assess(protect(TOWN))
    assert again.as_dict() == stock.as_dict()
    other = assess(protect(TOWN), seed=2)
    assert (
        other.finding("segregation.dissimilarity").interval
        != stock.finding("segregation.dissimilarity").interval
    )
    assert value(other, "segregation.dissimilarity") == value(stock, "segregation.dissimilarity")


def test_names_from_a_file_stay_text():
    schools = SCHOOLS.assign(
        name=["<script>alert(1)</script>", "a&b", '"'], sector=["public", "church", "<i>"]
    )
    html = assess(protect(replace(TOWN, name="<b>x", tables=TABLES | {"schools": schools})))._repr_html_()
    assert "<script>" not in html and "<i>" not in html and "<b>x" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_year_level_and_grouping_are_chosen_or_refused_kindly(marenza):
    view = marenza.view
    assert (marenza.year, marenza.level, marenza.grouping) == (2024, "primary", "origin")
    both = assess(view, year=2021, level="all", grouping="free_meals")
    assert (both.year, both.level) == (2021, None)
    counts = view.territory.counts(2021, None, "free_meals")
    assert value(both, "segregation.dissimilarity") == pytest.approx(sk.dissimilarity(counts, 0))
    for wrong, there in (
        ({"year": 1999}, "2024"),
        ({"level": "college"}, "primary"),
        ({"grouping": "eyes"}, "origin"),
    ):
        with pytest.raises(ValueError, match=there):
            assess(view, **wrong)
    with pytest.raises(KeyError, match="segregation.dissimilarity"):
        marenza.finding("segregation")
    with pytest.raises(KeyError, match="mobility"):
        marenza["travel"]


# --- every number again


def test_the_lines_that_are_printed_give_the_numbers_again(marenza):
    place: dict = {}
    exec(marenza.start.replace("sk.assess(", "assess("), {"sk": sk, "assess": assess}, place)
    place |= {"sk": sk}
    for name in INDICES:
        finding = marenza.finding(f"segregation.{name}")
        assert eval(finding.command, place) == pytest.approx(finding.value), finding.command
    change = eval(marenza.finding("segregation.change").command, place)
    assert change.difference == pytest.approx(value(marenza, "segregation.change"))
    split = eval(marenza.finding("segregation.zones").command, place)
    assert split.between / split.total == pytest.approx(value(marenza, "segregation.zones"))
    for key, finding in marenza.findings.items():
        if finding.command.startswith("assessment."):
            assert eval(finding.command, place).as_dict() == finding.as_dict(), key


def test_the_lines_for_a_real_place_give_its_intervals(real):
    found = assess(real)
    for name in ("dissimilarity", "gorard", "isolation"):
        finding = found.finding(f"segregation.{name}")
        low, high, _ = eval(finding.command, {"view": real})
        assert (low, high) == (finding.low, finding.high)


def test_the_line_for_the_terminal_gives_the_numbers_again(marenza, tmp_path, monkeypatch, capsys):
    from segkit.cli import main

    monkeypatch.chdir(tmp_path)
    for line in marenza.shell.splitlines():
        capsys.readouterr()
        assert not main(line.split()[1:])
    again = json.loads(capsys.readouterr().out)
    mine = json.loads(json.dumps(marenza.as_dict()))
    for dimension in FIVE:
        for one, other in zip(
            mine["dimensions"][dimension]["findings"],
            again["dimensions"][dimension]["findings"],
            strict=True,
        ):
            assert (one["key"], one["value"], one["text"]) == (other["key"], other["value"], other["text"])


def test_the_room_answers_to_its_name():
    import segkit.assessing

    assert segkit.assess(protect(TOWN)).finding("population.share").value == 50 / 180


def test_a_stock_works_out_each_thing_once():
    stock = Stock(protect(TOWN), 2024, None, "origin")
    calls = []
    for _ in range(3):
        stock.once("x", lambda: calls.append(1) or len(calls))
    assert calls == [1] and copy.copy(stock).done["x"] == 1


# --- what a sceptic asked


def town(cells, schools=SCHOOLS, **more) -> Assessment:
    tables = {"schools": schools, "enrolment": counted("year school level", cells), **more}
    return assess(protect(Territory("Doubt", tables, invented=True, focal={"origin": "far"})))


EVEN = {
    (2024, "S1", "primary"): (10, 30),
    (2024, "S2", "primary"): (20, 60),
    (2024, "S3", "primary"): (10, 30),
}
HALVES = {
    (2024, "S1", "primary"): (100, 0),
    (2024, "S2", "primary"): (60, 40),
    (2024, "S3", "primary"): (40, 60),
    (2024, "S4", "primary"): (0, 100),
}
FOURTH = pd.concat([SCHOOLS, SCHOOLS.iloc[[0]].assign(school="S4", name="Four", sector="")])


def test_an_even_town_has_nothing_to_split_and_no_school_holds_half():
    even = town(EVEN)
    assert value(even, "segregation.dissimilarity") == 0
    assert value(even, "segregation.contributions") == 0
    assert "every one of the 3 schools" in even.finding("segregation.contributions").text
    for key in ("segregation.sectors", "segregation.zones"):
        assert value(even, key) is None and "nothing to split" in even.finding(key).text


def test_a_d_of_0_6_is_still_moderate_and_a_wide_range_names_all_it_spans():
    assert "by that it is moderate." in town(HALVES, FOURTH).finding("segregation.dissimilarity").caution
    called = [
        re.search(r"it is ([a-z ]+)\.", reading("dissimilarity", *ends))[1]
        for ends in ((0.29, 0.29), (0.3, 0.3), (0.61, 0.61), (0.2, 0.7), (0.3, 0.7))
    ]
    assert called == ["low", "moderate", "high", "low or moderate or high", "moderate or high"]


def test_of_meeting_others_less_is_more_segregated(stock):
    assert "gave as little" in stock.finding("segregation.interaction").text
    assert "gave as much" in stock.finding("segregation.isolation").text


def test_an_interval_never_denies_what_chance_may_have_done():
    """Boys and girls of Castavera: D is what chance gives, and its interval leaves 0 out."""
    found = assess(protect(sk.sample("castavera")), grouping="sex").finding("segregation.dissimilarity")
    assert found.p > 0.05 and found.interval[0] > 0
    assert "or what an even spread gives" in found.text and "With other pupils" not in found.text


def test_small_schools_are_told_that_their_interval_is_too_narrow(stock):
    small = {key: (n // 3 + 1, m // 3) for key, (n, m) in HALVES.items()}
    assert "too narrow" in town(small, FOURTH).finding("segregation.dissimilarity").text
    assert "too narrow" not in town(small, FOURTH).finding("segregation.isolation").text
    assert "too narrow" not in stock.finding("segregation.dissimilarity").text


def test_p_is_never_nothing():
    assert p_text(0.001, True) == "≤ 0.001" and p_text(0.05, True) == "0.050"
    real = Stock(
        protect(
            replace(TOWN, invented=False, name="Nowhere of the p"),
            mode="shared",
            recipients=["a council"],
            reason="for the tests",
        ),
        2024,
        None,
        "origin",
    )
    public = replace(real, view=replace(real.view, whole=False))
    assert [public.rounded_p(p) for p in (0.001, 0.05, 0.051)] == [0.01, 0.05, 0.06]
    assert real.rounded_p(0.001) == 0.001


def test_a_change_is_tested_where_the_schools_are_the_same_and_says_which_d_that_is():
    """One school opened and all of the change is there: D of the two schools of both years stands still."""
    grown = {(2020, "S1", "primary"): (30, 30), (2020, "S2", "primary"): (30, 60)}
    grown |= {(2024, *key[1:]): pair for key, pair in grown.items()} | {(2024, "S3", "primary"): (0, 80)}
    text = town(grown).finding("segregation.years").text
    assert "0.17 in 2020 and 0.47 in 2024" in text
    assert "In the 2 schools of both years it was 0.17 and 0.17: there chance may" in text
    same = {key: pair for key, pair in grown.items() if key[1] != "S3"}
    assert "schools of both years" not in town(same).finding("segregation.years").text


def test_before_the_first_year_nothing_is_known(stock):
    first = assess(protect(TOWN), year=2023)
    assert "2023 is the first year" in first.finding("segregation.change").why


def test_nobody_and_everybody_make_no_certain_ratio():
    pairs = {
        "none": (0, 32, 10, 15),
        "all": (32, 32, 15, 15),
        "empty": (0, 32, 0, 15),
        "lost": (3, 32, 0, 15),
    }
    outcomes = rows(
        "year school grouping group indicator n out_of",
        *[
            (2024, "S1", "origin", group, name, n, of)
            for name, (a, m, b, k) in pairs.items()
            for group, n, of in (("far", a, m), ("local", b, k))
        ],
    )
    found = town(HALVES, FOURTH, indicators=outcomes)
    every = [found.finding(f"results.{name}") for name in pairs]
    assert all(one.interval is None for one in every)
    assert ["times as frequent in the focal group" in one.text for one in every] == [
        False,
        True,
        False,
        False,
    ]
    assert "Chance would rarely" in every[0].text and "Chance" not in every[1].text + every[2].text
    assert [one.value for one in every] == [0.0, 1.0, None, None]


def test_a_school_of_which_nobody_says_who_runs_it_is_neither_public_nor_not():
    found = town(HALVES, FOURTH).finding("supply.sectors")
    assert found.value is None and (found.low, found.high) == (0.25, 0.5)
    assert "not given for every school" in found.text


def test_flows_of_nobody_lead_nowhere_and_ties_are_named():
    none = {(2024, "A", "S1"): (30, 10), (2024, "A", "S2"): (0, 0), (2024, "B", "S2"): (15, 60)}
    found = assess(protect(TOWN.with_tables(flows=counted("year zone school", none))))
    assert row_of(found, "mobility.where", "Ash")[-1] == "–"
    tied = {(2024, "A", "S1"): (3, 1), (2024, "C", "S1"): (2, 3), (2024, "C", "S2"): (5, 0)}
    found = assess(protect(TOWN.with_tables(flows=counted("year zone school", tied))))
    assert row_of(found, "mobility.where", "Cedar")[-1] == "Ash, Birch"


def covering_part(hidden=()) -> Territory:
    """Of 240 pupils only 180 are told apart by origin."""
    rolls = rows(
        "year school level grouping group n",
        *[(2024, s, "primary", "all", "all", n) for s, n in (("S1", 100), ("S2", 90), ("S3", 50))],
    )
    frame = pd.concat([ENROLMENT[ENROLMENT["year"] == 2024], rolls], ignore_index=True)
    gone = [(row.school, row.group) in hidden for row in frame.itertuples()]
    frame = frame.assign(n=frame["n"].mask(gone), n_status=np.where(gone, "suppressed", "ok"))
    return replace(TOWN, tables={"schools": SCHOOLS, "zones": ZONES, "enrolment": frame}, groupings={})


def test_a_criterion_that_covers_part_of_the_roll_says_so_and_shares_are_of_those_told_apart():
    found = assess(protect(covering_part()))
    text = found.finding("population.share").text
    assert "240 pupils" in text and "Of 180 of them" in text
    assert row_of(found, "population.schools", "S1")[-2:] == ("67%", "33%")


def test_where_counts_are_hidden_and_groups_do_not_add_up_nothing_is_worked_out_from_rolls():
    """S2 has 10 far and 70 others of 90; hide both, and 90 less nobody is not what they add up to."""
    hidden = covering_part((("S2", "far"), ("S2", "local")))
    found = assess(Protected(hidden, 5, "public", whole=False))
    for key in ("population.share", "segregation.dissimilarity", "mobility.outside", "population.spread"):
        assert "not every pupil is told apart" in found.finding(key).why, key


def test_a_difference_of_rounded_numbers_reaches_half_a_hundredth_further(stock):
    whole = Stock(protect(TOWN), 2024, None, "origin")
    public = replace(whole, view=replace(whole.view, whole=False))
    a, b = Bounds(0.28, 0.29, False), Bounds(0.25, 0.25, True)
    assert public.gap(a, b) == (-0.05, -0.02) and whole.gap(a, b) == (-0.04, -0.03)


def test_rounded_counts_are_said_to_be(stock):
    frame = TOWN.enrolment.assign(n_status="rounded")
    assert any(
        "rounded" in line for line in assess(protect(TOWN.with_tables(enrolment=frame)))["population"].missing
    )
    assert not any("rounded" in line for line in stock["population"].missing)


def test_a_building_with_two_levels_says_that_places_are_shared(stock):
    both = {
        (2024, "S1", "primary"): (30, 30),
        (2024, "S1", "lower"): (20, 20),
        (2024, "S2", "primary"): (10, 60),
    }
    assert "other levels" in town(both).finding("supply.capacity").caution
    assert "other levels" not in stock.finding("supply.capacity").caution


def test_the_studio_and_the_assessment_send_a_child_to_the_same_school():
    """Everyone at the school of their zone, in the studio, has the D the assessment foretells."""
    from segkit.scenarios import Scenario

    town = sk.sample("marenza")
    level, year = "lower-secondary", 2024
    now = assess(protect(town), level=level)
    foretold = value(now, "segregation.dissimilarity") - value(now, "mobility.residential")
    after = Scenario(town).after({"do": "catchments", "year": year, "level": level}).territory
    assert sk.dissimilarity(after.table(year, level, "origin")) == pytest.approx(foretold, abs=0.01)


def test_where_chance_would_do_the_same_no_conclusion_is_drawn():
    """Thornmoor's schools are so small that chance alone makes them differ more than its neighbourhoods."""
    found = assess(protect(sk.sample("thornmoor")))
    for key in ("segregation.both_sides", "mobility.residential"):
        assert "Chance alone would make about as much" in found.finding(key).text
    assert found.finding("mobility.outside").collect.startswith("There is nothing to collect")


def test_which_side_is_more_uneven_is_said_the_right_way_round():
    low, high, wide = Bounds(0.2, 0.2, True), Bounds(0.3, 0.3, True), Bounds(0.1, 0.4, False)
    assert compared(low, high).endswith("more") and compared(high, low).endswith("less")
    assert compared(low, low).endswith("alike") and compared(low, wide).endswith("unsure")
    little, much = Bounds(0.05, 0.05, True), Bounds(0.2, 0.2, True)
    assert compared(low, high, little, much).endswith("chance")  # 0.15 above chance, then 0.10
    assert compared(low, high, little, little).endswith("more")
    assert compared(high, low, much, little).endswith("chance")
    most = Bounds(0.31, 0.31, True)
    assert compared(low, high, most, most).endswith("chance")  # neither is above what chance gives
    assert percent(1, 300) == "under 1%" and percent(299, 300) == "over 99%" and percent(0, 300) == "0%"


def test_more_and_less_of_the_group_than_the_whole(stock):
    sides = {row[0]: row[3] for row in stock.finding("segregation.contributions").rows.body}
    assert [sides[one] for one in ("S1", "S2")] == ["more than the whole", "less than the whole"]


def test_a_change_goes_from_the_first_year_to_the_last():
    cells = {(year, "S1", "primary"): (30 + more, 30) for year, more in ((2020, 0), (2022, 5), (2024, 90))}
    cells |= {(year, "S2", "primary"): (30, 60) for year in (2020, 2022, 2024)}
    found = town(cells | {(2024, "S3", "primary"): (0, 80)})
    assert "From 2020 to 2024" in found.finding("segregation.change").text
    said = re.search(r"both years it was ([\d.]+) and ([\d.]+)", found.finding("segregation.years").text)
    assert float(said[1]) < float(said[2])


def test_totals_alone_tell_that_groups_do_not_add_up():
    hidden = covering_part([(school, group) for school in ("S1", "S2", "S3") for group in ("far", "local")])
    at = ("enrolment", 2024, "primary")
    totals = {(*at, "origin"): {"far": 50, "local": 130}, (*at, "all"): {"all": 240}}
    found = assess(Protected(hidden, 5, "public", whole=False, totals=totals))
    assert "not every pupil is told apart" in found.finding("segregation.dissimilarity").why


# --- what an officer reads


def test_public_flows_are_not_asked_for_again_and_the_way_to_see_them_is_said(real):
    lost = [one for one in assess(real).findings.values() if "not by" in one.why]
    assert lost and all("--shared-with" in one.collect and "Collect" not in one.collect for one in lost)
    flows = TABLES["flows"].assign(grouping="all", group="all")
    lacking = assess(protect(Territory("Lack", TABLES | {"flows": flows}, invented=True)))
    assert lacking.finding("mobility.groups").collect.startswith("Collect")


def test_totals_of_two_years_are_told_and_are_not_one_year(real):
    raw = sk.sample("marenza", ready=1)
    for view in protect(raw), protect(replace(raw, invented=False, recipe="")):
        finding = assess(view, level="primary").finding("population.years")
        assert finding.assessed and finding.value == finding.rows.body[-1][1] - finding.rows.body[0][1]
        assert f"{finding.rows.body[0][1]:,} in {raw.years[0]}" in finding.text
        notice = " ".join(view.notice)
        assert "index" not in notice and "Indices" not in notice
    assert any("Indices" in line and len(line) < 140 for line in real.notice)


def test_the_pupils_of_one_level_are_not_said_to_be_all(real):
    found = assess(real, level="primary")
    assert "of the level “primary”" in found.finding("population.share").text
    assert found.left and all(one in found.about for one in found.left) and "“primary”" not in found.left
    assert "of the level" not in assess(real, level="all").finding("population.share").text
    assert not assess(real, level="all").left
