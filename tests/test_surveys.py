"""Two readings of one invented series: the readings differ, and the ranges keep what they promise."""

import time

import numpy as np
import pytest

from segkit import plots, surveys
from segkit.indices import dissimilarity


def test_the_same_seed_tells_the_same_story_and_another_seed_another():
    one, again = surveys.two_readings(3), surveys.drawn.__wrapped__(3, surveys.GROWTH)
    assert np.array_equal(one.values, again.values) and np.array_equal(one.low, again.low)
    assert not np.array_equal(one.values, surveys.two_readings(4).values)


def test_it_is_quick_enough_to_stand_in_a_notebook():
    start = time.process_time()
    surveys.drawn.__wrapped__(1, surveys.GROWTH)
    assert time.process_time() - start < 2


def test_the_page_shows_a_series_of_which_both_headlines_are_true():
    seen = surveys.two_readings()
    assert len(seen.rose) > len(seen.names) / 2 > len(seen.moved) > 0
    assert set(seen.moved) <= set(seen.rose)


def test_what_the_page_says_is_true_of_the_ten():
    """300 schools; A and F changed by much, seven by a little, and G's line goes the wrong way."""
    seen = surveys.two_readings()
    truth = dict(zip(seen.names, surveys.GROWTH, strict=True))
    assert surveys.SCHOOLS == 300
    assert [name for name in truth if truth[name] > 0.2] == ["A", "F"] == list(seen.moved)
    assert sum(0 < growth < 0.1 for growth in truth.values()) == 7
    assert truth["G"] < 0 and "G" in seen.rose


def test_the_series_shown_is_an_ordinary_draw_and_not_a_lucky_one():
    up = [len(surveys.two_readings(seed).rose) for seed in range(1, 25)]
    moved = [len(surveys.two_readings(seed).moved) for seed in range(1, 25)]
    assert 6.5 < np.mean(up) < 9 and 1 < np.mean(moved) < 4
    assert abs(len(surveys.two_readings().rose) - np.mean(up)) < 1
    assert abs(len(surveys.two_readings().moved) - np.mean(moved)) < 1


def test_where_nothing_changes_half_the_lines_rise_and_about_one_range_in_twenty_leaves_out_0():
    still = [surveys.two_readings(seed, growth=(0,) * 10) for seed in range(1, 41)]
    assert 0.42 < np.mean([seen.up for seen in still]) < 0.58
    assert 0.02 < np.mean([seen.more_than_chance for seen in still]) < 0.08


@pytest.mark.parametrize("growth", [0.6, -0.5])
def test_a_large_change_is_found_nearly_always_up_or_down(growth):
    seen = [surveys.two_readings(seed, growth=(growth,) * 10) for seed in range(1, 6)]
    assert np.mean([one.up for one in seen]) == (growth > 0)
    assert np.mean([one.more_than_chance for one in seen]) > 0.9


def test_the_small_samples_lift_both_surveys_alike_and_the_change_not_at_all():
    still = [surveys.two_readings(seed, growth=(0,) * 10) for seed in range(1, 41)]
    assert abs(np.mean([seen.change for seen in still])) < 0.004
    assert abs(np.mean([(seen.low + seen.high) / 2 for seen in still])) < 0.006


def test_a_survey_has_its_schools_and_pupils_and_more_spread_gives_more_d():
    rng = np.random.default_rng(1)
    close, far = surveys.surveyed(0.3, rng), surveys.surveyed(1.5, rng)
    assert close.shape == (surveys.SCHOOLS, 2) and set(close.sum(1)) == {surveys.PUPILS}
    assert dissimilarity(close, 0) < dissimilarity(far, 0)


def test_growth_may_be_any_ten_numbers_and_nothing_else():
    still = surveys.two_readings(1, growth=[0] * 10)
    assert np.array_equal(still.values, surveys.two_readings(1, growth=(0,) * 10).values)
    with pytest.raises(ValueError, match="growth: 3 numbers came, one for each of the 10 countries"):
        surveys.two_readings(growth=[0, 0, 0])


def test_what_was_found_stays_as_it_is():
    with pytest.raises(ValueError):
        surveys.two_readings().values[0, 0] = 0


# --- the picture


def test_the_picture_says_first_that_it_is_invented_and_holds_every_number():
    seen = surveys.two_readings()
    picture = plots.two_readings(seen)
    assert picture.figure._suptitle.get_text().startswith("Invented")
    assert picture.alt.startswith("An invented example")
    left, right = picture.figure.axes
    assert f"{len(seen.rose)} of 10" in left.get_title("left")
    assert f"{len(seen.moved)} of 10" in right.get_title("left")
    lines = [tuple(line.get_ydata()) for line in left.lines]
    assert all(tuple(values) in lines for values in seen.values)
    ranges = [tuple(line.get_xdata()) for line in right.lines if len(line.get_xdata()) == 2]
    assert all((low, high) in ranges for low, high in zip(seen.low, seen.high, strict=True))


def test_a_filled_mark_means_that_the_range_leaves_out_0():
    seen = surveys.two_readings()
    right = plots.two_readings(seen).figure.axes[1]
    filled = {
        line.get_xdata()[0]
        for line in right.lines
        if len(line.get_xdata()) == 1 and line.get_markerfacecolor() != "white"
    }
    assert filled == set(seen.change[seen.more_than_chance])


@pytest.mark.parametrize("gap", [0.01, 0.05])
def test_names_are_moved_apart_and_keep_their_order(gap):
    values = np.random.default_rng(1).random(8) / 3
    at = plots.apart(values, gap)
    assert np.diff(np.sort(at)).min() > gap - 1e-3
    assert np.array_equal(np.argsort(at), np.argsort(values))


def test_names_that_have_room_stay_where_they_are():
    assert plots.apart([0.1, 0.5, 0.3], 0.02).tolist() == [0.1, 0.5, 0.3]
