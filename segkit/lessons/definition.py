"""The films of Unit 2.1: what the space, the object and the process do to what one sees.

Every town here is invented and seeded. The only rule of behaviour, `choosing`, is written out in full: it
shows what mild wishes can add up to, and claims nothing about any real town.
"""

from fractions import Fraction
from functools import cache

import numpy as np

from segkit.indices import dissimilarity, information, isolation
from segkit.lessons.score import (
    Score,
    Shelf,
    Spread,
    every,
    score,
    shown,
    still,
    told_by_step,
    whole,
)
from segkit.words import number, say

# --- the space: which schools are counted ------------------------------------------------------------------

TOWNS = {  # an invented region; for each town and sector the schools, and about how many of the group there
    "mill": {"public": (5, 0.52), "private": (2, 0.50)},
    "hill": {"public": (4, 0.20), "private": (2, 0.17)},
    "port": {"public": (6, 0.50), "private": (4, 0.05)},
}
SCALES = (  # what the slider steps through: a town (or all of them), a sector (or both)
    ("mill", ""),
    ("hill", ""),
    ("port", ""),
    ("port", "public"),
    ("port", "private"),
    ("region", ""),
    ("region", "public"),
    ("region", "private"),
)


@cache
def region(seed: int = 1, size: int = 60) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The schools of an invented region: pupils (the group, everyone else), each school's town and sector.

    >>> pupils, town, sector = region()
    >>> pupils[(town == "hill") & (sector == "private")].sum(1).tolist()
    [60, 60]
    """
    rng = np.random.default_rng(seed)
    kinds = [(sector, town) for sector in ("public", "private") for town in TOWNS]
    schools = [TOWNS[town][sector][0] for sector, town in kinds]
    sector, town = (np.repeat(names, schools) for names in zip(*kinds, strict=True))
    level = np.array([TOWNS[t][s][1] for s, t in zip(sector, town, strict=True)])
    x = np.round(size * np.clip(level + rng.normal(0, 0.025, len(level)), 0, 1)).astype(int)
    return still(np.column_stack([x, size - x])), still(town), still(sector)


def counted(town: str, sector: str, seed: int = 1) -> np.ndarray:
    """Which schools of the region one town, or one sector, is made of."""
    _, towns, sectors = region(seed)
    return (towns == town if town != "region" else True) & (sectors == sector if sector else sectors != "")


def scale(seed: int = 1) -> Score:
    """The same children, counted in a town, in the region, in one sector: eight readings, all right.

    >>> film = scale()
    >>> [shown(d, 1) for d in film.lines["dissimilarity"][[0, 1, 5]]]
    ['0.0', '0.1', '0.4']
    """
    pupils, *_ = region(seed)
    masks = tuple(still(counted(*each, seed=seed)) for each in SCALES)
    tables = [pupils[mask] for mask in masks]
    told = [
        {
            "where": say(f"lesson.scale.{town}.{sector or 'all'}"),
            "n": len(t),
            "share": shown(t[:, 0].sum() / t.sum()),
            "d": shown(dissimilarity(t, 0)),
            "i": shown(isolation(t, 0)),
            "low": shown(min(dissimilarity(each, 0) for each in tables)),
            "high": shown(max(dissimilarity(each, 0) for each in tables)),
            "whole": shown(dissimilarity(pupils, 0)),
        }
        for (town, sector), t in zip(SCALES, tables, strict=True)
    ]
    columns = {sector: tuple(TOWNS[town][sector][0] for town in TOWNS) for sector in ("public", "private")}
    rows = np.split(np.arange(len(pupils)), [sum(columns["public"])])
    return score(
        "scale",
        tables,
        [say("lesson.scale.label", **said) for said in told],
        [say(f"lesson.scale.{town}.{sector or 'all'}.says", **said)
         for (town, sector), said in zip(SCALES, told, strict=True)],
        indices=("dissimilarity", "information", "isolation"),
        ticks=tuple((k, say(f"lesson.scale.{town}.{sector or 'all'}.tick"))
                    for k, (town, sector) in enumerate(SCALES)),
        shelves=tuple(
            Shelf(
                (pupils[row],) * len(SCALES),
                say(f"lesson.scale.{sector}"),
                columns[sector],
                tuple(mask[row] for mask in masks),
            )
            for sector, row in zip(columns, rows, strict=True)
        ),
        columns=tuple(say(f"lesson.scale.{town}") for town in TOWNS),
        joined=False,
        seconds=20.0,
    )  # fmt: skip


# --- the object: where the line is drawn -------------------------------------------------------------------

POORER_TO_RICHER = (-1.8, -1.2, -0.4, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 1.2, 2.0)  # each school's average


@cache
def incomes(averages: tuple[float, ...] = POORER_TO_RICHER, size: int = 100, *, seed: int = 1) -> np.ndarray:
    """The family income of every pupil of an invented town, in thousands a year: a row for each school.

    >>> incomes().shape
    (12, 100)
    """
    rng = np.random.default_rng(seed)
    return still(income(np.array(averages)[:, None] + rng.normal(size=(len(averages), size))))


def income(status) -> np.ndarray:
    """A status around 0 as an income: half of all families earn less than 30 thousand, a few far more."""
    return 30 * np.exp(0.35 * np.asarray(status, float))


def spread(incomes, cuts, most: float = 100.0, width: float = 4.0) -> Spread:
    """The histogram of all incomes and the places where it is cut; who earns more stands in the last box."""
    edges = np.arange(0, most + width, width)
    return Spread(
        still(edges),
        still(np.histogram(np.minimum(incomes, most - width / 2), edges)[0]),
        still(np.minimum(cuts, most)),
        tuple(
            (float(at), number(at, ".0f") if at < most else say("film.spread.more", most=number(most, ".0f")))
            for at in np.arange(0, most + 1, 20)
        ),
        say("film.spread.x"),
        say("film.spread.y"),
    )


def below(incomes, shares) -> tuple[list[np.ndarray], np.ndarray]:
    """Each school's pupils below and above the line, for every share of all pupils below it; and the lines.

    >>> tables, lines = below([[10, 20], [30, 40]], [0.5])
    >>> tables[0].tolist(), lines.tolist()
    ([[2, 0], [0, 2]], [25.0])
    """
    incomes = np.asarray(incomes, float)
    in_order = np.sort(incomes, axis=None)
    poor = np.round(np.asarray(shares) * incomes.size).astype(int)
    lines = (in_order[poor - 1] + in_order[poor]) / 2
    x = (incomes[None] < lines[:, None, None]).sum(2)
    return [np.column_stack([row, incomes.shape[1] - row]) for row in x], lines


def status(seed: int = 1) -> Score:
    """A status is a scale, two groups are a decision: the index of one and the same town follows the line.

    Nobody moves and nobody earns more. In this town the poorest share a few schools and so do the richest;
    the middle mixes.
    """
    percent = np.arange(5, 96)
    tables, lines = below(incomes(seed=seed), percent / 100)
    d = {p: shown(dissimilarity(t, 0)) for p, t in zip(percent, tables, strict=True)}
    told = [
        {
            "cut": f"{p}",
            "line": number(line, ".0f"),
            "d": shown(dissimilarity(t, 0)),
            "h": shown(information(t)),
            "i": shown(isolation(t, 0)),
            "d30": d[30],
            "d50": d[50],
            "d80": d[80],
        }
        for p, t, line in zip(percent, tables, lines, strict=True)
    ]
    sentences = told_by_step("status", told)
    stops = [int(np.flatnonzero(percent == stop)[0]) for stop in (30, 50, 80)]
    for k in stops:
        sentences[k] = say(f"lesson.status.at_{percent[k]}", **told[k])
    return score(
        "status",
        tables,
        [say("lesson.status.label", **said) for said in told],
        sentences,
        indices=("dissimilarity", "information", "isolation"),
        groups=(say("lesson.status.below"), say("lesson.status.above")),
        ticks=tuple((k, told[k]["cut"]) for k in (0, *stops, len(tables) - 1)),
        shelves=(Shelf(tuple(tables), say("lesson.status.schools"), (len(tables[0]),)),),
        spread=spread(incomes(seed=seed), lines),
        stops=tuple(stops),
        seconds=14.0,
    )


# --- self-segregation: some leave --------------------------------------------------------------------------

LOCAL = ((30, 70), (32, 68), (35, 65), (38, 62), (42, 58), (45, 55), (48, 52), (50, 50))  # poorer, better-off
CHOSEN = ((14, 36), (15, 35))


def leaving(share: float, local=LOCAL, chosen=CHOSEN) -> np.ndarray:
    """The schools once a share of the better-off of every local school has gone to the chosen ones.

    >>> leaving(0.5, local=[[20, 20], [10, 40]], chosen=[[5, 5]]).tolist()
    [[20, 10], [10, 20], [5, 35]]
    """
    local, chosen = np.array(local), np.array(chosen)
    gone = np.round(local[:, 1] * share).astype(int)
    come = whole(gone.sum() * np.ones(len(chosen)) / len(chosen))
    stay = np.column_stack([local[:, 0], local[:, 1] - gone])
    return np.concatenate([stay, np.column_stack([chosen[:, 0], chosen[:, 1] + come])])


def opting_out(most: float = 0.6) -> Score:
    """Some of the better-off leave for a few schools. Nobody else moves, and everyone else is segregated.

    >>> film = opting_out()
    >>> bool((film.tables[0][:, 0] == film.tables[-1][:, 0]).all())  # not one of the others has moved
    True
    """
    percent = np.arange(0, round(100 * most) + 1)
    tables = [leaving(p / 100) for p in percent]
    local = [t[: len(LOCAL)] for t in tables]
    there = np.array([t[:, 0].sum() / t.sum() for t in local])
    told = [
        {
            "p": f"{p}",
            "d": shown(dissimilarity(t, 0)),
            "i": shown(isolation(t, 0)),
            "first": shown(isolation(tables[0], 0)),
            "share": shown(share),
            "was": shown(there[0]),
            "many": int((2 * stay[:, 0] > stay.sum(1)).sum()),
            "n": len(LOCAL),
        }
        for p, t, stay, share in zip(percent, tables, local, there, strict=True)
    ]
    return score(
        "opting_out",
        tables,
        [say("lesson.opting_out.label", **said) for said in told],
        told_by_step("opting_out", told),
        lines={
            "dissimilarity": [dissimilarity(t, 0) for t in tables],
            "isolation": [isolation(t, 0) for t in tables],
            "local": there,
        },
        names={
            "dissimilarity": say("index.dissimilarity"),
            "isolation": say("lesson.opting_out.isolation"),
            "local": say("lesson.opting_out.local"),
        },
        symbols={"dissimilarity": "D", "isolation": "xPx", "local": say("lesson.opting_out.local.short")},
        y_title=say("lesson.opting_out.y"),
        groups=(say("lesson.opting_out.stay"), say("lesson.opting_out.leave")),
        ticks=every(len(tables), [f"{p}" for p in percent], 10),
        shelves=(Shelf(tuple(tables), "", (len(LOCAL), len(CHOSEN))),),
        columns=(say("lesson.opting_out.local_schools"), say("lesson.opting_out.chosen_schools")),
        cover=(0.0, 0.8),
    )


# --- systemic segregation: nobody means it -----------------------------------------------------------------


@cache
def avenue(apart: float, schools: int = 12, blocks: int = 4, homes: int = 24, *, seed: int = 1) -> np.ndarray:
    """An avenue of homes, block by block: half of one group, half of the other, more or less apart.

    At 0 every block is mixed half and half; the larger `apart`, the more one end of the avenue belongs to one
    group. Each catchment is a few blocks side by side.

    >>> avenue(0.0)[:2].tolist()
    [[12, 12], [12, 12]]
    """
    rng = np.random.default_rng(seed)
    catchment = np.sort(rng.normal(size=schools))[::-1]
    level = (catchment[:, None] + rng.normal(0, 0.45, (schools, blocks))).ravel()
    low, high = -20.0, 20.0
    for _ in range(60):  # the town is to be half and half, so what tips it is taken out
        middle = (low + high) / 2
        share = 1 / (1 + np.exp(-apart * level - middle))
        low, high = (middle, high) if share.mean() < 0.5 else (low, middle)
    x = whole(np.append(homes * share[:-1], homes * len(level) / 2 - homes * share[:-1].sum()))
    return still(np.column_stack([x, homes - x]))


def by_catchment(blocks, each: int = 4) -> np.ndarray:
    """Blocks side by side, counted as the school they all belong to.

    >>> by_catchment([[1, 0], [2, 0], [0, 3], [0, 4]], each=2).tolist()
    [[3, 0], [0, 7]]
    """
    return np.asarray(blocks).reshape(-1, each, 2).sum(1)


def mirror(most: float = 3.0, steps: int = 61, seed: int = 1) -> Score:
    """Without any choice of school, schools show what the streets are: a mirror of who lives where.

    >>> film = mirror()
    >>> bool(dissimilarity(film.tables[9], 0) == dissimilarity(by_catchment(film.shelves[0].tables[9]), 0))
    True
    """
    homes = [avenue(float(a), seed=seed) for a in np.linspace(0, most, steps)]
    schools = [by_catchment(blocks) for blocks in homes]
    told = [
        {"blocks": shown(dissimilarity(b, 0)), "d": shown(dissimilarity(s, 0)), "i": shown(isolation(s, 0)),
         "n": len(s), "each": len(b) // len(s)}
        for b, s in zip(homes, schools, strict=True)
    ]  # fmt: skip
    way = [number(k / (steps - 1), ".2g") for k in range(steps)]
    return score(
        "mirror",
        schools,
        [say("lesson.mirror.label", way=number(k / (steps - 1), ".2f")) for k in range(steps)],
        told_by_step("mirror", told),
        lines={
            "homes": [dissimilarity(blocks, 0) for blocks in homes],
            "schools": [dissimilarity(counts, 0) for counts in schools],
            "isolation": [isolation(counts, 0) for counts in schools],
        },
        names={line: say(f"lesson.mirror.{line}") for line in ("homes", "schools", "isolation")},
        symbols={
            "homes": say("lesson.mirror.homes.short"),
            "schools": say("lesson.mirror.schools.short"),
            "isolation": "xPx",
        },
        groups=_two_groups(),
        ticks=every(steps, way, (steps - 1) // 5),
        shelves=_streets_and_schools(homes, schools),
        cover=(0.0, 1.0),
    )


def _two_groups() -> tuple[str, str]:
    return say("lesson.avenue.focal"), say("lesson.avenue.others")


def _streets_and_schools(homes, schools) -> tuple[Shelf, Shelf]:
    """Homes above, the school of each catchment right below them, as in a mirror."""
    n = len(schools[0])
    return (
        Shelf(tuple(homes), say("lesson.avenue.homes"), (len(homes[0]) // n,) * n),
        Shelf(tuple(still(s) for s in schools), say("lesson.avenue.schools"), (1,) * n, hangs=True),
    )


def choosing(homes, may: float, wish="2/5", *, seed: int = 1, rounds: int = 100):
    """The schools once those who may choose have chosen, or None if they have not settled after `rounds`.

    The rule, all of it: every child starts in the school of its catchment. A share `may` of all families may
    choose. One after the other, always in the same order, each that may looks at its school: if fewer than
    `wish` of the children there are of its own kind, it goes to the nearest school where at least `wish` are
    (schools stand along an avenue; of two as near, the one to the left). Once all are content, it ends.

    homes : (schools, 2), the children of each catchment. wish : a share, such as "1/3" or 0.4.

    >>> choosing([[9, 1], [5, 5], [1, 9]], may=0).tolist()
    [[9, 1], [5, 5], [1, 9]]
    >>> choosing([[9, 1], [5, 5], [1, 9]], may=1).tolist()
    [[9, 0], [6, 6], [0, 9]]
    """
    counts, wish = np.array(homes).tolist(), Fraction(str(wish))
    schools = range(len(counts))
    families = [(school, kind) for school in schools for kind in (0, 1) for _ in range(counts[school][kind])]
    order = np.random.default_rng(seed).permutation(len(families))[: round(may * len(families))]
    nearest = [sorted(schools, key=lambda s: (abs(s - here), s)) for here in schools]
    school = [here for here, _ in families]
    for _ in range(rounds):
        moved = False
        for family in order:
            here, kind = school[family], families[family][1]
            if _content(counts[here], kind, wish):
                continue
            for there in nearest[here]:
                if there != here and sum(counts[there]) and _content(counts[there], kind, wish):
                    counts[here][kind] -= 1
                    counts[there][kind] += 1
                    school[family], moved = there, True
                    break
        if not moved:
            return np.array(counts)
    return None


def _content(counts, kind: int, wish: Fraction) -> bool:
    """Are at least so many of this school's children of one kind? In whole numbers, never rounded."""
    return counts[kind] * wish.denominator >= sum(counts) * wish.numerator


def choice_amplifies(apart: float = 0.8, wish="2/5", steps: int = 51, *, seed: int = 1) -> Score:
    """The same streets, and more and more families who may choose: mild wishes, and schools far apart.

    >>> film = choice_amplifies()
    >>> bool(film.lines["schools"][0] == film.lines["homes"][0])  # with no choice, schools mirror the streets
    True
    """
    may = np.linspace(0, 1, steps)
    schools = [_chosen(apart, float(share), str(wish), seed) for share in may]
    told = _told(schools, apart, seed, p=100 * may, wish=[10 * Fraction(str(wish))] * steps)
    calm = told[-1]["d"] == told[0]["d"]
    return _choices("choice", schools, told, (steps - 1) // 5, apart, seed, "calm" if calm else "last")


def how_mild(apart: float = 0.8, most: int = 50, *, seed: int = 1) -> Score:
    """Everyone may choose, and the wish grows from one child in ten to every second: when does it tip?

    >>> film = how_mild()
    >>> bool(film.lines["schools"][0] == film.lines["homes"][0])  # a wish that every school grants
    True
    """
    wishes = np.arange(10, most + 1)
    schools = [_chosen(apart, 1.0, f"{wish}/100", seed) for wish in wishes]
    told = _told(schools, apart, seed, p=wishes)
    return _choices("how_mild", schools, told, 10, apart, seed)


def _told(schools, apart: float, seed: int, **more) -> list[dict]:
    """What a sentence about schools after choice may need: their D, that of the homes, the unmixed ones."""
    homes = dissimilarity(by_catchment(avenue(apart, seed=seed)), 0)
    return [
        {
            "d": shown(dissimilarity(counts, 0)),
            "homes": shown(homes),
            "pure": int((counts.min(1) == 0).sum()),
            "n": len(counts),
            **{name: number(float(values[k]), ".3g") for name, values in more.items()},
        }
        for k, counts in enumerate(schools)
    ]


def _choices(name, schools, told, every_so_many: int, apart, seed, last: str = "last") -> Score:
    """A film of schools that drift away from the homes above them."""
    homes = by_catchment(avenue(apart, seed=seed))
    return score(
        name,
        schools,
        [say(f"lesson.{name}.label", **said) for said in told],
        told_by_step(name, told, last),
        lines={
            "schools": [dissimilarity(counts, 0) for counts in schools],
            "homes": np.full(len(schools), dissimilarity(homes, 0)),
            "isolation": [isolation(counts, 0) for counts in schools],
        },
        names={line: say(f"lesson.choice.{line}") for line in ("schools", "homes", "isolation")},
        symbols={
            "schools": say("lesson.mirror.schools.short"),
            "homes": say("lesson.mirror.homes.short"),
            "isolation": "xPx",
        },
        groups=_two_groups(),
        ticks=every(len(schools), [said["p"] for said in told], every_so_many),
        shelves=_streets_and_schools([homes] * len(schools), schools),
        cover=(0.0, 1.0),
    )


@cache
def _chosen(apart: float, may: float, wish: str, seed: int) -> np.ndarray:
    found = choosing(by_catchment(avenue(apart, seed=seed)), may, wish, seed=seed)
    if found is None:
        raise ValueError(say("lesson.choice.unsettled", may=may))
    return still(found)
