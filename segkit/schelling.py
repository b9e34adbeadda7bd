"""A board of polygons who wish for some neighbours like themselves: who is unhappy, who moves, how it ends.

Triangles and squares live on a board of cells. A polygon stays while the share of its neighbours that are
like it lies between the least and the most it wishes for; otherwise it wants to move. Nothing else happens,
and yet the board changes: that is the discovery of J. Sakoda (1971) and T. C. Schelling (1971), *Journal of
Mathematical Sociology* 1.

>>> board = Board.random(size=20, full=0.8, seed=1)
>>> after = board.settle()
>>> round(board.alike, 2), round(after.alike, 2), after.settled
(0.48, 0.74, True)

The conventions, each a choice somebody else has made differently:

- neighbours are the 8 cells around (`radius=1`) that are not empty; bounds are inclusive and compared in
  whole numbers;
- alone is content, nobody nearby to differ from (`alone="unhappy"` for the other way);
- the board has walls (`edges="torus"` joins opposite sides);
- one unhappy polygon at a time, chosen at random, goes to an empty cell chosen at random (`at_random`).
  Other rules are functions: `nearest`, `in_turn`, `swap`, or your own;
- settled means nobody is unhappy. Some boards never settle: a run says "limit" or "stuck", never just a
  number.

Same seed, same story: every choice is made by whole numbers drawn from one stream, so a run is the same on
every machine, and the same whether its functions run as they stand or compiled (`compiled=True`, which
fetches numba).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, cached_property, lru_cache, wraps
from math import lcm, nan
from numbers import Integral
from typing import NamedTuple

import numpy as np

from segkit.words import say

EMPTY, TRIANGLE, SQUARE = 0, 1, 2
UNHAPPY, CONTENT, MEH = 1, 2, 3  # faces; meh: content, and all neighbours alike
WRITTEN = {"▲": 1, "△": 1, "T": 1, "■": 2, "□": 2, "S": 2, ".": 0, "·": 0}
DRAWN = "·▲■"
MOST_MOVES = 20_000
LONGEST_SIDE = 4_000  # 16 million cells: some gigabytes


# --- what a polygon wishes for


@dataclass(frozen=True)
class Wish:
    """The least and the most a polygon wishes its neighbours to be like itself, as shares from 0 to 1.

    least, most : fractions ("1/3"), decimals (0.33) or numbers, kept exactly. Both bounds are included: a
    polygon with 2 of 6 neighbours alike is content with a wish of 1/3.
    alone : "content" or "unhappy", what a polygon without neighbours is.

    >>> Wish("1/3").content(2, 6), Wish("1/3").content(1, 6), Wish(0.1, 0.8).content(6, 6)
    (True, False, False)
    """

    least: Fraction = Fraction(1, 3)
    most: Fraction = Fraction(1)
    alone: str = "content"

    def __post_init__(self):
        for name in ("least", "most"):
            object.__setattr__(self, name, share(getattr(self, name), name))
        if self.least > self.most:
            raise ValueError(say("schelling.wish", least=self.least, most=self.most))
        if self.alone not in ("content", "unhappy"):
            raise ValueError(say("schelling.alone", came=repr(self.alone)))

    def content(self, same: int, neighbours: int) -> bool:
        """Is a polygon content with so many of its neighbours like itself? Compared in whole numbers."""
        if neighbours == 0:
            return self.alone == "content"
        least, most = self.least, self.most
        return (
            same * least.denominator >= least.numerator * neighbours
            and same * most.denominator <= most.numerator * neighbours
        )

    def __str__(self):
        return say("schelling.wish_as", least=self.least, most=self.most)


def share(value, name: str = "share") -> Fraction:
    """A share from 0 to 1, exactly as it was written.

    >>> share("1/3"), share(5 / 6), share(0.2), share(1)
    (Fraction(1, 3), Fraction(5, 6), Fraction(1, 5), Fraction(1, 1))
    """
    try:
        written = value.strip() if isinstance(value, str) else value
        exact = written if isinstance(written, Fraction) else Fraction(str(written))
        if isinstance(value, float) and abs((simple := exact.limit_denominator(1000)) - exact) < 1e-15:
            exact = simple  # 1/3 and 5/6 as Python writes them, cut off after sixteen digits
    except (ValueError, ZeroDivisionError, AttributeError):
        raise ValueError(say("schelling.share", name=name, came=repr(value))) from None
    if not 0 <= exact <= 1:
        raise ValueError(say("schelling.share", name=name, came=repr(value)))
    return exact


# --- the board


@dataclass(frozen=True, eq=False, repr=False)
class Board:
    """Triangles and squares on a board of cells, and what they wish for; every change is another board.

    cells : (rows, columns) of 0 (empty), 1 (triangle), 2 (square). Cells are numbered row by row from 0.
    wish : a `Wish`, a share (the least), or any object with `content(same, neighbours)`.
    edges : "walls" or "torus".      radius : how far a neighbour may be, 1 (8 cells around) or 2 (24).
    seed, drawn : the stream of chance and how much of it is used up.

    >>> board = Board.of('''▲▲·■
    ...                     ··▲·''')
    >>> board.alike, board.unhappy.tolist()
    (0.625, [[False, False, False, True], [False, False, False, False]])
    >>> board.after((0, 3), (1, 0)).settled
    False
    """

    cells: np.ndarray
    wish: Wish = Wish()
    edges: str = "walls"
    seed: int = 1
    drawn: int = 0
    radius: int = field(default=1, kw_only=True)

    def __post_init__(self):
        cells = np.array(self.cells)
        known = cells.dtype == np.uint8 and cells.size and cells.max() <= SQUARE  # much sooner said than isin
        if cells.ndim != 2 or not (known or cells.size and np.isin(cells, (EMPTY, TRIANGLE, SQUARE)).all()):
            raise ValueError(say("schelling.cells"))
        if max(cells.shape) > LONGEST_SIDE:
            raise ValueError(say("schelling.size", came=cells.shape, most=LONGEST_SIDE))
        object.__setattr__(self, "cells", fixed(cells.astype(np.uint8)))
        if isinstance(self.wish, str | int | float | Fraction):
            object.__setattr__(self, "wish", Wish(self.wish))
        if not callable(getattr(self.wish, "content", None)):
            raise ValueError(say("schelling.content", came=repr(self.wish)))
        if self.edges not in ("walls", "torus"):
            raise ValueError(say("schelling.edges", came=repr(self.edges)))
        if isinstance(self.radius, bool) or self.radius not in (1, 2):
            raise ValueError(say("schelling.radius", came=repr(self.radius)))
        if self.edges == "torus" and min(cells.shape) <= 2 * self.radius:
            raise ValueError(say("schelling.torus", least=2 * self.radius + 1))
        checked(self.seed)
        counted("drawn", self.drawn)

    @classmethod
    def random(
        cls,
        size=20,
        full=0.8,
        composition=0.5,
        *,
        seed: int = 1,
        wish=None,
        edges: str = "walls",
        radius: int = 1,
    ) -> "Board":
        """A board filled by lot: `full` is the share of cells with a polygon, `composition` the share of
        triangles among the polygons.

        size : the cells of one side, or (rows, columns). The numbers of polygons and triangles are the shares
        rounded to whole ones; only their places are drawn.

        >>> board = Board.random(10, full=0.9, composition=0.2, seed=3)
        >>> board.polygons, board.triangles
        (90, 18)
        """
        rows, columns = sides(size)
        n = rows * columns
        polygons = half_up(share(full, "full") * n)
        triangles = half_up(share(composition, "composition") * polygons)
        places = np.argsort(draws(seed, 0, n), kind="stable")
        cells = np.zeros(n, np.uint8)
        cells[places[:polygons]] = SQUARE
        cells[places[:triangles]] = TRIANGLE
        return cls(cells.reshape(rows, columns), wish or Wish(), edges, seed, n, radius=radius)

    @classmethod
    def of(cls, text: str, **options) -> "Board":
        """A board as one writes it: ▲ or T a triangle, ■ or S a square, · or . an empty cell.

        >>> Board.of('''T S .
        ...             . T T''').cells.tolist()
        [[1, 2, 0], [0, 1, 1]]
        """
        lines = [line.replace(" ", "") for line in text.strip().splitlines()]
        unknown = sorted({sign for line in lines for sign in line} - set(WRITTEN))
        if unknown or len({len(line) for line in lines}) != 1:
            raise ValueError(say("schelling.text", came=" ".join(unknown) or text))
        return cls(np.array([[WRITTEN[sign] for sign in line] for line in lines], np.uint8), **options)

    # what there is

    @property
    def rows(self) -> int:
        """How many rows of cells."""
        return self.cells.shape[0]

    @property
    def columns(self) -> int:
        """How many cells in a row."""
        return self.cells.shape[1]

    @cached_property
    def polygons(self) -> int:
        """How many cells are not empty."""
        return int(np.count_nonzero(self.cells))

    @cached_property
    def triangles(self) -> int:
        """How many cells hold a triangle."""
        return int(np.count_nonzero(self.cells == TRIANGLE))

    @cached_property
    def neighbours(self) -> np.ndarray:
        """(rows, columns, 2): how many triangles and how many squares are around each cell."""
        r, rows, columns = self.radius, self.rows, self.columns
        there = (self.cells[..., None] == np.array((TRIANGLE, SQUARE), np.uint8)).astype(np.int16)
        margin = np.zeros((rows + 2 * r, columns + 2 * r, 2), np.int16)
        if self.edges == "torus":
            margin = np.pad(there, ((r, r), (r, r), (0, 0)), mode="wrap")
        else:
            margin[r : r + rows, r : r + columns] = there
        around = -there  # nobody is a neighbour of oneself
        above_and_below = sum(margin[i : i + rows] for i in range(2 * r + 1))
        for j in range(2 * r + 1):
            around += above_and_below[:, j : j + columns]
        return fixed(around)

    @cached_property
    def likes(self) -> tuple[np.ndarray, np.ndarray]:
        """For every cell: neighbours like the polygon there, and all neighbours."""
        own = np.maximum(self.cells, 1).astype(np.intp)[..., None] - 1
        same = np.take_along_axis(self.neighbours, own, 2)[..., 0]
        return fixed(same), fixed(self.neighbours.sum(2))

    @cached_property
    def faces(self) -> np.ndarray:
        """(rows, columns): 0 where empty, 1 unhappy, 2 content, 3 content with neighbours all alike."""
        same, met = self.likes
        faces = face_table(self.wish, self.radius)[met, same]
        return fixed(np.where(self.cells == EMPTY, np.uint8(0), faces))

    @property
    def unhappy(self) -> np.ndarray:
        """(rows, columns): where somebody wants to move."""
        return self.faces == UNHAPPY

    @property
    def settled(self) -> bool:
        """Is nobody unhappy?"""
        return not self.unhappy.any()

    # how segregated it is

    @property
    def alike(self) -> float:
        """The mean share of neighbours like oneself, over the polygons that have any; nan where none has."""
        same, all_ = self.likes
        counted = (self.cells != EMPTY) & (all_ > 0)
        return float((same[counted] / all_[counted]).mean()) if counted.any() else nan

    @property
    def expected_alike(self) -> float:
        """What `alike` is on average when the same polygons are placed by lot.

        For a polygon of a kind of n, each neighbour is one of the other n − 1 among all other polygons.
        """
        return expected_alike(self.triangles, self.polygons)

    @property
    def index(self) -> float:
        """How far beyond chance neighbours are alike: (alike − expected) / (1 − expected).

        0 on average on a board filled by lot, whatever its composition; 1 when everybody has neighbours of
        their own kind only; below 0 where kinds avoid their own. nan where there is only one kind, or nobody
        has neighbours.
        """
        return corrected(self.alike, self.expected_alike)

    def counts(self, block=5) -> np.ndarray:
        """The board as a table: a row for each block of block × block cells, with its triangles and squares.

        block : the side of a block (those at the right and lower edge may be smaller), or an array (rows,
        columns) that says which unit each cell belongs to, as `catchments` gives.

        >>> Board.random(20).counts(10).shape
        (4, 2)
        """
        return tally_by(self.cells, self.units(block))

    def units(self, block=5) -> np.ndarray:
        """(rows, columns): the number of the unit each cell belongs to."""
        if isinstance(block, Integral) and not isinstance(block, bool) and block >= 1:
            across = -(-self.columns // block)
            return (np.arange(self.rows) // block)[:, None] * across + np.arange(self.columns) // block
        labels = np.asarray(block)
        if labels.shape != self.cells.shape or labels.dtype.kind not in "iu" or labels.min() < 0:
            raise ValueError(
                say(
                    "schelling.block",
                    came=block if labels.ndim == 0 else labels.shape,
                    shape=self.cells.shape,
                )
            )
        return labels

    # what may happen to it

    def cell(self, place) -> int:
        """The number of a cell: a number, or (row, column) from 0."""
        pair = [place] if isinstance(place, Integral) else list(place) if np.size(place) == 2 else []
        number = -1
        if all(isinstance(part, Integral) and not isinstance(part, bool) for part in pair):
            if len(pair) == 1:
                number = int(place)
            elif len(pair) == 2 and 0 <= pair[0] < self.rows and 0 <= pair[1] < self.columns:
                number = int(pair[0]) * self.columns + int(pair[1])
        if not 0 <= number < self.cells.size:
            raise ValueError(say("schelling.cell", came=place, rows=self.rows, columns=self.columns))
        return number

    def after(self, start, end) -> "Board":
        """The board once the polygon at `start` has gone to `end`; two polygons change places."""
        a, b = self.cell(start), self.cell(end)
        if self.cells.flat[a] == EMPTY:
            raise ValueError(say("schelling.nobody", cell=start))
        cells = self.cells.copy()
        cells.flat[a], cells.flat[b] = self.cells.flat[b], self.cells.flat[a]
        return replace(self, cells=cells)

    def wishing(self, least=None, most=None, alone=None) -> "Board":
        """The same board, its polygons wishing for something else."""
        now = self.wish
        given = {"least": least, "most": most, "alone": alone}
        kept = {name: getattr(now, name) if value is None else value for name, value in given.items()}
        return replace(self, wish=Wish(**kept))

    def run(self, rule: Callable | None = None, most: int = MOST_MOVES, *, compiled: bool = False) -> "Run":
        """Let the unhappy move, one at a time, until nobody is unhappy, nobody can move, or `most` have
        moved.

        rule : who moves and where, a function such as `nearest`; `at_random` unless told. Its board at the
        end, run again, begins another story; an `Engine` goes on with this one.
        """
        return Engine(self, rule, compiled=compiled).run(most)

    def rounds(self, times: int, *, compiled: bool = False) -> "Board":
        """The board after so many rounds of `in_turn`: only where that leads, and so in less time than `run`.

        Rounds made in two goes are another story than the same rounds at once.

        >>> board = Board.random(seed=1)
        >>> np.array_equal(board.rounds(20).cells, board.settle(in_turn).cells)
        True
        """
        return after_rounds(self, times, compiled)

    def settle(
        self, rule: Callable | None = None, most: int = MOST_MOVES, *, compiled: bool = False
    ) -> "Board":
        """The board at the end of a run. Whether it is settled, it says itself: `.settled`."""
        return self.run(rule, most, compiled=compiled).board

    def __eq__(self, other):
        if not isinstance(other, Board):
            return NotImplemented
        mine, theirs = ((b.wish, b.edges, b.seed, b.drawn, b.radius) for b in (self, other))
        return mine == theirs and np.array_equal(self.cells, other.cells)

    def __hash__(self):
        return hash((self.cells.tobytes(), self.cells.shape, self.wish, self.edges, self.seed, self.drawn))

    def __reduce__(self):
        return again, (self.cells, self.wish, self.edges, self.seed, self.drawn, self.radius)

    def __str__(self):
        return "\n".join(" ".join(DRAWN[k] for k in row) for row in self.cells.tolist())

    def __repr__(self):
        if self.cells.size <= 900:
            return str(self)
        return say("schelling.board", rows=self.rows, columns=self.columns, polygons=self.polygons)


def again(cells, wish, edges, seed, drawn, radius) -> Board:
    """A board that was put away, as it was."""
    return Board(cells, wish, edges, seed, drawn, radius=radius)


def fixed(table: np.ndarray) -> np.ndarray:
    """The same table, which nobody can change any more."""
    table.flags.writeable = False
    return table


def sides(size) -> tuple[int, int]:
    """(rows, columns) of a size given as one number or two."""
    pair = (size, size) if isinstance(size, Integral) else tuple(size) if np.size(size) == 2 else (0, 0)
    if not all(
        isinstance(side, Integral) and not isinstance(side, bool) and 1 <= side <= LONGEST_SIDE
        for side in pair
    ):
        raise ValueError(say("schelling.size", came=size, most=LONGEST_SIDE))
    return int(pair[0]), int(pair[1])


def half_up(exact: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return int(exact + Fraction(1, 2))


def expected_alike(triangles: int, polygons: int) -> float:
    """The mean share alike that chance gives to so many triangles among so many polygons."""
    if polygons < 2:
        return nan
    squares = polygons - triangles
    return (triangles * (triangles - 1) + squares * (squares - 1)) / (polygons * (polygons - 1))


def corrected(alike, expected: float):
    """A mean share alike with chance taken out: 0 by chance, 1 all alike."""
    return (alike - expected) / (1 - expected) if expected < 1 else alike * nan


def tally_by(cells: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(units, 2): the triangles and the squares of each unit, the units in the order of their numbers."""
    units = np.unique(labels, return_inverse=True)[1].ravel()
    kinds = cells.ravel()
    n = int(units.max()) + 1
    return np.column_stack([np.bincount(units[kinds == k], minlength=n) for k in (TRIANGLE, SQUARE)])


def catchments(shape, schools: Sequence[tuple[float, float]]) -> np.ndarray:
    """Which school each cell belongs to, if every cell goes to the nearest one: labels for `Board.counts`.

    shape : (rows, columns) of the board.   schools : (row, column) of each, from 0. Ties go to the first.

    >>> catchments((2, 4), [(0, 0), (0, 3)]).tolist()
    [[0, 0, 1, 1], [0, 0, 1, 1]]
    """
    rows, columns = sides(shape)
    places = np.asarray(schools, float)
    if places.ndim != 2 or places.shape[1] != 2 or not len(places) or not np.isfinite(places).all():
        raise ValueError(say("schelling.schools"))
    row, column = np.mgrid[:rows, :columns]
    away = (row[..., None] - places[:, 0]) ** 2 + (column[..., None] - places[:, 1]) ** 2
    return away.argmin(2)


# --- chance


def counted(name: str, came) -> int:
    """A whole number from 0 on."""
    if not isinstance(came, Integral) or isinstance(came, bool) or came < 0:
        raise ValueError(say("schelling.whole", name=name, came=repr(came)))
    return int(came)


def checked(seed) -> int:
    """A seed, if it is one."""
    if not isinstance(seed, Integral) or isinstance(seed, bool) or seed < 0:
        raise ValueError(say("schelling.seed", came=repr(seed)))
    return int(seed)


def draws(seed: int, start: int, n: int) -> np.ndarray:
    """n whole numbers below 2**31 of the seed's stream, from place `start` on; the same everywhere.

    They are the upper bits of PCG64's raw numbers, the part of numpy that never changes from one version to
    the next.
    """
    stream = np.random.PCG64(checked(seed))
    stream.advance(start)
    drawn = stream.random_raw(n)
    drawn >>= np.uint64(33)
    return drawn.view(np.int64)


# --- the engine: event-driven, so that a move looks again only at the cells around it
#
# The functions below run as they stand, on lists, and compiled by numba, on arrays: plain loops over whole
# numbers.


class State(NamedTuple):
    """Everything a run changes, and the tables it looks things up in."""

    cells: Sequence  # what is in each cell
    near: Sequence  # 2 for each cell: triangles and squares around it
    first: Sequence  # the neighbours of cell c are around[first[c]] … around[first[c + 1] − 1]
    around: Sequence
    content: Sequence  # [neighbours × (N + 1) + same] is one content with that?
    shares: Sequence  # [same place] same / neighbours, in parts of `whole(radius)`: a whole number
    unhappy: Sequence  # the cells of the unhappy, in no order; tally[N_UNHAPPY] of them
    empties: Sequence  # the empty cells, in no order; tally[N_EMPTY] of them
    spot: Sequence  # where a cell stands in one of these two lists; −1 in neither
    queue: Sequence  # for rules that take turns
    tally: Sequence  # the numbers below
    draws: Sequence  # chance, as whole numbers below 2**31


# places in the tally: how many are unhappy, how many cells are empty, the sum of shares alike (in parts of
# `whole`), how many have neighbours, how many draws are used, whose turn it is, how many take turns, rounds
# begun; then what never changes: N + 1, rows, columns, whether opposite sides are joined
N_UNHAPPY, N_EMPTY, ALIKE, MET, USED, TURN, IN_QUEUE, ROUND, SIDE, ROWS, COLUMNS, TORUS = range(12)


def below(s: State, n: int) -> int:
    """A whole number from 0 to n − 1, by lot."""
    drawn = s.draws[s.tally[USED]]
    s.tally[USED] += 1
    return drawn * n >> 31


def enter(s: State, which: Sequence, size: int, c: int):
    """Cell c joins a list, at its end."""
    n = s.tally[size]
    which[n] = c
    s.spot[c] = n
    s.tally[size] = n + 1


def leave(s: State, which: Sequence, size: int, c: int):
    """Cell c leaves a list; the last one takes its place."""
    n = s.tally[size] - 1
    last = which[n]
    which[s.spot[c]] = last
    s.spot[last] = s.spot[c]
    s.spot[c] = -1
    s.tally[size] = n


def put(s: State, c: int, kind: int):
    """Cell c now holds `kind`: it is judged, and those around it are judged again."""
    cells, near, content, shares, tally, around = s.cells, s.near, s.content, s.shares, s.tally, s.around
    old, side = cells[c], tally[SIDE]
    met = near[2 * c] + near[2 * c + 1]
    if old == EMPTY:
        leave(s, s.empties, N_EMPTY, c)
    else:
        tally[ALIKE] -= shares[met * side + near[2 * c + old - 1]]
        tally[MET] -= met > 0
        if s.spot[c] >= 0:
            leave(s, s.unhappy, N_UNHAPPY, c)
    cells[c] = kind
    for j in range(s.first[c], s.first[c + 1]):
        k = around[j]
        own = cells[k]
        n = near[2 * k] + near[2 * k + 1]
        if own != EMPTY:
            before = n * side + near[2 * k + own - 1]
            tally[MET] -= n > 0
        if old != EMPTY:
            near[2 * k + old - 1] -= 1
            n -= 1
        if kind != EMPTY:
            near[2 * k + kind - 1] += 1
            n += 1
        if own != EMPTY:
            after = n * side + near[2 * k + own - 1]
            tally[MET] += n > 0
            tally[ALIKE] += shares[after] - shares[before]
            if content[after] != content[before]:
                if content[after]:
                    leave(s, s.unhappy, N_UNHAPPY, k)
                else:
                    enter(s, s.unhappy, N_UNHAPPY, k)
    if kind == EMPTY:
        enter(s, s.empties, N_EMPTY, c)
    else:
        now = met * side + near[2 * c + kind - 1]
        tally[ALIKE] += shares[now]
        tally[MET] += met > 0
        if not content[now]:
            enter(s, s.unhappy, N_UNHAPPY, c)


def exchange(s: State, a: int, b: int):
    """What is in two cells changes places: a move, where one of them is empty."""
    there = s.cells[b]
    here = s.cells[a]
    put(s, a, there)
    put(s, b, here)


# --- rules: who moves, and where. A rule takes the state and gives (start, end), or (-1, -1) when nobody
# can move.


def at_random(s: State) -> tuple[int, int]:
    """One of the unhappy, by lot, goes to one of the empty cells, by lot."""
    if s.tally[N_EMPTY] == 0:
        return -1, -1
    mover = s.unhappy[below(s, s.tally[N_UNHAPPY])]
    return mover, s.empties[below(s, s.tally[N_EMPTY])]


def nearest(s: State) -> tuple[int, int]:
    """One of the unhappy, by lot, goes to the nearest empty cell where it will be content.

    Who finds none lets the next one try. Nearest in a straight line over the board; of equally near ones the
    first.
    """
    n = s.tally[N_UNHAPPY]
    columns, side = s.tally[COLUMNS], s.tally[SIDE]
    begin = below(s, n)
    for i in range(n):
        mover = s.unhappy[(begin + i) % n]
        kind = s.cells[mover]
        best, chosen = -1, -1
        for j in range(s.tally[N_EMPTY]):
            c = s.empties[j]
            same, met = s.near[2 * c + kind - 1], s.near[2 * c] + s.near[2 * c + 1]
            for m in range(s.first[c], s.first[c + 1]):
                if s.around[m] == mover:  # it will no longer be there
                    same -= 1
                    met -= 1
            if s.content[met * side + same]:
                down, across = abs(c // columns - mover // columns), abs(c % columns - mover % columns)
                if s.tally[TORUS]:
                    down, across = min(down, s.tally[ROWS] - down), min(across, columns - across)
                away = down * down + across * across
                if best < 0 or away < best or (away == best and c < chosen):
                    best, chosen = away, c
        if chosen >= 0:
            return mover, chosen
    return -1, -1


def in_turn(s: State) -> tuple[int, int]:
    """Round after round, everybody in an order drawn by lot: who is unhappy then goes to a cell by lot."""
    tally, queue = s.tally, s.queue
    if tally[N_EMPTY] == 0:
        return -1, -1
    if tally[ROUND] == 0:
        for c in range(len(s.cells)):
            if s.cells[c] != EMPTY:
                queue[tally[IN_QUEUE]] = c
                tally[IN_QUEUE] += 1
        tally[TURN] = tally[IN_QUEUE]
    while True:
        if tally[TURN] == tally[IN_QUEUE]:
            for k in range(tally[IN_QUEUE] - 1, 0, -1):
                at = below(s, k + 1)
                queue[k], queue[at] = queue[at], queue[k]
            tally[TURN] = 0
            tally[ROUND] += 1
        c = queue[tally[TURN]]
        tally[TURN] += 1
        if s.spot[c] >= 0:
            end = s.empties[below(s, tally[N_EMPTY])]
            queue[tally[TURN] - 1] = end  # where it stands when the next round begins
            return c, end


def swap(s: State) -> tuple[int, int]:
    """One of the unhappy, by lot, changes places with an unhappy polygon of the other kind."""
    n = s.tally[N_UNHAPPY]
    one = s.unhappy[below(s, n)]
    begin = below(s, n)
    for i in range(n):
        other = s.unhappy[(begin + i) % n]
        if s.cells[other] != s.cells[one]:
            return one, other
    return -1, -1


def surround(around_it, cells, first, around, one_more, queue):
    """What is around each cell, as one number: triangles × S + squares; another one adds one_more[kind]."""
    for i in range(len(queue)):
        more = one_more[cells[queue[i]]]
        for j in range(first[queue[i]], first[queue[i] + 1]):
            around_it[around[j]] += more


def turns(around_it, cells, first, around, one_more, queue, content, empties, draws, times):
    """As many rounds of `in_turn` as there are draws for, `times` at most; how many, and the draws used.

    The same moves, where nobody keeps a list of the unhappy: each is asked when its turn comes.
    content : [kind × S² + around_it] is that kind content there?
    """
    n, used, side_2 = len(queue), 0, len(content) // 3
    for done in range(times):
        if used + 2 * n > len(draws):
            return done, used
        for k in range(n - 1, 0, -1):
            at = draws[used] * (k + 1) >> 31
            used += 1
            queue[k], queue[at] = queue[at], queue[k]
        for i in range(n):
            start = queue[i]
            kind = cells[start]
            if not content[kind * side_2 + around_it[start]]:
                at = draws[used] * len(empties) >> 31
                used += 1
                end = empties[at]
                cells[start], cells[end] = EMPTY, kind
                empties[at], queue[i] = start, end
                more = one_more[kind]
                for j in range(first[start], first[start + 1]):
                    around_it[around[j]] -= more
                for j in range(first[end], first[end + 1]):
                    around_it[around[j]] += more
    return times, used


RULES = {"random": at_random, "nearest": nearest, "turn": in_turn, "swap": swap}


def by(rule):
    """The loop of a run, with its rule."""

    def play(s, most, spare, score):
        """Let up to `most` polygons move; how many did, and whether the rule found nobody who could.

        It stops early when fewer than `spare` draws are left. score : six numbers are written for each move,
        if it has room: start, end, and afterwards the unhappy, the sum alike, those with neighbours, the
        draws used.
        """
        made = 0
        while made < most and s.tally[N_UNHAPPY] > 0 and s.tally[USED] + spare <= len(s.draws):
            a, b = rule(s)
            if a < 0:
                return made, True
            exchange(s, a, b)
            if 6 * made < len(score):
                score[6 * made] = a
                score[6 * made + 1] = b
                score[6 * made + 2] = s.tally[N_UNHAPPY]
                score[6 * made + 3] = s.tally[ALIKE]
                score[6 * made + 4] = s.tally[MET]
                score[6 * made + 5] = s.tally[USED]
            made += 1
        return made, False

    return play


@cache
def loop(rule: Callable, compiled: bool = False) -> Callable:
    """The loop of a rule, as it stands or compiled; what numba made is kept on disk for the next time."""
    if not compiled:
        return by(rule)
    from numba.extending import register_jitable

    _callable_when_compiled(register_jitable)
    if rule not in RULES.values():
        register_jitable(rule)
    ours = rule in RULES.values()
    return kept(by(rule), on_disk=ours, **(UNCOUNTED if ours else {}))


# our loops make no arrays, so numba need not count who holds which: the counting took half of their time
UNCOUNTED = {"_nrt": False}


def kept(function: Callable, on_disk: bool = True, **options) -> Callable:
    """A function compiled, and what numba made of it kept on disk for the next time.

    on_disk : not for what calls a reader's own rule: numba would not see when the file of that has changed.
    """
    import numba

    try:
        return numba.njit(function, cache=on_disk, nogil=True, **options)
    except RuntimeError:  # nowhere to keep it: compiled again every time
        return numba.njit(function, nogil=True, **options)


@cache
def _callable_when_compiled(register_jitable):
    for function in (below, enter, leave, put, exchange, *RULES.values()):
        register_jitable(function)


@cache
def compiled_turns() -> tuple[Callable, Callable]:
    return kept(surround), kept(turns)


# --- a board set going


def whole(radius: int) -> int:
    """The parts into which a share of neighbours is cut so that each one is a whole number of them."""
    return lcm(*range(1, (2 * radius + 1) ** 2))


def remembered(table: Callable) -> Callable:
    """A table made once for each wish; for wishes that cannot be remembered, each time."""
    kept_table = cache(table)

    @wraps(table)
    def made(*wish_and_radius):
        try:
            return kept_table(*wish_and_radius)
        except TypeError:
            return table(*wish_and_radius)

    return made


@remembered
def face_table(wish, radius: int = 1) -> np.ndarray:
    """[neighbours, same] -> the face of a polygon with those: unhappy, content, or content with all alike."""
    n = (2 * radius + 1) ** 2
    table = np.zeros((n, n), np.uint8)
    for met in range(n):
        for same in range(met + 1):
            face = MEH if 0 < met == same else CONTENT
            table[met, same] = face if wish.content(same, met) else UNHAPPY
    return fixed(table)


@remembered
def content_around(wish, radius: int = 1) -> np.ndarray:
    """[kind × S² + triangles around × S + squares around] -> is that kind content there?"""
    side = (2 * radius + 1) ** 2
    triangles, squares = np.divmod(np.arange(side * side), side)
    met = np.minimum(triangles + squares, side - 1)  # more there cannot be
    content = face_table(wish, radius) != UNHAPPY
    return np.concatenate([np.ones(side * side, bool), content[met, triangles], content[met, squares]])


@cache
def share_table(radius: int = 1) -> np.ndarray:
    """[neighbours, same] -> the share, in parts of `whole(radius)`."""
    n = (2 * radius + 1) ** 2
    table = np.array([[same * whole(radius) // met if met else 0 for same in range(n)] for met in range(n)])
    return fixed(table)


@lru_cache(maxsize=8)
def surroundings(
    rows: int, columns: int, edges: str = "walls", radius: int = 1
) -> tuple[np.ndarray, np.ndarray]:
    """Who is next to whom: the neighbours of cell c are around[first[c]:first[c + 1]]."""
    reach = range(-radius, radius + 1)
    down, across = np.array([(i, j) for i in reach for j in reach if (i, j) != (0, 0)]).T
    row, column = (places.ravel()[:, None] for places in np.mgrid[:rows, :columns])
    to_row, to_column = row + down, column + across
    if edges == "torus":
        to_row, to_column = to_row % rows, to_column % columns
    inside = (0 <= to_row) & (to_row < rows) & (0 <= to_column) & (to_column < columns)
    around = (to_row * columns + to_column)[inside].astype(np.int32)
    first = np.concatenate([[0], inside.sum(1).cumsum()]).astype(np.int32)
    return first, around


class Engine:
    """A board set going: it keeps its place from one call to the next, so a run may be made in parts.

    >>> engine = Engine(Board.random(seed=1))
    >>> parts = [engine.run(50), engine.run(1000)]
    >>> whole_run = Board.random(seed=1).run()
    >>> sum(len(part.moves) for part in parts) == len(whole_run.moves), parts[-1].board == whole_run.board
    (True, True)
    """

    def __init__(self, board: Board, rule: Callable | None = None, *, compiled: bool = False):
        self.board, self.rule, self.compiled = board, rule or at_random, compiled
        if not callable(self.rule):
            raise ValueError(say("schelling.rule", came=repr(rule)))
        self.spare = 2 if self.rule in FEW_DRAWS else board.cells.size + 2
        self.base = board.drawn  # where in the stream the draws at hand begin
        self.state = state(board, compiled, self._draws())

    def run(self, most: int = MOST_MOVES) -> "Run":
        """The next `most` moves, or as many as there are until it ends."""
        left = counted("most", most)
        play, start, stuck, scores = loop(self.rule, self.compiled), self.board, False, []
        while left and self.state.tally[N_UNHAPPY] and not stuck:
            if self.state.tally[USED] + self.spare > len(self.state.draws):
                self.base += int(self.state.tally[USED])
                self.state.tally[USED] = 0
                self.state = self.state._replace(draws=self._draws())
            room = min(left, 4096)
            score = np.zeros(6 * room, np.int64) if self.compiled else [0] * (6 * room)
            made, stuck = play(self.state, room, self.spare, score)
            scores.append(np.array(score, np.int64).reshape(-1, 6)[:made])
            scores[-1][:, 5] += self.base
            left -= made
        cells = np.array(self.state.cells, np.uint8).reshape(start.cells.shape)
        self.board = replace(start, cells=cells, drawn=self.base + int(self.state.tally[USED]))
        ended = "stuck" if stuck else "limit" if self.state.tally[N_UNHAPPY] else "settled"
        return Run(start, np.concatenate([np.zeros((0, 6), np.int64), *scores]), self.board, ended)

    def _draws(self) -> Sequence:
        drawn = draws(self.board.seed, self.base, max(4096, 4 * self.spare))
        return drawn if self.compiled else drawn.tolist()


def after_rounds(board: Board, times: int, compiled: bool = False) -> Board:
    """A board after so many rounds in which everybody, in an order drawn by lot, may move."""
    counted("times", times)
    if board.polygons in (0, board.cells.size):
        return board  # nobody there, or nowhere to go
    where = board.rows, board.columns, board.edges, board.radius
    first, around = surroundings(*where) if compiled else _listed(*where).values()
    around_it, cells, one_more, queue, content, empties = map(
        np.array if compiled else np.ndarray.tolist,  # a copy either way
        (
            np.zeros(board.cells.size, np.int16),
            board.cells.ravel(),
            np.array([0, (2 * board.radius + 1) ** 2, 1], np.int16),
            np.flatnonzero(board.cells).astype(np.int32),
            content_around(board.wish, board.radius),
            np.flatnonzero(board.cells == EMPTY).astype(np.int32),
        ),
    )
    look, go = compiled_turns() if compiled else (surround, turns)
    look(around_it, cells, first, around, one_more, queue)
    drawn, left = board.drawn, times
    while left:
        lots = draws(board.seed, drawn, min((left + 3) * board.polygons, max(2**20, 3 * board.polygons)))
        lots = lots if compiled else lots.tolist()
        made, used = go(around_it, cells, first, around, one_more, queue, content, empties, lots, left)
        left, drawn = left - made, drawn + used
    return replace(board, cells=np.array(cells, np.uint8).reshape(board.cells.shape), drawn=drawn)


FEW_DRAWS = (at_random, nearest, swap)  # rules that draw at most twice for a move


def state(board: Board, compiled: bool, drawn: Sequence) -> State:
    """What the engine needs to know of a board: arrays for compiled functions, lists for the others."""
    cells, n = board.cells.ravel(), board.cells.size
    first, around = surroundings(board.rows, board.columns, board.edges, board.radius)
    faces, same_and_met = face_table(board.wish, board.radius), board.likes
    unhappy, empties = np.flatnonzero(board.unhappy), np.flatnonzero(cells == EMPTY)
    spot = np.full(n, -1, np.int32)
    for which in (unhappy, empties):
        spot[which] = np.arange(len(which))
    alike = share_table(board.radius)[same_and_met[1], same_and_met[0]].ravel()[cells != EMPTY].sum()
    met = np.count_nonzero((same_and_met[1].ravel() > 0) & (cells != EMPTY))
    tally = [len(unhappy), len(empties), alike, met, 0, 0, 0, 0, len(faces)]
    tally += [board.rows, board.columns, board.edges == "torus"]

    def room(which):
        return np.concatenate([which, np.zeros(n - len(which), which.dtype)]).astype(np.int32)

    made = State(
        cells=cells.copy(),
        near=board.neighbours.ravel().copy(),
        first=first,
        around=around,
        content=(faces != UNHAPPY).ravel(),
        shares=share_table(board.radius).ravel(),
        unhappy=room(unhappy),
        empties=room(empties),
        spot=spot,
        queue=np.zeros(n, np.int32),
        tally=np.array(tally, np.int64),
        draws=drawn,
    )
    if compiled:
        return made
    fixed = _listed(board.rows, board.columns, board.edges, board.radius)
    return State(*(fixed.get(name) or np.ndarray.tolist(np.asarray(v)) for name, v in made._asdict().items()))


@lru_cache(maxsize=8)
def _listed(*where) -> dict[str, list]:
    """Who is next to whom, as lists: long to make and never changed."""
    return {
        name: table.tolist() for name, table in zip(("first", "around"), surroundings(*where), strict=True)
    }


@dataclass(frozen=True, eq=False, repr=False)
class Run:
    """What happened: every move, and how things stood after it.

    >>> run = Board.random(seed=1).run()
    >>> run.ended, len(run.moves) == len(run.alike), run.at(len(run)) == run.board
    ('settled', True, True)
    """

    start: Board
    score: np.ndarray  # (moves, 6): start, end, unhappy, sum alike, with neighbours, draws used
    board: Board  # how it ended
    ended: str  # "settled": nobody is unhappy; "stuck": nobody can move; "limit": stopped before

    def __post_init__(self):
        fixed(self.score)

    def __len__(self) -> int:
        return len(self.score)

    @property
    def moves(self) -> np.ndarray:
        """(moves, 2): the cells whose contents changed places."""
        return self.score[:, :2]

    @property
    def unhappy(self) -> np.ndarray:
        """How many were unhappy after each move."""
        return self.score[:, 2]

    @property
    def alike(self) -> np.ndarray:
        """The mean share of like neighbours after each move."""
        met = self.score[:, 4]
        return np.divide(
            self.score[:, 3], met * whole(self.start.radius), out=np.full(len(met), nan), where=met > 0
        )

    @property
    def index(self) -> np.ndarray:
        """The share alike with chance taken out, after each move."""
        return corrected(self.alike, self.start.expected_alike)

    @property
    def settled(self) -> bool:
        """Did it end with nobody unhappy?"""
        return self.ended == "settled"

    def at(self, step: int) -> Board:
        """The board after so many moves. What it does next is a story of its own."""
        if counted("step", step) > len(self):
            raise ValueError(say("schelling.step", came=step, most=len(self)))
        cells = self.start.cells.ravel().copy()
        for a, b in self.moves[:step]:
            cells[a], cells[b] = cells[b], cells[a]
        drawn = int(self.score[step - 1, 5]) if step else self.start.drawn
        return replace(self.start, cells=cells.reshape(self.start.cells.shape), drawn=drawn)

    def __repr__(self):
        return say(f"schelling.ended.{self.ended}", n=len(self))
