"""The smallest and largest value of an index when counts are hidden, against trying every table."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import segkit as sk
from segkit.indices.shelf import INDICES, CannotBeAssessed
from segkit.privacy.bounds import Bounds, Unseen, box, interval, span
from segkit.territory import Territory

SUMS = [index for index in INDICES.values() if index.additive]


def value(index, x, t):
    counts = np.column_stack([x, np.asarray(t) - x])
    return index(counts, 0) if index.groups == "two" else index(counts)


def every_table(index, low, high, t, total):
    """Brute force: every way to share the focal group out."""
    ways = product(*(range(a, b + 1) for a, b in zip(low, high, strict=True)))
    fitting = [x for x in ways if (total is None or sum(x) == total) and 0 < sum(x) < sum(t)]
    return [value(index, np.array(x), t) for x in fitting]


@st.composite
def hidden_schools(draw):
    units = draw(st.integers(2, 4))
    t = [draw(st.integers(1, 12)) for _ in range(units)]
    low = [draw(st.integers(0, roll)) for roll in t]
    high = [draw(st.integers(a, min(roll, a + 5))) for a, roll in zip(low, t, strict=True)]
    x = [draw(st.integers(a, b)) for a, b in zip(low, high, strict=True)]
    return low, high, t, x


@settings(max_examples=120, deadline=None)
@given(hidden_schools(), st.sampled_from(SUMS), st.booleans())
def test_the_ends_are_those_of_every_possible_table(schools, index, published):
    low, high, t, x = schools
    total = sum(x) if published else None
    if published and not 0 < total < sum(t):
        return
    values = every_table(index, low, high, t, total)
    if not values:
        with pytest.raises(CannotBeAssessed):
            span(index, low, high, t, total)
        return
    found = span(index, low, high, t, total)
    assert found.low == pytest.approx(min(values), abs=1e-12)
    assert found.high == pytest.approx(max(values), abs=1e-12)
    assert found.exact == (low == high)


def test_a_published_total_narrows_the_interval():
    index = INDICES["dissimilarity"]
    wide = span(index, [0, 0, 0], [4, 4, 4], [40, 40, 40])
    narrow = span(index, [0, 0, 0], [4, 4, 4], [40, 40, 40], total=12)
    assert wide.high > narrow.high == narrow.low == 0


def test_two_decimals_are_rounded_outward_and_never_past_the_number():
    assert Bounds(0.301, 0.349, False).outward() == Bounds(0.30, 0.35, False)
    assert Bounds(0.30, 0.35, False).outward() == Bounds(0.30, 0.35, False)
    assert Bounds(0.29 + 0.06, 0.7, False).outward()[:2] == (0.35, 0.7)  # 0.35 with a rounding error
    assert Bounds(1 / 3, 1 / 3, True).outward() == Bounds(0.33, 0.33, True)


def test_a_row_with_one_hidden_group_is_no_secret():
    low, high = box([[0, 30]], [[False, True]], [42], 0)
    assert low.tolist() == high.tolist() == [12]


def town(hidden=()):
    """Three schools of 20; in the pairs named the count is hidden."""
    rows = {"A": (3, 17), "B": (8, 12), "C": (10, 10)}
    columns = {name: [] for name in ("year", "school", "level", "grouping", "group", "n", "n_status")}
    for school, counts in rows.items():
        for group, n in [*zip(("far", "local"), counts, strict=True), ("all", sum(counts))]:
            secret = (school, group) in hidden
            grouping = "all" if group == "all" else "origin"
            values = (2024, school, "primary", grouping, group, None if secret else n)
            for name, one in zip(columns, (*values, "suppressed" if secret else "ok"), strict=True):
                columns[name].append(one)
    return Territory("T", {"schools": {"school": list(rows)}, "enrolment": columns}, focal={"origin": "far"})


def test_nothing_hidden_gives_the_number_itself():
    found = interval(town(), "dissimilarity")
    assert found.exact and found.low == sk.dissimilarity([[3, 17], [8, 12], [10, 10]])


def test_hidden_counts_are_never_read_as_nought():
    hidden = {(school, group) for school in "AB" for group in ("far", "local")}
    found = interval(town(hidden), "dissimilarity", total=21)
    tables = [[[x, 20 - x], [11 - x, 9 + x], [10, 10]] for x in range(12)]
    values = [sk.dissimilarity(table) for table in tables]
    assert found[:2] == pytest.approx((min(values), max(values)))
    assert sk.dissimilarity([[0, 20], [0, 20], [10, 10]]) > found.high  # what reading them as 0 would claim


def test_a_hidden_roll_is_said_not_guessed():
    hidden = {("A", group) for group in ("far", "local", "all")}
    with pytest.raises(CannotBeAssessed, match="hidden in 1 of 3"):
        interval(town(hidden), "dissimilarity")


def test_schools_without_a_roll_share_what_is_left_of_the_total():
    hidden = {(school, group) for school in "AB" for group in ("far", "local", "all")}
    found = interval(town(hidden), "dissimilarity", total=21, everyone=60)
    ways = [(t, x) for t in range(41) for x in range(12) if x <= t and 11 - x <= 40 - t]
    tables = [[[x, t - x], [11 - x, 40 - t - 11 + x], [10, 10]] for t, x in ways]
    values = [sk.dissimilarity(table) for table in tables]
    assert found[:2] == pytest.approx((min(values), max(values)))


@settings(max_examples=40, deadline=None)
@given(hidden_schools(), st.sampled_from(SUMS), st.integers(1, 3), st.integers(0, 5), st.data())
def test_unseen_schools_are_tried_in_every_size(schools, index, units, pupils, data):
    low, high, t, x = (part[:2] for part in schools)
    sizes = [w for w in product(range(pupils + 1), repeat=units) if sum(w) == pupils]
    total = sum(x) + data.draw(st.integers(0, pupils))
    if not 0 < total < sum(t) + pupils:
        return
    values = []
    for rolls in sizes:
        for focal in product(*(range(roll + 1) for roll in rolls)):
            for seen in product(*(range(a, b + 1) for a, b in zip(low, high, strict=True))):
                if sum(seen) + sum(focal) == total:
                    values.append(value(index, np.array([*seen, *focal]), [*t, *rolls]))
    found = span(index, low, high, t, total, Unseen(units, pupils))
    assert found[:2] == pytest.approx((min(values), max(values)), abs=1e-12)


def test_an_index_that_is_no_sum_has_no_interval():
    hidden = {(school, group) for school in "AB" for group in ("far", "local")}
    with pytest.raises(CannotBeAssessed, match="Gini"):
        interval(town(hidden), "gini")


def test_a_grouping_that_leaves_pupils_out_has_no_interval_from_the_roll():
    """Without "mixed" the hidden groups are not what a roll leaves over: an interval would miss the truth."""
    town = replace(sk.sample("thornmoor", ready=2), invented=False, mode="private", name="Elsewhere")
    rows = town.enrolment
    rolls = rows[rows["grouping"] == "origin"].groupby(["year", "school", "level"], as_index=False)["n"].sum()
    rolls = rolls.assign(grouping="all", group="all", n_status="ok")
    kept = rows[~((rows["grouping"] == "origin") & (rows["group"] == "mixed"))]
    groupings = {"origin": ("local", "near", "far")} | {
        one: groups for one, groups in town.groupings.items() if one != "origin"
    }
    part = replace(
        town.with_tables(enrolment=pd.concat([kept, rolls])), groupings=groupings | {"all": ("all",)}
    )
    view = sk.protect(part)
    assert view.partial == ("origin",) and sk.protect(town).partial == ()
    with pytest.raises(CannotBeAssessed, match="not all pupils of every school"):
        view.interval("dissimilarity", level="primary")
    assert view.interval("dissimilarity", level="primary", grouping="sex").high <= 1
