"""Any table people have is read; what cannot be read is said, all of it, with its line."""

import runpy
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segkit.sheets import HANDFUL
from segkit.tables import Table, TableError, read

UGLY_FILES = runpy.run_path(str(Path(__file__).parent / "ugly" / "files.py"))
UGLY, FINE, book = (UGLY_FILES[name] for name in ("UGLY", "FINE", "book"))


def csv(*lines):
    return "\n".join(lines).encode()


def faults(source, **roles):
    """Every message about a table that is refused."""
    with pytest.raises(TableError) as refused:
        read(source, **{"name": "towns.csv", **roles} if isinstance(source, bytes) else roles)
    return refused.value.faults


TOWN = csv("school,native,foreign", "A,10,2", "B,20,3")


# ---------------------------------------------------------------- files as people have them


@pytest.mark.parametrize("name", FINE)
def test_an_odd_file_is_the_same_town(name):
    assert read(FINE[name], name=name) == read(TOWN)


@pytest.mark.parametrize("name", UGLY)
def test_an_ugly_file_is_refused_in_words(name, tmp_path):
    data, words = UGLY[name]
    (tmp_path / name).write_bytes(data)
    messages = faults(tmp_path / name)
    assert any(words in message for message in messages), messages
    assert all(message.startswith((name, "...", "Delete one")) for message in messages)


def test_letters_of_windows_are_understood_and_said():
    table = read("scuola;città;stranieri\nCefalù;1;2\n".encode("cp1252"), name="a.csv")
    assert table.groups == ("città", "stranieri") and table.units == ("Cefalù",)
    assert "letters: Windows-1252 (the file is not UTF-8)" in table.took


def test_the_mark_at_the_start_of_a_file_is_no_part_of_a_name():
    assert read(FINE["mark.csv"], unit="school").units == ("A", "B")


def test_a_line_break_in_a_name_does_not_move_the_lines():
    data = csv("school,native,foreign", '"The ""Old""\nSchool",1,2', "B,x,3")
    assert "line 3, column 'native': 'x' came" in faults(data)[0]


def test_a_blank_line_keeps_its_number():
    assert "line 5, column 'native'" in faults(csv("school,native,foreign", "A,1,2", "", "", "B,-1,3"))[0]


def test_leading_zeros_of_an_identifier_stay():
    assert read(csv("school,native,foreign", "007,1,2", "010,3,4")).units == ("007", "010")


def test_a_number_that_names_a_school_in_excel_is_a_whole_number():
    data = book([["school", "native", "foreign"], [7.0, 1, 2], [8.0, 3, 4]])
    assert read(data).units == ("7", "8")


def test_which_sheet_was_read_is_said():
    assert (
        "sheet: 'Sheet2', the first with a table in it; not read: 'Sheet1'"
        in read(FINE["second sheet.xlsx"]).took
    )


def test_a_read_me_sheet_is_passed_over_and_faults_name_the_sheet():
    notes = [["column", "meaning"], ["native", "born here"]]
    rows = [["school", "native", "foreign"], ["A", 1, 2], ["B", -1, 3]]
    assert read(book(notes, rows[:2])).units == ("A",)
    assert faults(book(notes, rows))[0].startswith(
        "towns.csv, sheet 'Sheet2', line 3, column 'native': '-1' came"
    )


def test_a_title_above_the_names_is_said():
    assert "line 1 is a title: 'Pupils by origin'" in read(FINE["title.csv"]).took


def test_a_missing_file_names_its_neighbour(tmp_path):
    (tmp_path / "schools.csv").write_bytes(TOWN)
    assert "Did you mean 'schools.csv'?" in faults(tmp_path / "shools.csv")[0]


def test_a_folder_is_not_a_table(tmp_path):
    assert "is a folder" in faults(tmp_path)[0]


def test_a_file_nobody_may_read_is_said(tmp_path, monkeypatch):
    def forbidden(*_):
        raise PermissionError(13, "no")

    monkeypatch.setattr("builtins.open", forbidden)
    assert "does not allow you to read" in faults(tmp_path / "a.csv")[0]


def test_a_name_no_computer_has_is_said():
    assert "cannot be read" in faults("a\0b.csv")[0]


def test_too_large_a_file_is_refused_before_it_is_read(tmp_path):
    with open(tmp_path / "large.csv", "wb") as file:
        file.truncate(60_000_000)
    assert "more than 50 MB came" in faults(tmp_path / "large.csv")[0]


# ---------------------------------------------------------------- three shapes, one table

COUNTS = {"A": (90, 10, 0), "B": (40, 60, 5), "C": (7, 0, 3)}
GROUPS = ("native", "near", "far")
WIDE = {"school": list(COUNTS), **{g: [row[k] for row in COUNTS.values()] for k, g in enumerate(GROUPS)}}
LONG = [(s, g, n) for s, row in COUNTS.items() for g, n in zip(GROUPS, row, strict=True) if n]


def as_csv(columns):
    return csv(",".join(columns), *(",".join(map(str, row)) for row in zip(*columns.values(), strict=True)))


SHAPES = {
    "wide": as_csv(WIDE),
    "dict": WIDE,
    "frame": pd.DataFrame(WIDE),
    "frame with an index": pd.DataFrame(WIDE).set_index("school"),
    "frame, filtered": pd.DataFrame(WIDE).query("school == school"),
    "frame of floats": pd.DataFrame(WIDE).astype({g: float for g in GROUPS}),
    "lists": [["school", *GROUPS], *([s, *row] for s, row in COUNTS.items())],
    "lists of text": [["school", *GROUPS], *([s, *map(str, row)] for s, row in COUNTS.items())],
    "long": csv("school,group,n", *(",".join(map(str, row)) for row in LONG)),
    "long frame": pd.DataFrame(LONG, columns=["school", "group", "n"]),
    "long, other names": pd.DataFrame(LONG, columns=["Scuola", "gruppo", "alunni"]),
    "long workbook": book([["school", "group", "n"], *map(list, LONG)]),
    "with a total": {**WIDE, "total": [100, 105, 10]},
    "with a sum of another name": {**WIDE, "tutti insieme": [100, 105, 10]},
    "with other columns": {
        "year": [2024] * 3,
        "schoolName": ["x", "y", "z"],
        **WIDE,
        "sector": ["s", "p", "p"],
        "lat": [45.1, 45.2, 45.3],
        "% far": [0, 5, 30],
        "capacity": [120, 110, 20],
        "id": [11, 12, 13],
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_a_town_is_the_same_table(shape):
    options = {"unit": "school"} if shape == "with other columns" else {}
    table = read(SHAPES[shape], **options)
    assert table == Table(tuple(COUNTS), GROUPS, np.array(list(COUNTS.values())), focal="far")


def test_a_total_and_a_part_are_two_groups():
    part = read({"school": ["A", "B"], "roll": [100, 50], "free": [10, 40]})
    whole = read({"school": ["A", "B"], "free": [10, 40], "not free": [90, 10]}, focal="free")
    assert part == whole
    assert "everyone: column 'roll'; a part of them: 'free'" in part.took


def test_several_parts_of_a_total_leave_a_rest():
    table = read(
        {"school": ["A", "B"], "roll": [100, 50], "x": [10, 40], "y": [5, 5]}, total="roll", count=["x", "y"]
    )
    assert table.groups == ("x", "y", "not x + y")
    assert table.counts.tolist() == [[10, 5, 85], [40, 5, 5]]


def test_an_array_needs_no_names():
    table = read(np.array([[1, 2], [3, 4]]))
    assert table.units == ("1", "2") and table.groups == ("group 1", "group 2")
    assert np.asarray(table).tolist() == [[1, 2], [3, 4]]


def test_columns_that_are_not_counts_stay_beside_the_table():
    table = read({**WIDE, "sector": ["s", "p", "p"], "lat": [45.1, 45.2, 45.3]})
    assert table.extras == {"sector": ("s", "p", "p"), "lat": ("45.1", "45.2", "45.3")}


def test_a_column_of_a_long_table_belongs_to_the_school_where_it_is_constant():
    data = csv("school,group,n,sector,note", "A,x,1,public,p", "A,y,2,public,q", "B,x,3,private,r")
    assert read(data).extras == {"sector": ("public", "private")}


def test_a_table_splits_by_a_column_and_keeps_its_groups():
    parts = read({**WIDE, "year": [10, 9, 10]}).split("year")
    assert list(parts) == ["9", "10"]
    assert parts["10"].units == ("A", "C") and parts["9"].groups == GROUPS and parts["9"].focal == "far"
    with pytest.raises(TableError, match="Did you mean 'year'"):
        read({**WIDE, "year": [10, 9, 10]}).split("yaer")


def test_a_table_is_read_again_with_other_rows():
    table = read({**WIDE, "year": [1, 2, 2]})
    assert read(table, where={"year": 2}, focal="near").units == ("B", "C")
    assert read(table, focal="near").focal == "near"
    with pytest.raises(TableError, match="knows its units"):
        read(table, unit="school")


def test_counts_cannot_be_changed_in_place():
    with pytest.raises(ValueError):
        read(WIDE).counts[0, 0] = 5


def test_a_table_prints_small():
    text = str(read({"school": [f"s{i}" for i in range(40)], "a": range(0, 80, 2), "b": [1] * 40}))
    assert text.splitlines()[0] == "unit |  a | b" and "28 more units" in text


@given(st.permutations(range(4)), st.permutations(range(3)))
@settings(max_examples=30, deadline=None)
def test_the_order_of_columns_and_rows_changes_no_count(columns, rows):
    names = ["school", *GROUPS]
    frame = pd.DataFrame(WIDE).iloc[list(rows)][[names[j] for j in columns]]
    table, usual = read(frame), read(WIDE)
    found = {
        (u, g): n
        for u, row in zip(table.units, table.counts, strict=True)
        for g, n in zip(table.groups, row.tolist(), strict=True)
    }
    expected = {(s, g): n for s, row in COUNTS.items() for g, n in zip(GROUPS, row, strict=True)}
    assert found == expected and table.focal == usual.focal


# ---------------------------------------------------------------- what is taken, and what is asked


def test_what_was_taken_is_said():
    assert read(WIDE).took == (
        "units: column 'school'",
        "groups: columns 'native', 'near', 'far'",
        "focal group: 'far', the smallest",
    )


def test_equal_groups_take_the_first_by_name_as_focal():
    assert read({"school": ["A"], "b": [5], "a": [5]}).focal == "a"


def test_a_group_without_anybody_is_not_focal():
    assert read({"school": ["A", "B"], "a": [5, 5], "b": [3, 2], "c": [0, 0]}).focal == "b"


def test_two_columns_that_could_be_the_total_are_listed_with_the_option():
    message = faults({"school": ["A", "B"], "pupils": [100, 50], "roll": [90, 45]})[0]
    assert "'pupils', 'roll'" in message and "--total pupils" in message


def test_two_columns_that_could_name_the_school_are_listed_with_the_option():
    message = faults({"plant": ["A", "B"], "building": ["x", "y"], "a": [1, 2], "b": [1, 2]})[0]
    assert "'plant', 'building'" in message and "--unit plant" in message


def test_two_columns_that_could_count_are_listed_with_the_option():
    data = csv("school,group,girls,boys", "A,x,1,2", "A,y,1,2", "B,x,1,2")
    assert "--count girls" in faults(data, group="group")[0]


def test_zeros_and_ones_may_be_a_small_group_or_yes_and_no_so_it_asks():
    data = {"school": list("ABCDE"), "x": [5, 6, 7, 8, 12], "y": [4, 3, 2, 1, 0], "charter": [0, 1, 0, 0, 1]}
    assert "'x', 'y', 'charter'" in faults(data)[0]
    assert read(data, count=["x", "y"]).groups == ("x", "y")


def test_shares_are_no_counts_even_where_some_are_one():
    data = {
        "school": list("ABCDE"),
        "x": [5, 6, 7, 8, 12],
        "y": [4, 3, 2, 1, 0],
        "mix": [0.5, 1, 0.3, 0.7, 0.9],
    }
    assert read(data).groups == ("x", "y")


def test_groups_may_be_numbers_in_a_long_table():
    data = csv("school,group,hvor mange", "A,1,5", "A,2,6", "B,1,9")
    assert read(data).groups == ("1", "2")


def test_a_single_group_asks_for_the_total():
    assert "Name it with --total" in faults({"school": ["A", "B"], "free": [1, 2]}, count="free")[0]


def test_no_counts_at_all_lists_the_columns():
    assert "The columns are: 'school', 'town'" in faults({"school": ["A", "B"], "town": ["x", "x"]})[0]


def test_a_misspelt_column_is_guessed_but_not_taken():
    assert "Did you mean 'native'?" in faults(WIDE, count=["natve", "far"])[0]


def test_a_misspelt_group_is_guessed_but_not_taken():
    assert "Did you mean 'near'?" in faults(WIDE, focal="naer")[0]


def test_one_column_cannot_be_two_things():
    assert "two roles at once" in faults(WIDE, unit="school", count=["native", "far"], total="far")[0]


def test_a_column_named_total_that_is_no_sum_is_asked_about():
    message = faults({**WIDE, "total": [100, 105, 11]})[0]
    assert "row 3, column 'total': 11 came, 10 was expected" in message
    assert "--total total --count native --count near --count far" in message


def test_half_of_an_even_town_is_not_a_total():
    assert (
        len(read({"school": list("ABC"), "a": [50, 100, 20], "b": [25, 50, 10], "c": [25, 50, 10]}).groups)
        == 3
    )


def test_a_group_called_total_in_a_long_table_is_not_counted_again():
    data = csv("school,group,n", "A,x,1", "A,y,2", "A,Total,3", "B,x,4", "B,Total,4")
    assert read(data).groups == ("x", "y")
    assert "called a total" in faults(data.replace(b"Total,4", b"Total,5"))[0]


def test_columns_without_a_name_for_schools_are_numbered():
    table = read(csv("native,foreign", "30,1", "25,2", "15,7"))
    assert table.units == ("line 2", "line 3", "line 4") and "each line of the file is one" in table.took[0]


# ---------------------------------------------------------------- only some rows


def test_where_keeps_rows_as_text_or_as_number():
    data = {**WIDE, "level": [1, 2, 1.0]}
    for value in (1, "1", 1.0, "1.0", np.int64(1)):
        assert read(data, where={"level": value}).units == ("A", "C")
    assert read(data, where={"level": ["1", "2"]}).units == ("A", "B", "C")


def test_where_keeps_the_line_of_a_fault():
    data = csv("school,native,foreign,level", "A,1,2,1", "B,x,2,2", "C,y,2,1")
    messages = faults(data, where={"level": 1})
    assert messages[0].startswith("towns.csv, line 4, column 'native': 'y' came") and len(messages) == 1


def test_where_with_a_value_that_never_occurs_lists_some():
    message = faults({**WIDE, "sector": ["public", "church", "church"]}, where={"sector": "Public"})[0]
    assert "There is: 'church', 'public'." in message and "Did you mean 'public'?" in message


def test_where_with_an_unknown_column_lists_them():
    assert "Did you mean 'school'?" in faults(WIDE, where={"schol": 1})[0]


def test_conditions_that_exclude_each_other_are_said():
    data = {**WIDE, "level": [1, 2, 2], "year": [1, 2, 2]}
    assert "all of these values at once" in faults(data, where={"level": 1, "year": 2})[0]


# ---------------------------------------------------------------- the same thing twice

TWICE = csv("school,level,native,foreign", "A,1,5,6", "B,1,7,8", "A,2,1,2", "C,2,3,4")


def test_a_school_twice_names_both_lines_and_the_option():
    messages = faults(TWICE)
    assert messages[0].startswith(
        "towns.csv, line 4, column 'school': 'A' came again, it is already in line 2"
    )
    assert "--where level=1" in messages[1] and "--by level" in messages[1]


def test_by_lets_a_school_occur_once_for_each_value():
    table = read(TWICE, by="level")
    assert table.units == ("A", "B", "A", "C") and table.extras["level"] == ("1", "1", "2", "2")


def test_a_school_and_group_twice_names_both_lines_and_the_option():
    data = csv("school,year,group,n", "A,2023,x,1", "A,2023,y,2", "A,2024,x,3", "A,2024,y,4")
    messages = faults(data)
    assert "line 4, column 'school': 'A' with group 'x' came again, it is already in line 2" in messages[0]
    assert "--where year=2024" in messages[-1] and "--by year" in messages[-1]
    assert read(data, by="year").counts.tolist() == [[1, 2], [3, 4]]


def test_twice_the_same_with_nothing_to_tell_them_apart():
    assert (
        faults(csv("school,native,foreign", "A,1,2", "A,1,2"))[-1]
        == "Delete one of the two; or, if they are parts of one school (its classes), add its rows up first."
    )


def test_years_mixed_in_one_school_are_not_added_up():
    data = csv("school,year,group,n", "A,2023,x,1", "A,2024,y,2", "B,2023,x,3", "B,2023,y,3")
    assert "has '2024' here and '2023' before" in faults(data)[0]


def test_a_blank_where_rows_are_told_apart_is_a_fault():
    assert "nothing came where every row needs a value" in faults(TWICE.replace(b"A,2", b"A,"), by="level")[0]


# ---------------------------------------------------------------- cells

CELLS = {
    "-3": "0 or more pupils were expected",
    "−3": "0 or more pupils were expected",
    "(3)": "0 or more pupils were expected",
    "12.5": "a whole number of pupils was expected",
    ".5": "a whole number of pupils was expected",
    "45%": "not a percentage",
    "two hundred": "a number of pupils in digits was expected",
    "12 pupils": "a number of pupils in digits was expected",
    "1_000": "a number of pupils in digits was expected",
    "True": "a number of pupils in digits was expected",
    "1.234": "It could mean 1234 or 1.234: write 1234",
    "1 234": "It could mean 1234 or 1.234: write 1234",
    "1'234": "It could mean 1234 or 1.234: write 1234",
    "": "Blank is not 0",
    "NA": "Missing is not 0",
    "nan": "Missing is not 0",
    "-": "Missing is not 0",
    "#N/A": "Missing is not 0",
    "<5": "A hidden count is not 0",
    "≤ 5": "A hidden count is not 0",
    "5*": "A hidden count is not 0",
    **{mark: "A hidden count is not 0" for mark in ("c", "x", "z", "k", "low", "u", "*", "..", "SUPP")},
    "9007199254740993": "this is too large to be one",
    "9" * 5000: "this is too large to be one",
    "1e5": "written in full was expected",
    "inf": "written in full was expected",
    "=SUM(B2:B9)": "a formula without a saved value came",
    "3-4": "a date or a range",
    "2024-03-04": "a date or a range",
    "3-Apr": "a date or a range",
}


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell[:12] or "blank")
def test_a_cell_that_is_no_count_is_said(cell):
    messages = faults(csv("school;native;foreign", "A;1;2", f"B;{cell};4", "C;5;6", "D;7;8"))
    assert len(messages) == 1 and CELLS[cell] in messages[0]
    assert messages[0].startswith("towns.csv, line 3, column 'native': ") and len(messages[0]) < 300


def test_a_thousand_with_a_comma_is_not_guessed():
    message = faults(csv("school,native,foreign", 'A,"1,234",2', "B,3,4"))[0]
    assert "'1,234' came" in message and "1234 or 1.234" in message


def test_digits_of_other_scripts_are_numbers():
    assert read(csv("school,native,foreign", "A,１２,٣")).counts.tolist() == [[12, 3]]


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA, pd.NaT, np.nan])
def test_what_is_missing_in_python_is_a_blank(value):
    assert "Blank is not 0" in faults({"school": ["A", "B", "C"], "x": [1, value, 3], "y": [1, 2, 4]})[0]


def test_everything_wrong_is_said_at_once():
    data = csv(
        "school;native;foreign", "A;-1;2", "B;1;", ";1;1", "D;1;two", "Total;1;1", "A;1;1", "E;1;1", "F;1;1"
    )
    text = "\n".join(faults(data))
    for words in (
        "0 or more",
        "Blank",
        "no school is named",
        "in digits",
        "looks like a total",
        "came again",
    ):
        assert words in text


def test_a_handful_of_each_kind_then_how_many_more():
    messages = faults(csv("school,native,foreign", *(f"s{i},-1,{2 * i}" for i in range(HANDFUL + 37))))
    assert len(messages) == HANDFUL + 1 and messages[-1] == "... and 37 more of this kind"


def test_a_part_larger_than_its_total_names_the_row():
    message = faults(csv("school,roll,free", "A,10,5", "B,10,12"), total="roll", count="free")[0]
    assert message.startswith("towns.csv, line 3, column 'roll': 'free' is 12 and the total only 10")


def test_a_total_row_without_a_name_is_found_by_its_sum():
    data = csv("school,native,foreign", *(f"s{i},{i},{2 * i + 1}" for i in range(8)), "Milwaukee,28,64")
    assert "'Milwaukee' looks like a total" in faults(data)[0]


def test_a_school_whose_name_begins_with_total_is_a_school():
    assert len(read(csv("school,native,foreign", "Total Learning Academy,1,2", "B,3,4")).units) == 2


def test_a_group_column_that_is_no_group_is_refused():
    rows = [f"s{i % 3},name {i},1" for i in range(1000)]
    assert "1000 different values came" in faults(csv("school,group,n", *rows))[0]


def test_more_pupils_than_people_is_refused():
    assert "more pupils came" in faults({"school": ["A", "B"], "x": [2**53, 2**53], "y": [2**53, 2**53]})[0]


def test_control_characters_and_endless_names_are_never_printed():
    data = csv("school,native,foreign", '"bad\x9f\n\u202ename' + "x" * 500 + '",-1,2', "B,1,2")
    message = faults(data.decode("utf-8", "replace").encode())[0]
    assert message.isprintable() and len(message) < 300
    message = faults(
        {"school": ["A", "B", "C"], "native": ["\x1b[31m" + "x" * 500, 1, 3], "foreign": [1, 2, 4]}
    )[0]
    assert message.isprintable() and "\\x1b[31m" in message and len(message) < 300


@pytest.mark.parametrize(
    "source",
    [
        5,
        None,
        object(),
        {"a": 5},
        {"a": "xy"},
        {"a": [1], "b": [1, 2]},
        [],
        [[]],
        {},
        [1, 2, 3],
        np.zeros((2, 2, 2)),
        np.float64(3),
        [[1, 2], [3]],
        pd.DataFrame(),
        [["school", "a", "b"]],
        pd.DataFrame({"a": []}),
        "",
        b"",
    ],
    ids=lambda source: repr(source).partition(" at 0x")[0],
)
def test_what_is_no_table_is_said(source):
    assert faults(source)[0].isprintable()


# ---------------------------------------------------------------- numbers that would be given wrongly

THREE = ["A", "B", "C"]
PAIR = {"native": [90, 50, 41], "foreign": [10, 50, 5]}


@pytest.mark.parametrize(
    "name", ["No.", "No", "#", "Row", "Order", "Number", "S.No", "Line", "Nr", "whatever"]
)
def test_a_column_that_numbers_the_rows_is_no_group(name):
    table = read({name: [1, 2, 3], "school": THREE, **PAIR})
    assert table.groups == ("native", "foreign") and table.focal == "foreign"
    assert name in "Nr" or f"left aside, because the rows are numbered there: '{name}'" in table.took


def test_rows_are_numbered_also_where_some_are_left_out_and_again_from_one():
    numbered = {"No.": [1, 2, 3, 1, 2, 3], "level": [1, 2, 1, 1, 2, 1], "school": list("ABCDEF")}
    counts = {"native": [9, 8, 5, 7, 8, 3], "foreign": [2, 9, 4, 4, 6, 9]}
    assert read({**numbered, **counts}, unit="school").groups == ("native", "foreign")
    file = as_csv({"x": range(1, 7), **{k: v for k, v in numbered.items() if k != "No."}, **counts})
    assert read(file, where={"level": 1}).groups == ("native", "foreign")


def test_a_numbered_column_counts_where_it_is_named():
    table = read({"school": THREE, "x": [1, 2, 3], **PAIR}, count=["x", "native"])
    assert table.groups == ("x", "native")


def test_too_little_left_says_what_was_set_aside():
    messages = faults({"school": THREE, "x": [1, 2, 3], "native": [5, 9, 7]})
    assert "'x' numbers the rows and was left aside" in messages[-1]


@pytest.mark.parametrize("name", ["Founded", "Opened", "Built", "whenever"])
def test_years_are_no_group(name):
    table = read({"school": THREE, name: [1901, 1950, 1987], **PAIR})
    assert table.groups == ("native", "foreign") and any(name in line for line in table.took)


@pytest.mark.parametrize("name", ["Classrooms", "Budget 2024", "Absences", "Age"])
def test_what_is_counted_but_no_pupils_is_no_group(name):
    table = read({"school": THREE, name: [19, 15, 17], **PAIR})
    assert table.groups == ("native", "foreign") and f"left aside: '{name}'" in table.took


def test_ages_are_groups_where_nothing_else_could_be():
    assert read({"school": THREE, "age 6": [9, 5, 8], "age 7": [10, 5, 9]}).groups == ("age 6", "age 7")


@pytest.mark.parametrize(
    "name",
    [
        "Subtotal North",
        "Sub-total",
        "Sum",
        "Average",
        "Mean",
        "Totaal",
        "Insgesamt",
        "Totale",
        "Moyenne",
        "Media",
    ]
    + ["Mittelwert", "Promedio", "Total general", "Municipality total", "Town Total", "Average per school"],
)
def test_a_row_called_a_total_or_an_average_is_no_school(name):
    message = faults(csv("school,native,foreign", "A,90,10", "B,50,51", f"{name},1,2"))[0]
    assert f"line 4, column 'school': '{name}' looks like a total" in message and "Delete the row" in message


@pytest.mark.parametrize("name", ["Media Luna", "Summerhill", "All Saints", "Meanwood", "Totaline"])
def test_a_school_with_such_a_word_in_its_name_is_a_school(name):
    assert len(read(csv("school,native,foreign", "A,90,10", "B,50,51", f"{name},1,2"))) == 3


def test_a_row_that_is_the_sum_of_a_block_or_of_all_is_no_school():
    rows = ["A,90,10", "B,50,51", "North,140,61", "C,40,5", "D,7,7", "South,47,12", "Milwaukee,187,73"]
    messages = faults(csv("school,native,foreign", *rows))
    assert [message.split("'")[3] for message in messages] == ["North", "South", "Milwaukee"]
    long = [
        f"{s},{g},{n}"
        for s, *ns in (row.split(",") for row in rows[:3])
        for g, n in zip("xy", ns, strict=True)
    ]
    assert "line 6, column 'school': 'North' looks like a total" in faults(csv("school,group,n", *long))[0]


def test_a_total_without_a_name_is_not_called_nothing():
    rows = ("native,foreign", "90,10", "50,51", "140,61")
    for data in (csv(*rows), csv("school," + rows[0], "A,90,10", "B,50,51", ",140,61")):
        (message,) = faults(data)
        assert "line 4: this row has no name and looks like a total" in message and "''" not in message


def test_a_school_like_the_only_other_one_is_no_total():
    assert len(read(csv("school,native,foreign", "A,5,5", "B,5,5"))) == 2
    assert len(read(csv("school,native,foreign", "A,100,0", "B,0,100", "C,50,50"))) == 3


OTHER = {"free": [30, 20, 6], "paid": [70, 80, 40]}


def test_two_groupings_side_by_side_are_asked_about():
    for columns in (
        {**PAIR, **OTHER},
        {"native": PAIR["native"], **OTHER, "foreign": PAIR["foreign"]},
        {**PAIR, **OTHER, "total": [100, 100, 46]},
        {**PAIR, **OTHER, "girls": [48, 50, 23], "boys": [52, 50, 23]},
    ):
        message = faults({"school": THREE, **columns})[0]
        assert "'native', 'foreign'" in message and "'free', 'paid'" in message
        assert "--count native --count foreign" in message
        assert read({"school": THREE, **columns}, count=["free", "paid"]).groups == ("free", "paid")


def test_four_groups_are_four_groups():
    columns = {**PAIR, "near": [30, 20, 6], "far": [70, 80, 41]}
    assert len(read({"school": THREE, **columns}).groups) == 4


def test_two_years_side_by_side_are_asked_about():
    columns = {"Native 2023": [90, 50, 41], "Foreign 2023": [10, 50, 5]}
    columns |= {"Native 2024": [91, 50, 41], "Foreign 2024": [10, 52, 5]}
    assert "--count 'Native 2024' --count 'Foreign 2024'" in faults({"school": THREE, **columns})[0]
    columns = {
        f"{name} {year}": [90 - k, 50, 41] for year in (2023, 2024) for k, name in enumerate(["Roll", "Free"])
    }
    assert "--count 'Free 2024' --total 'Roll 2024'" in faults({"school": THREE, **columns})[0]


@pytest.mark.parametrize(
    "name", ["of which Roma", "di cui rom", "davon neu", "dont nouveaux", "de los cuales nuevos"]
)
def test_a_part_of_another_column_is_asked_about(name):
    assert "would be counted twice" in faults({"school": THREE, **PAIR, name: [1, 9, 5]})[0]
    table = read({"school": THREE, "pupils": [90, 59, 41], name: [1, 9, 5]})
    assert table.focal == name and len(table.groups) == 2


@pytest.mark.parametrize(
    "name", ["% foreign", "Foreign per cent", "percent_foreign", "Share", "pct far", "Quota"]
)
def test_a_percentage_is_never_pupils(name):
    data = {"school": THREE, "roll": [90, 50, 41], name: [10, 51, 5]}
    text = "\n".join(faults(data))
    assert f"--count '{name}'" not in text and "the number of pupils is needed" in text
    for roles in ({"total": "roll", "count": name}, {"total": name, "count": "roll"}):
        assert "this is a percentage; the number of pupils is needed" in faults(data, **roles)[0]


def test_schools_counted_once_for_each_year_are_said():
    table = read({"school": ["A", "B", "A"], "year": [1, 1, 2], "x": [5, 9, 7], "y": [4, 4, 8]}, by="year")
    assert "the whole adds up 2 values of 'year': its 3 rows are 2 schools" in table.took[-1]
    assert "adds up" not in read({"school": THREE, "sector": ["s", "s", "p"], **PAIR}, by="sector").took[-1]


def test_a_sheet_is_chosen_by_its_name():
    data = book([*UGLY_FILES["TOWN"]], [*UGLY_FILES["TOWN"], ["C", 7, 9]])
    assert len(read(data)) == 2 and len(read(data, sheet="Sheet2")) == 3
    assert "sheet: 'Sheet2'; not read: 'Sheet1'" in read(data, sheet="Sheet2").took
    assert "The sheets are: 'Sheet1', 'Sheet2'. Did you mean" in faults(data, sheet="Shet2")[0]
    assert "only an Excel workbook has sheets" in faults(TOWN, sheet="Sheet2")[0]


def test_hidden_rows_of_a_workbook_are_counted_and_said():
    from io import BytesIO

    from openpyxl import load_workbook

    out, workbook = BytesIO(), load_workbook(BytesIO(book([*UGLY_FILES["TOWN"], ["C", 7, 9]])))
    workbook.active.row_dimensions[3].hidden = True
    workbook.save(out)
    table = read(out.getvalue())
    assert len(table) == 3
    assert "rows that are hidden in the workbook were counted too: 1 (lines 3)" in table.took


@pytest.mark.parametrize("name", ["Group", "Origin", "Gruppo"])
def test_a_table_on_its_side_is_asked_about(name):
    data = {name: ["native", "foreign"], "Northfield": [90, 10], "Eastfield": [40, 5]}
    assert "lie on its side" in faults(data)[0] and f"--unit {name}" in faults(data)[0]
    assert len(read(data, unit=name)) == 2


def test_a_column_nobody_can_read_is_said_and_not_left_out():
    assert "1204 pupils" in faults(csv("school;a;b;c", "A;1.204;10;4", "B;2.330;5;5", "C;1.001;7;8"))[0]
    rows = [["school", "a", "b"], *([s, f"=B{i}", 4 + i * i] for i, s in enumerate(THREE))]
    assert "column 'a': formulas without saved values came" in faults(book(rows))[0]
    rows = [["school", "a", "b"], *([s, "#REF!", 4 + i * i] for i, s in enumerate(THREE))]
    assert "a formula that no longer works" in faults(book(rows))[0]
    rows[2][1], rows[1][1], rows[3][1] = "#REF!", 5, 9
    assert "line 3, column 'a': '#REF!' came, a formula that no longer works" in faults(book(rows))[0]


def test_a_name_only_in_the_first_of_several_rows_is_filled_down():
    messages = faults(csv("school,group,n", "A,x,1", ",y,5", "B,x,3", ",y,4"))
    assert len(messages) == 2 and "line 3, column 'school': no school is named" in messages[0]
    assert "fill its name down" in messages[0]


def test_single_pupils_are_to_be_counted_first():
    for more in ({}, {"pupil": [1, 2, 3, 4, 5]}, {"age": [9, 8, 9, 9, 8]}):
        data = {**more, "school": list("AAABB"), "origin": list("xyxyx")}
        assert "Count them first" in faults(data)[0]


def test_a_note_beside_a_table_names_its_cell():
    rows = [["school", "a", "b"], ["A", 1, 2], ["B", 3, 5, None, "ask Ms Rossi"], ["C", 4, 4]]
    (message,) = faults(book(rows))
    assert "cell E3" in message and "'ask Ms Rossi'" in message and "separator" not in message


def test_records_are_read_and_other_things_said():
    records = [{"school": "A", "x": 5, "y": 7}, {"school": "B", "x": 9, "y": 7}]
    assert read(records) == read(pd.DataFrame(records))
    series = pd.DataFrame(LONG, columns=["school", "group", "n"]).set_index(["school", "group"])["n"]
    assert ".unstack()" in faults(series)[0]
    assert "a dict of columns and values was expected" in faults(WIDE, where="native=1")[0]


# ---------------------------------------------------------------- cost


def test_two_hundred_thousand_rows_take_about_a_second():
    rows = [f"school {i},g{k},{i % 97 + k},public" for i in range(40_000) for k in range(5)]
    data = csv("school,group,n,sector", *rows)
    start = time.process_time()
    table = read(data)
    assert table.counts.shape == (40_000, 5) and table.counts.sum() == sum(int(r.split(",")[2]) for r in rows)
    assert time.process_time() - start < 3  # 0.6 s alone; three times that on a busy machine


def test_reading_loads_neither_pandas_nor_openpyxl():
    code = (
        "import sys; from segkit.tables import read; read({'school': ['A'], 'a': [1], 'b': [2]});"
        "print([m for m in ('pandas', 'openpyxl', 'matplotlib', 'scipy') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
