"""What the map that fills is told to play, what it tells, and what comes back."""

import json
from pathlib import Path
from threading import Event

import numpy as np
import pytest

import segkit as sk
from segkit.schelling import Board, Wish
from segkit.widgets import tipping as room
from segkit.widgets.tipping import Map, Tipping, along, coarse_first, ticks
from segkit.words import words

SMALL = {"least": ("0.2", "1/3", "0.9"), "full": ("0.8", "0.9"), "repeats": 3, "size": 10, "max_moves": 400}


def heard(heat, *messages) -> list[dict]:
    """What a map sends to the page when the page sends these."""
    sent = []
    heat.send = lambda message, buffers=None: sent.append(json.loads(json.dumps(message, allow_nan=False)))
    for message in messages:
        heat._hear(heat, message, [])
    return sent


def waited(heat, seconds=60):
    """Until nothing is being played."""
    for _ in range(seconds * 50):
        if not heat.running:
            return
        Event().wait(0.02)
    pytest.fail("the boards were not played")


def test_running_fills_every_cell_with_the_numbers_of_the_sweep():
    heat = Map(Tipping(**SMALL).map.plan)
    sent = heard(heat, {"do": "hello"}, {"do": "run"})
    waited(heat)
    cells = {cell["at"]: cell for message in sent if message["do"] == "cells" for cell in message["cells"]}
    known = sk.sweep(**SMALL)
    assert sorted(cells) == list(range(6)) and not heat.sweep.stopped
    assert (heat.sweep.results == known.results).all()
    for at, cell in cells.items():
        place = divmod(at, 2)
        assert cell["texts"][0] == f"{known.mean('index')[place][0]:.2f}".replace("-", "−")
        assert cell["texts"][3] == f"{known.mean('settled')[place][0]:.2f}"
        assert cell["places"][1] == pytest.approx(known.mean("alike")[place][0], abs=1e-4)
    assert sent[-1]["done"] == sent[-1]["all"] == 18 and sent[-1]["said"].startswith("All 18 boards played.")


def test_a_setting_that_never_settles_says_so_and_has_no_number_of_moves():
    heat = Tipping(least=("0.95",), full=("0.9",), repeats=2, size=10, max_moves=50).map
    sent = heard(heat, {"do": "run"})
    waited(heat)
    (cell,) = [cell for message in sent if message["do"] == "cells" for cell in message["cells"]]
    assert cell["how"] == "none" and cell["places"][4] is None and cell["texts"][4] == "–"
    assert cell["says"].startswith("Wish 0.95, empty 0.1: none of 2 boards settled in 50 moves.")
    assert sent[-1]["said"].endswith("In 1 of 1 settings none settled in 50 moves.")


def test_settings_where_only_some_settle_and_where_nobody_can_move_are_told_apart():
    options = {"least": ("0.2", "0.7"), "full": ("0.9", "1"), "repeats": 6, "size": 10, "max_moves": 600}
    heat = Tipping(**options).map
    sent = heard(heat, {"do": "run"})
    waited(heat)
    cells = {cell["at"]: cell for message in sent if message["do"] == "cells" for cell in message["cells"]}
    settled = heat.sweep.results["settled"].sum(-1).ravel()
    assert 0 < settled[2] < 6 and settled.tolist()[1::2] == [0, 0]
    assert [cells[k]["how"] for k in range(4)] == ["all", "none", "some", "none"]
    only = f": only {settled[2]} of 6 boards settled, those in {cells[2]['texts'][4]} moves (the median)."
    assert only in cells[2]["says"]
    assert "none of 6 boards settled, because nobody who was unhappy could move" in cells[1]["says"]
    end = "In 2 of 4 settings none settled, because nobody who was unhappy could move. "
    assert sent[-1]["said"].endswith(end + "In 1 of 4 settings only some settled.")


def test_a_coarse_picture_comes_first_and_every_cell_once():
    for rows, columns in ((10, 15), (1, 1), (5, 3)):
        order = coarse_first(rows, columns)
        assert sorted(order) == list(range(rows * columns))
        places = [(k % rows, k // rows) for k in order]
        coarse = [place for place in places if place[0] % 4 == place[1] % 4 == 0]
        assert places[: len(coarse)] == coarse


def test_stop_is_said_at_once_what_is_played_is_kept_and_run_goes_on_from_there():
    slow = {"least": ("0.9", "0.92"), "full": ("0.95",), "repeats": 200}
    heat = Tipping(**slow).map
    sent = heard(heat, {"do": "run"})
    for _ in range(3000):
        if heat.played.any():
            break
        Event().wait(0.02)
    heat._hear(heat, {"do": "stop"}, [])
    done = sent[-1]["done"]
    assert not heat.running and sent[-1]["said"] == f"Stopped: {done} of 400 boards played."
    assert sent[-1]["press"] == "on" and 0 < done < 400
    heat._hear(heat, {"do": "run"}, [])
    assert heat.running and sent[-1]["press"] == "stop"
    waited(heat, 120)
    assert heat.played.all() and sent[-1]["said"].startswith("All 400")
    results = heat.results
    assert [results["moves"][k] for k in (0, 399)] == [20_000, 20_000] and not results["settled"].any()


def test_a_second_run_or_stop_changes_nothing():
    heat = Tipping(**SMALL).map
    sent = heard(heat, {"do": "stop"})
    assert sent == []
    heat.play(Event())
    sent = heard(heat, {"do": "run"}, {"do": "stop"})
    assert sent == [] and not heat.running


def test_what_fails_is_told_to_the_page(monkeypatch):
    def broken(*_):
        raise OSError("no cores")
        yield

    monkeypatch.setattr(room, "in_parts", broken)
    heat = Tipping(**SMALL).map
    sent = heard(heat, {"do": "run"})
    waited(heat)
    assert "could not be played (OSError)" in sent[-1]["said"] and sent[-1]["press"] == "run"


def test_opening_a_cell_gives_its_board_back_and_puts_it_beneath():
    tipping = Tipping(**SMALL)
    sent = heard(tipping.map, {"do": "open", "at": 3})
    assert tipping.board == Board.random(10, 0.9, 0.5, seed=1 + 9, wish=Wish("1/3"))
    assert len(tipping.children) == 2 and tipping.children[1].board == tipping.board
    assert sent[-2]["said"].startswith("Opened below, as it was at the start: wish 1/3, empty 0.1, seed 10.")
    assert sent[-1] == {"do": "opened"}
    tipping.choose("0.2", "0.8")
    assert len(tipping.children) == 2 and tipping.board.wish == Wish("0.2")


@pytest.mark.parametrize("came", [None, 99, -1, "3", True, 1.0, [1]])
def test_nonsense_from_a_page_opens_nothing(came):
    tipping = Tipping(**SMALL)
    assert heard(tipping.map, {"do": "open", "at": came}, {"do": "fly"}, "hello", None) == []
    assert tipping.board is None


def test_a_page_opened_later_is_told_everything_again():
    tipping = Tipping(**SMALL)
    tipping.run()
    told, cells = heard(tipping.map, {"do": "hello"})
    assert told["done"] == 18 and len(cells["cells"]) == 6
    assert told["x"]["labels"] == ["0.2", "1/3", "0.9"] and told["y"]["labels"] == ["0.2", "0.1"]


def test_no_number_leaves_its_scale_and_moves_go_by_powers_of_ten():
    plan = Tipping(**SMALL, most="0.95").map.plan
    assert along(plan, "index", -3.0) == 0 and along(plan, "index", 0.0) == 0.2
    assert along(plan, "moves", 20.0) == pytest.approx(np.log10(20) / np.log10(400), abs=1e-4)
    assert along(plan, "alike", float("nan")) is None
    assert [text for _, text in ticks(plan, "moves")] == ["1", "10", "100"]
    assert [text for _, text in ticks(plan, "index")] == ["−0.25", "0", "0.25", "0.5", "0.75", "1"]


def test_nothing_is_saved_into_the_notebook():
    tipping = Tipping(**SMALL)
    tipping.run()
    kept = {name for name in tipping.map.trait_names(sync=True) if not name.startswith("_")}
    assert kept <= {"layout", "tabbable", "tooltip"}


def test_no_sentence_lives_in_javascript():
    js = Path(room.__file__).with_suffix(".js").read_text("utf-8")
    for key, text in words().items():
        if key.startswith("tipping.") and len(text) > 8:
            assert text not in js


def test_runs_are_saved_as_rows():
    tipping = Tipping(**SMALL)
    tipping.run()
    (file,) = heard(tipping.map, {"do": "data"})
    assert file["name"] == "tipping-seed-1.csv" and len(file["text"].splitlines()) == 19


def test_a_number_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="there is no number 'colour'"):
        Tipping(show="colour")


# --- what a page may ask: a link, going back, taking up again


def test_a_link_asks_for_another_seed_and_nothing_else_will_do():
    tipping = Tipping(**SMALL)
    tipping.run()
    tipping.choose("0.2", "0.8")
    sent = heard(tipping.map, {"do": "link", "seed": "70"})
    assert tipping.map.plan.seed == 70 and not tipping.sweep.played.any() and tipping.board is None
    assert sent[-1]["do"] == "anew" and sent[-1]["seed"] == 70 and sent[-1]["done"] == 0
    (told,) = heard(tipping.map, {"do": "link", "seed": "-1"})
    assert told["said"].startswith("The link asks for seed -1;") and tipping.map.plan.seed == 70


def test_a_map_goes_back_to_where_nothing_is_played_and_what_was_being_played_is_not_mixed_in():
    slow = {"least": ("0.9", "0.92"), "full": ("0.95",), "repeats": 100}
    heat = Tipping(**slow).map
    heard(heat, {"do": "run"})
    for _ in range(3000):
        if heat.played.any():
            break
        Event().wait(0.02)
    heat._hear(heat, {"do": "reset"}, [])
    assert not heat.running and not heat.played.any()
    Event().wait(0.5)
    assert not heat.played.any() and heat._fresh == []


def test_a_map_is_taken_up_again_played_once_more_with_the_same_outcome():
    tipping = Tipping(**SMALL)
    heard(tipping.map, {"do": "link", "seed": "5"}, {"do": "open", "at": 2})
    known = tipping.run()
    kept = {name: tipping.map.state()[name] for name in ("seed", "opened", "done")}
    again = Tipping(**SMALL)
    heard(again.map, {"do": "resume", "kept": kept})
    waited(again.map)
    assert (again.sweep.results == known.results).all() and again.board == tipping.board
    assert again.children[1].ident == f"parable-{again.map.ident}"


@pytest.mark.parametrize("kept", [None, [], "x", {}, {"seed": "x", "opened": -1, "done": 0}])
def test_nonsense_takes_up_nothing(kept):
    heat = Tipping(**SMALL).map
    assert heard(heat, {"do": "resume", "kept": kept}) == [] and not heat.running
