"""The calculator without a browser: every gesture, the way back from it, and what the page is told."""

import csv
import io
import json
import re
import time
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import segkit as sk
from segkit import estimate
from segkit.widgets import page, typed
from segkit.widgets.calculator import LARGEST, Calculator, csv_text
from segkit.widgets.typed import Typed, edit, play, story

START = Typed(("poor", "rich"), (("North", "3", "7"), ("South", "6", "4")))


def after(*gestures, start=START):
    now = story(start)
    for gesture in gestures:
        now = play(now, gesture)
    return now


def cell(row, column, text, visit=None):
    return {"do": "cell", "row": row, "column": column, "text": text, "visit": visit}


def paste(text, row=0, column=1):
    return {"do": "paste", "row": row, "column": column, "text": text}


def numbers(sheet):
    return [[int(text) for text in row] for row in sheet.counts]


# --- gestures


def test_a_number_is_typed_where_it_is_typed_and_nowhere_else():
    assert edit(START, cell(1, 2, "12")).rows == (("North", "3", "7"), ("South", "6", "12"))
    assert edit(START, cell(-1, 1, "on free meals")).groups == ("on free meals", "rich")
    assert edit(START, cell(0, 0, "Harbour")).rows[0][0] == "Harbour"


def test_schools_and_groups_come_with_nobody_in_them_and_change_no_number():
    now = after({"do": "add school"}, {"do": "add group"})
    assert now.now.rows[2] == ("School 3", "0", "0", "0")
    assert now.now.groups == ("poor", "rich", "Group 3")
    assert sk.dissimilarity(now.good) == pytest.approx(sk.dissimilarity([[3, 7], [6, 4]]), abs=1e-15)


def test_a_new_name_is_one_nobody_has():
    taken = edit(START, cell(0, 0, "School 3"))
    assert edit(taken, {"do": "add school"}).rows[2][0] == "School 4"


def test_two_to_six_groups_and_at_least_one_school():
    many = after(*[{"do": "add group"}] * 9).now
    assert len(many.groups) == 6 and "6" in many.said
    assert len(after(*[{"do": "remove group", "column": 1}] * 9).now.groups) == 2
    assert len(after(*[{"do": "remove school", "row": 0}] * 9).now.rows) == 1


def test_the_focal_group_stays_the_same_group_when_another_is_removed():
    three = after({"do": "add group"}, {"do": "focal", "column": 3}, {"do": "remove group", "column": 1}).now
    assert three.groups[three.focal] == "Group 3"
    gone = edit(three, {"do": "remove group", "column": 2})
    assert gone.groups == three.groups  # two groups are the fewest
    four = after({"do": "add group"}, {"do": "focal", "column": 2}, {"do": "remove group", "column": 2}).now
    assert four.groups[four.focal] == "poor"


def test_choosing_the_focal_group_changes_gorard_and_not_dissimilarity():
    before, now = story(START).good, after({"do": "focal", "column": 2}).good
    assert sk.dissimilarity(before) == pytest.approx(sk.dissimilarity(now))
    assert sk.gorard(before) != pytest.approx(sk.gorard(now))


@pytest.mark.parametrize(
    "gesture",
    [
        {}, {"do": "explode"}, {"do": "cell"}, cell(99, 1, "3"), cell("one", 1, "3"), cell(0, -1, "3"),
        cell(-1, 0, "3"), cell(0, 1.5, "3"), {"do": "remove school", "row": 7},
        {"do": "remove group", "column": "x"},
        {"do": "focal", "column": 0}, {"do": "fill", "name": "nonsense"}, {"do": "add school", "extra": 1},
        paste(""), paste("\n\n"), {"do": "undo"}, {"do": "redo"},
    ],
)  # fmt: skip
def test_a_gesture_that_makes_no_sense_changes_nothing(gesture):
    assert after(gesture).now == START and after(gesture).past == ()


def test_twice_the_group_doubles_the_focal_column_only_and_is_undone_in_one_step():
    now = after({"do": "focal", "column": 2}, {"do": "double"}, {"do": "double"})
    assert numbers(now.now) == [[3, 28], [6, 16]] and now.now.origin == "yours"
    assert sk.dissimilarity(now.good) == pytest.approx(sk.dissimilarity([[3, 7], [6, 4]]), abs=1e-15)
    assert sk.isolation(now.good) > sk.isolation([[7, 3], [4, 6]])
    assert numbers(play(now, {"do": "undo"}).now) == [[3, 14], [6, 8]]


def test_twice_the_group_waits_until_a_slip_in_the_group_is_corrected():
    now = after(cell(0, 1, "x"), {"do": "double"})
    assert now.now.counts == (("x", "7"), ("6", "4")) and "correct" in now.now.said


# --- pasting


def test_numbers_are_laid_from_the_cell_on_and_the_table_grows():
    now = after(paste("1\t2\t3\n4\t5\t6\n", row=1, column=1)).now
    assert now.rows == (("North", "3", "7", "0"), ("South", "1", "2", "3"), ("School 3", "4", "5", "6"))
    assert now.groups == ("poor", "rich", "Group 3")


def test_a_block_with_names_and_a_heading_is_a_table_of_its_own():
    now = after(paste("school\ta\tb\tc\nX\t1\t2\t3\nY\t4\t5\t6", row=1, column=2)).now
    assert now.groups == ("a", "b", "c") and now.rows == (("X", "1", "2", "3"), ("Y", "4", "5", "6"))


def test_a_heading_without_names_keeps_the_numbers_in_their_columns():
    now = after(paste("a\tb\n1\t2\n4\t5")).now
    assert now.groups == ("a", "b") and now.rows == (("School 1", "1", "2"), ("School 2", "4", "5"))


def test_names_without_a_heading_go_to_the_names_wherever_the_reader_clicked():
    for column in (0, 1):
        now = after(paste("X\t1\t2\nY\t4\t5", row=0, column=column)).now
        assert now.rows == (("X", "1", "2"), ("Y", "4", "5")) and now.groups == START.groups


def test_numbers_alone_pasted_at_the_names_are_counts():
    assert after(paste("1\t2\n4\t5", column=0)).now.rows == (("North", "1", "2"), ("South", "4", "5"))


def test_a_column_of_names_is_pasted_as_names():
    assert after(paste("X\nY\nZ", column=0)).now.rows == (("X", "3", "7"), ("Y", "6", "4"), ("Z", "0", "0"))


def test_a_slip_in_a_pasted_block_stays_as_it_was_written():
    now = after(paste("1\ttwelve\n-4\t5.5", row=0, column=1))
    assert now.now.rows == (("North", "1", "twelve"), ("South", "-4", "5.5"))
    assert [(f.row, f.column) for f in now.reading.faults] == [(0, 2), (1, 1), (1, 2)]


def test_columns_beyond_the_sixth_group_are_left_out_and_it_is_said():
    now = after(paste("\t".join("12345678") + "\n" + "\t".join("12345678"))).now
    assert len(now.groups) == 6 and "2 more columns" in now.said


def test_a_table_of_its_own_brings_all_its_groups_as_a_file_does():
    now = after(paste("\t".join("school a b c d e f g h".split()) + "\n" + "X\t1\t2\t3\t4\t5\t6\t7\t8")).now
    assert now.groups == tuple("abcdefgh")


# --- reading what is typed


@pytest.mark.parametrize("slip", ["12.5", "-3", "two", "", "  ", "1,204", "<5", "=1+1", "n/a", "9" * 30])
def test_a_slip_stays_as_typed_is_explained_and_the_last_good_table_stays(slip):
    now = after(cell(0, 1, "5"), cell(1, 2, slip))
    assert now.now.rows[1][2] == slip
    (fault,) = now.reading.faults
    assert (fault.row, fault.column) == (1, 2) and "South" in fault.says and "rich" in fault.says
    assert now.reading.table is None and np.asarray(now.good).tolist() == [[5, 7], [6, 4]]


def test_a_slip_is_explained_in_the_words_a_file_would_get():
    with pytest.raises(sk.TableError) as error:
        sk.read({"school": ["North", "South"], "poor": [3, 6], "rich": [7, "12.5"]})
    said = after(cell(1, 2, "12.5")).reading.faults[0].says
    assert error.value.faults[0].split(": ", 1)[1] == said.split(": ", 1)[1]


def test_names_must_be_there_and_differ():
    faults = after(cell(1, 0, "North "), cell(-1, 2, " ")).reading.faults
    assert [(f.row, f.column) for f in faults] == [(-1, 2), (1, 0)]


def test_spaces_around_a_number_do_no_harm():
    assert np.asarray(after(cell(0, 1, " 12 ")).good).tolist()[0] == [12, 7]


# --- undo


def test_letters_of_one_visit_to_a_cell_are_undone_together():
    typing = [cell(0, 1, text, visit="a1") for text in ("1", "12", "123")]
    now = after(*typing, cell(0, 1, "9", visit="a2"))
    assert [sheet.rows[0][1] for sheet in now.past] == ["3", "123"]
    back = play(now, {"do": "undo"})
    assert back.now.rows[0][1] == "123" and play(back, {"do": "redo"}).now.rows[0][1] == "9"


def test_a_new_gesture_after_undo_forgets_what_was_undone():
    now = after(cell(0, 1, "1"), {"do": "undo"}, cell(0, 1, "2"))
    assert now.future == () and play(now, {"do": "redo"}).now.rows[0][1] == "2"


def test_undoing_a_slip_brings_the_numbers_back():
    now = after(cell(0, 1, "x"), {"do": "undo"})
    assert now.reading.table is not None and np.asarray(now.good).tolist() == [[3, 7], [6, 4]]


some_text = st.text(alphabet="0123456789 abÀ\t\n.,-=<", max_size=12)
small = st.integers(-2, 8)
a_gesture = st.one_of(
    st.builds(cell, small, small, some_text, st.sampled_from([None, "v1", "v2"])),
    st.builds(paste, some_text, small, small),
    st.builds(lambda name: {"do": "fill", "name": name}, st.sampled_from([*typed.PRESETS, "none"])),
    st.builds(lambda do, at: {"do": do, "row": at}, st.just("remove school"), small),
    st.builds(lambda do, at: {"do": do, "column": at}, st.sampled_from(["remove group", "focal"]), small),
    st.builds(lambda do: {"do": do}, st.sampled_from(["add school", "add group", "double", "undo", "redo"])),
)


@given(st.lists(a_gesture, max_size=25))
@settings(max_examples=150, deadline=None)
def test_whatever_was_done_undoing_all_of_it_restores_the_start_and_redoing_the_end(gestures):
    end = after(*gestures)
    now = end
    while now.past:
        now = play(now, {"do": "undo"})
    assert now.now == START
    while now.future:
        now = play(now, {"do": "redo"})
    for _ in end.future:
        now = play(now, {"do": "undo"})
    assert now.now == end.now


@given(st.lists(a_gesture, max_size=12))
@settings(max_examples=60, deadline=None)
def test_whatever_was_done_the_page_can_be_told_and_holds_every_letter(gestures):
    calculator, sent = silent([[3, 7], [6, 4]])
    for gesture in gestures:
        calculator.play(gesture)
    told = json.loads(json.dumps(sent[-1], allow_nan=False)) if sent else None
    if told:
        assert [tuple(row) for row in told["table"]["rows"]] == list(calculator._story.now.rows)
        assert all(len(row) == len(told["table"]["groups"]) + 1 for row in told["table"]["rows"])


# --- presets


def table_of(n):
    units = tuple(f"s{i}" for i in range(len(n)))
    groups = tuple(f"g{k}" for k in range(len(n[0])))
    return sk.Table(units, groups, np.array(n), groups[0])


counts = st.integers(2, 6).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 60), min_size=k, max_size=k), min_size=1, max_size=8)
)


@given(counts, st.sampled_from(["even", "complete", "chance"]), st.integers(1, 9))
@settings(deadline=None)
def test_a_filling_keeps_every_school_and_every_group_as_large_as_it_was(n, name, seed):
    n = np.array(n)
    filled = typed.FILLINGS[name](n, seed)
    assert filled.min() >= 0
    assert filled.sum(0).tolist() == n.sum(0).tolist() and filled.sum(1).tolist() == n.sum(1).tolist()


@given(counts)
@settings(deadline=None)
def test_an_even_filling_is_never_more_than_a_pupil_or_so_from_fair(n):
    n = np.array(n)
    fair = np.outer(n.sum(1), n.sum(0)) / max(n.sum(), 1)
    assert np.abs(typed.evenly(n) - fair).max() < n.shape[1]


def test_the_town_can_be_made_exactly_even_and_exactly_apart():
    town = np.asarray(typed.town())
    assert sk.dissimilarity(typed.evenly(town)) == 0
    assert sk.dissimilarity(typed.apart(town)) == 1
    assert 0.3 < sk.dissimilarity(town) < 0.5


def test_apart_finds_schools_that_fit_exactly_and_mixes_one_school_where_none_do():
    assert sk.dissimilarity(typed.apart(np.array([[5, 2], [1, 4], [2, 4], [1, 2]]))) == pytest.approx(
        1
    )  # 9 = 6 + 3
    mixed = typed.apart(np.array([[2, 8], [3, 7]]))
    assert ((mixed > 0).sum(1) == 2).sum() == 1


def test_each_press_of_by_chance_is_a_new_draw_and_says_which():
    now = after({"do": "fill", "name": "chance"})
    again = play(now, {"do": "fill", "name": "chance"})
    assert (now.now.seed, again.now.seed) == (1, 2) and "2" in again.now.said
    assert play(play(again, {"do": "undo"}), {"do": "fill", "name": "chance"}).now.seed == 3
    assert numbers(after({"do": "fill", "name": "chance"}).now) == numbers(now.now)


def test_a_filling_by_chance_gives_on_average_what_chance_is_said_to_give():
    n = np.asarray(typed.town())
    drawn = [sk.dissimilarity(typed.by_chance(n, seed)) for seed in range(400)]
    assert np.mean(drawn) == pytest.approx(estimate.expected(n, focal=0), abs=4 * np.std(drawn) / 20)


def test_filling_a_table_with_a_slip_starts_from_the_last_good_one():
    now = after(cell(0, 1, "x"), {"do": "fill", "name": "even"})
    assert np.array(numbers(now.now)).sum(0).tolist() == [9, 11]
    grown = after(
        {"do": "add school"},
        cell(2, 1, "x"),
        {"do": "remove school", "row": 0},
        {"do": "fill", "name": "even"},
    )
    assert "correct" in grown.now.said


# --- the page


def shown(n, show=("dissimilarity", "gorard")):
    return page.numbers_of(n if isinstance(n, sk.Table) else table_of(n), show)


def test_the_terms_are_the_readers_own_numbers_and_add_up():
    card = shown([[30, 200], [10, 40]])["cards"][0]
    first = card["terms"][0]["pieces"]
    assert [piece[1:] for piece in first if piece[0] == "over"] == [
        [[["number", "30"]], [["number", "40"]]],
        [[["number", "200"]], [["number", "240"]]],
    ]
    assert sum(float(term["value"]) for term in card["terms"]) == pytest.approx(
        float(card["exact"]), abs=1e-4
    )
    assert float(card["exact"]) == sk.dissimilarity([[30, 200], [10, 40]])


def test_every_index_of_the_shelf_is_shown_or_says_why_not():
    for n in (
        [[30, 20], [10, 40]],
        [[3, 2, 1], [1, 4, 9]],
        [[0, 5], [0, 5]],
        [[5, 5]],
        [[0, 0], [0, 0]],
        [[1, 0], [0, 0]],
    ):
        told = shown(n)
        assert [row["id"] for row in told["all"]] == list(sk.INDICES)
        assert all(bool(row["value"]) != bool(row["reason"]) for row in told["all"])
        json.dumps(told, allow_nan=False)


@given(counts)
@settings(max_examples=60, deadline=None)
def test_what_chance_gives_is_worked_out_at_once_for_all_and_is_the_same(n):
    made = table_of(n)
    for name, value in page.by_chance(made).items():
        try:
            assert value == pytest.approx(estimate.expected(made, name), abs=1e-12)
        except sk.CannotBeAssessed:
            pass


@pytest.mark.parametrize("name", ["gini", "atkinson"])
def test_what_chance_gives_without_a_formula_is_the_average_of_shuffles_marked_as_such(name):
    town, told = typed.town(), shown(typed.town())
    (row,) = (row for row in told["all"] if row["id"] == name)
    draws = [sk.INDICES[name](typed.by_chance(np.asarray(town), seed), focal=0) for seed in range(400)]
    near = 4 * np.std(draws) / np.sqrt(99) + 0.005  # its own draws, and its rounding
    assert row["expected"].startswith("≈ ") and told["others_note"]
    assert float(row["expected"][2:]) == pytest.approx(np.mean(draws), abs=near)
    assert shown(town)["all"] == told["all"]  # the same town always gets the same number


def test_a_table_too_long_to_be_shuffled_between_two_keystrokes_says_that_chance_is_not_known():
    rng = np.random.default_rng(1)
    for schools, groups in ((61, 2), (60, 5)):
        told = shown(rng.integers(1, 50, (schools, groups)).tolist())
        gini = next(row for row in told["all"] if row["id"] == "gini")
        assert gini["expected"] == "not known exactly" and told["others_note"] == ""


def test_no_two_rows_of_the_list_go_by_the_same_letter():
    symbols = [row["symbol"] for row in shown(typed.town())["all"] if row["symbol"]]
    assert len(symbols) == len(set(symbols)) > 10


def test_the_sentences_count_the_pupils_who_would_have_to_move():
    d, gs = shown(typed.town())["cards"]
    town = np.asarray(typed.town())
    assert (
        f"about {round(600 * sk.dissimilarity(town, focal=0))} " in d["means"]
        and "“Free meals”" in d["means"]
    )
    assert f"{round(600 * sk.gorard(town, focal=0))} of the 600" in gs["means"]
    isolation, interaction = shown([[20, 0], [10, 20]], ("isolation", "interaction"))["cards"]
    assert "78%" in isolation["means"] and isolation["means"].endswith("60%.")
    assert "22%" in interaction["means"] and interaction["means"].endswith("40%.")


def test_a_sentence_says_what_moving_that_many_pupils_really_does():
    n = np.asarray(typed.town(), float)
    surplus = np.maximum(n[:, 0] - n[:, 1] * (600 / 1400), 0).sum()  # leave, nobody takes the place
    assert surplus == pytest.approx(600 * sk.dissimilarity(n, focal=0))
    swapped = np.maximum(n[:, 0] - n.sum(1) * 0.3, 0).sum()  # swap, school sizes stay
    assert swapped == pytest.approx(600 * sk.gorard(n, focal=0))


def test_the_greatest_gap_of_the_curve_is_d():
    told = shown(typed.town())["curve"]
    gap = told["gap"]["high"] - told["gap"]["low"]
    assert gap == pytest.approx(sk.dissimilarity(np.asarray(typed.town())))
    assert told["segments"][0]["from"] == [0, 0] and told["segments"][-1]["to"] == pytest.approx([1, 1])
    assert {part["row"] for part in told["segments"]} == set(range(8))


def test_every_picture_says_its_numbers_in_words():
    told = shown(typed.town())
    assert "0.364" in told["curve"]["desc"]
    assert all(word in told["composition"]["desc"] for word in ("Harbour", "61%", "Old Mill", "11%", "30%"))


def test_a_school_without_pupils_takes_no_part_and_breaks_nothing():
    told = shown([[30, 20], [0, 0], [10, 40]])
    assert told["cards"][0]["terms"][1]["pieces"] == []
    assert [part["row"] for part in told["curve"]["segments"]] == [2, 0]


def test_thirty_schools_are_answered_before_anybody_waits():
    calculator, _ = silent(np.random.default_rng(1).integers(0, 200, (30, 5)))
    took = []
    for k in range(9):
        start = time.perf_counter()
        calculator.play(cell(0, 1, str(k)))
        took.append(time.perf_counter() - start)
    assert sorted(took)[4] < 0.5  # about 0.01 on a free core; `make bench` has the time


# --- the widget


def silent(counts=None, **options):
    """A calculator whose messages are kept instead of sent."""
    calculator, sent = Calculator(counts, **options), []
    calculator.send = lambda content, buffers=None: sent.append(content)
    return calculator, sent


def say_to(calculator, message, buffers=()):
    calculator._hear(calculator, message, list(buffers))


def saved(sent):
    return next(message["text"] for message in reversed(sent) if message["kind"] == "save")


def open_file(calculator, data, name="mine.csv"):
    say_to(calculator, {"do": "file", "view": "a", "name": name}, [memoryview(data)])


def test_it_hands_its_counts_to_the_next_cell():
    calculator, _ = silent([[30, 20], [10, 40]])
    calculator.play(cell(0, 1, "45"))
    assert calculator.counts.tolist() == [[45, 20], [10, 40]] and calculator.counts.dtype.kind == "i"
    assert sk.dissimilarity(calculator.counts) == sk.dissimilarity([[45, 20], [10, 40]])
    assert calculator.table.units == ("School 1", "School 2")
    calculator.counts[0, 0] = 99
    assert calculator.counts[0, 0] == 45  # a copy: nobody changes the table from outside


def test_it_tells_whoever_asked_about_every_new_good_table():
    calculator, _ = silent([[30, 20], [10, 40]])
    heard = []
    calculator.on_change(lambda c: heard.append(c.counts[0, 0]))
    for text in ("4", "x", "45"):
        calculator.play(cell(0, 1, text))
    assert heard == [4, 45]


def test_what_a_reader_brings_is_in_no_synced_trait():
    calculator, _ = silent([[7531, 20], [10, 40]])
    open_file(calculator, b"school,sentinelgroup,rich\nSentinelschool,8642,9\nB,1,2\n", "sentinelfile.csv")
    calculator.play(cell(0, 2, "9753"))
    calculator.play(cell(1, 0, "Sentinelother"))
    state = json.dumps(calculator.get_state(), default=str).lower()
    for secret in ("sentinel", "7531", "8642", "9753"):
        assert secret not in state


def test_two_views_get_the_same_page_and_each_its_own_place_in_the_conversation():
    calculator, sent = silent()
    say_to(calculator, {"do": "edit", "view": "a", "seq": 3, "gestures": [cell(0, 1, "1")]})
    say_to(calculator, {"do": "edit", "view": "b", "seq": 1, "gestures": [cell(0, 1, "2")]})
    assert sent[-1]["heard"] == {"a": 3, "b": 1} and sent[-1]["version"] == sent[-2]["version"] + 1


def test_a_browser_can_send_anything_and_is_always_answered():
    calculator, sent = silent()
    for message in (
        {}, {"do": "hello"}, {"do": "nonsense"}, {"do": "edit"}, {"do": "file"}, {"do": "columns"},
        {"do": "offer"}, {"do": "edit", "gestures": [{}], "view": "a"}, {"do": "edit", "gestures": "junk"},
        {"do": "edit", "gestures": [{"do": "become", "to": "junk"}]}, {"do": "edit", "seq": "x"},
        {"do": "download", "what": "nothing"}, {"do": "offer", "size": "x"}, {"do": "columns", "roles": 3},
    ):  # fmt: skip
        before = len(sent)
        say_to(calculator, message)
        assert len(sent) > before
    assert calculator.counts.sum() == 2000


def test_back_to_the_start_is_one_gesture_and_can_be_undone():
    calculator, _ = silent([[30, 20], [10, 40]])
    calculator.play(cell(0, 1, "1"))
    say_to(calculator, {"do": "edit", "view": "a", "seq": 1, "gestures": [{"do": "start"}]})
    assert calculator.counts.tolist() == [[30, 20], [10, 40]]
    calculator.play({"do": "undo"})
    assert calculator.counts.tolist() == [[1, 20], [10, 40]]


def test_a_calculator_opened_by_chance_draws_anew_at_the_first_press():
    calculator, _ = silent(preset="chance")
    before = calculator.counts
    calculator.play({"do": "fill", "name": "chance"})
    assert (calculator.counts != before).any()


def test_it_opens_with_any_preset_any_table_and_any_two_indices():
    assert sk.dissimilarity(silent(preset="even")[0].counts) == 0
    assert sk.dissimilarity(silent(preset="complete")[0].counts) == 1
    assert silent({"school": ["A", "B"], "roll": [10, 20], "free": [3, 4]})[0].table.focal == "free"
    calculator, sent = silent(show=("isolation", "interaction"))
    say_to(calculator, {"do": "hello", "view": "a"})
    assert [card["id"] for card in sent[-1]["numbers"]["cards"]] == ["isolation", "interaction"]
    with pytest.raises(ValueError, match="no index 'isolaton'"):
        Calculator(show="isolaton")
    with pytest.raises(ValueError, match="no preset 'evn'"):
        Calculator(preset="evn")


@pytest.mark.parametrize("name", list(sk.INDICES))
def test_any_index_of_the_shelf_can_be_worked_out(name):
    calculator, sent = silent([[3, 2, 1], [1, 4, 9]], show=(name,))
    say_to(calculator, {"do": "hello", "view": "a"})
    card = sent[-1]["numbers"]["cards"][0]
    assert float(card["exact"]) == sk.INDICES[name](calculator.table) and card["means"]


# --- the reader's own file


def test_a_csv_and_an_excel_file_are_opened_and_can_be_undone():
    book = openpyxl.Workbook()
    for row in (["school", "poor", "rich"], ["A", 1, 2], ["B", 3, 4]):
        book.active.append(row)
    book.save(box := io.BytesIO())
    for name, data in (("mine.csv", b"school;poor;rich\nA;1;2\nB;3;4\n"), ("mine.xlsx", box.getvalue())):
        calculator, sent = silent([[30, 20], [10, 40]])
        open_file(calculator, data, name)
        assert calculator.counts.tolist() == [[1, 2], [3, 4]] and calculator.table.groups == ("poor", "rich")
        assert sent[-1]["columns"]["list"][1]["role"] == "count" and name in sent[-1]["said"]
        calculator.play({"do": "undo"})
        assert calculator.counts.tolist() == [[30, 20], [10, 40]]


def test_a_bad_file_says_all_its_faults_and_changes_nothing():
    calculator, sent = silent([[30, 20], [10, 40]])
    open_file(calculator, b"school,poor,rich\nA,1.5,2\nB,-3,4\n", "bad.csv")
    assert len(sent[-1]["file_faults"]) == 2 and "line 2" in sent[-1]["file_faults"][0]
    assert calculator.counts.tolist() == [[30, 20], [10, 40]]
    open_file(calculator, b"school,poor,rich\nA,1,2\nB,3,4\n", "good.csv")
    assert sent[-1]["file_faults"] == []


def test_a_reader_says_which_columns_and_which_rows():
    calculator, sent = silent()
    rows = "code,town,roll,meals,year\nA,x,10,3,1\nA,x,12,4,2\nB,y,20,5,1\nB,y,22,6,2\n"
    open_file(calculator, rows.encode(), "years.csv")
    roles = [("code", "unit", ""), ("roll", "total", ""), ("meals", "count", ""), ("year", "where", "2")]
    told = [{"column": c, "role": r, "where": w} for c, r, w in roles]
    say_to(calculator, {"do": "columns", "view": "a", "roles": told})
    assert calculator.counts.tolist() == [[4, 8], [6, 16]] and calculator.table.focal == "meals"
    listed = {column["name"]: column for column in sent[-1]["columns"]["list"]}
    assert listed["year"]["role"] == "where" and listed["year"]["values"] == ["1", "2"]


SEVERAL = "year,school,roll,free\n2022,A,10,3\n2022,B,20,5\n2023,A,12,4\n2023,B,22,6\n"


def test_of_a_file_of_several_years_the_latest_is_shown_and_it_is_said():
    calculator, sent = silent()
    open_file(calculator, SEVERAL.encode(), "years.csv")
    assert calculator.counts.tolist() == [[4, 8], [6, 16]] and sent[-1]["file_faults"] == []
    assert "2 years (2022, 2023). Only 2023 is shown" in sent[-1]["said"]
    assert sent[-1]["columns"]["note"] in sent[-1]["said"] and sent[-1]["columns"]["open"]
    roles = {c["name"]: (c["role"], c["where"]) for c in sent[-1]["columns"]["list"]}
    assert roles["year"] == ("where", "2023") and roles["roll"][0] == "total" and roles["free"][0] == "count"
    told = [{"column": c, "role": r, "where": "2022"} for c, (r, _) in roles.items()]
    say_to(calculator, {"do": "columns", "view": "a", "roles": told})
    assert calculator.counts.tolist() == [[3, 7], [5, 15]] and sent[-1]["columns"]["note"] == ""


@pytest.mark.parametrize("name, groups", [("free_meals", 2), ("origin_by_school", 4), ("enrolment", 4)])
def test_the_files_of_the_invented_town_open_with_their_last_year(name, groups):
    calculator, sent = silent()
    data = Path(__file__).parents[1] / "data" / "marenza" / f"{name}.csv"
    open_file(calculator, data.read_bytes(), data.name)
    assert sent[-1]["file_faults"] == [] and "Only 2024 is shown" in sent[-1]["said"]
    assert calculator.counts.shape == (28, groups)


def test_a_reader_who_leaves_the_year_out_is_told_to_choose_one_and_nothing_is_chosen_for_them():
    calculator, sent = silent()
    open_file(calculator, SEVERAL.encode(), "years.csv")
    before = calculator.counts
    roles = [("year", "out"), ("school", "unit"), ("roll", "total"), ("free", "count")]
    told = [{"column": c, "role": r, "where": ""} for c, r in roles]
    say_to(calculator, {"do": "columns", "view": "a", "roles": told})
    assert "Which columns?" in sent[-1]["file_faults"][-1] and "'year'" in sent[-1]["file_faults"][-1]
    assert (calculator.counts == before).all()


@pytest.mark.parametrize(
    "lines",
    [
        SEVERAL.replace("2023,B", "2023,A"),
        "school,capacity\nA,100\nB,200\n",
        "a,b,poor,rich\nx,u,1,2\ny,v,3,4\n",
        "school,total,roll,free\nA,100,90,3\nB,50,40,9\n",
        "school,total,poor,rich\nA,9,1,2\nB,9,3,4\n",
        "school,group\nA,x\nB,y\n",
    ],
)
def test_a_fault_on_the_page_never_speaks_of_the_command_line(lines):
    calculator, sent = silent()
    open_file(calculator, lines.encode(), "some.csv")
    assert sent[-1]["file_faults"] and not re.search(r"(^|\s)--\w", " ".join(sent[-1]["file_faults"]))


def test_every_fault_that_names_an_option_has_its_sentence_for_a_page():
    from segkit.words.en import WORDS

    options = re.compile(r"--\w|\{example\}|\{counts\}|write \{where\}|\{option\}")
    spoken = {key for key, text in WORDS.items() if key.startswith("table.") and options.search(text)}
    never = {"table.unknown_group", "table.unknown_column"}  # on a page both are chosen from a list
    assert spoken - never <= {key.removesuffix(".page") for key in WORDS if key.endswith(".page")}
    pages = [text for key, text in WORDS.items() if key.startswith("table.") and key.endswith(".page")]
    assert len(pages) > 8 and not any("--" in text or "{example}" in text for text in pages)


def test_a_file_that_cannot_be_opened_is_not_sent_to_its_columns():
    calculator, sent = silent()
    open_file(calculator, b"%PDF-1.4 something", "table.csv")
    said = sent[-1]["file_trouble"] + " ".join(sent[-1]["file_faults"])
    assert sent[-1]["columns"] is None and "Which columns?" not in said and "PDF" in said


def test_a_file_about_single_children_is_refused_and_nothing_of_it_is_shown():
    calculator, sent = silent()
    open_file(calculator, b"surname,school,n\nSecretname,A,1\nOther,B,2\n")
    assert sent[-1]["file_faults"] and sent[-1]["columns"] is None
    assert "Secretname" not in json.dumps(sent[-1])


def test_a_file_too_large_is_refused_before_it_is_sent():
    calculator, sent = silent()
    say_to(calculator, {"do": "offer", "view": "a", "name": "big.csv", "size": LARGEST + 1})
    assert not any(message["kind"] == "send" for message in sent)
    assert "segkit measure" in sent[-1]["file_faults"][0]
    open_file(calculator, b"x" * (LARGEST + 1))  # and if it comes all the same
    assert "segkit measure" in sent[-1]["file_faults"][0]
    say_to(calculator, {"do": "offer", "view": "a", "name": "small.csv", "size": 10})
    assert any(message["kind"] == "send" for message in sent)


def test_a_thousand_schools_are_measured_though_not_edited():
    calculator, sent = silent()
    lines = "\n".join(f"s{i},{i * i % 7},{i * i % 11}" for i in range(1000))
    open_file(calculator, f"school,poor,rich\n{lines}\n".encode())
    told = sent[-1]
    assert (
        not told["table"]["editable"]
        and len(told["table"]["rows"]) == 12
        and "segkit measure" in told["said"]
    )
    assert float(told["numbers"]["cards"][0]["exact"]) == sk.dissimilarity(calculator.counts)
    assert len(told["numbers"]["cards"][0]["terms"]) == 60 and "940" in told["numbers"]["cards"][0]["more"]


# --- taking it home


def test_the_table_and_the_numbers_can_be_taken_home_as_csv():
    calculator, sent = silent([[30, 20], [10, 40]])
    calculator.play(cell(0, 0, '=HYPERLINK("x")'))
    say_to(calculator, {"do": "download", "view": "a", "what": "table"})
    rows = list(csv.reader(io.StringIO(saved(sent).removeprefix("\ufeff"))))
    assert rows[1] == ['\'=HYPERLINK("x")', "30", "20"]
    say_to(calculator, {"do": "download", "view": "a", "what": "numbers"})
    rows = list(csv.reader(io.StringIO(saved(sent).removeprefix("\ufeff"))))
    assert float(rows[1][1]) == sk.dissimilarity([[30, 20], [10, 40]]) and len(rows) == len(sk.INDICES) + 1


def test_what_was_taken_home_can_be_opened_again():
    calculator, sent = silent()
    before = calculator.table
    say_to(calculator, {"do": "download", "view": "a", "what": "table"})
    open_file(calculator, saved(sent).encode(), "again.csv")
    assert calculator.table == before


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_a_cell_a_spreadsheet_would_run_stays_text(start):
    assert next(csv.reader(io.StringIO(csv_text([[start + "1"]]))))[0].startswith("'")


def test_every_word_the_page_needs_is_there_and_no_sentence_lives_in_javascript():
    source = Path(typed.__file__).with_name("calculator.js").read_text()
    code = re.sub(r"//.*|/\*.*?\*/", "", source)
    used = set(re.findall(r"words\.(\w+)", code)) - {"lang", "roles"}
    calculator, _ = silent()
    assert used <= set(calculator.words)
    texts = re.findall(r"\"([^\"\n]*)\"", code)
    assert [text for text in texts if re.search(r"[A-Z][a-z]+ [a-z]+ [a-z]+", text)] == []
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|https?://(?!www\.w3\.org)", code)


# --- kept by the browser while the program behind the page begins anew


def heard(calculator):
    sent = []
    calculator.send = lambda content, buffers=None: sent.append(content)
    return sent


def test_a_typed_table_comes_back_and_can_be_undone():
    calculator = Calculator()
    sent = heard(calculator)
    state = {"groups": ["poor", "rich"], "rows": [["North", "3", "7"], ["South", "6", "x"]], "focal": 1}
    calculator._handle_custom_msg({"do": "resume", "view": "v", "state": state}, [])
    assert sent[-1]["table"]["rows"] == state["rows"] and sent[-1]["table"]["focal"] == 1
    assert sent[-1]["undo"] and "Your table is back" in sent[-1]["said"] and sent[-1]["table"]["faults"]
    assert not sent[-1]["own"]


@pytest.mark.parametrize(
    "state",
    [
        None,
        7,
        {},
        {"own": True},
        {"groups": ["a", "b"], "rows": []},
        {"groups": "ab", "rows": [["N", "1", "2"]]},
    ]
    + [
        {"groups": ["a", "b"], "rows": rows}
        for rows in ([["N", "1"]], [["N", 1, 2]], ["N12"], [["N"] * 3] * 601)
    ]
    + [
        {"groups": ["a"] * 7, "rows": [["N"] * 8]},
        {"groups": ["a", "b"], "rows": [["N" * 100_001, "1", "2"]]},
    ],
)
def test_rubbish_that_was_kept_changes_nothing(state):
    calculator = Calculator()
    before = calculator.counts.tolist()
    sent = heard(calculator)
    calculator._handle_custom_msg({"do": "resume", "view": "v", "state": state}, [])
    assert calculator.counts.tolist() == before and not sent[-1]["undo"]


def test_what_came_from_a_file_is_told_so_however_it_is_changed_until_a_town_replaces_it():
    calculator = Calculator()
    sent = heard(calculator)
    data = b"school,poor,rich\nNorth,3,7\nSouth,6,4\n"
    calculator._handle_custom_msg({"do": "file", "view": "v", "name": "a.csv"}, [data])
    assert sent[-1]["own"]
    for gesture in (cell(0, 1, "5"), {"do": "add school"}, {"do": "fill", "name": "even"}, {"do": "double"}):
        calculator.play(gesture)
        assert sent[-1]["own"], gesture
    calculator.play({"do": "fill", "name": "real"})
    assert not sent[-1]["own"]
    calculator.play({"do": "undo"})
    assert sent[-1]["own"]


def test_a_table_given_as_a_file_is_never_kept_and_one_typed_in_a_cell_may_be(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("school,poor,rich\nNorth,3,7\nSouth,6,4\n")
    assert Calculator(str(path))._story.now.own and not Calculator([[3, 7], [6, 4]])._story.now.own


def test_in_italian_numbers_and_labels_are_italian():
    from segkit.words import speaking

    with speaking("it"):
        assert (
            page.decimal(0.3642) == "0,364" and page.whole(1400) == "1.400" and page.percent(0.004) == "0,4%"
        )
        assert Calculator().lang == "it"


def test_calculators_of_one_page_are_told_apart_by_ear():
    names = [Calculator(show=show).words["region"] for show in ("isolation", ("isolation", "gini"))]
    assert names[0].endswith("(Isolation)") and names[1].endswith("(Isolation, Gini)")
