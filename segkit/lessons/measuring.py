"""The films of Unit 2.2: what each index sees, and what it does not notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, combinations_with_replacement, product

import numpy as np

from segkit import estimate
from segkit.indices import (
    INDICES,
    SPATIAL,
    absolute_centralisation,
    delta,
    dissimilarity,
    distances,
    gorard,
    information,
    isolation,
    spatial_proximity,
)
from segkit.lessons.definition import below, income, spread
from segkit.lessons.score import Score, Shelf, called, every, score, shown, still, told_by_step, two, whole
from segkit.words import listed, number, say

# Eight schools of unlike size, no two alike, with a group of 240 among 1,200 pupils.
SCHOOLS = ((60, 60), (40, 110), (30, 90), (40, 140), (30, 120), (20, 180), (10, 120), (10, 140))


# --- from even to complete ---------------------------------------------------------------------------------


def along(counts, share: float) -> np.ndarray:
    """The same schools and the same pupils, at a share of the way from even (0) to complete (1).

    School sizes and group totals stay; pupils stay whole. On the way to complete, the schools fill up with
    the focal group in the order of the share they have now.

    >>> along([[30, 20], [10, 40]], 0).tolist()
    [[20, 30], [20, 30]]
    >>> along([[30, 20], [10, 40]], 1).tolist()
    [[40, 10], [0, 50]]
    """
    n = two(counts)
    t, X = n.sum(1), int(n[:, 0].sum())
    even = t * X / t.sum()
    order = np.argsort(-n[:, 0] / np.maximum(t, 1), kind="stable")
    before = np.cumsum(t[order]) - t[order]
    complete = np.empty_like(even)
    complete[order] = np.clip(X - before, 0, t[order])
    x = whole((1 - share) * even + share * complete)
    return np.column_stack([x, t - x])


def even_to_complete(counts=SCHOOLS, steps: int = 101) -> Score:
    """The same schools and the same pupils, from every school mirroring the whole to none being mixed.

    >>> film = even_to_complete([[10, 10], [10, 10]])
    >>> film.tables[0].tolist(), film.tables[-1].tolist()
    ([[10, 10], [10, 10]], [[20, 0], [0, 20]])
    """
    way = np.linspace(0, 1, steps)
    tables = [along(counts, share) for share in way]
    X = int(tables[0][:, 0].sum())
    told = [
        {
            "d": shown(dissimilarity(t, 0)),
            "i": shown(isolation(t, 0)),
            "swap": round(gorard(t, 0) * X),
            "X": X,
        }
        for t in tables
    ]
    mixed = bool((tables[-1].min(1) > 0).any())
    return score(
        "even_to_complete",
        tables,
        [say("lesson.even_to_complete.label", share=shown(share)) for share in way],
        told_by_step("even_to_complete", told, last="last" if mixed else "last_pure"),
        indices=("dissimilarity", "gorard", "information", "isolation"),
        **called(counts),
        ticks=every(steps, [number(share, ".2g") for share in way], max(1, (steps - 1) // 5)),
    )


# --- a larger group ----------------------------------------------------------------------------------------


def _times(name: str, times: str) -> str:
    """How many times as many: `as many as now` rather than `1 times as many`."""
    return say(f"lesson.{name}.label.now") if times == "1" else say(f"lesson.{name}.label", times=times)


def larger_group(counts=SCHOOLS, times: int = 4) -> Score:
    """The focal group grows everywhere by the same factor: evenness does not notice, exposure does.

    As many steps as whole pupils allow (at most ten between 1 and 2).

    >>> film = larger_group([[40, 60], [20, 80]])
    >>> len(film), film.tables[-1].tolist()
    (31, [[160, 60], [80, 80]])
    """
    n = two(counts)
    divisor = int(np.gcd.reduce(n[:, 0]))
    parts = max(k for k in range(1, 11) if divisor % k == 0)
    factors = np.arange(parts, times * parts + 1)
    tables = [np.column_stack([n[:, 0] * f // parts, n[:, 1]]) for f in factors]
    told = [
        {
            "times": number(f / parts, ".3g"),
            "share": shown(t[:, 0].sum() / t.sum()),
            "d": shown(dissimilarity(t, 0)),
            "i": shown(isolation(t, 0)),
            "gs": shown(gorard(t, 0)),
        }
        for f, t in zip(factors, tables, strict=True)
    ]
    return score(
        "larger_group",
        tables,
        [_times("larger_group", said["times"]) for said in told],
        told_by_step("larger_group", told),
        indices=("dissimilarity", "isolation", "gorard"),
        **called(counts),
        ticks=every(len(tables), [number(f / parts, "g") for f in factors], parts),
    )


# --- small schools -----------------------------------------------------------------------------------------


def small_schools(
    pupils: int = 2400, share: float = 0.2, least: int = 4, most: int = 400, start: int = 8, *, seed: int = 1
) -> Score:
    """A town filled purely by chance, in schools of every size: the smaller the schools, the larger D.

    Each step is one draw at random, beside the D expected by chance, which is exact. The sizes are those that
    divide the pupils into equal schools, and the slider stands at the first of at least `start` pupils.

    >>> film = small_schools()
    >>> film.labels[1], shown(film.lines["expected"][1], 1)
    ('480 schools of 5 pupils', '0.4')
    """
    rng = np.random.default_rng(seed)
    sizes = [size for size in range(least, most + 1) if pupils % size == 0]
    X = round(pupils * share)
    tables, expected = [], []
    for size in sizes:
        t = np.full(pupils // size, size)
        x = rng.multivariate_hypergeometric(t, X)
        tables.append(np.column_stack([x, t - x]))
        expected.append(estimate.expected(tables[-1], "dissimilarity", focal=0))
    drawn = [dissimilarity(t, 0) for t in tables]
    told = [
        {"n": len(t), "size": size, "e": shown(e), "d": shown(d), "without": int((t[:, 0] == 0).sum())}
        for t, size, e, d in zip(tables, sizes, expected, drawn, strict=True)
    ]
    begin = int(np.searchsorted(sizes[:-1], start))
    marked = _apart([np.log(size) for size in sizes], 0.55)
    return score(
        "small_schools",
        tables,
        [say("lesson.small_schools.label", **said) for said in told],
        told_by_step("small_schools", told, start=begin),
        lines={"expected": expected, "drawn": drawn},
        names={"expected": say("lesson.small_schools.expected"), "drawn": say("lesson.small_schools.drawn")},
        symbols={line: say(f"lesson.small_schools.{line}.short") for line in ("expected", "drawn")},
        y_title=INDICES["dissimilarity"].symbol,
        ticks=tuple((k, str(sizes[k])) for k in marked),
        start=begin,
        seconds=10.0,
    )


def _apart(places: Sequence[float], gap: float) -> list[int]:
    """The steps to number: the ends, and those between that are not too near one another."""
    kept = [0]
    for k in range(1, len(places) - 1):
        if places[k] - places[kept[-1]] >= gap and places[-1] - places[k] >= gap:
            kept.append(k)
    return [*kept, len(places) - 1]


# --- cut-points --------------------------------------------------------------------------------------------


def ranks(seed: int = 1, schools: int = 12, size: int = 100) -> np.ndarray:
    """The pupils of each school by rank of family income in the town, 0 (lowest) to 1: an invented town.

    Most schools differ a little; three at the top stand apart, as where a few schools select by price.
    """
    status = _statuses(seed, schools, size)
    place = np.argsort(np.argsort(status, axis=None)).reshape(status.shape)
    return (place + 0.5) / status.size


def _statuses(seed: int, schools: int, size: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    means = np.concatenate([np.linspace(-0.7, 0.4, schools - 3), (1.0, 1.6, 2.4)])
    return means[:, None] + rng.normal(size=(schools, size))


def cut_points(seed: int = 1) -> Score:
    """Where one cuts a continuous status into two groups is a choice, and the index follows it.

    Nobody changes school: only the line below which a pupil counts as poor moves.
    """
    cuts = np.arange(5, 96) / 100
    earned = income(_statuses(seed, 12, 100))
    tables, lines = below(earned, cuts)
    told = [
        {
            "cut": number(100 * cut, ".0f"),
            "d": shown(dissimilarity(t, 0)),
            "gs": shown(gorard(t, 0)),
            "h": shown(information(t)),
        }
        for cut, t in zip(cuts, tables, strict=True)
    ]
    return score(
        "cut_points",
        tables,
        [say("lesson.cut_points.label", **said) for said in told],
        told_by_step("cut_points", told),
        indices=("dissimilarity", "gorard", "information"),
        ticks=tuple((k, told[k]["cut"]) for k in (0, 15, 25, 45, 75, 90)),
        shelves=(Shelf(tuple(tables)),),
        spread=spread(earned, lines),
        stops=(25, 45, 75),
    )


# --- five dimensions on a map ------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Tiles:
    """A square map as numbers: how far its tiles lie apart, how large they are, how far from the middle."""

    side: int
    distance: np.ndarray  # metres; a tile lies 0.6·√area from itself (Massey & Denton)
    area: np.ndarray  # square metres
    to_centre: np.ndarray  # metres


@cache
def tiles(side: int = 10, width_m: float = 1000.0) -> Tiles:
    """A square town of square tiles.

    >>> tiles(10).distance[0, :3].tolist()
    [600.0, 1000.0, 2000.0]
    """
    row, column = np.divmod(np.arange(side * side), side)
    area = np.full(side * side, width_m**2)
    middle = (side - 1) / 2
    return Tiles(
        side,
        distance=still(distances(column * width_m, row * width_m, area)),
        area=still(area),
        to_centre=still(np.hypot(row - middle, column - middle) * width_m),
    )


DIMENSIONS = {  # one index for each of Massey & Denton's five, as functions of a table on the map
    "evenness": ("dissimilarity", lambda n, on: dissimilarity(n, 0)),
    "exposure": ("isolation", lambda n, on: isolation(n, 0)),
    "concentration": ("delta", lambda n, on: delta(n, on.area, 0)),
    "clustering": ("spatial_proximity", lambda n, on: spatial_proximity(n, on.distance, 0)),
    "centralisation": (
        "absolute_centralisation",
        lambda n, on: absolute_centralisation(n, on.area, on.to_centre, 0),
    ),
}


def dimension(name: str) -> Score:
    """One of Massey & Denton's five dimensions moves, the others stay where they are (as far as they can).

    >>> film = dimension("concentration")
    >>> [moves for moves, line in film.lines.items() if np.ptp(line) > 0.05]
    ['concentration']
    """
    if name not in DIMENSIONS:
        raise ValueError(say("lesson.dimension.unknown", came=name, known=listed(DIMENSIONS, most=99)))
    tables = _TOWNS[name]()
    on = tiles()
    lines = {each: np.array([index(t, on) for t in tables]) for each, (_, index) in DIMENSIONS.items()}
    told = [{"step": k, "v": shown(lines[name][k]), **_moved(tables, k)} for k in range(len(tables))]
    shelf = {**INDICES, **SPATIAL}
    return score(
        f"dimension.{name}",
        tables,
        [
            _times("dimension.exposure", said["times"])
            if name == "exposure"
            else say(f"lesson.dimension.{name}.label", **said)
            for said in told
        ],
        told_by_step(f"dimension.{name}", told),
        lines=lines,
        names={
            each: say(f"lesson.dimension.name.{each}", index=say(f"index.{i}"))
            for each, (i, _) in DIMENSIONS.items()
        },
        symbols={each: shelf[i].symbol for each, (i, _) in DIMENSIONS.items()},
        ticks=_sizes(told) if name == "exposure" else _tenths(len(tables)),
        rows=on.side,
        cover=(-0.2, 1.2),  # the same chart for all five
        seconds=6.0,
    )


def _moved(tables, step: int) -> dict:
    """How many have left their block since the start, and how many blocks are lived in."""
    gone = np.maximum(tables[0] - tables[step], 0).sum(0)
    n = tables[step]
    return {
        "focal": int(gone[0]),
        "others": int(gone[1]),
        "moved": number(gone.sum(), ","),
        "all": number(n.sum(), ","),
        "tiles": int((n.sum(1) > 0).sum()),
        "share": shown(n[:, 0].sum() / n.sum()),
        "times": number(n[:, 0].sum() / tables[0][:, 0].sum(), ".0f"),
    }


def _sizes(told: Sequence[dict]) -> tuple[tuple[int, str], ...]:
    """The first step, and those where the group is a whole multiple of fifteen."""
    return tuple((k, said["times"]) for k, said in enumerate(told) if k == 0 or int(said["times"]) % 15 == 0)


def _tenths(steps: int) -> tuple[tuple[int, str], ...]:
    """The start, the middle and the end, as shares of the way."""
    last = steps - 1
    return (
        tuple((round(last * k / 4), number(k / 4, "g")) for k in range(5))
        if last >= 4
        else tuple((k, number(k / last, "g")) for k in range(steps))
    )


def _checks(side: int = 10) -> np.ndarray:
    """Every other tile, as on a draughts board."""
    return (np.add.outer(np.arange(side), np.arange(side)) % 2 == 0).ravel()


def _evenness():
    """The focal group stays at home on every other tile; the others, mixed with it at first, move away."""
    here = _checks()
    x = np.where(here, 100, 0)
    return [np.column_stack([x, np.where(here, 100 - s, s)]) for s in range(101)]


def _exposure():
    """Nobody moves; the focal group grows everywhere by the same factor."""
    here = _checks()
    return [np.column_stack([np.where(here, 3 * m, 2 * m), np.where(here, 40, 60)]) for m in range(1, 61)]


def _concentration():
    """Everyone leaves for the nearest tower of neighbours like theirs: the same mix, on less land."""
    here = _checks()
    base = _mixed()
    towers = _towers()
    near = _nearest(towers, here)
    tables = []
    for s in range(21):
        leaving = base * s // 20
        leaving[towers] = 0
        n = base - leaving
        np.add.at(n, near, leaving)
        tables.append(n)
    return tables


def _mixed() -> np.ndarray:
    """Tiles a little above and a little below the mix of the town, by turns."""
    here = _checks()
    return np.column_stack([np.where(here, 60, 40), np.where(here, 40, 60)])


@cache
def _towers() -> np.ndarray:
    """Twelve tiles around the centre: gathering there favours neither the middle nor the edge."""
    on, base, here = tiles(), _mixed(), _checks()
    quarter = [(r, c) for r, c in product(range(5), range(5))]
    rings = [_ring(r, c, on.side) for r, c in quarter]
    start = absolute_centralisation(base, on.area, on.to_centre, 0)

    def off(three):
        towers = np.concatenate([rings[k] for k in three])
        n = np.zeros_like(base)
        np.add.at(n, _nearest(towers, here), base)
        return round(abs(absolute_centralisation(n, on.area, on.to_centre, 0) - start), 9)

    best = min(combinations(range(len(rings)), 3), key=off)
    return still(np.concatenate([rings[k] for k in best]))


def _ring(row: int, column: int, side: int) -> np.ndarray:
    """A tile and the three it becomes when the map is turned by quarters."""
    places = []
    for _ in range(4):
        places.append(row * side + column)
        row, column = column, side - 1 - row
    return np.array(places)


def _nearest(towers: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """For every tile the nearest tower of its own kind; a tower is its own."""
    distance = tiles().distance[:, towers].copy()
    distance[kind[:, None] != kind[towers][None, :]] = np.inf
    near = towers[distance.argmin(1)]
    near[towers] = towers
    return near


HIGH, LOW = (40, 10), (5, 45)  # a tile where the focal group is the majority, and one where it is few


def _laid(high) -> np.ndarray:
    n = np.tile(LOW, (100, 1))
    n[sorted(high)] = HIGH
    return n


def _clustering():
    """Tiles change places until those of the focal group lie together, no nearer the centre than before."""
    on = tiles()
    high = {10 * r + c for r in range(0, 10, 2) for c in range((r // 2) % 2, 10, 3)}
    aim = absolute_centralisation(_laid(high), on.area, on.to_centre, 0)

    def off(set_of_tiles):
        return round(abs(absolute_centralisation(_laid(set_of_tiles), on.area, on.to_centre, 0) - aim), 9)

    middles = [(r / 2, c / 2) for r, c in product(range(4, 9), range(4, 9))]
    quarter = min((_blob(middle, len(high)) for middle in middles), key=off)
    heart = min(quarter, key=lambda tile: on.distance[tile, quarter].sum())
    towns = [set(high)]
    for to in sorted(set(quarter) - high, key=lambda tile: (on.distance[tile, heart], tile)):
        leavers = sorted(towns[-1] - set(quarter))
        towns.append(min(({*towns[-1], to} - {leaver} for leaver in leavers), key=off))
    return [_laid(town) for town in towns]


def _blob(middle, n: int) -> list[int]:
    """The n tiles nearest a point."""
    row, column = np.divmod(np.arange(100), 10)
    far = np.hypot(row - middle[0], column - middle[1])
    return sorted(np.argsort(np.round(far, 9), kind="stable")[:n].tolist())


def _centralisation():
    """A quarter of the focal group wanders from the edge of the map to its middle, shape and all."""
    high = {10 * r + c for r in range(4) for c in range(4)}
    towns = [high]
    for shift in range(6):
        down = shift % 2
        corner = (shift // 2, shift // 2 + down)
        for k in range(4):
            left = 10 * (corner[0]) + corner[1] + k if down else 10 * (corner[0] + k) + corner[1]
            towns.append(towns[-1] - {left} | {left + (40 if down else 4)})
    return [_laid(town) for town in towns]


_TOWNS = {
    "evenness": _evenness,
    "exposure": _exposure,
    "concentration": _concentration,
    "clustering": _clustering,
    "centralisation": _centralisation,
}


# --- indices that disagree ---------------------------------------------------------------------------------


@cache
def same_d(
    d: float = 0.6, schools: int = 4, size: int = 100, grain: int = 20
) -> tuple[np.ndarray, np.ndarray]:
    """Two towns with the same D and information indices as far apart as can be: one shelf, two answers.

    Every town of that many equal schools, half its pupils focal, in steps of `grain` pupils, is tried.

    >>> first, second = same_d()
    >>> [shown(index(town)) for index in (dissimilarity, information) for town in (first, second)]
    ['0.60', '0.60', '0.51', '0.28']
    """
    found = []
    for x in combinations_with_replacement(range(size, -1, -grain), schools):
        if 2 * sum(x) == schools * size:
            n = np.column_stack([x, size - np.array(x)])
            if abs(dissimilarity(n, 0) - d) < 1e-12:
                found.append((round(information(n), 12), x))
    if not found:
        raise ValueError(say("lesson.same_d.none", d=d))
    return tuple(still(np.column_stack([x, size - np.array(x)])) for _, x in (max(found), min(found)))


def side_by_side(*tables, focal=0) -> dict[str, tuple[float, ...]]:
    """Every index of two groups on each of these tables: where they agree and where they do not.

    >>> for name, (first, second) in side_by_side(*same_d()).items():
    ...     if abs(first - second) < 1e-12:
    ...         print(name)
    dissimilarity
    gorard
    """
    return {
        name: tuple(index(n, focal=focal) if index.groups == "two" else index(n) for n in tables)
        for name, index in INDICES.items()
        if not name.startswith("multigroup")
    }


def disagreement() -> Score:
    """From one town to the other, D stays at 0.6 at every step; almost everything else moves."""
    first, second = same_d()
    steps = int(np.abs(first - second).max())
    tables = [second + np.round((first - second) * k / steps).astype(np.int64) for k in range(steps + 1)]
    told = [
        {
            "d": shown(dissimilarity(t, 0)),
            "h": shown(information(t)),
            "pure": int((t.min(1) == 0).sum()),
            "n": len(t),
            "k": k,
        }
        for k, t in enumerate(tables)
    ]
    return score(
        "disagreement",
        tables,
        [say("lesson.disagreement.label", **said) for said in told],
        told_by_step("disagreement", told),
        indices=("dissimilarity", "gini", "isolation", "information"),
        ticks=every(steps + 1, [str(k) for k in range(steps + 1)], 5),
    )


# --- the same pupils in other units ------------------------------------------------------------------------


def classes(seed: int = 1, districts: int = 4, schools: int = 4, each: int = 3, size: int = 25) -> np.ndarray:
    """An invented town of classes in schools in districts that differ on all three levels: a row a class."""
    rng = np.random.default_rng(seed)
    level = (
        rng.normal(0, 0.7, (districts, 1, 1))
        + rng.normal(0, 0.7, (districts, schools, 1))
        + rng.normal(0, 0.5, (districts, schools, each))
    )
    x = rng.binomial(size, 1 / (1 + np.exp(0.9 - level))).ravel()
    return np.column_stack([x, size - x])


def merge(
    counts=None, together: Sequence[int] = (3, 4), names: Sequence[str] = ("classes", "schools", "districts")
) -> Score:
    """The same pupils read as classes, as schools, as districts: the larger the unit, the less is seen.

    >>> film = merge()
    >>> [len(table) for table in film.tables]
    [48, 16, 4]
    """
    tables = [two(classes() if counts is None else counts)]
    for k in together:
        tables.append(tables[-1].reshape(-1, k, 2).sum(1))
    units = [say(f"lesson.merge.{name}") for name in names]
    told = [
        {
            "n": len(t),
            "units": unit,
            "d": shown(dissimilarity(t, 0)),
            "h": shown(information(t)),
            "before": shown(dissimilarity(tables[0], 0)),
        }
        for t, unit in zip(tables, units, strict=True)
    ]
    return score(
        "merge",
        tables,
        [say("lesson.merge.label", **said) for said in told],
        told_by_step("merge", told),
        indices=("dissimilarity", "information", "isolation"),
        ticks=tuple((k, units[k]) for k in range(len(tables))),
        seconds=4.0,
    )
