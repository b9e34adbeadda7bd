"""The board as a widget: what it tells a page, what it hears, and what it gives back."""

import numpy as np
import pytest

import segkit as sk
from segkit import parables
from segkit.playing import ACTIONS, LINES, SLIDERS, Stage
from segkit.schelling import Board, Wish, face_table
from segkit.widgets.parable import STOPS, Parable
from segkit.words import words


class Page:
    """A page that remembers what it was told and plays it as a browser would."""

    def __init__(self, widget: Parable):
        self.widget, self.told, self.epoch, self.at = widget, [], 0, 0
        widget.send = lambda message, buffers=(): self.told.append((message, [bytes(b) for b in buffers]))

    def say(self, do, **more):
        self.told.clear()
        message = {"do": do, "epoch": self.epoch, "at": self.at} | more
        self.widget._hear(None, message, None)
        for head, buffers in self.told:
            self.hear(head, buffers)
        return [head for head, _ in self.told]

    def hear(self, head, buffers):
        match head["do"]:
            case "board":
                self.epoch, self.at, self.count = head["epoch"], head["at"], head["count"]
                self.lines = len(self.stage["lines"])
                cells, faces, labels, moves, unhappy, lines = buffers
                self.cells = np.frombuffer(cells, "u1").copy()
                self.faces = np.frombuffer(faces, "u1").reshape(-1, 2, 9, 9)
                self.labels = np.frombuffer(labels, "<u2")
                self.moves = np.frombuffer(moves, "<u2").reshape(-1, 2).tolist()
                self.unhappy = np.frombuffer(unhappy, "<u2").tolist()
                self.values = np.frombuffer(lines, "<i2").reshape(len(self.unhappy), self.lines).tolist()
                assert len(self.moves) == head["count"] == len(self.unhappy) - 1 == len(self.values) - 1
            case "chunk" | "epoch":
                if head["do"] == "epoch":
                    self.epoch = head["epoch"]
                    if not head["ok"]:
                        return
                    del (
                        self.moves[head["at"] :],
                        self.unhappy[head["at"] + 1 :],
                        self.values[head["at"] + 1 :],
                    )
                    self.at = head["at"] + 1
                moves, unhappy, lines = buffers
                self.moves += np.frombuffer(moves, "<u2").reshape(-1, 2).tolist()
                self.unhappy += np.frombuffer(unhappy, "<u2").tolist()
                self.values += np.frombuffer(lines, "<i2").reshape(head["count"], self.lines).tolist()
                assert head["count"] == len(moves) // 4 == len(unhappy) // 2
            case "stage":
                self.stage = head

    def board(self):
        cells = self.cells.tolist()
        for a, b in self.moves[: self.at]:
            cells[a], cells[b] = cells[b], cells[a]
        return np.array(cells, np.uint8)


def page_of(widget) -> Page:
    page = Page(widget)
    page.say("hello")
    return page


def test_a_page_that_opens_is_told_the_whole_stage_and_the_moves_ahead():
    page = page_of(Parable(size=20, seed=1))
    assert page.stage["controls"] == list(ACTIONS) and [s["name"] for s in page.stage["sliders"]] == list(
        SLIDERS
    )
    assert [line["name"] for line in page.stage["lines"]] == list(LINES)
    run = Board.random(20, seed=1).run()
    assert page.moves == run.moves.tolist() and page.unhappy[1:] == run.unhappy.tolist()
    assert np.allclose(np.array(page.values)[1:, 0] / 1e4, run.alike, atol=6e-5)
    assert np.array_equal(page.faces[0, 0], face_table(Wish())) and len(set(page.labels.tolist())) == 16
    assert "" not in page.stage["words"].values()


def test_a_run_comes_in_chunks_and_is_the_engine_s_run():
    widget = Parable(size=20, seed=4, wish=Wish(0.7))
    page = page_of(widget)
    while True:
        page.at = len(page.moves)
        (head,) = page.say("more", have=len(page.moves), want=600)
        if head["ended"]:
            break
    run = Board.random(20, seed=4, wish=Wish(0.7)).run()
    assert page.moves == run.moves.tolist() and head["ended"] == "settled"
    assert widget.board.cells.ravel().tolist() != run.board.cells.ravel().tolist(), (
        "the page has not said it is there"
    )
    page.at = len(page.moves)
    page.say("at")
    assert widget.board == run.board


def test_python_and_the_page_never_disagree_whatever_is_done():
    rng = np.random.default_rng(5)
    widget = Parable(size=12, seed=2)
    page = page_of(widget)
    for _ in range(60):
        deed = rng.choice(["play", "drag", "back", "wish", "refused", "stale"])
        page.at = min(page.at, len(page.moves))
        if deed == "play":
            page.at = min(len(page.moves), page.at + int(rng.integers(20)))
            page.say("more", have=len(page.moves), want=20)
        elif deed == "back":
            page.at = int(rng.integers(page.at + 1))
            page.say("at")
        elif deed == "wish":
            page.say("set", name="least", value=f"{rng.integers(20, 60)}/100")
        else:
            board = page.board()
            start, end = (int(rng.choice(np.flatnonzero(w))) for w in (board, board == 0))
            if deed == "stale":
                assert (
                    page.widget._hear(
                        None, {"do": "drag", "epoch": 0, "at": 0, "start": start, "end": end}, None
                    )
                    is None
                )
                continue
            page.say("drag", start=start, end=end if deed == "drag" else start)
        page.say("at")
        assert page.board().tolist() == widget.board.cells.ravel().tolist(), deed
        assert page.unhappy[page.at] == widget.board.unhappy.sum()


def test_a_drop_is_answered_with_what_it_did():
    page = page_of(Parable(Stage("free", Board.of("T S . T\nS . . ."), lines=("alike",))))
    told = page.say("drag", start=0, end=7)
    assert [head["do"] for head in told] == ["epoch", "said"] and told[0]["ok"]
    said = "The triangle moved from row 1, column 1 to row 2, column 4; there 1 of 1 neighbours are like it,"
    assert told[1]["text"].startswith(said) and "→" in told[1]["text"]


def test_a_refused_drop_changes_nothing_and_says_why():
    widget = Parable(Stage("free", Board.of("T S . T"), drag="none"))
    page = page_of(widget)
    epoch = page.epoch
    told = page.say("drag", start=0, end=2)
    assert not told[0]["ok"] and told[0]["epoch"] == epoch and "by hand" in told[1]["text"]


@pytest.mark.parametrize(
    "message",
    [
        None,
        7,
        {},
        {"do": "fly"},
        {"do": "drag"},
        {"do": "drag", "start": -1, "end": "x"},
        {"do": "drag", "start": 10**9, "end": 0},
        {"do": "set", "name": "seed", "value": "1"},
        {"do": "set", "name": "size", "value": "1e9"},
        {"do": "set", "name": "size", "value": "100000"},
        {"do": "set", "name": "least", "value": "2"},
        {"do": "set", "name": "block", "value": "0"},
        {"do": "set", "name": "cut", "value": "nowhere"},
        {"do": "more", "have": -5, "want": 10**12},
        {"do": "more", "have": None, "want": None},
        {"do": "new", "seed": "one"},
        {"do": "new", "seed": -1},
        {"do": "at", "at": 10**9},
    ],
)
def test_rubbish_from_a_page_breaks_nothing(message):
    widget = Parable(size=8)
    page = page_of(widget)
    if isinstance(message, dict):
        message = {"epoch": page.epoch, "at": 0} | message
    widget._hear(None, message, None)
    page.say("hello")
    assert page.board().tolist() == widget.board.cells.ravel().tolist() and widget.board.polygons == 51


def test_what_belongs_to_a_past_epoch_is_dropped():
    widget = Parable(size=8)
    page = page_of(widget)
    page.say("new")
    before = widget.board
    assert (
        page.widget._hear(None, {"do": "set", "epoch": 1, "at": 0, "name": "least", "value": "1/2"}, None)
        is None
    )
    assert widget.board == before


def test_the_moral_is_said_after_play_once_and_never_before(monkeypatch):
    monkeypatch.setitem(words(), "parable.free.moral", "So it is.")
    widget = Parable(Stage("free", Board.random(8, seed=1), reached=lambda playing: playing.over))
    page = page_of(widget)
    assert "So it is." not in str(page.told) and "So it is." not in str(page.say("at"))
    page.at = len(page.moves)
    assert page.say("at")[-1] == {"do": "moral", "text": "So it is.", "at": page.at}
    assert not any(head["do"] == "moral" for head in page.say("at"))
    assert page.say("hello")[-1]["do"] == "moral", "a page opened later is told too"


def test_nothing_of_the_board_is_saved_with_the_notebook():
    widget = Parable(size=8)
    assert {name for name in widget.keys if not name.startswith("_")} <= {
        "layout",
        "tabbable",
        "tooltip",
        "comm",
    }


def test_what_was_done_comes_back_as_a_value():
    widget = Parable(size=10, seed=3)
    page = page_of(widget)
    page.at = 5
    page.say("at")
    assert widget.board == Board.random(10, seed=3).run().at(5)
    assert sk.dissimilarity(widget.counts) == sk.dissimilarity(widget.board.counts(5))
    assert Parable(widget.recipe).board == widget.board


@pytest.mark.parametrize("what, options", [(3, {}), (Board.random(4), {"size": 9}), ("hello", {})])
def test_what_is_no_board_is_refused_in_words(what, options):
    with pytest.raises(ValueError) as refused:
        Parable(what, **options)
    assert len(str(refused.value)) > 20


def test_sliders_stand_where_the_board_is():
    page = page_of(Parable(size=20, full=0.7, composition=0.25, wish=Wish(0.4, 0.9)))
    (board,) = [head for head, _ in page.told if head["do"] == "board"]
    values = {s["name"]: s["values"][board["slider"][s["name"]]] for s in page.stage["sliders"]}
    assert values == {
        "least": "40/100",
        "most": "90/100",
        "full": "70/100",
        "composition": "25/100",
        "size": "20",
        "block": "5",
    }
    assert set(STOPS) == set(SLIDERS)


def test_table_data_and_line_are_given_when_asked():
    page = page_of(Parable(size=10, seed=3))
    (table,) = page.say("table")
    assert len(table["rows"]) == 5 and sum(int(row[3]) for row in table["rows"][:-1]) == 80
    assert table["rows"][-1][3] == "80"
    (file,) = page.say("data")
    assert file["name"].endswith(".csv") and file["text"].startswith("step,")
    (line,) = page.say("share")
    assert line["text"].startswith("segkit: size=10x10")


def test_a_shared_line_is_played_on_a_board_that_is_open_and_keeps_its_controls():
    first = page_of(Parable(size=12, seed=5))
    first.at = 7
    first.say("at")
    line = first.widget.recipe
    page = page_of(Parable(Stage("free", Board.random(8, seed=2), ("run", "share", "block"), ("alike",))))
    epoch = page.epoch
    told = page.say("replay", line=f"  {line}\n")
    assert [head["do"] for head in told] == ["board", "said"] and page.epoch > epoch
    assert page.widget.board == first.widget.board and page.at == 7 and page.widget.recipe == line
    assert page.widget.playing.stage.controls == ("run", "share", "block")
    assert page.board().tolist() == first.board().tolist() and "up to move 7" in told[1]["text"]
    page.say("drag", start=int(page.cells.argmax()), end=0)
    assert page.widget.playing.epoch == page.epoch


@pytest.mark.parametrize(
    "line, why",
    [
        ("", "does not begin with"),
        (None, "does not begin with"),
        ("hello", "does not begin with"),
        ("segkit: size=5x5 seed=a", "“a” is no part of such a line"),
        ("segkit: size=5x5; 3 jump", "“3 jump” is no part of such a line"),
        ("segkit: size=5x5; 900", "step 900"),
        ("segkit: size=999x9", "999"),
        ("segkit: size=5 full=1/0", "full"),
    ],
)
def test_a_line_that_cannot_be_played_is_said_kindly_and_the_board_stays(line, why):
    page = page_of(Parable(size=8))
    epoch, before = page.epoch, page.widget.board
    told = page.say("replay", line=line)
    assert [head["do"] for head in told] == ["kept", "said"]
    text = told[1]["text"]
    assert why in text and "the board stays" in text and "invalid literal" not in text
    assert page.widget.board == before and page.widget.playing.epoch == epoch


def test_a_moral_is_earned_anew_by_who_goes_back_and_on_in_another_way(monkeypatch):
    monkeypatch.setitem(words(), "parable.free.moral", "So it is.")
    page = page_of(Parable(Stage("free", Board.random(8, seed=1), reached=lambda playing: playing.over)))
    page.at = len(page.moves)
    page.say("at")
    page.at = 2
    assert not any(head["do"] == "moral" for head in page.say("at")), "only looked at"
    cells = page.board()
    told = page.say("drag", start=int(cells.argmax()), end=int(cells.argmin()))
    assert told[-1] == {"do": "moral", "text": "", "at": told[-1]["at"]}
    page.at = len(page.moves)
    assert page.say("at")[-1]["text"] == "So it is."


# --- what a page may ask: a link, and taking up again what was done before it was loaded anew


def begun(widget, **asked):
    """What a board tells when a link asks for this."""
    told = page_of(widget).say("link", asked=asked)
    return [head["text"] for head in told if head["do"] == "said"]


def test_a_link_gives_the_board_it_names():
    widget = Parable(size=20, seed=1)
    (said,) = begun(widget, seed="7", wish="2/5", most="0.9", full="0.7", share="1/4", town="larkfold")
    assert widget.board == Board.random(20, 0.7, "1/4", seed=7, wish=Wish("2/5", "9/10"))
    assert said.startswith("Begun as the link asks, with seed 7.")


def test_what_a_link_says_wrong_is_left_out_and_told():
    widget = Parable(size=10, seed=1)
    (said,) = begun(widget, seed="-3", wish="1e999999999", full="1/0", share="2", most="0.5")
    assert widget.board == Board.random(10, seed=1, wish=Wish("1/3", "1/2"))
    assert said.endswith("cannot be understood: seed=-3, wish=1e999999999, full=1/0, share=2.")
    (only,) = begun(Parable(size=10, seed=1), seed="many")
    assert only == "Left out of the link, because it cannot be understood: seed=many."


def test_a_link_changes_no_board_made_by_hand_and_nothing_its_reader_could_not_change():
    for stage in (parables.one_unhappy(), parables.neighbourhoods(), parables.checkerboard()):
        widget = Parable(stage)
        assert begun(widget, seed="9", wish="0.9") == [] and widget.board == stage.board
    third = Parable(parables.third())
    begun(third, seed="9", wish="0.9")
    assert third.board == Board.random(20, seed=9, wish=Wish("1/3"))


@pytest.mark.parametrize("asked", [None, 3, "seed=7", ["seed"], {}])
def test_a_link_that_asks_nothing_leaves_the_page_free_to_go_on(asked):
    widget = Parable(size=10, seed=1)
    assert [head["do"] for head in page_of(widget).say("link", asked=asked)] == ["kept"]


def kept_of(page):
    """What Python has told a page to keep, as of its last message about the board."""
    return next(head["keep"] for head, _ in reversed(page.history) if "keep" in head)


@pytest.fixture
def played():
    """A board that was played with: a wish, moves, a drag, other borders."""
    page = page_of(Parable(size=12, seed=2))
    page.history = []
    hear = page.hear
    page.hear = lambda head, buffers: (page.history.append((head, buffers)), hear(head, buffers))
    page.say("set", name="least", value="45/100")
    page.at = 9
    board = page.board().ravel()
    page.say("drag", start=int(np.flatnonzero(board)[3]), end=int(np.flatnonzero(board == 0)[2]))
    page.say("set", name="block", value="4")
    page.at = len(page.moves)
    page.say("at")
    return page


def test_a_board_is_taken_up_again_with_its_moves_wishes_and_borders(played):
    widget, kept = played.widget, kept_of(played) | {"at": 14, "drags": []}
    widget.playing.go(14)
    again = Parable(size=12, seed=2)
    told = page_of(again).say("resume", kept=kept)
    assert again.board == widget.board and again.playing.acts == widget.playing.acts
    assert (again.playing.at, again.playing.block) == (14, 4)
    assert told[-1]["text"].startswith("Taken up again where it stood, at move 14.")
    assert again.recipe == widget.recipe and not told[0]["keep"]["own"]


def test_drags_that_nobody_had_answered_are_made_again(played):
    cells = played.board().ravel()
    start, end = int(np.flatnonzero(cells)[0]), int(np.flatnonzero(cells == 0)[0])
    drags = [[played.at, start, end], [played.at + 1, end, start]]
    again = Parable(size=12, seed=2)
    page_of(again).say("resume", kept=kept_of(played) | {"at": played.at + 2, "drags": drags})
    assert again.playing.acts[-2:] == [(at, "drag", *places) for at, *places in drags]
    assert again.board.cells.ravel().tolist() == cells.tolist()


def test_a_board_nobody_touched_is_its_own_and_needs_no_taking_up():
    page = page_of(Parable(size=6, seed=2))
    page.history = page.told[:]
    page.say("hello")
    assert [head["keep"]["own"] for head, _ in page.told if "keep" in head] == [True]


@pytest.mark.parametrize(
    "kept", [None, "segkit:", {}, {"line": "x"}, {"line": 3, "at": 1, "cut": "", "block": 5, "drags": [[1]]}]
)
def test_nonsense_is_not_taken_up_and_said(kept):
    widget = Parable(size=6, seed=2)
    told = page_of(widget).say("resume", kept=kept)
    assert [head["do"] for head in told] == ["kept", "said"] and widget.board == Board.random(6, seed=2)
    assert told[1]["text"] == "What was done on this board could not be taken up again."


def test_boards_are_named_in_their_order_and_say_their_language():
    from segkit.words import speaking

    first, second = Parable(size=6), Parable(size=6)
    k = int(first.ident.removeprefix("parable-"))
    assert second.ident == f"parable-{k + 1}" and page_of(first).stage["id"] == first.ident
    with speaking("it"):
        page = page_of(second)
        page.say("table")
        assert page.stage["lang"] == "it" and "," in page.told[0][0]["rows"][0][-1]
