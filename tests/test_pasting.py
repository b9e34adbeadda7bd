"""Pasting into the calculator: numbers never shift, words alone make names, and nothing wrong is silent."""

import time

import numpy as np
import pytest

import segkit as sk
from segkit.widgets import pasted
from segkit.widgets.calculator import Calculator
from segkit.widgets.typed import Typed, edit, play, story, typed_from
from segkit.words import say

START = Typed(("poor", "rich"), (("North", "3", "7"), ("South", "6", "4"), ("East", "5", "5")))


def after(text, row=0, column=1, start=START):
    return play(story(start), {"do": "paste", "row": row, "column": column, "text": text})


def block(*rows):
    return "\r\n".join("\t".join(map(str, row)) for row in rows) + "\r\n"


def silent(counts=None):
    """A calculator whose messages are kept instead of sent."""
    calculator, sent = Calculator(counts), []
    calculator.send = lambda content, buffers=None: sent.append(content)
    return calculator, sent


def say_to(calculator, message, buffers=()):
    calculator._hear(calculator, message, list(buffers))


def open_file(calculator, data):
    say_to(calculator, {"do": "file", "view": "a", "name": "mine.csv"}, [memoryview(data)])


def saved(sent):
    return next(message["text"] for message in reversed(sent) if message["kind"] == "save")


def faults_at(now):
    return [(fault.row, fault.column) for fault in now.reading.faults]


# --- only words make names


@pytest.mark.parametrize("slip", ["1,204", "<5", "12%", "-3", "12.5", "1 204", "(3)", "5*", "1e5", "2/3"])
@pytest.mark.parametrize("column", [0, 1])
def test_what_is_almost_a_number_is_never_a_name(slip, column):
    now = after(block([slip, 7], [slip, 4], [slip, 5]), column=column)
    assert [row[0] for row in now.now.rows] == ["North", "South", "East"]
    assert [row[1] for row in now.now.rows] == [slip] * 3
    assert faults_at(now) == [(0, 1), (1, 1), (2, 1)] and now.reading.table is None


def test_a_column_of_slips_pasted_at_the_names_goes_to_the_numbers():
    now = after("1,204\n<5\n12", column=0)
    assert [row[:2] for row in now.now.rows] == [("North", "1,204"), ("South", "<5"), ("East", "12")]


def test_schools_called_by_a_letter_are_still_schools():
    assert after(block(["A", 1, 2], ["C", 3, 4], ["X", 5, 6])).now.rows[1] == ("C", "3", "4")


# --- totals


@pytest.mark.parametrize("name", ["Total", "TOTAL:", "Sum", "All schools"])
@pytest.mark.parametrize("headed", [True, False])
def test_a_row_of_totals_is_marked_in_the_words_of_a_file(name, headed):
    rows = [["A", 1, 2], ["B", 3, 4], [name, 4, 6]]
    now = after(block(*([["School", "a", "b"]] if headed else []), *rows))
    assert now.reading.table is None and faults_at(now) == [(2, 0)]
    with pytest.raises(sk.TableError) as error:
        sk.read([["School", "a", "b"], *rows])
    assert error.value.faults[0].split(": ", 1)[1] == now.reading.faults[0].says.split(": ", 1)[1]
    assert play(now, {"do": "remove school", "row": 2}).good.units == ("A", "B")


def test_a_last_row_that_is_exactly_the_sum_of_the_others_is_marked_whatever_its_name():
    rows = [[f"S{i}", i + 1, 2 * i + 3] for i in range(7)]
    sums = [sum(row[1] for row in rows), sum(row[2] for row in rows)]
    assert faults_at(after(block(["School", "a", "b"], *rows, ["Marenza", *sums]))) == [(7, 0)]
    assert faults_at(after(block(["School", "a", "b"], *rows, ["Marenza", sums[0], sums[1] + 1]))) == []


def test_a_row_of_totals_typed_by_hand_is_marked_too():
    sheet = edit(START, {"do": "cell", "row": 2, "column": 0, "text": "Total"})
    assert [(fault.row, fault.column) for fault in story(sheet).reading.faults] == [(2, 0)]


# --- the columns of a block are told apart as in a file


def test_a_column_of_totals_is_not_counted_again_and_that_is_said():
    now = after(block(["School", "a", "b", "Total"], ["A", 1, 2, 3], ["B", 3, 4, 7], ["C", 5, 1, 6]))
    assert now.good.groups == ("a", "b") and any("'Total'" in line for line in now.now.took)


def test_a_roll_and_a_part_make_two_groups():
    now = after(block(["School", "Number on roll", "Free meals"], ["A", 100, 30], ["B", 50, 10]))
    assert now.good.groups == ("Free meals", "not Free meals") and now.good.focal == "Free meals"
    assert np.asarray(now.good).tolist() == [[30, 70], [10, 40]]


def test_percentages_and_numbers_of_lines_are_not_groups_and_that_is_said():
    heads = ["No.", "School", "a", "b", "% a"]
    now = after(block(heads, [1, "A", 1, 3, "25%"], [2, "B", 3, 3, "50%"], [3, "C", 9, 3, "75%"]))
    assert now.good.groups == ("a", "b") and now.good.units == ("A", "B", "C")
    assert any("'% a'" in line for line in now.now.took) and any("'No.'" in line for line in now.now.took)


def test_a_long_block_becomes_a_table_of_schools():
    rows = [["A", "x", 1], ["A", "y", 2], ["B", "x", 3], ["B", "y", 4]]
    now = after(block(["School", "Group", "Pupils"], *rows))
    assert now.good.groups == ("x", "y") and np.asarray(now.good).tolist() == [[1, 2], [3, 4]]


def test_names_without_a_heading_are_read_as_a_file_too():
    now = after(block(["A", 1, 2, 3], ["B", 3, 4, 7], ["C", 5, 1, 6]))
    assert now.good.groups == ("poor", "rich") and now.good.units == ("A", "B", "C")
    assert any("sum" in line for line in now.now.took)


def test_a_refused_block_stays_as_it_came_and_is_never_counted_by_mistake():
    now = after(block(["School", "Roll", "Free meals"], ["A", "1,204", 30], ["B", 50, 10]))
    assert now.now.groups == ("Roll", "Free meals") and now.now.rows[0] == ("A", "1,204", "30")
    assert (0, 1) in faults_at(now) and now.good.units == ("North", "South", "East")
    corrected = play(now, {"do": "cell", "row": 0, "column": 1, "text": "1204"})
    assert corrected.reading.table is None  # the roll is no group: 30 pupils would be counted twice
    assert "everyone" in corrected.reading.faults[0].says
    renamed = play(corrected, {"do": "cell", "row": -1, "column": 1, "text": "Paying"})
    assert renamed.good.groups == ("Paying", "Free meals")


def test_a_refused_block_whose_columns_are_all_groups_counts_once_it_is_corrected():
    now = after(block(["School", "a", "b"], ["A", "<5", 30], ["B", 50, 10]))
    assert faults_at(now) == [(0, 1)]
    assert np.asarray(play(now, {"do": "cell", "row": 0, "column": 1, "text": "4"}).good).tolist() == [
        [4, 30],
        [50, 10],
    ]


def test_a_total_that_is_not_the_sum_is_told_and_can_be_removed():
    now = after(block(["School", "a", "b", "Total"], ["A", 1, 2, 3], ["B", 3, 4, 8], ["C", 5, 1, 6]))
    assert now.reading.table is None and now.reading.faults[0].row == -1
    assert "--" not in now.reading.faults[0].says
    assert play(now, {"do": "remove group", "column": 3}).good.groups == ("a", "b")


def test_a_reader_can_say_that_a_column_is_a_group_after_all():
    now = after(block(["School", "a", "b"], ["A", 1, 9], ["B", 2, 8], ["C", 3, 7]))
    assert now.reading.table is None and faults_at(now) == [(-1, 1)]  # are the rows only numbered in 'a'?
    other = play(now, {"do": "cell", "row": -1, "column": 2, "text": "others"})
    assert other.reading.table is None
    named = play(now, {"do": "cell", "row": -1, "column": 1, "text": "poor"})
    assert named.good.groups == ("poor", "b") and np.asarray(named.good).tolist() == [[1, 9], [2, 8], [3, 7]]
    three = after(block(["School", "x", "a", "b"], ["A", 5, 1, 9], ["B", "<5", 2, 8], ["C", 6, 3, 7]))
    sure = play(three, {"do": "cell", "row": -1, "column": 2, "text": "poor"})
    assert play(sure, {"do": "remove group", "column": 1}).good.groups == ("poor", "b")


def test_a_block_about_single_children_is_not_even_shown():
    now = after(block(["Surname", "School", "n"], ["Secretname", "A", 1], ["Other", "B", 2]))
    assert now.now == START and "single children" in now.now.said


# --- headings


@pytest.mark.parametrize(
    "heading",
    [
        ["School", 2023, 2024], ["School name", 2024, 2023], ["", 2023, 2024], ["Town", 2023, 2024],
        ["School", "Grade 1", "Grade 2"], ["", "Grade 1", "2nd grade"], ["School", 1, 2], ["Name", "a", "c"],
        ["Zone", "Native", 2024], ["School", "%", "x"],
    ],
)  # fmt: skip
def test_a_heading_is_a_heading_whatever_digits_are_in_it(heading):
    now = after(block(heading, ["A", 10, 20], ["B", 30, 41]))
    assert now.now.groups == tuple(map(str, heading[1:]))
    assert now.now.rows == (("A", "10", "20"), ("B", "30", "41"))


@pytest.mark.parametrize(
    "line", [["Centre", 3, 7], ["North", 2019, 7], ["North", 12, "twelve"], ["N", "<5", "n/a"]]
)
def test_a_first_school_is_not_taken_for_a_heading(line):
    now = after(block(line, ["B", 30, 41], ["D", 1, 2]))
    assert now.now.rows[0] == tuple(map(str, line)) and len(now.now.rows) == 3


def test_titles_above_the_heading_are_left_aside():
    title, blank = ["Schools of Marenza, 2024", "", ""], ["", "", ""]
    now = after(block(title, blank, ["School", "a", "b"], ["A", 1, 2], ["B", 3, 4]))
    assert now.good.groups == ("a", "b") and now.good.units == ("A", "B")


def test_a_school_without_numbers_above_the_others_is_no_title():
    now = after(block(["A", "", ""], ["B", 3, 4], ["D", 5, 6]))
    assert now.now.rows[0] == ("A", "", "") and faults_at(now) == [(0, 1), (0, 2)]


def test_a_heading_over_one_column_of_names_is_not_a_school():
    assert [row[0] for row in after("School\nA\nB\nC", column=0).now.rows] != ["School", "A", "B", "C"]


# --- what was there before


def test_no_old_school_stays_below_a_pasted_table():
    assert after(block(["A", 1, 2], ["B", 3, 4])).now.rows == (("A", "1", "2"), ("B", "3", "4"))


def test_schools_pasted_further_down_are_laid_there_and_it_is_said_how_many_others_there_are():
    now = after(block(["A", 1, 2], ["B", 3, 4]), row=1).now
    assert [row[0] for row in now.rows] == ["North", "A", "B"] and "still in it: 1" in now.said


def test_names_with_one_column_do_not_stand_beside_the_numbers_of_other_schools():
    now = after(block(["A", 1], ["B", 3]))
    assert now.now.rows == (("A", "1", ""), ("B", "3", "")) and now.reading.table is None
    same = after(block(["North", 1], ["South", 3]))
    assert same.now.rows == (("North", "1", "7"), ("South", "3", "4"), ("East", "5", "5"))


# --- rows and cells


def test_blank_rows_stay_blank_and_no_number_moves_up():
    now = after("1\t2\r\n\r\n5\t6\r\n")
    assert now.now.rows == (("North", "1", "2"), ("South", "", ""), ("East", "5", "6"))
    assert faults_at(now) == [(1, 1), (1, 2)]
    assert [row[1] for row in after("\n1\n2").now.rows] == ["", "1", "2"]
    assert [row[1] for row in after("1\n2\n\n").now.rows] == ["1", "2", ""]  # the last cell was copied blank
    assert len(after("1\n2\n3\n\n\n").now.rows) == 3


def test_a_name_with_a_line_break_in_quotes_is_one_cell():
    now = after('School\ta\tb\r\n"St\nAnne"\t1\t2\r\n"The ""Old"" Mill"\t3\t4\r\n')
    assert now.now.rows == (("St Anne", "1", "2"), ('The "Old" Mill', "3", "4"))
    assert after('"St Anne\t1\t2\nB\t3\t4').now.rows == (('"St Anne', "1", "2"), ("B", "3", "4"))


@pytest.mark.parametrize("separator", [",", ";"])
def test_text_separated_by_commas_or_semicolons_is_split(separator):
    text = "School,a,b\nA,1,2\nB,3,4\n".replace(",", separator)
    assert after(text).now.rows == (("A", "1", "2"), ("B", "3", "4"))
    assert after("A;12,5;3\nB;3;4").now.rows[0] == ("A", "12,5", "3")


@pytest.mark.parametrize("text", ["1,204\n2,310", "12,5\n13,5", "1,204,300\n5,300"])
def test_a_comma_inside_a_number_separates_nothing(text):
    now = after(text)
    assert [row[1] for row in now.now.rows][:2] == text.split("\n") and len(now.reading.faults) == 2


def test_unequal_lines_of_commas_change_nothing_and_say_why():
    now = after("A,1,204,7\nB,300,5\n")
    assert now.now == START and now.now.said == say("calculator.paste_unequal")


def test_names_with_commas_are_names():
    now = after("Harbour, East\nCastle, West\nMill", column=0)
    assert [row[0] for row in now.now.rows] == ["Harbour, East", "Castle, West", "Mill"]


def test_thirty_schools_that_could_not_be_read_are_answered_at_once():
    rows = [[f"S{i}", i + 10, i * 7 + 3, 5, 6] for i in range(30)]
    rows[3][1] = "<5"
    now = after(block(["School", "a", "b", "c", "Roll"], *rows))
    assert now.now.as_it_came
    took = []
    for k in range(7):
        start = time.perf_counter()
        now = play(now, {"do": "cell", "row": 3, "column": 1, "text": str(k)})
        took.append(time.perf_counter() - start)
    assert sorted(took)[3] < 0.03


def test_a_table_copied_out_of_the_page_can_be_pasted_again():
    before = typed_from(sk.read({"School": ["A", "B"], "a": [1, 2], "b": [3, 4]}))
    text = block(["School", *before.groups], *before.rows)
    assert after(text).now.rows == before.rows and pasted.blocks(text)[0][0] == "School"


# --- a file on the page: what was taken stands below the table, and what cannot be read is refused in words


def test_what_was_taken_and_left_out_stands_below_the_table_until_another_table_comes():
    calculator, sent = silent()
    open_file(calculator, b"school,town,a,b\nA,x,1,2\nB,y,3,4\n")
    took = sent[-1]["took"]
    assert all(part in took for part in ("'school'", "'a', 'b'", "left out: 'town'", "the smallest"))
    calculator.play({"do": "cell", "row": 0, "column": 1, "text": "7"})
    assert sent[-1]["took"] == took
    calculator.play({"do": "undo"})
    calculator.play({"do": "undo"})
    assert sent[-1]["took"] == ""


@pytest.mark.parametrize(
    "header, rows, opens",
    [
        ("school,a,b", ["A,1,2", "B,3,4"], False),
        ("school,a,b,c", ["A,1,2,9", "B,3,4,8"], True),
        ("school,a,b,capacity", ["A,1,2,90", "B,3,4,80"], True),
        ("school,town,a,b", ["A,x,1,2", "B,x,3,4"], False),
    ],
)
def test_which_columns_opens_by_itself_where_something_else_could_be_meant(header, rows, opens):
    calculator, sent = silent()
    open_file(calculator, "\n".join([header, *rows]).encode())
    assert sent[-1]["columns"]["open"] is opens and not sent[-1]["file_faults"]
    told = [{"column": c["name"], "role": c["role"], "where": ""} for c in sent[-1]["columns"]["list"]]
    say_to(calculator, {"do": "columns", "view": "a", "roles": told})
    assert sent[-1]["columns"]["open"] is False  # the reader has said it


@pytest.mark.parametrize(
    "roles, parts",
    [
        (["unit", "total", "total", "count"], ["all pupils", "'roll', 'a'"]),
        (["unit", "unit", "count", "count"], ["school", "'school', 'roll'"]),
        (["out", "out", "out", "out"], ["Every column was left out"]),
        (["unit", "group", "out", "out"], ["name of the group", "pupils of a group"]),
        (["unit", "group", "total", "count"], ["name of the group", "all pupils", "do not go together"]),
        (["unit", "total", "out", "out"], ["pupils of a group"]),
    ],
)
def test_columns_that_cannot_be_read_so_are_refused_in_the_words_of_the_page(roles, parts):
    calculator, sent = silent()
    open_file(calculator, b"school,roll,a,b\nA,10,1,9\nB,20,3,17\n")
    before = calculator.counts.tolist()
    names = ("school", "roll", "a", "b")
    told = [{"column": c, "role": r, "where": ""} for c, r in zip(names, roles, strict=True)]
    say_to(calculator, {"do": "columns", "view": "a", "roles": told})
    assert calculator.counts.tolist() == before and len(sent[-1]["file_faults"]) == 1
    assert all(part in sent[-1]["file_faults"][0] for part in parts)
    assert [column["role"] for column in sent[-1]["columns"]["list"]] == roles


def test_the_numbers_of_an_earlier_table_say_so_when_they_are_taken_home():
    calculator, sent = silent([[30, 20], [10, 40]])
    say_to(calculator, {"do": "download", "view": "a", "what": "numbers"})
    assert saved(sent).startswith("\ufeffIndex,")
    calculator.play({"do": "cell", "row": 0, "column": 1, "text": "x"})
    say_to(calculator, {"do": "download", "view": "a", "what": "numbers"})
    first, second, *_ = saved(sent).removeprefix("\ufeff").splitlines()
    assert say("calculator.stale") in first and second.startswith("Index,")


@pytest.mark.parametrize(
    "rows",
    [
        ["school,code,n,group", "A,1,5,x", "A,1,6,y", "B,2,7,x", "B,2,8,y"],
        ["school,a,b,total", "A,1,2,3", "B,3,4,9"], ["school,year,a,b", "A,1,1,2", "A,2,3,4"],
        ["one,two,a,b", "A,x,1,2", "B,y,3,4"], ["school,a", "A,1", "B,2"], ["school,text", "A,x", "B,y"],
        ["school,number on roll,total,a", "A,9,8,1", "B,9,7,2"],
    ],
)  # fmt: skip
def test_no_message_on_the_page_speaks_of_a_command_line(rows):
    calculator, sent = silent()
    open_file(calculator, "\n".join(rows).encode())
    calculator.play({"do": "paste", "row": 0, "column": 1, "text": "\n".join(rows)})
    told = [*sent[-1]["file_faults"], sent[-1]["said"], sent[-1]["took"]]
    typed_faults = [fault["says"] for fault in sent[-1]["table"]["faults"]]
    assert not [text for text in [*told, *typed_faults] if "--" in text]
    assert not [text for text in typed_faults if say("calculator.columns") in text]  # it is for files


def test_a_table_that_cannot_be_read_is_not_opened():
    with pytest.raises(sk.TableError, match="total"):
        Calculator(sk.Table(("A", "B", "Total"), ("a", "b"), [[1, 2], [3, 4], [4, 6]], "a"))
