"""Everything that is wrong with a territory is said at once, to its owner; what is checked comes "
"back whole."""

import io
import json
import runpy
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

import segkit as sk
from segkit.checks import STATUS_OF, TerritoryError, check, open_territory
from segkit.checks.cells import status_of
from segkit.packages import write_package
from segkit.samples import names, sample
from segkit.territory import COUNTED, STATUSES, Territory
from segkit.words import words

HERE = Path(__file__).parent
book = runpy.run_path(str(HERE / "ugly" / "files.py"))["book"]
UGLY = runpy.run_path(str(HERE / "ugly" / "territories.py"))
TOWN, MISTAKES, ALL, FAR = (UGLY[name] for name in ("TOWN", "MISTAKES", "ALL", "FAR"))
SCHOOLS, ENROLMENT, RESIDENTS, FLOWS = (UGLY[name] for name in ("SCHOOLS", "ENROLMENT", "RESIDENTS", "FLOWS"))
described, zones = UGLY["described"], UGLY["zones"]
D, S, E, R, F = "datapackage.json", "schools.csv", "enrolment.csv", "residents.csv", "flows.csv"


def files(**changes) -> dict[str, bytes]:
    """The town as files, some of them changed: `files(enrolment=text)`; None leaves one out."""
    ends = {"zones": "geojson", "datapackage": "json"}
    changed = {f"{name}.{ends.get(name, 'csv')}": text for name, text in changes.items()}
    return {name: text.encode() for name, text in (TOWN | changed).items() if text is not None}


def messages(checked) -> list[str]:
    return [fault.message for fault in checked.faults]


def kinds(checked) -> list[str]:
    return [fault.kind for fault in checked.faults]


def said_of(town: Territory) -> dict:
    names = "name country language invented mode k groupings focal story recipe".split()
    return {name: getattr(town, name) for name in names}


# --- nothing wrong


def test_a_territory_in_which_nothing_is_wrong_has_no_fault():
    checked = check(files())
    assert checked.faults == () and checked.ok
    assert checked.territory.cells(2023, "primary", "origin").n.tolist() == [[60, 40], [80, 10], [50, 0]]
    assert checked.territory.focal == {"origin": "far"} and checked.territory.readiness == 3


def test_what_is_the_owners_own_comes_back_as_it_was_typed():
    schools = SCHOOLS.replace("x_note", "garden").replace("200,\n002", "200, a pond \n002")
    assert check(files(schools=schools)).territory.schools["garden"].tolist() == [" a pond ", "", ""]


@pytest.mark.parametrize("name", names())
def test_an_invented_town_has_no_fault(name):
    town = sample(name)
    checked = check(town)
    assert messages(checked) == [] and checked.territory == town


# --- every mistake by itself


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_in_full_and_nothing_else_is_said(name):
    file, before, after, expected = MISTAKES[name]
    text = TOWN[file].replace(before, after, 1)
    checked = check({**files(), file: text.encode()})
    assert messages(checked) == list(expected)
    assert checked.ok == all(fault.severity == "warning" for fault in checked.faults)
    assert {fault.file for fault in checked.faults} <= set(TOWN)


def test_every_sentence_of_the_checker_is_one_that_somebody_can_hear():
    """Each kind of fault in the words is met in a test."""
    said = {key.removeprefix("check.") for key in words() if key.startswith("check.")}
    aside = ("at.", "also.", "note.", "status.", "plain.", "head.", "ready.")
    said = {kind for kind in said if not kind.startswith(aside)}
    said -= set("table tables files good fair bad is warnings warnings.one warnings.none".split())
    heard = set()
    for file, before, after, _ in MISTAKES.values():
        heard |= set(kinds(check({**files(), file: TOWN[file].replace(before, after, 1).encode()})))
    text = open(__file__, encoding="utf-8").read()
    assert {kind for kind in said - heard if f'"{kind}"' not in text} == set()


def test_twelve_mistakes_are_twelve_messages_in_the_order_of_the_tables_and_lines():
    schools = SCHOOLS.replace("Heron School,public", "Heron School,publik").replace(
        "Z2,10.5,21.5", "Z2,21.5,10.5"
    )
    enrolment = "\n".join(
        [
            "year,school,level,grouping,group,n,n_status",
            "20233,001,primary,origin,near,60,ok",
            "2023,1,primary,origin,far,40,ok",
            "2023,002,primary,origin,near,-80,ok",
            "2023,002,primary,origin,Far,10,ok",
            "2023,003,primary,origin,near,12.5,ok",
            "2023,003,primary,origin,far,two hundred,ok",
            "2023,009,primary,origin,far,3,ok",
            "Total,,,,,240,",
        ]
    )
    flows = FLOWS.replace("2023,Z1,002,origin,far", "2023,Z7,002,origin,far")
    checked = check(
        files(
            schools=schools,
            enrolment=enrolment,
            flows=flows,
            datapackage=described(k=0),
            residents=RESIDENTS + "2023,Z1,origin,near,160,ok\n",
        )
    )
    assert kinds(checked)[:12] == [
        "about_k", "sector", "swapped", "year", "zeros", "negative", "unknown_group", "fraction", "words",
        "unknown_school", "total_row", "duplicate",
    ]  # fmt: skip
    assert kinds(checked)[12:] == ["unknown_zone"] and checked.territory is None
    lines = [(fault.file, fault.line) for fault in checked.faults]
    order = [D, S, E, R, F]
    assert lines == sorted(lines, key=lambda place: (order.index(place[0]), place[1] or 0))


# --- how it is told


def test_a_handful_of_each_kind_is_said_and_then_how_many_more():
    header, *rows = ENROLMENT.splitlines()
    wrong = [f"2023,{i:03d},primary,all,all,1,ok" for i in range(100, 142)]
    checked = check(files(enrolment="\n".join([header, *rows, *wrong])))
    told = checked.said()
    assert len(told) == 6 and told[5] == "... and 37 more of this kind"
    assert told[0] == (
        "enrolment.csv, line 11, column 'school': '100' is not in schools.csv. Correct the code, or "
        "add the school there."
    )
    assert len(checked.errors) == 42 and checked.said(most=2)[2] == "... and 40 more of this kind"


def test_a_mistake_in_thousands_of_cells_is_counted_and_not_listed():
    rows = "".join(f"2023,{i:06d},primary,all,all,1,ok\n" for i in range(100_000, 103_000))
    checked = check(files(enrolment=ENROLMENT + rows))
    assert len(checked.faults) == 1000 and checked.count() == 3000
    assert checked.said()[5] == "... and 2995 more of this kind"


def test_a_code_that_is_unknown_in_many_lines_is_one_message_with_the_lines():
    many = "".join(f"{year},009,primary,all,all,1,ok\n" for year in range(2001, 2018))
    checked = check(files(enrolment=ENROLMENT + many))
    assert messages(checked) == [
        "enrolment.csv, line 11, column 'school': '009' is not in schools.csv. Correct the code, or add the "
        "school there. Also in 16 more lines, beginning with 12, 13, 14, 15, 16."
    ]
    assert checked.count() == 1
    three = ENROLMENT.replace("003,primary", "009,primary")
    told = [one for one in messages(check(files(enrolment=three))) if "'009'" in one]
    assert len(told) == 1 and told[0].endswith(" Also in lines 9, 10.")
    two = FLOWS.replace("Z1,002", "Z9,002")
    told = messages(check(files(flows=two)))
    assert len(told) == 1 and told[0].endswith("add the zone there. Also in line 5.")


@pytest.mark.parametrize("before, after, kind, column", [
    ("2023,", "2023/24,", "year", "year"),
    ("003,primary", "3,primary", "zeros", "school"),
    ("003,primary", "Kite School,primary", "name_for_code", "school"),
    ("003,primary", "kite school,primary", "name_for_code", "school"),
    ("near", "nera", "unknown_group", "group"),
    ("origin", "orgn", "unknown_grouping", "grouping"),
])  # fmt: skip
def test_one_slip_that_stands_in_every_line_is_one_message_without_consequence(before, after, kind, column):
    checked = check(files(enrolment=ENROLMENT.replace(before, after)))
    assert [(fault.kind, fault.column) for fault in checked.faults] == [(kind, column)]


def test_the_name_of_a_school_in_place_of_its_code_is_told_the_code():
    told = messages(check(files(flows=FLOWS.replace("2023,Z2,003", "2023,Quarter Z2,Kite School"))))
    assert told == [
        f"flows.csv, line 6, column '{column}': '{came}' is the name of '{code}' in {file}. Write the code."
        for column, came, code, file in (
            ("zone", "Quarter Z2", "Z2", "zones.geojson"),
            ("school", "Kite School", "003", "schools.csv"),
        )
    ]
    two = SCHOOLS.replace("Ibis School", "Kite School")  # of two schools with one name neither is meant
    told = check(files(schools=two, flows=FLOWS.replace("Z2,003", "Z2,Kite School")))
    assert kinds(told) == ["unknown_school"]


def test_what_is_wrong_in_the_sheet_of_the_territory_has_its_line_and_the_name_of_its_column(tmp_path):
    town = sample(names()[0])
    grouping = next(one for one in town.groupings if one != "all")
    said = said_of(town) | {"mode": "pubblic", "k": 2, "invented": False, "focal": {grouping: "nobody"}}
    write_package(town.tables, said, tmp_path / "town.xlsx")
    line = 2 + list(town.groupings).index(grouping)
    told = check(tmp_path / "town.xlsx").faults
    sheet = "town.xlsx, sheet 'territory'"
    assert {(fault.kind, fault.line, fault.column) for fault in told} == {
        ("about_mode", 2, "mode"), ("about_k_low", 2, "k"), ("about_focal", line, "focal group"),
    }  # fmt: skip
    starts = f"{sheet}, line 2, 'mode': 'pubblic'", f"{sheet}, line {line}, 'focal group': there is no"
    assert all(any(fault.message.startswith(start) for fault in told) for start in starts)


@pytest.mark.parametrize("k, low", [(1, True), (2, True), (3, False)])
def test_a_k_with_which_nothing_can_be_protected_is_told_and_may_be_read(k, low):
    assert kinds(check(files(datapackage=described(k=k)))) == []  # invented: nothing is hidden
    checked = check(files(datapackage=described(k=k, invented=False)))
    assert kinds(checked) == ["about_k_low"] * low and checked.ok and checked.territory.k == k
    if low:
        assert messages(checked)[0].startswith(f"{D}, 'k': {k} came. Nothing can be shown to others")
        with pytest.raises(ValueError, match="at least 3"):
            sk.protect(checked.territory)
    else:
        sk.protect(checked.territory)


OUTCOMES = UGLY["INDICATORS"]


def test_an_outcome_out_of_more_pupils_than_are_enrolled_is_asked_about():
    checked = check(files(indicators=OUTCOMES.replace("20,40", "20,41")))
    assert kinds(checked) == ["outcomes_more"] and checked.ok
    assert messages(checked) == [
        "indicators.csv, line 3, column 'out_of': an outcome out of 41 pupils ('origin': 'far') in school "
        "'001' in 2023, and only 40 are enrolled there (enrolment.csv, line 4). Is that right?"
    ]
    hidden = ENROLMENT.replace(FAR, FAR.replace("40,ok", "<5,"))  # nobody knows how many are enrolled
    more = OUTCOMES.replace("20,40", "20,41")
    assert kinds(check(files(indicators=more, enrolment=hidden, flows=None))) == []
    fewer = OUTCOMES.replace("20,40", "20,39")  # not everyone was tested
    assert kinds(check(files(indicators=fewer))) == []


@pytest.mark.parametrize("other", ["Reads well", "reads wel", "reads  well", "reads_well", "raeds well"])
def test_two_outcomes_that_differ_by_a_slip_are_asked_about(other):
    checked = check(files(indicators=OUTCOMES.replace("far,reads well", f"far,{other}")))
    if other == "raeds well":  # two letters: perhaps another word
        assert kinds(checked) == []
        return
    assert kinds(checked) == ["outcome_twice"] and checked.ok
    assert messages(checked) == [
        f"indicators.csv, line 3, column 'indicator': '{other}' came, and 'reads well' elsewhere: to a "
        "program these are two outcomes. If they are one, write it the same way everywhere."
    ]


@pytest.mark.parametrize("one, two", [("is read 1", "is read 2"), ("test A", "tests"), ("walks", "talks")])
def test_outcomes_that_are_two_are_left_alone(one, two):
    indicators = OUTCOMES.replace("near,reads well", f"near,{one}").replace("far,reads well", f"far,{two}")
    assert kinds(check(files(indicators=indicators))) == []


def test_a_year_far_ahead_is_asked_about_unless_the_town_is_invented():
    later = {name: text.replace("2023,", "2099,") for name, text in TOWN.items() if name.endswith(".csv")}
    changed = {name: text.encode() for name, text in later.items()}
    assert kinds(check(files() | changed)) == []
    real = {D: described(invented=False).encode()}
    checked = check(files() | changed | real)
    assert kinds(checked) == ["year_ahead"] * 4 and checked.ok
    assert messages(checked)[3] == (
        "indicators.csv, line 2, column 'year': 2099 came, a year that is far ahead. Is it right? "
        "Also in lines 3, 4."
    )
    soon = f"{pd.Timestamp.now().year + 2},"
    planned = {name: text.replace("2099,", soon).encode() for name, text in later.items()}
    assert kinds(check(files() | planned | real)) == []


def test_the_result_reads_well_in_a_terminal():
    checked = check(files(schools=SCHOOLS.replace("20.5,200", "20.5,20")))
    assert str(checked).splitlines() == [
        "the files: it can be used, with 1 warning",
        "This is Birdham, an invented town: 3 schools, 2 zones, 2023 to 2023; groupings: all, origin",
        "It has groups by school, zones, residents and flows: every part of the assessment can be done.",
        "",
        "Worth a look (nothing stops you):",
        "  schools.csv, line 2, column 'capacity': school '001' has 100 pupils in 2023 and 20 "
        "places. Is that right?",
        "",
        "What was found:",
        "  indicators.csv: counts that are no number, never read as 0: hidden (suppressed): 1",
        "  declared as invented: nothing is hidden in what is shown or written. If these are real children, "
        "write false under 'invented'",
    ]
    bad = check(files(schools=SCHOOLS.replace("Heron School,public", "Heron School,publik")))
    assert str(bad).splitlines()[:3] == ["the files: 1 to correct, no warnings", "", "To correct:"]


def test_the_result_is_plain_values_for_a_machine():
    said = check(files(enrolment=ENROLMENT.replace(FAR, FAR.replace("40", "-4")))).as_dict()
    assert json.loads(json.dumps(said)) == said
    assert (said["ok"], said["errors"], said["warnings"], said["territory"]) == (False, 1, 0, None)
    assert said["faults"][0] == {
        "kind": "negative", "severity": "error", "file": "enrolment.csv", "line": 4, "column": "n",
        "came": "-4", "message": "enrolment.csv, line 4, column 'n': '-4' came, 0 or more was "
        "expected. Correct it.",
    }  # fmt: skip
    assert check(files()).as_dict()["territory"]["readiness"] == 3


def test_text_from_a_file_cannot_run_in_a_notebook():
    evil = "<img src=x onerror=alert(1)>"
    enrolment = ENROLMENT.replace(FAR, FAR.replace("far", evil))
    html = check(files(enrolment=enrolment, schools=SCHOOLS.replace("x_note", f"{evil}")))._repr_html_()
    assert evil not in html and "&lt;img src=x" in html


def test_text_from_a_file_cannot_play_with_a_terminal_or_go_on_for_ever():
    enrolment = ENROLMENT.replace(FAR, FAR.replace("far", "\x1b[2J" + "x" * 500).replace("\x1b", "\u202e"))
    message = check(files(enrolment=enrolment)).faults[0].message
    assert "\u202e" not in message and "\\u202e" in message and len(message) < 450


def test_opening_says_everything_at_once():
    enrolment = ENROLMENT.replace(FAR, FAR.replace("40", "-4")).replace(ALL, ALL.replace("001", "1"))
    with pytest.raises(TerritoryError) as error:
        open_territory(files(enrolment=enrolment))
    assert str(error.value).splitlines() == [
        "the files: 2 to correct, no warnings",
        "enrolment.csv, line 2, column 'school': '1' came, '001' was expected, as in schools.csv, "
        "line 2: a spreadsheet "
        "has taken zeros away. Format the column as text and type the code again.",
        "enrolment.csv, line 4, column 'n': '-4' came, 0 or more was expected. Correct it.",
    ]
    assert [fault.kind for fault in error.value.faults] == ["zeros", "negative"]
    assert open_territory(files()).name == "Birdham"


# --- hidden counts


def test_each_sign_means_what_the_table_says():
    assert STATUS_OF == {
        "": "not_available", "x": "not_available", "u": "not_available", "..": "not_available",
        "c": "suppressed", "k": "suppressed", "low": "suppressed", "*": "suppressed", "supp": "suppressed",
        "z": "not_applicable",
    }  # fmt: skip
    assert [status_of(sign) for sign in ("<5", "< 10", "≤3", "<=5", "SUPP", " C ", "0", "5")] == [
        *["suppressed"] * 6, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["c", "x", "z", "k", "low", "u", "<5", "*", "..", "SUPP", ""])
@pytest.mark.parametrize("status", ["", None])
def test_a_hidden_count_is_never_0_and_never_dropped(sign, status):
    row = FAR.replace("40,ok", f"{sign},")
    enrolment = ENROLMENT.replace(FAR, row)
    if status is None:  # the same table without a column for the status
        enrolment = "\n".join(line.rsplit(",", 1)[0] for line in enrolment.splitlines())
    checked = check(files(enrolment=enrolment, flows=None))
    assert checked.errors == ()
    meant = status_of(sign)
    rows = checked.territory.enrolment
    cell = rows[(rows["school"] == "001") & (rows["group"] == "far")].iloc[0]
    assert cell["n"] is pd.NA and cell["n_status"] == meant and len(rows) == 9
    cells = checked.territory.cells(2023, grouping="origin")
    assert cells.known[0].tolist() == [True, meant == "not_applicable"]


def test_a_sign_may_stand_beside_the_status_it_means_or_in_its_place():
    for n, status in (("<5", "suppressed"), ("", "c"), ("", "suppressed"), ("x", "x"), ("suppressed", "")):
        checked = check(
            files(enrolment=ENROLMENT.replace(FAR, FAR.replace("40,ok", f"{n},{status}")), flows=None)
        )
        assert checked.faults == () and not checked.territory.cells(grouping="origin").known[0, 1]
    wrong = check(files(enrolment=ENROLMENT.replace(FAR, FAR.replace("40,ok", "x,suppressed"))))
    assert messages(wrong) == [
        "enrolment.csv, line 4, column 'n': 'x' came, which means not_available, and n_status says "
        "'suppressed'. Leave "
        "one of the two blank, or make them agree."
    ]


def test_a_number_that_was_to_be_hidden_is_not_repeated():
    checked = check(files(enrolment=ENROLMENT.replace(FAR, FAR.replace("40,ok", "7431,suppressed"))))
    assert kinds(checked) == ["hidden_shown"]
    assert "7431" not in str(checked) + json.dumps(checked.as_dict()) + checked._repr_html_()


def test_flows_beside_a_hidden_count_are_not_called_wrong():
    enrolment = ENROLMENT.replace(FAR, FAR.replace("40,ok", "c,"))
    assert messages(check(files(enrolment=enrolment))) == []
    flows = FLOWS.replace("001,origin,far,40,ok", "001,origin,far,,c")
    assert messages(check(files(flows=flows))) == []


def test_a_year_that_nobody_can_mean_is_told():
    for year in ("3023", "0023", "23", "MMXXIII", "2023.5"):
        assert kinds(check(files(enrolment=ENROLMENT.replace(FAR, FAR.replace("2023", year))))) == ["year"]


def test_how_many_counts_are_hidden_is_said():
    enrolment = ENROLMENT.replace(FAR, FAR.replace("40,ok", "<5,")).replace("far,10,ok", "far,,")
    assert (
        "enrolment.csv: counts that are no number, never read as 0: hidden (suppressed): 1, not available: 1"
        in (check(files(enrolment=enrolment, flows=None)).notes)
    )


def test_sums_with_hidden_or_rounded_counts_are_not_called_wrong():
    hidden = ENROLMENT.replace(FAR, FAR.replace("40,ok", "<5,")).replace("near,60", "near,55")
    assert "more_than_all" not in kinds(check(files(enrolment=hidden)))
    rounded = ENROLMENT.replace("near,60,ok", "near,65,rounded")
    assert kinds(check(files(enrolment=rounded))) == []
    over = ENROLMENT.replace(FAR, FAR.replace("40,ok", "<5,")).replace("near,60", "near,101")
    assert kinds(check(files(enrolment=over, flows=None))) == ["more_than_all"]  # whatever is hidden


# --- codes


def test_a_zone_called_na_is_a_zone():
    for code in ("NA", "null", "None", "nan", "N/A", "0", "1e5", "True"):
        changed = {
            "schools": SCHOOLS.replace("Z2", code),
            "zones": zones().replace('"Z2"', json.dumps(code)),
            "residents": RESIDENTS.replace("Z2", code),
            "flows": FLOWS.replace("Z2", code),
        }
        checked = check(files(**changed))
        assert messages(checked) == [] and code in checked.territory.zones["zone"].tolist()
        assert checked.territory.residents["zone"].tolist().count(code) == 2


def test_a_group_called_3_4_is_no_date():
    towns = {name: text.replace("far", "3-4") for name, text in TOWN.items()}
    assert messages(check({name: text.encode() for name, text in towns.items()})) == []


def test_a_school_may_be_called_total_academy_and_a_zone_all_saints():
    schools = SCHOOLS.replace("Heron School", "Total Learning Academy").replace("Ibis School", "All Saints")
    assert messages(check(files(schools=schools))) == []


def test_names_that_differ_only_in_capitals_are_one_name():
    plain = described(groupings={}, focal={})
    enrolment = ENROLMENT.replace("001,primary,origin,far", "001,primary,Origin,far")
    checked = check(files(datapackage=plain, enrolment=enrolment, flows=None))
    assert kinds(checked) == ["spelling"] and checked.faults[0].line == 4
    assert messages(
        check(files(datapackage=plain, residents=RESIDENTS.replace("origin,far", "origin,FAR")))
    ) == [
        "residents.csv, line 3, column 'group': 'FAR' came, and 'far' elsewhere: to a program these "
        "are two. Write it "
        "the same way everywhere.",
        "residents.csv, line 5, column 'group': 'FAR' came, and 'far' elsewhere: to a program these "
        "are two. Write it "
        "the same way everywhere.",
    ]


def test_a_group_that_only_lives_there_is_asked_about():
    plain = described(groupings={}, focal={})
    checked = check(files(datapackage=plain, residents=RESIDENTS.replace("Z2,origin,far", "Z2,origin,fare")))
    assert messages(checked) == [
        "residents.csv, line 5, column 'group': 'fare' is no group of 'origin' in any school. Did "
        "you mean 'far'? If "
        "the name is right, leave it."
    ]
    assert kinds(checked) == ["group_only_here"] and checked.ok


def test_two_groupings_of_one_school_are_of_one_size():
    sex = "".join(f"2023,{s},primary,sex,{g},{n},ok\n" for s, g, n in (("001", "f", 52), ("001", "m", 40)))
    enrolment = ENROLMENT.replace("2023,001,primary,all,all,100,ok\n", "") + sex
    checked = check(files(enrolment=enrolment, datapackage=described(groupings={}, focal={})))
    assert kinds(checked) == ["groupings_differ"] and messages(checked) == [
        "enrolment.csv, line 10, column 'n': in school '001' (primary, 2023) there are 92 pupils by "
        "'sex' and 100 by "
        "'origin'. Are these the same pupils?"
    ]


def test_a_year_with_half_its_rows_is_asked_about():
    years = [ENROLMENT.replace("2023", year).split("\n", 1)[1] for year in ("2020", "2021", "2022")]
    short = "".join(line + "\n" for line in years[0].splitlines()[:3])
    enrolment = ENROLMENT + short.replace("2020", "2019") + "".join(years)
    checked = check(files(enrolment=enrolment))
    assert messages(checked) == [
        "enrolment.csv, line 11, column 'year': there are 3 rows of 2019, and 9 in a usual year. Is "
        "it complete?"
    ]
    assert kinds(checked) == ["year_short"]


def test_pupils_from_outside_need_no_flow_and_a_group_without_a_row_is_nobody():
    enrolment = ENROLMENT.replace("2023,003,primary,origin,far,0,ok\n", "")
    assert messages(check(files(enrolment=enrolment))) == []
    flows = FLOWS + "2023,Z2,003,origin,far,4,ok\n"
    assert messages(check(files(enrolment=enrolment, flows=flows))) == [
        "flows.csv, line 7, column 'n': 4 pupils ('origin': 'far') go to school '003' in 2023, and "
        "only 0 are enrolled "
        "there (enrolment.csv). Correct one of them."
    ]


def test_without_a_map_two_swapped_places_are_seen_beside_the_other_schools():
    schools = SCHOOLS.replace("10.5,21.5", "21.5,10.5") + "004,Lark School,public,primary,Z1,10.4,20.4,9,\n"
    enrolment = ENROLMENT + "2023,004,primary,all,all,1,ok\n2023,004,primary,origin,near,1,ok\n"
    checked = check(files(schools=schools, zones=None, enrolment=enrolment))
    assert kinds(checked) == ["swapped"] and checked.faults[0].line == 4


# --- tables and files


def test_a_table_that_is_missing_is_named():
    assert messages(check(files(enrolment=None))) == [
        "the files: there is no table 'enrolment'. One row is the pupils of one group in one school "
        "in one year. Add "
        "it, under that name."
    ]
    assert kinds(check(files(schools=None))) == ["missing_table"]
    frames = {"schools": {"school": ["A"]}, "enrollment": {"school": ["A"]}}
    assert messages(check(frames)) == [
        "the tables: 'enrollment' is no table of a territory. The tables are: schools, zones, "
        "enrolment, residents, "
        "flows, indicators.",
        "the tables: there is no table 'enrolment'. One row is the pupils of one group in one school "
        "in one year. Add "
        "it, under that name.",
    ]
    assert "unknown_table" in kinds(check(frames))


def test_names_above_a_second_line_of_names_in_a_dataframe():
    frame = pd.DataFrame([["school", "name"], ["A", "Heron"]], columns=["table 1", ""])
    checked = check({"schools": frame, "enrolment": frame})
    assert kinds(checked)[0] == "names_below" and messages(checked)[0] == (
        "the table 'schools', line 1: the names of the columns stand here, and something else above "
        "them. Delete the "
        "lines above, so that the names come first and stand in one line."
    )
    other = pd.DataFrame([["A", "B"]], columns=["first", "second"])
    assert (kinds(check({"schools": other, "enrolment": other})), messages(check({"schools": other}))[0]) == (
        ["no_names", "no_names"],
        "the table 'schools': no column has a name that is expected. The first line should hold: "
        "school, name, "
        "sector, level, zone, lat, lon, capacity.",
    )
    twice = pd.DataFrame([["A", "B"]], columns=["school", "school"])
    assert messages(check({"schools": twice, "enrolment": twice}))[0] == (
        "the table 'schools': the name 'school' stands above more than one column. Give each column "
        "its own name, in "
        "one line, without merged cells."
    )
    again = pd.DataFrame([["A", "x"], ["school", "name"]], columns=["school", "name"])
    checked = check({"schools": again, "enrolment": again})
    assert kinds(check({"schools": twice})) == ["doubled", "missing_table"]
    assert [fault.message for fault in checked.faults if fault.kind == "names_again"] == [
        "the table 'schools', row 2: the names of the columns came again. Delete the line."
    ]


def test_semicolons_and_a_mark_at_the_beginning_are_read_with_a_note():
    enrolment = ENROLMENT.replace(",", ";").encode("utf-8-sig")
    checked = check({**files(), E: enrolment})
    assert messages(checked) == [] and checked.ok
    assert any("semicolon" in note for note in checked.notes) and any(
        "byte order" in n for n in checked.notes
    )


def test_letters_of_windows_are_read_with_a_warning():
    schools = SCHOOLS.replace("Heron School", "Escola Garça").encode("cp1252")
    checked = check({**files(), S: schools})
    assert [(fault.kind, fault.severity) for fault in checked.faults] == [("cp1252", "warning")]
    assert checked.territory.schools["name"][0] == "Escola Garça"


def rows_of(text: str) -> list[list]:
    """A table as a workbook holds it: counts and years are numbers."""
    header, *lines = (line.split(",") for line in text.splitlines())
    whole = [name in ("year", "n", "capacity") for name in header]
    return [header] + [
        [
            int(cell) if number and cell.isdigit() else cell or None
            for cell, number in zip(row, whole, strict=True)
        ]
        for row in lines
    ]


def workbook(**sheets) -> bytes:
    """A workbook with these sheets; a value may be rows, or a function that goes on working on the sheet."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and not cell.value.startswith("="):
                    cell.number_format = "@"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_formula_without_a_saved_value_is_told():
    enrolment = rows_of(ENROLMENT)
    enrolment[3][5] = "=F2-F3"
    checked = check(workbook(schools=rows_of(SCHOOLS), enrolment=enrolment), "town.xlsx")
    assert messages(checked) == [
        "town.xlsx, sheet 'enrolment', line 4, column 'n': a formula without a saved value came "
        "(=F2-F3). Open the "
        "file in a spreadsheet program and save it, or paste the values."
    ]
    assert kinds(checked) == ["formula"]


def test_twelve_mistakes_in_one_workbook_are_twelve_messages():
    schools, enrolment = rows_of(SCHOOLS), rows_of(ENROLMENT)
    schools[1][2], schools[2][7], schools[3][0] = "publik", -5, "003 "
    for line, column, value in (
        (2, 0, 20244), (3, 1, 1), (4, 5, "12,5"), (5, 5, "two hundred"), (6, 5, -1), (7, 5, 12.5),
        (8, 1, "2"), (9, 6, "fine"),
    ):  # fmt: skip
        enrolment[line - 1][column] = value
    enrolment[7][4] = "all"
    enrolment.append(["Total", None, None, None, None, 99, None])
    checked = check(workbook(schools=schools, enrolment=enrolment), "town.xlsx")
    assert kinds(checked) == [
        "sector", "negative", "spaces", "year", "zeros", "comma", "words", "negative", "fraction", "zeros",
        "n_status", "total_row",
    ]  # fmt: skip
    assert len(checked.said()) == 12


def test_a_merged_header_is_told():
    top = [["where", None, None, "who", None, "how many", None], *rows_of(ENROLMENT)]
    made = Workbook()
    made.active.title = "enrolment"
    for row in top:
        made["enrolment"].append(row)
    made["enrolment"].merge_cells("A1:C1")
    for row in rows_of(SCHOOLS):
        (made["schools"] if "schools" in made.sheetnames else made.create_sheet("schools")).append(row)
    out = io.BytesIO()
    made.save(out)
    checked = check(out.getvalue(), "town.xlsx")
    assert not checked.ok and {"merged", "header.two_lines"} & set(kinds(checked))


def test_a_zip_that_would_write_elsewhere_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("../schools.csv", SCHOOLS)
    checked = check(out.getvalue(), "town.zip")
    assert kinds(checked)[0] == "zip.path" and checked.territory is None
    big = io.BytesIO()
    with zipfile.ZipFile(big, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("schools.csv", SCHOOLS)
        box.filelist[-1].file_size = 400_000_000
    assert "zip.big" in kinds(check(big.getvalue(), "town.zip"))


@pytest.mark.parametrize(
    "source", ["no such town", "no such town.csv", "no such town.zip", "no such town.xlsx"]
)
def test_a_file_that_is_not_there_is_told_and_raises_nothing(source):
    checked = check(source)
    assert checked.territory is None and "no such" in checked.said()[0]


@pytest.mark.parametrize("junk", [b"", b"\x00\x01", b"PK\x03\x04rubbish", b"{", b"%PDF-1.7", b"[1,2"])
@pytest.mark.parametrize(
    "name", ["town.csv", "town.zip", "town.xlsx", "enrolment.csv", "zones.geojson", None]
)
def test_rubbish_is_told_and_raises_nothing(junk, name):
    checked = check(junk, name)
    assert checked.territory is None and checked.said()


# --- children


PERSONAL = {
    "names": ("surname", [f"Rossi{i}" for i in range(9)]),
    "cognome": ("Cognome", [f"Bianchi{i}" for i in range(9)]),
    "birth": ("data di nascita", [f"2015-03-{i + 1:02d}" for i in range(9)]),
    "national ids": ("code", [f"RSSMRA15A4{i}F205Z" for i in range(9)]),
    "spanish ids": ("ref", [f"X123456{i}L" for i in range(9)]),
    "norwegian ids": ("nr", [f"0{i + 1}031512345" for i in range(9)]),
    "e-mails": ("contact", [f"maria{i}@example.org" for i in range(9)]),
    "addresses": ("indirizzo", [f"Via Roma {i}" for i in range(9)]),
}


@pytest.mark.parametrize("kind", PERSONAL)
def test_a_column_about_children_is_refused_and_nothing_of_it_is_repeated(kind):
    column, values = PERSONAL[kind]
    header, *rows = ENROLMENT.splitlines()
    enrolment = "\n".join(
        [f"{header},{column}", *(f"{row},{value}" for row, value in zip(rows, values, strict=True))]
    )
    checked = check(files(enrolment=enrolment))
    assert messages(checked) == [
        f"enrolment.csv, column '{column}': this looks like it is about single children. Only counts "
        "belong here: how many pupils of each group are in each school. Delete the column; nothing of it was "
        "kept."
    ]
    told = str(checked) + json.dumps(checked.as_dict()) + checked._repr_html_()
    assert not any(value in told for value in values) and checked.territory is None


def children(n=40) -> list[tuple[str, str, str]]:
    """Invented children: a name as lists have it, a day of birth, an id."""
    first = "Anna Bruno Carla Dario Elena Fabio Gina Hugo".split()
    last = "Alfa Beta Gamma Delta Epsilon".split()
    return [
        (f"{last[i % 5]}ni, {first[i % 8]}", f"{i % 28 + 1:02d}/03/2015", f"RSSMRA15A{i:02d}F205Z")
        for i in range(n)
    ]


@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize("column", ["group", "school", "x_note"])
def test_a_list_of_children_in_any_column_is_refused(which, column):
    header = "year,school,level,grouping,group,n,x_note"
    at = header.split(",").index(column)
    rows = []
    for child in children():
        row = ["2023", "001", "primary", "origin", "near", "1", ""]
        row[at] = f'"{child[which]}"'
        rows.append(",".join(row))
    checked = check(files(enrolment="\n".join([header, *rows])))
    assert "personal" in kinds(checked) and checked.territory is None
    told = str(checked) + json.dumps(checked.as_dict()) + checked._repr_html_()
    assert not any(child[which] in told for child in children())


def test_a_list_of_children_without_names_of_columns_is_not_repeated():
    rows = [f'2023,001,"{name}",{day},{code},1' for name, day, code in children()]
    for source in ({**files(), E: "\n".join(rows).encode()}, "\n".join(rows).encode()):
        checked = check(source)
        told = str(checked) + json.dumps(checked.as_dict()) + checked._repr_html_()
        assert checked.territory is None
        assert not any(part in told for child in children() for part in child)


def test_what_others_would_repeat_of_such_a_file_is_hushed():
    rows = [f'"{name}",2023,001,primary,origin,near,1' for name, _, _ in children()]
    rows[3] += ",too many"
    header = "pupil name,year,school,level,grouping,group,n"
    checked = check(files(enrolment="\n".join([header, *rows])))
    assert {"personal", "row.long"} <= set(kinds(checked))
    assert not any(child[0] in str(checked) for child in children())


def test_what_a_plain_file_repeats_of_a_child_is_hushed():
    for text in ("RSSMRA15A41F205Z", '"Rossi, Maria"', "maria@example.org"):
        checked = check(f"school,near,far\nA,6,4\nB,8,1\n{text}\n".encode(), "origin.csv")
        assert checked.territory is None and text.strip('"') not in str(checked)


def test_schools_may_have_names_addresses_and_a_telephone():
    schools = pd.DataFrame({"school": [f"S{i}" for i in range(20)]})
    schools["name"] = [f"Scuola Media, Plesso {'ABCDEFGHIJKLMNOPQRST'[i]}uno" for i in range(20)]
    schools["address"] = [f"Via Roma, Quartiere {'ABCDEFGHIJKLMNOPQRST'[i]}" for i in range(20)]
    schools["x_phone"] = [f"011 55{i:04d}" for i in range(20)]
    schools["founded"] = [f"{1950 + i}-09-01" for i in range(20)]
    enrolment = pd.DataFrame({"year": 2023, "school": schools["school"], "level": "primary"})
    enrolment = enrolment.assign(grouping="all", group="all", n=10)
    assert messages(check({"schools": schools, "enrolment": enrolment})) == []


# --- levels of readiness


def test_totals_by_school_are_a_territory_of_the_first_level():
    enrolment = "\n".join(line for line in ENROLMENT.splitlines() if "origin" not in line)
    plain = described(groupings={}, focal={})
    bare = {name: None for name in ("zones", "residents", "flows", "indicators")}
    checked = check(files(enrolment=enrolment, datapackage=plain, **bare))
    assert messages(checked) == [] and checked.territory.readiness == 1
    plain = check(b"school,pupils\nHeron,100\nIbis,90\nKite,50\n", "town 2023.csv")
    assert messages(plain) == [] and plain.territory.readiness == 1
    assert plain.territory.rolls() == {"Heron": 100, "Ibis": 90, "Kite": 50} and plain.territory.years == (
        2023,
    )


def test_a_column_for_each_group_is_a_territory_of_the_second_level():
    plain = b"school,sector,near,far\nHeron,public,60,40\nIbis,private,80,10\n"
    town = open_territory(plain, "origin.csv")
    assert town.readiness == 2 and town.groupings == {"origin": ("near", "far")}
    assert town.counts().tolist() == [[60, 40], [80, 10]] and town.sectors == ("public", "private")
    book_of = book([["school", "near", "far"], ["Heron", 60, 40], ["Ibis", 80, 10]])
    assert open_territory(book_of, "town 2022.xlsx").counts(2022).tolist() == [[60, 40], [80, 10]]
    assert open_territory({"school": ["A", "B"], "near": [6, 8], "far": [4, 1]}).groupings == {
        "groups": ("near", "far")
    }
    frame = pd.DataFrame({"school": ["A", "B"], "near": [6, 8], "far": [4, 1]})
    assert open_territory(frame).counts().tolist() == [[6, 4], [8, 1]]


def test_a_plain_file_of_several_years_keeps_them_apart_and_its_lines():
    rows = ("2022,A,primary,6,4", "2022,B,primary,8,1", "2023,A,primary,5,5", "2023,B,primary,9,1")
    plain = "\n".join(["year,school,level,near,far", *rows]).encode()
    town = open_territory(plain, "origin.csv")
    assert town.years == (2022, 2023) and town.counts(2023).tolist() == [[5, 5], [9, 1]]
    wrong = check(
        plain.replace(b"year,school", b"year,sector,school")
        .replace(b"2022,", b"2022,publik,")
        .replace(b"2023,", b"2023,publik,"),
        "origin.csv",
    )
    assert [(fault.file, fault.line, fault.column) for fault in wrong.faults] == [
        ("origin.csv", 2, "sector"), ("origin.csv", 3, "sector"),
    ]  # fmt: skip


def test_what_was_taken_for_what_in_a_plain_file_is_said():
    assert check(b"school,near,far\nHeron,60,40\nIbis,80,10\n", "origin 2021.csv").notes == (
        "units: column 'school'",
        "groups: columns 'near', 'far'",
        "year: 2021, as in the name of the file",
        "level: no column of that name, so all pupils are of one level, 'all'",
        "grouping: 'groups'",
    )


def test_enrolment_alone_names_its_schools():
    checked = check(ENROLMENT.encode(), "enrolment.csv")
    assert messages(checked) == [] and checked.territory.schools["school"].tolist() == ["001", "002", "003"]
    assert checked.notes == ("schools: each code in the file is one (3); no table of schools came with it",)
    wrong = check(ENROLMENT.replace(FAR, FAR.replace("40", "-4")).encode(), "pupils.csv")
    assert messages(wrong) == [
        "pupils.csv, line 4, column 'n': '-4' came, 0 or more was expected. Correct it."
    ]


# --- there and back


GROUPS = ("near", "far", "between")


@st.composite
def towns(draw) -> Territory:
    """A territory of any shape whose tables agree."""
    text = st.text("aZ0 -'éø&;,\"=+@#", min_size=1, max_size=6).map(str.strip).filter(bool)
    codes = st.lists(
        st.text("abcXYZ0123-", min_size=1, max_size=4).filter(lambda s: s.strip("0-")),
        min_size=1, max_size=4, unique_by=lambda s: s.casefold().lstrip("0"),
    )  # fmt: skip
    schools = [f"s{one}" for one in draw(codes)]
    years = draw(st.lists(st.integers(1990, 2030), min_size=1, max_size=2, unique=True))
    levels = draw(st.sampled_from([("primary",), ("primary", "lower-secondary")]))
    rows = []
    for year in years:
        for school in schools:
            for level in levels:
                ns = [draw(st.integers(0, 300)) for _ in GROUPS]
                status = [draw(st.sampled_from(STATUSES)) for _ in GROUPS]
                rows += [
                    (year, school, level, "origin", group, n if of in ("ok", "rounded") else None, of)
                    for group, n, of in zip(GROUPS, ns, status, strict=True)
                ]
    names = "year school level grouping group n n_status".split()
    places = pd.DataFrame({"school": schools, "sector": "public", "x_own": [draw(text) for _ in schools]})
    places["name"] = [draw(text) for _ in schools]
    places["capacity"] = [draw(st.sampled_from([None, 1000, 5000])) for _ in schools]
    return Territory(
        draw(text), {"schools": places, "enrolment": pd.DataFrame(rows, columns=names)},
        mode=draw(st.sampled_from(["private", "public"])), k=draw(st.integers(1, 20)),
        groupings={"origin": GROUPS}, focal={"origin": draw(st.sampled_from(GROUPS))},
    )  # fmt: skip


@pytest.mark.parametrize("end", ["", ".zip", ".xlsx"])
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(town=towns())
def test_what_checks_can_be_written_and_read_and_checks_again(end, town, tmp_path_factory):
    checked = check(town)
    assert not checked.errors and checked.territory == town
    path = tmp_path_factory.mktemp("town") / f"town{end}"
    write_package(checked.territory.tables, said_of(checked.territory), path)
    again = check(path)
    assert not again.errors and again.territory == town


@pytest.mark.parametrize("end", ["", ".zip"])
def test_an_invented_town_goes_there_and_back(end, tmp_path):
    town = sk.sample("marenza")
    write_package(town.tables, said_of(town), tmp_path / f"town{end}")
    checked = check(tmp_path / f"town{end}")
    assert messages(checked) == [] and checked.territory == town


def test_a_school_of_which_only_the_code_is_known_is_a_school_and_a_sentence_below_is_not():
    codes = "school\n" + "".join(f"{line.split(',')[0]}\n" for line in SCHOOLS.splitlines()[1:])
    bare = check(
        {"schools": pd.read_csv(io.StringIO(codes), dtype=str).assign(name="", sector="")} | counted()
    )
    assert messages(bare) == [] and len(bare.territory.schools) == 3
    noted = check(files(schools=SCHOOLS + "Source: the school office,,,,,,\n"))
    assert "note_row" in kinds(noted)


def counted() -> dict:
    return {"enrolment": pd.read_csv(io.StringIO(TOWN["enrolment.csv"]), dtype=str)}


def test_a_school_without_rows_in_a_later_year_is_named_and_may_have_been_closed():
    index = pd.MultiIndex.from_product([["2023", "2024"], [f"S{i}" for i in range(8)], ["near", "far"]])
    enrolment = index.to_frame(index=False, name=["year", "school", "group"])
    enrolment = enrolment.assign(level="primary", grouping="origin", n="20")
    schools = pd.DataFrame({"school": [f"S{i}" for i in range(8)]})
    whole = check({"schools": schools, "enrolment": enrolment})
    gone = enrolment[~((enrolment["school"] == "S3") & (enrolment["year"] == "2024"))]
    first = enrolment[~((enrolment["school"] == "S3") & (enrolment["year"] == "2023"))]  # opened in 2024
    said = [[note for note in check({"schools": schools, "enrolment": one}).notes if "S3" in note]
            for one in (enrolment, gone, first)]  # fmt: skip
    assert whole.ok and said[0] == said[2] == [] and len(said[1]) == 1 and "S3 (2024)" in said[1][0]


def test_a_table_of_blanks_is_not_said_to_be_ready_for_anything():
    blank = pd.read_csv(io.StringIO(TOWN["enrolment.csv"]), dtype=str).assign(n="", n_status="not_available")
    schools = pd.read_csv(io.StringIO(SCHOOLS), dtype=str)
    found = check({"schools": schools, "enrolment": blank})
    assert found.ok and "nothing can be measured" in str(found) and "can be done" not in str(found)
    assert "nothing can be measured" in found._repr_html_()


def test_columns_taken_as_what_schools_have_and_a_focal_group_nobody_chose_are_said():
    head, *lines = SCHOOLS.splitlines()
    found = check(files(schools="\n".join([f"{head},Traeger", *(f"{line},staatlich" for line in lines)])))
    assert any("Traeger" in note for note in found.notes)
    said = {"name": "Birdham", "groupings": {"origin": ["near", "far"], "all": ["all"]}}
    frames = {name.split(".")[0]: pd.read_csv(io.StringIO(TOWN[name]), dtype=str, keep_default_na=False)
              for name in ("schools.csv", "enrolment.csv")}  # fmt: skip
    quiet = check({**frames, "territory": {**said, "focal": {"origin": "far"}}})
    asked = check({**frames, "territory": said})
    assert not any("focal group" in note for note in quiet.notes)
    assert any("'far' will be measured" in note for note in asked.notes)


@pytest.mark.parametrize("number", ["756.1234.5678.9{}", "756123456789{}", "15.03.12-123.4{}"])
def test_numbers_of_children_are_refused_also_in_a_column_of_the_owners_own(number):
    enrolment = pd.read_csv(io.StringIO(TOWN["enrolment.csv"]), dtype=str)
    enrolment["x_id"] = [number.format(i % 10) for i in range(len(enrolment))]
    found = check({"schools": pd.read_csv(io.StringIO(SCHOOLS), dtype=str), "enrolment": enrolment})
    assert kinds(found) == ["personal"] and "756" not in str(found) and "15.03" not in str(found)


def test_a_plain_list_may_call_its_columns_as_offices_do():
    plain = "Schule;Name;nah;fern\nA;Am B\u00e4chli;60;12\nB;Lindenhof;30;40\n"
    town = open_territory(plain.encode("cp1252"), "liste.csv")
    assert town.schools["name"].tolist() == ["Am B\u00e4chli", "Lindenhof"]
    assert "Name" not in town.schools and town.counts().tolist() == [[60, 12], [30, 40]]


def test_every_table_of_counts_is_checked_alike():
    for table in COUNTED:
        text = TOWN[f"{table}.csv"]
        line = text.splitlines()[1]
        at = text.splitlines()[0].split(",").index("n")
        cells = line.split(",")
        cells[at] = "-3"
        checked = check(files(**{table: text.replace(line, ",".join(cells))}))
        assert [(fault.kind, fault.line) for fault in checked.errors] == [("negative", 2)]


def test_a_hundred_thousand_rows_are_checked_as_one_is():
    schools = pd.DataFrame({"school": [f"{i:04d}" for i in range(1000)]})
    index = pd.MultiIndex.from_product([range(2000, 2025), schools["school"], GROUPS + ("other",)])
    enrolment = index.to_frame(index=False, name=["year", "school", "group"])
    enrolment = enrolment.assign(level="primary", grouping="origin", n=np.arange(len(enrolment)) % 200)
    town = open_territory({"schools": schools, "enrolment": enrolment})
    assert town.counts(2024).sum() == enrolment.loc[enrolment["year"] == 2024, "n"].sum()
