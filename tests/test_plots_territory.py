"""The pictures of a territory: they say in words what they show, and show nothing that is hidden."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html import unescape

import numpy as np
import pytest

from segkit import plots
from segkit.indices.shelf import CannotBeAssessed
from segkit.plots import maps, territory
from segkit.privacy import protect
from segkit.samples import names, sample

PICTURES = ("composition", "zone_map", "flows", "capacity", "both_sides", "sectors", "years", "outcomes")
SUPPLY = "supply"  # a zone map of another kind


def draw(name, view, **options):
    if name == SUPPLY:
        return plots.zone_map(view, of="supply", **options)
    return getattr(plots, name)(view, **options)


@pytest.fixture(scope="module")
def town():
    return protect(sample("marenza"))


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The same town as if its children were real: small counts are hidden."""
    territory = replace(sample("marenza"), invented=False, name="Elsewhere")
    return protect(territory, mode="public", k=10, releases=tmp_path_factory.mktemp("releases"))


@pytest.mark.parametrize("name", [*PICTURES, SUPPLY])
def test_a_picture_is_svg_with_words_and_the_same_each_time(town, name):
    picture = draw(name, town, level="primary")
    svg = picture.svg()
    assert ET.fromstring(svg).tag.endswith("svg")
    assert svg == draw(name, town, level="primary").svg()
    assert len(picture.alt) > 60 and picture.alt in unescape(picture._repr_html_())
    assert "Marenza" in picture.alt and "{" not in picture.alt


@pytest.mark.parametrize("name", [*PICTURES, SUPPLY])
def test_a_raw_territory_is_refused(town, name):
    with pytest.raises(TypeError, match="protect"):
        draw(name, town.territory)


@pytest.mark.parametrize("name", names())
def test_every_town_has_every_picture_or_a_reason(name):
    view = protect(sample(name))
    level = view.territory.levels[0]
    for picture in (*PICTURES, SUPPLY):
        try:
            assert draw(picture, view, level=level).alt
        except CannotBeAssessed as why:
            assert (name, picture, "one sector" in str(why)) == (name, "sectors", True)


@pytest.mark.parametrize(
    "ready, less", [(1, {"capacity"}), (2, {"composition", "capacity", "sectors", "years"})]
)
def test_what_is_not_known_is_not_drawn_and_says_what_to_add(ready, less):
    view = protect(sample("marenza", ready=ready))
    drawn = set()
    for name in (*PICTURES, SUPPLY):
        try:
            draw(name, view, level="primary")
            drawn.add(name)
        except CannotBeAssessed as why:
            assert len(str(why)) > 30
    assert drawn == less


def test_schools_come_in_the_order_of_the_file(town):
    listed = [name for name in town.territory.schools["name"]]
    alt = plots.composition(town, level="primary").alt
    said = re.findall(r"([A-Z][\w ]+ Primary) \d", alt)
    assert said == [name for name in listed if name in said] and len(said) == 19


def test_the_words_of_a_composition_hold_its_shares(town):
    table = town.territory.table(2024, "primary", "origin")
    share = table.counts[0, table.groups.index("far")] / table.counts[0].sum()
    assert f"{table.extras['name'][0]} {share:.0%}" in plots.composition(town, level="primary").alt


def test_where_counts_are_hidden_a_school_has_a_class_or_nothing(real):
    assert not real.whole
    alt = plots.composition(real, level="primary", grouping="origin").alt
    said = alt.split("in the whole. ")[1].rstrip(".").split("; ")
    shown = [one for one in said if not one.endswith("not shown")]
    assert len(shown) < len(said) == 19
    assert all(re.search(r"\((under|\d+(\.\d)?%).*\)$", one) for one in shown)


def test_no_picture_of_a_real_place_says_a_hidden_share(real):
    """Whoever reads all the words of all pictures meets no percentage of a school whose count is hidden."""
    cells = real.territory.cells(2024, "primary", "origin")
    hidden = [unit for unit, known in zip(cells.units, cells.known.all(1), strict=True) if not known]
    names = dict(zip(real.territory.schools["school"], real.territory.schools["name"], strict=True))
    at = cells.groups.index("far")
    dark = [names[u] for u, known in zip(cells.units, cells.known[:, at], strict=True) if not known]
    assert hidden and dark
    for name in ("composition", "zone_map"):
        alt = draw(name, real, level="primary", grouping="origin").alt
        for school in dark:
            assert f"{school} not shown" in alt


def test_a_number_behind_a_hidden_count_moves_no_ink(real):
    """Whatever stands in a cell that is marked as hidden, the picture is the same, to the last stroke."""
    rows = real.territory.enrolment.copy()
    hidden = rows["n_status"] == "suppressed"
    assert hidden.any()
    rows.loc[hidden, "n"] = 77
    other = replace(real, territory=real.territory.with_tables(enrolment=rows))
    for name in ("composition", "zone_map", "years"):
        one, two = (draw(name, view, level="primary", grouping="origin").svg() for view in (real, other))
        assert one == two


def test_the_share_of_the_whole_is_not_that_of_what_is_left(real):
    """Hiding small counts must not make the group look smaller: the total is published, or a range stands."""
    one = territory.seen(real, 2024, "primary", "origin")
    low, high = territory.whole_share(one)
    truth = sample("marenza").counts(year=2024, level="primary", grouping="origin")
    share = truth[:, 3].sum() / truth.sum()
    assert low - 1e-9 <= share <= high + 1e-9


def test_classes_are_told_by_sign_and_shape_and_not_by_colour_alone():
    assert len(set(territory.SIGNS.values())) == 5
    assert len({(mark, size) for _, mark, size in territory.DOTS.values()}) == 5
    assert len({hatch for _, _, hatch in territory.SECTOR_LOOKS.values()}) == 5
    assert len({mark for _, mark, _ in territory.SECTOR_LOOKS.values()}) == 5


def test_a_share_falls_in_the_class_that_its_words_say():
    kinds = territory.Classes(0.2, 0.2, (0.1, 0.16, 0.25, 0.4))
    assert [kinds.of(share) for share in (0, 0.1, 0.16, 0.24, 0.25, 0.4, 1)] == [-2, -1, 0, 0, 1, 2, 2]
    assert "10% to 16%" in kinds.text(-1) and "under 10%" in kinds.text(-2) and "40%" in kinds.text(2)
    open_ = territory.Classes(0.1, 0.3, territory.PLAIN)
    assert "whole" not in open_.text(0) and open_.said == "10% to 30%"


def test_a_map_is_as_wide_as_it_is_on_the_ground():
    square = [[[160.0, 60.0], [160.02, 60.0], [160.02, 60.01], [160.0, 60.01], [160.0, 60.0]]]
    ground = maps.Ground({"Z": [[np.array(square[0])]]})
    assert ground.height == pytest.approx(1.11, abs=0.01)
    assert ground.width == pytest.approx(
        1.11, abs=0.01
    )  # at 60 degrees a degree of longitude is half as long


def test_a_map_has_scale_and_north(town):
    figure = plots.zone_map(town, level="primary").figure
    for ax in figure.axes:
        said = [text.get_text().strip() for text in ax.texts]
        assert any(re.fullmatch(r"\d+ k?m", text) for text in said) and "N" in said


def test_ways_between_zones_are_classes(town, real):
    assert re.search(r"\(\d+ to \d+ pupils\)", plots.flows(town, level="primary").alt)
    said = plots.flows(real, level="primary", grouping="origin").alt
    assert not re.search(
        r"\(\d+ to \d+ pupils\)", said
    )  # parts of a way may be hidden: only at least so many


def test_the_bars_of_the_ways_add_up(town):
    one = territory.seen(town, 2024, "primary", "origin")
    ways, hidden, dark = maps.ways_of(one)
    assert not hidden and not dark
    roll = sum(town.territory.rolls(2024, "primary").values())
    assert int(ways["n"].sum()) == roll


def test_no_more_ways_are_left_out_than_there_are_between_the_zones(real):
    one = territory.seen(real, 2024, "primary", "origin")
    ways, hidden, dark = maps.ways_of(one)
    zones = len(real.territory.zones)
    assert sum(hidden.values()) > zones * (zones - 1) >= len(dark) > 0  # a way leads to a zone, not a school
    assert not dark & maps.pairs_of(ways[ways["n"] > 0])


def test_housing_next_to_school_shows_the_numbers_of_the_view(town):
    alt = plots.both_sides(town, level="primary").alt
    for of in ("residents", "homes", "schools"):
        level = None if of == "residents" else "primary"
        assert f"{town.interval('dissimilarity', 2024, level, 'origin', of=of).low:.2f}" in alt


def test_a_rate_from_few_has_a_wide_interval_and_a_hidden_one_is_a_stretch(town):
    low, high = territory.wilson(4, 5)
    assert low < 0.5 < 0.9 < high
    rates = territory.outcome_rates(territory.seen(town, 2024, "primary", "origin"))
    assert rates and all(rate.least == rate.most and not rate.hidden for rate in rates)
    rows = town.territory.indicators.copy()
    first = rows.index[(rows["year"] == 2024) & (rows["grouping"] == "origin") & (rows["group"] == "far")][0]
    rows.loc[first, "n_status"], rows.loc[first, "n"] = "suppressed", None
    view = replace(town, whole=False, territory=town.territory.with_tables(indicators=rows))
    hidden = [r for r in territory.outcome_rates(territory.seen(view, 2024, None, "origin")) if r.hidden]
    assert len(hidden) == 1 and hidden[0].most > hidden[0].least


def test_names_never_become_markup(town):
    schools = town.territory.schools.assign(name="<script>alert(1)</script>")
    view = replace(town, territory=town.territory.with_tables(schools=schools))
    html = plots.composition(view, level="primary")._repr_html_()
    assert "<script" not in html and "&lt;script" in html


def test_drawing_leaves_nothing_in_pyplot(town):
    import matplotlib.pyplot as plt

    plots.zone_map(town, level="primary")
    assert plt.get_fignums() == []
