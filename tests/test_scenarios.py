"""Edits of a territory: nothing is lost, what agreed still agrees, and undo goes all the way back."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import segkit as sk
from segkit import filling
from segkit.scenarios import EDITS, Refused, Scenario, Story, compare, links, rebuild, started
from segkit.scenarios.edits import catchments, out_of_step
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


# --- the convention: what agreed before agrees after


def n_of(town, school, grouping="origin"):
    frame = town.enrolment
    here = frame[(frame["school"] == school) & (frame["grouping"] == grouping)]
    return dict(zip(here["group"], here["n"].tolist(), strict=True))


def test_the_roll_follows_the_grouping_that_is_edited_and_the_others_follow_the_roll():
    town = Scenario(small()).after(do("count", school="S2", group="far", n=12)).territory
    assert n_of(town, "S2") == {"far": 12, "near": 8}
    assert n_of(town, "S2", "meals") == {"free": 2, "paid": 18}
    assert n_of(town, "S1", "meals") == {"free": 5, "paid": 5}


def test_the_flows_of_an_edited_group_come_from_where_they_came_from():
    town = Scenario(small()).after(do("count", school="S1", group="far", n=12)).territory
    flows = town.flows.set_index(["zone", "school", "group"])["n"]
    assert flows["Z1", "S1", "far"] == 10 and flows["Z2", "S1", "far"] == 2
    assert town.residents.equals(small().residents)


def test_the_first_of_a_group_in_a_school_come_from_where_its_others_come_from():
    town = Scenario(small()).after(do("count", school="S2", group="far", n=0))
    town = town.after(do("count", school="S2", group="far", n=5)).territory
    flows = town.flows.set_index(["zone", "school", "group"])["n"]
    assert flows["Z2", "S2", "far"] == 5


def test_what_did_not_agree_is_left_alone_and_said():
    base = small()
    apart = base.enrolment
    apart.loc[(apart["school"] == "S1") & (apart["group"] == "free"), "n"] = 9
    start = Scenario(base.with_tables(enrolment=apart))
    assert out_of_step(start.state, 2024, "primary") == {"meals": 1}
    after = start.after(do("count", school="S1", group="far", n=1))
    assert n_of(after.territory, "S1", "meals") == {"free": 9, "paid": 5}
    with pytest.raises(Refused, match="do not agree"):
        start.after({"do": "roll", "year": 2024, "level": "primary", "school": "S1", "n": 30})


def test_a_new_roll_keeps_the_proportions_of_every_grouping():
    edit = {"do": "roll", "year": 2024, "level": "primary", "school": "S1", "n": 20}
    town = Scenario(small()).after(edit).territory
    assert n_of(town, "S1") == {"far": 12, "near": 8}
    assert n_of(town, "S1", "meals") == {"free": 10, "paid": 10}


def test_a_hidden_count_is_not_guessed():
    base = small()
    hidden = base.enrolment
    hidden.loc[0, ["n", "n_status"]] = [pd.NA, "suppressed"]
    start = Scenario(base.with_tables(enrolment=hidden))
    with pytest.raises(Refused, match="hidden"):
        start.after(do("mix", group="far", step=3))
    after = start.after(do("count", school="S1", group="near", n=5)).territory
    assert after.enrolment.loc[0, "n_status"] == "suppressed"
    assert n_of(after, "S1", "meals") == {"free": 5, "paid": 5}  # its roll is not known, so nothing follows
    typed = start.after(do("count", school="S1", group="far", n=7)).territory
    assert typed.enrolment.loc[0, "n_status"] == "ok" and typed.enrolment.loc[0, "n"] == 7


# --- sliders


def test_along_the_slider_both_margins_stay_and_d_never_falls(start):
    block = start.state.enrolment[YEAR, LEVEL, "origin"].n
    for k in range(block.shape[1]):
        way = filling.path(block, k)
        assert (way.sum(1) == block.sum(0)).all() and (way.sum(2) == block.sum(1)).all()
        d = sk.INDICES["dissimilarity"](way[:, block.sum(1) > 0].astype(float), k)
        assert (np.diff(d) >= -1e-12).all()
        assert d[0] < 0.02 and d[-1] > 0.95
        assert (way[filling.standing(block, k)] == block).all()


tables = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 60), min_size=k, max_size=k), min_size=1, max_size=9)
)


@settings(max_examples=120, deadline=None)
@given(tables, st.integers(0, 1))
def test_the_slider_holds_for_any_table(counts, focal):
    n = np.array(counts)
    way = filling.path(n, focal)
    assert (way >= 0).all() and (way.sum(1) == n.sum(0)).all() and (way.sum(2) == n.sum(1)).all()
    deviation = np.abs(way[..., focal] * n.sum() - n.sum(0)[focal] * n.sum(1)).sum(1)
    assert (np.diff(deviation) >= 0).all()


@settings(max_examples=120, deadline=None)
@given(tables, st.integers(0, 1), st.integers(0, 500))
def test_a_share_is_set_to_the_pupil_and_no_school_changes_its_size(counts, focal, pupils):
    n = np.array(counts)
    pupils = min(pupils, int(n.sum()))
    new = filling.with_share(n, focal, pupils)
    assert (new >= 0).all() and new[:, focal].sum() == pupils and (new.sum(1) == n.sum(1)).all()


def test_a_larger_share_leaves_the_order_of_the_schools(start):
    edit = {"do": "share", "year": YEAR, "level": LEVEL, "grouping": "origin", "group": "far", "share": 0.3}
    before, after = (one.state.enrolment[YEAR, LEVEL, "origin"].n for one in (start, start.after(edit)))
    assert after[:, 3].sum() == round(0.3 * before.sum())
    there = before.sum(1) > 20
    old, new = (n[there, 3] / n[there].sum(1) for n in (before, after))
    assert (np.diff(new[np.argsort(old)]) > -0.03).all()


# --- schools and zones


def test_a_school_that_is_dragged_belongs_to_the_zone_it_stands_in():
    start = Scenario(small())
    after = start.after({"do": "move", "school": "S1", "lat": 0.25, "lon": 1.5}).territory.schools
    assert after.loc[0, ["lat", "lon", "zone"]].tolist() == [0.25, 1.5, "Z2"]
    with pytest.raises(Refused, match="no neighbourhood"):
        start.after({"do": "move", "school": "S1", "lat": 40, "lon": 1.5})


def test_everyone_at_the_school_of_their_zone():
    after = Scenario(small()).after({"do": "catchments", "year": 2024, "level": "primary"})
    assert n_of(after.territory, "S1") == {"far": 5, "near": 4}
    assert n_of(after.territory, "S2") == {"far": 3, "near": 8}
    flows = after.territory.flows
    assert (flows.loc[flows["n"] > 0, "zone"].str[1] == flows.loc[flows["n"] > 0, "school"].str[1]).all()
    assert out_of_step(after.state, 2024, "primary") == {}


def test_the_children_of_a_zone_can_be_sent_to_another_school():
    edit = {"do": "assign", "year": 2024, "level": "primary", "zone": "Z2", "school": "S1"}
    town = Scenario(small()).after(edit).territory
    assert sum(n_of(town, "S2").values()) == 0 and n_of(town, "S1") == {"far": 8, "near": 12}
    assert sum(n_of(town, "S1", "meals").values()) == 20


def test_where_nobody_counted_flows_children_cannot_be_sent():
    base = small(flows=pd.DataFrame())
    with pytest.raises(Refused, match="flows"):
        Scenario(base).after({"do": "catchments", "year": 2024, "level": "primary"})


def test_the_school_of_a_zone_without_a_school_is_the_nearest(start):
    to = catchments(start.state, YEAR, LEVEL)
    assert all(sum(weights.values()) > 0 for weights in to.values())
    school = start.state.schools
    for z, weights in to.items():
        here = {j for j, one in enumerate(school) if one.zone == start.state.place.zones[z]}
        assert set(weights) <= here or len(weights) == 1


def test_a_merger_keeps_all_pupils_and_a_closure_takes_them_away():
    merged = Scenario(small()).after({"do": "merge", "school": "S1", "into": "S2"}).territory
    assert n_of(merged, "S2") == {"far": 8, "near": 12} and len(merged.schools) == 1
    assert merged.flows["n"].sum() == small().flows["n"].sum()
    closed = Scenario(small()).after({"do": "remove", "school": "S1"}).territory
    assert closed.enrolment["n"].sum() == 20 and set(closed.flows["school"]) == {"S2"}
    with pytest.raises(Refused, match="last school"):
        Scenario(closed).after({"do": "remove", "school": "S2"})


def test_a_new_school_can_be_filled():
    new = {"do": "add", "new_school": "N1", "name": "New", "sector": "public", "level": "primary"}
    scenario = Scenario(small()).after(new | {"lat": 0.5, "lon": 0.5, "places": None})
    assert scenario.territory.schools.loc[2, ["school", "zone", "gym"]].tolist() == ["N1", "Z1", ""]
    town = scenario.after(do("count", school="N1", group="far", n=10)).territory
    assert sum(n_of(town, "N1", "meals").values()) == 10
    assert town.flows.set_index(["zone", "school", "group"])["n"]["Z1", "N1", "far"] == 10


# --- groups


def test_a_split_group_is_two_everywhere_and_joining_them_gives_it_back():
    names = {"group": "far", "new_groups": ["a", "b"], "share": 0.5, "rule": "even"}
    split = Scenario(small()).after({"do": "split", "grouping": "origin"} | names)
    town = split.territory
    assert town.groupings["origin"] == ("a", "b", "near") and town.focal["origin"] == "a"
    assert n_of(town, "S1") == {"a": 3, "b": 3, "near": 4}
    assert out_of_step(split.state, 2024, "primary") == {}
    back = split.after({"do": "join", "grouping": "origin", "groups": ["a", "b"], "new_group": "far"})
    assert back.territory == small()


def test_a_part_can_be_gathered_where_its_group_is_strongest():
    names = {"group": "far", "new_groups": ["a", "b"], "share": 0.5, "rule": "apart"}
    town = Scenario(small()).after({"do": "split", "grouping": "origin"} | names).territory
    assert n_of(town, "S1")["a"] == 4 and n_of(town, "S2")["a"] == 0


def test_outcomes_of_a_group_that_is_split_are_not_known(start):
    names = {"group": "far", "new_groups": ["a", "b"], "share": 0.5, "rule": "even"}
    town = start.after({"do": "split", "grouping": "origin"} | names).territory
    parts = town.indicators[town.indicators["group"].isin(["a", "b"])]
    assert set(parts["n_status"]) == {"not_available"} and parts["n"].isna().all()


# --- what cannot be done is said


@pytest.mark.parametrize(
    "edit, said",
    [
        ({}, "no change called 'None'"),
        ({"do": "fly"}, "no change called 'fly'"),
        (["count"], "set of names and values"),
        ({"do": "name", "school": "S1"}, "needs school, name"),
        ({"do": "name", "school": "S1", "name": "x", "also": 1}, "needs school, name"),
        ({"do": "name", "school": "S9", "name": "x"}, "no school 'S9'"),
        ({"do": "name", "school": "S1", "name": "\u0000 \n"}, "1 to 80 letters"),
        ({"do": "sector", "school": "S1", "sector": "publik"}, "no sector 'publik'"),
        ({"do": "merge", "school": "S1", "into": "S1"}, "with itself"),
        (do("count", school="S1", group="far", n=-1), "whole number from 0"),
        (do("count", school="S1", group="far", n=1.5), "whole number from 0"),
        (do("count", school="S1", group="far", n=True), "whole number from 0"),
        (do("count", school="S1", group="FAR", n=1), "no group 'FAR'"),
        (do("count", school="S1", group="far", n=1) | {"year": 20244}, "no year 20244"),
        (do("share", group="far", share=1.5), "from 0 to 1"),
        (do("mix", group="far", step=101), "from 0 to 100"),
        ({"do": "group", "grouping": "origin", "group": "far", "new_group": "near"}, "is taken"),
        (
            {"do": "join", "grouping": "origin", "groups": ["far", "near"], "new_group": "x"},
            "not all of them",
        ),
    ],
)
def test_what_cannot_be_done_is_said_kindly(edit, said):
    with pytest.raises(Refused, match=said):
        Scenario(small(), (edit,))


# --- links


def test_a_link_is_one_word_and_holds_no_real_territory(start):
    scenario = start.after(cell(n=1))
    assert scenario.recipe == f'sk.Studio("{scenario.code}")'
    assert rebuild(f"http://localhost/lab?x=1#studio={scenario.code}").territory == scenario.territory
    real = replace(MARENZA, invented=False)
    assert Scenario(real, (cell(),)).recipe == "" and Scenario(small(), ()).code == ""


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "no link"),
        ("sk.Studio()", "no link"),
        (None, "no link"),
        ("atlantis.1.3.", "no invented town"),
        ("marenza.1.3.AAAA", "damaged"),
        ("marenza.1.3.eJyL", "damaged"),
        ("marenza.1.3." + links.packed([1, ["fly"]]), "damaged"),
        ("marenza.1.3." + links.packed([1, ["__import__('os')"]]), "damaged"),
        ("marenza.1.3." + links.packed([2]), "another version"),
        ("marenza.1.3." + links.packed([1, ["name", "S01", 7]]), "1 to 80 letters"),
        ("marenza.1.3." + links.packed({"a": 1}), "another version|damaged"),
        ("marenza.1.3." + links.packed("x" * 9_000_000), "damaged"),
        ("x" * 500_000, "longer than"),
    ],
)
def test_a_link_that_is_broken_or_foreign_is_refused_kindly(text, said):
    with pytest.raises(Refused, match=said):
        rebuild(text)


# --- side by side


def test_two_scenarios_side_by_side(start):
    less = start.after(
        {"do": "mix", "year": YEAR, "level": LEVEL, "grouping": "origin", "group": "far", "step": 0}
    )
    found = compare(start, less, YEAR, LEVEL, "origin", "far")
    assert found.differences["dissimilarity"] < -0.2
    assert "falls from" in found.sentence and "other pupils" not in found.sentence
    assert "Dissimilarity: " in str(found)
    grown = start.after(cell(n=400))
    assert "other pupils" in compare(start, grown, YEAR, LEVEL, "origin").sentence


# --- ten thousand edits


def test_ten_thousand_edits_hold_no_ten_thousand_tables():
    story = Story(started(MARENZA))
    rng = np.random.default_rng(1)
    schools = MARENZA.schools["school"].tolist()[:16]

    def go(times):
        for i in range(times):
            story.do([cell(schools[i % 16], n=int(rng.integers(0, 200)))])

    go(500)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    go(1_000)
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 4_000_000, "each edit may leave its own few words behind, and no table"
    assert len(story._states) < 250
    end = story.state
    for _ in range(1_500):
        story.undo()
    assert story.state is started(MARENZA)
    for _ in range(1_500):
        story.redo()
    assert (story.state.enrolment[YEAR, LEVEL, "origin"].n == end.enrolment[YEAR, LEVEL, "origin"].n).all()
