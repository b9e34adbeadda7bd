"""What an index can be when some counts are hidden: the smallest and the largest value, exactly.

For two groups an index that is a sum over schools is a sum of one number per school once the focal group's
total is fixed. The schools then share that total out among them, and the best and the worst way to do so
follow school by school (dynamic programming) instead of by trying every table.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from segkit.indices.shelf import INDICES, CannotBeAssessed
from segkit.territory import WHOLE
from segkit.words import say

MOST_TOTALS = 2_000  # totals tried one by one where the focal group's own total is hidden
MOST_UNSEEN = 150  # pupils in schools of which not even the number of pupils is shown
STEPS = 100  # public indices have two decimals


class Bounds(NamedTuple):
    """The smallest and the largest value an index can have; `exact` where nothing was hidden."""

    low: float
    high: float
    exact: bool

    def outward(self) -> Bounds:
        """The same with two decimals, never narrower.

        >>> Bounds(0.3149, 0.3401, False).outward()
        Bounds(low=0.31, high=0.35, exact=False)
        """
        if self.exact:
            value = round(self.low * STEPS) / STEPS
            return Bounds(value, value, True)
        slack = 1e-9  # 0.35 may be written as 0.35000000000000003
        low, high = np.floor(self.low * STEPS + slack), np.ceil(self.high * STEPS - slack)
        return Bounds(float(low / STEPS), float(high / STEPS), False)


def interval(
    territory,
    index,
    year=None,
    level=None,
    grouping=None,
    focal=None,
    *,
    of="schools",
    sector=None,
    total=None,
    everyone=None,
) -> Bounds:
    """Between which values an index lies, given a territory in which counts may be hidden.

    total : how many pupils the focal group has in this selection, where that is published; every possible
    total is tried where it is not. everyone : how many pupils there are, where that is published; needed
    where a school does not even show its own number. Errors: CannotBeAssessed where not enough is known.
    """
    index = INDICES[index] if isinstance(index, str) else index
    where = {"of": of, "sector": sector}
    grouping = territory._grouping(grouping)
    cells = territory.cells(year, level, grouping, **where)
    focal = territory.focal.get(grouping, cells.groups[0]) if focal is None else focal
    column = cells.groups.index(focal)
    if cells.known.all():
        value = index(cells.n, column) if index.groups == "two" else index(cells.n)
        return Bounds(value, value, True)
    if index.groups != "two" and len(cells.groups) != 2 or not index.additive:
        raise CannotBeAssessed(say("bounds.no_interval", name=say(f"index.{index.name}")))
    known = {}
    if WHOLE in territory.groupings:
        whole = territory.cells(year, level, WHOLE, **where)
        known |= {u: int(n[0]) for u, n, k in zip(whole.units, whole.n, whole.known[:, 0], strict=True) if k}
    full = cells.known.all(1)
    known |= {u: int(n.sum()) for u, n, k in zip(cells.units, cells.n, full, strict=True) if k}
    seen = [i for i, unit in enumerate(cells.units) if unit in known]
    t = np.array([known[cells.units[i]] for i in seen], dtype=np.int64)
    low, high = box(cells.n[seen], cells.known[seen], t, column)
    unseen = Unseen(len(cells.units) - len(seen), 0 if everyone is None else everyone - int(t.sum()))
    if unseen.units and (everyone is None or not 0 <= unseen.pupils <= MOST_UNSEEN):
        raise CannotBeAssessed(say("bounds.no_rolls", n=unseen.units, of=len(cells.units)))
    return span(index, low, high, t, total, unseen if unseen.units else Unseen())


class Unseen(NamedTuple):
    """Schools that do not even show how many pupils they have: how many such schools, and pupils in all."""

    units: int = 0
    pupils: int = 0


def box(n, known, t, column):
    """How few and how many of the focal group each school can have, from its own row alone.

    >>> low, high = box([[0, 30, 0], [7, 13, 0]], [[False, True, False], [True, True, True]], [40, 20], 0)
    >>> low.tolist(), high.tolist()  # 40 pupils, 30 of them in a known group: the focal group has 0 to 10
    ([0, 7], [10, 7])
    """
    n, known = np.asarray(n), np.asarray(known, dtype=bool)
    left = np.asarray(t) - (n * known).sum(1)  # pupils of the hidden groups, together
    others = (~known).sum(1) - ~known[:, column]  # hidden groups beside the focal one
    here = known[:, column]
    low = np.where(here, n[:, column], np.where(others == 0, left, 0))
    high = np.where(here, n[:, column], left)
    return low, high


def span(index, low, high, t, total=None, unseen=None) -> Bounds:
    """The smallest and largest value of an index when each school has between `low` and `high` focal pupils.

    index : a sum over schools, from the shelf. low, high, t : whole numbers per school, the focal group's
    fewest and most, and everyone. total : the focal group in all schools together. unseen : schools beside
    these whose own number of pupils is hidden.

    >>> span(INDICES["dissimilarity"], [0, 0], [10, 10], [20, 20], total=10).outward()
    Bounds(low=0.0, high=0.67, exact=False)

    Five in each school is even; all ten in one school is as far apart as ten of forty can be.
    """
    low, high, t = (np.asarray(values, dtype=np.int64) for values in (low, high, t))
    unseen = unseen or Unseen()
    N = int(t.sum()) + unseen.pupils
    fewest, most = max(int(low.sum()), 1), min(int(high.sum()) + unseen.pupils, N - 1)
    totals = [total] if total is not None else range(fewest, most + 1)
    if len(totals) > MOST_TOTALS:
        raise CannotBeAssessed(say("bounds.no_total"))
    ends = [end for X in totals if (end := span_of(index, low, high, t, X, N, unseen)) is not None]
    if not ends:
        raise CannotBeAssessed(say("bounds.impossible"))
    lows, highs = zip(*ends, strict=True)
    return Bounds(min(lows), max(highs), bool((low == high).all()) and not unseen.pupils)


def span_of(index, low, high, t, X: int, N: int, unseen):
    """The same for one total; None where the schools cannot have that many, or nobody is left over."""
    spare = X - int(low.sum())
    if spare < 0 or X > int(high.sum()) + unseen.pupils or not 0 < X < N:
        return None
    open_ = np.flatnonzero(high > low)
    fixed = np.flatnonzero(high == low)
    settled = float(term(index, low[fixed], t[fixed], X, N).sum())
    least = np.full(spare + 1, np.inf)
    least[0] = settled
    most = np.where(np.isinf(least), -np.inf, least)
    for i in open_:
        extra = np.arange(min(int(high[i] - low[i]), spare) + 1)
        worth = term(index, low[i] + extra, np.full(len(extra), t[i]), X, N)
        least, most = shared_out(least, worth, np.minimum), shared_out(most, worth, np.maximum)
    if unseen.pupils:
        least = shared_out(least, pooled(index, unseen, X, N, np.minimum)[: spare + 1], np.minimum)
        most = shared_out(most, pooled(index, unseen, X, N, np.maximum)[: spare + 1], np.maximum)
    if not np.isfinite(least[spare]):
        return None
    ends = [float(end) for end in index.ends_of(np.array([X, N - X], float), 0)]
    return tuple(float(np.clip(value, min(ends), max(ends))) for value in (least[spare], most[spare]))


def pooled(index, unseen, X: int, N: int, better):
    """What the unseen schools add at best, for every number of focal pupils in them together."""
    R = unseen.pupils
    x, t = np.meshgrid(np.arange(R + 1), np.arange(R + 1), indexing="ij")
    nothing = np.inf if better is np.minimum else -np.inf
    one = np.where(x <= t, term(index, np.minimum(x, t), t, X, N), nothing)
    best = one
    for _ in range(unseen.units - 1):
        out = np.full_like(best, nothing)
        for b in range(R + 1):  # pupils in one more school, and how many of them are focal
            for a in range(b + 1):
                out[a:, b:] = better(out[a:, b:], best[: R + 1 - a, : R + 1 - b] + one[a, b])
        best = out
    return best[:, R]


def shared_out(best, worth, better):
    """The best value for every number of pupils, when one more school takes some of them."""
    out = best + worth[0]
    for extra in range(1, len(worth)):
        out[extra:] = better(out[extra:], best[:-extra] + worth[extra])
    return out


def term(index, x, t, X: int, N: int):
    """What each school adds to an index of two groups."""
    x, t = np.asarray(x, dtype=float), np.asarray(t, dtype=float)
    if index.groups == "two":
        return index.formula(x, t, np.array([float(X)]), np.array([float(N)]))
    n = np.stack([x, t - x], axis=-1)
    return index.terms(n, t, np.array([X, N - X], dtype=float)).sum(-1)
