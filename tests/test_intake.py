"""The intake: a town or a file, checked, protected, followed by every cell; nothing of the file leaves."""

import asyncio
import json
import re
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import openpyxl
import pytest

import segkit as sk
from segkit import plots
from segkit.privacy import Protected
from segkit.widgets import intake as room
from segkit.widgets.intake import Intake
from segkit.widgets.live import blocks_of, cannot, number_of
from segkit.widgets.takeaway import file_name
from segkit.words import say, speaking

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Records of what was made public go to a folder of the test's own."""
    monkeypatch.setenv("SEGKIT_HOME", str(tmp_path / "home"))


SENTINEL = 3  # the only count below five


def workbook(**wrong) -> bytes:
    """Eight schools, two years, two groups; `wrong` puts other things into the rows of enrolment."""
    rng = np.random.default_rng(3)
    book = openpyxl.Workbook()
    schools, enrolment = book.active, book.create_sheet("enrolment")
    schools.title = "schools"
    schools.append(["school", "name", "sector", "level", "capacity"])
    enrolment.append(["year", "school", "level", "grouping", "group", "n"])
    for i in range(1, 9):
        schools.append([f"S{i}", f"Elmtree {i}", "public" if i % 3 else "private", "primary", 220])
    for year in (2023, 2024):
        for i in range(1, 9):
            few = SENTINEL if i == 1 else int(rng.integers(11, 40))
            for group, n in (("newcomers", few), ("others", int(rng.integers(80, 160)))):
                enrolment.append([year, f"S{i}", "primary", "origin", group, n])
    for place, value in wrong.items():
        enrolment[place] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


class Page:
    """A page that hears what the widget sends."""

    def __init__(self, widget):
        self.widget, self.heard, self.files = widget, [], []
        widget.send = self.hear

    def hear(self, message, buffers=None):
        self.heard.append(json.loads(json.dumps(message)))
        self.files.append([bytes(one) for one in buffers or []])

    def say(self, message, buffers=()):
        self.widget._hear(None, {"view": "v1", **message}, list(buffers))

    def bring(self, data, name="town.xlsx"):
        """A file as the browser brings it: offered, then sent piece by piece as it is asked for."""
        self.say({"do": "offer", "name": name, "size": len(data)})
        while self.heard and (asked := [m for m in self.heard if m["kind"] == "send"]):
            self.heard = []
            at, size = asked[-1]["at"], asked[-1]["size"]
            self.say({"do": "file", "at": at}, [data[at : at + size]])

    @property
    def page(self):
        return [m for m in self.heard if m["kind"] == "page"][-1]

    @property
    def text(self):
        return json.dumps(self.heard)


@pytest.fixture
def intake():
    return Intake()


@pytest.fixture
def page(intake):
    return Page(intake)


# --- towns


def test_it_begins_with_an_invented_town_that_may_be_shown(intake):
    assert isinstance(intake.view, Protected) and intake.view.whole
    assert intake.choice == (2024, "primary", "origin")
    assert "invented" in intake.page()["about"][0]


def test_another_town_is_told_to_everybody_who_follows(intake, page):
    told = []
    intake.on_change(lambda i: told.append(i.view.territory.name))
    page.say({"do": "town", "at": 2, "ready": 0})
    assert told == [page.page["towns"][2]] == [intake.view.territory.name]


def test_year_level_grouping_and_focal_group_can_be_chosen(intake, page):
    for what in ("year", "level", "grouping"):
        page.say({"do": "choose", "what": what, "at": 1})
        assert page.page["choices"][what]["at"] == 1
    assert intake.choice == (2021, "lower-secondary", "free_meals")
    before = intake.looked_at
    page.say({"do": "choose", "what": "focal", "at": 1})
    assert intake.view.territory.focal["free_meals"] == intake.view.territory.groupings["free_meals"][1]
    assert intake.looked_at != before


@pytest.mark.parametrize("at", [-1, 99, None, "1", True, 1.5, [1]])
def test_a_place_that_is_none_changes_nothing(intake, page, at):
    before = intake.choice
    page.say({"do": "choose", "what": "year", "at": at})
    page.say({"do": "town", "at": at, "ready": at})
    assert intake.choice == before


@pytest.mark.parametrize("message", [None, 3, "hello", [], {"do": ["x"]}, {"do": "protect"}, {"do": "file"}])
def test_a_browser_may_send_anything(intake, message):
    intake._hear(None, message, [b"x"])
    assert intake.choice.year == 2024


def test_choosing_by_name_says_what_there_is(intake):
    assert intake.choose(level="lower-secondary").level == "lower-secondary"
    with pytest.raises(ValueError, match="2020"):
        intake.choose(year=1999)


# --- a file that is wrong, and one that is right


def test_every_fault_is_told_at_once_with_its_line(page, intake):
    page.bring(workbook(F2=-4, F5="two hundred", B7="S99", F9=12.5, A11=20244))
    own = page.page["own"]
    assert not own["good"] and len(own["errors"]) >= 5
    for line in (2, 5, 7, 9, 11):
        assert any(re.search(rf"line {line}\b", said) for said in own["errors"])
    assert page.page["privacy"] is None
    assert intake.town == "marenza"  # the page stays with what it had


def test_a_file_that_is_none_is_told_kindly(page):
    page.bring(b"\x00\x01 nothing at all", "photo.jpg")
    assert page.page["own"]["errors"] and not page.page["own"]["good"]


def test_a_file_that_is_too_large_is_never_asked_for(page):
    page.say({"do": "offer", "name": "all.xlsx", "size": room.LARGEST + 1})
    assert all(m["kind"] == "page" for m in page.heard)
    assert "30" in page.page["own"]["errors"][0]


def test_a_large_file_comes_in_pieces(page, monkeypatch):
    monkeypatch.setattr(room, "PIECE", 1000)
    data = workbook()
    assert len(data) > 3000
    page.bring(data)
    assert page.page["own"]["good"]


def test_nobody_can_send_more_than_was_offered_room_for(page, monkeypatch):
    monkeypatch.setattr(room, "LARGEST", 10)
    page.say({"do": "offer", "name": "a.csv", "size": 9})
    page.say({"do": "file", "at": 0}, [b"x" * 50])
    assert page.widget._own is None


def test_a_good_file_waits_until_its_owner_has_said_who_will_see_it(page, intake):
    page.bring(workbook())
    shown = page.page
    assert shown["own"]["good"] and "8 schools" in " ".join(shown["own"]["said"])
    assert shown["privacy"]["asked"]["mode"] == "public"
    assert intake.town == "marenza" and intake.view.territory.name == "Marenza"


def test_nothing_of_the_file_reaches_the_page_before_it_is_protected(page):
    page.bring(workbook())
    assert "Elmtree" not in page.text


def test_protected_it_is_what_the_page_is_about(page, intake):
    page.bring(workbook())
    page.say({"do": "protect", "mode": "public", "preset": "", "special": []})
    assert intake.town == "" and not intake.view.whole and intake.view.mode == "public"
    cells = intake.view.territory.cells(2024, "primary", "origin")
    assert not cells.known[cells.units.index("S1")].all()
    assert SENTINEL not in cells.n[cells.known].tolist()
    assert "your file" in page.page["about"][0]
    assert page.page["town"] == -1


def test_hiding_less_needs_a_reason(page, intake):
    page.bring(workbook())
    page.say({"do": "protect", "mode": "public", "preset": "IT-3"})
    assert "reason" in page.page["privacy"]["refused"] and intake.town == "marenza"
    why = "agreed with the data protection officer"
    page.say({"do": "protect", "mode": "public", "preset": "IT-3", "reason": why})
    assert intake.view.k == 3 and any(why in line for line in intake.view.log)


def test_sharing_needs_names(page, intake):
    page.bring(workbook())
    page.say({"do": "protect", "mode": "shared", "reason": "for the working group on schools"})
    assert page.page["privacy"]["refused"] and intake.town == "marenza"
    page.say(
        {
            "do": "protect",
            "mode": "shared",
            "reason": "for the working group on schools",
            "recipients": "A. Rossi, B. Bianchi",
        }
    )
    assert intake.view.mode == "shared" and any("Rossi" in line for line in page.page["about"])


@pytest.mark.parametrize("k", ["", "five", "4.5", "-3"])
def test_a_k_that_is_no_number_is_said(page, k):
    page.bring(workbook())
    page.say({"do": "protect", "mode": "public", "preset": "k", "k": k})
    assert page.page["privacy"]["refused"]


def test_private_is_no_way_to_use_this_page():
    assert "private" not in room.MODES
    assert room.asked_of({**room.ASKED, "mode": "private"})["mode"] == "public"


def test_protecting_tells_how_far_it_is_and_can_be_stopped(page, intake, monkeypatch):
    steps = []

    def slow(territory, *, progress, **asked):
        for k in range(100):
            progress(k / 100, "looking")
            steps.append(k)
            intake._stop.set()
        raise AssertionError("it was not stopped")

    monkeypatch.setattr(room, "protect", slow)
    page.bring(workbook())
    page.say({"do": "protect", "mode": "public"})
    assert steps == [0] and intake.town == "marenza"
    assert say("intake.stopped") in page.page["privacy"]["refused"]


def test_protecting_goes_on_beside_the_page(page, intake):
    async def play():
        page.bring(workbook())
        page.say({"do": "protect", "mode": "public"})
        assert page.page["privacy"]["busy"]  # the answer came before the work was done
        for _ in range(200):
            await asyncio.sleep(0.05)
            if not intake.town:
                return

    asyncio.run(play())
    assert intake.town == ""


def test_what_goes_wrong_inside_is_said_and_the_page_goes_on(page, intake, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("secret /path")

    monkeypatch.setattr(room, "protect", broken)
    page.bring(workbook())
    page.say({"do": "protect", "mode": "public"})
    assert "secret" not in page.text and "RuntimeError" in page.page["privacy"]["refused"]
    assert not page.page["privacy"]["busy"]


def test_put_away_the_file_is_gone(page, intake):
    page.bring(workbook())
    page.say({"do": "protect", "mode": "public"})
    page.say({"do": "back"})
    assert intake.town == "marenza" and intake._own is None and page.page["own"] is None


def test_a_saved_page_holds_nothing_of_a_readers_file(page, intake):
    page.bring(workbook(F2=-4))
    page.bring(workbook())
    page.say({"do": "protect", "mode": "public"})
    live = intake.show(plots.composition)
    live.blocks()
    home = intake.takeaway()
    home.report("Elmtree is the school I worry about")
    for widget in (intake, live, home):
        state = json.dumps({name: str(value) for name, value in widget.get_state().items()})
        assert "Elmtree" not in state and "newcomers" not in state


def test_the_template_and_the_example_are_workbooks(page):
    for what in ("template", "sample"):
        page.say({"do": "download", "what": what})
        at = next(i for i, m in enumerate(page.heard) if m["kind"] == "save")
        book = openpyxl.load_workbook(BytesIO(page.files[at][0]))
        assert {"schools", "enrolment"} <= set(book.sheetnames)
        page.heard, page.files = [], []


def test_the_example_opens_again(page):
    page.say({"do": "download", "what": "sample"})
    at = next(i for i, m in enumerate(page.heard) if m["kind"] == "save")
    page.bring(page.files[at][0], "marenza.xlsx")
    assert page.page["own"]["good"], page.page["own"]["errors"]


# --- cells that follow


def seen(live):
    page = Page(live)
    live._hear(None, {"do": "hello", "view": "a"}, [])
    return page


def test_a_cell_follows_the_town(intake):
    live = intake.show(plots.composition)
    page = seen(live)
    assert "Marenza" in page.heard[-1]["blocks"][0]["alt"] and page.files[-1][0].startswith(b"<?xml")
    Page(intake).say({"do": "town", "at": 1, "ready": 0})
    kinds = [message["kind"] for message in page.heard]
    assert kinds == ["blocks", "stale", "blocks"]
    assert "Marenza" not in page.heard[-1]["blocks"][0]["alt"]


def test_a_cell_nobody_sees_is_not_drawn(intake):
    drawn = []
    live = intake.show(lambda view, **_: drawn.append(view) or "text")
    Page(intake).say({"do": "town", "at": 1, "ready": 0})
    assert not drawn
    page = seen(live)
    assert len(drawn) == 1
    live._hear(None, {"do": "bye", "view": "a"}, [])
    Page(intake).say({"do": "town", "at": 0, "ready": 0})
    assert len(drawn) == 1 and page.heard


def test_a_cell_is_drawn_once_for_what_is_looked_at(intake):
    drawn = []
    live = intake.show(lambda view, **_: drawn.append(view) or "text")
    live.blocks(), live.blocks()
    assert len(drawn) == 1
    intake.choose(year=2020)
    live.blocks()
    assert len(drawn) == 2


def test_a_town_one_comes_back_to_is_not_drawn_again_and_a_file_of_ones_own_is_not_kept(intake, page):
    drawn = []
    live = intake.show(lambda view, **_: drawn.append(view) or "text")
    live.blocks()
    for at in (1, 0, 1):
        page.say({"do": "town", "at": at, "ready": 0})
        live.blocks()
    assert len(drawn) == 2
    page.say({"do": "choose", "what": "focal", "at": 0})
    live.blocks()
    assert len(drawn) == 3
    for _ in range(2):  # the same file twice is two files: it may have been protected otherwise
        page.bring(workbook())
        page.say({"do": "protect", "mode": "public"})
        live.blocks()
        mine = len(drawn)
    assert mine == 5
    page.say({"do": "town", "at": 2, "ready": 0})
    live.blocks()
    assert all(key.town for key in live._drawn._made)


def test_only_the_last_few_towns_are_kept(intake):
    live = intake.show(lambda view, **_: "text")
    for year in intake.view.territory.years:
        for level in ("primary", "lower-secondary"):
            intake.choose(year=year, level=level)
            live.blocks()
    assert len(live._drawn._made) == live._drawn.MOST


def test_what_is_in_sight_is_drawn_first_and_the_rest_once_nobody_chooses(intake, monkeypatch):
    monkeypatch.setattr(room, "REST", 0.3)
    order = []
    lives = [intake.show(lambda view, name=name, **_: order.append(name) or name) for name in "abc"]

    async def page():
        for live in lives:
            seen(live)
        lives[2]._hear(None, {"do": "near", "view": "a", "near": True}, [])
        Page(intake).say({"do": "town", "at": 1, "ready": 0})
        await asyncio.sleep(0.2)
        assert order == ["c"]
        lives[1]._hear(None, {"do": "near", "view": "a", "near": True}, [])  # scrolled to
        await asyncio.sleep(0.1)
        assert order[:2] == ["c", "b"]
        await asyncio.sleep(0.5)

    asyncio.run(page())
    assert order == ["c", "b", "a"]


@pytest.mark.parametrize("key", ["population", "supply", "segregation", "mobility", "results"])
def test_each_dimension_has_numbers_and_what_it_needs(intake, key):
    blocks = intake.show(dimension=key).blocks()
    kinds = {block["kind"] for block in blocks}
    assert {"needs", "finding"} <= kinds
    json.dumps(blocks)  # nothing in it that a page could not be sent


def test_a_large_number_is_one_its_sentence_says(intake):
    for finding in intake.assessment.findings.values():
        big = number_of(finding)
        if big and " " not in big:
            assert re.search(rf"(?<![\d.,−-]){re.escape(big)}", finding.text), finding.key


def test_what_lies_between_two_shares_is_written_as_its_sentence_writes_it():
    told = {"key": "mobility.stay", "low": 0.77, "high": 0.87, "value": None}
    assert number_of(SimpleNamespace(**told, text="Of all pupils, 77% to 87% go there.")) == "77% to 87%"
    assert number_of(SimpleNamespace(**told, text="It lies between 0.77 and 0.87.")) == "0.77 to 0.87"


def test_a_span_is_no_large_number_and_a_ratio_no_per_cent(intake, page):
    assert number_of(intake.assessment.finding("population.spread")) == ""
    page.say({"do": "town", "at": 4, "ready": 0})  # so small that nobody of the group was excluded
    for key, finding in intake.assessment.findings.items():
        if key.startswith("results."):
            assert "%" not in number_of(finding)


def test_what_cannot_be_drawn_says_why_and_does_not_hide_the_rest(intake):
    Page(intake).say({"do": "town", "at": 0, "ready": 1})
    blocks = intake.show(plots.zone_map, plots.composition).blocks()
    assert [block["kind"] for block in blocks] == ["cannot", "picture"]
    assert "outline" in blocks[0]["text"]


def test_what_goes_wrong_in_a_cell_shows_no_traceback():
    def broken(_):
        raise RuntimeError("secret /path")

    (block,) = blocks_of(broken, None)
    assert block == cannot(say("live.failed", why="RuntimeError"))


def test_a_cell_with_nothing_to_show_is_refused(intake):
    with pytest.raises(ValueError, match="picture"):
        intake.show()


# --- what is taken home


def test_the_report_holds_the_readers_words_and_no_script(intake):
    home = intake.takeaway()
    page = Page(home)
    page.say({"do": "report", "problem": "<script>alert(1)</script> who & where"})
    at = next(i for i, m in enumerate(page.heard) if m["kind"] == "save")
    html = page.files[at][0].decode()
    assert "<script" not in html and "&lt;script&gt;" in html and "who &amp; where" in html
    assert page.heard[at]["name"] == "marenza-report.html" and "marenza" in page.heard[-1]["said"]
    assert home.problem.endswith("where") and home.html == html


def test_the_tables_are_those_that_may_be_shown(page, intake):
    page.bring(workbook())
    page.say({"do": "protect", "mode": "public"})
    home = Page(intake.takeaway())
    home.say({"do": "tables"})
    at = next(i for i, m in enumerate(home.heard) if m["kind"] == "save")
    sheet = openpyxl.load_workbook(BytesIO(home.files[at][0]))["enrolment"]
    head, *rows = sheet.iter_rows(values_only=True)
    counts = [row[head.index("n")] for row in rows]
    assert SENTINEL not in counts and str(SENTINEL) not in counts
    assert any(row[head.index("n_status")] == "suppressed" for row in rows)


def test_a_file_name_leads_nowhere():
    assert file_name("../../etc/passwd") == "etc-passwd"
    assert file_name("…") == "territory"


def test_the_front_door_has_it():
    assert sk.Intake is Intake


def test_a_page_begins_with_the_town_of_a_link_and_goes_back_to_its_own(page, intake):
    page.say({"do": "town", "name": "larkfold"})
    assert intake.town == "larkfold"
    page.say({"do": "town", "name": "<b>"})
    assert intake.town == "larkfold"
    page.say({"do": "restart"})
    assert intake.town == "marenza" and page.page["own"] is None


def test_every_cell_of_unit_2_3_is_called_in_the_language(intake):
    cells = json.loads((NOTEBOOKS / "unit-2-3-taking-stock.ipynb").read_text("utf-8"))["cells"]
    shows = [line for cell in cells for line in cell["source"] if "town.show(" in line]
    found = [re.findall(r'"([a-z_.*]{6,})"|(?:plots|lessons)\.(\w+)', line) for line in shows]
    names = {finding or picture for line in found for finding, picture in line}
    assert len(names) > 30
    for name in names:
        with speaking("it"):
            theirs = room.called(name)
        assert theirs not in (room.called(name), name.replace("_", " ")), name
    shown = intake.show(plots.flows, needs="mobility", finding=("mobility.stay", "mobility.*"))
    assert shown.title == "Mobility, Staying in the neighbourhood, from home to school"
    assert intake.show(plots.flows, title="as I say").title == "as I say"
