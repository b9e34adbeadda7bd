"""The axioms an index declares, held by tables nobody thought of.

Each axiom is a sentence; each index says in its declaration which it obeys, and those it does not obey must
be broken by some table too, so that the declaration can be wrong in neither direction.
"""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import segkit as sk

tables = arrays(np.int64, st.tuples(st.integers(3, 6), st.integers(2, 4)), elements=st.integers(1, 40))


def size(index, n):
    """Ten times the pupils everywhere is no other segregation."""
    return index(10 * n, 0), index(n, 0)


def composition(index, n):
    """The focal group three times as large everywhere is no other segregation."""
    larger = n.copy()
    larger[:, 0] *= 3
    return index(larger, 0), index(n, 0)


def twins(index, n):
    """Two schools of the same mix may merge."""
    split = np.vstack([n[0], n[0], n[1:] * 2])
    merged = np.vstack([2 * n[0], n[1:] * 2])
    return index(split, 0), index(merged, 0)


def relabelling(index, n):
    """Which group is called focal makes no difference (with many groups: which comes first)."""
    if index.groups == "two":
        n = n[:, :2]
    return index(n[:, ::-1], 0), index(n, 0)


EQUALITIES = {axiom.__name__: axiom for axiom in (size, composition, twins, relabelling)}
obeyed = [(name, a) for name, index in sk.INDICES.items() for a in index.obeys if a in EQUALITIES]
denied = [(name, a) for name, index in sk.INDICES.items() for a in EQUALITIES if a not in index.obeys]


@pytest.mark.parametrize("name, axiom", obeyed)
@given(n=tables)
def test_an_index_obeys_what_it_declares(name, axiom, n):
    changed, before = EQUALITIES[axiom](sk.INDICES[name], n)
    assert changed == pytest.approx(before, abs=1e-9)


@pytest.mark.parametrize("name, axiom", denied)
def test_an_index_that_does_not_declare_an_axiom_breaks_it(name, axiom):
    n = np.array([[30, 10, 5], [5, 40, 20], [12, 13, 14]])
    changed, before = EQUALITIES[axiom](sk.INDICES[name], n)
    assert changed != pytest.approx(before, abs=1e-3)


@pytest.mark.parametrize("name", [name for name, index in sk.INDICES.items() if "exchange" in index.obeys])
@given(n=tables, pair=st.permutations(range(3)))
def test_an_exchange_that_evens_two_schools_never_adds_segregation(name, n, pair):
    """One pupil of the focal group, from a school with more of it, trades places with another from one with
    less."""
    index, (i, j) = sk.INDICES[name], pair[:2]
    n = np.c_[n[:, 0], n[:, 1]] * 2
    t = n.sum(1)
    assume((n[i, 0] - 1) * t[j] >= (n[j, 0] + 1) * t[i])  # still no less of it than the other
    after = n.copy()
    after[i] += [-1, 1]
    after[j] += [1, -1]
    even, complete = index.ends(n)
    before, evened = (float(index(m, 0)) * np.sign(complete - even) for m in (n, after))
    assert evened <= before + 1e-9


@pytest.mark.parametrize("name", sk.INDICES)
def test_every_index_declares_an_axiom_and_only_axioms_there_are(name):
    assert sk.INDICES[name].obeys
    assert set(sk.INDICES[name].obeys) <= {*EQUALITIES, "exchange"}


@pytest.mark.parametrize("name", sk.INDICES)
@given(n=tables)
def test_no_index_leaves_its_range(name, n):
    low, high = sorted(float(end) for end in sk.INDICES[name].ends(n))
    assert low <= sk.INDICES[name](n, 0) <= high
