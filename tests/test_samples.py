"""No such town exists, but its tables must hold together, and its story must be in the numbers."""

import csv
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

import segkit as sk
from segkit import zones
from segkit.checks import check, open_territory
from segkit.cli import main
from segkit.samples import MARENZA, RECIPES, SampleError, names, sample, write, write_all
from segkit.samples.growing import grow
from segkit.samples.mapping import outlines, sheet
from segkit.samples.recipe import OUTSIDE
from segkit.territory import SECTORS, TABLES, keys

DATA = Path(__file__).parent.parent / "data"
LEVELS = MARENZA.levels
YEARS = MARENZA.years
FARMS = [number for number, school in enumerate(MARENZA.schools) if school.zone == "Farms"]
SEEDS = range(5)


@pytest.fixture(scope="module")
def marenza():
    return sample("marenza", seed=1)


@pytest.fixture(params=names())
def town(request):
    return sample(request.param, seed=1)


@lru_cache
def grown(name, seed):
    return grow(RECIPES[name], seed)


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def two(counts, focal):
    """The focal group and everyone else."""
    return np.stack([counts[..., focal], counts.sum(axis=-1) - counts[..., focal]], axis=-1)


# ── what is in data/ ────────────────────────────────────────────────────────────────────────────────


def test_the_command_writes_data_byte_for_byte(tmp_path):
    assert main(["sample", "all", str(tmp_path)]) == 0
    assert contents(tmp_path) == contents(DATA)


def test_data_is_small_enough_to_be_cloned_in_a_classroom():
    assert sum(map(len, contents(DATA).values())) < 6_000_000


def test_one_town_lands_in_the_folder_that_was_named(tmp_path):
    assert main(["sample", "thornmoor", str(tmp_path / "new" / "folder")]) == 0
    assert contents(tmp_path / "new" / "folder") == contents(DATA / "thornmoor")


@pytest.mark.parametrize("suffix", [".zip", ".xlsx"])
def test_a_town_fits_into_one_file(tmp_path, suffix):
    path = tmp_path / f"town{suffix}"
    assert main(["sample", "thornmoor", str(path)]) == 0
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert open_territory(path) == sample("thornmoor")


@pytest.mark.parametrize("ready", [1, 2])
def test_a_town_of_which_less_is_known_is_written_as_such(tmp_path, ready):
    assert main(["sample", "marenza", str(tmp_path), "--ready", str(ready)]) == 0
    assert open_territory(tmp_path) == sample("marenza", ready=ready)
    assert f"--ready {ready}" in (tmp_path / "README.md").read_text()


def test_the_checker_finds_nothing_and_reads_what_was_sampled(town):
    found = check(DATA / town.name.lower())
    assert found.said() == [] and found.ok
    assert found.territory == town


def test_every_csv_is_utf8_with_unix_lines_and_begins_with_the_declared_columns(town):
    for table, columns in TABLES.items():
        if table != "zones":
            text = (DATA / town.name.lower() / f"{table}.csv").read_bytes()
            assert b"\r" not in text and not text.startswith(b"\xef\xbb\xbf")
            head = text.decode("utf-8").splitlines()[0].split(",")
            assert head[: len(columns)] == [column.name for column in columns]


def test_every_example_in_the_declaration_is_a_cell_of_marenza(marenza):
    for table, columns in TABLES.items():
        for column in columns:
            if column.type != "geometry":
                cells = set(marenza.tables[table][column.name].astype(str))
                assert column.example in cells, (table, column)


def test_the_readmes_explain_every_column_of_every_table(town):
    for readme in (DATA / "README.md", DATA / town.name.lower() / "README.md"):
        text = readme.read_text(encoding="utf-8")
        for table, columns in TABLES.items():
            section = text.split(f"## {'zones.geojson' if table == 'zones' else table + '.csv'}")[1]
            lines = section.split("\n## ")[0].splitlines()
            rows = [line.split("|") for line in lines if line.startswith("| ")][1:]
            explained = [row[1].strip(" *") for row in rows if row[1].strip(" -")]
            assert [column.name for column in columns] == explained[: len(columns)]
        own = set(town.schools) - {column.name for column in TABLES["schools"]}
        assert all(f"- `{name}`: " in text for name in own)
        assert all(f"- `{name}`: " in text for name in town.indicator_names())
    assert town.story in text and f"segkit sample {town.name.lower()}" in text


def test_nothing_in_the_files_is_about_one_person_or_runs_as_a_formula():
    personal = ("birth", "surname", "first", "address", "parent", "phone", "mail", "pupil_id", "national")
    for path in DATA.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert not [column for column in rows[0] if any(word in column for word in personal)]
        others = [i for i, column in enumerate(rows[0]) if column not in ("lat", "lon")]
        assert not [row[i] for row in rows for i in others if row[i][:1] in ("=", "+", "-", "@", "\t")]


# ── the same seed, the same town ────────────────────────────────────────────────────────────────────


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_town(tmp_path):
    for folder, seed in (("one", 3), ("same", 3), ("other", 4)):
        write("thornmoor", tmp_path / folder, seed=seed)
    one, same, other = (contents(tmp_path / folder) for folder in ("one", "same", "other"))
    assert one == same
    assert all(one[file] != other[file] for file in one)


def test_the_line_of_code_a_town_carries_makes_it_again(town):
    for ready in (1, 2, 3):
        there = sample(town.name.lower(), seed=2, ready=ready)
        assert eval(there.recipe, {"sk": sk}) == there


def test_a_varied_recipe_tells_no_story_of_ours():
    varied = sample(replace(MARENZA, by_address=(50, 0)))
    assert varied.story == "" and varied.recipe == "" and varied.invented


# ── what every town promises ────────────────────────────────────────────────────────────────────────


def test_there_are_six_towns_from_eight_to_120_schools_with_a_story_and_five_years():
    towns = {name: sample(name) for name in names()}
    sizes = [len(town.schools) for town in towns.values()]
    assert len(towns) >= 6 and min(sizes) == 8 and max(sizes) == 120
    for town in towns.values():
        assert len(town.years) == 5 and len(town.groupings) >= 3 and len(town.indicator_names()) >= 3
        assert town.readiness == 3 and town.invented and town.mode == "public"
        assert len(town.story.split(". ")) >= 4
    assert len({town.story for town in towns.values()}) == len(towns)
    assert {sector for town in towns.values() for sector in town.sectors} == set(SECTORS) - {"other"}


def test_key_columns_tell_rows_apart_and_references_lead_somewhere(town):
    for table, columns in TABLES.items():
        frame = town.tables[table]
        assert not frame.duplicated(list(keys(table))).any(), table
        for column in columns:
            if column.refers:
                assert set(frame[column.name]) <= set(town.tables[column.refers][column.name])
    assert not town.schools["name"].duplicated().any() and not town.zones["name"].duplicated().any()


def test_no_name_is_used_in_two_towns():
    """Whoever says a school's name has said its town."""
    called = Counter(name for town in names() for name in set(sample(town).schools["name"]))
    assert max(called.values()) == 1


def test_every_grouping_counts_the_same_pupils(town):
    for table, by in (("enrolment", "school"), ("residents", "zone"), ("flows", ["zone", "school"])):
        by = [by] if isinstance(by, str) else by
        sums = town.tables[table].groupby(["grouping", "year", *by])["n"].sum()
        parts = [sums.loc[grouping] for grouping in town.groupings]
        assert all(part.equals(parts[0]) for part in parts[1:])


def test_flows_add_up_to_enrolment(town):
    keys = ["year", "school", "grouping", "group"]
    flows = town.flows.groupby(keys)["n"].sum()
    enrolled = town.enrolment.groupby(keys)["n"].sum()
    assert flows.equals(enrolled[enrolled > 0])


def test_flows_add_up_to_residents_but_for_children_who_go_to_school_elsewhere(town):
    keys = ["year", "zone", "grouping", "group"]
    flows = town.flows.groupby(keys)["n"].sum()
    elsewhere = town.residents.groupby(keys)["n"].sum().sub(flows, fill_value=0)
    outside = any(choice.sector == OUTSIDE for choice in RECIPES[town.name.lower()].choices)
    assert elsewhere.min() == 0 and (elsewhere.max() > 0) == outside
    if outside:
        page = (DATA / town.name.lower() / "README.md").read_text()
        assert "go to school in another town" in page


def test_nobody_is_left_out_of_the_flows_and_no_row_is_empty(town):
    assert (town.flows["n"] > 0).all()
    assert (town.indicators["out_of"] > 0).all()


def test_outcomes_are_out_of_pupils_who_are_there(town):
    keys = ["year", "school", "grouping", "group"]
    enrolled = town.enrolment.set_index(keys)["n"]
    for name, rows in town.indicators.groupby("indicator"):
        out_of = rows.set_index(keys)["out_of"]
        there = enrolled.loc[out_of.index]
        assert (rows["n"] <= rows["out_of"]).all()
        whole = (out_of == there).all()
        assert whole if "reads" not in name else (out_of <= there).all() and not whole


def test_children_with_free_meals_read_less_well_and_are_absent_more_often(town):
    rows = town.indicators[town.indicators["grouping"] == "free_meals"]
    sums = rows.groupby(["indicator", "group"])[["n", "out_of"]].sum()
    share = (sums["n"] / sums["out_of"]).unstack()
    gap = share["free_meals"] - share["not free_meals"]
    assert gap["reads well at 11"] < -0.1 and gap["often absent"] > 0.05
    assert share.loc["reads well at 11"].between(0.4, 0.9).all()


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("seed", [1, 2])
def test_no_school_holds_more_pupils_than_its_building(name, seed):
    town = sample(name, seed=seed)
    room = town.schools.set_index("school")["capacity"]
    for year in town.years:
        rolls = town.rolls(year)
        assert all(roll <= room[school] for school, roll in rolls.items())
        assert min(rolls.values()) >= 7  # fewer would be a family, not a school


def test_schools_with_fees_have_more_to_offer(town):
    if "private" in town.sectors:
        has = town.schools.assign(lab=town.schools["laboratory"] == "yes").groupby("sector")["lab"].mean()
        assert has["private"] > has["public"]


@pytest.mark.parametrize("name", names())
def test_less_is_known_at_lower_readiness(name):
    one, two, three = (sample(name, ready=ready) for ready in (1, 2, 3))
    assert [town.readiness for town in (one, two, three)] == [1, 2, 3]
    assert one.groupings == {"all": ("all",)} and not one.focal
    assert one.rolls() == two.rolls() == three.rolls()
    assert two.enrolment.equals(three.enrolment)
    for town in (one, two):
        assert not any(town.has(table) for table in ("zones", "residents", "flows", "indicators"))
        assert set(town.schools["zone"]) == {""}


# ── maps ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("seed", SEEDS)
def test_zones_share_borders_without_gaps_and_hold_their_schools(name, seed):
    import shapely

    recipe = RECIPES[name]
    land = sheet(recipe, seed)
    shapes = [shapely.geometry.shape(one) for one in outlines(recipe, seed, land)]
    assert all(shape.is_valid and shape.geom_type == "Polygon" and not shape.interiors for shape in shapes)
    assert all(shape.exterior.is_ccw for shape in shapes)
    together = shapely.union_all(shapes)
    assert together.geom_type == "Polygon" and not together.interiors
    assert abs(sum(shape.area for shape in shapes) - together.area) < 1e-12
    # what two neighbours share is the very same corners, not merely the same line
    sides = Counter()
    for shape in shapes:
        points = list(shape.exterior.coords)
        sides.update(frozenset(side) for side in zip(points, points[1:], strict=False))
    inner = {side for side, times in sides.items() if times == 2}
    assert set(sides.values()) == {1, 2}
    coast = shapely.MultiLineString([tuple(side) for side in sides if side not in inner])
    assert coast.length == pytest.approx(together.exterior.length)


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_school_stands_in_its_zone_and_not_on_another(name, seed):
    town = sample(name, seed=seed)
    schools = town.schools
    assert zones.zone_of(town.zones, schools["lat"], schools["lon"]) == schools["zone"].tolist()
    apart = zones.great_circle(schools["lat"], schools["lon"]) + 1e9 * np.eye(len(schools))
    assert apart.min() > 100


def test_the_map_is_in_the_open_ocean_and_a_town_is_of_the_size_of_one(town):
    assert all(zones.faults_of(one) == "" for one in town.zones["geometry"])
    lat, lon = town.schools["lat"].mean(), town.schools["lon"].mean()
    assert abs(lon) > 90  # as a latitude this is nowhere: swapped coordinates are seen
    oceans = {"marenza": (35, 160), "larkfold": (-45, -120), "ilvara": (-28, 92), "miravento": (12, -135)}
    oceans |= {"thornmoor": (42, 170), "castavera": (-48, -105)}
    assert np.hypot(*np.subtract((lat, lon), oceans[town.name.lower()])) < 0.3
    assert 20e6 < zones.areas_m2(town.zones).sum() < 300e6
    east = [x for one in town.zones["geometry"] for ring in one["coordinates"] for x, _ in ring]
    assert all(round(x, 5) == x for x in east)


# ── schools open, close and merge ───────────────────────────────────────────────────────────────────


def test_closing_schools_moves_children_but_loses_none():
    lasting = tuple(school._replace(closes=None, into=None) for school in MARENZA.schools)
    spared, town = grow(replace(MARENZA, schools=lasting), 1), grown("marenza", 1)
    for grouping in MARENZA.groupings:
        assert (spared.enrolment(grouping).sum(axis=1) == town.enrolment(grouping).sum(axis=1)).all()


def test_one_school_opens_one_closes_and_two_merge(marenza):
    every = grown("marenza", 1).enrolment("origin").sum(axis=2).T.tolist()
    rolls = {school.name: years for school, years in zip(MARENZA.schools, every, strict=True)}
    assert rolls["Orrery Primary"][0] == 0
    assert np.all(np.diff(rolls["Orrery Primary"]) > 0)  # a class more each year
    assert [roll > 0 for roll in rolls["Curlew Primary"]] == [True, True, True, False, False]
    assert [roll > 0 for roll in rolls["Drystone Primary"]] == [True, True, False, False, False]
    before = rolls["Hedgerow Primary"][1]
    assert rolls["Hedgerow Primary"][2] - before > 0.5 * rolls["Drystone Primary"][1]
    assert [note for note in marenza.schools["x_note"] if note] == [
        "closed in 2023",
        "merged into Hedgerow Primary in 2022",
        "opened in 2021",
    ]


def test_sharing_places_differently_leaves_every_childs_sector_and_home_alone():
    strict, town = grow(replace(MARENZA, by_address=(100, 0)), 1), grown("marenza", 1)
    for sector in ("public", "church", "private"):
        here = [number for number, school in enumerate(MARENZA.schools) if school.sector == sector]
        before, after = (one.enrolment("origin")[:, here].sum(axis=1) for one in (town, strict))
        assert (before == after).all()
    assert (strict.residents("origin") == town.residents("origin")).all()
    assert (strict.enrolment("origin") != town.enrolment("origin")).any()


def test_a_grouping_more_moves_no_child_to_another_school():
    fewer = grow(replace(MARENZA, traits=()), 1)
    assert (fewer.homes["origin"] == grown("marenza", 1).homes["origin"]).all()


def test_with_places_by_address_alone_public_pupils_stay_in_their_zone():
    nobody = (0, 0, 0, 0)
    only = tuple(zone if zone.name == "Harbour" else zone._replace(children=nobody) for zone in MARENZA.zones)
    strict = grow(replace(MARENZA, by_address=(100, 0), zones=only), 1)
    public = [n for n, school in enumerate(MARENZA.schools) if school.sector == "public"]
    elsewhere = [n for n in public if MARENZA.schools[n].zone != "Harbour"]
    assert strict.enrolment("origin")[:, elsewhere].sum() == 0


# ── the stories are in the numbers ──────────────────────────────────────────────────────────────────


def sectors(table):
    return list(table.extras["sector"])


def split(town, year, level, grouping=None):
    table = town.table(year, level, grouping)
    return sk.between_within(table.counts, sectors(table), index="information")


def apart(name, seed, grouping=None, level="primary", of="schools", year=-1):
    """D of the focal group against everyone else."""
    recipe = RECIPES[name]
    grouping = grouping or recipe.grouping
    focal = recipe.groupings[grouping].index(recipe.focals[grouping])
    if of == "residents":
        return sk.dissimilarity(two(grown(name, seed).residents(grouping)[year], focal))
    here = [number for number, school in enumerate(recipe.schools) if school.level == level]
    return sk.dissimilarity(two(grown(name, seed).enrolment(grouping)[year, here], focal))


def everyone_at_home(name, seed, grouping=None, year=-1):
    """D if everyone went to the school of their zone: the same flows, counted by home."""
    recipe = RECIPES[name]
    grouping = grouping or recipe.grouping
    focal = recipe.groupings[grouping].index(recipe.focals[grouping])
    primary = [number for number, school in enumerate(recipe.schools) if school.level == "primary"]
    return sk.dissimilarity(two(grown(name, seed).flows(grouping)[year][:, primary].sum(axis=1), focal))


@pytest.mark.parametrize("level", LEVELS)
def test_marenza_segregation_between_sectors_rises_and_within_the_public_sector_falls(marenza, level):
    shares = [split(marenza, year, level).between / split(marenza, year, level).total for year in YEARS]
    assert np.all(np.diff(shares) > 0)
    public = [sk.information(marenza.table(year, level).split("sector")["public"].counts) for year in YEARS]
    assert np.all(np.diff(public) < 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_marenza_does_not_hang_on_the_seed(seed):
    town = sample(seed=seed, ready=2)
    for level in LEVELS:
        first, last = split(town, YEARS[0], level), split(town, YEARS[-1], level)
        assert last.between / last.total > 1.4 * first.between / first.total
        assert last.within < first.within
        for year in YEARS:
            table = town.table(year, level)
            assert table.groups[table.counts.sum(axis=0).argmin()] == "far"


def test_the_total_hides_that_two_things_happen(marenza):
    first, last = (split(marenza, year, "primary") for year in (YEARS[0], YEARS[-1]))
    assert abs(last.total / first.total - 1) < 0.1 < last.between / first.between - 1


def test_one_school_makes_more_than_a_quarter_of_dissimilarity(marenza):
    parts = sk.contribution(marenza.table(2024, "primary"), focal="far")
    assert parts[0] > 0.25 and parts[0] > 3 * max(parts[1:])


def test_dissimilarity_and_information_disagree_about_a_year(marenza):
    """Lower-secondary, far, from 2021 to 2022: D rises, H falls."""
    before, after = (two(marenza.counts(year, "lower-secondary"), 3) for year in (2021, 2022))
    assert sk.dissimilarity(after) > sk.dissimilarity(before) + 0.01
    assert sk.information(after) < sk.information(before) - 0.003


def test_the_small_schools_of_the_farms_differ_by_chance_alone():
    """Over many towns their D is what placing the same children at random gives; the whole town's is not."""
    gaps = {"farms": [], "town": []}
    for seed in range(40):
        n = grow(MARENZA, seed).enrolment("free_meals")[0]  # 2020: five small schools, before two merge
        primary = [k for k, school in enumerate(MARENZA.schools) if school.level == "primary" and n[k].sum()]
        for name, here in (("farms", FARMS), ("town", primary)):
            gaps[name].append(sk.dissimilarity(n[here]) - sk.expected(n[here]))
    error = np.std(gaps["farms"]) / np.sqrt(len(gaps["farms"]))
    assert abs(np.mean(gaps["farms"])) < 3 * error
    assert min(gaps["town"]) > 0.1


def test_larkfold_changes_fast_and_its_primary_schools_faster_than_its_streets():
    homes, schools = [], []
    for seed in range(8):
        homes.append([apart("larkfold", seed, of="residents", year=year) for year in range(5)])
        schools.append([apart("larkfold", seed, year=year) for year in range(5)])
    assert np.all(np.diff(homes[1]) > 0) and np.all(np.diff(schools[1]) > 0)  # the town as it is written
    assert schools[1][0] < homes[1][0] and schools[1][-1] > homes[1][-1] + 0.03
    rise = [np.mean(one, axis=0)[-1] - np.mean(one, axis=0)[0] for one in (homes, schools)]
    assert rise[1] > rise[0] + 0.02 and rise[0] > 0.05
    assert all(one[-1] > other[-1] for one, other in zip(schools, homes, strict=True))


@pytest.mark.parametrize("seed", SEEDS)
def test_larkfold_has_more_newcomers_every_year_and_more_who_drive_away(seed):
    far = grown("larkfold", seed).residents("origin").sum(axis=1)[:, 3]
    assert np.all(np.diff(far) > 0) and far[-1] > 1.6 * far[0]
    local = [
        number for number, zone in enumerate(RECIPES["larkfold"].zones) if zone.name == "Station Quarter"
    ]
    outside = grown("larkfold", seed).homes["origin"][:, local, -1].sum(axis=(1, 2))
    assert outside[-1] > outside[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_ilvara_lives_side_by_side_and_learns_apart(seed):
    for level in RECIPES["ilvara"].levels:
        years = [apart("ilvara", seed, level=level, year=year) for year in (0, -1)]
        assert min(years) > 2.5 * apart("ilvara", seed, of="residents")
        assert years[1] < years[0]  # more families choose the schools that teach in both
    assert everyone_at_home("ilvara", seed) < 0.5 * apart("ilvara", seed)
    both = [n for n, school in enumerate(RECIPES["ilvara"].schools) if not school.stream]
    rolls = grown("ilvara", seed).enrolment("sex")[:, both].sum(axis=(1, 2))
    assert rolls[-1] > 1.2 * rolls[0]
    state = [n for n, school in enumerate(RECIPES["ilvara"].schools) if school.stream == "state language"]
    abroad = grown("ilvara", seed).enrolment("home_language")[-1, :, 3]
    assert abroad[state].sum() > 0.7 * abroad.sum()


@pytest.mark.parametrize("seed", SEEDS)
def test_miravento_is_segregated_between_sectors_and_hardly_within_the_public_one(seed):
    town = sample("miravento", seed=seed, ready=2)
    rolls = {sector: town.counts(sector=sector).sum() for sector in town.sectors}
    assert 0.4 < 1 - rolls["public"] / sum(rolls.values()) < 0.5
    for grouping in ("origin", "free_meals"):
        for level in town.levels:
            parts = split(town, 2024, level, grouping)
            assert parts.between > 0.75 * parts.total
        assert apart("miravento", seed, grouping) > everyone_at_home("miravento", seed, grouping) + 0.04
    public = town.table(2024, "primary", "free_meals", sector="public").counts
    assert sk.dissimilarity(public) < 0.5 * sk.dissimilarity(town.counts(2024, "primary", "free_meals"))


def test_thornmoor_is_chance():
    """Over many towns what its schools have beyond chance is nothing."""
    recipe = RECIPES["thornmoor"]
    primary = [number for number, school in enumerate(recipe.schools) if school.level == "primary"]
    gaps, values = [], []
    for seed in range(60):
        n = grow(recipe, seed).enrolment("free_meals")[0, primary]
        values.append(sk.dissimilarity(n))
        gaps.append(values[-1] - sk.expected(n))
    assert abs(np.mean(gaps)) < 3 * np.std(gaps) / np.sqrt(len(gaps))
    assert np.mean(values) > 0.1
    rolls = [grown("thornmoor", seed).enrolment("sex").sum(axis=(1, 2)) for seed in SEEDS]
    assert np.mean([one[-1] < one[0] for one in rolls]) > 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_castavera_has_schools_more_mixed_than_its_neighbourhoods(seed):
    homes = [apart("castavera", seed, of="residents", year=year) for year in range(5)]
    assert max(homes) - min(homes) < 0.03
    for level in RECIPES["castavera"].levels:
        years = [apart("castavera", seed, level=level, year=year) for year in range(5)]
        assert np.all(np.diff(years) < 0.01) and years[-1] < years[0] - 0.06
        assert years[-1] < homes[-1] - 0.08
    town = sample("castavera", seed=seed, ready=2)
    first, last = (split(town, year, "primary", "free_meals") for year in (2020, 2024))
    assert last.between / last.total > first.between / first.total + 0.1
    stay = [_stays("castavera", seed, year) for year in (0, -1)]
    assert stay[1] < stay[0] - 0.15


def _stays(name, seed, year):
    """The share of pupils whose school stands in the zone they live in."""
    recipe = RECIPES[name]
    flows = grown(name, seed).flows("sex")[year].sum(axis=2)
    home = np.array([[school.zone == zone.name for school in recipe.schools] for zone in recipe.zones])
    return (flows * home).sum() / flows.sum()


# ── every shape can be read back ────────────────────────────────────────────────────────────────────


SHAPES = [
    ("origin", "origin_by_school.csv", {}),
    ("origin", "enrolment.csv", {"grouping": "origin"}),
    ("free_meals", "free_meals.csv", {}),
    ("free_meals", "enrolment.csv", {"grouping": "free_meals"}),
]


@pytest.mark.parametrize(("grouping", "file", "rows"), SHAPES)
def test_the_reader_finds_the_columns_of_every_shape_by_itself(marenza, grouping, file, rows):
    for level in LEVELS:
        for year in YEARS:
            where = {"year": str(year), "level": level} | rows
            read = sk.read(DATA / "marenza" / file, where=where)
            ours = marenza.table(year, level, grouping)
            assert read == ours  # the same schools, groups, counts and focal group
            both = set(read.extras) & set(ours.extras) - {"zone"}  # an office writes its name, not its code
            assert {"year", "level"} <= both
            assert all(read.extras[name] == ours.extras[name] for name in both)


@pytest.mark.parametrize(("grouping", "file", "rows"), SHAPES)
def test_a_table_of_all_years_is_what_the_reader_makes_of_it(marenza, grouping, file, rows):
    every = marenza.table(year="all", grouping=grouping)
    assert sk.read(DATA / "marenza" / file, where=rows, by="year") == every
    assert every.split("year")["2023"] == marenza.table(2023, grouping=grouping)


# ── asking for what is not there ────────────────────────────────────────────────────────────────────


def test_an_unknown_name_is_answered_with_the_nearest_one(capsys, tmp_path):
    assert main(["sample", "marenzo", str(tmp_path / "town")]) == 2
    error = capsys.readouterr().err
    assert "marenzo" in error and "did you mean marenza?" in error and "Traceback" not in error
    assert not (tmp_path / "town").exists()


@pytest.mark.parametrize("wrong", ({"year": 1999}, {"grouping": "colour"}))
def test_an_unknown_year_or_grouping_is_named(marenza, wrong):
    with pytest.raises(ValueError, match=str(next(iter(wrong.values())))):
        marenza.table(**wrong)


def test_a_year_may_come_from_numpy_but_a_seed_below_zero_is_no_seed(marenza, tmp_path):
    assert (marenza.counts(year=np.int64(2024)) == marenza.counts(year=2024)).all()
    with pytest.raises(SampleError, match="-1"):
        sample(seed=-1)
    with pytest.raises(SampleError, match="4"):
        sample(ready=4)
    with pytest.raises(SystemExit, match="2"):
        main(["sample", "marenza", str(tmp_path), "--seed=-1"])


def test_other_files_are_not_overwritten_unless_one_says_so(capsys, tmp_path):
    mine = tmp_path / "README.md"
    mine.write_text("my own notes")
    assert main(["sample", "thornmoor", str(tmp_path)]) == 2
    assert "README.md" in capsys.readouterr().err
    assert contents(tmp_path) == {"README.md": b"my own notes"}  # nothing was written at all
    assert main(["sample", "thornmoor", str(tmp_path), "--replace"]) == 0
    assert contents(tmp_path) == contents(DATA / "thornmoor")


def test_writing_the_same_town_again_is_no_overwriting(tmp_path):
    (tmp_path / "notes.txt").write_text("keep me")
    assert write("thornmoor", tmp_path) == write("thornmoor", tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "keep me"
    with pytest.raises(ValueError, match="enrolment.csv"):
        write("thornmoor", tmp_path, seed=2)


def test_a_folder_that_cannot_be_written_is_an_answer_not_a_traceback(capsys, tmp_path):
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        assert main(["sample", "thornmoor", str(folder)]) == 2
        said = capsys.readouterr().err
        assert str(folder) in said and "should not have happened" not in said
    with pytest.raises(ValueError, match="file"):
        write_all(tmp_path / "file")


def test_the_list_names_every_town(capsys):
    assert main(["sample", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == list(names())
    assert all(len(line.split(": ", 1)[1]) > 30 for line in lines)


def test_asking_for_a_town_without_a_folder_says_what_is_missing(capsys):
    assert main(["sample", "marenza"]) == 2
    assert capsys.readouterr().err
