"""Privacy beside its textbook form: the same table made safe by one mixed-integer program."""

import sys
import time
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
from timing import Found, Row, findings, machine, seconds, table

import segkit as sk
from segkit.indices import INDICES
from segkit.privacy import protect
from segkit.privacy.bounds import span
from segkit.privacy.suppression import complete, small

K = 5
SECONDS = 10.0  # sixty schools, five years
MANY = 30.0  # a hundred and twenty


def privacy(quick: bool) -> list[str]:
    """How long a territory takes, and how much is hidden beside the least that could be."""
    return [
        machine("numpy", "scipy"),
        "",
        *findings(territories(quick), "a territory with enrolment, residents and flows made public"),
        "",
        *peers(quick),
        "",
        *bounds(quick),
    ]


def bounds(quick: bool) -> list[str]:
    """From where to where an index lies when counts are hidden: ours, and every table tried."""
    rng = np.random.default_rng(1)
    rows, wide = [], []
    for units in (3,) if quick else (5, 6):
        t, low = rng.integers(20, 60, units), rng.integers(0, 6, units)
        high, total = low + 7, int(low.sum()) + 3 * units
        ours = min(seconds(lambda a=low, b=high, t=t, X=total: span_of(a, b, t, X)) for _ in range(3))
        theirs = seconds(lambda a=low, b=high, t=t, X=total: tried(a, b, t, X))
        same = np.allclose(span_of(low, high, t, total), tried(low, high, t, total))
        note = "the same two numbers" if same else "they differ"
        rows.append(Row(f"D of {units} schools, each open by 7", ours, theirs, None if quick else 10.0, note))
    for units in (60,) if quick else (60, 120):
        t, low = rng.integers(100, 400, units), rng.integers(0, 20, units)
        high, total = low + 30, int(low.sum()) + 12 * units
        for name in ("dissimilarity", "gorard", "isolation"):
            took = 1000 * seconds(lambda n=name, a=low, b=high, t=t, X=total: span_of(a, b, t, X, n))
            wide.append(Found(f"{name} of {units} schools, all of them open by 30", took, "ms", 1000))
    return [
        *table(rows, "the interval of an index over hidden counts", "segkit", "every table tried"),
        "",
        *findings(wide, "the same where nobody could try"),
    ]


def span_of(low, high, t, total, name="dissimilarity"):
    return span(INDICES[name], low, high, t, total)[:2]


def tried(low, high, t, total):
    """The smallest and largest D of every table there can be, one after the other."""
    values = []
    for x in product(*(range(a, b + 1) for a, b in zip(low, high, strict=True))):
        if sum(x) == total:
            x = np.array(x)
            values.append(float(np.abs(x / total - (t - x) / (t.sum() - total)).sum() / 2))
    return min(values), max(values)


def territories(quick: bool):
    sys.path.append(str(Path(__file__).parent.parent / "tests"))
    from test_privacy import town

    groupings = {"origin": ("here", "near", "far", "other"), "meals": ("a", "b", "c", "d")}
    for schools, most in ((8, None),) if quick else ((8, None), (60, SECONDS), (120, MANY)):
        years = range(2020, 2025)
        t = town(16, schools=schools, zones=max(schools // 5, 2), years=years, groupings=groupings, size=100)
        start = time.perf_counter()
        view = protect(t, releases=Path("no-such-folder"))
        took = time.perf_counter() - start
        gone = sum(view.hidden.values())
        counts = sum(len(view.territory.tables[one]) for one in ("enrolment", "residents", "flows"))
        note = f"{gone:,} of {counts:,} counts hidden"
        yield Found(f"{schools} schools, 5 years, 2 groupings of 4 groups", took, "s", most, note=note)
    for name, most in () if quick else (("miravento", SECONDS), ("castavera", MANY)):
        town_ = replace(sk.sample(name), invented=False, mode="private", name="as if real")
        took = seconds(lambda t=town_: protect(t, releases=Path("no-such-folder")))
        title = f"{name.capitalize()} as if real: {len(town_.schools)} schools, 5 years, with outcomes"
        yield Found(title, took, "s", most)


def peers(quick: bool) -> list[str]:
    """One table of schools by groups: ours, and the least loss that linear and integer programming find."""
    rows, loss = [], []
    for schools in (4,) if quick else (4, 6, 8):
        n = np.random.default_rng(schools).poisson([60, 20, 4], (schools, 3))
        ours = complete(n, n.sum(1), K).hidden
        mine = min(seconds(lambda n=n: complete(n, n.sum(1), K)) for _ in range(5))
        start = time.perf_counter()
        theirs = by_program(n, K)
        yours = time.perf_counter() - start
        rows.append(
            Row(
                f"{schools} schools × 3 groups",
                mine,
                yours,
                10.0,
                f"{small(n, n.sum(1), K).sum()} small counts",
            )
        )
        more = float(ours.sum() / theirs.sum())
        note = f"{int(ours.sum())} hidden, {int(theirs.sum())} at least"
        loss.append(
            Found(
                f"{schools} schools × 3 groups: hidden counts, ours over the fewest", more, "", 1.6, note=note
            )
        )
    return [
        *table(rows, "which counts to hide", "segkit", "one integer program"),
        "",
        *findings(loss, "what it costs"),
    ]


def by_program(n, k) -> np.ndarray:
    """The fewest counts to hide, all at once: a copy of the table for each small count and direction.

    Fischetti & Salazar's problem written out plainly: binary "hidden" per count, and for every small count an
    adversary's table in which it is 0 and one in which it is k; a count that is not hidden is as it is.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import block_array, csr_array, eye_array, kron

    units, groups = n.shape
    x, cells = n.ravel(), n.size
    need = np.flatnonzero(small(n, n.sum(1), k).ravel())
    sums = block_array(
        [[kron(eye_array(units), np.ones((1, groups)))], [kron(np.ones((1, units)), eye_array(groups))]]
    )
    copies = [(at, goal) for at in need for goal in goals(x[at], n.sum(1)[at // groups], k)]
    big = float(n.sum())
    size = cells * (1 + len(copies))
    constraints = []
    for c, (at, goal) in enumerate(copies):
        pick = csr_array(
            (np.ones(cells), (np.arange(cells), cells * (1 + c) + np.arange(cells))), shape=(cells, size)
        )
        gate = csr_array((np.full(cells, big), (np.arange(cells), np.arange(cells))), shape=(cells, size))
        constraints += [
            LinearConstraint(csr_array(sums) @ pick, sums @ x, sums @ x),
            LinearConstraint(pick - gate, -np.inf, x),
            LinearConstraint(pick + gate, x, np.inf),
            LinearConstraint(pick[[at]], goal, goal),
        ]
    low, high = np.zeros(size), np.full(size, np.inf)
    high[:cells] = 1
    low[need] = 1
    price = np.concatenate([np.ones(cells), np.zeros(size - cells)])
    whole = np.concatenate([np.ones(cells), np.zeros(size - cells)])
    found = milp(
        price,
        constraints=constraints,
        bounds=Bounds(low, high),
        integrality=whole,
        options={"time_limit": 120},
    )
    return found.x[:cells].reshape(n.shape) > 0.5


def goals(value, roll, k):
    """What a small count must be able to be: nobody and k; or everybody, and k short of it."""
    return (0, k) if value < k else (roll, roll - k)
