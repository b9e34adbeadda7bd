"""Decompositions are identities: the parts add up, whatever the table."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import segkit as sk
from segkit.decompose import WEIGHTS, fitted

tables = arrays(np.int64, (6, 3), elements=st.integers(0, 50)).filter(
    lambda n: (n.sum(1) > 0).sum() > 1 and (n.sum(0) > 0).all()
)
SECTORS = ["public", "public", "church", "church", "church", "private"]
OLD = np.array([[40, 60, 5], [80, 20, 9], [10, 70, 30], [33, 33, 33], [0, 0, 0]])
NEW = np.array([[50, 60, 9], [70, 35, 9], [0, 0, 0], [20, 45, 44], [25, 5, 60]])


@pytest.mark.parametrize("name", WEIGHTS)
@given(n=tables)
def test_between_and_within_add_up_to_the_whole(name, n):
    split = sk.between_within(n, SECTORS, name, 0)
    assert split.between + split.within == pytest.approx(sk.INDICES[name](n, 0), abs=1e-12)
    assert split.within == pytest.approx(sum(s.weight * (s.value or 0) for s in split.sectors), abs=1e-12)
    assert sum(s.share for s in split.sectors) == pytest.approx(1)


def test_schools_alike_within_their_sector_leave_nothing_within():
    split = sk.between_within([[40, 10], [20, 5], [5, 45], [4, 36]], ["a", "a", "b", "b"])
    assert split.within == pytest.approx(0, abs=1e-12) and split.between == pytest.approx(split.total)


def test_sectors_alike_leave_nothing_between():
    assert sk.between_within(
        [[40, 10], [10, 40], [40, 10], [10, 40]], ["a", "a", "b", "b"]
    ).between == pytest.approx(0)


def test_a_sector_of_one_school_has_nothing_within_and_says_so():
    split = sk.between_within([[40, 10], [10, 40], [30, 5]], ["a", "a", "lonely"])
    assert split.sectors[1].value is None and split.sectors[1].part == 0
    assert "within lonely: nothing to compare" in str(split)


def test_dissimilarity_does_not_split_and_says_which_do():
    with pytest.raises(ValueError, match="Dissimilarity does not split .* hutchens"):
        sk.between_within([[40, 10], [10, 40]], ["a", "b"], "dissimilarity")


def test_one_sector_per_school_is_asked_for():
    with pytest.raises(ValueError, match="sectors must hold one number for each of the 2 units"):
        sk.between_within([[40, 10], [10, 40]], ["a"])


# --- change between two years ---------------------------------------------------------------------------


def parts(c):
    return [c.additions, c.removals, c.group_margins, c.school_margins, c.structure]


@settings(max_examples=30)
@given(tables.filter(lambda n: (n > 0).all()), tables.filter(lambda n: (n > 0).all()))
def test_the_five_parts_of_a_change_add_up(old, new):
    change = sk.change(old, new)
    assert sum(parts(change)) == pytest.approx(change.difference, abs=1e-9)
    assert change.difference == pytest.approx(
        sk.mutual_information(new) - sk.mutual_information(old), abs=1e-12
    )


def test_the_parts_add_up_with_schools_that_open_and_close_and_cells_that_empty():
    change = sk.change(OLD, NEW)
    assert sum(parts(change)) == pytest.approx(change.difference, abs=1e-12)
    assert change.additions != 0 and change.removals != 0


def test_the_way_back_is_the_way_there_with_signs_turned():
    there, back = sk.change(OLD, NEW), sk.change(NEW, OLD)
    assert parts(back) == pytest.approx(
        [-there.removals, -there.additions, *(-p for p in parts(there)[2:])], abs=1e-9
    )


def test_twice_as_many_of_one_group_everywhere_is_a_change_of_group_margins_alone():
    old = OLD[:4]
    change = sk.change(old, old * [2, 1, 1])
    assert change.structure == pytest.approx(0, abs=1e-9)
    assert change.group_margins + change.school_margins == pytest.approx(change.difference)


def test_closing_a_school_is_a_removal_alone():
    old = OLD[:4]
    change = sk.change(old, old * [[1], [1], [1], [0]])
    assert [change.additions, *parts(change)[2:]] == pytest.approx([0] * 4, abs=1e-12)
    assert change.removals == pytest.approx(change.difference)


def test_new_margins_on_an_old_structure_are_no_structural_change():
    """Fitting keeps the odds ratios, so a table fitted to other margins has the same structure."""
    old = OLD[:4].astype(float)
    new = np.round(fitted(old, np.array([9000, 3000, 6000]), np.array([6000, 2000, 7000, 3000])) * 1000)
    assert sk.change(old, new).structure == pytest.approx(0, abs=1e-6)


def test_fitting_reaches_the_margins_and_keeps_the_odds_ratios():
    n = OLD[:4].astype(float)
    groups, schools = np.array([900.0, 300, 600]), np.array([600.0, 200, 700, 300])
    m = fitted(n, groups, schools)
    assert m.sum(0) == pytest.approx(groups) and m.sum(1) == pytest.approx(schools)
    odds = lambda a: a[0, 0] * a[1, 1] / (a[0, 1] * a[1, 0])  # noqa: E731
    assert odds(m) == pytest.approx(odds(n))


def test_tables_with_names_are_matched_by_name_and_order_does_not_matter():
    names = list("abcde")
    old = sk.read({"school": names[:4], "x": OLD[:4, 0], "y": OLD[:4, 1], "z": OLD[:4, 2]}, unit="school")
    keep = [4, 0, 3, 1]
    new = sk.read(
        {"school": [names[i] for i in keep], **{g: NEW[keep, k] for k, g in enumerate("xyz")}}, unit="school"
    )
    assert parts(sk.change(old, new)) == pytest.approx(parts(sk.change(OLD, NEW)), abs=1e-12)


def test_two_years_with_nothing_in_common_cannot_be_compared():
    with pytest.raises(sk.CannotBeAssessed, match="share fewer than two schools"):
        sk.change([[5, 5], [5, 6], [0, 0], [0, 0]], [[0, 0], [0, 0], [5, 5], [5, 6]])


# --- the segregation curve ------------------------------------------------------------------------


@given(tables)
def test_the_curve_holds_both_d_and_g(n):
    curve = sk.segregation_curve(n, 0)
    assert curve.dissimilarity == pytest.approx(sk.dissimilarity(n, 0), abs=1e-12)
    assert curve.gini == pytest.approx(sk.gini(n, 0), abs=1e-12)
    assert curve.focal[-1] == pytest.approx(1) and curve.others[-1] == pytest.approx(1)
    assert (curve.focal <= curve.others + 1e-12).all()


# --- frames with names, and years that cannot be fitted ---------------------------------------------


def test_frames_are_matched_by_the_names_of_columns_and_rows():
    import pandas as pd

    schools = ["p", "q", "r", "s"]
    a = pd.DataFrame(OLD[:4], columns=list("xyz"), index=schools)
    b = pd.DataFrame(NEW[:4] + 1, columns=list("xyz"), index=schools)
    shuffled = b.loc[["s", "q", "p", "r"], ["z", "x", "y"]]
    assert parts(sk.change(a, shuffled)) == pytest.approx(parts(sk.change(a, b)), abs=1e-12)
    one, other = (sk.compare(a, n, "information", rng=1) for n in (b, shuffled))
    assert one.p == other.p and one.matched and other.after == pytest.approx(one.after)
    assert sk.compare(a, shuffled, focal="x", rng=1).after == pytest.approx(sk.dissimilarity(b, "x"))


def test_two_years_of_pure_schools_cannot_be_fitted_to_each_other_and_say_so_at_once():
    for old, new in (
        ([[40, 0], [0, 50]], [[30, 0], [0, 60]]),
        ([[40, 0], [5, 30], [5, 20]], [[30, 0], [10, 50], [5, 35]]),
    ):
        with pytest.raises(sk.CannotBeAssessed, match="one group only leave no way"):
            sk.change(old, new)


def test_nearly_pure_schools_are_fitted_all_the_same():
    change = sk.change([[4000, 0], [0, 5000]], [[3000, 100], [100, 6000]])
    assert sum(parts(change)) == pytest.approx(change.difference, abs=1e-12)
    assert change.structure < -0.1  # a little mixing in either school


@settings(max_examples=40)
@given(tables.filter(lambda n: (n > 0).all()), tables.filter(lambda n: (n > 0).all()))
def test_newton_ends_where_fitting_in_turns_does(n, target):
    slow, groups, schools = n.astype(float), target.sum(0), target.sum(1)
    for _ in range(3000):
        slow *= (schools / slow.sum(1))[:, None]
        slow *= groups / slow.sum(0)
    assert fitted(n, groups, schools) == pytest.approx(slow, abs=1e-8 * slow.sum())


def test_a_group_that_is_only_where_schools_closed_leaves_no_change_to_split():
    before, after = [[30, 0], [20, 0], [0, 10]], [[20, 10], [10, 20], [0, 0]]
    with pytest.raises(sk.CannotBeAssessed, match="fewer than two"):
        sk.change(before, after)
