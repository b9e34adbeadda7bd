"""How much of a number is chance? Expected values, tests, intervals, and corrections for small schools.

What would the index be if pupils were placed at random into schools of these sizes? The answer is a sum over
schools, so it is computed exactly, in milliseconds. P-values and intervals need draws: all replicates are
one stack of tables (times, units, groups), evaluated at once.

Every function that draws takes `rng`, a numpy Generator or a seed: same seed, same story.
"""

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from segkit.indices.shelf import (
    INDICES,
    CannotBeAssessed,
    Index,
    check_assessable,
    diversity,
    focal_column,
    margins,
    ratio,
    spread,
    table,
    xlog,
)
from segkit.words import Said, listed, number, say

CELLS = 2_000_000  # cells of a stack held at once; each stack has draws of its own: part of a seed's story
SHUFFLED = 1_000_000_000  # numpy draws hypergeometric numbers below this many pupils


def entry(index: str | Index) -> Index:
    """The index called so, or an error that lists the shelf.

    >>> entry("gorard").symbol
    'GS'
    """
    if isinstance(index, Index):
        return index
    if index not in INDICES:
        raise ValueError(say("option.one_of", name="index", known=listed(INDICES, most=99), came=index))
    return INDICES[index]


def prepared(counts, index, focal):
    """The checked table of floats, the index and the focal column: how every function here begins."""
    index, n = entry(index), table(counts)
    if n.ndim != 2:
        raise ValueError(say("counts.shape", shape=n.shape))
    focal = focal_column(counts, n, focal) if index.groups == "two" else None
    check_assessable(n, focal)
    return n[margins(n)[0] > 0], index, focal


# --- chance, exactly ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Chance(Said):
    """An index next to what chance alone would give."""

    index: str
    value: float
    expected: float  # its mean over all ways to place the pupils into schools of these sizes
    corrected: float | None  # 0 at the expected value, 1 at complete segregation (Carrington & Troske 1997);
    # None where chance alone gives complete segregation, and there is no way to go
    exact: bool  # is `expected` a sum, or the mean of the shuffles?
    p: float | None = None  # how often chance gives at least as much
    shuffles: int = 0
    draws: np.ndarray = field(default=None, repr=False, compare=False)

    @property
    def p_said(self) -> str:
        """p in words of three decimals; "≤" where no draw gave as much, so that more draws might make it
        smaller."""
        if self.p is None:
            return ""
        return ("≤" if self.p <= 1 / (1 + self.shuffles) + 1e-12 else "=") + f" {number(self.p, '.3f')}"

    def __str__(self):
        name = say(f"index.{self.index}")
        key = "chance" if self.corrected is not None else "chance.no_room"
        said = say(key, name=name, value=self.value, expected=self.expected, corrected=self.corrected)
        return said if self.p is None else f"{said} {say('chance.p', p=self.p_said, shuffles=self.shuffles)}"


def expected(counts, index="dissimilarity", focal=None) -> float:
    """The index if pupils were placed at random into schools of these sizes: exact, not simulated.

    With school sizes and group totals fixed, the number of a group's pupils in a school is hypergeometric,
    and an index that is a sum over schools has as its mean the sum of the means: E0 = Σ_j Σ_x Pr(x_j = x) ·
    term(x, t_j). Schools of one size share the work.

    counts : pupils, units by groups. index : a name on the shelf that is such a sum (all but Gini and
    Atkinson). focal : as for the index. Returns the mean, in the index's own range. Errors: CannotBeAssessed
    as for the index; ValueError for an index without such a sum. Source: for D, Winship (1977), Social
    Forces 55:1058–1066; Carrington & Troske (1997).

    >>> round(expected([[1, 1], [1, 1]]), 12)  # two pupils of each, two schools of two: mixed in 4 draws of 6
    0.333333333333
    """
    n, index, focal = prepared(counts, index, focal)
    if not index.additive:
        raise ValueError(say("estimate.no_sum", name=say(f"index.{index.name}")))
    return exact_mean(n, index, focal)


def exact_mean(n, index: Index, focal) -> float:
    t, X = margins(n)
    sizes, schools = np.unique(t, return_counts=True)
    ends, N = index.ends_of(X, focal), X.sum()
    P = X / N
    if focal is not None:
        X = X[[focal]]
    if index.name in GAPS:
        total = (schools @ mean_gap(sizes[:, None], X, N)).sum() / (2 * GAPS[index.name](P[focal], P, N))
    else:
        total = 0.0
        for block in blocks(sizes, X, N):
            t = sizes[block]
            x, chance = hypergeometric(t, X, N)
            t = t[:, None, None]
            terms = (
                index.formula(x[..., 0], t[..., 0], X, N)[..., None]
                if focal is not None
                else index.formula(x, t, X, N, P)
            )
            total += (schools[block] * (terms * chance).sum((1, 2))).sum()
    return float(min(max(total, min(ends)), max(ends)))  # rounding may leave 1e-16 outside


# The indices that are Σ |x − μ| over something: over what, by the focal group's share, all shares and N.
GAPS = {
    "dissimilarity": lambda p, P, N: N * p * (1 - p),
    "gorard": lambda p, P, N: N * p,
    "multigroup_dissimilarity": lambda p, P, N: N * diversity(P),
}


def mean_gap(t, X, N):
    """How far, on average, the number of a group's pupils lies from its mean in a school of t filled by lot.

    E|x − μ| = 2k(Y − t + k)/N · Pr(x = k), with μ = tX/N, Y = N − X and k = ⌊μ⌋ + 1: one probability instead
    of a sum over all numbers. Source: Winship (1977), Social Forces 55:1058–1066.

    >>> round(float(mean_gap(2.0, 2.0, 4.0)), 12)  # none, one or two of two, in 1, 4 and 1 draws of 6
    0.333333333333
    """
    k = np.minimum(np.floor(t * X / N) + 1, np.minimum(t, X))  # beyond t or X: the mean is whole, the gap 0
    rest = N - X - t + k
    return np.where(t * X < k * N, 2 * k * rest / N * likely(k, t - k, X - k, rest), 0.0)


def likely(a, b, c, d):
    """The probability of a table of two by two, a b over c d, given its margins: hypergeometric.

    Written by how far the cells lie from their means, Σ o·log(o/e), and by what Stirling's formula leaves
    over, so that nothing large is subtracted from anything large: 13 digits for a million pupils too.
    """
    up, down, left, right, far = a + b, c + d, a + c, b + d, a * d - b * c
    N = up + down
    cells = np.array([a, b, c, d])
    means = np.array([up * left, up * right, down * left, down * right]) / N
    gaps = np.array([far, -far, -far, far]) / N
    over = stirling(np.array([up, down, left, right, N, *cells]))
    return np.exp(
        over[:4].sum(0) - over[4:].sum(0) - (cells * np.log1p(ratio(gaps * (cells > 0), means))).sum(0)
    )


def stirling(n):
    """log n! − n log n + n, without the large numbers."""
    m = np.maximum(n, 16.0)
    r = 1 / (m * m)
    left_over = np.log(2 * np.pi * m) / 2 + (1 / 12 - (1 / 360 - (1 / 1260 - r / 1680) * r) * r) / m
    return np.where(n < 16, STIRLING[np.minimum(n, 15.0).astype(int)], left_over)


STIRLING = np.array([0.0, *(np.cumsum(np.log(i := np.arange(1, 16))) - i * np.log(i) + i)])  # for 0 to 15


def reach(t, X, N):
    """The numbers of a group's pupils that a school of t could plausibly draw, from and to: 12 standard
    deviations and 12 pupils each side.

    What lies outside has a probability below 1e-20, lost in the rounding of the rest.
    """
    mean = t * X / N
    far = 12 * np.sqrt(mean * (1 - X / N) * (N - t) / max(N - 1, 1)) + 12
    return np.maximum(np.maximum(0, t + X - N), np.floor(mean - far)), np.minimum(
        np.minimum(t, X), np.ceil(mean + far)
    )


def blocks(sizes, X, N):
    """Cut the sizes into slices whose probabilities fit in memory together."""
    low, high = reach(sizes[:, None], X, N)
    width = int((high - low).max()) + 1
    step = max(1, CELLS // (width * len(X)))
    return [slice(i, i + step) for i in range(0, len(sizes), step)]


def hypergeometric(t, X, N):
    """For each school size and group, the numbers it may draw and their probabilities, both of shape (sizes,
    numbers, groups).

    Built from the ratio of neighbours, Pr(x+1)/Pr(x) = (X−x)(t−x) / ((x+1)(N−X−t+x+1)), so no huge factorial
    ever appears.
    """
    t = t[:, None, None]
    low, high = reach(t, X, N)
    x = low + np.arange(int((high - low).max()) + 1)[:, None]
    inside = x <= high
    up = np.where(inside, (X - x + 1) * (t - x + 1), 1.0)
    down = np.where(inside & (x > low), x * (N - X - t + x), 1.0)
    log = np.cumsum(np.where(x > low, np.log(np.maximum(up, 1)) - np.log(np.maximum(down, 1)), 0.0), axis=1)
    log = np.where(inside, log, -np.inf)
    chance = np.exp(log - log.max(1, keepdims=True))
    return np.minimum(x, high), chance / chance.sum(1, keepdims=True)


def corrected(value, expected, even=0.0, complete=1.0) -> float:
    """How far the index lies from chance, on the way to complete segregation.

    (value − E0)/(complete − E0) at or above chance, (value − E0)/(E0 − even) below it. It measures distance
    from randomness, which is not the same as the index of the process behind the pupils (for that:
    `density_corrected`, `beta_binomial`). Signs follow segregation, so interaction, which falls as
    segregation rises, has the same corrected value as isolation.

    Returns: −1 at an even mix, 0 at chance, 1 at complete segregation. Errors: CannotBeAssessed where chance
    alone gives the most the index can be (schools of one pupil each). Source: Carrington & Troske (1997),
    Journal of Business & Economic Statistics 15:402–409.

    >>> corrected(0.6, expected=0.2)
    0.49999999999999994
    """
    if abs(complete - expected) < 1e-12:
        raise CannotBeAssessed(say("refuse", why=say("refuse.no_room")))
    above = (value - expected) * np.sign(complete - even) >= 0
    room = complete - expected if above else expected - even
    return 0.0 if abs(value - expected) < 1e-12 else float((value - expected) / room)


def chance(counts, index="dissimilarity", focal=None, *, shuffles=0, rng=None) -> Chance:
    """The index next to what chance alone would give; with `shuffles`, also how often chance gives as much.

    counts, index, focal : as `expected`, but any index will do: one that is no sum needs `shuffles`.
    shuffles : how many random placements to draw; p counts the observed table as one more: (1 + as
    extreme)/(1 + shuffles). rng : Generator or seed, with shuffles.

    >>> print(chance([[30, 10], [10, 30]]))
    Dissimilarity 0.50; chance alone would give 0.09 on average; 0.45 of the way from chance to complete
    segregation.
    """
    n, index, focal = prepared(counts, index, focal)
    if not index.additive and not shuffles:
        raise ValueError(say("estimate.no_sum", name=say(f"index.{index.name}")))
    value = float(index.evaluate(n, focal))
    draws = (
        np.concatenate(list(shuffled(n, shuffles, rng=rng, then=lambda s: index.evaluate(s, focal))))
        if shuffles
        else None
    )
    return against_chance(n, index, focal, value, draws)


def against_chance(n, index: Index, focal, value: float, draws=None) -> Chance:
    """A value, its table and perhaps shuffled values, as a Chance."""
    even, complete = (float(end) for end in index.ends(n, focal))
    mean = exact_mean(n, index, focal) if index.additive else float(draws.mean())
    try:
        toward_complete = corrected(value, mean, even, complete)
    except CannotBeAssessed:
        toward_complete = None
    p = None
    if draws is not None:
        sign = np.sign(complete - even)
        as_much = (sign * draws >= sign * value - 1e-12).sum()  # 1e-12: equal tables add up in another order
        p = float((1 + as_much) / (1 + len(draws)))
    return Chance(
        index.name,
        value,
        mean,
        toward_complete,
        index.additive,
        p,
        0 if draws is None else len(draws),
        draws,
    )


def shuffled(counts, times: int, *, rng, then=None):
    """The same pupils placed at random into the same schools, again and again: stacks of tables with both
    margins kept.

    Yields arrays (some, units, groups), `times` tables in all, CELLS cells at a time; or what `then` makes of
    each, done where it is drawn, on all cores. rng : Generator or seed.

    >>> next(shuffled([[3, 1], [1, 3]], 2, rng=1)).sum(1)
    array([[4., 4.],
           [4., 4.]])
    """
    n = table(counts)
    times = whole("shuffles", times, 1)
    if n.sum() >= SHUFFLED:
        raise CannotBeAssessed(say("refuse", why=say("refuse.no_shuffles")))
    t, X = (margin.astype(np.int64) for margin in margins(n))

    def draw(size, rng):
        drawn = np.zeros((size, *n.shape))
        seats = np.broadcast_to(t, (size, len(t)))
        for k in range(len(X) - 1):
            if k == 0 and size >= 250:  # for fewer, it is no quicker
                taken = seated(t, X[0], size, rng)
            elif k == 0:
                taken = rng.multivariate_hypergeometric(t, X[0], size=size, method="marginals")
            else:
                taken = np.stack(
                    [rng.multivariate_hypergeometric(row, X[k], method="marginals") for row in seats]
                )
            drawn[..., k] = taken
            seats = seats - taken
        drawn[..., -1] = seats
        return then(drawn) if then else drawn

    return stacks(draw, times, n.size, rng)


def seated(t, X, times: int, rng) -> np.ndarray:
    """X pupils on the seats of schools of t, every seat as likely, `times` times: shape (times, schools).

    First each seat is taken or not on its own. A school's number is then binomial, and all numbers of schools
    of one size come at once: how often each, and in which order. Then the pupils too many leave, or those too
    few come, every pupil (every empty seat) as likely as any other. All ways to seat X pupils stay equally
    likely throughout, so the numbers are hypergeometric, in half the time it takes to draw them one by one.
    """
    p = X / t.sum()
    sizes, schools = np.unique(t, return_counts=True)
    x, chance = binomial(sizes, p)
    numbers = np.repeat(x.ravel(), rng.multinomial(times * schools, chance).ravel())
    for of_one_size in np.split(numbers, np.cumsum(times * schools)[:-1]):
        rng.shuffle(of_one_size)
    drawn = np.empty((times, len(t)), np.int64)
    drawn[:, np.argsort(t, kind="stable")] = numbers.reshape(len(t), times).T
    for row, extra in zip(drawn, drawn.sum(1) - X, strict=True):
        if extra:
            pool = row if extra > 0 else t - row
            moved = rng.choice(pool.sum(), abs(extra), replace=False, shuffle=False)
            of = np.searchsorted(pool.cumsum(), moved, "right")
            row -= np.sign(extra) * np.bincount(of, minlength=len(t))
    return drawn


def binomial(t, p):
    """For each number of seats, how many may be taken and with what probability, both of shape (sizes,
    numbers); as far as in `reach`."""
    t = t[:, None]
    far = 12 * np.sqrt(t * p * (1 - p)) + 12
    low, high = np.maximum(0, np.floor(t * p - far)), np.minimum(t, np.ceil(t * p + far))
    x = low + np.arange(int((high - low).max()) + 1)
    least = np.finfo(float).tiny  # for p of 0 or 1, and beyond the last seat
    log = np.log(np.maximum((t - x + 1) * p, least)) - np.log(np.maximum(x * (1 - p), least))
    log = np.where(x <= high, np.cumsum(np.where(x > low, log, 0.0), axis=1), -np.inf)
    chance = np.exp(log - log.max(1, keepdims=True))
    return np.minimum(x, high), chance / chance.sum(1, keepdims=True)


def generator(rng) -> np.random.Generator:
    """A seed or generator as a generator; an error that says so where none came."""
    if rng is None:
        raise ValueError(say("estimate.rng"))
    return np.random.default_rng(rng)


def chunks(times: int, cells: int) -> list[int]:
    """How many tables to hold at once, until there are `times`."""
    at_once = max(1, CELLS // cells)
    return [min(at_once, times - done) for done in range(0, times, at_once)]


def stacks(draw, times: int, cells: int, rng):
    """`times` tables in stacks from draw(size, rng), in order, drawn ahead on all cores.

    Each stack has a generator of its own, spawned from `rng`, so the story does not depend on the cores."""
    sizes = chunks(times, cells)
    tasks = zip(sizes, generator(rng).spawn(len(sizes)), strict=True)
    return ahead(draw, tasks, os.cpu_count() or 1)


def ahead(draw, tasks, cores: int):
    """Results in order, `cores` of them being worked on, so that memory stays small."""
    with ThreadPoolExecutor(cores) as pool:
        waiting = deque()
        for task in tasks:
            waiting.append(pool.submit(draw, *task))
            if len(waiting) > cores:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


# --- intervals ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Interval(Said):
    """A range for an index, and what it is a range of."""

    index: str
    value: float
    low: float
    high: float
    level: float
    target: str  # "pupils": the same schools, other pupils; "schools": other schools
    kind: str
    draws: np.ndarray = field(repr=False, compare=False)

    @property
    def bias(self) -> float:
        """How much resampling alone inflates the index: mean of the draws less the value."""
        return float(self.draws.mean() - self.value)

    def __str__(self):
        values = {"value": self.value, "low": self.low, "high": self.high, "level": self.level}
        said = say(f"interval.{self.target}", name=say(f"index.{self.index}"), **values)
        return said if self.low <= self.value <= self.high else f"{said} {say('interval.bias')}"


def bootstrap(
    counts,
    index="dissimilarity",
    focal=None,
    *,
    rng,
    times=1000,
    target="pupils",
    kind="bias-corrected",
    level=0.95,
) -> Interval:
    """A range for the index: what it might have been with other pupils, or other schools.

    target "pupils" : N pupils are drawn anew over all cells (one multinomial): these schools, another
    cohort. "schools" : schools are drawn with replacement: another town of such schools. kind "percentile" :
    the middle `level` of the draws. "bias-corrected" : resampling inflates an index of small schools, and so
    did the sampling that made the table, so the draws are reflected at the value, 2·value − draw (the basic
    bootstrap): an interval for the process behind the pupils, which may lie below the value. Kept inside the
    index's range.

    It covers the process in 94 to 97 of 100 towns for H, isolation and interaction. For D, GS and Gini it
    falls short where schools are small, because one reflection takes out only part of their bias: about 90
    of 100 with 50 pupils a school, 60 to 75 with 20 (see `beta_binomial` for these). Drawing schools takes
    out no small-school bias at all.

    counts, index, focal : as the index. rng : Generator or seed. Draws that cannot be assessed (a group
    lost) are left out. Errors: ValueError for an unknown option; CannotBeAssessed as for the index, or where
    the draws do not vary. Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap; Allen et al.
    (2015), Econometrics Journal 18:40–66, for why D needs the correction.

    >>> interval = bootstrap([[30, 10], [10, 30]], rng=1)
    >>> interval.low < 0.5 < interval.high
    True
    """
    for name, came, known in (
        ("target", target, ("pupils", "schools")),
        ("kind", kind, ("bias-corrected", "percentile")),
    ):
        if came not in known:
            raise ValueError(say("option.one_of", name=name, known=listed(known), came=came))
    n, index, focal = prepared(counts, index, focal)
    times = whole("times", times, 2)
    if target == "schools" and index.name in LACKING:
        drawn = reweighed(n, times, index, rng)
    else:
        drawn = resampled(n, times, rng=rng, target=target, then=lambda s: index.evaluate(s, focal))
    draws = np.concatenate(list(drawn))
    return interval_of(index, focal, n, draws, target=target, kind=kind, level=level)


def interval_of(
    index: Index, focal, n, draws, *, target="pupils", kind="bias-corrected", level=0.95
) -> Interval:
    """Draws of an index as an interval around its value."""
    if not 0 < level < 1:
        raise ValueError(say("option.between", name="level", low=0, high=1, came=level))
    value = float(index.evaluate(n, focal))
    draws = draws[np.isfinite(draws)]
    if not len(draws):
        raise CannotBeAssessed(say("refuse", why=say("refuse.draws")))
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    if kind == "bias-corrected":
        low, high = 2 * value - high, 2 * value - low
    low, high = np.clip([low, high], *sorted(float(end) for end in index.ends(n, focal)))
    if high - low < 1e-12:  # an interval of no width would look like certainty
        alike = np.ptp(draws) < 1e-12
        raise CannotBeAssessed(say("refuse", why=say("refuse.alike" if alike else "refuse.beyond")))
    return Interval(index.name, value, float(low), float(high), level, target, kind, draws)


def whole(name: str, came, least: int) -> int:
    """A whole number of at least so much, or an error that names the option."""
    if isinstance(came, bool) or not isinstance(came, int | np.integer) or came < least:
        raise ValueError(say("option.whole", name=name, least=least, came=came))
    return int(came)


def resampled(counts, times: int, *, rng, target="pupils", then=None):
    """Tables drawn again from this one, `times` in all, as stacks: other pupils over the same cells, or
    other schools. `then` as in `shuffled`.

    >>> next(resampled([[3, 1], [1, 3]], 2, rng=1)).sum((1, 2))
    array([8., 8.])
    """
    n = table(counts)

    def draw(size, rng):
        if target == "schools":
            drawn = n.take(rng.integers(len(n), size=(size, len(n))), axis=0)
        else:
            drawn = redrawn(np.broadcast_to(n, (size, *n.shape)), rng)
        return then(drawn) if then else drawn

    return stacks(draw, times, n.size, rng)


# The indices that say how much of the whole's diversity the average school lacks, and what each calls so.
LACKING = {"mutual_information": spread, "information": spread, "relative_diversity": diversity}


def reweighed(n, times: int, index: Index, rng):
    """An index of `LACKING` where schools are drawn again, no school being looked at twice.

    A school drawn again counts more often, and is what it is: H = 1 − Σ_j w_j t_j E_j / (NE), w_j how often
    it came, N and E those of the drawn town. The same draws as `resampled` makes, several times as fast.
    """
    diversity_of, J = LACKING[index.name], len(n)
    t, _ = margins(n)
    own = t * diversity_of(ratio(n, t[:, None]))

    def draw(size, rng):
        rows = rng.integers(J, size=(size, J)) + J * np.arange(size)[:, None]
        often = np.bincount(rows.ravel(), minlength=size * J).reshape(size, J).astype(float)
        X = often @ n
        N = X.sum(-1)
        whole = N * diversity_of(ratio(X, N[:, None]))
        lacking = ratio(whole - often @ own, N if index.name == "mutual_information" else whole)
        return np.where((X > 0).sum(-1) > 1, np.maximum(lacking, 0.0), np.nan)

    return stacks(draw, times, n.size, rng)


def redrawn(tables, rng) -> np.ndarray:
    """For each table of a stack, another one: its pupils drawn anew over its cells."""
    flat = tables.reshape(len(tables), -1)
    N = flat.sum(1)
    return rng.multinomial(N.astype(np.int64), flat / N[:, None]).reshape(tables.shape).astype(float)


# --- comparing two years, or two towns ------------------------------------------------------------


@dataclass(frozen=True)
class Comparison(Said):
    """Two values of an index, and whether chance could have made the difference."""

    index: str
    before: float
    after: float
    p: float
    matched: bool
    units: int  # the schools that both have; where unmatched, those of the first
    caution: str = ""  # why p should not be leaned on

    @property
    def difference(self) -> float:
        return self.after - self.before

    def __str__(self):
        kind = "matched" if self.matched else "unmatched"
        change = 0.0 if abs(self.difference) < 5e-3 else self.difference  # no −0.00
        values = {"before": self.before, "after": self.after, "difference": change, "p": self.p}
        said = say(f"compare.{kind}", name=say(f"index.{self.index}"), units=self.units, **values)
        return f"{said} {self.caution}".strip()


def compare(before, after, index="dissimilarity", focal=None, *, rng, times=999, matched=None) -> Comparison:
    """Did the index change by more than chance would?

    matched=True : the rows of both tables are the same schools. If nothing had changed, each school's pupils
    could have swapped years: they are dealt out again, school by school, `times` times, and p is the share
    of deals with at least as large a difference, the observed one counted in: an exact test. Pupils who are
    in both years make it cautious. The default where Tables or DataFrames name their schools and share two
    or more of them; tables without names must say. matched=False : two towns. Each could have had other
    schools of its kind, with other pupils; small-school bias is taken out of both values, and p comes from
    their difference over its standard error.

    Where nothing has changed, or both towns are draws of one process, 3 to 7 % of
    tests at a nominal 5 % find a change: measured in tests/test_estimate.py. Where small schools are compared
    with large ones, what is left of their bias passes for a difference (D, 8 pupils a school against 100: 4
    tests of 10), and the Comparison carries a caution. For two towns that have the very same schools: fewer.

    >>> change = compare([[30, 10], [10, 30]], [[29, 11], [12, 28]], rng=1, matched=True)
    >>> change.p > 0.05  # 0.50 and 0.43 differ by no more than chance would
    True
    """
    index = entry(index)
    a, b, columns, matched = aligned(before, after, index, focal, matched)
    if matched is None:
        raise ValueError(say("compare.matched_or_not"))
    if matched and a.shape != b.shape:
        raise ValueError(say("compare.shapes", before=a.shape, after=b.shape))
    for n, column in zip((a, b), columns, strict=True):
        check_assessable(n, column)
    values = [float(index.evaluate(n, column)) for n, column in zip((a, b), columns, strict=True)]
    rng, times = generator(rng), whole("times", times, 1)
    test = dealt_again if matched else other_schools
    p = test(a, b, index, columns, values, rng, times)
    caution = "" if matched else unlike(a, b)
    return Comparison(index.name, *values, p, bool(matched), len(a), caution)


def unlike(a, b) -> str:
    """A caution where one town's schools are small and much smaller than the other's."""
    small, large = sorted(n.sum() / (n.sum(-1) > 0).sum() for n in (a, b))
    return say("compare.caution", small=small, large=large) if small < 50 and large > 2 * small else ""


def aligned(before, after, index: Index, focal, matched):
    """Two tables of floats, their focal columns, and whether their rows are the same schools: as it was said,
    or as their names tell; None where neither does.

    Groups with names are matched by name. Units with names are cut to those that both have, where these are
    two or more; where they are not, the tables are two towns, as are tables of different sizes.
    """
    two = index.groups == "two"
    named = [names(counts) for counts in (before, after)]
    (units_a, groups_a), (units_b, groups_b) = named
    if groups_a is None or groups_b is None:
        pair = [(counts, table(counts)) for counts in (before, after)]
        columns = [focal_column(*each, focal) if two else None for each in pair]
        a, b = (n for _, n in pair)
        return a, b, columns, False if matched is None and a.shape != b.shape else matched
    groups = list(dict.fromkeys((*groups_a, *groups_b)))
    both = None
    if units_a is not None and units_b is not None and matched is not False:
        both = [unit for unit in units_a if unit in set(units_b)]
        both = both if len(both) > 1 else None
    a, b = (by_name(counts, both, groups) for counts in (before, after))
    column = groups.index(groups_a[focal_column(before, table(before), focal)]) if two else None
    if matched is None and (units_a is not None and units_b is not None or a.shape != b.shape):
        matched = both is not None
    return a, b, [column, column], matched


def names(counts) -> tuple[list | None, list | None]:
    """The names of the units and of the groups, where a Table or a DataFrame has them; a frame's rows that
    are only numbered have none."""
    if hasattr(counts, "units") and hasattr(counts, "groups"):
        return list(counts.units), list(counts.groups)
    if hasattr(counts, "columns") and hasattr(counts, "index"):
        numbered = type(counts.index).__name__ == "RangeIndex"
        return None if numbered else list(counts.index), list(counts.columns)
    return None, None


def by_name(counts, units, groups) -> np.ndarray:
    """The counts as floats for these units (None: those it has) and groups in this order; 0 for what it does
    not have."""
    own_units, own_groups = names(counts)
    values = table(counts)
    rows = (
        range(len(values))
        if units is None
        else [{u: i for i, u in enumerate(own_units)}.get(u) for u in units]
    )
    n = np.zeros((len(rows), len(groups)))
    columns = [groups.index(group) for group in own_groups]
    for i, row in enumerate(rows):
        if row is not None:
            n[i, columns] = values[row]
    return n


def dealt_again(a, b, index, columns, values, rng, times) -> float:
    """p where each school's pupils of both years are dealt to the years again."""
    pooled, seats = (a + b).astype(np.int64), a.sum(-1).astype(np.int64)

    def deal(size, rng):
        first, left, free = np.zeros((size, *a.shape)), pooled.sum(-1), seats
        for k in range(a.shape[1]):
            left = left - pooled[:, k]
            first[..., k] = rng.hypergeometric(pooled[:, k], left, free, size=(size, len(a)))
            free = free - first[..., k].astype(np.int64)
        one, other = (index.evaluate(s, c) for s, c in zip((first, pooled - first), columns, strict=True))
        return abs(other - one)

    if pooled.sum(-1).max() >= SHUFFLED:
        raise CannotBeAssessed(say("refuse", why=say("refuse.no_shuffles")))
    gaps = np.concatenate(list(stacks(deal, times, 2 * a.size, rng)))
    # a deal that cannot be assessed (a group lost) counts as a difference: caution, not a finding
    as_much = (~(gaps < abs(values[1] - values[0]) - 1e-12)).sum()
    return float((1 + as_much) / (1 + times))


def other_schools(a, b, index, columns, values, rng, times) -> float:
    """p where the two towns share no schools: the difference without small-school bias, over its standard
    error."""
    from math import erfc, sqrt

    found = [without_bias(n, index, column, rng, times) for n, column in zip((a, b), columns, strict=True)]
    difference, error = found[1][0] - found[0][0], sqrt(found[0][1] + found[1][1])
    if error < 1e-9:  # the draws do not vary: rounding, not evidence
        return 1.0 if abs(difference) < 1e-9 else 0.0
    return erfc(abs(difference) / error / sqrt(2))


def without_bias(n, index, column, rng, times) -> tuple[float, float]:
    """The index less what resampling its pupils adds, 2θ − mean θ*, and the variance of that over towns of
    other schools.

    To know the variance, each draw of schools is corrected by one draw of its pupils: 2θ_s − θ_s*. That
    draw's own noise is in the variance too, and is taken out again; it is the variance of θ*.
    """
    n = n[n.sum(-1) > 0]

    def draw(size, rng):
        schools = n.take(rng.integers(len(n), size=(size, len(n))), axis=0)
        three = redrawn(schools, rng), schools, redrawn(np.broadcast_to(n, schools.shape), rng)
        return [index.evaluate(stack, column) for stack in three]

    draws = list(stacks(draw, max(times, 20), 3 * n.size, rng))
    of_schools, schools, pupils = np.concatenate(draws, 1)
    variance = max(np.nanvar(2 * schools - of_schools) - np.nanvar(pupils), np.nanvar(schools))
    value = 2 * index.evaluate(n, column) - np.nanmean(pupils)
    return float(value), float(variance * len(n) / (len(n) - 1))


# --- corrections for small schools ----------------------------------------------------------------


def carrington_troske(counts, index="dissimilarity", focal=None) -> float:
    """The index as a distance from randomness: `corrected` with its exact expectation.

    >>> carrington_troske([[10, 0], [0, 10]])
    1.0
    """
    n, index, focal = prepared(counts, index, focal)
    even, complete = (float(end) for end in index.ends(n, focal))
    return corrected(float(index.evaluate(n, focal)), exact_mean(n, index, focal), even, complete)


def exact_isolation(counts, focal=None) -> float:
    """The share of the focal group among the *other* pupils of a member's school.

    Σ (x_j/X)(x_j − 1)/(t_j − 1): nobody counts as their own schoolmate, so chance alone gives (X−1)/(N−1)
    whatever the sizes. Schools of one pupil offer no schoolmate and are left out, X then counting the rest.
    Source: Bell (1954), Social Forces 32:357–364.

    >>> round(exact_isolation([[2, 0], [0, 2]]), 12)
    1.0
    """
    n = table(counts)
    column = focal_column(counts, n, focal)
    check_assessable(n, column)
    n = n * (n.sum(-1, keepdims=True) > 1)
    x, t = n[..., column], n.sum(-1)
    X = x.sum(-1, keepdims=True)
    if np.any(X == 0):
        raise CannotBeAssessed(say("refuse", why=say("refuse.alone")))
    value = (ratio(x, X) * ratio(np.maximum(x - 1, 0), t - 1)).sum(-1)
    return float(value) if value.ndim == 0 else value


def allen_bootstrap(counts, focal=None, *, rng, times=1000) -> float:
    """D with its small-school bias taken out by resampling: 2D − mean of D*.

    Each group is drawn anew over the schools by its own shares. May fall below 0 by a little, where there is
    no segregation to find. Source: Allen, Burgess, Davidson & Windmeijer (2015), Econometrics Journal
    18:40–66.

    >>> round(allen_bootstrap([[30, 10], [10, 30]], rng=1), 1)
    0.5
    """
    n, index, focal = prepared(counts, "dissimilarity", focal)
    rng, x, times = generator(rng), n[:, focal], whole("times", times, 1)
    y, total = n.sum(-1) - x, 0.0
    for size in chunks(times, 2 * len(x)):
        pair = [rng.multinomial(int(g.sum()), g / g.sum(), size=size).astype(float) for g in (x, y)]
        total += index.evaluate(np.stack(pair, -1), 0).sum()
    return float(2 * index.evaluate(n, focal) - total / times)


def density_corrected(counts, focal=None) -> float:
    """D with each school's gap shrunk by how much of it chance explains.

    A school's gap |x_j/X − y_j/Y| is seen with the standard error σ_j; θ_j = gap/σ_j follows a folded normal,
    whose likeliest centre m is the largest solution of m = θ·tanh(θm), 0 where θ ≤ 1. D_dc = ½ Σ σ_j m_j. It
    leaves some of the bias of schools with a handful of pupils.

    counts, focal : as `dissimilarity`. Returns: from 0 to D. Source: Allen, Burgess, Davidson & Windmeijer
    (2015), Econometrics Journal 18:40–66.

    >>> density_corrected([[11, 9], [9, 11]])
    0.0
    """
    n, _, focal = prepared(counts, "dissimilarity", focal)
    x = n[:, focal]
    y = n.sum(-1) - x
    X, Y = x.sum(), y.sum()
    a, b = x / X, y / Y
    sigma = np.sqrt(a * (1 - a) / X + b * (1 - b) / Y)
    gap = abs(a - b)
    shrunk = np.where(
        sigma > 0, sigma * shrink(ratio(gap, sigma)), gap
    )  # σ = 0: one school holds both groups whole, or nobody
    return float(shrunk.sum() / 2)


def shrink(theta):
    """The largest m with m = θ·tanh(θm), by Newton from above; 0 where θ ≤ 1."""
    theta = np.asarray(theta, float)
    m = theta.copy()
    for _ in range(100):
        bend = np.tanh(theta * m)
        step = (m - theta * bend) / np.where(theta > 1, 1 - theta**2 * (1 - bend**2), 1.0)
        m = np.where(theta > 1, np.maximum(m - step, 0.0), 0.0)
        if np.all(abs(step[theta > 1]) < 1e-15 * theta[theta > 1]):
            break
    return m


@dataclass(frozen=True)
class BetaBinomial(Said):
    """The process behind the pupils: each school draws its share from a beta distribution, its pupils from
    that share."""

    share: float  # the mean share, α/(α + β)
    precision: float  # α + β: the larger, the more alike the schools; infinite where they do not differ

    @property
    def dissimilarity(self) -> float:
        """E|p − μ| / (2μ(1 − μ)) over the beta distribution: the D that schools of any size would tend to."""
        from scipy.special import betaln

        mu, s = self.share, self.precision
        if not np.isfinite(s):
            return 0.0
        a, b = mu * s, (1 - mu) * s
        return float(np.exp((a - 1) * np.log(mu) + (b - 1) * np.log(1 - mu) - np.log(s) - betaln(a, b)))

    def __str__(self):
        return say("estimate.beta_binomial", dissimilarity=self.dissimilarity, share=self.share)


def beta_binomial(counts, focal=None) -> BetaBinomial:
    """The D of the process behind the pupils, for towns of small schools: fit a beta-binomial by maximum
    likelihood.

    Schools draw their share p from a beta distribution and their pupils from p; D = E|p − μ|/(2μ(1−μ)) is
    what large schools would show. counts, focal : as `dissimilarity`. Returns a BetaBinomial; its
    `.dissimilarity` goes from 0 to 1. With a handful of schools it is unsteady, and 0 in one town of five
    even where the process is not; shares in two clumps rather than one hump bend it by several hundredths.
    Errors: CannotBeAssessed where fewer than two schools have two pupils. Source: after Rathelot (2012),
    Journal of Business & Economic Statistics 30:546–553, one component.

    >>> round(beta_binomial([[3, 3]] * 50).dissimilarity, 3)  # more even than chance
    0.0
    """
    from scipy.optimize import minimize
    from scipy.special import betaln, digamma

    n, _, focal = prepared(counts, "dissimilarity", focal)
    n = n[n.sum(-1) > 1]  # the share of a school of one pupil shows nothing of how shares are spread
    if len(n) < 2:
        raise CannotBeAssessed(say("refuse", why=say("refuse.single")))
    check_assessable(n, focal)
    pairs, schools = np.unique(np.c_[n[:, focal], n.sum(-1)], axis=0, return_counts=True)
    x, t = pairs.T
    P = float((schools * x).sum() / (schools * t).sum())

    def loss(at):
        mu, s = 1 / (1 + np.exp(-at[0])), np.exp(at[1])
        a, b = mu * s, (1 - mu) * s
        value = -(schools * (betaln(x + a, t - x + b) - betaln(a, b))).sum()
        down_a = (schools * (digamma(x + a) - digamma(t + s) - digamma(a) + digamma(s))).sum()
        down_b = (schools * (digamma(t - x + b) - digamma(t + s) - digamma(b) + digamma(s))).sum()
        slope = np.array([(down_a - down_b) * s * mu * (1 - mu), down_a * a + down_b * b])
        return value, -slope

    even = 18.0  # log s at which the beta is a spike: no difference between schools is left
    starts = [
        minimize(
            loss, [np.log(P / (1 - P)), s], jac=True, method="L-BFGS-B", bounds=[(None, None), (-12, even)]
        )
        for s in (-1.0, 2.0)
    ]
    best = min(starts, key=lambda r: r.fun)
    return BetaBinomial(
        float(1 / (1 + np.exp(-best.x[0]))), float(np.exp(best.x[1])) if best.x[1] < even - 1 else np.inf
    )


@dataclass(frozen=True)
class Debiased(Said):
    """M or H with its small-school bias taken out, and its standard error: no sampling was needed."""

    index: str
    value: float
    raw: float
    se: float

    @property
    def bias(self) -> float:
        return self.raw - self.value

    def __str__(self):
        return say(
            "estimate.debiased", name=say(f"index.{self.index}"), raw=self.raw, value=self.value, se=self.se
        )


def debiased(counts, index="information") -> Debiased:
    """M or H with its small-school bias taken out: 2·value − mean over the bootstrap, computed as a sum
    instead of drawn.

    Under the bootstrap of pupils every cell and margin of the table is binomial, and M is a sum of n·log n
    over them, so its bootstrap mean is exact; H's is that of M over that of E (E hardly varies). The
    standard error is the delta method's, which is 0, too small, at an exactly even mix. The value may fall a
    little below 0, and with schools of a handful of pupils about half of the bias remains.

    counts : pupils, units by groups. index : "mutual_information" or "information". Returns a Debiased with
    `.value`, `.raw`, `.se`, `.bias`. Source: Elbers (2021), Sociological Methods & Research, who draws;
    Roulston (1999), Physica D 125:285–294, for the error.

    >>> debiased([[300, 100], [100, 300]]).bias > 0
    True
    """
    if entry(index).name not in ("mutual_information", "information"):
        raise ValueError(
            say("option.one_of", name="index", known="mutual_information, information", came=index)
        )
    n, index, _ = prepared(counts, index, None)
    n = n[:, n.sum(0) > 0]
    N, t, X = n.sum(), n.sum(-1), n.sum(0)
    M, E = float(INDICES["mutual_information"].evaluate(n)), float(spread(X / N))
    of = {name: mean_nlogn(v, N) for name, v in (("cells", n.ravel()), ("schools", t), ("groups", X))}
    E_star = np.log(N) - of["groups"] / N
    M_star = (of["cells"] - of["schools"] - of["groups"]) / N + np.log(N)
    surprise = xlog(n > 0, ratio(n * N, t[:, None] * X))  # log p_jk / (p_j P_k)
    if index.name == "mutual_information":
        raw, mean, influence = M, M_star, surprise - M
    else:
        raw, mean = M / E, M_star / E_star
        influence = (surprise - M - raw * (-np.log(X / N) - E)) / E
    se = np.sqrt((n / N * influence**2).sum() / N)
    return Debiased(index.name, float(2 * raw - mean), float(raw), float(se))


def mean_nlogn(n, N) -> float:
    """Σ E[b·log b] over binomial b with N trials and means n."""
    values, times = np.unique(n[n > 0], return_counts=True)
    total = 0.0
    for value, many in zip(values, times, strict=True):
        far = 12 * np.sqrt(value * (1 - value / N)) + 12
        b = np.arange(max(0, np.floor(value - far)), min(N, np.ceil(value + far)) + 1)
        if value == N:
            total += many * N * np.log(N)
            continue
        log = np.concatenate([[0.0], np.cumsum(np.log((N - b[1:] + 1) / b[1:] * (value / (N - value))))])
        chance = np.exp(log - log.max())
        total += many * (xlog(b, b) * chance).sum() / chance.sum()
    return float(total)


@dataclass(frozen=True)
class Corrections(Said):
    """D with and without what small schools add to it; each number answers a question of its own."""

    dissimilarity: float  # the pupils there are
    expected: float  # the same pupils placed by lot
    carrington_troske: float  # how far from the lot, on the way to complete segregation
    density_corrected: float  # the process behind the pupils, school by school
    beta_binomial: float  # the process behind the pupils, as one distribution of shares

    def __str__(self):
        return "\n".join(say(f"corrections.{name}", value=value) for name, value in self.__dict__.items())


def corrections(counts, focal=None) -> Corrections:
    """D, what chance would give, and three ways to take the small schools out of it.

    counts, focal : as `dissimilarity`. Returns a Corrections; its lines say what each number estimates.
    Errors and sources: as each of them.

    >>> print(corrections([[30, 10], [10, 30]]))
    0.50  D of these pupils
    0.09  D if they were placed by lot
    0.45  how far from the lot (Carrington–Troske)
    0.50  D of the process, school by school (density)
    0.37  D of the process, as a whole (beta-binomial)
    """
    against = chance(counts, "dissimilarity", focal)
    return Corrections(
        against.value,
        against.expected,
        carrington_troske(counts, "dissimilarity", focal),
        density_corrected(counts, focal),
        beta_binomial(counts, focal).dissimilarity,
    )
