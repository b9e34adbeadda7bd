"""What many boards come to: the same numbers by whatever way, and those of the literature."""

import csv
import json
from contextlib import contextmanager
from fractions import Fraction

import numpy as np
import pytest

import segkit as sk
from segkit import cli, plots, schelling, sweeps
from segkit.schelling import Board, Wish, nearest, swap
from segkit.sweeps import Plan, play, simulate, sweep, sweep_of

SMALL = {"least": ("0.2", "1/3", "0.5"), "full": ("0.7", "0.9"), "composition": ("0.3", "0.5"), "repeats": 3}
WALL = {"least": ("0.9",), "full": ("0.95",), "max_moves": 300}  # nobody settles


def alike(a, b):
    """Are two arrays of outcomes the same, number by number?"""
    whole = ("settled", "moves")
    return all(np.array_equal(a[name], b[name], equal_nan=name not in whole) for name in sweeps.NUMBERS)


# --- one way or another, the same numbers


@pytest.mark.parametrize("seed", [0, 1, 2, 10**15])
def test_the_compiled_stream_is_numpys(seed):
    numba = pytest.importorskip("numba")
    draw, made = numba.njit(sweeps.draw_on), np.zeros(500, np.int64)
    places, (stream,) = sweeps.filled_by_lot([seed], 40)
    draw(stream, made, 0)
    assert (made == schelling.draws(seed, 40, 500)).all()
    draw(stream, made, 400)
    assert (made[400:] == schelling.draws(seed, 540, 100)).all()
    assert (places[0] == np.argsort(schelling.draws(seed, 0, 40), kind="stable")).all()


@pytest.mark.parametrize(
    "options",
    [
        SMALL,
        SMALL | {"most": "0.8", "alone": "unhappy", "edges": "torus", "size": (7, 13), "max_moves": 500},
        SMALL | {"rule": swap, "max_moves": 200},
        SMALL | {"rule": nearest, "max_moves": 60, "size": 10},
        WALL | {"repeats": 4, "max_moves": 3000},  # more draws than are made at once
        {"full": ("0", "1"), "composition": ("0", "1"), "repeats": 2, "size": 6},
    ],
)
def test_compiled_and_plain_runs_come_to_the_same(options):
    plan = Plan(**options)
    assert alike(play(plan, range(len(plan)), True), play(plan, range(len(plan)), False))


def test_a_run_of_a_sweep_is_that_board_settled_alone():
    tried = sweep(**SMALL, seed=5)
    rows = list(tried.rows())
    for run in (0, 7, 20, 35):
        row = rows[run]
        wish = Wish(tried.plan.least[run // 12])
        board = Board.random(20, row["full"], row["composition"], seed=row["seed"], wish=wish)
        story = board.run()
        assert board == tried.plan.board(run)
        assert (row["settled"], row["moves"]) == (story.settled, len(story))
        assert row["alike"] == pytest.approx(story.board.alike, abs=1e-12)
        assert row["index"] == pytest.approx(story.board.index, abs=1e-12)
        assert row["dissimilarity"] == sk.dissimilarity(story.board.counts(5))
        assert row["unhappy_start"] == board.unhappy.sum() / board.polygons


def test_each_run_has_a_seed_of_its_own_and_a_board_can_be_had_again():
    tried = sweep(**SMALL, seed=5)
    assert [row["seed"] for row in tried.rows()] == list(range(5, 41))
    board = tried.board("1/3", "0.9", "0.5", repeat=2)
    assert board == Board.random(20, 0.9, 0.5, seed=5 + 12 + 6 + 3 + 2, wish=Wish("1/3"))
    with pytest.raises(ValueError, match="full 0.8 was not played; there are: 0.7, 0.9"):
        tried.board("1/3", "0.8", "0.5")


def test_neither_cores_nor_parts_change_a_number(monkeypatch):
    plan = Plan(**SMALL)
    whole = sweep_of(plan).results
    monkeypatch.setattr(sweeps, "CELLS_AT_ONCE", 400 * 5)
    assert alike(whole, sweep_of(plan, cores=1).results) and alike(whole, sweep_of(plan, cores=3).results)
    backwards = dict(zip(range(len(plan))[::-1], play(plan, range(len(plan))[::-1]), strict=True))
    assert all(backwards[run] == row for run, row in enumerate(whole.ravel()))


def test_without_a_compiler_a_sweep_is_the_same(monkeypatch):
    plan = Plan(**SMALL)
    whole = sweep_of(plan).results
    monkeypatch.setattr(sweeps, "find_spec", lambda name: None)
    monkeypatch.setattr(sweeps, "compiled_runs", None)
    assert alike(whole, sweep_of(plan, cores=1).results)


def test_the_same_call_runs_on_a_dask_cluster(monkeypatch, tmp_path):
    distributed = pytest.importorskip("distributed")
    from joblib import parallel_config

    here, where = sweep(**SMALL), set()
    real = sweeps.play

    def noted(*given):
        where.add(distributed.get_worker().name)  # an error anywhere but on a worker
        return real(*given)

    monkeypatch.setattr(sweeps, "play", noted)
    cluster = {"n_workers": 1, "threads_per_worker": 2, "processes": False, "dashboard_address": None}
    cluster["local_directory"] = tmp_path
    with distributed.Client(**cluster, silence_logs=50), parallel_config("dask"):
        there = sweep(**SMALL)
    assert where, "it did not run on the cluster"
    assert alike(here.results, there.results)


# --- what is known of these boards

KNOWN = [  # least, most, median moves, mean index and its standard deviation, of many runs by another program
    ("0.2", 1, 32, 0.176, 0.052),
    ("1/3", 1, 122, 0.500, 0.057),
    ("0.5", 1, 272, 0.762, 0.037),
    ("0.7", 1, 1416, 0.983, 0.006),
    ("0.2", "0.8", 146, -0.027, 0.020),
]


@pytest.mark.parametrize("least, most, moves, index, sd", KNOWN)
def test_boards_end_as_others_found_them_to(least, most, moves, index, sd):
    summary = simulate(least=least, most=most, runs=400).summary
    found = 2 * (summary["alike"]["mean"] - 0.5)
    assert found == pytest.approx(index, abs=4 * sd / 20 + 0.004)
    assert 2 * summary["alike"]["sd"] == pytest.approx(sd, rel=0.2)
    assert summary["moves"]["median"] == pytest.approx(moves, rel=0.1)


def test_at_a_third_nearly_a_fifth_is_unhappy_at_the_start_and_95_in_100_need_no_more_than_157_moves():
    summary = simulate(runs=1000).summary
    assert summary["unhappy_start"]["mean"] == pytest.approx(0.185, abs=0.003)
    assert summary["moves"]["p95"] == pytest.approx(157, abs=5)


def test_at_four_fifths_about_one_in_five_never_settles():
    summary = simulate(least="0.8", runs=300).summary
    assert 0.12 < summary["not_settled"] / 300 < 0.3
    assert summary["says"].endswith(f"Not settled after 20,000 moves: {summary['not_settled']}.")


# --- stopping


def test_a_sweep_that_is_stopped_keeps_what_is_done_and_says_so(monkeypatch):
    monkeypatch.setattr(sweeps, "CELLS_AT_ONCE", 400 * 4)
    told = []

    def enough(done, of):
        told.append((done, of))
        return done < 8

    whole, stopped = sweep(**SMALL), sweep(**SMALL, progress=enough)
    assert told == [(4, 36), (8, 36)]
    assert stopped.stopped and not whole.stopped and stopped.played.sum() == 8
    assert (stopped.results[stopped.played] == whole.results[stopped.played]).all()
    assert "Stopped before its end: 8 of 36" in str(stopped) and len(stopped.frame) == 8
    unplayed = ~stopped.played.any(-1)
    assert unplayed.any() and np.isnan(stopped.mean("settled")[unplayed]).all()


def interrupted(done, of):
    if done >= 8:
        raise KeyboardInterrupt


def test_ctrl_c_is_a_way_to_stop(monkeypatch):
    monkeypatch.setattr(sweeps, "CELLS_AT_ONCE", 400 * 4)
    assert 0 < sweep(**SMALL, progress=interrupted).played.sum() < 36


@pytest.fixture
def interrupting(monkeypatch):
    """Press Ctrl+C after so many parts of what is played, each four boards."""

    def after(parts):
        real = sweeps.in_parts

        def some_parts(*given, **options):
            for k, made in enumerate(real(*given, **options)):
                if k == parts:
                    raise KeyboardInterrupt
                yield made

        monkeypatch.setattr(sweeps, "CELLS_AT_ONCE", 400 * 4)
        monkeypatch.setattr(sweeps, "FEW_CELLS", 0)
        monkeypatch.setattr(sweeps, "in_parts", some_parts)

    return after


def test_ctrl_c_keeps_the_runs_that_were_played_and_invents_none(interrupting, segkit):
    whole = {run.seed: run for run in simulate(runs=40).runs}
    interrupting(3)
    made = simulate(runs=40)
    assert made.stopped and len(made.runs) == made.summary["runs"] == 12
    assert all(run == whole[run.seed] for run in made.runs) and made.parameters["runs"] == 40
    assert str(made).endswith("Stopped before its end: 12 of 40 runs were played and are kept.")
    code, out, err = segkit("simulate", "--runs", 40)
    assert code == 2 and "stopped: 12 of 40 runs were played; the answer is about those." in err
    assert len(json.loads(out)["runs"]) == 12 and json.loads(out)["summary"]["alike"]["mean"] > 0.7


def test_ctrl_c_before_the_first_run_gives_no_answer(interrupting, segkit):
    interrupting(0)
    with pytest.raises(KeyboardInterrupt):
        simulate(runs=40)
    assert segkit("simulate", "--runs", 40) == (2, "", "segkit: stopped.\n")


# --- the same runs again


@pytest.mark.parametrize(
    "options",
    [
        {"least": "5/6", "max_moves": 300},
        {"least": "5/7", "max_moves": 300},
        {"least": 0, "most": "1/3"},
        {"least": "0.2", "full": "2/3", "composition": "1/7", "size": (9, 13)},
    ],
)
def test_the_parameters_give_the_same_runs_again_even_through_json(options):
    made = simulate(**options, runs=5, seed=3)
    again = simulate(**json.loads(json.dumps(made.parameters)))
    assert again.runs == made.runs and again.plan == made.plan


def test_a_row_of_a_csv_gives_its_run_again(tmp_path):
    """Its decimals are for drawing; a third is not 0.3333333333333333, nor 5/6 0.8333333333333334."""
    path, names = tmp_path / "runs.csv", ("least", "most", "full", "composition")
    sweep(least=("1/3", "5/6"), full="0.8", most="8/9", repeats=2, max_moves=300).to_csv(path)
    for row in csv.DictReader(path.open()):
        words = row["setting"].split()
        assert words[::2] == list(names)
        exactly = dict(zip(words[::2], words[1::2], strict=True))
        (run,) = simulate(**exactly, seed=int(row["seed"]), max_moves=300).runs
        assert (str(run.moves), str(run.alike), run.ended) == (row["moves"], row["alike"], row["ended"])
        assert [float(row[name]) for name in names] == [float(Fraction(exactly[name])) for name in names]


def test_a_share_of_the_frame_finds_its_board():
    tried = sweep(least=("1/3", "5/6"), full="2/3", repeats=2, max_moves=10)
    row = tried.frame.iloc[2]
    assert tried.board(row["least"], row["full"]) == tried.board("5/6", "2/3") == tried.plan.board(2)


def test_a_repeat_or_a_number_of_cores_that_cannot_be_is_refused_in_words():
    tried = sweep(least="0.2", full="0.8", repeats=5)
    with pytest.raises(ValueError, match="repeat 5 was not played; .* the last is 4"):
        tried.board("0.2", repeat=5)
    with pytest.raises(ValueError, match="repeat must be a whole number of at least 0"):
        tried.board("0.2", repeat=-1)
    with pytest.raises(ValueError, match="cores must be a whole number of at least 1"):
        sweep(least="0.2", full="0.8", repeats=1, cores=0)


def test_neighbouring_seeds_share_boards_and_the_help_says_where_others_begin(segkit):
    first, next_, beyond = (simulate(runs=10, seed=seed) for seed in (1, 2, 11))
    assert len(set(first.runs) & set(next_.runs)) == 9 and not set(first.runs) & set(beyond.runs)
    assert "`seed` + `runs`" in simulate.__doc__ and "`seed` + the number of runs" in sweep.__doc__
    for verb in ("simulate", "sweep"):
        assert "for other boards begin beyond the last" in " ".join(segkit(verb, "--help")[1].split())


# --- settled, stuck, or stopped


@pytest.mark.parametrize(
    "options",
    [
        {"full": "1", "runs": 3},
        {"least": "0.8", "full": "0.95", "max_moves": 200, "runs": 3},
        {"rule": "swap", "runs": 20, "size": 10},
        {"full": "1", "max_moves": 0, "runs": 2},
    ],
)
def test_a_run_of_many_ends_as_its_board_does_alone(options):
    made = simulate(**options)
    alone = [made.plan.board(k).run(made.plan.rule, made.plan.max_moves) for k in range(len(made.runs))]
    assert [run.ended for run in made.runs] == [run.ended for run in alone]


def test_who_cannot_move_is_not_said_to_have_moved_for_long(segkit, tmp_path):
    tried = sweep(least="1/3", full=("0.8", "1"), repeats=2)
    why = "Not settled because nobody who was unhappy could move"
    assert str(tried).splitlines()[1] == f"Settled: 2. Not settled after 20,000 moves: 0. {why}: 2."
    assert list(tried.frame["ended"]) == ["settled", "settled", "stuck", "stuck"]
    (one,) = simulate(full=1).runs
    assert one.ended == "stuck"
    assert str(simulate(full=1)) == "One run: not settled. After 0 moves nobody who was unhappy could move."
    swapped = simulate(rule="swap", runs=50, size=10)
    stuck = swapped.summary["stuck"]
    assert 0 < stuck == swapped.summary["not_settled"]
    assert str(swapped).endswith(f" {why}: {stuck}.")
    assert "no, stuck" in segkit("simulate", "--full", 1, "--format", "table")[1]


def test_how_many_settled_is_said_before_how_long_they_took():
    made = simulate(composition="0.8", runs=60, max_moves=2000)
    settled, left = made.summary["settled"], made.summary["not_settled"]
    assert 0 < settled < 60
    median = f"{made.summary['moves']['median']:,g}"
    said = f"Runs: 60. Settled: {settled}, and only those took {median} moves (the median). "
    assert str(made) == said + f"Not settled after 2,000 moves: {left}."
    assert list(made.summary).index("settled") < list(made.summary).index("moves")


# --- numbers of a sweep


def test_means_are_over_repeats_and_moves_only_of_those_that_settled():
    tried = sweep(least=("0.2", "0.75", "0.9"), full=("0.9",), repeats=4, max_moves=2000)
    frame = tried.frame
    for k, least in enumerate((0.2, 0.75, 0.9)):
        mine = frame[frame["least"] == least]
        assert tried.mean("settled")[k, 0, 0] == mine["settled"].mean()
        assert tried.mean("index")[k, 0, 0] == pytest.approx(mine["index"].mean())
        moves = mine["moves"][mine["settled"]]
        found = tried.mean("moves")[k, 0, 0]
        assert found == moves.median() if len(moves) else np.isnan(found)
    assert np.isnan(tried.mean("moves")[2, 0, 0]), "a setting that never settles has no number of moves"


def test_a_csv_has_a_row_for_each_run_and_blanks_for_what_cannot_be_said(tmp_path):
    path = tmp_path / "runs.csv"
    sweep(full=("0", "0.8"), least="1/3", repeats=2, block=20).to_csv(path)
    rows = list(csv.DictReader(path.open()))
    assert len(rows) == 4 and list(rows[0]) == list(sweeps.ROW)
    assert rows[0]["alike"] == rows[0]["dissimilarity"] == rows[3]["dissimilarity"] == ""
    assert float(rows[3]["least"]) == 1 / 3 and rows[3]["settled"] == "True" and float(rows[3]["alike"]) > 0.5


def test_a_sweep_is_asked_for_in_words_one_can_mend():
    for options, words in [
        ({"least": "1.2"}, "least"),
        ({"least": "0.6", "most": "0.5"}, "least ≤ most"),
        ({"repeats": 0}, "repeats must be a whole number of at least 1"),
        ({"rule": "walk"}, "there is no rule 'walk'; there are: random, nearest, turn, swap"),
        ({"full": ()}, "full: nothing came"),
        ({"repeats": 10**7}, "at most 1,000,000"),
    ]:
        with pytest.raises(ValueError, match=words):
            sweep(**options)


def test_shares_stay_what_was_written():
    assert Plan(least=("1/3", 0.1, 0.35)).least == (Fraction(1, 10), Fraction(1, 3), Fraction(7, 20))


# --- the command line


def test_simulate_prints_json_with_the_keys_it_promises(segkit):
    code, out, err = segkit("simulate", "--runs", 3, "--seed", 7)
    found = json.loads(out)
    assert code == 0 and err == "" and list(found) == ["parameters", "runs", "summary"]
    run = ["seed", "settled", "moves", "alike", "index", "dissimilarity", "unhappy_start", "ended"]
    assert [list(made) for made in found["runs"]] == [run] * 3
    assert [made["seed"] for made in found["runs"]] == [7, 8, 9]
    assert found == simulate(runs=3, seed=7).as_dict()
    assert (found["parameters"]["least"], found["parameters"]["size"]) == ("1/3", 20)


def test_the_defaults_are_those_that_are_promised(segkit):
    said = "--size 20 --full 0.8 --composition 0.5 --least 1/3 --most 1 --alone content --edges walls "
    said += "--block 5 --runs 1 --seed 1 --max-moves 20000 --format json"
    assert segkit("simulate") == segkit("simulate", *said.split())


def test_a_third_in_decimals_is_another_wish_than_a_third(segkit):
    """2 of 6 is a third and a little more than 0.33; 0.334 is a little more than a third."""
    wishes = ("1/3", "0.33", "0.334")
    runs = {least: segkit("simulate", "--least", least, "--format", "csv")[1] for least in wishes}
    assert runs["1/3"] == runs["0.33"] != runs["0.334"]


def test_what_never_settles_is_said_and_what_has_no_number_is_null(segkit):
    code, out, _ = segkit("simulate", "--least", 0.9, "--max-moves", 50, "--format", "table")
    assert code == 0 and "not settled after 50 moves" in out
    code, out, _ = segkit("simulate", "--full", 0, "--runs", 2)
    assert code == 0 and "NaN" not in out
    assert json.loads(out)["runs"][0]["alike"] is None and json.loads(out)["summary"]["alike"]["mean"] is None
    code, out, _ = segkit("simulate", "--full", 0, "--format", "csv")
    assert out.splitlines()[1] == "1,True,0,,,,,settled"


def test_a_table_shows_some_runs_and_says_how_many_more(segkit):
    code, out, _ = segkit("simulate", "--runs", 25, "--format", "table", "--size", "8x9")
    assert code == 0 and "and 5 more" in out and "Boards of 8 × 9 cells with walls" in out
    assert "Runs: 25, all settled" in out


@pytest.mark.parametrize(
    "words, said",
    [
        (["--least", "2"], "--least: '2' came, a share from 0 to 1 was expected"),
        (["--least", "1/0"], "a share from 0 to 1"),
        (["--full", "nan"], "a share from 0 to 1"),
        (["--least", "0.7", "--most", "0.5"], "7/10, is more than the most, 1/2"),
        (["--size", "20x"], "'20x' came; the cells of a side (20) or rows and columns (20x30)"),
        (["--size", "100000"], "at most 4,000 each"),
        (["--size", "2", "--edges", "torus"], "at least 3 rows and columns"),
        (["--runs", "0"], "a whole number from 1 on"),
        (["--runs", "2.5"], "'2.5' came, a whole number from 1 on"),
        (["--block", "0"], "a whole number from 1 on"),
        (["--runs", "99999999"], "at most 1,000,000"),
        (["--rule", "walk"], "invalid choice: 'walk'"),
    ],
)
def test_what_cannot_be_played_is_refused_in_words(segkit, words, said):
    code, out, err = segkit("simulate", *words)
    assert code == 2 and out == "" and said in err


def test_every_rule_and_edge_can_be_asked_for(segkit):
    for rule in schelling.RULES:
        other = ["--size", 10, "--edges", "torus", "--alone", "unhappy"]
        code, out, _ = segkit("simulate", "--rule", rule, *other)
        assert code == 0 and json.loads(out)["parameters"]["rule"] == rule


def test_sweep_writes_a_table_or_a_picture(segkit, tmp_path):
    table, picture = tmp_path / "t.csv", tmp_path / "t.png"
    asked = ["--least", "0.2,0.5:0.7:0.1", "--full", "0.8,0.9", "--repeats", 2, "-o"]
    code, out, err = segkit("sweep", *asked, table)
    assert code == 0 and "Runs: 16, on 20 × 20" in out and str(table) in out and err == ""
    rows = list(csv.DictReader(table.open()))
    assert sorted({row["least"] for row in rows}) == ["0.2", "0.5", "0.6", "0.7"] and len(rows) == 16
    code, out, err = segkit("sweep", *asked, picture)
    assert code == 0 and picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "words, said",
    [
        (["-o", "t.txt"], "ends in .csv or .png"),
        (["-o", "nowhere/at/all.csv"], "there is no such folder"),
        (["--least", "0.5:0.1:0.1", "-o", "t.csv"], "a range that goes up"),
        (["--least", "0.1:0.5", "-o", "t.csv"], "from, to and step"),
        (["--least", "0:1:0", "-o", "t.csv"], "a range that goes up"),
        ([], "-o"),
    ],
)
def test_a_sweep_that_cannot_be_is_refused_before_it_begins(segkit, words, said):
    code, out, err = segkit("sweep", *words)
    assert code == 2 and said in err


def test_a_sweep_plays_the_same_shares_from_python_and_from_the_command_line(segkit, monkeypatch, tmp_path):
    plans = []
    monkeypatch.setattr(sweeps, "sweep_of", lambda plan, *_: plans.append(plan) or stopped)
    stopped = sweep_of(Plan(repeats=1))
    sweep()
    assert segkit("sweep", "-o", tmp_path / "t.csv")[0] == 0
    assert plans[0] == plans[1]


def test_ctrl_c_keeps_what_a_sweep_has_and_the_exit_code_tells(segkit, tmp_path, monkeypatch):
    @contextmanager
    def impatient():
        yield interrupted

    monkeypatch.setattr(cli.playing, "bar", impatient)
    monkeypatch.setattr(sweeps, "CELLS_AT_ONCE", 400 * 4)
    path = tmp_path / "kept.csv"
    code, out, err = segkit("sweep", "--least", "0.2,0.5", "--full", "0.8", "--repeats", 20, "-o", path)
    kept = len(path.read_text().splitlines()) - 1
    assert code == 2 and f"stopped: {kept} of 40 runs were played; they are kept in" in err and kept >= 8


# --- the picture


def strokes(picture):
    """The places of the cells that are striped, and of those with a dot."""
    from matplotlib.collections import LineCollection, PathCollection

    ax = picture.figure.axes[0]
    ends = [at for made in ax.collections if isinstance(made, LineCollection) for at in made.get_segments()]
    dots = [at for made in ax.collections if isinstance(made, PathCollection) for at in made.get_offsets()]
    cells = [tuple(np.floor(np.mean(at, 0)).astype(int).tolist()) for at in ends]
    return [set(cells), {tuple(map(int, at)) for at in dots}]


def test_the_heat_map_says_its_numbers_and_stripes_what_never_settles():
    tried = sweep(least=("0.2", "0.9"), full=("0.8", "0.9"), repeats=2, max_moves=500)
    picture = plots.tipping(tried)
    assert f"Empty 0.2: 0.2: {tried.mean('index')[0, 0, 0]:.2f}" in picture.alt
    assert "(none settled)" in picture.alt and "Striped: none settled in 500 moves." in picture.alt
    ax = picture.figure.axes[0]
    assert strokes(picture) == [{(1, 0), (1, 1)}, set()]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["0.1", "0.2"], "emptiness goes up"
    assert picture.svg() == plots.tipping(tried).svg()


def test_where_only_some_settle_the_heat_map_has_a_dot_and_says_how_many():
    tried = sweep(least=("0.2", "0.7"), full=("0.9", "1"), repeats=6, size=10, max_moves=600)
    picture, share = plots.tipping(tried, "alike"), tried.mean("settled")[1, 0, 0]
    assert 0 < share < 1 and strokes(picture) == [{(0, 0), (1, 0)}, {(1, 1)}]
    assert f"0.7: {tried.mean('alike')[1, 0, 0]:.2f}".rstrip("0") + f" ({share:.0%} settled)" in picture.alt
    assert "Striped: none settled, because nobody who was unhappy could move." in picture.alt
    assert "Dot: only some settled" in picture.alt
    whole = plots.tipping(sweep(least="0.2", full=("0.7", "0.8"), repeats=2))
    assert strokes(whole) == [set(), set()] and "Dot" not in whole.alt and "Striped" not in whole.alt


def test_numbers_below_nothing_have_a_minus_and_not_a_hyphen():
    tried = sweep(least="0.2", most="0.8", full=("0.8", "0.9"), repeats=4)
    assert tried.mean("index").min() < -0.01
    picture = plots.tipping(tried)
    written = [text.get_text() for text in picture.figure.axes[0].texts]
    assert any(text.startswith("−0.0") for text in written)
    assert not any("-" in text for text in written) and "-0" not in picture.alt


@pytest.mark.parametrize("show", ["alike", "dissimilarity", "settled", "moves"])
def test_each_number_can_be_drawn_also_of_a_sweep_without_any(show):
    shares = {"least": ("0.2", "0.9"), "full": ("0", "0.9"), "composition": ("0.5", "0.7")}
    tried = sweep(**shares, repeats=1, max_moves=10)
    assert "nan" not in plots.tipping(tried, show).svg() + plots.tipping(tried, show).alt
