"""A board one can drag, run and take back: Python works out the moves, the browser plays them.

Everything travels by message. A page that opens says hello and is told the stage (words, controls), then
the board: its cells, the table of faces, every step so far and some hundred steps ahead of the reader, so
that pressing run waits for nobody. While it plays it asks for more. It says where the reader stands ("at")
and what was changed ("drag", "set", "new", "start", "replay"). A change starts a new epoch, and whatever
belongs to an older one is dropped on both sides. The page counts neighbours and looks faces up; what is a
happy one and who moves where it does not know.

A board that was filled by lot begins where a link asks to ("link": ?seed=7&wish=1/3). The browser holds the
line that plays the story again, so that it can be taken up ("resume") when the page had to be loaded again:
the same board and the same moves. What was taken back before is not there any more.
"""

import anywidget
import numpy as np

from segkit.playing import (
    AHEAD,
    SLIDERS,
    Playing,
    Stage,
    sandbox,
    told_drag,
    told_end,
    told_set,
)
from segkit.schelling import Board, face_table
from segkit.widgets import numbered
from segkit.widgets.code import code, look
from segkit.words import language, listed, number, say, words

MOST_WANTED = 100_000  # moves a page may ask for at once
MOST_ROWS = 400  # of the table a page shows
VIEW = "parable.view."


class Parable(anywidget.AnyWidget):
    """A board to play with: drag somebody, press run, change what they wish for, and see what becomes of it.

    what : a `Stage` (see `segkit.parables`), a `Board`, or the line that a board was shared as; a board of
    `size`, `full`, `composition`, `seed` … (see `Board.random`) with all controls unless given.

    Whatever the reader does comes back: `parable.board` is the board where they stand, `parable.counts` its
    table, `parable.recipe` the line that plays it again.

    >>> parable = Parable(size=10, seed=3)
    >>> parable.board.polygons, parable.counts.shape
    (80, (4, 2))
    """

    _esm, _css = code("parable"), look("parable")

    def __init__(self, what=None, **options):
        super().__init__()
        if what is not None and options:
            raise ValueError(say("parable.either", options=listed(options, most=99)))
        if isinstance(what, str):
            self.playing = Playing.of(what)
        elif isinstance(what, Stage):
            self.playing = Playing(what)
        elif what is None or isinstance(what, Board):
            self.playing = Playing(sandbox(Board.random(**options) if what is None else what))
        else:
            raise ValueError(say("parable.what", came=type(what).__name__))
        self.ident = numbered("parable")  # by which a page knows it
        self._own = self.playing.start, self.playing.block, self.playing.cut
        self._moral, self._moral_at = "", 0  # and the step it was said at
        self.on_msg(self._hear)

    @property
    def board(self) -> Board:
        """The board where the reader stands."""
        return self.playing.board

    @property
    def counts(self) -> np.ndarray:
        """The triangles and squares of each neighbourhood there."""
        return self.playing.counts

    @property
    def recipe(self) -> str:
        """One line that plays the same again: `Parable(line)`."""
        return self.playing.recipe

    # --- messages

    def _hear(self, _, message, __):
        if not isinstance(message, dict):
            return
        do, playing = message.get("do"), self.playing
        if do == "hello":
            self.send(stage_of(playing) | {"id": self.ident})
            self._tell_board()
            if self._moral:
                self._tell_moral()
            return
        if do not in self._ANSWERS or message.get("epoch") != playing.epoch:
            return  # about a past that is no more; the page hears of the new epoch anyway
        playing.go(whole_number(message.get("at"), playing.at))
        start, epoch = playing.start, playing.epoch
        try:
            self._ANSWERS[do](self, message)
        except ValueError as error:
            self._say(str(error))
            self._tell_board()
        playing = self.playing
        otherwise = do == "drag" or (do == "set" and message.get("name") in ("least", "most"))
        back = playing.at - (do == "drag") < self._moral_at  # gone back, and on in another way
        anew = playing.start is not start or (playing.epoch != epoch and otherwise and back)
        if self._moral and anew:
            self._moral = ""  # it was said of what is no longer there
            self._tell_moral()
        if not self._moral and (moral := playing.moral):
            self._moral, self._moral_at = moral, playing.at  # once: it counts up what was done to earn it
            self._tell_moral()

    def _at(self, message):
        if self.playing.over:
            self._say(told_end(self.playing), loud=False)

    def _more(self, message):
        playing = self.playing
        have = min(max(0, whole_number(message.get("have"), len(playing))), len(playing))
        want = min(whole_number(message.get("want"), AHEAD), MOST_WANTED)
        playing.look_ahead(have + want - playing.at)
        until = min(len(playing), have + want)
        head = {"do": "chunk", "epoch": playing.epoch, "from": have, "count": until - have}
        ended = playing.ended if until == len(playing) else ""
        self.send(head | {"ended": ended}, buffers=stretch(playing, have, until))

    def _drag(self, message):
        playing, at = self.playing, self.playing.at
        changes = len(playing.wishes)
        places = [whole_number(message.get(name), -1) for name in ("start", "end")]
        if not all(0 <= place < playing.start.cells.size for place in places):
            refused = say("parable.refused.outside")
        else:
            refused = playing.drag(*places)
        if len(playing.wishes) < changes:  # it went back beyond a change of wishes
            self._tell_board()
            self._say(told_drag(playing))
            return
        playing.look_ahead()
        since = at if not refused else len(playing)
        head = {"do": "epoch", "epoch": playing.epoch, "at": at, "ok": not refused, "ended": playing.ended}
        head |= {"count": len(playing) - since, "keep": self._kept()}
        self.send(head, buffers=stretch(playing, since, len(playing)))
        self._say(refused or told_drag(playing))

    def _set(self, message):
        name, value = str(message.get("name")), message.get("value")
        if name not in (*SLIDERS, "cut") or not isinstance(value, str):
            return
        self.playing.choose(name, value)
        self._tell_board()
        self._say(told_set(self.playing, name, value))

    def _new(self, message):
        seed = message.get("seed")
        self.playing.another(None if seed is None else whole_number(seed, self.playing.start.seed))
        self._tell_board()
        self._say(told_set(self.playing, "new"))

    def _start(self, message):
        self.playing.restart()
        self._tell_board()
        self._say(told_set(self.playing, "start"))

    def _replay(self, message):
        line = message.get("line")
        try:
            again = Playing.of(line if isinstance(line, str) else "", self.playing.stage)
        except ValueError as error:
            self.send({"do": "kept"})
            why = str(error.__context__ or error).rstrip(".")  # the reason itself, without the line
            self._say(say("parable.said.kept", why=why))
            return
        again.epoch = self.playing.epoch + 1
        self.playing = again
        self._tell_board()
        self._say(told_set(again, "replayed"))

    def _link(self, message):
        asked, epoch = message.get("asked"), self.playing.epoch
        odd = self.playing.link(asked if isinstance(asked, dict) else {})
        begun = self.playing.epoch != epoch
        if begun:
            self._tell_board()
        else:
            self.send({"do": "kept"})
        said = [told_set(self.playing, "linked")] if begun else []
        said += [say("parable.said.odd", came=listed(odd, most=99))] if odd else []
        if said:
            self._say(say("sentences", one=said[0], other=said[1]) if said[1:] else said[0], loud=False)

    def _resume(self, message):
        try:
            again = resumed(message.get("kept"), self.playing.stage)
        except (ValueError, TypeError, LookupError, AttributeError):
            self.send({"do": "kept"})
            self._say(say("parable.said.lost"), loud=False)
            return
        again.epoch = self.playing.epoch + 1
        self.playing = again
        self._tell_board()
        self._say(told_set(again, "resumed"), loud=False)

    def _kept(self) -> dict | None:
        """What the browser keeps of it; nothing where no line tells it."""
        playing = self.playing
        try:
            line = playing.line
        except ValueError:
            return None
        now = playing.start, playing.block, playing.cut
        return {"line": line, "block": now[1], "cut": now[2], "own": not playing.acts and now == self._own}

    def _table(self, message):
        self.send({"do": "table", **table_of(self.playing)})

    def _data(self, message):
        name = say("parable.data.name", seed=self.playing.start.seed, at=self.playing.at)
        self.send({"do": "file", "name": f"{name}.csv", "text": self.playing.data(), "type": "text/csv"})

    def _share(self, message):
        self.send({"do": "line", "text": self.playing.recipe})

    _ANSWERS = {
        "at": _at,
        "more": _more,
        "drag": _drag,
        "set": _set,
        "new": _new,
        "start": _start,
        "replay": _replay,
        "link": _link,
        "resume": _resume,
        "table": _table,
        "data": _data,
        "share": _share,
    }

    def _say(self, text: str, loud: bool = True):
        self.send({"do": "said", "text": text, "loud": loud})

    def _tell_moral(self):
        self.send({"do": "moral", "text": self._moral, "at": self._moral_at})

    def _tell_board(self):
        head, buffers = board_of(self.playing)
        self.send(head | {"keep": self._kept()}, buffers=buffers)


def whole_number(value, otherwise: int) -> int:
    """A number a page sent, or something safe where it sent anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else otherwise


def resumed(kept: dict, stage: Stage) -> Playing:
    """What a browser kept of a board, played again: its line, the drags that came after it, and the place.

    >>> playing = Playing(sandbox(Board.random(6, seed=2)))
    >>> str(resumed({"line": playing.line, "at": 3, "block": 2, "cut": ""}, playing.stage))
    'step 3 of 3, 4 unhappy'
    """
    drags, at = kept.get("drags", []), whole_number(kept["at"], 0)
    again = Playing.of(f"{kept['line']}; {drags[0][0] if drags else at}", stage)
    if kept["cut"]:
        again.choose("cut", kept["cut"])
    elif kept["block"] != again.block:
        again.choose("block", kept["block"])
    for step, start, end in drags:  # nobody had answered them: one may be refused, and what follows it
        if again.go(step).at != step or again.drag(start, end):
            return again
    again.look_ahead(at - again.at)
    return again.go(at)


# --- what is told


def stage_of(playing: Playing) -> dict:
    """What never changes while one plays: words, controls, lines."""
    stage = playing.stage
    return {
        "do": "stage",
        "lang": language(),
        "title": say(f"parable.{stage.name}.title"),
        "task": say(f"parable.{stage.name}.task"),
        "moral": len(words().get(f"parable.{stage.name}.moral", "")),  # how much room it takes, and no more
        "words": {key.removeprefix(VIEW): text for key, text in words().items() if key.startswith(VIEW)}
        | {key: say(key) for key in ("comma", "semicolon")},
        "controls": [name for name in stage.controls if name not in SLIDERS],
        "sliders": [slider(name) for name in SLIDERS if name in stage.controls],
        "cuts": [{"name": name, "label": say(f"parable.cut.{name}")} for name, _ in stage.cuts],
        "drag": stage.drag,
        "units": stage.shows_units,
        "lines": [
            {"name": line, "label": say(f"parable.line.{line}"), "symbol": say(f"parable.symbol.{line}")}
            for line in stage.lines
        ],
    }


STOPS = {
    "least": range(0, 101),
    "most": range(0, 101),
    "full": range(50, 100),
    "composition": range(5, 96),
    "size": range(5, 51),
    "block": range(2, 11),
}


def slider(name: str) -> dict:
    """A slider: its places as Python reads them, and as people do."""
    shares = name in ("least", "most", "full", "composition")
    return {
        "name": name,
        "label": say(f"parable.slider.{name}"),
        "values": [f"{stop}/100" if shares else str(stop) for stop in STOPS[name]],
        "labels": [say(f"parable.slider.{name}.value", n=stop) for stop in STOPS[name]],
    }


def where(playing: Playing) -> dict[str, int]:
    """Where each slider stands: at the place nearest to the truth."""
    board, wish = playing.start, playing.wish_now
    now = {
        "least": 100 * wish.least,
        "most": 100 * wish.most,
        "full": 100 * board.polygons / board.cells.size,
        "composition": 100 * board.triangles / max(1, board.polygons),
        "size": board.rows,
        "block": playing.block,
    }
    return {
        name: min(range(len(stops)), key=lambda k: abs(stops[k] - now[name])) for name, stops in STOPS.items()
    }


def board_of(playing: Playing) -> tuple[dict, list[bytes]]:
    """The whole story so far and the moves ahead of the reader."""
    playing.look_ahead()
    board, count = playing.start, len(playing)
    head = {
        "do": "board",
        "epoch": playing.epoch,
        "at": playing.at,
        "rows": board.rows,
        "columns": board.columns,
        "torus": board.edges == "torus",
        "count": count,
        "ended": playing.ended,
        "seed": board.seed,
        "slider": {name: k for name, k in where(playing).items() if name in playing.stage.controls},
        "cut": playing.cut,
        "expected": playing.by_chance(),
        "since": [since for since, _ in playing.wishes],  # from which step each table of faces holds
    }
    tables = np.stack([face_table(wish) for _, wish in playing.wishes])
    faces = np.stack([tables, tables], 1)  # the same for both kinds
    labels = np.unique(playing.units, return_inverse=True)[1].astype("<u2")
    moves, *rest = stretch(playing, 0, count, beginning=True)
    return head, [board.cells.tobytes(), faces.tobytes(), labels.tobytes(), moves, *rest]


def stretch(playing: Playing, since: int, until: int, beginning: bool = False) -> list[bytes]:
    """Steps as they travel: pairs of cells, numbers unhappy, lines in ten-thousandths (−32768: no value)."""
    moves, unhappy, lines = playing.stretch(since, until, beginning)
    kind = "<u2" if playing.start.cells.size <= 2**16 else "<u4"
    whole = np.where(np.isfinite(lines), np.rint(lines * 10_000), -32768)
    return [moves.astype(kind).tobytes(), unhappy.astype(kind).tobytes(), whole.astype("<i2").tobytes()]


def table_of(playing: Playing) -> dict:
    """The board as a table of its units, for those who read numbers rather than pictures."""
    counts = playing.counts
    heads = [say(f"parable.table.{name}") for name in ("unit", "triangles", "squares", "all", "share")]
    none = say("parable.table.none")
    rows = [
        [str(k + 1), str(x), str(y), str(x + y), number(x / (x + y), ".2f") if x + y else none]
        for k, (x, y) in enumerate(counts[:MOST_ROWS].tolist())
    ]
    x, y = counts.sum(0).tolist()
    rows.append([say("parable.table.whole"), str(x), str(y), str(x + y), number(x / max(1, x + y), ".2f")])
    caption = say("parable.table.caption", n=len(counts), at=playing.at)
    return {"caption": caption, "head": heads, "rows": rows}
