"""Any number of groups at once. With two groups these reduce to D, G, H, M and V.

A term here is one school's and one group's, a cell of the table: `n` of the school's `t` pupils, of the
group's `X` of all `N`; `P` holds every group's share, for what the sum is divided by.
"""

import numpy as np

from segkit.indices.evenness import pairwise_gap
from segkit.indices.shelf import diversity, index, ratio, spread, xlog

AXIOMS = ("size", "twins", "exchange", "relabelling")


@index(
    symbol="M",
    latex=r"M = \sum_{j,k} \frac{n_{jk}}{N} \log \frac{p_{jk}}{P_k}",
    dimension="evenness",
    groups="many",
    complete=spread,
    source="Theil (1971); Mora & Ruiz-Castillo (2011)",
    obeys=AXIOMS,
)
def mutual_information(n, t, X, N, P):
    """How much knowing a pupil's school tells about the group (and the other way round), in nats.

    M = Σ_jk (n_jk/N) log(p_jk/P_k), natural logarithm. Splits exactly into between and within for any cut of
    schools *or* of groups.

    counts : pupils, shape (..., units, groups). Returns: from 0 (even) to E = −Σ P_k log P_k, the entropy of
    the groups (no school is mixed). Errors: CannotBeAssessed for one school or one group; ValueError naming
    row and group. Source: Theil (1971), Principles of Econometrics; Mora & Ruiz-Castillo (2011),
    Sociological Methodology 41:159–194.

    >>> round(mutual_information([[10, 0], [0, 10]]), 6)  # log 2
    0.693147
    """
    return ratio(xlog(n, ratio(ratio(n, t), P)), N)


@index(
    symbol="H",
    latex=r"H = \frac{M}{E}, \quad E = -\sum_k P_k \log P_k",
    dimension="evenness",
    groups="many",
    source="Theil & Finizza (1971)",
    obeys=AXIOMS,
)
def information(n, t, X, N, P):
    """How much less mixed the average school is than the whole.

    H = M/E, with E = −Σ P_k log P_k: one minus the pupil-weighted mean of the schools' entropies over that
    of the whole.

    counts : pupils, shape (..., units, groups). Returns: from 0 (even) to 1 (no school is mixed). Errors: as
    `mutual_information`. Source: Theil & Finizza (1971), Journal of Mathematical Sociology 1:187–193.

    >>> information([[10, 0, 0], [0, 10, 0], [0, 0, 10]])
    1.0
    """
    return ratio(xlog(n, ratio(ratio(n, t), P)), N * spread(P)[..., None])


@index(
    symbol="D",
    latex=r"D = \sum_{j,k} \frac{t_j \left| p_{jk} - P_k \right|}{2 N I}, \quad I = \sum_k P_k (1 - P_k)",
    dimension="evenness",
    groups="many",
    source="Morgan (1975); Sakoda (1981)",
    obeys=AXIOMS,
)
def multigroup_dissimilarity(n, t, X, N, P):
    """The share of pupils who would have to move for all schools to be alike, out of the share if
    segregation were complete.

    D = Σ_jk t_j |p_jk − P_k| / (2NI), I = Σ P_k(1−P_k).

    counts : pupils, shape (..., units, groups). Returns: from 0 (even) to 1 (no school is mixed). Errors: as
    `mutual_information`. Source: Morgan (1975), Urban Studies 12:47–60; Sakoda (1981),
    Demography 18:245–250.

    >>> round(multigroup_dissimilarity([[100, 0], [60, 40], [40, 60], [0, 100]]), 12)
    0.6
    """
    return ratio(abs(n - t * P), 2 * N * diversity(P)[..., None])


@index(
    symbol="G",
    latex=r"G = \sum_k \frac{\sum_i \sum_j t_i t_j \left| p_{ik} - p_{jk} \right|}{2 N^2 I}",
    dimension="evenness",
    groups="many",
    additive=False,
    source="Reardon & Firebaugh (2002)",
    obeys=AXIOMS,
)
def multigroup_gini(n):
    """How differently any two schools are composed, all groups' gaps added up, against the most they could
    be.

    G = Σ_k Σ_i Σ_j t_i t_j |p_ik − p_jk| / (2N²I), I = Σ P_k(1−P_k). Computed by sorting.

    counts : pupils, shape (..., units, groups). Returns: from 0 (even) to 1 (no school is mixed). Errors: as
    `mutual_information`. Source: Reardon & Firebaugh (2002), Sociological Methodology 32:33–67.

    >>> round(multigroup_gini([[10, 0, 0], [0, 10, 0], [0, 0, 10]]), 12)
    1.0
    """
    x = np.swapaxes(n, -1, -2)
    t, N = n.sum(-1), n.sum((-2, -1))
    P = ratio(n.sum(-2), N[..., None])
    return ratio(pairwise_gap(x, np.broadcast_to(t[..., None, :], x.shape)).sum(-1), 2 * N**2 * diversity(P))


@index(
    symbol="P",
    latex=r"P = \sum_{j,k} \frac{t_j}{N} \frac{(p_{jk} - P_k)^2}{1 - P_k}",
    dimension="exposure",
    groups="many",
    source="James (1986)",
    obeys=AXIOMS,
)
def normalized_exposure(n, t, X, N, P):
    """How much less the average pupil meets the other groups than if all were mixed.

    P = Σ_jk (t_j/N)(p_jk − P_k)²/(1 − P_k).

    counts : pupils, shape (..., units, groups). Returns: from 0 (even) to 1 (no school is mixed). Errors: as
    `mutual_information`. Source: James (1986), Sociological Methods & Research.

    >>> round(normalized_exposure([[9, 1], [1, 9]]), 12)  # V, with two groups
    0.64
    """
    return ratio(t * (ratio(n, t) - P) ** 2, N * (1 - P))


@index(
    symbol="R",
    latex=r"R = \sum_{j,k} \frac{t_j (p_{jk} - P_k)^2}{N I}",
    dimension="evenness",
    groups="many",
    source="Goodman & Kruskal (1954); Reardon (1998)",
    obeys=AXIOMS,
)
def relative_diversity(n, t, X, N, P):
    """How much less often two pupils of one school differ in group than two pupils of the whole.

    R = Σ_jk t_j (p_jk − P_k)² / (NI), I = Σ P_k(1−P_k): Goodman and Kruskal's tau.

    counts : pupils, shape (..., units, groups). Returns: from 0 (even) to 1 (no school is mixed). Errors: as
    `mutual_information`. Source: Goodman & Kruskal (1954), Journal of the American Statistical Association
    49:732–764; Reardon (1998).

    >>> round(relative_diversity([[9, 1], [1, 9]]), 12)  # V, with two groups
    0.64
    """
    return ratio(t * (ratio(n, t) - P) ** 2, N * diversity(P)[..., None])


@index(
    symbol="C",
    latex=r"C = \sum_{j,k} \frac{t_j}{N} \frac{(p_{jk} - P_k)^2}{(K-1) P_k}",
    dimension="evenness",
    groups="many",
    source="Reardon & Firebaugh (2002)",
    obeys=AXIOMS,
)
def squared_variation(n, t, X, N, P):
    """The average squared departure of the schools' shares from the whole's, each group counting alike.

    C = Σ_jk (t_j/N)(p_jk − P_k)² / ((K−1)P_k), K the number of groups with members: chi-squared over N(K−1).

    counts : pupils, shape (..., units, groups). Returns: from 0 (even) to 1 (no school is mixed). Errors: as
    `mutual_information`. Source: Reardon & Firebaugh (2002), Sociological Methodology 32:33–67.

    >>> squared_variation([[10, 0, 0], [0, 10, 0], [0, 0, 10]])
    1.0
    """
    K = (P > 0).sum(-1, keepdims=True)
    return ratio(t * (ratio(n, t) - P) ** 2, N * (K - 1) * P)
