"""The shelf: values one can see without a computer, theorems that tie the indices together, and words for
what is no table."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import segkit as sk
from segkit import indices as shelf

TOWN = np.array([[30, 60, 10], [5, 80, 40], [60, 20, 25], [12, 0, 33], [0, 50, 3]])
TWO = TOWN[:, :2]
MANY_OF_TWO = {
    "multigroup_dissimilarity": "dissimilarity",
    "multigroup_gini": "gini",
    "normalized_exposure": "correlation_ratio",
    "relative_diversity": "correlation_ratio",
    "squared_variation": "correlation_ratio",
}

tables = arrays(
    np.int64, st.tuples(st.integers(2, 8), st.integers(2, 4)), elements=st.integers(0, 60)
).filter(lambda n: (n.sum(1) > 0).sum() > 1 and (n.sum(0) > 0).all())


def two(name):
    return sk.INDICES[name].groups == "two"


def value(name, n, focal=0):
    return sk.INDICES[name](n, focal)


# --- numbers one can check by hand ----------------------------------------------------------------


@pytest.mark.parametrize("name", sk.INDICES)
def test_an_even_mix_is_the_even_end(name):
    n = [[10, 30], [20, 60], [1, 3]]
    even, _ = sk.INDICES[name].ends(n)
    assert value(name, n) == pytest.approx(even, abs=1e-12)
    assert math.copysign(1, value(name, n)) == 1  # never −0.0


@pytest.mark.parametrize("name", sk.INDICES)
def test_complete_segregation_is_the_complete_end(name):
    n = [[10, 0], [0, 60], [7, 0]]
    _, complete = sk.INDICES[name].ends(n)
    assert value(name, n) == pytest.approx(complete, abs=1e-12)


def test_four_schools_have_a_dissimilarity_of_six_tenths():
    assert sk.dissimilarity([[100, 0], [60, 40], [40, 60], [0, 100]]) == pytest.approx(0.6, abs=1e-15)


def test_two_towns_agree_on_d_and_not_on_h():
    from segkit.lessons import same_d

    first, second = same_d()
    assert sk.dissimilarity(first) == pytest.approx(0.6) and sk.dissimilarity(second) == pytest.approx(0.6)
    assert sk.information(first) - sk.information(second) == pytest.approx(0.51 - 0.28, abs=0.01)


# --- theorems ---------------------------------------------------------------------------------------


@given(tables)
def test_gorard_is_dissimilarity_times_everyone_elses_share(n):
    P = n[:, 0].sum() / n.sum()
    assert sk.gorard(n, 0) == pytest.approx(sk.dissimilarity(n, 0) * (1 - P), abs=1e-12)


@given(tables)
def test_isolation_and_interaction_make_one(n):
    assert sk.isolation(n, 0) + sk.interaction(n, 0) == pytest.approx(1)
    if n.shape[1] > 2:
        towards = [sk.interaction(n, 0, toward=k) for k in range(1, n.shape[1])]
        assert sum(towards) == pytest.approx(sk.interaction(n, 0))


@given(tables)
def test_correlation_ratio_is_isolation_with_size_taken_out(n):
    P = n[:, 0].sum() / n.sum()
    assert sk.correlation_ratio(n, 0) == pytest.approx((sk.isolation(n, 0) - P) / (1 - P), abs=1e-12)


@given(tables)
def test_gini_is_what_all_pairs_say_and_never_below_d(n):
    x, t = n[:, 0].astype(float), n.sum(1).astype(float)
    x, t = x[t > 0], t[t > 0]
    p, P, N = x / t, x.sum() / t.sum(), t.sum()
    pairs = (np.outer(t, t) * abs(p[:, None] - p)).sum() / (2 * N**2 * P * (1 - P))
    assert sk.gini(n, 0) == pytest.approx(pairs, abs=1e-12)
    assert sk.gini(n, 0) >= sk.dissimilarity(n, 0) - 1e-12


@given(tables)
def test_atkinson_at_one_half_follows_from_hutchens(n):
    assert sk.atkinson(n, 0) == pytest.approx(1 - (1 - sk.hutchens(n, 0)) ** 2, abs=1e-12)


def test_atkinsons_b_weighs_the_schools_where_the_group_is_over_represented():
    crowded = [[40, 10], [30, 150], [30, 140]]  # one school holds most of the group
    mirrored = [[y, x] for x, y in crowded]  # one school holds almost none of it
    assert sk.atkinson(crowded, b=0.9) > sk.atkinson(mirrored, b=0.9)
    assert sk.atkinson(crowded, b=0.1) < sk.atkinson(mirrored, b=0.1)
    assert sk.atkinson(crowded) == pytest.approx(sk.atkinson(mirrored))  # b = 0.5 weighs both sides alike


@given(tables)
def test_information_is_mutual_information_over_the_groups_entropy(n):
    P = n.sum(0) / n.sum()
    E = -(P * np.log(P)).sum()
    assert sk.information(n) == pytest.approx(sk.mutual_information(n) / E, abs=1e-12)


@given(tables)
def test_mutual_information_does_not_know_schools_from_groups(n):
    assert sk.mutual_information(n) == pytest.approx(sk.mutual_information(n.T), abs=1e-12)


@given(tables)
def test_local_segregation_weighted_by_pupils_is_mutual_information(n):
    weights = n.sum(1) / n.sum()
    assert (weights * sk.local_segregation(n)).sum() == pytest.approx(sk.mutual_information(n), abs=1e-12)


@given(tables)
def test_information_is_the_entropy_a_school_lacks(n):
    weights = n.sum(1) / n.sum()
    whole = sk.entropy([n.sum(0)])[0]
    assert sk.information(n) == pytest.approx(1 - (weights * sk.entropy(n)).sum() / whole, abs=1e-12)


@given(tables)
def test_relative_diversity_is_the_simpson_a_school_lacks(n):
    weights = n.sum(1) / n.sum()
    whole = sk.simpson([n.sum(0)])[0]
    assert sk.relative_diversity(n) == pytest.approx(1 - (weights * sk.simpson(n)).sum() / whole, abs=1e-12)


@pytest.mark.parametrize("many, two_groups", MANY_OF_TWO.items())
@given(n=tables)
def test_with_two_groups_the_many_group_indices_reduce(many, two_groups, n):
    pair = np.c_[n[:, 0], n[:, 1:].sum(1)]
    assert value(many, pair) == pytest.approx(value(two_groups, pair), abs=1e-9)


@pytest.mark.parametrize("name", [name for name, index in sk.INDICES.items() if index.additive])
@given(n=tables)
def test_the_schools_parts_add_up(name, n):
    index = sk.INDICES[name]
    assert index.parts(n, 0).shape == (len(n),)
    assert index.parts(n, 0).sum() == pytest.approx(index(n, 0), abs=1e-12)


@given(tables)
def test_contributions_add_up_to_one(n):
    if sk.dissimilarity(n, 0) > 0:
        assert sk.contribution(n, 0).sum() == pytest.approx(1)


@pytest.mark.parametrize("name", sk.INDICES)
def test_a_stack_of_tables_gives_what_each_table_gives(name):
    stack = np.stack([TOWN, TOWN[::-1] + 3, TOWN * 2 + np.eye(5, 3, dtype=int)])[None]
    each = [value(name, n) for n in stack[0]]
    assert value(name, stack).shape == (1, 3)
    assert value(name, stack)[0] == pytest.approx(each, abs=1e-14)


@pytest.mark.parametrize("name", sk.INDICES)
def test_lists_arrays_and_frames_say_the_same(name):
    import pandas as pd

    frame = pd.DataFrame(TOWN, columns=["a", "b", "c"])
    assert (
        value(name, TOWN.tolist())
        == value(name, TOWN)
        == value(name, frame, "a")
        == value(name, TOWN.astype(float))
    )


# --- what is left out, and what cannot be assessed ------------------------------------------------------


@pytest.mark.parametrize("name", sk.INDICES)
def test_schools_without_pupils_and_groups_without_members_change_nothing(name):
    padded = np.pad(TOWN, ((0, 2), (0, 1)))
    assert value(name, padded) == pytest.approx(value(name, TOWN), abs=1e-15)


def test_a_third_group_without_members_is_no_third_group():
    assert sk.dissimilarity([[5, 3, 0], [2, 6, 0]]) == sk.dissimilarity([[5, 3], [2, 6]])


@pytest.mark.parametrize("name", sk.INDICES)
@pytest.mark.parametrize(
    "n, why",
    [
        ([[10, 5]], "only one unit"),
        ([[10, 5], [0, 0]], "only one unit"),
        ([[10, 0], [5, 0]], "group"),
        ([[0, 0], [0, 0]], "no pupils at all"),
    ],
)
def test_what_cannot_be_assessed_says_why(name, n, why):
    with pytest.raises(sk.CannotBeAssessed, match=why):
        value(name, n)


def test_in_a_stack_the_table_that_cannot_be_assessed_is_named():
    with pytest.raises(sk.CannotBeAssessed, match="table 1 cannot be assessed: there is only one unit"):
        sk.information([[[1, 2], [3, 4]], [[1, 2], [0, 0]]])


# --- words for what is no table ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "n, words",
    [
        ([[1, 2], [3, -4]], "row 1, group 1: -4 pupils; a count is 0 or more"),
        ([[1, 2], [3, 12.5]], "row 1, group 1: 12.5 pupils; a count is a whole number"),
        ([[1, 2], [math.nan, 4]], "row 1, group 0: no number"),
        ([[1, None], [3, 4]], "row 0, group 1: no number"),
        ([[1, math.inf], [3, 4]], "row 0, group 1: inf pupils; more than"),
        ([[1, "two"], [3, 4]], "counts must be numbers, but came as"),
        ([[1, 2], [3]], "the same number of groups in every row"),
        ([1, 2, 3], "units by groups, but came with the shape \\(3,\\)"),
        (7, "units by groups"),
        ([], "units by groups"),
    ],
)
@pytest.mark.parametrize("name", ["dissimilarity", "information"])
def test_what_is_no_table_is_said_in_words(name, n, words):
    with pytest.raises(ValueError, match=words):
        value(name, n)


def test_three_groups_and_no_focal_one_is_a_question_back():
    with pytest.raises(ValueError, match="this index compares 2 groups, but counts has 3"):
        sk.dissimilarity(TOWN)


def test_a_focal_group_that_is_not_there_is_named():
    import pandas as pd

    with pytest.raises(ValueError, match="no group 'meal'; the groups are meals, others"):
        sk.dissimilarity(pd.DataFrame(TWO, columns=["meals", "others"]), "meal")
    with pytest.raises(ValueError, match="no group 7; counts has 3 columns, 0 to 2"):
        sk.dissimilarity(TOWN, 7)


def test_atkinsons_b_stays_between_its_ends():
    for b in (0, 1, -1, 2, math.nan):
        with pytest.raises(ValueError, match="b must lie between 0 and 1"):
            sk.atkinson(TWO, b=b)


@pytest.mark.parametrize("name, index", [*sk.INDICES.items(), *sk.SPATIAL.items()])
def test_every_index_declares_itself_in_full(name, index):
    from segkit.words import say

    doc = index.function.__doc__
    assert all((index.symbol, index.latex, index.source, say(f"index.{name}"), say(f"index.{name}.means")))
    assert say(f"dimension.{index.dimension}")
    assert ">>>" in doc and "Source:" in doc.replace("source:", "Source:") and "Returns" in doc
    assert getattr(shelf, name) is index.function


# --- space --------------------------------------------------------------------------------------------------

XY = np.array([[0, 0], [1000, 0], [0, 1000], [1000, 1000], [3000, 3000]])
AREA = np.array([1e6, 1e6, 2e6, 1e6, 4e6])
D = shelf.distances(*XY.T, AREA)


def test_the_maps_unit_changes_nothing_but_the_reach():
    for name in ("spatial_proximity", "distance_decay_isolation"):
        index = sk.SPATIAL[name]
        assert index(TWO, distance=D, reach=800) == pytest.approx(index(TWO, distance=D / 1000, reach=0.8))


def test_people_who_live_apart_by_group_are_clustered():
    apart = [[50, 0], [50, 0], [0, 50], [0, 50]]
    mixed = [[25, 25]] * 4
    line = shelf.distances([0, 1000, 10_000, 11_000], [0] * 4)
    assert shelf.spatial_proximity(apart, line) > shelf.spatial_proximity(mixed, line) == pytest.approx(1)
    assert shelf.distance_decay_isolation(apart, line) > 0.99


def test_clustering_needs_neighbours_and_evenness_does_not():
    """Two boards with the same schools in other places: D is the same, spatial proximity is not."""
    line = shelf.distances([0, 1000, 2000, 3000], [0] * 4)
    together, alternating = [[50, 0], [50, 0], [0, 50], [0, 50]], [[50, 0], [0, 50], [50, 0], [0, 50]]
    assert sk.dissimilarity(together) == sk.dissimilarity(alternating)
    assert shelf.spatial_proximity(together, line) > shelf.spatial_proximity(alternating, line)


def test_reardons_indices_are_the_plain_ones_where_nobody_but_the_own_unit_is_near():
    far = np.where(np.eye(5, dtype=bool), 0.0, 1e6)
    for spatial, plain in (
        ("spatial_information", sk.information(TOWN)),
        ("spatial_relative_diversity", sk.relative_diversity(TOWN)),
        ("spatial_dissimilarity", sk.multigroup_dissimilarity(TOWN)),
        ("spatial_isolation", sk.isolation(TOWN, 0)),
    ):
        focal = {"focal": 0} if sk.SPATIAL[spatial].groups == "two" else {}
        assert getattr(shelf, spatial)(TOWN, far, reach=500, **focal) == pytest.approx(plain)
    assert shelf.spatial_exposure(TOWN, far, 0, toward=1) == pytest.approx(sk.interaction(TOWN, 0, toward=1))


def test_where_everyone_is_near_there_is_no_spatial_segregation():
    assert shelf.spatial_information(TOWN, D, reach=1e12) == pytest.approx(0, abs=1e-12)


def test_the_group_in_the_middle_is_centralised_and_rings_do_not_depend_on_row_order():
    inner = [[50, 0], [40, 10], [10, 40], [0, 50]]
    radius = np.array([0, 1000, 1000, 3000])
    assert (
        shelf.relative_centralisation(inner, radius) > 0 > shelf.relative_centralisation(inner[::-1], radius)
    )
    swap = [0, 2, 1, 3]
    assert shelf.relative_centralisation(inner, radius) == pytest.approx(
        shelf.relative_centralisation(np.array(inner)[swap], radius), abs=1e-15
    )


def test_absolute_concentration_goes_from_the_largest_to_the_smallest_units():
    area = [1, 1, 1, 9, 9, 9]
    small, large = [[10, 0]] * 3 + [[0, 10]] * 3, [[0, 10]] * 3 + [[10, 0]] * 3
    assert shelf.absolute_concentration(small, area) == 1
    assert shelf.absolute_concentration(large, area) == 0


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: shelf.delta(TWO, [1, 2]), "area must hold one number for each of the 5 units"),
        (lambda: shelf.delta(TWO, [1, 2, 3, 4, 0]), "area must be above 0"),
        (lambda: shelf.spatial_proximity(TWO, D[:4]), "distance must be a table of 5 by 5 metres"),
        (lambda: shelf.spatial_proximity(TWO, -D), "distance must be 0 or more"),
        (lambda: shelf.spatial_proximity(TWO, D, reach=0), "reach must be above 0"),
        (lambda: shelf.absolute_concentration(TWO, [1] * 5), "cannot be assessed"),
    ],
)
def test_maps_that_do_not_fit_are_said_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_a_masked_count_is_missing_and_never_read():
    masked = np.ma.masked_array([[1, 2], [3, 4]], mask=[[1, 0], [0, 0]])
    with pytest.raises(ValueError, match="row 0, group 0: no number"):
        sk.dissimilarity(masked)


def test_counts_that_cannot_be_added_exactly_are_refused():
    with pytest.raises(ValueError, match="all counts together"):
        sk.mutual_information([[9 * 10**15, 1], [9 * 10**15, 0]])


def test_an_option_does_not_take_an_index_out_of_its_range():
    n = np.outer(np.arange(1, 200), [7, 13])
    assert math.copysign(1, sk.atkinson(n, b=0.3)) == 1 and sk.atkinson(n, b=0.3) < 1e-12


def test_a_unit_with_nobody_near_is_no_pure_surrounding():
    even = [[10, 90]] * 3
    line = shelf.distances([0, 2000, 4000], [0, 0, 0], area=[4e6] * 3)  # each lies 1,200 m from itself
    for index in (shelf.spatial_information, shelf.spatial_dissimilarity, shelf.spatial_relative_diversity):
        with pytest.raises(sk.CannotBeAssessed, match="nobody lives within reach of unit 0"):
            index(even, line)
    for index in (shelf.spatial_isolation, shelf.distance_decay_isolation, shelf.spatial_proximity):
        with pytest.raises(sk.CannotBeAssessed, match="enlarge reach"):
            index(even, line, 0, reach=0.5)
    assert shelf.spatial_information(even, line, reach=2000) == pytest.approx(0, abs=1e-12)


def test_units_of_one_size_are_filled_together_whatever_their_order():
    n, area = np.array([[5, 5], [8, 2], [1, 90], [5, 60]]), np.array([1, 2, 2, 3])
    swapped = [0, 2, 1, 3]
    assert shelf.absolute_concentration(n, area) == shelf.absolute_concentration(n[swapped], area[swapped])


@pytest.mark.parametrize("focal", [1.5, math.nan, True, [0]])
def test_a_focal_group_is_a_column_or_a_name(focal):
    with pytest.raises(ValueError, match="there is no group"):
        sk.dissimilarity(TWO, focal)
