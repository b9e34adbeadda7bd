"""A table measured: the shelf's own numbers, each with its chance, and reasons where there is none."""

import json
import math

import numpy as np
import pytest

import segkit as sk
from segkit.decompose import WEIGHTS

TOWN = [[30, 60, 10], [5, 80, 40], [60, 20, 25], [12, 0, 33], [0, 50, 3]]


@pytest.fixture(scope="module")
def measured():
    return sk.measure(marenza(), bootstrap=50, schools=True)


def marenza(**options):
    return sk.sample("marenza").table(**({"year": 2024, "level": "primary"} | options))


def test_every_index_of_the_shelf_is_measured_and_each_has_its_chance(measured):
    assert list(measured.values) == list(sk.INDICES) == list(measured.chance) == list(measured.interval)
    assert measured.unavailable == {}


def test_the_numbers_are_those_of_the_shelf(measured):
    table = marenza()
    for name, value in measured.values.items():
        assert value == pytest.approx(sk.INDICES[name](table), abs=1e-15)
    for name, chance in measured.chance.items():
        if sk.INDICES[name].additive:
            assert chance.expected == pytest.approx(sk.expected(table, name), abs=1e-12)


def test_the_numbers_travel_as_json_without_losing_a_digit(measured):
    back = json.loads(json.dumps(measured.as_dict(), allow_nan=False))
    assert back["values"] == measured.values
    assert set(back) == {
        "units",
        "groups",
        "pupils",
        "focal",
        "dropped",
        "values",
        "chance",
        "interval",
        "unavailable",
        "schools",
    }
    assert set(back["schools"][0]) == {
        "unit",
        "pupils",
        "share",
        "location_quotient",
        "local_segregation",
        "contribution",
    }
    assert sum(s["contribution"] for s in back["schools"]) == pytest.approx(1)


def test_same_seed_same_story_and_another_seed_another():
    first, again, other = (sk.measure(TOWN, focal=None, shuffles=99, bootstrap=20, seed=s) for s in (1, 1, 2))
    assert first.as_dict() == again.as_dict() != other.as_dict()
    assert first.values == other.values


def test_asking_for_one_index_does_not_change_its_draws():
    """The shuffles are made once and read by every index, so p is the same alone and in company."""
    alone, all_ = sk.measure(TOWN, index="gini", shuffles=99), sk.measure(TOWN, shuffles=99)
    assert alone.chance["gini"].p == all_.chance["gini"].p and list(alone.values) == ["gini"]


def test_one_school_cannot_be_assessed_and_the_reason_is_given():
    one = sk.measure([[10, 20]])
    assert one.values == {} == one.chance
    assert set(one.unavailable) == set(sk.INDICES) and all(
        "only one unit" in why for why in one.unavailable.values()
    )
    assert "cannot be assessed" in str(one)


def test_what_is_left_out_is_told():
    table = sk.read(
        {"school": ["A", "B", "C"], "x": [5, 0, 7], "y": [9, 0, 1], "z": [0, 0, 0]}, unit="school"
    )
    measured = sk.measure(table, focal="x", shuffles=0)
    assert measured.dropped == {"units": ("B",), "groups": ("z",)}
    assert "no pupils there: B" in str(measured) and measured.units == 2


def test_by_measures_each_value_and_splits_the_whole():
    measured = sk.measure(marenza(), by="sector", shuffles=0)
    assert set(measured.by) == {"public", "church", "private"} and set(measured.split) == set(WEIGHTS)
    for name, split in measured.split.items():
        assert split.between + split.within == pytest.approx(measured[name], abs=1e-12)
    assert sum(part.pupils for part in measured.by.values()) == measured.pupils


def test_by_year_tells_a_school_of_two_years_apart():
    measured = sk.measure(marenza(year=None), by="year", shuffles=0)
    assert measured.by["2024"].values == pytest.approx(sk.measure(marenza(), shuffles=0).values)


def test_a_focal_group_that_is_not_there_is_a_question_back():
    with pytest.raises(ValueError, match="farr"):
        sk.measure(marenza(), focal="farr")


def test_column_order_changes_nothing():
    table = marenza()
    frame = {"school": table.units} | {
        g: table.counts[:, k] for k, g in reversed(list(enumerate(table.groups)))
    }
    assert sk.measure(frame, unit="school", shuffles=0).values == pytest.approx(
        sk.measure(table, shuffles=0).values
    )


def test_names_from_a_file_never_become_markup():
    evil = "<img src=x onerror=alert(1)>"
    html = sk.measure(
        {"school": ["A", "B"], evil: [5, 1], "y": [2, 9]}, unit="school", shuffles=0
    )._repr_html_()
    assert "<img" not in html and "&lt;img" in html


def test_a_frame_holds_every_index(measured):
    frame = measured.frame()
    assert list(frame.index) == list(measured.values) and not frame.isna().any().any()
    assert (frame.low <= frame.high).all() and (frame.p > 0).all()


def test_large_tables_get_fewer_shuffles_and_never_none():
    from segkit.measuring import affordable

    assert affordable(np.ones((50, 2))) == 999 and affordable(np.ones((1_000_000, 2))) == 99
    assert 99 < affordable(np.ones((50_000, 2))) < 999


def test_a_thousand_million_pupils_are_measured_and_not_shuffled():
    measured = sk.measure([[10**9, 5], [6, 10**9]])
    assert measured["dissimilarity"] > 0.99
    assert measured.chance["dissimilarity"].p is None and "gini" not in measured.chance


def test_schools_of_one_pupil_have_no_way_from_chance_to_complete():
    measured = sk.measure([[1, 0], [0, 1], [1, 0]], shuffles=0)
    assert measured.chance["dissimilarity"].corrected is None
    json.dumps(measured.as_dict(), allow_nan=False)


def test_a_table_of_chance_is_near_its_chance():
    rng = np.random.default_rng(5)
    table = np.c_[rng.binomial(20, 0.3, 200), np.zeros(200, int)]
    table[:, 1] = 20 - table[:, 0]
    measured = sk.measure(table, shuffles=199)
    assert math.isclose(measured["dissimilarity"], measured.chance["dissimilarity"].expected, rel_tol=0.15)
    assert measured.chance["dissimilarity"].p > 0.01
