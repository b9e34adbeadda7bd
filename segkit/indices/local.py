"""Each school, each group: where in the table does the segregation sit?"""

import numpy as np

from segkit.indices.evenness import dissimilarity
from segkit.indices.shelf import INDICES, check_assessable, diversity, ratio, spread, table, xlog


def location_quotient(counts) -> np.ndarray:
    """How many times the group's share in the school is its share in the whole.

    LQ_jk = p_jk / P_k. counts : pupils, shape (..., units, groups). Returns the same shape: 0 where the
    group is absent, 1 where it has its fair share; 0 for a school without pupils. Errors: CannotBeAssessed
    where all pupils are of one school or group.

    >>> location_quotient([[30, 10], [10, 30]])
    array([[1.5, 0.5],
           [0.5, 1.5]])
    """
    n = table(counts)
    check_assessable(n)
    t, X, N = n.sum(-1, keepdims=True), n.sum(-2, keepdims=True), n.sum((-2, -1), keepdims=True)
    return ratio(ratio(n, t), ratio(X, N))


def local_segregation(counts) -> np.ndarray:
    """How far the school's mix departs from the whole, in nats.

    L_j = Σ_k p_jk log(p_jk/P_k), the Kullback–Leibler divergence of the school from the whole. Weighted by
    the schools' shares of pupils it adds up to M. counts : pupils, shape (..., units, groups). Returns (...,
    units), from 0 (the school mirrors the whole). Errors: as `location_quotient`. Source: Alonso-Villar &
    Del Río (2010), Mathematical Social Sciences 60:30–38; Mora & Ruiz-Castillo (2011).

    >>> local_segregation([[10, 10], [10, 10]])
    array([0., 0.])
    """
    n = table(counts)
    check_assessable(n)
    t, X, N = n.sum(-1, keepdims=True), n.sum(-2, keepdims=True), n.sum((-2, -1), keepdims=True)
    return np.maximum(xlog(ratio(n, t), ratio(n * N, t * X)).sum(-1), 0.0) + 0.0


def entropy(counts) -> np.ndarray:
    """How mixed each school is, in nats: 0 with one group, log K where K groups have equal shares.

    E_j = −Σ_k p_jk log p_jk. counts : pupils, shape (..., units, groups). Returns (..., units), 0 too for a
    school without pupils. Source: Theil & Finizza (1971).

    >>> entropy([[10, 0], [5, 5]]).round(6)
    array([0.      , 0.693147])
    """
    n = table(counts)
    return spread(ratio(n, n.sum(-1, keepdims=True))) + 0.0


def simpson(counts) -> np.ndarray:
    """The chance that two pupils drawn from a school (with replacement) differ in group.

    I_j = Σ_k p_jk (1 − p_jk). counts : pupils, shape (..., units, groups). Returns (..., units), from 0 (one
    group) to 1 − 1/K (equal shares); 0 too for a school without pupils. Source: Lieberson (1969), American
    Sociological Review 34:850–862.

    >>> simpson([[10, 0], [5, 5]])
    array([0. , 0.5])
    """
    n = table(counts)
    return diversity(ratio(n, n.sum(-1, keepdims=True)))


def contribution(counts, focal=None) -> np.ndarray:
    """Each school's share of the dissimilarity: its term over the sum of all terms.

    |x_j/X − y_j/Y| / Σ |x_i/X − y_i/Y|. counts, focal : as `dissimilarity`. Returns (..., units), adding up
    to 1; all 0 where D is 0.
    Errors: as `dissimilarity`. Source: the additive form of Duncan & Duncan (1955).

    >>> contribution([[30, 10], [10, 30], [20, 20]])
    array([0.5, 0.5, 0. ])
    """
    parts = INDICES[dissimilarity.__name__].parts(counts, focal)
    return ratio(parts, parts.sum(-1, keepdims=True))
