"""What a reader does to a board: past, future, the numbers beside it, and the line that replays it."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import segkit as sk
from segkit.playing import ACTIONS, LINES, SLIDERS, Playing, Stage, sandbox, told_drag, told_end
from segkit.schelling import Board, Wish, catchments, swap

CATCHMENTS = catchments((8, 8), [(1, 1), (6, 6)])


def play(**options):
    options = {"size": 8, "seed": 3} | options
    return Playing(sandbox(Board.random(options.pop("size"), seed=options.pop("seed")), **options))


def agrees(playing: Playing):
    """Every number of every step is what the board of that step says, measured anew."""
    for step in range(len(playing) + 1):
        board = playing.board_at(step)
        assert playing.unhappy(step) == board.unhappy.sum(), step
        assert playing.value("alike", step) == pytest.approx(board.alike, nan_ok=True)
        assert playing.value("index", step) == pytest.approx(board.index, nan_ok=True)
        table = board.counts(playing.units)
        for line in ("dissimilarity", "isolation"):
            assert playing.value(line, step) == pytest.approx(getattr(sk, line)(table, focal=0)), (line, step)


deeds = st.lists(
    st.one_of(
        st.tuples(st.just("run"), st.integers(0, 40)),
        st.tuples(st.just("back"), st.integers(0, 40)),
        st.tuples(st.just("drag"), st.integers(0, 63), st.integers(0, 63)),
        st.tuples(st.just("wish"), st.sampled_from(["least", "most"]), st.integers(0, 100)),
        st.tuples(st.just("block"), st.integers(2, 4)),
    ),
    max_size=8,
)


def do(playing: Playing, deed):
    match deed:
        case "run", n:
            playing.look_ahead(60)
            playing.go(playing.at + n)
        case "back", n:
            playing.go(playing.at - n)
        case "drag", start, end:
            playing.drag(start, end)
        case "wish", name, n:
            playing.choose(name, f"{n}/100")
        case "block", n:
            playing.choose("block", str(n))


@settings(max_examples=60)
@given(deeds, st.integers(0, 9))
def test_whatever_one_does_the_numbers_are_those_of_the_board(deeds, seed):
    playing = play(seed=seed, most=80)
    for deed in deeds:
        do(playing, deed)
    wishes = {since for since, _ in playing.wishes}
    assert 0 in wishes and playing.at <= len(playing)
    agrees(playing)


@settings(max_examples=60)
@given(deeds, st.integers(0, 9))
def test_whatever_one_does_its_line_plays_it_again(deeds, seed):
    playing = play(seed=seed, most=80)
    for deed in deeds:
        do(playing, deed)
    again = Playing.of(playing.recipe, sandbox(Board.random(8, seed=1), most=80, block=playing.block))
    assert again.board == playing.board and again.at == playing.at
    assert again.recipe == playing.recipe
    for one in (playing, again):
        one.look_ahead(30)
    until = min(len(playing), playing.at + 30)
    if playing.acts == again.acts:  # the future is the same too, as long as nothing lies in it
        assert np.array_equal(playing._score[:until, :2], again._score[:until, :2])


def test_pressing_run_shows_what_the_engine_does():
    playing = play(size=20, seed=1)
    playing.look_ahead()
    run = Board.random(20, seed=1).run()
    assert np.array_equal(playing.stretch(0, len(playing))[0], run.moves)
    assert playing.ended == "settled" and np.allclose(playing.stretch(0, len(playing))[2][:, 1], run.index)


def test_looking_ahead_in_parts_is_looking_ahead_at_once():
    parts, once = play(size=20), play(size=20)
    once.look_ahead(500)
    for _ in range(30):
        parts.look_ahead(7)
        parts.go(parts.at + 7)
    assert np.array_equal(parts._score[:200], once._score[:200])


def test_a_drag_opens_another_future_and_keeps_the_past():
    playing = play(size=20, seed=1)
    playing.look_ahead()
    past = playing._score[:40].copy()
    playing.go(40)
    start = int(np.flatnonzero(playing.board.cells)[0])
    end = int(np.flatnonzero(playing.board.cells == 0)[0])
    epoch = playing.epoch
    assert playing.drag(start, end) == ""
    assert (playing.at, len(playing), playing.epoch) == (41, 41, epoch + 1)
    assert np.array_equal(playing._score[:40], past) and playing.board.cells.flat[end] != 0
    playing.look_ahead()
    agrees(playing)


@pytest.mark.parametrize(
    "drag, start, end, says",
    [
        ("none", 0, 3, "by hand"),
        ("any", 3, 0, "Nobody is there"),
        ("any", 0, 1, "already"),
        ("any", 0, 0, "Back"),
        ("unhappy", 0, 3, "content"),
    ],
)
def test_a_drop_that_may_not_be_changes_nothing_and_says_why(drag, start, end, says):
    playing = Playing(Stage("free", Board.of("T T S ."), drag=drag))
    before = (playing.epoch, playing.at, len(playing))
    assert says in playing.drag(start, end)
    assert (playing.epoch, playing.at, len(playing)) == before and str(playing.board) == "▲ ▲ ■ ·"


def test_a_drag_is_told_with_what_it_did():
    playing = Playing(Stage("free", Board.of("T S . T\nS . . ."), lines=("alike",)))
    playing.drag(0, 7)
    assert (
        told_drag(playing)
        == (
            "The triangle moved from row 1, column 1 to row 2, column 4; there 1 of 1 neighbours are like "
            "it, and it is content, with all neighbours alike. Unhappy 2 → 0; neighbours alike 0.50 → 1.00."
        )
        or playing.unhappy(1) == playing.board.unhappy.sum()
    )


def test_a_wish_holds_from_the_step_it_was_changed_at():
    playing = play(size=12, seed=2)
    playing.look_ahead()
    playing.go(10)
    playing.choose("least", "60/100")
    assert (
        playing.unhappy(10) == playing.board.unhappy.sum() and playing.board.wish.least == sk.Wish(0.6).least
    )
    assert playing.board_at(9).wish == Wish()
    playing.look_ahead()
    agrees(playing)
    playing.go(5)
    playing.drag(
        int(np.flatnonzero(playing.board.cells)[0]), int(np.flatnonzero(playing.board.cells == 0)[0])
    )
    assert playing.wish_now == Wish(), "the wish of the future is forgotten with it"


def test_least_and_most_push_each_other():
    playing = play()
    playing.choose("most", "20/100")
    assert (playing.wish_now.least, playing.wish_now.most) == (Wish(0.2).least, Wish(0.2).least)
    playing.choose("least", "70/100")
    assert playing.wish_now.most == playing.wish_now.least == Wish(0.7).least


def test_back_to_the_start_keeps_the_wish_and_new_takes_the_next_seed():
    playing = play(seed=5)
    playing.choose("least", "40/100")
    playing.look_ahead()
    playing.go(9)
    playing.restart()
    assert playing.at == 0 and np.array_equal(playing.board.cells, Board.random(8, seed=5).cells)
    assert playing.wish_now.least == Wish(0.4).least
    playing.another()
    assert playing.start.seed == 6 and playing.wish_now.least == Wish(0.4).least
    playing.another(41)
    assert np.array_equal(playing.board.cells, Board.random(8, seed=41).cells)


def test_sliders_make_the_board_they_say():
    playing = play(size=10)
    playing.choose("full", "60/100")
    assert playing.start.polygons == 60
    playing.choose("composition", "25/100")
    assert (playing.start.polygons, playing.start.triangles) == (60, 15)
    playing.choose("size", "20")
    assert playing.start.cells.shape == (20, 20) and playing.start.polygons == 240
    with pytest.raises(ValueError, match="size"):
        playing.choose("size", "100000")
    with pytest.raises(ValueError):
        playing.choose("colour", "1")


def test_cutting_otherwise_moves_nobody_and_measures_all_steps_again():
    playing = play(cuts=(("a", 2), ("b", CATCHMENTS)))
    playing.look_ahead()
    playing.go(5)
    before = playing.board
    playing.choose("cut", "b")
    assert playing.board == before and len(playing.counts) == 2
    agrees(playing)


def test_cutting_otherwise_after_a_change_of_wish_keeps_who_was_unhappy_when():
    playing = play(size=12, seed=2)
    playing.look_ahead()
    playing.go(10)
    playing.choose("least", "60/100")
    playing.choose("block", "3")
    agrees(playing)


def test_where_two_change_places_both_are_counted():
    playing = Playing(sandbox(Board.random(10, full=1, seed=1, wish=Wish(0.4)), rule=swap))
    playing.look_ahead()
    assert len(playing) > 3
    agrees(playing)


def test_never_settling_is_said():
    playing = Playing(sandbox(Board.random(6, seed=1, wish=Wish(1)), most=50))
    playing.look_ahead()
    playing.go(50)
    assert (
        playing.over
        and playing.ended == "limit"
        and told_end(playing).startswith("Not settled after 50 moves")
    )


def test_nowhere_to_go_is_said():
    playing = Playing(sandbox(Board.random(4, full=1, seed=1, wish=Wish(0.9))))
    playing.look_ahead()
    assert playing.over and "Not settled" in told_end(playing)


def test_the_data_of_a_run_can_be_taken_along():
    playing = play(size=6)
    playing.look_ahead()
    playing.go(4)
    rows = list(csv.DictReader(io.StringIO(playing.data())))
    assert len(rows) == 5 and rows[0]["from_row"] == ""
    for step, row in enumerate(rows):
        assert int(row["step"]) == step and int(row["unhappy"]) == playing.unhappy(step)
        assert float(row["alike"]) == pytest.approx(playing.value("alike", step), abs=1e-6)
    start, end = playing._score[0, :2]
    assert [int(rows[1][k]) - 1 for k in ("from_row", "from_column", "to_row", "to_column")] == [
        *divmod(start, 6),
        *divmod(end, 6),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "hello",
        "segkit: size=20x20; 5 drag 1",
        "segkit: size=20x20; 5 drag 0>0; 6",
        "segkit: size=20x20 wish=2..3; 1",
        "segkit: size=9999x9999; 1",
        "segkit: rule=mine; 1",
        "segkit: size=20x20; 99999999999",
        "segkit: cells=TX/..; 0",
        "segkit: size=20x20 seed=-4; 0",
        "segkit: size=20x20 ful=0.3; 0",
        "segkit: size=20x20; 15000",
        "segkit: size=5x5; 0 drag 99>3; 1",
        "segkit: size=5x5; 0 wish 9..9; 1",
    ],
)
def test_a_line_that_does_not_replay_says_so(line):
    with pytest.raises(ValueError) as refused:
        Playing.of(line)
    assert "does not replay" in str(refused.value)


def test_the_line_tells_what_was_done_also_where_the_reader_has_gone_back():
    playing = play(size=10)
    playing.look_ahead(20)
    playing.go(5)
    start, end = (int(np.flatnonzero(w)[0]) for w in (playing.board.cells, playing.board.cells == 0))
    playing.drag(start, end)
    playing.go(0)
    again = Playing.of(playing.recipe)
    assert again.at == 0 and again.acts == playing.acts and again.go(6).board == playing.go(6).board


def test_a_board_written_by_hand_is_replayed_too():
    playing = Playing(sandbox(Board.of("T T . S\nS S . T")))
    playing.look_ahead(3)
    playing.go(1)
    assert Playing.of(playing.recipe).board == playing.board


@pytest.mark.parametrize(
    "wrong", [{"controls": ("jump",)}, {"lines": ("height",)}, {"drag": "all"}, {"controls": "run"}]
)
def test_a_stage_knows_what_it_can_hold(wrong):
    with pytest.raises(ValueError, match="not expected"):
        Stage("free", Board.random(3), **wrong)


def test_on_a_large_board_the_last_move_of_a_stretch_is_measured(monkeypatch):
    monkeypatch.setattr("segkit.playing.MOST_TABLES", 40)
    playing = play(size=20)
    playing.look_ahead(64)
    table = playing.board_at(64).counts(5)
    assert playing.value("dissimilarity", 64) == pytest.approx(sk.dissimilarity(table))


def test_a_single_neighbourhood_has_no_dissimilarity_and_nothing_breaks():
    playing = play(size=4, block=9)
    playing.look_ahead()
    assert np.isnan(playing.value("dissimilarity", 0)) and "dissimilarity" not in playing.by_chance()


def test_one_table_without_an_answer_leaves_the_others_theirs():
    from segkit.playing import read

    tables = np.array([[[3, 1], [0, 4]], [[3, 5], [0, 0]], [[1, 3], [2, 2]]])
    values = read(tables)["dissimilarity"]
    assert np.isnan(values).tolist() == [False, True, False]
    assert values[2] == pytest.approx(sk.dissimilarity(tables[2]))


def test_data_of_a_large_board_say_only_what_was_measured(monkeypatch):
    monkeypatch.setattr("segkit.playing.MOST_TABLES", 160)
    playing = play(size=20)
    playing.look_ahead(60)
    playing.go(60)
    rows = list(csv.DictReader(io.StringIO(playing.data())))
    told = [k for k, row in enumerate(rows) if row["dissimilarity"]]
    assert 10 < len(told) < 40 and told[0] == 0 and told[-1] == 60 and all(row["alike"] for row in rows)
    for k in told:
        table = playing.board_at(k).counts(5)
        assert float(rows[k]["dissimilarity"]) == pytest.approx(sk.dissimilarity(table), abs=1e-6)


def test_everything_a_stage_may_hold_has_its_words():
    from segkit.words import words

    assert {f"parable.slider.{name}" for name in SLIDERS} | {f"parable.line.{line}" for line in LINES} <= set(
        words()
    )
    assert len(ACTIONS) == len(set(ACTIONS))
