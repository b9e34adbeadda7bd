"""A board being played with: what has happened, what happens next, and where the reader stands.

The moves are worked out ahead of the reader, so that a page can show them without asking; whoever changes
something in between starts another future from there. All of it without a page: this room can be tried in
a terminal, and `segkit.widgets.parable` only carries it to the browser.

>>> playing = Playing(Stage("free", Board.random(seed=1)))
>>> playing.look_ahead(600)
>>> playing.ended, playing.go(len(playing)).board.settled
('settled', True)
"""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isfinite, nan

import numpy as np

from segkit.estimate import expected
from segkit.indices import INDICES, CannotBeAssessed
from segkit.schelling import (
    EMPTY,
    MOST_MOVES,
    RULES,
    SQUARE,
    TRIANGLE,
    Board,
    Engine,
    Wish,
    at_random,
    corrected,
    share,
    share_table,
    sides,
    tally_by,
    whole,
)
from segkit.words import listed, number, say, words

LINES = ("alike", "index", "dissimilarity", "isolation")
ACTIONS = ("run", "step", "speed", "scrub", "new", "start", "seed", "share", "picture", "data", "table")
SLIDERS = ("least", "most", "full", "composition", "size", "block")
LINKED = {"seed": "seed", "wish": "least", "most": "most", "full": "full", "share": "composition"}  # ?seed=7
AHEAD = 600  # moves known before the reader asks for them
MOST_TABLES = (
    250_000  # cells of tables measured for one stretch of moves; beyond it not every move is measured
)
LARGEST = 200  # side of a board one can choose on the page


@dataclass(frozen=True, eq=False, repr=False)
class Stage:
    """A board to play with, and what is asked of the reader.

    name : its words are parable.<name>.title, .task (what to do) and .moral (said after play).
    controls : which of ACTIONS and SLIDERS are there.      lines : which of LINES are drawn.
    drag : who may be dragged, "any", "unhappy" or "none".      still : cells whose polygon must stay there.
    block : the side of the neighbourhoods that D and isolation are read over.
    cuts : ways to cut the board, by name (words parable.cut.<name>): a block's side, or labels of cells.
    reached : when the moral may be said; once anything has been done unless told.
    numbers : what fills the blanks in the moral, counted up when it is said.
    outcome : which moral is true of what came of it, words parable.<name>.moral.<outcome>; "" the usual one.
    another : a new board from a seed; the same shares by lot unless told.
    """

    name: str
    board: Board
    controls: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    drag: str = "any"
    still: tuple[tuple[int, int], ...] = ()
    block: int = 5
    cuts: tuple[tuple[str, object], ...] = ()
    reached: "Callable[[Playing], bool] | None" = None
    numbers: "Callable[[Playing], dict] | None" = None
    outcome: "Callable[[Playing], str] | None" = None
    another: Callable[[int], Board] | None = None
    rule: Callable = at_random
    most: int = MOST_MOVES

    def __post_init__(self):
        for given, known, what in (
            (self.controls, ACTIONS + SLIDERS, "controls"),
            (self.lines, LINES, "lines"),
            ((self.drag,), ("any", "unhappy", "none"), "drag"),
        ):
            unknown = [given] if isinstance(given, str) else [name for name in given if name not in known]
            if unknown:
                raise ValueError(
                    say("playing.stage", what=what, came=unknown[0], known=listed(known, most=99))
                )

    def __repr__(self):
        return f"Stage({self.name!r})"

    @property
    def shows_units(self) -> bool:
        """Are the borders of neighbourhoods drawn on the board?"""
        return bool(self.cuts) or "block" in self.controls


EVERYTHING = ACTIONS + SLIDERS


def sandbox(board: Board, **options) -> Stage:
    """A board with everything one can do."""
    return Stage("free", board, **{"controls": EVERYTHING, "lines": LINES, **options})


class Playing:
    """What a reader does to a board, kept so that it can be taken back, shared and measured.

    A step is one change of places: a move of the rule's, or a drag. `at` is the step the reader looks at;
    steps beyond it are the future, forgotten as soon as the reader changes something.
    """

    def __init__(self, stage: Stage):
        self.stage, self.epoch, self.drags = stage, 0, 0
        self.block = stage.block
        self.cut = stage.cuts[0][0] if stage.cuts else ""
        self._begin(stage.board)

    def _begin(self, board: Board):
        """Another board: nothing has happened to it yet."""
        self.start, self.at, self.ended, self.epoch = board, 0, "", self.epoch + 1
        self._begun = ""  # the start of the recipe, once somebody has asked
        self.acts: list[tuple] = []  # (after step, "drag", start, end) or (after step, "wish", Wish)
        self.wishes: list[tuple[int, Wish]] = [(0, board.wish)]
        self._score = np.zeros((0, 6), np.int64)
        self._unhappy = np.array([int(board.unhappy.sum())])
        self._engine = engine(board, self.stage.rule)
        self._measure_anew()

    @property
    def reached(self) -> bool:
        """Has the reader done what the moral speaks of?"""
        return self.stage.reached(self) if self.stage.reached else self.at > 0 or bool(self.acts)

    @property
    def moral(self) -> str:
        """What the reader may be told now; nothing before it is earned, or where there is no moral."""
        key = f"parable.{self.stage.name}.moral"
        if key not in words() or not self.reached:
            return ""
        outcome = self.stage.outcome(self) if self.stage.outcome else ""
        numbers = self.stage.numbers(self) if self.stage.numbers else {}
        return say(f"{key}.{outcome}" if outcome else key, **numbers)

    def __repr__(self):
        return say("playing.stands", at=self.at, of=len(self), unhappy=self.unhappy(self.at))

    # where the reader stands

    def __len__(self) -> int:
        """How many steps are known, the future among them."""
        return len(self._score)

    def go(self, at: int) -> "Playing":
        """Stand at another step."""
        self.at = min(max(0, int(at)), len(self))
        return self

    @property
    def board(self) -> Board:
        """The board where the reader stands."""
        return self.board_at(self.at)

    def board_at(self, step: int) -> Board:
        """The board after so many steps."""
        cells = self.start.cells.ravel().tolist()
        for a, b in self._score[:step, :2].tolist():
            cells[a], cells[b] = cells[b], cells[a]
        drawn = int(self._score[step - 1, 5]) if step else self.start.drawn
        shape = self.start.cells.shape
        return replace(
            self.start, cells=np.array(cells).reshape(shape), drawn=drawn, wish=self._wish_at(step)
        )

    @property
    def over(self) -> bool:
        """Does the reader stand where the run has ended?"""
        return bool(self.ended) and self.at == len(self)

    @property
    def settled(self) -> bool:
        """Does the reader stand on a board where nobody is unhappy?"""
        return self.unhappy(self.at) == 0

    @property
    def wish_now(self) -> Wish:
        """What is wished for where the reader stands."""
        return self._wish_at(self.at)

    def _wish_at(self, step: int) -> Wish:
        return [wish for since, wish in self.wishes if since <= step][-1]

    # what happens next

    def look_ahead(self, most: int = AHEAD):
        """Work out the moves up to `most` beyond the reader, or to the end."""
        missing = min(self.at + most, self.stage.most) - len(self)
        if missing > 0 and not self.ended:
            run = self._engine.run(missing)
            self._add(run.score)
            self.ended = "" if run.ended == "limit" else run.ended
        if len(self) >= self.stage.most and not self.ended:
            self.ended = "limit"

    def drag(self, start: int, end: int, at: int | None = None) -> str:
        """The reader drops a polygon on an empty cell; what stands against it, or nothing.

        >>> playing = Playing(Stage("x", Board.of("T T S ."), drag="unhappy"))
        >>> playing.drag(0, 3)
        'Only unhappy ones may be moved here, and this one is content.'
        >>> playing.drag(2, 3), str(playing.board)
        ('', '▲ ▲ · ■')
        """
        self.go(self.at if at is None else at)
        board = self.board
        start, end = board.cell(start), board.cell(end)
        refused = self._refused(board, start, end)
        if refused:
            return refused
        after = board.after(start, end)
        self._forget()
        self.acts.append((self.at, "drag", start, end))
        self.drags += 1
        same, met = after.likes
        meets = (after.cells != EMPTY) & (met > 0)
        alike = share_table(after.radius)[met, same][meets].sum()
        self._add(np.array([[start, end, after.unhappy.sum(), alike, meets.sum(), after.drawn]]))
        self._engine = engine(after, self.stage.rule)
        self.at += 1
        return ""

    def _refused(self, board: Board, start: int, end: int) -> str:
        if self.stage.drag == "none":
            return say("parable.refused.none")
        if board.cells.flat[start] == EMPTY:
            return say("parable.refused.nobody")
        if board.cells.flat[end] != EMPTY:
            return say("parable.refused.taken") if start != end else say("parable.refused.back")
        if self.stage.drag == "unhappy" and not board.unhappy.flat[start]:
            return say("parable.refused.content")
        if start in map(board.cell, self.stage.still):
            return say("parable.refused.still")
        return ""

    def wish(self, least=None, most=None, at: int | None = None):
        """From here on they wish for something else. Where least and most would cross, the other follows."""
        self.go(self.at if at is None else at)
        wish = other_wish(self._wish_at(self.at), least, most)
        self._forget()
        self.acts = [act for act in self.acts if not (act[0] == self.at and act[1] == "wish")]
        self.acts.append((self.at, "wish", wish))
        self.wishes = [(since, w) for since, w in self.wishes if since < self.at] + [(self.at, wish)]
        board = self.board
        self._unhappy[self.at] = int(board.unhappy.sum())
        self._engine = engine(board, self.stage.rule)

    def _forget(self):
        """The future is open again."""
        at = self.at
        self.epoch += 1
        self._score = self._score[:at]
        self._moved, self._exact = self._moved[:at], self._exact[: at + 1]
        self._unhappy = self._unhappy[: at + 1]
        self._values = {name: values[: at + 1] for name, values in self._values.items()}
        self.acts = [act for act in self.acts if act[0] < at or (act[0] == at and act[1] == "wish")]
        self.wishes = [(since, wish) for since, wish in self.wishes if since <= at]
        self.ended = ""
        cells = self.board.cells
        self._cells, self._tables = cells.ravel().tolist(), tally_by(cells, self.units)

    # other boards

    def another(self, seed: int | None = None):
        """A new board: the next seed, unless one is given."""
        seed = self.start.seed + 1 if seed is None else seed
        made = self.stage.another(seed) if self.stage.another else self._like_it(seed)
        self._begin(replace(made, wish=self._wish_at(self.at)))

    def _like_it(self, seed: int, **changes) -> Board:
        """A board by lot with the shares of this one."""
        now = self.start
        shares = {
            "size": now.cells.shape,
            "full": Fraction(now.polygons, now.cells.size),
            "composition": Fraction(now.triangles, max(1, now.polygons)),
        }
        options = {"wish": now.wish, "edges": now.edges, "radius": now.radius}
        return Board.random(**(shares | changes), seed=seed, **options)

    def link(self, asked: dict) -> list[str]:
        """Begin where a link asks to, `?seed=7&wish=1/3`; what of it cannot be understood.

        Only a board that was filled by lot, and only with what its reader could choose: on other boards the
        task and the moral would no longer be true. asked : texts by the names in LINKED.
        """
        if not self.stage.another and self._like_it(self.start.seed) != self.start:
            return []
        found, odd = {}, []
        for name, to in LINKED.items():
            if name not in asked or (to in SLIDERS and to not in self.stage.controls):
                continue
            kind = r"\d{1,15}" if to == "seed" else r"\d{0,3}\.\d{1,9}|\d{1,9}(/\d{1,9})?"
            try:
                if not re.fullmatch(kind, str(asked[name])):
                    raise ValueError
                found[to] = int(asked[name]) if to == "seed" else share(asked[name])
            except ValueError:
                odd.append(f"{name}={asked[name]}"[:40])
        if found:
            wish = other_wish(self.wish_now, found.pop("least", None), found.pop("most", None))
            seed = found.pop("seed", self.start.seed)
            made = self.stage.another(seed) if self.stage.another else self._like_it(seed, **found)
            self._begin(replace(made, wish=wish))
        return odd

    def restart(self):
        """Everybody back to where they were at the start; what they wish for stays."""
        self._begin(replace(self.start, wish=self._wish_at(self.at)))

    def choose(self, name: str, value, at: int | None = None):
        """A slider or a choice has moved: `least` … `block`, or `cut`."""
        self.go(self.at if at is None else at)
        if name in ("least", "most"):
            self.wish(**{name: value})
        elif name in ("block", "cut"):
            if name == "block":
                self.block, self.cut = self._side(value), ""
            elif value in dict(self.stage.cuts):
                self.cut = str(value)
            else:
                known = listed(dict(self.stage.cuts), most=99)
                raise ValueError(say("playing.stage", what=name, came=value, known=known))
            self.epoch += 1
            self._measure_anew()
        elif name in ("full", "composition", "size"):
            chosen = share(value, name) if name != "size" else self._side(value)
            self._begin(
                replace(self._like_it(self.start.seed, **{name: chosen}), wish=self._wish_at(self.at))
            )
        else:
            raise ValueError(
                say("playing.stage", what="choose", came=name, known=listed((*SLIDERS, "cut"), most=99))
            )

    def _side(self, value) -> int:
        if not str(value).isdecimal() or not 1 <= int(value) <= LARGEST:
            raise ValueError(say("playing.side", came=value, most=LARGEST))
        return int(value)

    # the numbers

    @property
    def units(self) -> np.ndarray:
        """Which unit each cell belongs to, as the board is cut now."""
        cuts = dict(self.stage.cuts)
        return self.start.units(cuts.get(self.cut, self.block) if self.cut else self.block)

    @property
    def counts(self) -> np.ndarray:
        """The board where the reader stands as a table: triangles and squares in each unit."""
        return tally_by(self.board.cells, self.units)

    def unhappy(self, step: int) -> int:
        """How many are unhappy after so many steps."""
        return int(self._unhappy[step])

    def value(self, line: str, step: int) -> float:
        """A line at a step; nan where it cannot be assessed."""
        return float(self._values[line][step])

    def stretch(
        self, since: int, until: int, beginning: bool = False
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Moves, numbers unhappy and lines of the steps after `since` up to `until`.

        beginning : also the numbers at `since` itself.
        """
        steps = slice(since + (not beginning), until + 1)
        lines = [self._values[name][steps] for name in self.stage.lines]
        lines = lines or [np.zeros((until - since + beginning, 0))]
        return self._score[since:until, :2], self._unhappy[steps], np.column_stack(lines)

    def by_chance(self) -> dict[str, float]:
        """What each line would be if the polygons were placed by lot."""
        table = tally_by(self.start.cells, self.units)
        found = {}
        for line in self.stage.lines:
            if line == "alike":
                found[line] = self.start.expected_alike
            elif line == "index":
                found[line] = 0.0
            else:
                try:
                    found[line] = expected(table, line, focal=0)
                except (CannotBeAssessed, ValueError):
                    continue
        return {line: value for line, value in found.items() if isfinite(value)}

    def _measure_anew(self):
        """The numbers of all steps, as the board is cut now."""
        score, self._score = self._score, np.zeros((0, 6), np.int64)
        self._cells = self.start.cells.ravel().tolist()
        self._moved, self._exact = np.zeros((0, 2), np.int64), np.ones(1, bool)
        self._tables = tally_by(self.start.cells, self.units)
        unhappy, self._unhappy = self._unhappy, self._unhappy[:1]
        alike = self.start.alike
        both = {"alike": alike, "index": corrected(alike, self.start.expected_alike)}
        both |= {line: values[0] for line, values in read(self._tables[None]).items()}
        self._values = {line: np.array([both[line]]) for line in LINES}
        self._add(score)
        self._unhappy = unhappy  # each under the wish of its time; no border changes it

    def _add(self, score: np.ndarray):
        """More steps, with their numbers."""
        if not len(score):
            return
        moved = []
        cells = self._cells
        for a, b in score[:, :2].tolist():
            moved.append((cells[a], cells[b]))
            cells[a], cells[b] = cells[b], cells[a]
        moved = np.array(moved)
        alike = np.full(len(score), np.nan)
        np.divide(score[:, 3], score[:, 4] * whole(self.start.radius), out=alike, where=score[:, 4] > 0)
        found = {"alike": alike, "index": corrected(alike, self.start.expected_alike)}
        found |= self._tables_after(score[:, :2], moved)
        self._score = np.concatenate([self._score, score])
        self._moved = np.concatenate([self._moved, moved])
        self._unhappy = np.concatenate([self._unhappy, score[:, 2]])
        self._values = {name: np.concatenate([old, found[name]]) for name, old in self._values.items()}

    def _tables_after(self, moves: np.ndarray, moved: np.ndarray) -> dict[str, np.ndarray]:
        """The lines that read the units, after each move; on large boards not after every one."""
        labels = np.unique(self.units, return_inverse=True)[1].ravel()
        steps, units = len(moves), len(self._tables)
        every = max(1, steps * units // MOST_TABLES)
        change = np.zeros((-(-steps // every), units, 2), np.int64)
        stretch = np.arange(steps) // every
        for leaves, arrives, kind in ((0, 1, moved[:, 0]), (1, 0, moved[:, 1])):
            there = np.flatnonzero(kind != EMPTY)
            for end, sign in ((leaves, -1), (arrives, 1)):
                np.add.at(change, (stretch[there], labels[moves[there, end]], kind[there] - 1), sign)
        tables = self._tables + change.cumsum(0)
        self._tables = tables[-1]
        exact = np.arange(1, steps + 1) % every == 0
        exact[-1] = True
        self._exact = np.concatenate([self._exact, exact])
        return {line: np.repeat(values, every)[:steps] for line, values in read(tables).items()}

    # what can be taken along

    def data(self) -> str:
        """The run so far as CSV: a line for every step, rows and columns counted from 1.

        On large boards D and isolation are measured every so many steps, and stay empty at the others.
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["step", "from_row", "from_column", "to_row", "to_column", "unhappy", *LINES])
        for step in range(self.at + 1):
            cells = self._score[step - 1, :2].tolist() if step else []
            places = [place + 1 for cell in cells for place in divmod(cell, self.start.columns)] or [""] * 4
            values = [
                self.value(line, step) if line not in INDICES or self._exact[step] else nan for line in LINES
            ]
            numbers = [repr(round(v, 6)) if isfinite(v) else "" for v in values]
            writer.writerow([step, *places, self.unhappy(step), *numbers])
        return out.getvalue()

    @property
    def recipe(self) -> str:
        """One line that plays the same again: `Playing.of(line)`, `sk.Parable(line)`.

        >>> playing = Playing(Stage("free", Board.random(5, seed=3)))
        >>> playing.look_ahead(); playing.go(1).recipe
        'segkit: size=5x5 full=4/5 composition=1/2 seed=3 edges=walls alone=content ...; 1'
        """
        return f"{self.line}; {self.at}"

    @property
    def line(self) -> str:
        """The recipe without its end: how it began and what was done, not where the reader stands."""
        told = self._begun = self._begun or self._beginning()
        for act in self.acts:
            what = f"{act[2]}>{act[3]}" if act[1] == "drag" else f"{act[2].least}..{act[2].most}"
            told += f"; {act[0]} {act[1]} {what}"
        return told

    def _beginning(self) -> str:
        board = self.start
        likely = self._like_it(board.seed)
        names = {rule: name for name, rule in RULES.items()}
        if self.stage.rule not in names or board.radius != 1 or not isinstance(board.wish, Wish):
            raise ValueError(say("playing.own_rule"))
        if likely == board:
            what = f"size={board.rows}x{board.columns} full={Fraction(board.polygons, board.cells.size)} "
            what += f"composition={Fraction(board.triangles, max(1, board.polygons))}"
        else:
            what = "cells=" + "/".join("".join(".TS"[k] for k in row) for row in board.cells.tolist())
            what += f" drawn={board.drawn}"
        first = board.wish
        words = f"segkit: {what} seed={board.seed} edges={board.edges} alone={first.alone} "
        return words + f"rule={names[self.stage.rule]} wish={first.least}..{first.most}"

    @classmethod
    def of(cls, recipe: str, stage: Stage | None = None) -> "Playing":
        """What a recipe's line tells, played again up to where it stood.

        >>> playing = Playing(Stage("free", Board.random(6, seed=2)))
        >>> playing.look_ahead(); _ = playing.go(3)
        >>> Playing.of(playing.recipe).board == playing.board
        True
        """
        try:
            sign, _, line = recipe.strip().partition(":")
            if sign != "segkit":
                raise ValueError(say("playing.no_sign"))
            what, *acts = [part.strip() for part in line.split(";")]
            board, rule = told_board(what)
            playing = cls(replace(stage or sandbox(board), board=board, rule=rule))
            for act in acts:
                playing._again(act)
        except ValueError as error:
            raise ValueError(say("playing.recipe", came=recipe[:200], why=error)) from None
        return playing

    def _again(self, act: str):
        """One part of a recipe: what was done after how many steps, or only where the reader stood."""
        found = re.fullmatch(r"(\d+)(?: (?:(drag) (\d+)>(\d+)|(wish) ([\d/.]+?)\.\.([\d/.]+)))?", act)
        step = int(found[1]) if found else -1
        if not 0 <= step <= self.stage.most:
            raise ValueError(say("playing.part", came=act[:60]))
        self.look_ahead(step - self.at)
        if self.go(step).at != step:
            raise ValueError(say("playing.short", step=step, steps=len(self)))
        if found[2]:
            refused = self.drag(int(found[3]), int(found[4]))
            if refused:
                raise ValueError(refused)
        elif found[5]:
            self.wish(found[6], found[7])


def other_wish(now: Wish, least=None, most=None) -> Wish:
    """A wish with another least or most; where the two would cross, the other follows.

    >>> other_wish(Wish("1/3"), least="1/2").least, other_wish(Wish("1/3"), most="1/4").least
    (Fraction(1, 2), Fraction(1, 4))
    """
    new_least = now.least if least is None else share(least, "least")
    new_most = now.most if most is None else share(most, "most")
    if new_least > new_most:
        new_least, new_most = (new_least, new_least) if most is None else (new_most, new_most)
    return replace(now, least=new_least, most=new_most)


def engine(board: Board, rule: Callable) -> Engine:
    """A board set going; compiled where it is so large that one would wait."""
    return Engine(board, rule, compiled=board.cells.size > LARGEST**2)


KEYS = ("size", "full", "composition", "cells", "drawn", "seed", "edges", "alone", "rule", "wish")


def told_board(what: str) -> tuple[Board, Callable]:
    """The board and the rule a recipe begins with."""
    told = dict(part.partition("=")[::2] for part in what.split())
    unknown = [name for name in told if name not in KEYS]
    if unknown:
        raise ValueError(say("playing.stage", what="segkit", came=unknown[0], known=listed(KEYS, most=99)))
    rule = told.get("rule", "random")
    if rule not in RULES:
        raise ValueError(say("playing.stage", what="rule", came=rule, known=listed(RULES, most=99)))
    least, _, most = told.get("wish", "1/3..1").partition("..")
    wish = Wish(least, most or 1, told.get("alone", "content"))
    seed, drawn = (recipe_number(told.get(name, usual)) for name, usual in (("seed", "1"), ("drawn", "0")))
    edges = told.get("edges", "walls")
    if "cells" in told:
        text = told["cells"].replace("/", "\n")
        return Board.of(text, wish=wish, edges=edges, seed=seed, drawn=drawn), RULES[rule]
    rows, _, columns = told.get("size", "20").partition("x")
    size = (recipe_number(rows), recipe_number(columns or rows))
    if max(sides(size)) > LARGEST:
        raise ValueError(say("schelling.size", came=told["size"], most=LARGEST))
    shares = {name: told[name] for name in ("full", "composition") if name in told}
    return Board.random(size, **shares, seed=seed, wish=wish, edges=edges), RULES[rule]


def recipe_number(text: str) -> int:
    """A whole number of a recipe."""
    try:
        return int(text)
    except ValueError:
        raise ValueError(say("playing.part", came=text[:60])) from None


def read(tables: np.ndarray) -> dict[str, np.ndarray]:
    """The indices among the lines, read on every table of a stack; nan where they cannot be assessed."""
    found = {}
    for line in LINES:
        if line in INDICES:
            try:
                found[line] = np.asarray(INDICES[line](tables, focal=0), float)
            except CannotBeAssessed:  # at least one of them: then one by one
                alone = [read(table[None])[line] for table in tables] if len(tables) > 1 else [[np.nan]]
                found[line] = np.concatenate(alone)
    return found


# --- what is said about it


def told_drag(playing: Playing) -> str:
    """The step before the reader was a drag: what it did to the one who was moved, and to everybody."""
    at = playing.at
    board = playing.board
    cells = playing._score[at - 1, :2].tolist()
    (from_row, from_column), (row, column) = (divmod(cell, board.columns) for cell in cells)
    same, met = (int(counts[row, column]) for counts in board.likes)
    said = say(
        "parable.said.moved" if met else "parable.said.moved.alone",
        kind=called(int(board.cells[row, column])),
        from_row=from_row + 1,
        from_column=from_column + 1,
        row=row + 1,
        column=column + 1,
        same=same,
        neighbours=met,
        face=say(f"parable.face.{int(board.faces[row, column])}"),
    )
    return say("sentences", one=said, other=told_change(playing, at - 1, at))


def told_end(playing: Playing) -> str:
    """How the run ended, and what it did since the start."""
    few = {0: ".none", 1: ".one"}.get(len(playing), "") if playing.ended == "settled" else ""
    told = {"moves": number(len(playing), ","), "unhappy": playing.unhappy(playing.at)}
    ended = say(f"parable.said.{playing.ended}{few}", **told)
    return say("sentences", one=ended, other=told_change(playing, 0, playing.at)) if playing.at else ended


def told_set(playing: Playing, what: str, value: str = "") -> str:
    """What was chosen, and how many are unhappy with it. what : a slider's name, "cut", "new", "start" …"""
    now = {"unhappy": playing.unhappy(playing.at), "polygons": playing.start.polygons}
    if what in ("new", "start", "replayed", "linked", "resumed"):
        return say(f"parable.said.{what}", seed=playing.start.seed, at=playing.at, **now)
    if what in ("cut", "block"):
        units = {"name": say(f"parable.cut.{value}")} if what == "cut" else {}
        cut = say(f"parable.said.{what}", n=len(playing.counts) if what == "cut" else value, **units)
        return say("sentences", one=cut, other=told_change(playing, playing.at, playing.at))
    chosen = value if what == "size" else say("parable.percent", n=number(float(100 * share(value)), ".0f"))
    return say("parable.said.set", name=say(f"parable.slider.{what}"), value=chosen, **now)


def told_change(playing: Playing, since: int, until: int) -> str:
    """From what to what: the unhappy, and each line that is drawn; how it stands, for a step and itself."""
    parts = [change(say("parable.unhappy"), str(playing.unhappy(since)), str(playing.unhappy(until)))]
    for line in playing.stage.lines:
        values = [playing.value(line, step) for step in (since, until)]
        if all(map(isfinite, values)):
            parts.append(change(say(f"parable.line.{line}"), *map(two_places, values)))
    return say("parable.said.change", parts=say("semicolon").join(parts))


def two_places(value: float) -> str:
    """A number as the page writes it.

    >>> two_places(-0.001), two_places(-0.25)
    ('0.00', '−0.25')
    """
    return number(round(value, 2) + 0, ".2f").replace("-", "−")


def change(name: str, before: str, after: str) -> str:
    if before == after:
        return say("parable.said.value", name=name, value=after)
    return say("parable.said.from_to", name=name, before=before, after=after)


def called(k: int) -> str:
    """What a polygon is called."""
    return say({TRIANGLE: "parable.triangle", SQUARE: "parable.square"}[k])
