"""Edits of a territory: nothing is lost, what agreed still agrees, and undo goes all the way back."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import segkit as sk
from segkit.scenarios import EDITS, Refused, Scenario, Story, rebuild, started
from segkit.scenarios.edits import out_of_step
from segkit.scenarios.state import opened
from segkit.territory import COUNTED, Territory

MARENZA = sk.sample("marenza")
YEAR, LEVEL = 2024, "primary"


@pytest.fixture
def start():
    return Scenario(MARENZA)


def cell(school="S01", group="far", n=12, grouping="origin"):
    return {"do": "count", "year": YEAR, "level": LEVEL, "grouping": grouping, "school": school} | {
        "group": group,
        "n": n,
    }


def frame(table, **columns):
    return pd.DataFrame({"table": [table]} | columns)


def small(**more) -> Territory:
    """Two schools, two groupings that agree, and flows from two neighbourhoods."""
    enrolment = [("S1", "origin", "far", 6), ("S1", "origin", "near", 4), ("S2", "origin", "far", 2)]
    enrolment += [("S2", "origin", "near", 8), ("S1", "meals", "free", 5), ("S1", "meals", "paid", 5)]
    enrolment += [("S2", "meals", "free", 1), ("S2", "meals", "paid", 9)]
    columns = ["school", "grouping", "group", "n"]
    about = {"year": 2024, "level": "primary"}
    flows = [("Z1", "S1", "far", 5), ("Z2", "S1", "far", 1), ("Z1", "S1", "near", 4)]
    flows += [("Z2", "S2", "far", 2), ("Z2", "S2", "near", 8)]
    flows = pd.DataFrame(flows, columns=["zone", "school", "group", "n"]).assign(grouping="origin", year=2024)
    tables = {
        "schools": pd.DataFrame(
            {"school": ["S1", "S2"], "name": ["One", "Two"], "sector": "public", "level": "primary"}
            | {"zone": ["Z1", "Z2"], "lat": [0.5, 0.5], "lon": [0.5, 1.5], "capacity": [20, 20]}
            | {"x_mine": ["a", "b"], "gym": ["yes", "no"]}
        ),
        "zones": pd.DataFrame(
            {"zone": ["Z1", "Z2"], "name": ["West", "East"], "geometry": [square(0), square(1)]}
        ),
        "enrolment": pd.DataFrame(enrolment, columns=columns).assign(**about, x_note="kept"),
        "flows": flows,
        "residents": flows.groupby(["year", "zone", "grouping", "group"], as_index=False)["n"].sum(),
    }
    return Territory("Small", tables | more, focal={"origin": "far", "meals": "free"})


def square(x):
    ring = [[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]
    return {"type": "Polygon", "coordinates": [ring]}


def do(what, **values):
    return {"do": what, "year": 2024, "level": "primary", "grouping": "origin"} | values


# --- there and back


def test_a_territory_without_edits_is_itself(start):
    assert start.territory is MARENZA


def test_a_territory_that_was_taken_apart_is_put_together_as_it_was():
    for town in (MARENZA, small(), sk.sample("marenza", ready=1)):
        state = opened(town)
        touched = replace(state, **{table: dict(getattr(state, table)) for table in COUNTED})
        assert Scenario.of(town, (), touched).territory == town


def test_an_edit_changes_one_row_and_leaves_all_others_where_they_were():
    after = Scenario(small()).after(do("count", school="S1", group="far", n=6)).territory
    assert after == small()
    after = Scenario(small()).after(do("count", school="S1", group="far", n=9)).territory.enrolment
    before = small().enrolment
    keys = ["school", "grouping", "group", "x_note"]
    assert after[keys].equals(before[keys])
    assert after["n"].tolist() == [9, 4, 2, 8, 7, 6, 1, 9]


def numbers(town):
    return {table: town.tables[table]["n"].sum() for table in COUNTED}


EDIT_KINDS = st.sampled_from(sorted(EDITS))


@st.composite
def an_edit(draw, town=MARENZA):
    """Any edit that could be made of a town as it was at the start; some cannot be made any more."""
    kind = draw(EDIT_KINDS)
    grouping = draw(st.sampled_from(list(town.groupings)))
    groups = town.groupings[grouping]
    schools = town.schools["school"].tolist()
    share = st.integers(0, 1000).map(lambda n: n / 1000)
    values = {
        "year": st.sampled_from(town.years),
        "level": st.sampled_from(town.levels),
        "grouping": st.just(grouping),
        "group": st.sampled_from(groups),
        "groups": st.lists(st.sampled_from(groups), min_size=1, max_size=2, unique=True),
        "school": st.sampled_from(schools),
        "schools": st.lists(st.sampled_from(schools), min_size=1, max_size=3, unique=True),
        "into": st.sampled_from(schools),
        "zone": st.sampled_from(town.zones["zone"].tolist()),
        "n": st.integers(0, 900),
        "places": st.none() | st.integers(0, 900),
        "name": st.text(max_size=12),
        "new_group": st.text(max_size=6),
        "new_groups": st.lists(st.text(max_size=6), min_size=2, max_size=2),
        "new_school": st.text("N123", min_size=1, max_size=3),
        "lat": st.floats(35.09, 35.17),
        "lon": st.floats(160.09, 160.17),
        "share": share,
        "step": st.integers(0, 100),
        "sector": st.sampled_from(["public", "private"]),
        "rule": st.sampled_from(["even", "apart"]),
    }
    edit = {name: draw(values[name]) for name in EDITS[kind][1] if name != "counts"}
    if kind == "counts":
        row = st.tuples(*[st.none() | st.integers(0, 300)] * len(edit["groups"])).map(list)
        edit["counts"] = [draw(row) for _ in edit["schools"]]
    return {"do": kind} | edit


@settings(max_examples=20, deadline=None)
@given(st.lists(an_edit(), max_size=8))
def test_undoing_everything_gives_back_the_start_and_redoing_everything_the_end(edits):
    story = Story(started(MARENZA))
    for edit in edits:
        try:
            story.do([edit])
        except Refused as why:
            assert str(why)
    end = Scenario.of(MARENZA, story.edits, story.state).territory
    made = story.edits
    while story.undo() is not None:
        pass
    assert story.edits == () and story.state is started(MARENZA)
    while story.redo() is not None:
        pass
    assert story.edits == made
    assert Scenario.of(MARENZA, story.edits, story.state).territory == end
    assert Scenario(MARENZA, made).territory == end


@settings(max_examples=15, deadline=None)
@given(st.lists(an_edit(), max_size=6))
def test_the_recipe_makes_the_same_territory_again(edits):
    scenario = Scenario(MARENZA)
    for edit in edits:
        try:
            scenario = scenario.after(edit)
        except Refused:
            continue
    again = rebuild(scenario.recipe)
    assert again.edits == scenario.edits
    assert again.territory == scenario.territory


@settings(max_examples=20, deadline=None)
@given(st.lists(an_edit(), max_size=6))
def test_whatever_is_edited_the_groupings_and_the_flows_go_on_agreeing(edits):
    scenario = Scenario(MARENZA)
    for edit in edits:
        try:
            scenario = scenario.after(edit)
        except Refused:
            continue
    for year in MARENZA.years:
        for level in MARENZA.levels:
            assert out_of_step(scenario.state, year, level) == {}
    for table in ("enrolment", "residents", "flows"):
        for block in getattr(scenario.state, table).values():
            assert (block.n >= 0).all() and block.known.all()
    state, schools = scenario.state, len(scenario.territory.schools)
    assert schools == len(state.at)


@settings(max_examples=15, deadline=None)
@given(st.lists(an_edit(), min_size=1, max_size=6))
def test_what_an_edit_makes_of_a_territory_passes_the_checker(edits):
    checks = pytest.importorskip("segkit.checks")
    scenario = Scenario(MARENZA)
    for edit in edits:
        try:
            scenario = scenario.after(edit)
        except Refused:
            continue
    assert checks.check(dict(scenario.territory.tables)).errors == ()
