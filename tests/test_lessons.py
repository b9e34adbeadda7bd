"""What the films claim, as sentences that could be false."""

import re
from pathlib import Path

import numpy as np
import pytest

import segkit as sk
from segkit import lessons
from segkit.estimate import expected
from segkit.indices import INDICES, dissimilarity, information, isolation
from segkit.lessons import DIMENSIONS, along, same_d, side_by_side
from segkit.lessons.definition import SCALES
from segkit.words import words

EVERY = {
    "even_to_complete": lessons.even_to_complete,
    "larger_group": lessons.larger_group,
    "small_schools": lessons.small_schools,
    "cut_points": lessons.cut_points,
    "disagreement": lessons.disagreement,
    "merge": lessons.merge,
    "scale": lessons.scale,
    "status": lessons.status,
    "opting_out": lessons.opting_out,
    "mirror": lessons.mirror,
    "choice_amplifies": lessons.choice_amplifies,
    "how_mild": lessons.how_mild,
    **{name: (lambda name=name: lessons.dimension(name)) for name in DIMENSIONS},
}
AWKWARD = ([[7, 3], [0, 11], [13, 29], [1, 1]], [[60, 40], [20, 80]], [[1, 5], [3, 0], [0, 17]])


@pytest.fixture(params=EVERY)
def film(request):
    return EVERY[request.param]()


def test_every_step_has_a_table_of_whole_pupils_a_label_and_a_sentence(film):
    assert len(film.labels) == len(film.sentences) == len(film.tables) == len(film) > 1
    for table in film.tables:
        assert table.dtype.kind == "i" and table.min() >= 0 and table.shape[1] == 2
    for line in film.lines.values():
        assert len(line) == len(film) and np.isfinite(line).all()


def test_every_line_has_a_name_and_fits_between_the_numbers_of_the_chart(film):
    for name, line in film.lines.items():
        assert film.names[name] and film.symbols[name]
        assert film.y[0] <= line.min() and line.max() <= film.y[-1]


def test_the_numbered_steps_start_at_the_first_and_stay_on_the_slider(film):
    at = [step for step, _ in film.ticks]
    assert at[0] == 0 and at == sorted(set(at)) and at[-1] < len(film)


def test_nothing_is_left_to_fill_in(film):
    for text in (film.title, film.slider, film.x_title, *film.labels, *film.sentences):
        assert text and "{" not in text and "nan" not in text


def test_a_score_stays_as_it_was_computed(film):
    with pytest.raises(ValueError):
        film.tables[0][0, 0] = 1
    with pytest.raises(ValueError):
        next(iter(film.lines.values()))[0] = 1


def test_every_line_named_after_an_index_is_that_index_of_the_table_shown(film):
    for name in set(film.lines) & set(INDICES):
        index = INDICES[name]
        for step in (0, len(film) // 2, len(film) - 1):
            value = index(film.tables[step], focal=0) if index.groups == "two" else index(film.tables[step])
            assert film.lines[name][step] == value


# --- from even to complete


@pytest.mark.parametrize("counts", [lessons.SCHOOLS, *AWKWARD])
def test_both_margins_are_kept_at_each_step_from_even_to_complete(counts):
    n = np.array(counts)
    for table in lessons.even_to_complete(counts, steps=41).tables:
        assert (table.sum(1) == n.sum(1)).all() and (table.sum(0) == n.sum(0)).all() and table.min() >= 0


def test_even_is_as_even_as_whole_pupils_allow_and_complete_leaves_at_most_one_school_mixed():
    for counts in (lessons.SCHOOLS, *AWKWARD):
        even, complete = along(counts, 0), along(counts, 1)
        share = even[:, 0].sum() / even.sum()
        assert (np.abs(even[:, 0] - even.sum(1) * share) < 1).all()
        assert (complete.min(1) > 0).sum() <= 1


def test_on_the_way_to_complete_segregation_rises_but_for_the_rounding_of_pupils():
    lines = lessons.even_to_complete().lines
    for name in ("dissimilarity", "gorard", "information", "isolation"):
        assert np.diff(lines[name]).min() > -0.01
        assert lines[name][-1] > lines[name][0] + 0.5


def test_the_number_of_swaps_is_what_makes_the_town_even_again():
    film = lessons.even_to_complete()
    even = film.tables[0]
    for step in (20, 50, 100):
        swaps = np.abs(film.tables[step][:, 0] - even[:, 0]).sum() / 2
        assert swaps == pytest.approx(film.lines["gorard"][step] * even[:, 0].sum(), abs=len(even) / 2)


def test_a_table_with_names_is_read_with_its_focal_group_wherever_it_stands():
    pupils = sk.read({"school": ["A", "B", "C"], "many": [80, 70, 30], "few": [5, 10, 25]}, focal="few")
    film = lessons.even_to_complete(pupils, steps=3)
    assert film.tables[0].sum(0).tolist() == [40, 180] and film.groups == ("few", "many")
    assert lessons.larger_group(pupils).tables[-1][:, 0].tolist() == [20, 40, 100]


# --- a larger group


@pytest.mark.parametrize("counts", [lessons.SCHOOLS, *AWKWARD])
def test_d_does_not_move_when_the_group_is_multiplied_and_isolation_rises(counts):
    film = lessons.larger_group(counts)
    assert np.ptp(film.lines["dissimilarity"]) < 1e-12
    assert (np.diff(film.lines["isolation"]) > -1e-12).all()
    assert film.lines["isolation"][-1] > film.lines["isolation"][0]


def test_gorard_falls_when_the_group_is_multiplied():
    assert (np.diff(lessons.larger_group().lines["gorard"]) < 0).all()


def test_the_group_ends_four_times_as_large_and_the_others_stay():
    film = lessons.larger_group()
    assert (film.tables[-1] == film.tables[0] * [4, 1]).all()
    assert len(film) == 31


# --- small schools


def test_chance_alone_gives_a_d_near_04_in_tiny_schools_and_hardly_any_in_large_ones():
    film = lessons.small_schools()
    by_size = {int(table.sum(1)[0]): e for table, e in zip(film.tables, film.lines["expected"], strict=True)}
    assert 0.36 < by_size[8] < by_size[5] < 0.42
    assert by_size[400] < 0.06


def test_the_smaller_the_schools_the_larger_the_d_expected_by_chance():
    line = lessons.small_schools().lines["expected"]
    assert (
        np.diff(line) < 1e-3
    ).all()  # 5 and 6 pupils tie: one pupil more cannot round the share any better


def test_what_is_expected_is_the_mean_of_many_draws():
    film = lessons.small_schools()
    rng = np.random.default_rng(3)
    for step in (0, 10, 27):
        t = film.tables[step].sum(1)
        x = rng.multivariate_hypergeometric(t, 480, size=200, method="marginals")
        draws = dissimilarity(np.stack([x, t - x], -1), focal=0)
        assert film.lines["expected"][step] == pytest.approx(draws.mean(), abs=4 * draws.std() / 200**0.5)
        assert film.lines["expected"][step] == expected(film.tables[step], "dissimilarity", focal=0)


def test_the_film_of_small_schools_starts_where_the_question_stood():
    film = lessons.small_schools()
    assert (film.tables[film.start].sum(1) == 8).all() and film.labels[film.start].endswith("of 8 pupils")
    assert film.sentences[film.start].startswith("Nobody chose anything")
    assert lessons.small_schools(start=1).start == 0 and lessons.small_schools(start=999).start < len(film)


def test_no_label_counts_one_of_many():
    for film in (make() for make in EVERY.values()):
        told = (*film.labels, *film.sentences)
        assert not [text for text in told if re.match(r"1 (times|blocks|pupils)", text)]


def test_the_words_under_the_slider_change_with_every_step(film):
    assert len(set(film.labels)) == len(film)


def test_every_draw_holds_all_pupils_and_the_same_seed_tells_the_same_story():
    film, again, other = lessons.small_schools(), lessons.small_schools(), lessons.small_schools(seed=2)
    for table in film.tables:
        assert table.sum() == 2400 and table[:, 0].sum() == 480 and len(set(table.sum(1))) == 1
    assert (film.lines["drawn"] == again.lines["drawn"]).all()
    assert (film.lines["drawn"] != other.lines["drawn"]).any()


# --- cut-points


def test_moving_the_cut_moves_every_index_though_nobody_moves():
    film = lessons.cut_points()
    sizes = film.tables[0].sum(1)
    for table, cut in zip(film.tables, range(5, 96), strict=True):
        assert (table.sum(1) == sizes).all()
        assert table[:, 0].sum() == pytest.approx(cut / 100 * sizes.sum(), abs=1)
    for name in ("dissimilarity", "gorard", "information"):
        assert np.ptp(film.lines[name]) > 0.1


def test_one_cut_up_gorard_falls_while_d_rises():
    lines = lessons.cut_points().lines
    assert lines["dissimilarity"][-1] > lines["dissimilarity"][0]
    assert lines["gorard"][-1] < lines["gorard"][0]


# --- five dimensions


def moves(name):
    return {each: float(np.ptp(line)) for each, line in lessons.dimension(name).lines.items()}


@pytest.mark.parametrize("name", DIMENSIONS)
def test_a_dimension_moves_much_more_than_the_others(name):
    moved = moves(name)
    others = {k: v for k, v in moved.items() if k != name}
    if name == "evenness":  # with the same people, exposure must follow evenness
        assert others.pop("exposure") > 0.3
    assert moved[name] > 4 * max(others.values())


@pytest.mark.parametrize("name", ["exposure", "concentration", "clustering", "centralisation"])
def test_evenness_does_not_stir_when_another_dimension_moves(name):
    assert moves(name)["evenness"] < 1e-12


@pytest.mark.parametrize("name", ["concentration", "clustering", "centralisation"])
def test_exposure_does_not_stir_while_the_same_neighbours_move_about_the_map(name):
    assert moves(name)["exposure"] < 1e-12


def test_the_focal_group_stays_at_home_while_evenness_goes_from_none_to_all():
    film = lessons.dimension("evenness")
    assert all((table[:, 0] == film.tables[0][:, 0]).all() for table in film.tables)
    assert film.lines["evenness"][[0, -1]] == pytest.approx([0, 1], abs=1e-12)
    assert moves("evenness")["concentration"] == moves("evenness")["centralisation"] == 0


@pytest.mark.parametrize("name", ["clustering", "centralisation"])
def test_tiles_only_change_places(name):
    film = lessons.dimension(name)
    first = sorted(map(tuple, film.tables[0]))
    assert all(sorted(map(tuple, table)) == first for table in film.tables)


@pytest.mark.parametrize("name", ["evenness", "concentration", "clustering", "centralisation"])
def test_nobody_is_born_or_lost(name):
    film = lessons.dimension(name)
    assert all((table.sum(0) == film.tables[0].sum(0)).all() for table in film.tables)


@pytest.mark.parametrize("name", DIMENSIONS)
def test_a_dimension_only_rises_along_its_slider(name):
    assert (np.diff(lessons.dimension(name).lines[name]) > -1e-9).all()


def test_an_unknown_dimension_is_answered_with_the_five():
    with pytest.raises(ValueError, match="evenness, exposure, concentration, clustering, centralisation"):
        lessons.dimension("height")


# --- disagreement, other units


def test_two_towns_have_the_same_d_and_h_nearly_twice_as_large():
    first, second = same_d()
    assert dissimilarity(first) == pytest.approx(0.6, abs=1e-12)
    assert dissimilarity(second) == pytest.approx(0.6, abs=1e-12)
    assert round(information(first), 2) == 0.51 and round(information(second), 2) == 0.28


def test_side_by_side_every_index_but_d_and_gorard_prefers_the_first_town():
    for name, (first, second) in side_by_side(*same_d()).items():
        if name in ("dissimilarity", "gorard"):
            assert first == pytest.approx(second, abs=1e-12)
        elif name == "interaction":
            assert first < second
        else:
            assert first > second


def test_a_d_no_town_of_that_kind_has_is_refused():
    with pytest.raises(ValueError, match="0.123"):
        same_d(0.123)


def test_d_stays_at_every_step_from_one_town_to_the_other_while_h_rises():
    film = lessons.disagreement()
    assert np.ptp(film.lines["dissimilarity"]) < 1e-12
    assert (np.diff(film.lines["information"]) > 0).all()
    assert sorted(map(tuple, film.tables[-1])) == sorted(map(tuple, same_d()[0]))


def test_the_larger_the_units_the_smaller_every_index_of_the_same_pupils():
    film = lessons.merge()
    assert [len(table) for table in film.tables] == [48, 16, 4]
    for name in ("dissimilarity", "information", "isolation"):
        assert (np.diff(film.lines[name]) < 0).all()
    assert all((table.sum(0) == film.tables[0].sum(0)).all() for table in film.tables)


def test_own_classes_can_be_merged():
    film = lessons.merge([[10, 0], [0, 10], [5, 5], [5, 5]], together=(2,), names=("classes", "schools"))
    assert [isolation(t, 0) for t in film.tables] == [0.75, 0.5]


# --- the space: which schools are counted


def read_at(seed=1):
    return dict(zip(SCALES, lessons.scale(seed).lines["dissimilarity"], strict=True))


@pytest.mark.parametrize("seed", range(1, 6))
def test_neither_a_larger_nor_a_smaller_scale_always_gives_a_larger_number(seed):
    d = read_at(seed)
    region = d["region", ""]
    assert max(d["mill", ""], d["hill", ""]) < region < d["port", ""]
    assert d["region", "public"] < region < d["region", "private"]
    assert max(d["port", "public"], d["port", "private"]) < d["port", ""]


def test_the_children_stay_and_only_which_schools_are_counted_changes():
    film = lessons.scale()
    for shelf in film.shelves:
        assert all(table is shelf.tables[0] for table in shelf.tables)
    for step, table in enumerate(film.tables):
        shown = [shelf.tables[step][shelf.counted[step]] for shelf in film.shelves]
        assert (np.concatenate(shown) == table).all()
    assert len(film.tables[SCALES.index(("region", ""))]) == 23
    assert lessons.shown(read_at()["region", ""]) == "0.40"  # as Unit 2.1 says it: between the 23 schools


# --- the object: where the line is drawn


def test_at_every_place_of_the_line_exactly_so_many_pupils_are_below_it():
    film = lessons.status()
    for percent, table in zip(range(5, 96), film.tables, strict=True):
        assert table[:, 0].sum() == 12 * percent and (table.sum(1) == 100).all()
    assert (np.diff(film.spread.cuts) > 0).all() and film.spread.pupils.sum() == 1200


def test_the_line_makes_the_number_the_middle_gives_the_smallest_of_the_three():
    film = lessons.status()
    at = dict(zip(range(5, 96), film.lines["dissimilarity"], strict=True))
    assert at[50] < at[30] < at[80]
    assert [film.labels[stop][:2] for stop in film.stops] == ["30", "50", "80"]
    assert film.lines["isolation"][-1] > 0.9 > 0.3 > film.lines["isolation"][0]


def test_isolation_falls_at_a_few_steps_of_the_line_so_it_climbs_nearly_all_the_way():
    falls = np.diff(lessons.status().lines["isolation"]) < 0
    assert falls.any() and falls.mean() < 0.05
    assert "Isolation climbs nearly all the way" in words()["lesson.status.last"]


def test_the_old_film_of_the_cut_tells_what_its_ranks_tell():
    film, places = lessons.cut_points(), lessons.ranks()
    for cut, table in zip(range(5, 96), film.tables, strict=True):
        assert ((places < cut / 100).sum(1) == table[:, 0]).all()


# --- self-segregation


def test_those_who_stay_do_nothing_and_are_segregated():
    film = lessons.opting_out()
    first, last = film.tables[0], film.tables[-1]
    assert all((table[:, 0] == first[:, 0]).all() and table.sum() == first.sum() for table in film.tables)
    assert (last[:8, 1] < first[:8, 1]).all() and (last[8:, 1] > first[8:, 1]).all()
    for line in film.lines.values():
        assert np.diff(line).min() > -0.003 and line[-1] > line[0] + 0.15
    assert film.lines["local"][0] < 0.45 and film.lines["local"][-1] > 0.5


# --- systemic segregation


def test_without_choice_the_schools_are_the_homes_counted_by_catchment():
    film = lessons.mirror()
    for step, schools in enumerate(film.tables):
        homes = film.shelves[0].tables[step]
        assert (lessons.by_catchment(homes) == schools).all()
        assert film.lines["homes"][step] > film.lines["schools"][step] - 1e-12
        assert homes.sum(0).tolist() == [576, 576] and (homes.sum(1) == 24).all()
    assert film.lines["schools"][0] == 0 and np.diff(film.lines["schools"]).min() > -0.01


TOWNS = [(seed, lessons.by_catchment(lessons.avenue(0.8, seed=seed))) for seed in range(1, 9)]


@pytest.mark.parametrize("seed, homes", TOWNS)
def test_who_may_not_choose_stays_and_who_may_ends_content(seed, homes):
    assert (lessons.choosing(homes, 0, seed=seed) == homes).all()
    end = lessons.choosing(homes, 1, seed=seed)
    assert (end.sum(0) == homes.sum(0)).all()
    for school in end:
        assert all(n == 0 or 5 * n >= 2 * school.sum() for n in school)


@pytest.mark.parametrize("seed, homes", TOWNS)
def test_in_every_town_choice_doubles_the_segregation_that_housing_made(seed, homes):
    assert dissimilarity(lessons.choosing(homes, 1, seed=seed), 0) > 2 * dissimilarity(homes, 0)


def test_a_wish_that_every_school_grants_moves_nobody():
    calm = lessons.by_catchment(lessons.avenue(0.2))
    assert (lessons.choosing(calm, 1) == calm).all()
    assert (lessons.choosing(TOWNS[0][1], 1, wish=0) == TOWNS[0][1]).all()


def test_exactly_as_many_as_wished_for_is_enough():
    assert lessons.choosing([[4, 6], [6, 4]], 1).tolist() == [[4, 6], [6, 4]]
    # 39 of 100 are too few: the first who leaves makes the next want to, and the school loses them all
    assert lessons.choosing([[39, 61], [60, 40]], 1)[0].tolist() == [0, 101]


def test_the_same_seed_chooses_in_the_same_order_and_families_who_never_settle_are_no_answer():
    homes = TOWNS[0][1]
    assert (lessons.choosing(homes, 0.5, seed=3) == lessons.choosing(homes, 0.5, seed=3)).all()
    assert lessons.choosing(homes, 1, rounds=1) is None


@pytest.mark.parametrize("wish", ["1/3", 0.35, "9/20", "1/2"])
def test_another_wish_can_be_played_too(wish):
    film = lessons.choice_amplifies(wish=wish)
    assert film.lines["schools"][-1] >= film.lines["schools"][0] and "/" not in film.sentences[-1]


def test_a_town_tips_all_at_once_when_the_wish_grows_a_little():
    film = lessons.how_mild()
    d = film.lines["schools"]
    tips = int(np.diff(d).argmax())
    assert d[tips] < 0.2 and d[tips + 1] > 0.5 and np.ptp(d[: tips + 1]) < 0.02
    assert 0.3 < float(film.labels[tips].split()[2]) / 100 < 0.45


def test_with_choice_the_homes_stay_and_the_schools_drift_far_apart():
    film = lessons.choice_amplifies()
    assert np.ptp(film.lines["homes"]) == 0 and film.lines["schools"][0] == film.lines["homes"][0]
    assert film.lines["schools"][-1] > 4 * film.lines["homes"][0]
    assert np.diff(film.lines["schools"]).min() > -0.01


def test_every_sentence_of_the_lessons_is_used():
    said = {key for key in words() if key.startswith("lesson.")}
    rooms = sorted(Path(lessons.__file__).parent.glob("*.py"))
    source = "".join(room.read_text(encoding="utf-8") for room in rooms)
    endings = ("title", "slider", "x", "units", "first", "step", "last", "label", "label.now", ".short")
    unused = [
        key
        for key in said
        if not key.endswith(endings)
        and key not in source
        and not key.startswith(("lesson.dimension.name.", "lesson.merge.", "lesson.scale."))
        and not key.startswith(("lesson.mirror.", "lesson.choice.", "lesson.status.at_", "lesson.lots."))
    ]
    assert unused in ([], ["lesson.even_to_complete.last_pure"])
