"""Many boards: the same wish on boards filled by other lots, and wish against emptiness against composition.

One board settling is a story; a hundred say what usually happens, and a thousand show where it tips.

>>> simulate(runs=3, seed=1)
Runs: 3, all settled, in 131 moves (the median).
>>> tried = sweep(least=("0.2", "1/3"), full=(0.8,), repeats=3)
>>> tried.mean("settled").ravel()
array([1., 1.])

Every run has a seed of its own, counted on from `seed` in the order of the settings: one board of a sweep can
be had again alone (`Sweep.board`), and the numbers are the same on one core, on many and on a cluster. Two
sweeps whose seeds lie close together therefore share most of their boards; for boards nobody has seen, begin
where the last one ended, at `seed` + the number of runs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from warnings import catch_warnings
from zlib import crc32

import numpy as np

from segkit import schelling
from segkit.estimate import whole as whole_number
from segkit.indices import INDICES
from segkit.schelling import (
    ALIKE,
    EMPTY,
    FEW_DRAWS,
    MET,
    MOST_MOVES,
    N_EMPTY,
    N_UNHAPPY,
    RULES,
    SQUARE,
    TRIANGLE,
    UNCOUNTED,
    UNHAPPY,
    USED,
    Board,
    Engine,
    Wish,
    at_random,
    exchange,
    expected_alike,
    face_table,
    half_up,
    kept,
    loop,
    share,
    sides,
    state,
    whole,
)
from segkit.words import Said, listed, number, say

MOST_RUNS = 1_000_000
NUMBERS = ("settled", "moves", "alike", "index", "dissimilarity", "unhappy_start")  # what is kept of a run
OUTCOME = np.dtype([("settled", "?"), ("moves", "i8"), *((name, "f8") for name in NUMBERS[2:])])
SETTLED, STUCK, LIMIT = ENDINGS = ("settled", "stuck", "limit")  # as a `Run` of one board says it
CELLS_AT_ONCE = 24_000  # cells of the boards one task plays: some milliseconds compiled, so Stop is at once
FEW_CELLS = 20_000  # cells of boards for which nobody should wait for a compiler
WISHES = tuple(Fraction(k, 20) for k in range(2, 15))  # what a sweep plays unless told: 0.1 to 0.7
FULL = tuple(Fraction(k, 10) for k in range(6, 10))


# --- what is asked


@dataclass(frozen=True)
class Plan:
    """What is to be played: every wish with every fullness and every composition, each so many times.

    >>> plan = Plan(least=("0.2", "1/3"), full=(0.8, 0.9), repeats=10)
    >>> plan.shape, len(plan), plan.seed_of(39)
    ((2, 2, 1, 10), 40, 40)
    """

    least: Sequence = ("1/3",)  # the wish: the least share of like neighbours
    full: Sequence = (Fraction(4, 5),)  # the share of cells with a polygon
    composition: Sequence = (Fraction(1, 2),)  # the share of triangles among the polygons
    repeats: int = 1
    seed: int = 1
    size: int | tuple[int, int] = 20
    most: Fraction = Fraction(1)
    alone: str = "content"
    edges: str = "walls"
    block: int = 5
    max_moves: int = MOST_MOVES
    rule: Callable = at_random

    def __post_init__(self):
        put = object.__setattr__
        for name in ("least", "full", "composition"):
            put(self, name, shares(getattr(self, name), name))
        put(self, "most", share(self.most, "most"))
        put(self, "size", sides(self.size))
        for name, fewest in (("repeats", 1), ("seed", 0), ("block", 1), ("max_moves", 0)):
            put(self, name, whole_number(name, getattr(self, name), fewest))
        if isinstance(self.rule, str):
            if self.rule not in RULES:
                raise ValueError(say("sweep.rule", came=self.rule, known=listed(RULES, most=99)))
            put(self, "rule", RULES[self.rule])
        if len(self) > MOST_RUNS:
            raise ValueError(say("sweep.runs", came=len(self), most=MOST_RUNS))
        Wish(self.least[-1], self.most, self.alone)  # the greatest wish is one that can be had
        self.board(0)  # and so are the size and the edges

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """How many wishes, fullnesses, compositions and repeats."""
        return len(self.least), len(self.full), len(self.composition), self.repeats

    def __len__(self) -> int:
        return int(np.prod(self.shape, dtype=object))

    @cached_property
    def wishes(self) -> tuple[Wish, ...]:
        """What the polygons wish for, from the least wish to the greatest."""
        return tuple(Wish(least, self.most, self.alone) for least in self.least)

    def seed_of(self, run: int) -> int:
        """Runs are counted from 0: wish by wish, in each every fullness, every composition, every repeat."""
        return self.seed + int(run)

    def board(self, run: int) -> Board:
        """The board with which a run begins."""
        i, j, k, _ = np.unravel_index(run, self.shape)
        return Board.random(
            self.size,
            self.full[j],
            self.composition[k],
            seed=self.seed_of(run),
            wish=self.wishes[i],
            edges=self.edges,
        )

    def chunks(self, runs=None) -> list[np.ndarray]:
        """The runs in parts that one core plays at once; in the order given, or as they are counted."""
        runs = np.arange(len(self)) if runs is None else np.asarray(runs)
        at_once = max(1, CELLS_AT_ONCE // (self.size[0] * self.size[1]))
        return [runs[i : i + at_once] for i in range(0, len(runs), at_once)]


def shares(values, name: str) -> tuple[Fraction, ...]:
    """One share or several, exactly as they are written, in order and each once.

    >>> shares(["1/3", 0.5, "0.5"], "least")
    (Fraction(1, 3), Fraction(1, 2))
    """
    several = [values] if isinstance(values, str | int | float | Fraction | np.number) else list(values)
    if not several:
        raise ValueError(say("sweep.none", name=name))
    return tuple(sorted({share(value, name) for value in several}))


def written(exact: Fraction) -> str:
    """A share as one reads it: a decimal where that is short, else a fraction.

    >>> written(Fraction(7, 20)), written(Fraction(1, 3)), written(Fraction(1))
    ('0.35', '1/3', '1')
    """
    short = round(float(exact), 4)
    return number(short, "g") if Fraction(str(short)) == exact else str(exact)


def exact(share: Fraction) -> float | str:
    """A share as a number where that is the very share, else as text: 1/3 in decimals is another wish.

    >>> exact(Fraction(4, 5)), exact(Fraction(5, 6))
    (0.8, '5/6')
    """
    return float(share) if Fraction(str(float(share))) == share else str(share)


# --- playing


def play(plan: Plan, runs: Sequence[int], compiled: bool | None = None) -> np.ndarray:
    """What came of some of a plan's runs: an array of `OUTCOME`, in their order.

    compiled : with numba or as the functions stand; unless told, with numba where there is one. The numbers
    are the same.
    """
    if compiled is None:
        compiled = find_spec("numba") is not None
    if compiled and plan.rule in FEW_DRAWS:
        return outcomes(plan, runs, *compiled_runs(plan, runs))
    return outcomes(plan, runs, *single_runs(plan, runs, compiled))


ENDED = 5  # how a run ended: moves, unhappy at the start and at the end, sum alike, those with neighbours


def single_runs(plan: Plan, runs: Sequence[int], compiled: bool) -> tuple[np.ndarray, np.ndarray]:
    """Run after run, each by the engine."""
    ended, counts = [], []
    for run in runs:
        engine = Engine(plan.board(run), plan.rule, compiled=compiled)
        unhappy = engine.state.tally[N_UNHAPPY]
        moves = len(engine.run(plan.max_moves))
        tally = engine.state.tally
        ended.append([moves, unhappy, tally[N_UNHAPPY], tally[ALIKE], tally[MET]])
        counts.append(engine.board.counts(plan.block))
    return np.array(ended, np.int64), np.array(counts)


def compiled_runs(plan: Plan, runs: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """The same in one go and without Python in between, so that all cores can work at once."""
    i, j, k, _ = np.unravel_index(np.asarray(runs), plan.shape)
    rows, columns = plan.size
    n = rows * columns
    tables = np.array([face_table(wish).ravel() != UNHAPPY for wish in plan.wishes])
    filled = {(f, c): how_many(n, plan.full[f], plan.composition[c]) for f, c in set(zip(j, k, strict=True))}
    places, streams = filled_by_lot([plan.seed_of(run) for run in runs], n)
    first = plan.board(runs[0])
    units = first.units(plan.block).ravel().astype(np.int64)
    ended = np.zeros((len(runs), ENDED), np.int64)
    counts = np.zeros((len(runs), int(units.max()) + 1, 2), np.int64)
    s = state(first, True, np.zeros(1024, np.int64))
    numbers = np.array([[wish, *filled[f, c]] for wish, f, c in zip(i, j, k, strict=True)], np.int64)
    many(plan.rule)(s, tables, numbers, places, streams, plan.max_moves, units, ended, counts)
    return ended, counts


def how_many(cells: int, full: Fraction, composition: Fraction) -> tuple[int, int]:
    """The polygons and the triangles on a board, as `Board.random` counts them."""
    polygons = half_up(full * cells)
    return polygons, half_up(composition * polygons)


def outcomes(plan: Plan, runs: Sequence[int], ended: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The numbers of some runs, from whole ones: how each ended and the table its blocks are."""
    made = np.zeros(len(runs), OUTCOME)
    moves, before, after, alike, met = ended.T
    polygons = counts.sum((1, 2))
    triangles = counts[..., 0].sum(1)
    expected = np.array([expected_alike(int(t), int(p)) for t, p in zip(triangles, polygons, strict=True)])
    made["settled"], made["moves"] = after == 0, moves
    made["alike"] = np.divide(alike, met * float(whole(1)), out=np.full(len(runs), np.nan), where=met > 0)
    above, kinds = made["alike"] - expected, expected < 1  # with one kind only there is no chance to take out
    made["index"] = np.divide(above, 1 - expected, out=np.full(len(runs), np.nan), where=kinds)
    made["dissimilarity"] = INDICES["dissimilarity"].evaluate(counts.astype(float))
    made["unhappy_start"] = np.divide(before, polygons, out=np.full(len(runs), np.nan), where=polygons > 0)
    return made


def endings(made: np.ndarray, most: int) -> np.ndarray:
    """How each run ended: "settled"; "stuck", nobody who was unhappy could move; "limit", stopped before.

    most : the moves after which they were stopped; a run that did not settle and is shorter was stuck.
    """
    left = np.where(made["moves"] < most, STUCK, LIMIT)
    return np.where(made["settled"], SETTLED, left)


def left(ended) -> str:
    """Why those that did not settle did not: "limit", "stuck", "both", or "" where all settled.

    >>> left(["settled", "stuck"]), left(["limit", "stuck"]), left(["settled"])
    ('stuck', 'both', '')
    """
    kinds = {str(how) for how in np.unique(ended)} - {SETTLED}
    return "both" if len(kinds) == 2 else "".join(kinds)


def filled_by_lot(seeds: Sequence[int], n: int) -> tuple[np.ndarray, np.ndarray]:
    """For each seed the n cells in the order in which `Board.random` fills them, and how its stream goes on.

    A stream is PCG64's state and increment, in halves of 64 bits.
    """
    lots, streams = np.empty((len(seeds), n), np.uint64), np.empty((len(seeds), 4), np.uint64)
    for i, seed in enumerate(seeds):
        chance = np.random.PCG64(seed)
        lots[i] = chance.random_raw(n)
        now = chance.state["state"]
        streams[i] = now["state"] >> 64, now["state"] & LOW, now["inc"] >> 64, now["inc"] & LOW
    # 31 bits of lot and the place beside it: of equal lots the first comes first
    order = ((lots >> BY_33) << BY_32 | np.arange(n, dtype=np.uint64)).astype(np.int64)
    order.sort(axis=1)
    return order & (2**32 - 1), streams


LOW = 2**64 - 1
# PCG64's multiplier (O'Neill 2014), in halves; the lower one in quarters too, to multiply without overflow
TIMES_HIGH, TIMES_LOW = np.uint64(2549297995355413924), np.uint64(4865540595714422341)
TIMES_LOW_1, TIMES_LOW_0 = np.uint64(4865540595714422341 >> 32), np.uint64(4865540595714422341 & (2**32 - 1))
ALL_32, BY_32, BY_33, BY_58, BY_63, ONE = (np.uint64(n) for n in (2**32 - 1, 32, 33, 58, 63, 1))


def draw_on(stream, draws, start):
    """The stream's next numbers, 31 bits each, into draws[start:]; numpy's PCG64, compiled with the rest."""
    high, low, add_high, add_low = stream[0], stream[1], stream[2], stream[3]
    for i in range(start, len(draws)):
        # 128 bits times 128 bits, by schoolbook
        low_1, low_0 = low >> BY_32, low & ALL_32
        first = low_0 * TIMES_LOW_0
        second = low_1 * TIMES_LOW_0 + (first >> BY_32)
        third = low_0 * TIMES_LOW_1 + (second & ALL_32)
        carried = low_1 * TIMES_LOW_1 + (second >> BY_32) + (third >> BY_32)
        high = carried + high * TIMES_LOW + low * TIMES_HIGH
        low = low * TIMES_LOW
        low = low + add_low
        high = high + add_high + (ONE if low < add_low else ONE - ONE)
        mixed, turn = high ^ low, high >> BY_58
        mixed = (mixed >> turn) | (mixed << ((BY_63 - turn + ONE) & BY_63))
        draws[i] = np.int64(mixed >> BY_33)
    stream[0], stream[1] = high, low


def begin(s, polygons, triangles, places):
    """A board filled by lot, as `Board.random` does, and everything the engine keeps of it."""
    n = len(s.cells)
    for c in range(n):
        s.cells[c] = EMPTY
        s.spot[c] = -1
        s.near[2 * c] = 0
        s.near[2 * c + 1] = 0
    for i in range(polygons):
        s.cells[places[i]] = TRIANGLE if i < triangles else SQUARE
    for c in range(n):
        if s.cells[c] != EMPTY:
            for j in range(s.first[c], s.first[c + 1]):
                s.near[2 * s.around[j] + s.cells[c] - 1] += 1
    unhappy, empties, alike, met, side = 0, 0, 0, 0, s.tally[8]
    for c in range(n):
        if s.cells[c] == EMPTY:
            s.spot[c] = empties
            s.empties[empties] = c
            empties += 1
            continue
        around = s.near[2 * c] + s.near[2 * c + 1]
        judged = around * side + s.near[2 * c + s.cells[c] - 1]
        alike += s.shares[judged]
        met += around > 0
        if not s.content[judged]:
            s.spot[c] = unhappy
            s.unhappy[unhappy] = c
            unhappy += 1
    s.tally[N_UNHAPPY] = unhappy
    s.tally[N_EMPTY] = empties
    s.tally[ALIKE] = alike
    s.tally[MET] = met


def settling(rule, edition):
    """The loop of many runs, with their rule.

    edition : the engine's, because numba's cache on disk does not see when another file has changed.
    """

    def settle(s, tables, numbers, places, streams, most, units, ended, counts):
        """One run after another on the same arrays; how each ended, and what its blocks hold."""
        _ = edition
        n = len(s.cells)
        for run in range(len(numbers)):
            for i in range(len(s.content)):
                s.content[i] = tables[numbers[run, 0], i]
            begin(s, numbers[run, 1], numbers[run, 2], places[run])
            ended[run, 1] = s.tally[N_UNHAPPY]
            s.tally[USED] = len(s.draws)
            made = 0
            while made < most and s.tally[N_UNHAPPY] > 0:
                used = s.tally[USED]
                if used + 2 > len(s.draws):  # a rule draws at most twice for a move
                    left = len(s.draws) - used
                    for i in range(left):
                        s.draws[i] = s.draws[used + i]
                    draw_on(streams[run], s.draws, left)
                    s.tally[USED] = 0
                a, b = rule(s)
                if a < 0:
                    break
                exchange(s, a, b)
                made += 1
            ended[run, 0] = made
            ended[run, 2] = s.tally[N_UNHAPPY]
            ended[run, 3] = s.tally[ALIKE]
            ended[run, 4] = s.tally[MET]
            for c in range(n):
                if s.cells[c] != EMPTY:
                    counts[run, units[c], s.cells[c] - 1] += 1

    return settle


def many(rule: Callable) -> Callable:
    """The loop compiled; it is kept on disk for the next time, and other threads run beside it."""
    with COMPILING:
        return compiled_once(rule)


COMPILING = Lock()  # two threads that both find nothing compiled would compile twice


@cache
def compiled_once(rule: Callable) -> Callable:
    """The loop with one rule, made ready once in each program."""
    from numba.extending import register_jitable

    loop(rule, compiled=True)  # its functions, made known to numba
    for function in (draw_on, begin):
        register_jitable(function)
    edition = crc32(Path(schelling.__file__).read_bytes())
    ours = rule in RULES.values()
    return kept(settling(rule, edition), on_disk=ours, **(UNCOUNTED if ours else {}))


def in_parts(plan: Plan, parts=None, cores: int | None = None) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """A plan's runs and what came of them, part after part as they are done, on all cores or on a cluster.

    parts : arrays of runs, each for one core, in the order in which they should begin; all of the plan unless
    told. What has not begun when the reader of this stops reading is not played.
    """
    from joblib import Parallel, delayed, parallel

    fast = find_spec("numba") is not None
    hint = "threads" if fast else "processes"  # plain Python holds its lock
    if cores is None:  # what `joblib.parallel_config` was told, else every core
        told = parallel.get_active_backend(prefer=hint)[1]
        cores = -1 if told in (None, 1) else told
    workers = Parallel(n_jobs=cores, prefer=hint, return_as="generator_unordered")
    done = workers(delayed(part)(plan, chunk) for chunk in (plan.chunks() if parts is None else parts))
    try:
        for made in done:  # noqa: UP028 (`yield from` would close it outside the lines below)
            yield made
    finally:
        with catch_warnings(action="ignore"):  # joblib warns of what was begun in vain
            done.close()


def part(plan: Plan, runs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Some runs and what came of them."""
    return runs, play(plan, runs)


# --- one setting


@dataclass(frozen=True, eq=False, repr=False)
class Simulation(Said):
    """Boards of one setting, each filled by another lot and left to settle.

    `runs` holds what came of each: its `seed`, `settled`, `moves`, `alike`, `index`, `dissimilarity` over the
    blocks, `unhappy_start`, the share of polygons that were unhappy before the first move, and how it
    `ended`: "settled"; "stuck", nobody who was unhappy could move; or "limit", stopped after `max_moves`.
    After Ctrl+C there are fewer of them than were asked for, and it is `stopped`.
    """

    plan: Plan
    runs: tuple["Outcome", ...]

    @property
    def stopped(self) -> bool:
        """Was it stopped before all runs were played?"""
        return len(self.runs) < len(self.plan)

    @property
    def parameters(self) -> dict:
        """Everything one needs to have the same runs again: `simulate(**made.parameters)` is the same.

        Shares that no decimal holds are text, such as "1/3".
        """
        shares = {name: exact(getattr(self.plan, name)[0]) for name in ("least", "full", "composition")}
        return parameters(self.plan) | shares | {"runs": len(self.plan)}

    @property
    def summary(self) -> dict:
        """How many settled, how many moves those took, and each number's mean and standard deviation.

        Moves are those of the runs that settled, and only of them. The other numbers are of all runs as they
        ended; what cannot be said is None.
        """
        settled = [run.moves for run in self.runs if run.settled]
        return {
            "runs": len(self.runs),
            "settled": len(settled),
            "not_settled": len(self.runs) - len(settled),
            "stuck": self.how_many(STUCK),
            "moves": {
                "median": float(np.median(settled)) if settled else None,
                "p95": float(np.percentile(settled, 95)) if settled else None,
            },
            **{name: spread([getattr(run, name) for run in self.runs]) for name in NUMBERS[2:]},
            "says": self.says(),
        }

    def how_many(self, ended: str) -> int:
        """How many runs ended so: "settled", "stuck" or "limit"."""
        return sum(run.ended == ended for run in self.runs)

    def says(self) -> str:
        """How many settled, in words; then how many moves those took, and why the others did not."""
        moves = [run.moves for run in self.runs if run.settled]
        several = {"n": len(self.runs), "settled": len(moves), "median": float(np.median(moves or [0]))}
        if len(self.plan) == 1:
            return say(f"simulate.one.{self.runs[0].ended}", moves=self.runs[0].moves)
        how = "all" if len(moves) == len(self.runs) else "some" if moves else "none"
        said = [say(f"simulate.says.{how}", **several)]
        for ended in (LIMIT, STUCK):
            if n := self.how_many(ended):
                said.append(say(f"simulate.says.{ended}", n=n, moves=self.plan.max_moves))
        if self.stopped:
            said.append(say("sweep.says.stopped", n=len(self.runs), all=len(self.plan)))
        return " ".join(said)

    def as_dict(self) -> dict:
        """Plain numbers, ready for JSON; nothing is NaN."""
        return {
            "parameters": self.parameters,
            "runs": [run.as_dict() for run in self.runs],
            "summary": self.summary,
        }

    def __str__(self):
        return self.says()

    __repr__ = __str__


@dataclass(frozen=True)
class Outcome:
    """What came of one run."""

    seed: int
    settled: bool
    moves: int
    alike: float | None  # the mean share of like neighbours, over the polygons that have any
    index: float | None  # the same with chance taken out
    dissimilarity: float | None  # over the blocks
    unhappy_start: float | None  # a share of the polygons
    ended: str  # "settled", "stuck" or "limit"

    def as_dict(self) -> dict:
        """Its numbers by name, ready for JSON."""
        return dict(vars(self))


def typical(made: np.ndarray, name: str) -> float:
    """One number for several outcomes: the share that settled, the median of their moves, else the mean."""
    values = made["moves"][made["settled"]] if name == "moves" else made[name].astype(float)
    values = values[~np.isnan(values)]
    if not len(values):
        return float("nan")
    return float(np.median(values) if name == "moves" else values.mean())


def outcome(seed: int, row, ended: str) -> Outcome:
    """A row of results as plain numbers."""
    values = [None if value != value else value for value in row.item()]
    return Outcome(seed, *values, str(ended))


def parameters(plan: Plan) -> dict:
    """What all boards of a plan share, as plain numbers."""
    rows, columns = plan.size
    names = [name for name, rule in RULES.items() if rule is plan.rule] or [plan.rule.__name__]
    return {
        "size": rows if rows == columns else [rows, columns],
        "full": None,
        "composition": None,
        "least": None,
        "most": exact(plan.most),
        "alone": plan.alone,
        "edges": plan.edges,
        "block": plan.block,
        "rule": names[0],
        "runs": None,
        "seed": plan.seed,
        "max_moves": plan.max_moves,
    }


def spread(values) -> dict:
    """The mean of the numbers there are, and their standard deviation (None for fewer than two).

    >>> spread([0.25, None, 0.75])
    {'mean': 0.5, 'sd': 0.3535533905932738}
    """
    there = [value for value in values if value is not None]
    return {
        "mean": float(np.mean(there)) if there else None,
        "sd": float(np.std(there, ddof=1)) if len(there) > 1 else None,
    }


def simulate(
    size=20,
    full=0.8,
    composition=0.5,
    *,
    least="1/3",
    most=1,
    alone="content",
    edges="walls",
    block=5,
    runs=1,
    seed=1,
    max_moves=MOST_MOVES,
    rule=at_random,
) -> Simulation:
    """Fill boards by lot, let everybody who is unhappy move, and tell how they end.

    size : cells of a side, or (rows, columns).   full : the share of cells with a polygon.
    composition : the share of triangles among the polygons.
    least, most : the shares of like neighbours wished for, both included; fractions ("1/3") or decimals.
    block : the side of the blocks over which dissimilarity is read.
    runs : how many boards; run k, counted from 0, has the seed `seed` + k. With the next seed all boards but
    one are the same again: to see whether others come to the same, begin at `seed` + `runs`.
    rule : who moves and where, a function of `segkit.schelling` or its name in `RULES`.

    Ctrl+C keeps the runs that were played, and the answer says so; where none was, it stops as usual.

    >>> many = simulate(runs=100)
    >>> many.summary["moves"]["median"], round(many.summary["alike"]["mean"], 2)
    (122.5, 0.75)
    """
    runs = whole_number("runs", runs, 1)
    plan = Plan([least], [full], [composition], runs, seed, size, most, alone, edges, block, max_moves, rule)
    if len(plan) * plan.size[0] * plan.size[1] <= FEW_CELLS:
        results, played = play(plan, range(len(plan)), compiled=False), range(len(plan))
    else:
        made = sweep_of(plan)
        results, played = made.results.ravel(), np.flatnonzero(made.played)
        if not len(played):
            raise KeyboardInterrupt  # no run, no answer
    ended = endings(results, plan.max_moves)
    return Simulation(plan, tuple(outcome(plan.seed_of(run), results[run], ended[run]) for run in played))


# --- many settings


@dataclass(frozen=True, eq=False, repr=False)
class Sweep(Said):
    """What came of every wish with every fullness and every composition.

    plan : what was asked.   results : an array of `OUTCOME`, (wishes, fullnesses, compositions, repeats).
    played : which of them were played; all, unless it was stopped.
    """

    plan: Plan
    results: np.ndarray = field(repr=False)
    played: np.ndarray = field(repr=False)

    @property
    def stopped(self) -> bool:
        """Was it stopped before its end?"""
        return not self.played.all()

    @cached_property
    def ended(self) -> np.ndarray:
        """How each run ended, "settled", "stuck" or "limit"; says nothing where it was not `played`."""
        return endings(self.results, self.plan.max_moves)

    def mean(self, name: str) -> np.ndarray:
        """One number for each setting, (wishes, fullnesses, compositions); nan where there is none.

        The share of runs that settled, the median of the moves of those that did, else the mean.
        """
        if name not in NUMBERS:
            raise ValueError(say("sweep.number", came=name, known=listed(NUMBERS, most=99)))
        means = np.full(self.plan.shape[:3], np.nan)
        for setting in np.ndindex(means.shape):
            means[setting] = typical(self.results[setting][self.played[setting]], name)
        return means

    def board(self, least, full=None, composition=None, repeat: int = 0) -> Board:
        """The board with which a run of the sweep began; `full` and `composition` where there are several.

        Shares are those of the plan, or the decimals that stand for them in `frame`.
        """
        at = []
        for name, came in (("least", least), ("full", full), ("composition", composition)):
            there = getattr(self.plan, name)
            wanted = there[0] if came is None and len(there) == 1 else share(came, name)
            near = [k for k, one in enumerate(there) if wanted in (one, Fraction(str(float(one))))]
            if not near:
                known = listed(map(written, there), most=99)
                raise ValueError(say("sweep.not_played", name=name, came=came, known=known))
            at.append(near[0])
        if whole_number("repeat", repeat, 0) >= self.plan.repeats:
            raise ValueError(say("sweep.repeat", came=repeat, last=self.plan.repeats - 1))
        return self.plan.board(np.ravel_multi_index((*at, repeat), self.plan.shape))

    def rows(self) -> Iterator[dict]:
        """Each run that was played: its setting, its seed, what came of it.

        Shares are decimals, to draw and to count with; `setting` has them exactly, in words that no
        spreadsheet takes for a date, as it would 1/3.
        """
        plan, n = self.plan, self.plan.repeats
        settings = [(a, plan.most, b, c) for a in plan.least for b in plan.full for c in plan.composition]
        results, played, ended = self.results.ravel(), self.played.ravel(), self.ended.ravel()
        for run in np.flatnonzero(played):
            shares = dict(zip(ROW[:4], settings[run // n], strict=True))
            about = {name: float(exactly) for name, exactly in shares.items()}
            words = " ".join(f"{name} {exact(exactly)}" for name, exactly in shares.items())
            came = outcome(plan.seed_of(run), results[run], ended[run]).as_dict()
            yield about | came | {"setting": words}

    @cached_property
    def frame(self):
        """The runs as a pandas DataFrame, one row for each."""
        import pandas as pd

        return pd.DataFrame(list(self.rows()))

    def to_csv(self, path) -> None:
        """The runs as a CSV file, one row for each; what cannot be said is left blank."""
        import csv

        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ROW, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.rows())

    def __str__(self):
        rows, columns = self.plan.size
        several = dict(zip(("wishes", "fulls", "mixes", "repeats"), self.plan.shape, strict=True))
        n, ended = int(self.played.sum()), self.ended[self.played]
        settled, limit, stuck = (int((ended == how).sum()) for how in (SETTLED, LIMIT, STUCK))
        said = [
            say("sweep.says", n=n, rows=rows, columns=columns, **several),
            say("sweep.says.settled", settled=settled, left=limit, moves=self.plan.max_moves),
        ]
        if stuck:
            said[-1] += " " + say("simulate.says.stuck", n=stuck)
        if self.stopped:
            said.append(say("sweep.says.stopped", n=n, all=len(self.plan)))
        return "\n".join(said)

    __repr__ = __str__


ROW = ("least", "most", "full", "composition", "seed", *NUMBERS, "ended", "setting")


def sweep(
    least=WISHES,
    full=FULL,
    composition=("0.5",),
    repeats=10,
    *,
    seed=1,
    size=20,
    most=1,
    alone="content",
    edges="walls",
    block=5,
    max_moves=MOST_MOVES,
    rule=at_random,
    progress: Callable[[int, int], object] | None = None,
    cores: int | None = None,
) -> Sweep:
    """Play every wish with every fullness and every composition, `repeats` boards each, on all cores.

    The options are those of `simulate`; least, full and composition may each be several shares.
    seed : of the first run; every other run has the next one. Sweeps with neighbouring seeds share nearly all
    their boards: for others, begin at `seed` + the number of runs.
    progress : called now and then with how many runs are done and how many there are; where it answers False,
    or on Ctrl+C, the sweep stops and keeps what is done.
    cores : all unless told. The same call runs on a Dask cluster, within `joblib.parallel_config("dask")`.

    With numba a run of 20 × 20 takes a fraction of a millisecond; the first sweep on a machine waits some
    seconds for its compiler.

    >>> tried = sweep(least=("0.2", "0.5"), full=0.8, repeats=5)
    >>> tried
    Runs: 10, on 20 × 20 cells: wishes 2, shares of cells occupied 1, compositions 1, boards for each 5.
    Settled: 10. Not settled after 20,000 moves: 0.
    >>> tried.frame.groupby("least")["index"].mean().round(1).to_dict()
    {0.2: 0.2, 0.5: 0.8}
    """
    plan = Plan(least, full, composition, repeats, seed, size, most, alone, edges, block, max_moves, rule)
    return sweep_of(plan, progress, cores)


def sweep_of(plan: Plan, progress=None, cores: int | None = None) -> Sweep:
    """A plan, played."""
    if cores not in (None, -1):  # −1: every core, as joblib says it
        whole_number("cores", cores, 1)
    results, played = np.zeros(len(plan), OUTCOME), np.zeros(len(plan), bool)
    parts = in_parts(plan, cores=cores)
    try:
        for runs, came in parts:
            results[runs], played[runs] = came, True
            if progress is not None and progress(int(played.sum()), len(plan)) is False:
                break
    except KeyboardInterrupt:
        pass
    finally:
        parts.close()
    for made in (results, played):
        made.flags.writeable = False
    return Sweep(plan, results.reshape(plan.shape), played.reshape(plan.shape))
