"""The studio: every gesture answered with the whole page, and nothing of a territory in the notebook."""

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import anywidget
import numpy as np
import pandas as pd
import pytest

import segkit as sk
from segkit import zones
from segkit.privacy import protect
from segkit.scenarios import Refused, Scenario, rebuild, started
from segkit.scenarios.ways import mean_way
from segkit.territory import Territory
from segkit.widgets.projecting import plane
from segkit.widgets.sitting import pupils
from segkit.widgets.stage import page_of, score_of, town_of
from segkit.widgets.studio import LARGEST, Studio
from segkit.words import languages, speaking

SENTINEL = 731_939  # a count that no page has by chance
KINDS = {"town", "page", "score", "send", "save", "line", "picture"}


@pytest.fixture(autouse=True)
def a_session_of_its_own(tmp_path, monkeypatch):
    """What the door remembers of an export stays with the test."""
    monkeypatch.setenv("SEGKIT_HOME", str(tmp_path / "session"))


class Page:
    """A browser that only listens, and speaks as studio.js does."""

    def __init__(self, studio, view="v1"):
        self.studio, self.view, self.seq, self.heard = studio, view, 0, []
        studio.send = lambda content, buffers=None: self.heard.append((content, buffers))

    def say(self, do, buffers=(), **message):
        self.heard.clear()
        self.seq += 1
        message = {"do": do, "view": self.view, "seq": self.seq} | message
        self.studio._hear(self.studio, json.loads(json.dumps(message)), list(buffers))
        for content, _ in self.heard:
            json.dumps(content, allow_nan=False)  # it can travel
            assert content["kind"] in KINDS
        return self.of("page")

    def of(self, kind):
        return next((content for content, _ in reversed(self.heard) if content["kind"] == kind), None)

    def edit(self, **gesture):
        return self.say("edit", edits=[gesture])

    def buffers(self, kind):
        return next(buffers for content, buffers in self.heard if content["kind"] == kind)


@pytest.fixture
def page():
    return Page(Studio("marenza"))


def own(n=SENTINEL):
    """A territory that is not invented, with a number one would recognise."""
    rows = [("S1", "far", n), ("S1", "near", 40), ("S2", "far", 9), ("S2", "near", 70), ("S3", "far", 12)]
    rows += [("S3", "near", 88)]
    enrolment = pd.DataFrame(rows, columns=["school", "group", "n"]).assign(
        year=2024, level="primary", grouping="origin"
    )
    schools = pd.DataFrame({"school": ["S1", "S2", "S3"], "name": ["Sentinel House", "Two", "Three"]})
    schools = schools.assign(sector="public", level="primary")
    return Territory("Realtown", {"schools": schools, "enrolment": enrolment}, focal={"origin": "far"}, k=5)


def row(page, school):
    return next(one for one in page["table"]["rows"] if one["id"] == school)


def index(page, name="dissimilarity"):
    return next(one for one in page["indices"] if one["id"] == name)


# --- hello


def test_hello_brings_the_town_and_then_the_page(page):
    page.say("hello")
    assert [content["kind"] for content, _ in page.heard] == ["town", "page"]
    town, told = page.of("town"), page.of("page")
    assert town["name"] == "Marenza" and not town["own"] and town["private"] is None
    assert {"marenza"} <= {one["name"] for one in town["towns"]} and town["current"] == "marenza"
    assert told["town"] == town["town"] and told["heard"] == {"v1": 1}
    assert len(told["table"]["rows"]) == len(told["map"]["schools"])
    assert [one["symbol"] for one in told["indices"]] == ["D", "GS", "xPx", "H"]


def test_every_zone_has_rings_inside_the_map_and_every_school_lies_on_it(page):
    page.say("hello")
    drawn, schools = page.of("town")["map"], page.of("page")["map"]["schools"]
    for zone in drawn["zones"]:
        for ring in zone["rings"]:
            xs, ys = ring[::2], ring[1::2]
            assert 0 <= min(xs) and max(xs) <= drawn["width"] and 0 <= min(ys) and max(ys) <= drawn["height"]
    for school in schools:
        assert 0 <= school["x"] <= drawn["width"] and 0 <= school["y"] <= drawn["height"]


def test_the_map_can_be_read_both_ways():
    flat = plane(sk.sample("marenza"))
    for lat, lon in [(35.11, 160.12), (35.16, 160.1)]:
        assert flat.back(*flat.to(lat, lon)) == pytest.approx((lat, lon), abs=1e-5)
    units, metres = flat.scale()
    assert units * flat.metres == pytest.approx(metres, rel=0.01)


# --- edits


@pytest.mark.parametrize("lang", languages())
def test_an_arrow_stands_where_a_number_has_changed_and_nowhere_else(lang):
    with speaking(lang):
        page = Page(Studio("marenza"))
        told = page.say("hello")["indices"]
        assert {one["way"] for one in told} == {"same"}
        told = page.edit(do="count", school="S01", group="far", text="12")["indices"]
    ways = {one["way"]: (one["number"], one["start_number"]) for one in told}
    assert ways["down"][0] < ways["down"][1] and all(a > b for way, (a, b) in ways.items() if way == "up")


def test_a_typed_count_changes_the_page_and_the_territory(page):
    told = page.edit(do="count", school="S01", group="far", text=" 12 ")
    assert row(told, "S01")["text"][3] == "12" and row(told, "S01")["was"][3] == "117"
    assert index(told)["way"] == "down" and index(told)["change"].startswith("−")
    assert told["history"]["text"].startswith("1 change ")
    town = page.studio.territory
    assert town.cells(2024, "primary", "origin").n[0, 3] == 12
    assert "falls" in told["sentence"]


def test_what_cannot_be_counted_stays_in_its_cell_with_a_reason(page):
    before = page.say("hello")
    told = page.edit(do="count", school="S01", group="far", text="12.5")
    assert told["tone"] == "refused"
    assert told["table"]["faults"] == [
        {"school": "S01", "group": "far", "text": "12.5", "says": told["said"]},
    ]
    assert row(told, "S01")["text"] == row(before, "S01")["text"]
    told = page.edit(do="count", school="S01", group="far", text="12")
    assert told["table"]["faults"] == []


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "type 0"),
        ("-3", "0 or more"),
        ("<5", "hidden"),
        ("1,204", "1204"),
        ("1 204", "1204"),
        ("12,5", "whole numbers"),
        ("30%", "percentage"),
        ("two hundred", "digits"),
        ("٣", "digits"),
        ("9" * 30, "digits"),
    ],
)
def test_a_slip_in_a_number_is_named(text, said):
    with pytest.raises(Refused, match=said):
        pupils(text)


def test_letters_typed_in_one_visit_are_undone_together(page):
    for text in ("1", "12", "120"):
        told = page.edit(do="count", school="S01", group="far", text=text, visit="a")
    assert row(told, "S01")["text"][3] == "120"
    other = page.edit(do="count", school="S02", group="far", text="7", visit="a")
    assert other["history"]["text"].startswith("2 changes")
    page.say("undo")
    told = page.say("undo")
    assert not told["history"]["undo"]["may"] and row(told, "S01")["was"] == ["", "", "", ""]
    assert row(page.say("redo"), "S01")["text"][3] == "120"


def test_several_edits_of_one_message_are_one_step_and_all_or_nothing(page):
    good = {"do": "count", "school": "S01", "group": "far", "text": "1"}
    told = page.say("edit", edits=[good, good | {"school": "S02"}])
    assert not page.say("undo")["history"]["undo"]["may"]
    told = page.say("edit", edits=[good, good | {"text": "x"}])
    assert told["tone"] == "refused" and row(told, "S01")["was"][3] == ""


def test_a_school_is_dropped_on_the_map(page):
    page.say("hello")
    zones = {zone["id"]: zone["at"] for zone in page.of("town")["map"]["zones"]}
    x, y = zones["Z4"]
    told = page.edit(do="move", school="S01", x=x, y=y)
    school = next(one for one in told["map"]["schools"] if one["id"] == "S01")
    assert (school["x"], school["y"]) == pytest.approx((x, y), abs=0.2) and school["moved"]
    assert row(told, "S01")["zone"] == "Z4"
    told = page.edit(do="move", school="S01", x=-400, y=0)
    assert told["tone"] == "refused" and row(told, "S01")["zone"] == "Z4"


@pytest.mark.parametrize("x, y", [(None, 1), ("1", 2), (float(10**300), 1), (True, True)])
def test_a_place_that_is_none_moves_nothing(page, x, y):
    assert page.edit(do="move", school="S01", x=x, y=y)["tone"] == "refused"


def test_a_zone_clicked_sends_its_children_elsewhere(page):
    told = page.say("choose", what="zone", value="Z1")
    assert told["selected"]["actions"][0]["do"] == "assign" and told["map"]["lines"]
    told = page.edit(do="assign", zone="Z1", school="S02")
    zone = next(one for one in told["map"]["zones"] if one["id"] == "Z1")
    assert zone["school"] == "S02" and zone["moved"]


def test_every_action_a_panel_offers_can_be_done(page):
    for what, value in (("school", "S02"), ("zone", "Z1")):
        for action in page.say("choose", what=what, value=value)["selected"]["actions"]:
            gesture = {key: value for key, value in action.items() if key != "label"}
            missing = {"assign": {"zone": "Z3", "school": "S04"}, "zone": {"zone": "Z3"}}.get(
                action["do"], {}
            )
            missing = missing | ({"into": "S04"} if action["do"] == "merge" else {})
            told = page.say("edit", edits=[missing | gesture])
            assert told["tone"] == "ok", told["said"]
            page.say("undo")


def test_groups_are_split_joined_and_renamed(page):
    told = page.edit(do="split", group="far", text=["far north", "far south"], percent=40, rule="even")
    assert [one["name"] for one in told["groups"]][3:] == ["far north", "far south"]
    assert told["chosen"]["focal"] == "far north"
    told = page.edit(do="join", groups=["far north", "far south"], text="far")
    assert row(told, "S01")["was"] == ["", "", "", ""]
    told = page.edit(do="group", group="far", text="from far away")
    assert told["groups"][3]["id"] == "from far away" and told["groups"][3]["focal"]


def test_a_block_from_a_spreadsheet_is_laid_over_the_table(page):
    told = page.edit(do="paste", school="S02", group="near", text="1\t2\n3\t4\n")
    assert row(told, "S02")["text"][2:] == ["1", "2"] and row(told, "S03")["text"][2:] == ["3", "4"]
    names = [one["name"] for one in told["table"]["rows"][:2]]
    block = f"School\tfar\tlocal\n{names[1]}\t5\t6\n{names[0]}\t7\t8\n"
    told = page.edit(do="paste", school="S04", group="", text=block)
    assert row(told, "S01")["text"][3] == "7" and row(told, "S02")["text"][0] == "6"


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "nothing"),
        ("Atlantis\t1\nUtopia\t2", "Atlantis"),
        ("1\t2\t3\t4\t5", "5 columns"),
        ("1\nx\n3", "x"),
    ],
)
def test_a_block_that_does_not_fit_changes_nothing(page, text, said):
    told = page.edit(do="paste", school="S01", group="local", text=text)
    assert told["tone"] == "refused" and said in told["said"]
    assert not told["history"]["undo"]["may"]


def test_where_children_follow_a_school_that_moves_changes_every_number(page):
    told = page.say("hello")
    zones = {zone["id"]: zone["at"] for zone in page.of("town")["map"]["zones"]}
    (x, y), before = zones["Z4"], index(told)["value"]
    told = page.edit(do="move", school="S01", x=x, y=y)
    assert index(told)["value"] == before and "Nobody changed school" in told["said"]
    page.say("undo")
    assert page.say("choose", what="follow", value="on")["follow"]["on"]
    told = page.edit(do="move", school="S01", x=x, y=y)
    assert index(told)["value"] != before and told["tone"] == "ok"
    pupils = told["table"]["foot"]["all"]
    told = page.edit(do="remove", school="S02")
    assert told["table"]["foot"]["all"] == pupils, "nobody is lost when a school closes"
    assert "S02" not in page.studio.territory.schools["school"].tolist()
    page.say("undo")
    assert index(page.say("undo"))["value"] == before, "the move and what followed are one step"


# --- sliders


def test_the_score_of_the_slider_keeps_the_margins_and_passes_through_now(page):
    told = page.say("hello")
    page.say("score", key=told["mix"]["key"])
    score, buffers = page.of("score"), page.buffers("score")
    shape = score["steps"], len(score["schools"]), len(score["groups"])
    n = np.frombuffer(buffers[0], "<u4").reshape(shape)
    share = np.frombuffer(buffers[1], np.uint8).reshape(shape[:2])
    colour = np.frombuffer(buffers[2], np.int8).reshape(shape[:2])
    now = [[int(v) for v in one["text"]] for one in told["table"]["rows"]]
    assert n[told["mix"]["at"]].tolist() == now
    assert (n.sum(1) == n[0].sum(0)).all() and (n.sum(2) == n[0].sum(1)).all()
    assert colour[told["mix"]["at"]].tolist() == [one["class"] for one in told["map"]["schools"]]
    assert share.max() <= 100
    d = [float(text) for text in score["indices"][0]["texts"]]
    assert d == sorted(d) and d[told["mix"]["at"]] == index(told)["number"]


def test_letting_the_slider_go_is_what_the_score_said(page):
    told = page.say("hello")
    key = told["mix"]["key"]
    page.say("score", key=key)
    texts = page.of("score")["indices"][0]["texts"]
    for step in (0, 90, 40):  # all from where it was taken: nothing of the town is lost at 0
        told = page.edit(do="mix", step=step, key=key)
        assert index(told)["value"] == texts[step] and told["mix"]["at"] == step
        assert told["mix"]["key"] == key
    assert told["history"]["text"].startswith("1 change ")
    told = page.edit(do="count", school="S01", group="far", text="3")
    assert told["mix"]["key"] != key
    assert page.edit(do="mix", step=1, key=key)["tone"] == "refused"


def test_a_share_slider_sets_the_share(page):
    for percent in (20, 25, 30):
        told = page.edit(do="share", group="far", percent=percent, visit="s")
    assert [one["percent"] for one in told["shares"]][3] == 30.0
    assert told["history"]["text"].startswith("1 change ")
    assert [one["all_was"] for one in told["table"]["rows"]] == [""] * len(told["table"]["rows"])


# --- choosing


def test_every_choice_can_be_chosen(page):
    for what in ("year", "level", "grouping", "focal", "of"):
        for choice in page.say("hello")["choices"][what]:
            chosen = page.say("choose", what=what, value=choice["id"])["chosen"][what]
            assert chosen == choice["id"]
    assert page.say("choose", what="year", value="1066")["chosen"]["year"] == "2024"
    assert page.say("choose", what="__class__", value="x")["kind"] == "page"


# --- scenarios


def test_scenarios_are_kept_compared_and_gone_back_to(page):
    page.edit(do="count", school="S01", group="far", text="0")
    told = page.say("keep", name="No far at Cormorant")
    kept = told["scenarios"][1]
    page.edit(do="catchments")
    told = page.say("compare", left=kept["id"], right="now")["compare"]
    assert told["heads"][1:3] == ["No far at Cormorant", "Now"] and told["sentence"]
    assert all(len(line) == 4 for line in told["rows"]) and told["tables"]["rows"]
    assert page.say("back", id=kept["id"])["history"]["undo"]["may"]
    assert len(page.studio.scenario.edits) == 1
    page.say("undo")
    assert len(page.studio.scenario.edits) == 2
    assert page.say("compare", left="", right="")["compare"] is None
    assert len(page.say("drop", id=kept["id"])["scenarios"]) == 2


def test_restarting_can_be_undone(page):
    page.edit(do="count", school="S01", group="far", text="0")
    page.say("restart")
    assert page.studio.territory == sk.sample("marenza")
    page.say("undo")
    assert page.studio.territory != sk.sample("marenza")


# --- the next cell


def test_what_the_reader_did_comes_back_as_values():
    seen = []
    studio = Studio("marenza")
    studio.on_change(seen.append)
    studio.play({"do": "count", "school": "S01", "group": "far", "text": "12"})
    assert seen == [studio] and isinstance(studio.territory, Territory)
    assert studio.territory is studio.territory
    assert Studio(studio.recipe).territory == studio.territory
    assert Studio(studio.scenario).territory == studio.territory == rebuild(studio.recipe).territory
    with pytest.raises(Refused, match="digits"):
        studio.play({"do": "count", "school": "S01", "group": "far", "text": "many"})
    assert seen == [studio]


@pytest.mark.parametrize("what", ["atlantis", 7, "nowhere.zip"])
def test_a_studio_of_nothing_known_says_what_it_opens(what):
    with pytest.raises((ValueError, TypeError), match="marenza"):
        Studio(what)


# --- links and files


def test_a_link_opens_where_it_was_left(page):
    page.edit(do="count", school="S01", group="far", text="12")
    page.say("share")
    line = page.of("line")
    assert line["link"].startswith("studio=marenza.1.3.") and line["code"].startswith("sk.Studio(")
    other = Page(Studio("marenza", seed=2))
    told = other.say("open", text=line["link"])
    assert other.of("town") and row(told, "S01")["text"][3] == "12"
    assert other.say("open", text="marenza.1.3.damaged")["tone"] == "refused"
    assert row(other.say("hello"), "S01")["text"][3] == "12", "what was here stays"


def saved(page, what):
    page.say("download", what=what)
    content = page.of("save")
    assert content, page.of("page") and page.of("page")["said"]
    return content["name"], content.get("text") or page.buffers("save")[0]


@pytest.mark.parametrize("what", ["package", "scenario"])
def test_what_is_saved_today_is_opened_tomorrow(page, what):
    page.edit(do="count", school="S01", group="far", text="12")
    page.edit(do="add", x=500, y=500)
    name, data = saved(page, what)
    data = data.encode() if isinstance(data, str) else data
    tomorrow = Page(Studio("marenza", seed=5))
    tomorrow.say("offer", name=name, size=len(data))
    assert tomorrow.of("send")
    told = tomorrow.say("file", name=name, buffers=[data])
    assert told["file"]["faults"] == [] and row(told, "S01")["text"][3] == "12"
    assert tomorrow.studio.territory == page.studio.territory
    assert tomorrow.studio.recipe == page.studio.recipe


def test_a_workbook_a_table_and_a_picture_can_be_taken_home(page):
    name, data = saved(page, "workbook")
    assert name == "marenza.xlsx" and zipfile.is_zipfile(io.BytesIO(data))
    name, text = saved(page, "counts")
    assert text.startswith("\ufeffSchool,") and "Cormorant Primary" in text
    for what in ("svg", "png"):
        page.say("download", what=what)
        picture = page.of("picture")
        assert picture["may"] and picture["schools"] and picture["legend"]["classes"]


def test_a_file_that_is_wrong_is_told_with_everything_at_once_and_changes_nothing(page):
    page.edit(do="count", school="S01", group="far", text="12")
    data = b"school,year,grouping,group,n\nA,2024,origin,far,-3\nA,2024,origin,near,two hundred\n"
    told = page.say("file", name="enrolment.csv", buffers=[data])
    assert told["file"]["trouble"] and len(told["file"]["faults"]) >= 2
    assert row(told, "S01")["text"][3] == "12"


def test_a_file_that_is_too_large_is_not_sent(page):
    told = page.say("offer", name="big.zip", size=LARGEST + 1)
    assert page.of("send") is None and "megabytes" in told["file"]["trouble"]
    told = page.say("file", name="big.zip", buffers=[b"x" * (LARGEST + 1)])
    assert "megabytes" in told["file"]["trouble"]


# --- a reader's own territory


def test_a_readers_own_territory_is_shown_whole_and_marked():
    page = Page(Studio(own()))
    told = page.say("hello")
    assert page.of("town")["own"] and page.of("town")["private"]["title"]
    assert row(told, "S1")["text"][0] == str(SENTINEL)
    assert re.fullmatch(r"[01]\.\d\d", index(told)["value"]), "two decimals, even on the owner's screen"
    assert not told["share"]["may"] and told["share"]["why"]
    page.say("share")
    assert page.of("line")["code"] == page.of("line")["link"] == page.studio.recipe == ""


def test_nothing_of_a_territory_is_in_the_notebook():
    for studio in (Studio(own()), Studio("marenza")):
        page = Page(studio)
        page.say("hello")
        page.edit(do="count", school="S1", group="far", text=str(SENTINEL + 1))
        page.say("keep", name="Sentinel scenario")
        state = json.dumps({key: repr(value) for key, value in studio.get_state().items() if key[0] != "_"})
        for secret in (str(SENTINEL), str(SENTINEL + 1), "Sentinel", "Realtown", "Cormorant"):
            assert secret not in state
        synced = set(studio.traits(sync=True)) - set(anywidget.AnyWidget().traits(sync=True))
        assert synced <= {"words", "lang", "ident", "_esm", "_css", "_anywidget_id"}


def everything_in(data: bytes) -> str:
    """All text of a file, of what is packed in it, and of what is packed in that."""
    found = data.decode("utf-8", "replace")
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            found += "".join(everything_in(packed.read(name)) for name in packed.namelist())
    return found


@pytest.mark.parametrize("what", ["package", "workbook", "counts", "svg"])
def test_what_leaves_of_a_readers_own_territory_passes_the_door(what):
    base = own(n=2)  # fewer than k
    page = Page(Studio(base))
    page.say("hello")
    page.say("download", what=what)
    if what == "svg":
        picture = page.of("picture")
        assert picture["may"] and len({school["r"] for school in picture["schools"]}) == 1
        one = next(school for school in picture["schools"] if school["id"] == "S1")
        assert one["class"] == -1, "a school of which nothing may be said has no colour"
        return
    content = page.of("save")
    text = content.get("text") or everything_in(page.buffers("save")[0])
    assert "S1" in text or "Sentinel House" in text
    assert not re.search(r"S1,primary,origin,far,2\b|Sentinel House,2,", text)


def test_a_scenario_of_a_real_territory_that_moves_fewer_than_k_pupils_does_not_leave():
    page = Page(Studio(own(n=200)))
    page.edit(do="count", school="S3", group="near", text="91")  # three more
    told = page.say("download", what="package")
    assert page.of("save") is None and told["tone"] == "refused" and "at least 5" in told["said"]
    told = page.edit(do="count", school="S3", group="near", text="180")
    page.say("download", what="package")
    assert page.of("save"), page.of("page")["said"]
    assert "(what if)" in everything_in(page.buffers("save")[0])


def test_where_counts_are_hidden_an_index_is_an_interval_that_holds_the_true_value():
    base = own(n=60)
    frame = base.enrolment
    frame.loc[3, "n"] = 20
    rolls = frame.groupby(["year", "school", "level"], as_index=False)["n"].sum()
    frame = pd.concat([frame, rolls.assign(grouping="all", group="all")], ignore_index=True)
    true = sk.dissimilarity(base.with_tables(enrolment=frame).counts(2024, "primary", "origin"), 0)
    here = (frame["school"] == "S2") & (frame["grouping"] == "origin")
    frame.loc[here, "n"], frame.loc[here, "n_status"] = pd.NA, "suppressed"
    shut = Territory("Shut", base.tables | {"enrolment": frame}, focal={"origin": "far"})
    told = Page(Studio(shut)).say("hello")
    assert not told["mix"]["may"] and told["mix"]["why"] and told["shares"] == []
    assert row(told, "S2")["hidden"] == [True, True]
    low, high = map(float, index(told)["value"].split(" to "))
    assert low < true < high and not index(told)["reason"]
    assert index(told, "information")["value"] == "–" and index(told, "information")["reason"]


def test_the_scenario_of_a_readers_own_territory_is_no_file():
    page = Page(Studio(own()))
    told = page.say("hello")
    assert "scenario" not in [one["what"] for one in told["downloads"]]
    assert page.say("download", what="scenario")["tone"] == "refused"


def test_forgetting_ones_own_territory_leaves_nothing_of_it(page):
    data = b"School,far,near\nSentinel House,731939,40\nTwo,9,70\n"
    told = page.say("file", name="mine.csv", buffers=[data])
    if told["file"]["faults"]:
        pytest.fail(str(told["file"]))
    assert page.of("town")["own"] and "731939" in json.dumps(told)
    told = page.say("forget")
    assert not page.of("town")["own"]
    assert "731939" not in json.dumps(told) and "Sentinel" not in json.dumps(told)
    assert all(one["kind"] != "page" or "731939" not in json.dumps(one) for one, _ in page.heard)


def test_a_town_that_says_it_is_invented_but_is_not_the_one_of_its_recipe_has_no_link():
    fake = replace(own(), invented=True, recipe='sk.sample("marenza", seed=1)')
    view = protect(fake)
    assert view.whole
    from segkit.widgets.studio import genuine

    assert genuine(fake)[0].recipe == ""
    real = genuine(sk.sample("marenza"))
    assert real[0].recipe == 'sk.sample("marenza", seed=1)'
    edited = Scenario(sk.sample("marenza"), ({"do": "name", "school": "S01", "name": "x"},))
    assert genuine(edited.territory)[1] == edited.edits


# --- whatever comes


RUBBISH = [None, True, -1, 1e400, "", "x" * 300, [], {}, ["a"], {"a": 1}]


@pytest.mark.parametrize("do", ["edit", "choose", "town", "score", "keep", "back", "rename", "drop"])
def test_rubbish_from_a_page_is_answered_and_breaks_nothing(page, do):
    before = page.studio.territory
    for thing in RUBBISH:
        thing = None if isinstance(thing, float) else thing
        fields = "edits what value name seed key id left right".split()
        page.say(do, **dict.fromkeys(fields, thing))
        page.say("edit", edits=[{"do": "count", "school": thing, "group": thing, "text": thing}])
        page.say("edit", edits=[{"do": thing}])
        for kind in ("move", "share", "mix", "split", "join", "paste", "assign", "add", "merge", "counts"):
            gesture = dict.fromkeys("school group groups into percent rule step x y zone".split(), thing)
            page.say("edit", edits=[gesture | {"do": kind, "key": thing, "visit": thing}])
    if do != "town":
        assert page.studio.territory == before
    page.studio._hear(page.studio, "rubbish", [])
    page.studio._hear(page.studio, {"do": ["x"], "view": {}}, [])


def test_a_town_without_map_groups_or_years_more_than_one_still_has_a_page():
    for ready in (1, 2):
        page = Page(Studio(sk.sample("marenza", ready=ready)))
        told = page.say("hello")
        assert told["table"]["rows"]
        assert (told["map"] or {"zones": []})["zones"] == [] or ready == 3
    told = Page(Studio(own())).say("hello")
    assert told["map"] is None


def test_names_from_a_file_are_shown_as_they_are_and_never_too_long(page):
    told = page.edit(do="name", school="S01", text="<img src=x onerror=alert(1)>")
    assert row(told, "S01")["name"] == "<img src=x onerror=alert(1)>"
    assert page.edit(do="name", school="S01", text="x" * 81)["tone"] == "refused"


# --- what the notebook tells of Marenza


@pytest.fixture(scope="module")
def told_in_the_notebook():
    path = Path(__file__).parents[1] / "notebooks" / "studio.ipynb"
    return ["".join(cell["source"]) for cell in json.loads(path.read_text())["cells"]]


def after_doing(*gestures, focal="far"):
    studio = sk.Studio("marenza")
    for gesture in gestures:
        studio.play(gesture)
    studio._sitting.choose("focal", focal)
    told = page_of(studio._sitting)
    return {one["id"]: one["value"] for one in told["indices"]}


def middle_of(zone):
    town = town_of(sk.Studio("marenza")._sitting, 1, (), 1)
    return next(one["at"] for one in town["map"]["zones"] if one["name"] == zone)


SPLIT = {"do": "split", "group": "far", "text": ["long here", "new here"], "percent": 50, "rule": "apart"}


@pytest.mark.parametrize(
    "challenge, index, gestures, focal, said",
    [
        ("## 2. Challenges", "dissimilarity", (), "far", "at the start D is {}"),
        ("## 2. Challenges", "isolation", (), "far", "isolation {}."),
        ("Close the school", "dissimilarity", ({"do": "remove", "school": "S01"},), "far", "fell to {}."),
        (
            "Close the school",
            "dissimilarity",
            ({"do": "merge", "school": "S01", "into": "S02"},),
            "far",
            "stayed at {}:",
        ),
        (
            "Close the school",
            "dissimilarity",
            ({"do": "merge", "school": "S01", "into": "S06"},),
            "far",
            "far away, D fell to {}.",
        ),
        (
            "Draw the border",
            "dissimilarity",
            ({"do": "assign", "zone": "Z2", "school": "S06"},),
            "far",
            "D {}, lower",
        ),
        (
            "Draw the border",
            "dissimilarity",
            ({"do": "assign", "zone": "Z1", "school": "S06"},),
            "far",
            "D {}, higher",
        ),
        ("Move a school", "dissimilarity", ({"do": "catchments"},), "far", "to {}, with Cormorant"),
        ("Move a school", "isolation", ({"do": "catchments"},), "far", " and {})"),
        (
            "A larger group",
            "dissimilarity",
            ({"do": "share", "group": "far", "percent": 20},),
            "far",
            "then {}.",
        ),
        ("A larger group", "isolation", ({"do": "share", "group": "far", "percent": 20},), "far", "to {}."),
        ("One group, or two", "dissimilarity", (SPLIT,), "long here", "first half it became {},"),
        ("One group, or two", "dissimilarity", (SPLIT,), "new here", "of the second {}."),
    ],
)
def test_the_notebook_tells_what_happens(told_in_the_notebook, challenge, index, gestures, focal, said):
    cell = next(text for text in told_in_the_notebook if challenge in text.splitlines()[0])
    assert said.format(after_doing(*gestures, focal=focal)[index]) in " ".join(cell.split())


def test_the_notebook_tells_what_moving_a_school_and_the_slider_do(told_in_the_notebook):
    told = " ".join(" ".join(told_in_the_notebook).split())
    x, y = middle_of("Brickfields")
    moved = after_doing({"do": "move", "school": "S01", "x": x, "y": y}, {"do": "catchments"})
    assert moved["dissimilarity"] == "0.415" and f"({moved['isolation']} in the middle" in told
    sitting = sk.Studio("marenza")._sitting
    head, (n, *_) = score_of(sitting, sitting.mix_key())
    texts = {one["id"]: one["texts"] for one in head["indices"]}
    past = next(k for k, text in enumerate(texts["isolation"]) if float(text) > 0.5)
    assert (
        f"passes one half at about step {past}, D is near {float(texts['dissimilarity'][past]):.2f}" in told
    )
    n = np.frombuffer(n, "<u4").reshape(head["steps"], len(head["schools"]), -1)
    far = n[-1][:, head["groups"].index("far")]
    assert far[head["schools"].index("S01")] == far.sum() == 406 == n[-1][head["schools"].index("S01")].sum()
    assert "all 406 pupils from far away sit in Cormorant Primary" in told


# --- the way to school


def test_a_school_that_moves_alone_changes_the_way_to_it_and_the_sentence_says_only_that(page):
    told = page.say("hello")
    first = told["way"]["rows"]
    assert [row["name"] for row in first] == ["far", "everyone else"] and {row["way"] for row in first} == {
        "same"
    }
    x, y = middle_of("Farms")
    told = page.edit(do="move", school="S01", x=x, y=y)
    assert {row["way"] for row in told["way"]["rows"]} == {"up"}
    assert "Nobody changed school" in told["sentence"] and first[0]["value"] in told["sentence"]
    assert told["way"]["rows"][0]["value"] in told["live"]
    told = page.edit(do="count", school="S02", group="far", text="1")
    assert "Nobody changed school" not in told["sentence"]
    page.say("undo")
    assert page.say("undo")["way"]["rows"] == first


def test_the_way_to_school_is_the_mean_over_the_pupils_of_the_distance_from_their_zone():
    town = sk.sample("marenza")
    flows = town.flows[(town.flows["year"] == 2024) & (town.flows["grouping"] == "origin")]
    schools = town.schools[town.schools["level"] == "primary"].reset_index(drop=True)
    metres = zones.distance_m(town.zones, schools["lat"], schools["lon"])
    at = {zone: z for z, zone in enumerate(town.zones["zone"])}
    to = {school: j for j, school in enumerate(schools["school"])}
    rows = flows[flows["school"].isin(to)]
    there = np.array([metres[at[z], to[s]] for z, s in zip(rows["zone"], rows["school"], strict=True)])
    n, far = rows["n"].to_numpy(int), (rows["group"] == "far").to_numpy()
    found = mean_way(started(town), 2024, "primary", "origin", "far")
    assert found.focal == pytest.approx((n * there)[far].sum() / n[far].sum())
    assert found.others == pytest.approx((n * there)[~far].sum() / n[~far].sum())


def test_without_flows_the_way_says_why_and_children_cannot_follow():
    studio = sk.Studio(sk.sample("marenza", ready=2))
    told = page_of(studio._sitting)
    assert told["way"]["rows"] == [] and "flows" in told["way"]["reason"]
    assert not told["follow"]["may"] and "flows" in told["follow"]["hint"]


def test_every_invented_town_says_in_the_list_what_it_is(page):
    page.say("hello")
    towns = page.of("town")["towns"]
    assert all("," in one["label"] and one["hint"] for one in towns)
