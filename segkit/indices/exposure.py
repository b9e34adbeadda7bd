"""Exposure: whom does the average member of a group meet at school?"""

from segkit.indices.shelf import index, ratio


@index(
    symbol="xPx",
    latex=r"{}_xP_x = \sum_j \frac{x_j}{X} \cdot \frac{x_j}{t_j}",
    term="{x}/{X} · {x}/{t}",
    dimension="exposure",
    groups="two",
    even=lambda P: P,
    source="Lieberson (1981)",
    obeys=("size", "twins", "exchange"),
)
def isolation(x, t, X, N):
    """The share of the focal group in the school of its average member.

    xPx = Σ (x_j/X)(x_j/t_j): draw a pupil of the focal group, then a pupil of the same school; how likely is
    the second one of the group too? It depends on the group's size: a large group is isolated even where all
    schools are alike. The two draws may be the same pupil; without that, in small schools, see
    `segkit.estimate.exact_isolation`.

    Parameters: as `dissimilarity`; the focal group matters. Returns: from P, its share of all pupils, to 1
    (they meet nobody else). Errors: as `dissimilarity`. Source: Lieberson (1981), in Ethnic Segregation in
    Cities, 61–82.

    >>> isolation([[50, 50], [50, 50]])
    0.5
    """
    return ratio(x, X) * ratio(x, t)


@index(
    symbol="xPy",
    latex=r"{}_xP_y = \sum_j \frac{x_j}{X} \cdot \frac{y_j}{t_j}",
    term="{x}/{X} · {y}/{t}",
    dimension="exposure",
    groups="two",
    even=lambda P: 1 - P,
    complete=0.0,
    source="Lieberson (1981)",
    obeys=("size", "twins", "exchange"),
)
def interaction(x, t, X, N, *, toward=None):
    """The share of everyone else, or of one other group, in the school of the focal group's average member.

    xPy = Σ (x_j/X)(y_j/t_j). Towards everyone else, xPx + xPy = 1. Towards one group the denominator is
    still *all* pupils of the school.

    Parameters: as `dissimilarity`; `toward`, a column or a name, asks for one group. Returns: from 1 − P
    (even) down to 0 (they meet nobody else): the more segregation, the *less* interaction. Errors: as
    `dissimilarity`. Source: Lieberson (1981), in Ethnic Segregation in Cities, 61–82.

    >>> interaction([[50, 50], [50, 50]])
    0.5
    >>> interaction([[10, 10, 20], [10, 10, 20]], focal=0, toward=1)
    0.25
    """
    return ratio(x, X) * ratio(t - x if toward is None else toward, t)


@index(
    symbol="V",
    latex=r"V = \eta^2 = \frac{{}_xP_x - P}{1 - P}",
    term="{t}/{N} · ({x}/{t} − {X}/{N})² / ({X}/{N} · (1 − {X}/{N}))",
    dimension="exposure",
    groups="two",
    source="Bell (1954); Stearns & Logan (1986)",
    obeys=("size", "twins", "exchange", "relabelling"),
)
def correlation_ratio(x, t, X, N):
    """Isolation with the group's size taken out: how well the school predicts the group.

    V = (xPx − P)/(1 − P), written as a sum of schools' parts t_j (p_j − P)² / (N P(1−P)). Also the squared
    correlation of group and school (chi-squared over N), eta squared, the variance ratio.

    Parameters: as `dissimilarity`; either group gives the same. Returns: from 0 (even) to 1 (no school is
    shared). Errors: as `dissimilarity`. Source: Bell (1954), Social Forces 32:357–364; Stearns & Logan
    (1986), Urban Affairs Quarterly 22:124–150.

    >>> round(correlation_ratio([[9, 1], [1, 9]]), 12)  # (0.82 − 0.5) / 0.5
    0.64
    """
    P = ratio(X, N)
    return ratio(t * (ratio(x, t) - P) ** 2, N * P * (1 - P))
