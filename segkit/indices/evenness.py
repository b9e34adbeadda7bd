"""Evenness: do all schools mirror the whole? Two groups, or one against everyone else."""

import numpy as np

from segkit.indices.shelf import index, ratio, say

AXIOMS = (
    "size",
    "composition",
    "twins",
    "exchange",
    "relabelling",
)  # those D, G and O obey; see tests/test_axioms.py


@index(
    symbol="D",
    latex=r"D = \tfrac12 \sum_j \left| \frac{x_j}{X} - \frac{y_j}{Y} \right|",
    term="½ · |{x}/{X} − {y}/{Y}|",
    dimension="evenness",
    groups="two",
    source="Duncan & Duncan (1955)",
    obeys=AXIOMS,
)
def dissimilarity(x, t, X, N):
    """The share of either group that would have to change school, nobody replacing them, for all schools to
    mirror the whole.

    D = ½ Σ |x_j/X − y_j/Y|, with x_j the focal group's pupils in school j, y_j = t_j − x_j everyone else's,
    X and Y the totals.

    Parameters
    ----------
    counts : whole numbers, shape (..., units, groups)
        Pupils: rows are schools, columns are groups.
    focal : int or str, optional
        The focal group's column or name. With two groups it is the first; D is the same for either.

    Returns
    -------
    float (an array for a stack of tables), from 0, every school mirrors the whole, to 1, no school is
    shared. The same after any change of the groups' sizes that touches all schools alike.

    Raises
    ------
    CannotBeAssessed : one school, or one group.
    ValueError : counts that are not counts, naming row and group; more than two groups and no focal one.

    Source: Duncan & Duncan (1955), American Sociological Review 20:210–217.

    Examples
    --------
    >>> round(dissimilarity([[100, 0], [60, 40], [40, 60], [0, 100]]), 12)
    0.6

    Six in ten of either group would have to change school.
    """
    return abs(ratio(x, X) - ratio(t - x, N - X)) / 2


@index(
    symbol="GS",
    latex=r"GS = \tfrac12 \sum_j \left| \frac{x_j}{X} - \frac{t_j}{N} \right|",
    term="½ · |{x}/{X} − {t}/{N}|",
    dimension="evenness",
    groups="two",
    complete=lambda P: 1 - P,
    source="Gorard & Taylor (2002)",
    obeys=("size", "twins", "exchange"),
)
def gorard(x, t, X, N):
    """The share of the focal group that would have to swap places with others for every school to have its
    fair share.

    GS = ½ Σ |x_j/X − t_j/N|, which equals D · (1 − P) with P the focal group's share of all pupils. It
    compares each school's part of the focal group with its part of *all* pupils, where D compares it with
    its part of *the others*.

    Parameters: as `dissimilarity`. The focal group matters: GS of one group is not GS of the other. Returns:
    from 0, every school has its fair share, to 1 − P, no school is shared. Errors: as `dissimilarity`.
    Source: Gorard & Taylor (2002), Sociology 36:875–895.

    >>> gorard([[30, 0], [0, 30]])
    0.5

    Half of them would swap: 15 of 30 leave, and 15 others come in.
    """
    return abs(ratio(x, X) - ratio(t, N)) / 2


@index(
    symbol="G",
    latex=r"G = \frac{\sum_i \sum_j t_i t_j \left| p_i - p_j \right|}{2 N^2 P (1 - P)}",
    dimension="evenness",
    groups="two",
    additive=False,
    source="Massey & Denton (1988)",
    obeys=AXIOMS,
)
def gini(x, t):
    """How differently any two schools are composed, on average, against the most they could be.

    G = Σ_i Σ_j t_i t_j |p_i − p_j| / (2N²P(1−P)), with p_j = x_j/t_j. Computed by sorting the schools, not
    by comparing all pairs. It is also the area between the segregation curve and the diagonal, doubled;
    never below D.

    Parameters: as `dissimilarity`; either group gives the same. Returns: from 0 (even) to 1 (no school is
    shared). Errors: as `dissimilarity`. Source: Massey & Denton (1988), Social Forces 67:281–315.

    >>> gini([[10, 0], [0, 10]])
    1.0
    """
    X, N = x.sum(-1), t.sum(-1)
    return ratio(pairwise_gap(x, t), 2 * X * (N - X))


def pairwise_gap(x, t):
    """Σ_i Σ_j t_i t_j |p_i − p_j| over the last axis, by sorting: a sorted school differs from each one
    before it by p_j − p_i."""
    order = np.argsort(ratio(x, t), -1)
    x, t = np.take_along_axis(x, order, -1), np.take_along_axis(t, order, -1)
    before_x, before_t = x.cumsum(-1) - x, t.cumsum(-1) - t
    return 2 * (x * before_t - t * before_x).sum(-1)


@index(
    symbol="O",
    latex=r"O = 1 - \sum_j \sqrt{\frac{x_j}{X} \cdot \frac{y_j}{Y}}",
    term="½ · (√({x}/{X}) − √({y}/{Y}))²",
    dimension="evenness",
    groups="two",
    source="Hutchens (2001)",
    obeys=AXIOMS,
)
def hutchens(x, t, X, N):
    """One minus the overlap of the two groups' distributions over the schools.

    O = 1 − Σ √(x_j y_j / XY), which is Σ ½(√(x_j/X) − √(y_j/Y))²: a sum of schools' parts. The one evenness
    index here that splits exactly into a part between and a part within sectors *and* stays the same when
    one group grows everywhere.

    Parameters: as `dissimilarity`; either group gives the same. Returns: from 0 (even) to 1 (no school is
    shared). Errors: as `dissimilarity`. Source: Hutchens (2001), Mathematical Social Sciences 42:13–29.

    >>> round(hutchens([[9, 1], [1, 9]]), 12)  # each school overlaps by 3/10
    0.4
    """
    return (np.sqrt(ratio(x, X)) - np.sqrt(ratio(t - x, N - X))) ** 2 / 2


@index(
    symbol="A",
    latex=r"A_b = 1 - \frac{P}{1-P} \left[ \sum_j \frac{(1-p_j)^{1-b}\, p_j^{\,b}\, t_j}{P N} "
    r"\right]^{\frac{1}{1-b}}",
    dimension="evenness",
    groups="two",
    additive=False,
    source="Massey & Denton (1988); Atkinson (1970)",
    obeys=AXIOMS,  # relabelling at b = 0.5 only
)
def atkinson(x, t, *, b=0.5):
    """Evenness, with a say in which schools weigh more.

    A_b = 1 − P/(1−P) · [Σ (1−p_j)^(1−b) p_j^b t_j / (PN)]^(1/(1−b)). The closer b to 1, the more weight on
    schools where the focal group is over-represented; at b = 0.5 both sides weigh alike and A = 1 − (1 −
    O)².

    Parameters: as `dissimilarity`; `b` between 0 and 1, both left out. Returns: from 0 (even) to 1 (no
    school is shared). Errors: as `dissimilarity`; ValueError for another `b`. Source: Massey & Denton
    (1988), Social Forces 67:281–315.

    >>> round(atkinson([[9, 1], [1, 9]]), 12)  # 1 − 0.6²
    0.64
    """
    if not 0 < b < 1:
        raise ValueError(say("option.between", name="b", low=0, high=1, came=b))
    # the same formula with P and N cancelled against each other, so that nothing is divided by a small share
    overlap = (
        ratio(x, x.sum(-1, keepdims=True)) ** b * ratio(t - x, (t - x).sum(-1, keepdims=True)) ** (1 - b)
    ).sum(-1)
    return 1 - overlap ** (1 / (1 - b))
