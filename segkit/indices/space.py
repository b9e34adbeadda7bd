"""With space: concentration, clustering, centralisation, and evenness among surroundings.

Numbers only: areas in square metres, distances in metres, never geometry and never degrees. Two conventions,
said aloud because packages differ by several hundredths over them:

- *A unit's distance to itself* is the diagonal of `distance`: Massey and Denton take 0.6·√area, points take
  0. `distances` does either.
- *How far "near" reaches* is `reach` in metres, so that no value depends on the map's unit: near fades as
  exp(−d/reach). Massey and Denton's exp(−d)
  with d in kilometres is reach = 1000.
"""

import inspect
from functools import wraps

import numpy as np

from segkit.indices.shelf import (
    SPATIAL,
    CannotBeAssessed,
    Index,
    check_assessable,
    diversity,
    focal_column,
    ratio,
    spread,
    table,
)
from segkit.words import number, say

EARTH_M = 6_371_008.8  # mean radius of the earth in metres (IUGG)


# --- distances, and how near fades ----------------------------------------------------------------


def distances(x, y, area=None) -> np.ndarray:
    """Straight-line distances between points in metres, shape (units, units).

    x, y : metres, as of a projected map. area : square metres; given, a unit's distance to itself is
    0.6·√area (Massey & Denton 1988), else 0.

    >>> distances([0, 3], [0, 4], area=[100, 100])
    array([[6., 5.],
           [5., 6.]])
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    d = np.hypot(x[:, None] - x, y[:, None] - y)
    if area is not None:
        np.fill_diagonal(d, 0.6 * np.sqrt(np.asarray(area, float)))
    return d


def great_circle(lat, lon, area=None) -> np.ndarray:
    """Distances in metres between points given in degrees, over the sphere (haversine); own distance as in
    `distances`.

    >>> great_circle([0, 0], [0, 1]).round()  # one degree at the equator
    array([[     0., 111195.],
           [111195.,      0.]])
    """
    lat, lon = np.radians(np.asarray(lat, float)), np.radians(np.asarray(lon, float))
    half = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    d = 2 * EARTH_M * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    if area is not None:
        np.fill_diagonal(d, 0.6 * np.sqrt(np.asarray(area, float)))
    return d


def exponential(d, reach):
    """Near fades as exp(−d/reach): one third is left at `reach` metres, something at any distance."""
    return np.exp(-d / reach)


def biweight(d, reach):
    """Near fades as (1 − (d/reach)²)², and is nothing beyond `reach` metres."""
    return np.where(d < reach, (1 - (d / reach) ** 2) ** 2, 0.0)


def uniform(d, reach):
    """Everyone within `reach` metres is equally near, nobody beyond."""
    return (d <= reach).astype(float)


# --- the validator of maps ------------------------------------------------------------------------

ENDS = {"delta": (0.0, 1.0)}


def place(*, symbol, latex, dimension, groups, source, needs, even, complete):
    """Put a spatial formula on the shelf. The formula gets floats that have been checked: x, t (or n) and
    the arrays it `needs`, in order."""

    def declare(formula):
        signature = inspect.signature(formula)
        options = [p for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY]

        @wraps(formula)
        def measured(counts, *given, **named):
            call = reader.bind(counts, *given, **named)
            call.apply_defaults()
            a = call.arguments
            n = table(counts)
            focal = focal_column(counts, n, a.pop("focal")) if groups == "two" else None
            check_assessable(n, focal)
            maps = [checked(name, a[name], n.shape[-2]) for name in needs]
            rest = {p.name: a[p.name] for p in options}
            if "reach" in rest:
                rest["reach"] = float(checked("reach", rest["reach"], None))
            if "toward" in rest:
                rest["toward"] = n[..., focal_column(counts, n, rest["toward"])]
            value = formula(*((n[..., focal], n.sum(-1)) if groups == "two" else (n,)), *maps, **rest)
            return float(value) if np.ndim(value) == 0 else value

        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        names = ["counts", *needs]
        reader = inspect.Signature(
            [inspect.Parameter(name, kind) for name in names]
            + ([inspect.Parameter("focal", kind, default=None)] if groups == "two" else [])
            + options
        )
        del measured.__wrapped__
        measured.__signature__ = reader
        measured.__annotations__ = {}
        SPATIAL[formula.__name__] = Index(
            name=formula.__name__,
            symbol=symbol,
            latex=latex,
            dimension=dimension,
            groups=groups,
            even=even,
            complete=complete,
            source=source,
            obeys=(),
            term="",
            formula=formula,
            additive=False,
            function=measured,
        )
        return measured

    return declare


def checked(name: str, values, units: int | None) -> np.ndarray:
    """The map's array as floats of the right shape, finite and in range; an error that names it otherwise."""
    a = np.asarray(values, float)
    if name == "distance" and a.shape != (units, units):
        raise ValueError(say("counts.distances", n=units, shape=a.shape))
    if name in ("area", "to_centre") and a.shape != (units,):
        raise ValueError(say("counts.per_unit", name=name, n=units, shape=a.shape))
    strictly = name in ("area", "reach")
    bad = ~np.isfinite(a) | (a <= 0 if strictly else a < 0)
    if bad.any():
        raise ValueError(
            say(
                "counts.positive",
                name=name,
                least=say("positive" if strictly else "not_negative"),
                came=number(a[bad].flat[0], "g"),
            )
        )
    return a


# --- concentration --------------------------------------------------------------------------------


@place(
    symbol="DEL",
    latex=r"DEL = \tfrac12 \sum_j \left| \frac{x_j}{X} - \frac{a_j}{A} \right|",
    dimension="concentration",
    groups="two",
    needs=("area",),
    even=0.0,
    complete=1.0,
    source="Hoover (1941); Duncan, Cuzzort & Duncan (1961)",
)
def delta(x, t, area):
    """The share of the focal group that would have to move to live at the same density everywhere.

    DEL = ½ Σ |x_j/X − a_j/A|. counts, focal : as `dissimilarity`; area : square metres, one per unit.
    Returns: 0, the same density in all units, towards 1, all in a tiny part of the land. Errors: as
    `dissimilarity`; ValueError for areas that are not above 0. Source: Hoover (1941), Journal of Economic
    History 1:199–205; Massey & Denton (1988), Social Forces 67:281–315.

    >>> delta([[30, 10], [10, 10]], area=[1000, 3000])
    0.5
    """
    return abs(ratio(x, x.sum(-1, keepdims=True)) - area / area.sum()).sum(-1) / 2


@place(
    symbol="ACO",
    latex=r"ACO = 1 - \frac{\sum_j x_j a_j / X - \sum_{j \le n_1} t_j a_j / T_1}"
    r"{\sum_{j \ge n_2} t_j a_j / T_2 - \sum_{j \le n_1} t_j a_j / T_1}",
    dimension="concentration",
    groups="two",
    needs=("area",),
    even=0.0,
    complete=1.0,
    source="Massey & Denton (1988)",
)
def absolute_concentration(x, t, area):
    """How little land the focal group occupies, between the most and the least it could.

    ACO = 1 − (mean area of the group's units − the least possible) / (the most possible − the least
    possible), where least and most fill the smallest and the largest units with X people, whole units at a
    time: n₁ (n₂) is the first unit, counted from the smallest (largest), by which the units hold at least X
    people, and T₁ (T₂) the people in them.

    counts, focal : as `dissimilarity`; area : square metres. Returns: 1 where the group fills the smallest
    units, 0 where it fills the largest; outside that range by a little where whole units overshoot X.
    Errors: as `dissimilarity`; CannotBeAssessed where all units hold the same area or all are needed.
    Source: Massey & Denton (1988), Social Forces 67:281–315.

    >>> absolute_concentration([[10, 0], [0, 10]], area=[1000, 3000])
    1.0
    """
    X = x.sum(-1)
    sizes, order = np.unique(area), np.argsort(area, kind="stable")
    first = np.searchsorted(area[order], sizes)
    people = np.add.reduceat(t[..., order], first, -1)  # units of one size are filled together
    least, most = filled(people, sizes, X), filled(people[..., ::-1], sizes[::-1], X)
    if np.any(most - least <= 1e-12 * area.max()):
        raise CannotBeAssessed(say("refuse", why=say("refuse.area")))
    return 1 - ((x * area).sum(-1) / X - least) / (most - least)


def filled(t, area, X):
    """The mean area of the people in the first units that together hold at least X people."""
    before = t.cumsum(-1) - t
    inside = t * (before < X[..., None])
    return (inside * area).sum(-1) / inside.sum(-1)


# --- clustering -----------------------------------------------------------------------------------


@place(
    symbol="SP",
    latex=r"SP = \frac{X P_{xx} + Y P_{yy}}{N P_{tt}}, \quad "
    r"P_{xx} = \sum_i \sum_j \frac{x_i x_j c_{ij}}{X^2}",
    dimension="clustering",
    groups="two",
    needs=("distance",),
    even=1.0,
    complete=2.0,
    source="White (1983)",
)
def spatial_proximity(x, t, distance, *, reach=1000.0, kernel=exponential):
    """How much closer people live to their own group than to people in general.

    SP = (X·Pxx + Y·Pyy)/(N·Ptt), where Pxx = ΣΣ x_i x_j c_ij/X² is the mean nearness of two members, c_ij =
    kernel(distance_ij, reach).

    counts, focal : as `dissimilarity`; distance : metres, units by units, its diagonal a unit's distance to
    itself; reach : metres. Returns: 1, no closer to one's own than to anyone, above 1 the more both groups
    cluster; below 1 where groups live nearer each other than themselves. Errors: as `dissimilarity`. Source:
    White (1983), American Journal of Sociology 88:1008–1018.

    >>> round(spatial_proximity([[10, 10], [10, 10]], distance=[[0, 900], [900, 0]]), 12)
    1.0
    """
    c, y = kernel(distance, reach), t - x
    met(t @ c.T, t)

    def nearness(a):  # of two members of a group, times the group's size
        return ratio((a @ c * a).sum(-1), a.sum(-1))

    return ratio(nearness(x) + nearness(y), nearness(t))


@place(
    symbol="DPxx",
    latex=r"DP_{xx} = \sum_i \frac{x_i}{X} \sum_j K_{ij} \frac{x_j}{t_j}, \quad "
    r"K_{ij} = \frac{c_{ij} t_j}{\sum_q c_{iq} t_q}",
    dimension="clustering",
    groups="two",
    needs=("distance",),
    even=lambda P: P,
    complete=1.0,
    source="Morgan (1983)",
)
def distance_decay_isolation(x, t, distance, *, reach=1000.0, kernel=exponential):
    """The chance that the next person a member meets belongs to the group, near people being met more.

    DPxx = Σ_i (x_i/X) Σ_j K_ij x_j/t_j, K_ij = c_ij t_j / Σ_q c_iq t_q, c_ij = kernel(distance_ij, reach).

    counts, focal, distance, reach : as `spatial_proximity`. Returns: from 0 to 1; P where everyone is
    equally near, below it where neighbours alternate. Errors: as `dissimilarity`. Source: Morgan (1983),
    Area 15:211–217; Massey & Denton (1988), Social Forces 67:281–315.

    >>> distance_decay_isolation([[10, 10], [10, 10]], distance=[[0, 900], [900, 0]])
    0.5
    """
    return (ratio(x, x.sum(-1, keepdims=True)) * around(x, t, kernel(distance, reach))).sum(-1)


def around(x, t, c):
    """The group's share in each unit's surroundings: Σ_j c_ij x_j / Σ_j c_ij t_j."""
    return ratio(x @ c.T, met(t @ c.T, t))


def met(near, t):
    """How many people each unit has near, or an error that names a unit whose own people are near nobody."""
    lonely = np.argwhere((near <= 0) & (t > 0))
    if len(lonely):
        raise CannotBeAssessed(say("refuse", why=say("refuse.nobody_near", unit=lonely[0][-1])))
    return near


# --- centralisation -------------------------------------------------------------------------------


@place(
    symbol="ACE",
    latex=r"ACE = \sum_j X_{j-1} A_j - \sum_j X_j A_{j-1}",
    dimension="centralisation",
    groups="two",
    needs=("area", "to_centre"),
    even=0.0,
    complete=1.0,
    source="Massey & Denton (1988)",
)
def absolute_centralisation(x, t, area, to_centre):
    """How far the focal group gathers around the centre, against land.

    ACE = Σ X_{j−1}A_j − Σ X_jA_{j−1}, X and A the shares of the group and of the land up to the j-th nearest
    unit. Units at the same distance are one ring, so the order of rows never matters.

    counts, focal : as `dissimilarity`; area : square metres; to_centre : metres from the centre, one per
    unit. Returns: from −1 (all at the rim), 0 (the same density at any distance) to 1 (all at the centre).
    Errors: as `dissimilarity`. Source: Massey & Denton (1988).

    >>> round(absolute_centralisation([[10, 5], [0, 5]], area=[1000, 3000], to_centre=[0, 900]), 12)
    0.75
    """
    return nearer(x, np.broadcast_to(area, x.shape), to_centre)


@place(
    symbol="RCE",
    latex=r"RCE = \sum_j X_{j-1} Y_j - \sum_j X_j Y_{j-1}",
    dimension="centralisation",
    groups="two",
    needs=("to_centre",),
    even=0.0,
    complete=1.0,
    source="Duncan & Duncan (1955)",
)
def relative_centralisation(x, t, to_centre):
    """How much nearer the centre the focal group lives than everyone else.

    RCE = Σ X_{j−1}Y_j − Σ X_jY_{j−1}, X and Y the shares of the two groups up to the j-th nearest unit;
    units at the same distance are one ring.

    counts, focal : as `dissimilarity`; to_centre : metres, one per unit. Returns: from −1 (every member
    farther out than every other), 0 (alike) to 1 (every member nearer). Errors: as `dissimilarity`. Source:
    Duncan & Duncan (1955), American Journal of Sociology 60:493–503.

    >>> relative_centralisation([[10, 0], [0, 10]], to_centre=[0, 900])
    1.0
    """
    return nearer(x, t - x, to_centre)


def nearer(a, b, to_centre):
    """Twice the area between the diagonal and the curve of a's share against b's, units taken from the
    centre outwards."""
    order = np.argsort(to_centre, kind="stable")
    rings = np.flatnonzero(np.diff(to_centre[order], prepend=-1))
    a, b = (np.add.reduceat(v[..., order], rings, -1) for v in (a, b))
    a, b = ratio(a, a.sum(-1, keepdims=True)), ratio(b, b.sum(-1, keepdims=True))
    upto_a, upto_b = a.cumsum(-1), b.cumsum(-1)
    return ((upto_a - a) * upto_b - upto_a * (upto_b - b)).sum(-1)


# --- evenness and exposure among surroundings (Reardon & O'Sullivan 2004) -------------------------


@place(
    symbol="H̃",
    latex=r"\tilde H = 1 - \frac{\sum_j t_j \tilde E_j}{N E}",
    dimension="evenness",
    groups="many",
    needs=("distance",),
    even=0.0,
    complete=1.0,
    source="Reardon & O'Sullivan (2004)",
)
def spatial_information(n, distance, *, reach=1000.0, kernel=biweight):
    """How much less mixed people's surroundings are than the whole.

    H̃ = 1 − Σ t_j Ẽ_j/(NE), Ẽ_j the entropy of the mix around unit j: p̃_jk = Σ_q c_jq n_qk / Σ_q c_jq t_q,
    c = kernel(distance, reach).

    counts : people, (..., units, groups); distance : metres, units by units; reach : metres. Returns: 0
    where every surrounding mirrors the whole, 1 where none is mixed; H itself when nobody but the own unit
    is near. Errors: as `mutual_information`. Source: Reardon & O'Sullivan (2004), Sociological Methodology
    34:121–162.

    >>> spatial_information([[10, 0], [0, 10]], distance=[[0, 900], [900, 0]], reach=500)
    1.0
    """
    weight, around_p, P = surroundings(n, kernel(distance, reach))
    return 1 - (weight * spread(around_p)).sum(-1) / spread(P)


@place(
    symbol="R̃",
    latex=r"\tilde R = 1 - \frac{\sum_j t_j \tilde I_j}{N I}",
    dimension="evenness",
    groups="many",
    needs=("distance",),
    even=0.0,
    complete=1.0,
    source="Reardon & O'Sullivan (2004)",
)
def spatial_relative_diversity(n, distance, *, reach=1000.0, kernel=biweight):
    """How much less often two neighbours differ in group than two people of the whole.

    R̃ = 1 − Σ t_j Ĩ_j/(NI), Ĩ_j = Σ_k p̃_jk(1 − p̃_jk) around unit j. Parameters, errors and source: as
    `spatial_information`. Returns: from 0 (every surrounding mirrors the whole) to 1 (none is mixed); below
    0 is possible, as the whole need not be the mean of surroundings.

    >>> spatial_relative_diversity([[10, 0], [0, 10]], distance=[[0, 900], [900, 0]], reach=500)
    1.0
    """
    weight, around_p, P = surroundings(n, kernel(distance, reach))
    return 1 - (weight * diversity(around_p)).sum(-1) / diversity(P)


@place(
    symbol="D̃",
    latex=r"\tilde D = \sum_{j,k} \frac{t_j \left| \tilde p_{jk} - P_k \right|}{2 N I}",
    dimension="evenness",
    groups="many",
    needs=("distance",),
    even=0.0,
    complete=1.0,
    source="Reardon & O'Sullivan (2004)",
)
def spatial_dissimilarity(n, distance, *, reach=1000.0, kernel=biweight):
    """How far the mix of people's surroundings departs from the whole, on average.

    D̃ = Σ_jk t_j |p̃_jk − P_k| / (2NI). Parameters, errors and source: as `spatial_information`. Returns:
    from 0 (every surrounding mirrors the whole) to 1 (none is mixed).

    >>> spatial_dissimilarity([[10, 0], [0, 10]], distance=[[0, 900], [900, 0]], reach=500)
    1.0
    """
    weight, around_p, P = surroundings(n, kernel(distance, reach))
    return (weight * abs(around_p - P[..., None, :]).sum(-1)).sum(-1) / (2 * diversity(P))


@place(
    symbol="xP̃x",
    latex=r"{}_x\tilde P_x = \sum_j \frac{x_j}{X} \tilde p_{jx}",
    dimension="exposure",
    groups="two",
    needs=("distance",),
    even=lambda P: P,
    complete=1.0,
    source="Reardon & O'Sullivan (2004)",
)
def spatial_isolation(x, t, distance, *, reach=1000.0, kernel=biweight):
    """The share of the focal group in the surroundings of its average member.

    xP̃x = Σ_j (x_j/X) p̃_jx. Parameters, errors and source: as `spatial_information`, with a focal group.
    Returns: from 0 to 1; P where every surrounding mirrors the whole.

    >>> spatial_isolation([[10, 0], [0, 10]], distance=[[0, 900], [900, 0]], reach=500)
    1.0
    """
    return (ratio(x, x.sum(-1, keepdims=True)) * around(x, t, kernel(distance, reach))).sum(-1)


@place(
    symbol="xP̃y",
    latex=r"{}_x\tilde P_y = \sum_j \frac{x_j}{X} \tilde p_{jy}",
    dimension="exposure",
    groups="two",
    needs=("distance",),
    even=lambda P: 1 - P,
    complete=0.0,
    source="Reardon & O'Sullivan (2004)",
)
def spatial_exposure(x, t, distance, *, toward, reach=1000.0, kernel=biweight):
    """The share of another group in the surroundings of the focal group's average member.

    xP̃y = Σ_j (x_j/X) p̃_jy. Parameters, errors and source: as `spatial_information`, with a focal group and
    `toward`, the other group's column or name. Returns: from 0 to 1; the other group's share of all where
    every surrounding mirrors the whole.

    >>> spatial_exposure([[10, 10], [10, 10]], distance=[[0, 900], [900, 0]], reach=500, toward=1)
    0.5
    """
    return (ratio(x, x.sum(-1, keepdims=True)) * around(toward, t, kernel(distance, reach))).sum(-1)


def surroundings(n, c):
    """Each unit's share of people, the mix around it, and the mix of the whole."""
    t = n.sum(-1)
    N = t.sum(-1, keepdims=True)
    around_n = np.einsum("jq,...qk->...jk", c, n, optimize=True)
    near = met(around_n.sum(-1), t)
    return ratio(t, N), ratio(around_n, near[..., None]), ratio(n.sum(-2), N)
