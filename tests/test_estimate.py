"""Chance is exact, tests are honest, and each correction estimates what it says.

Trials are seeded, and their tolerances are 4 standard errors or more: they fail when something is wrong, not
when luck is bad.
"""

import numpy as np
import pytest
from scipy import optimize, special, stats

import segkit as sk
from segkit import estimate
from segkit.estimate import BetaBinomial, chance, compare, expected, shuffled
from segkit.indices import INDICES

ADDITIVE = [name for name, index in INDICES.items() if index.additive]
TOWN = np.random.default_rng(3).integers(0, 40, (25, 2))
MIXED = np.random.default_rng(4).integers(0, 12, (18, 4))


def town_of(index):
    """A town the index can read, and its focal group."""
    return (TOWN, 0) if INDICES[index].groups == "two" else (MIXED, None)


def drawn_from(rng, schools, pupils, mean, precision):
    """Schools that draw a share from a beta distribution, and their pupils from that share."""
    sizes = np.broadcast_to(pupils, schools)
    x = rng.binomial(sizes, rng.beta(mean * precision, (1 - mean) * precision, schools))
    return np.c_[x, sizes - x]


def precision_of(dissimilarity, mean):
    """The precision of the beta distribution whose D is this."""
    return np.exp(
        optimize.brentq(lambda s: BetaBinomial(mean, np.exp(s)).dissimilarity - dissimilarity, -5, 12)
    )


def ways(z):
    return 4 * np.std(z, ddof=1) / np.sqrt(len(z))


# --- expected by chance ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ADDITIVE)
def test_the_exact_expectation_is_where_the_shuffles_lie(name):
    n, focal = town_of(name)
    draws = chance(n, name, focal, shuffles=3000, rng=11).draws
    assert draws.mean() == pytest.approx(expected(n, name, focal), abs=ways(draws))


@pytest.mark.parametrize(
    "n", [TOWN, [[8, 0]] * 30 + [[2, 6]] * 30, [[3, 900], [700, 1], [5, 5]], [[1, 0], [0, 1]]]
)
def test_expected_d_is_winships_closed_form(n):
    """E0[D] = N/(2XY) Σ 2k(Y − t + k)/N · Pr(x = k), k = ⌊μ⌋ + 1, with scipy's hypergeometric."""
    n = np.array(n)
    t, X, N = n.sum(1), n[:, 0].sum(), n.sum()
    Y = N - X
    k = np.floor(t * X / N) + 1
    gaps = 2 * k * (Y - t + k) / N * stats.hypergeom.pmf(k, N, X, t)
    assert expected(n) == pytest.approx(N / (2 * X * Y) * gaps.sum(), rel=1e-9)


@pytest.mark.parametrize("name", ADDITIVE)
@pytest.mark.parametrize(
    "n", [TOWN, [[4, 4]] * 20, [[3, 900], [700, 1], [5, 5]]], ids=["town", "alike", "unequal"]
)
def test_expectations_are_sums_over_scipys_hypergeometric(name, n):
    """Each school alone: all it may draw, each number's probability from scipy, each term from the shelf."""
    n = np.array(n, float)
    t, N = n.sum(1), n.sum()
    index = INDICES[name]
    total = 0.0
    for k in [0] if index.groups == "two" else range(n.shape[1]):
        X = n[:, k].sum()
        for size in t:
            x = np.arange(max(0, size + X - N), min(size, X) + 1)
            p = stats.hypergeom.pmf(x, N, X, size)
            if index.groups == "two":
                terms = index.formula(x, size, X, N)
            else:
                P = np.array([X / N, 1 - X / N])  # two groups: what a term is divided by is the same for both
                terms = index.formula(np.c_[x, size - x], size, np.array([X, N - X]), N, P)[:, 0]
            total += (terms * p).sum()
    assert expected(n, name, 0 if index.groups == "two" else None) == pytest.approx(total, rel=1e-8)


@pytest.mark.parametrize("name", estimate.GAPS)
def test_one_probability_a_school_says_what_the_whole_sum_says(name, monkeypatch):
    n, focal = town_of(name)
    quick = expected(n, name, focal)
    monkeypatch.setattr(estimate, "GAPS", {})
    assert quick == pytest.approx(expected(n, name, focal), rel=1e-13)


@pytest.mark.parametrize(
    "a, b, c, d", [(1, 1, 1, 1), (0, 3, 4, 0), (200, 600, 210_000, 640_000), (3, 0, 0, 900), (17, 2, 40, 400)]
)
def test_the_probability_of_a_table_of_two_by_two_has_13_digits(a, b, c, d):
    from fractions import Fraction
    from math import comb

    exact = float(Fraction(comb(a + b, a) * comb(c + d, c), comb(a + b + c + d, a + c)))
    assert estimate.likely(*map(float, (a, b, c, d))) == pytest.approx(exact, rel=1e-12)


def test_expected_v_depends_on_the_number_of_schools_alone():
    for n in (TOWN, MIXED[:, :2] + 1, [[1, 5], [30, 2], [0, 4]]):
        n = np.array(n)
        assert expected(n, "correlation_ratio") == pytest.approx((len(n) - 1) / (n.sum() - 1), rel=1e-12)


def test_a_town_of_tiny_schools_filled_by_lot_looks_segregated():
    n = next(shuffled(np.repeat([[1, 7]], 300, 0), 1, rng=5))[0]
    assert expected(n) == pytest.approx(0.39, abs=0.005)
    assert sk.dissimilarity(n) == pytest.approx(expected(n), abs=0.05)


def test_schools_without_pupils_and_groups_without_members_do_not_change_chance():
    padded = np.c_[np.r_[TOWN, [[0, 0]] * 3], np.zeros(28, int)]
    for name in ADDITIVE:
        focal = 0 if INDICES[name].groups == "two" else None
        assert expected(padded, name, focal) == pytest.approx(expected(TOWN, name, focal), rel=1e-12)


@pytest.mark.parametrize("times", [1, 7])
def test_shuffles_keep_every_school_and_every_group(times):
    drawn = np.concatenate(list(shuffled(MIXED, times, rng=2)))
    assert drawn.shape == (times, *MIXED.shape)
    assert (
        (drawn.sum(1) == MIXED.sum(0)).all() and (drawn.sum(2) == MIXED.sum(1)).all() and (drawn >= 0).all()
    )


def test_shuffles_are_as_often_as_the_hypergeometric_says():
    n = np.array([[2, 4, 1], [3, 1, 1], [5, 5, 8]])
    drawn = np.concatenate(list(shuffled(n, 20_000, rng=9)))
    for j, k in np.ndindex(n.shape):
        t, X = n[j].sum(), n[:, k].sum()
        x = np.arange(max(0, t + X - n.sum()), min(t, X) + 1)
        seen = np.array([(drawn[:, j, k] == value).mean() for value in x])
        p = stats.hypergeom.pmf(x, n.sum(), X, t)
        assert (abs(seen - p) <= 4.5 * np.sqrt(p * (1 - p) / 20_000) + 1e-9).all()


def test_a_few_shuffles_and_many_are_alike_in_law():
    """Many are drawn at once, a few one by one."""
    few = np.concatenate([next(shuffled(TOWN, 200, rng=i)) for i in range(20)])
    many = np.concatenate([next(shuffled(TOWN, 1000, rng=i)) for i in range(20, 24)])
    index = INDICES["dissimilarity"]
    assert stats.ks_2samp(index.evaluate(few, 0), index.evaluate(many, 0)).pvalue > 0.01
    for j in (0, 7, 24):
        assert stats.ks_2samp(few[:, j, 0], many[:, j, 0]).pvalue > 0.001
    np.testing.assert_allclose(np.cov(few[:, :5, 0].T), np.cov(many[:, :5, 0].T), atol=2)


@pytest.mark.parametrize("t, X", [([4, 6], 0), ([4, 6], 10), ([40, 60, 0], 99), ([5, 3, 8, 1, 0, 12], 11)])
def test_seats_are_taken_by_lot_at_the_edges_too(t, X):
    t = np.array(t)
    taken = estimate.seated(t, X, 20_000, np.random.default_rng(1))
    assert (taken.sum(1) == X).all() and (taken >= 0).all() and (taken <= t).all()
    share, spread = X / t.sum(), X / t.sum() * (1 - X / t.sum()) / (t.sum() - 1)
    np.testing.assert_allclose(taken.mean(0), share * t, atol=0.1)
    np.testing.assert_allclose(np.cov(taken.T), spread * (t.sum() * np.diag(t) - np.outer(t, t)), atol=0.12)


def test_p_values_are_uniform_where_there_is_nothing_but_chance():
    rng = np.random.default_rng(12)
    start = np.c_[np.arange(20, 55, 3), np.arange(90, 6, -7)]  # unequal schools: hardly two shuffles tie
    ps = [chance(next(shuffled(start, 1, rng=rng))[0], shuffles=199, rng=rng).p for _ in range(400)]
    assert stats.kstest(ps, "uniform").pvalue > 0.01
    assert np.mean(np.array(ps) <= 0.05) == pytest.approx(0.05, abs=0.035)


def test_p_counts_the_observed_table_among_the_shuffles():
    assert chance([[30, 0], [0, 30]], shuffles=99, rng=1).p == 0.01
    assert chance([[10, 10], [10, 10]], shuffles=99, rng=1).p == 1.0


def test_for_interaction_less_is_more_segregation():
    segregated = [[28, 2], [2, 28]]
    assert chance(segregated, "interaction", shuffles=99, rng=1).p == 0.01
    assert chance(segregated, "isolation", shuffles=99, rng=1).p == 0.01


# --- the corrected index --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "one, other, focal",
    [
        ("dissimilarity", "gorard", 0),
        ("mutual_information", "information", None),
        ("correlation_ratio", "isolation", 0),
        ("isolation", "interaction", 0),
    ],
)
def test_indices_that_differ_by_scale_have_one_corrected_value(one, other, focal):
    for n in (TOWN, [[8, 2], [3, 9], [5, 5]], [[9, 11], [10, 10], [11, 9]]):
        assert chance(n, one, focal).corrected == pytest.approx(chance(n, other, focal).corrected, rel=1e-9)


def test_corrected_is_one_when_complete_zero_at_chance_and_minus_one_when_even():
    assert chance([[10, 0], [0, 10]]).corrected == 1
    assert chance([[10, 10], [10, 10]]).corrected == -1
    assert estimate.corrected(0.3, expected=0.3) == 0
    assert estimate.carrington_troske([[10, 0], [0, 10]]) == 1


def test_two_schools_of_one_pupil_leave_no_room_above_chance():
    assert chance([[1, 0], [0, 1]]).expected == pytest.approx(1)
    assert chance([[1, 0], [0, 1]]).corrected is None


# --- corrections for small schools ----------------------------------------------------------------


def test_the_trial_of_allen_and_rathelot():
    """300 schools of eight pupils, true D 0.22. Published biases: naive +0.187, Carrington–Troske −0.132,
    Allen's two +0.05 to +0.07, beta-binomial −0.005. A mean share of 0.22 gives the published naive bias."""
    mean, true = 0.22, 0.22
    precision, rng = precision_of(true, mean), np.random.default_rng(1)
    towns = [drawn_from(rng, 300, 8, mean, precision) for _ in range(60)]

    def bias(correct):
        return np.mean([correct(n) for n in towns]) - true

    assert bias(sk.dissimilarity) == pytest.approx(0.187, abs=0.01)
    assert bias(estimate.carrington_troske) == pytest.approx(-0.132, abs=0.012)
    assert bias(lambda n: estimate.allen_bootstrap(n, rng=1, times=60)) == pytest.approx(0.08, abs=0.015)
    assert (
        0 < bias(estimate.density_corrected) < 0.07
    )  # it jumps with the mean share, as few numbers are possible
    assert bias(lambda n: estimate.beta_binomial(n).dissimilarity) == pytest.approx(-0.005, abs=0.015)


def test_beta_binomial_is_the_likeliest_as_scipy_sees_it():
    n = drawn_from(np.random.default_rng(8), 80, 20, 0.3, 6)
    x, t = n[:, 0], n.sum(1)

    def unlikely(at):
        return -stats.betabinom.logpmf(x, t, *np.exp(at)).sum()

    found = estimate.beta_binomial(n)
    a, b = found.share * found.precision, (1 - found.share) * found.precision
    theirs = optimize.minimize(
        unlikely, [0.0, 1.0], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-10}
    )
    assert unlikely(np.log([a, b])) <= theirs.fun + 1e-6
    np.testing.assert_allclose([a, b], np.exp(theirs.x), rtol=1e-3)


@pytest.mark.parametrize("share, precision", [(0.3, 5), (0.5, 0.3), (0.1, 200), (0.8, 2)])
def test_the_d_of_a_beta_distribution_is_its_mean_gap(share, precision):
    a, b = share * precision, (1 - share) * precision
    p = stats.beta(a, b).ppf((np.arange(200_000) + 0.5) / 200_000)
    mean_gap = abs(p - share).mean() / (2 * share * (1 - share))
    assert BetaBinomial(share, precision).dissimilarity == pytest.approx(mean_gap, rel=2e-4)
    below = special.betainc(a, b, share) * share - special.betainc(a + 1, b, share) * share  # E(share − p)₊
    assert BetaBinomial(share, precision).dissimilarity == pytest.approx(
        below / (share * (1 - share)), rel=1e-9
    )


def test_a_town_more_even_than_chance_has_no_beta_binomial_segregation():
    assert estimate.beta_binomial([[5, 5]] * 40).dissimilarity == pytest.approx(0, abs=1e-3)


def test_complete_segregation_stays_complete():
    n = [[12, 0]] * 10 + [[0, 9]] * 14
    assert estimate.beta_binomial(n).dissimilarity == pytest.approx(1, abs=1e-3)
    assert estimate.exact_isolation(n) == 1
    assert estimate.carrington_troske(n) == 1


def test_the_shrunk_gap_is_the_fixed_point_it_says():
    theta = np.r_[0, 0.3, 1, np.linspace(1 + 1e-6, 12, 400)]
    m = estimate.shrink(theta)
    assert (m[theta <= 1] == 0).all() and (m[theta > 1] > 0).all() and (m <= theta).all()
    np.testing.assert_allclose(m, theta * np.tanh(theta * m), atol=1e-12)


def test_the_shrunk_gap_is_the_likeliest_mode_of_a_folded_normal():
    for theta in (1.2, 1.7, 3.0):
        best = optimize.minimize_scalar(
            lambda m, theta=theta: -(stats.norm.pdf(m - theta) + stats.norm.pdf(m + theta)),
            bounds=(0.01, 10),
            method="bounded",
            options={"xatol": 1e-10},
        )
        assert estimate.shrink(theta) == pytest.approx(best.x, abs=1e-6)


def test_exact_isolation_expects_the_groups_share_whatever_the_sizes():
    n = np.array([[1, 2], [2, 2], [7, 5], [0, 3]])
    drawn = np.concatenate(list(shuffled(n, 6000, rng=3)))
    values = estimate.exact_isolation(drawn)
    assert values.mean() == pytest.approx((n[:, 0].sum() - 1) / (n.sum() - 1), abs=ways(values))


def test_exact_isolation_leaves_out_pupils_who_are_alone():
    assert estimate.exact_isolation([[1, 0], [2, 2], [1, 3]]) == estimate.exact_isolation([[2, 2], [1, 3]])
    with pytest.raises(sk.CannotBeAssessed, match="cannot meet anyone"):
        estimate.exact_isolation([[1, 0], [0, 1]])


def test_corrections_agree_where_schools_are_large():
    n = drawn_from(np.random.default_rng(6), 400, 5000, 0.3, 8)
    said = estimate.corrections(n)
    assert said.density_corrected == pytest.approx(said.dissimilarity, abs=0.005)
    assert said.beta_binomial == pytest.approx(said.dissimilarity, abs=0.01)
    assert estimate.allen_bootstrap(n, rng=1, times=50) == pytest.approx(said.dissimilarity, abs=0.005)


# --- debiased M and H -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mutual_information", "information"])
def test_the_debiased_value_is_twice_the_value_less_the_bootstraps_mean(name):
    found = estimate.debiased(MIXED, name)
    draws = np.concatenate([INDICES[name].evaluate(s) for s in estimate.resampled(MIXED, 6000, rng=1)])
    slack = 1e-9 if name == "mutual_information" else 2e-5  # H: the mean of a ratio is not the ratio of means
    assert found.value == pytest.approx(2 * found.raw - draws.mean(), abs=ways(draws) + slack)
    assert found.raw == INDICES[name](MIXED)
    assert found.se == pytest.approx(draws.std(), rel=0.2)


@pytest.mark.parametrize("name", ["mutual_information", "information"])
def test_debiasing_takes_most_of_the_small_school_bias_away(name):
    rng = np.random.default_rng(5)
    p = rng.dirichlet([4, 2, 2], 60)
    sizes = np.full(60, 40)
    truth = INDICES[name](np.round(p * 1e7).astype(int))
    towns = [rng.multinomial(sizes, p) for _ in range(80)]
    naive = np.mean([INDICES[name](n) for n in towns]) - truth
    left = np.mean([estimate.debiased(n, name).value for n in towns]) - truth
    assert abs(left) < 0.15 * naive


# --- intervals ------------------------------------------------------------------------------------


def test_an_interval_holds_the_truth_about_as_often_as_it_says():
    """Same schools, other pupils: 95 % nominal, 200 cohorts."""
    rng = np.random.default_rng(14)
    p, sizes = rng.beta(2, 4, 30), np.full(30, 80)
    truth = {
        name: INDICES[name](np.round(np.c_[p, 1 - p] * 1e8).astype(int), 0)
        for name in ("information", "hutchens")
    }
    held = dict.fromkeys(truth, 0)
    for _ in range(200):
        x = rng.binomial(sizes, p)
        for name in truth:
            focal = 0 if INDICES[name].groups == "two" else None
            interval = estimate.bootstrap(np.c_[x, sizes - x], name, focal, rng=rng, times=200)
            held[name] += interval.low <= truth[name] <= interval.high
    for name, times in held.items():
        assert 0.89 <= times / 200 <= 1, name


def test_the_plain_percentile_interval_of_small_schools_may_miss_its_own_value():
    n = [[2, 6]] * 40
    plain = estimate.bootstrap(n, rng=1, kind="percentile")
    assert plain.low > plain.value == 0 and plain.bias > 0.2
    with pytest.raises(sk.CannotBeAssessed, match="nothing left to put an interval around"):
        estimate.bootstrap(n, rng=1)


@pytest.mark.parametrize("name", estimate.LACKING)
@pytest.mark.parametrize("n", [MIXED, [[9, 0], [0, 9], [1, 8]]], ids=["town", "three schools"])
def test_weighing_schools_anew_is_drawing_them_anew(name, n):
    draws = estimate.bootstrap(n, name, rng=4, times=300, target="schools").draws
    slow = np.concatenate(
        [INDICES[name].evaluate(s) for s in estimate.resampled(n, 300, rng=4, target="schools")]
    )
    np.testing.assert_allclose(draws, slow[np.isfinite(slow)], atol=1e-12)


def test_drawing_schools_is_not_drawing_pupils():
    n = drawn_from(np.random.default_rng(2), 30, 200, 0.3, 4)
    pupils, schools = (estimate.bootstrap(n, rng=1, target=target) for target in ("pupils", "schools"))
    assert schools.high - schools.low > 2 * (
        pupils.high - pupils.low
    )  # so few schools say little about others


def test_intervals_stay_inside_the_range_of_the_index():
    interval = estimate.bootstrap([[9, 0], [0, 9], [1, 8]], rng=1)
    assert 0 <= interval.low <= interval.high <= 1


@pytest.mark.parametrize("target", ["pupils", "schools"])
def test_a_bootstrap_draws_what_it_says(target):
    drawn = np.concatenate(list(estimate.resampled(TOWN, 300, rng=1, target=target)))
    if target == "pupils":
        assert (drawn.sum((1, 2)) == TOWN.sum()).all()
        assert abs(drawn.mean(0) - TOWN).max() < 4.5 * np.sqrt(TOWN.max() / 300)
    else:
        rows = {tuple(row) for row in TOWN}
        assert all(tuple(row) in rows for row in drawn[:5].reshape(-1, 2))


# --- comparing ------------------------------------------------------------------------------------


def false_alarms(trial, times=400):
    """How often nothing is taken for something, at a nominal 5 %."""
    return np.mean([trial(np.random.default_rng(i)).p <= 0.05 for i in range(times)])


def of_the_same_schools(rng, name):
    p, sizes = np.random.default_rng(1).beta(1.5, 3.5, 30), np.random.default_rng(2).integers(15, 90, 30)
    years = [np.c_[x := rng.binomial(sizes, p), sizes - x] for _ in range(2)]
    return compare(*years, name, 0, rng=rng, times=99, matched=True)


def of_one_process(rng, name):
    towns = [drawn_from(rng, schools, pupils, 0.25, 8) for schools, pupils in ((40, 60), (30, 20))]
    return compare(*towns, name, 0, rng=rng, times=199, matched=False)


@pytest.mark.parametrize("name", ["dissimilarity", "information", "gini", "isolation"])
def test_two_years_of_schools_that_did_not_change_differ_in_3_to_7_of_100(name):
    assert 0.03 - 0.01 <= false_alarms(lambda rng: of_the_same_schools(rng, name)) <= 0.07 + 0.01


@pytest.mark.parametrize("name", ["dissimilarity", "information", "correlation_ratio"])
def test_two_towns_of_one_process_differ_in_3_to_7_of_100(name):
    assert 0.03 - 0.01 <= false_alarms(lambda rng: of_one_process(rng, name)) <= 0.07 + 0.01


def test_tiny_schools_against_large_ones_raise_false_alarms_and_so_a_caution():
    """Schools of 8 against schools of 100: the bias that is left passes for a difference, and it is said."""

    def trial(rng):
        return compare(
            *(drawn_from(rng, *size, 0.2, 20) for size in ((100, 8), (60, 100))),
            rng=rng,
            times=99,
            matched=False,
        )

    assert false_alarms(trial, times=60) > 0.15
    assert trial(np.random.default_rng(0)).caution


def test_a_change_that_is_there_is_found():
    rng = np.random.default_rng(3)
    p, sizes = rng.beta(1.5, 3.5, 30), np.full(30, 80)
    before = rng.binomial(sizes, p)
    after = rng.binomial(sizes, 0.5 * p + 0.5 * p.mean())
    found = compare(np.c_[before, sizes - before], np.c_[after, sizes - after], rng=1, matched=True)
    assert found.matched and found.p < 0.01 and found.difference < -0.05
    towns = [drawn_from(rng, 80, 60, 0.3, s) for s in (3, 30)]
    assert compare(*towns, rng=1, matched=False).p < 0.01


def test_a_table_compared_with_itself_has_not_changed():
    assert compare(TOWN, TOWN, rng=1, matched=True).p == 1
    assert compare(TOWN, TOWN, rng=1, matched=False).p > 0.9


def test_the_order_of_the_years_does_not_matter_to_the_towns_but_to_the_sign():
    other = np.random.default_rng(9).integers(0, 40, (20, 2))
    there, back = (compare(*pair, rng=1, times=400, matched=False) for pair in ((TOWN, other), (other, TOWN)))
    assert there.difference == -back.difference and there.p == pytest.approx(back.p, abs=0.1)


def test_unmatched_is_said_and_so_is_matched():
    assert not compare(TOWN, TOWN[:20], rng=1, times=20).matched
    with pytest.raises(ValueError, match="matched=False"):
        compare(TOWN, TOWN[:20], rng=1, matched=True)


# --- seeds, sentences and errors ------------------------------------------------------------------

DRAWING = {
    "chance": lambda rng: chance(TOWN, shuffles=50, rng=rng).draws.tolist(),
    "many groups": lambda rng: chance(MIXED, "gini", 1, shuffles=50, rng=rng).draws.tolist(),
    "bootstrap": lambda rng: estimate.bootstrap(TOWN, rng=rng, times=50).draws.tolist(),
    "schools": lambda rng: estimate.bootstrap(TOWN, rng=rng, times=50, target="schools").draws.tolist(),
    "two years": lambda rng: compare(TOWN, np.minimum(TOWN + 2, 39), rng=rng, times=900, matched=True).p,
    "two towns": lambda rng: compare(TOWN, TOWN[:19], rng=rng, times=60).p,
    "allen": lambda rng: estimate.allen_bootstrap(TOWN, rng=rng, times=30),
}


@pytest.mark.parametrize("name", DRAWING)
def test_same_seed_same_story_and_another_seed_another(name):
    tell = DRAWING[name]
    assert tell(1) == tell(1) == tell(np.random.default_rng(1))
    assert tell(1) != tell(2)


@pytest.mark.parametrize("name", DRAWING)
def test_one_generator_tells_another_story_each_time(name):
    rng = np.random.default_rng(1)
    assert DRAWING[name](rng) != DRAWING[name](rng)


@pytest.mark.parametrize("cores", [1, 2, 5])
def test_the_story_does_not_depend_on_the_cores(cores, monkeypatch):
    monkeypatch.setattr(estimate, "CELLS", 200)  # many small stacks
    whole = DRAWING["chance"](1)
    monkeypatch.setattr(estimate.os, "cpu_count", lambda: cores)
    assert DRAWING["chance"](1) == whole


def test_a_large_stack_is_held_a_part_at_a_time(monkeypatch):
    monkeypatch.setattr(estimate, "CELLS", 4 * TOWN.size)
    assert [len(stack) for stack in shuffled(TOWN, 10, rng=1)] == [4, 4, 2]


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: expected(TOWN, "gini"), "not a sum over schools"),
        (lambda: chance(TOWN, "atkinson"), "ask for shuffles"),
        (lambda: chance(TOWN, shuffles=9), "pass rng="),
        (lambda: expected(TOWN, "disimilarity"), "dissimilarity"),
        (lambda: expected(MIXED), "compares 2 groups"),
        (lambda: expected([[1, 2]]), "only one unit"),
        (lambda: expected([[1, 0], [2, 0]]), "cannot be assessed"),
        (lambda: expected([[1, -2], [3, 4]]), "row 0, group 1"),
        (lambda: expected([TOWN, TOWN]), "shape"),
        (lambda: estimate.bootstrap(TOWN, rng=1, target="teachers"), "pupils, schools"),
        (lambda: estimate.bootstrap(TOWN, rng=1, kind="basic"), "percentile"),
        (lambda: estimate.bootstrap(TOWN, rng=1, times=1), "times"),
        (lambda: estimate.bootstrap(TOWN, rng=1, times=2.5), "times"),
        (lambda: estimate.bootstrap(TOWN, rng=1, level=95), "level"),
        (lambda: compare(TOWN, TOWN, rng=None, matched=True), "pass rng="),
        (lambda: estimate.debiased(TOWN, "gini"), "mutual_information"),
    ],
)
def test_errors_talk_to_the_person_who_can_mend_them(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_every_result_reads_as_a_sentence():
    for said, part in [
        (chance(TOWN, shuffles=99, rng=1), "chance alone would give"),
        (chance(TOWN, shuffles=99, rng=1), "99 shuffles"),
        (estimate.bootstrap(TOWN, rng=1, times=50), "other pupils"),
        (estimate.bootstrap(TOWN, rng=1, times=50, target="schools"), "other schools"),
        (compare(TOWN, TOWN[::-1], rng=1, times=19, matched=True), "went from"),
        (compare(TOWN, TOWN[:9], rng=1, times=19), "in the second"),
        (estimate.beta_binomial(TOWN), "process"),
        (estimate.debiased(MIXED), "standard error"),
    ]:
        assert part in str(said) and "{" not in str(said)


# --- what must not be believed, said ------------------------------------------------------------------


def test_rows_without_names_are_never_taken_for_the_same_schools():
    with pytest.raises(ValueError, match="pass matched=True .* or matched=False"):
        sk.compare([[30, 10], [10, 30]], [[29, 11], [12, 28]], rng=1)


def test_a_comparison_of_small_schools_with_large_ones_carries_a_caution():
    small, large = np.full((60, 2), 4), np.full((60, 2), 50)
    small[0], large[0] = (7, 1), (90, 10)
    assert "Caution" in str(sk.compare(small, large, rng=1, times=50, matched=False))
    assert "Caution" not in str(sk.compare(large, large + 1, rng=1, times=50, matched=False))


def test_identical_tables_never_differ_even_where_deals_lose_a_group():
    rare = [[1, 9], [0, 10]]
    assert sk.compare(rare, rare, rng=1, matched=True).p == 1


def test_draws_that_do_not_vary_are_no_evidence():
    same = sk.compare([[10, 0], [0, 10]], [[10, 0], [0, 10], [5, 0]], rng=1, matched=False)
    assert same.p == 1 and "-0.00" not in str(same)
    with pytest.raises(sk.CannotBeAssessed, match="draws do not vary"):
        sk.bootstrap([[3, 0], [0, 3]], rng=1)


def test_where_chance_alone_gives_complete_segregation_nothing_can_be_told():
    lonely = [[1, 0], [0, 1], [0, 1]]
    with pytest.raises(sk.CannotBeAssessed, match="chance alone already gives the most"):
        estimate.carrington_troske(lonely)
    assert "too small to tell" in str(sk.chance(lonely))
    with pytest.raises(sk.CannotBeAssessed, match="two pupils or more"):
        estimate.beta_binomial([[1, 0], [0, 1]] * 10)


def test_an_interval_beside_its_value_says_why():
    rng = np.random.default_rng(5)
    x = rng.binomial(20, rng.beta(4, 16, 100))
    interval = sk.bootstrap(np.c_[x, 20 - x], rng=1)
    assert interval.high < interval.value
    assert "small schools alone lift it" in str(interval)


def test_the_interval_of_d_falls_short_in_small_schools_as_its_docstring_says():
    """200 towns of 20 schools of 20 pupils, their shares fixed: how often does the interval hold their D?"""
    rng, held = np.random.default_rng(8), 0
    p = np.random.default_rng(3).beta(4, 16, 20)
    true = np.abs(p / p.sum() - (1 - p) / (1 - p).sum()).sum() / 2
    for _ in range(200):
        x = rng.binomial(20, p)
        interval = sk.bootstrap(np.c_[x, 20 - x], rng=rng, times=200)
        held += interval.low <= true <= interval.high
    assert 0.6 < held / 200 < 0.9


@pytest.mark.parametrize("times", [0, -1, 2.5, float("nan"), True])
def test_how_many_draws_is_a_whole_number(times):
    with pytest.raises(ValueError, match="must be a whole number of at least"):
        estimate.allen_bootstrap([[3, 1], [1, 3]], rng=1, times=times)
    with pytest.raises(ValueError, match="must be a whole number of at least"):
        list(estimate.shuffled([[3, 1], [1, 3]], times, rng=1))
