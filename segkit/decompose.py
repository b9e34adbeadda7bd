"""Where does segregation sit, and what changed it? Exact identities: the parts add up to the whole."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from segkit.estimate import by_name, entry, names, prepared
from segkit.indices.shelf import (
    INDICES,
    CannotBeAssessed,
    assessable,
    check_assessable,
    diversity,
    focal_column,
    ratio,
    spread,
    table,
)
from segkit.words import Said, listed, say, sector_name


@dataclass(frozen=True)
class Sector:
    """One sector's place in a between/within split."""

    name: str
    share: float  # of all pupils
    weight: float  # with which its own segregation enters
    value: float | None  # its own segregation; None where there is nothing to compare within it
    part: float  # weight · value


@dataclass(frozen=True)
class Split(Said):
    """An index as segregation between sectors plus segregation within each: total = between + within."""

    index: str
    total: float
    between: float
    within: float
    sectors: tuple[Sector, ...]

    def __str__(self):
        said = [
            say(
                "split",
                name=say(f"index.{self.index}"),
                total=self.total,
                between=self.between,
                within=self.within,
            )
        ]
        for s in self.sectors:
            key = "split.sector" if s.value is not None else "split.alone"
            about = {"value": s.value or 0.0, "weight": s.weight, "share": s.share, "part": s.part}
            said.append(say(key, sector=sector_name(s.name), **about))
        return "\n".join(said)


# How much of a sector's own segregation enters the whole's: from the sector's groups' shares, the whole's,
# and the sector's share of pupils.
WEIGHTS = {
    "mutual_information": lambda own, all_, share: share,
    "information": lambda own, all_, share: share * ratio(spread(own), spread(all_)),
    "relative_diversity": lambda own, all_, share: share * ratio(diversity(own), diversity(all_)),
    "correlation_ratio": lambda own, all_, share: share * ratio(diversity(own), diversity(all_)),
    "hutchens": lambda own, all_, share: share * np.sqrt(ratio(np.prod(own), np.prod(all_))),
}


def between_within(counts, sectors, index="information", focal=None) -> Split:
    """Segregation between sectors, plus segregation within each: total = between + Σ weight · own.

    Between: the index of the sectors' own totals. A sector s enters with the weight: for M its share of
    pupils N_s/N; for H that times E_s/E, the ratio of entropies; for V and R times P_s(1−P_s)/(P(1−P)), or
    I_s/I; for O √(X_s Y_s/XY). A sector with one school or one group has nothing within.

    counts : pupils, units by groups. sectors : one label per unit. index : mutual_information, information,
    hutchens, correlation_ratio or relative_diversity. Errors: ValueError for another index, or for labels
    that are not one per unit; CannotBeAssessed as the index. Source: Theil (1972); Reardon, Yun & Eitle
    (2000), Demography 37:351–364; Hutchens (2001).

    >>> print(between_within([[40, 0], [40, 0], [0, 40], [0, 40]], ["north", "north", "south", "south"]))
    Information (Theil's H) 1.000 = 1.000 between + 0.000 within
      within north: nothing to compare (weight 0.00)
      within south: nothing to compare (weight 0.00)
    """
    index = entry(index)
    if index.name not in WEIGHTS:
        raise ValueError(say("split.cannot", name=say(f"index.{index.name}"), known=listed(WEIGHTS)))
    n = table(counts)
    labels = np.asarray([str(s) for s in sectors])
    if n.ndim != 2 or len(labels) != len(n):
        raise ValueError(say("counts.per_unit", name="sectors", n=n.shape[-2], shape=labels.shape))
    if index.groups == "two":
        focal = focal_column(counts, n, focal)
        check_assessable(n, focal)
        n = np.c_[n[:, focal], n.sum(-1) - n[:, focal]]  # the focal group and everyone else
        focal = 0
    else:
        check_assessable(n)
        focal = 0
    names = list(dict.fromkeys(labels))
    totals = np.stack([n[labels == name].sum(0) for name in names])
    N, P = n.sum(), n.sum(0) / n.sum()
    found = []
    for name, own in zip(names, totals, strict=True):
        share = own.sum() / N
        weight = float(WEIGHTS[index.name](ratio(own, own.sum()), P, share))
        value = float(index.evaluate(n[labels == name], focal))
        value = None if np.isnan(value) else value
        found.append(Sector(str(name), float(share), weight, value, weight * (value or 0.0)))
    between = float(index.evaluate(totals, focal)) if (totals.sum(-1) > 0).sum() > 1 else 0.0
    return Split(
        index.name, float(index.evaluate(n, focal)), between, sum(s.part for s in found), tuple(found)
    )


# --- change between two years ---------------------------------------------------------------------


@dataclass(frozen=True)
class Change(Said):
    """Why M changed: the five parts add up to `after` − `before`."""

    before: float
    after: float
    additions: float  # schools (or groups) that are new
    removals: float  # schools (or groups) that are gone
    group_margins: float  # groups grew or shrank everywhere alike
    school_margins: float  # schools grew or shrank
    structure: float  # who goes where, sizes apart

    @property
    def difference(self) -> float:
        return self.after - self.before

    def __str__(self):
        return say("change", difference=self.difference, **self.__dict__)


FILL = 1e-4  # for a cell empty in one year only, so that fitting can reach it; as in Elbers' own program


def change(before, after) -> Change:
    """What made M change between two years: schools that opened and closed, sizes of groups, sizes of
    schools, or who goes where.

    Tables name their schools and groups, which are matched by name; arrays have the same rows and columns, a
    row or column of zeros meaning that it is not there that year. Over the schools and groups present in
    both years, M is recomputed with one year's structure fitted to the other year's margins (iterative
    proportional fitting, to convergence), and each part is the mean over the orders in which margins and
    structure can change: structural = ½[M(old margins, new structure) − M(old) + M(new) − M(new margins, old
    structure)], and in the same way for groups against schools within the margins (Shapley–Owen). A cell
    that is empty in one year only counts as 0.0001 for the fitting.

    Returns a Change whose parts add up exactly. Errors: CannotBeAssessed for a year that cannot be, or fewer
    than two schools or groups in both. Source: Elbers (2021), Sociological Methods & Research, doi
    10.1177/0049124121986204.

    >>> parts = change([[40, 10], [10, 40]], [[80, 20], [20, 80]])  # twice the pupils, the same mix
    >>> round(parts.difference, 12), round(parts.structure, 12)
    (0.0, 0.0)
    """
    a, b = matched(before, after)
    M = INDICES["mutual_information"]
    check_assessable(a), check_assessable(b)
    rows, columns = (a.sum(1) > 0) & (b.sum(1) > 0), (a.sum(0) > 0) & (b.sum(0) > 0)
    if rows.sum() < 2 or columns.sum() < 2:
        raise CannotBeAssessed(say("refuse", why=say("change.overlap")))
    common = [n[np.ix_(rows, columns)] for n in (a, b)]
    if not all(assessable(n) for n in common):  # a group may be only in schools that opened or closed
        raise CannotBeAssessed(say("refuse", why=say("change.overlap")))
    filled = [np.where((n == 0) & (other > 0), FILL, n) for n, other in (common, common[::-1])]

    # m[g, s, c]: M with the group margins of year g, the school margins of year s and the structure of year c
    m = {
        (g, s, c): float(
            M.evaluate(common[c] if g == s == c else fitted(filled[c], filled[g].sum(0), filled[s].sum(1)))
        )
        for g, s, c in product((0, 1), repeat=3)
    }
    values = float(M.evaluate(a)), float(M.evaluate(b))
    return Change(
        *values,
        additions=values[1] - m[1, 1, 1],
        removals=m[0, 0, 0] - values[0],
        group_margins=sum(m[1, s, c] - m[0, s, c] for s, c in product((0, 1), repeat=2)) / 4,
        school_margins=sum(m[g, 1, c] - m[g, 0, c] for g, c in product((0, 1), repeat=2)) / 4,
        structure=sum(m[i, i, 1] - m[i, i, 0] for i in (0, 1)) / 2,
    )


def matched(before, after):
    """Two tables of floats over all schools and groups of either year, rows and columns matched by name
    where there are names."""
    (units_a, groups_a), (units_b, groups_b) = names(before), names(after)
    groups = units = None
    if groups_a is not None and groups_b is not None:
        groups = list(dict.fromkeys((*groups_a, *groups_b)))
        if units_a is not None and units_b is not None:
            units = list(dict.fromkeys((*units_a, *units_b)))
    a, b = (table(n) if groups is None else by_name(n, units, groups) for n in (before, after))
    if a.shape != b.shape or a.ndim != 2:
        raise ValueError(say("change.shapes", before=a.shape, after=b.shape))
    return a, b


def fitted(n, groups, schools):
    """The table with these margins that keeps the odds ratios of n, as iterative proportional fitting would.

    The table is n_jk·u_j·v_k. For any v the school factors u follow, so what is left is a convex function of
    a handful of group factors; Newton finds its lowest point to the last digit, where fitting in turns would
    need thousands of rounds and, stopped too early, give structural change the wrong sign.

    Errors: CannotBeAssessed where no such table exists, because a school of one group only is larger than
    that group is to be.

    >>> fitted(np.ones((2, 2)), groups=np.array([10, 30]), schools=np.array([20, 20]))
    array([[ 5., 15.],
           [ 5., 15.]])
    """
    N, groups, schools = groups.sum(), groups / groups.sum(), schools / schools.sum()  # only shares matter
    log_n = np.log(np.where(n > 0, n, 1.0)) + np.where(n > 0, 0.0, -np.inf)

    def at(v):
        """Where each school's pupils go at v, how high that is, and the slope there."""
        tilted = log_n + v
        top = tilted.max(1, keepdims=True)
        p = np.exp(tilted - top)
        total = p.sum(1, keepdims=True)
        p /= total
        return p, schools @ (np.log(total) + top)[:, 0] - groups @ v, schools @ p - groups

    v = np.zeros(len(groups))
    p, height, slope = at(v)
    for _ in range(200):
        bend = np.diag(schools @ p) - p.T @ (p * schools[:, None])
        step = np.linalg.lstsq(bend, -slope, rcond=1e-15)[0]
        if not np.isfinite(step).all():
            break
        step *= min(1.0, 5 / max(abs(step).max(), 1e-300))  # far from the end a full step may leap too far
        for length in 0.5 ** np.arange(30):
            there = at(v + length * step)
            if there[1] < height or abs(there[2]).max() < abs(slope).max():
                break
        else:
            break  # as low as floats can tell
        v, (p, height, slope) = v + length * step, there
        if abs(slope).max() < 1e-16:
            break
    if abs(slope).max() > 1e-9:
        raise CannotBeAssessed(say("refuse", why=say("change.margins")))
    return N * p * schools[:, None]


# --- the segregation curve ------------------------------------------------------------------------


@dataclass(frozen=True)
class Curve:
    """The segregation curve: schools from the lowest share of the focal group to the highest, both groups
    counted up."""

    others: np.ndarray  # share of everyone else up to here, from 0 to 1
    focal: np.ndarray  # share of the focal group up to here, from 0 to 1
    order: np.ndarray  # the rows of the schools, in the order of the curve

    @property
    def dissimilarity(self) -> float:
        """The greatest gap between the diagonal and the curve is D."""
        return float((self.others - self.focal).max())

    @property
    def gini(self) -> float:
        """Twice the area between the diagonal and the curve is G."""
        return float(1 - (np.diff(self.others) * (self.focal[1:] + self.focal[:-1])).sum())


def segregation_curve(counts, focal=None) -> Curve:
    """Line the schools up by their share of the focal group and count both groups up: the farther below the
    diagonal, the more segregated.

    counts, focal : as `dissimilarity`. Returns a Curve: arrays of schools + 1 points from (0, 0) to (1, 1),
    and the order of the rows. Its greatest gap is D, twice its area G. Where one town's curve lies below
    another's everywhere, every evenness index agrees; where they cross, they may not. Errors: as
    `dissimilarity`. Source: Duncan & Duncan (1955), American Sociological Review 20:210–217.

    >>> segregation_curve([[10, 30], [30, 10]]).focal
    array([0.  , 0.25, 1.  ])
    """
    n, _, focal = prepared(counts, "dissimilarity", focal)
    rows = np.flatnonzero(table(counts).sum(-1) > 0)
    x = n[:, focal]
    y = n.sum(-1) - x
    order = np.argsort(ratio(x, x + y), kind="stable")
    up = [np.concatenate([[0.0], v[order].cumsum() / v.sum()]) for v in (y, x)]
    return Curve(*up, rows[order])
