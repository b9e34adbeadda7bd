"""Marenza does not exist, but its tables must hold together, and its story must be in the numbers."""

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import segkit as sk
from segkit.cli import main
from segkit.samples import FOCAL, GROUPINGS, MARENZA, RECIPES, TABLES, SampleError, sample, write_all

DATA = Path(__file__).parent.parent / "data"
LEVELS = MARENZA.levels
YEARS = MARENZA.years
FARMS = [number for number, school in enumerate(MARENZA.schools) if school.zone == "Farms"]


@pytest.fixture(scope="module")
def town():
    return sample("marenza", seed=1)


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sectors(table):
    return list(table.extras["sector"])


# ── what is in data/ ────────────────────────────────────────────────────────────────────────────────


def test_the_command_writes_data_byte_for_byte(tmp_path):
    assert main(["sample", "all", str(tmp_path)]) == 0
    assert contents(tmp_path) == contents(DATA)


def test_one_town_lands_in_the_folder_that_was_named(tmp_path):
    assert main(["sample", "marenza", str(tmp_path / "new" / "folder")]) == 0
    assert contents(tmp_path / "new" / "folder") == contents(DATA / "marenza")


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_town(town):
    assert sample("marenza", seed=1).files() == town.files()
    other = sample("marenza", seed=2)
    assert all(other.files()[file] != town.files()[file] for file in town.files())


def test_every_csv_is_utf8_with_unix_lines_and_the_declared_columns():
    for name in RECIPES:
        for table, columns in TABLES.items():
            text = (DATA / name / f"{table}.csv").read_bytes()
            assert b"\r" not in text and not text.startswith(b"\xef\xbb\xbf")
            assert text.decode("utf-8").splitlines()[0].split(",") == [column.name for column in columns]


def test_every_example_in_the_declaration_is_a_cell_of_marenza(town):
    for table, columns in TABLES.items():
        for column in columns:
            assert column.example in {str(cell) for cell in town.tables[table][column.name]}, column


def test_every_column_is_of_its_declared_type(town):
    types = {"string": str, "integer": int, "year": int, "number": float}
    for table, columns in TABLES.items():
        for column in columns:
            assert {type(cell) for cell in town.tables[table][column.name]} == {types[column.type]}, column


def test_key_columns_tell_rows_apart_and_references_lead_somewhere(town):
    for table, columns in TABLES.items():
        keys = (town.tables[table][column.name] for column in columns if column.key)
        assert max(Counter(zip(*keys, strict=True)).values()) == 1, table
        for column in columns:
            if column.refers:
                assert set(town.tables[table][column.name]) <= set(town.tables[column.refers][column.name])


def test_the_readme_explains_every_column_of_every_table():
    for readme in (DATA / "README.md", DATA / "marenza" / "README.md"):
        text = readme.read_text(encoding="utf-8")
        for table, columns in TABLES.items():
            section = text.split(f"## {table}.csv")[1].split("\n## ")[0]
            rows = [line.split("|") for line in section.splitlines() if line.startswith("|")][2:]
            assert [row[1].strip(" *") for row in rows] == [column.name for column in columns]
            assert all(cell.strip() for row in rows for cell in row[1:-1])


# ── the tables hold together ────────────────────────────────────────────────────────────────────────


def test_both_groupings_count_the_same_pupils(town):
    assert (town.pupils["origin"].sum(axis=2) == town.pupils["free_meals"].sum(axis=2)).all()


def test_the_long_the_wide_and_the_total_and_part_tables_say_the_same(town):
    long = Counter()
    for row in zip(*town.enrolment.values(), strict=True):
        long[row[0], row[1], row[3], row[4]] += row[5]
    for row in zip(*town.origin_by_school.values(), strict=True):
        assert tuple(long[row[0], row[1], "origin", group] for group in GROUPINGS["origin"]) == row[8:]
    for row in zip(*town.free_meals.values(), strict=True):
        part, rest = (long[row[0], row[1], "free_meals", group] for group in GROUPINGS["free_meals"])
        assert (part + rest, part) == row[6:]


@pytest.mark.parametrize("seed", range(5))
def test_no_school_holds_more_pupils_than_its_building(seed):
    town = sample(seed=seed)
    assert (town.pupils["origin"].sum(axis=2) <= town.schools["capacity"]).all()


@pytest.mark.parametrize("seed", range(5))
def test_far_is_the_smallest_group_in_every_year_and_level(seed):
    town = sample(seed=seed)
    for year in YEARS:
        for level in LEVELS:
            table = town.wide(year, level)
            assert table.groups[table.counts.sum(axis=0).argmin()] == FOCAL["origin"]


def test_schools_stand_in_the_ocean_where_swapped_coordinates_are_impossible(town):
    assert all(35 < lat < 35.3 for lat in town.schools["lat"])
    assert all(160 < lon < 160.3 for lon in town.schools["lon"])  # as a latitude this is nowhere


def test_neighbourhoods_do_not_mix_on_the_map(town):
    zones = {zone.name: zone.at for zone in MARENZA.zones}
    for zone, lat, lon in zip(*(town.schools[column] for column in ("zone", "lat", "lon")), strict=True):
        north, east = round(lat * 100000) - MARENZA.corner[0], round(lon * 100000) - MARENZA.corner[1]
        squares = [name for name, at in zones.items() if max(abs(at[0] - north), abs(at[1] - east)) <= 700]
        assert squares == [zone]


def test_nothing_in_the_files_is_about_one_person_or_runs_as_a_formula():
    personal = ("birth", "surname", "first", "address", "parent", "phone", "mail", "pupil_id", "national")
    for path in DATA.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert not [column for column in rows[0] if any(word in column for word in personal)]
        assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t")]


# ── schools open, close and merge ───────────────────────────────────────────────────────────────────


def test_closing_schools_moves_children_but_loses_none(town):
    lasting = tuple(school._replace(closes=None, into=None) for school in MARENZA.schools)
    spared = sample(replace(MARENZA, schools=lasting), seed=1)
    for grouping in GROUPINGS:
        assert (spared.pupils[grouping].sum(axis=1) == town.pupils[grouping].sum(axis=1)).all()


def test_one_school_opens_one_closes_and_two_merge(town):
    every = town.pupils["origin"].sum(axis=2).T.tolist()
    rolls = {school.name: years for school, years in zip(MARENZA.schools, every, strict=True)}
    assert rolls["Orrery Primary"][0] == 0
    assert np.all(np.diff(rolls["Orrery Primary"]) > 0)  # a class more each year
    assert [roll > 0 for roll in rolls["Curlew Primary"]] == [True, True, True, False, False]
    assert [roll > 0 for roll in rolls["Drystone Primary"]] == [True, True, False, False, False]
    before = rolls["Hedgerow Primary"][1]
    assert rolls["Hedgerow Primary"][2] - before > 0.5 * rolls["Drystone Primary"][1]
    assert [note for note in town.schools["x_note"] if note] == [
        "closed in 2023",
        "merged into Hedgerow Primary in 2022",
        "opened in 2021",
    ]


def test_sharing_places_differently_leaves_every_childs_sector_alone(town):
    strict = sample(replace(MARENZA, by_address=(100, 0)), seed=1)
    for sector in ("public", "church", "private"):
        here = [number for number, school in enumerate(MARENZA.schools) if school.sector == sector]
        before, after = (one.pupils["origin"][:, here].sum(axis=1) for one in (town, strict))
        assert (before == after).all()
    assert (strict.pupils["origin"] != town.pupils["origin"]).any()


def test_with_places_by_address_alone_public_pupils_stay_in_their_zone():
    strict = sample(replace(MARENZA, by_address=(100, 0), zones=_only("Harbour")), seed=1)
    public = [n for n, school in enumerate(MARENZA.schools) if school.sector == "public"]
    elsewhere = [n for n in public if MARENZA.schools[n].zone != "Harbour"]
    assert strict.pupils["origin"][:, elsewhere].sum() == 0


def _only(name):
    nobody = (0, 0, 0, 0)
    return tuple(zone if zone.name == name else zone._replace(children=nobody) for zone in MARENZA.zones)


# ── the story is in the numbers ─────────────────────────────────────────────────────────────────────


def split(town, year, level, grouping="origin"):
    table = town.wide(year, level, grouping)
    return sk.between_within(table.counts, sectors(table), index="information")


@pytest.mark.parametrize("level", LEVELS)
def test_segregation_between_sectors_rises_and_within_the_public_sector_falls(town, level):
    shares = [split(town, year, level).between / split(town, year, level).total for year in YEARS]
    assert np.all(np.diff(shares) > 0)
    public = [sk.information(town.wide(year, level).split("sector")["public"].counts) for year in YEARS]
    assert np.all(np.diff(public) < 0)


@pytest.mark.parametrize("seed", range(5))
def test_the_story_does_not_hang_on_the_seed(seed):
    town = sample(seed=seed)
    for level in LEVELS:
        first, last = split(town, YEARS[0], level), split(town, YEARS[-1], level)
        assert last.between / last.total > 1.4 * first.between / first.total
        assert last.within < first.within


def test_the_total_hides_that_two_things_happen(town):
    first, last = (split(town, year, "primary") for year in (YEARS[0], YEARS[-1]))
    assert abs(last.total / first.total - 1) < 0.1 < last.between / first.between - 1


def test_one_school_makes_more_than_a_quarter_of_dissimilarity(town):
    parts = sk.contribution(town.wide(2024, "primary"), focal="far")
    assert parts[0] > 0.25 and parts[0] > 3 * max(parts[1:])


def test_dissimilarity_and_information_disagree_about_a_year(town):
    """Lower-secondary, far, from 2021 to 2022: D rises, H falls."""
    two = [_far_and_others(town.wide(year, "lower-secondary")) for year in (2021, 2022)]
    assert sk.dissimilarity(two[1]) > sk.dissimilarity(two[0]) + 0.01
    assert sk.information(two[1]) < sk.information(two[0]) - 0.003


def _far_and_others(table):
    far = table.counts[:, table.groups.index("far")]
    return np.stack([far, table.counts.sum(axis=1) - far], axis=1)


def test_the_small_schools_of_the_farms_differ_by_chance_alone():
    """Over many towns their D is what placing the same children at random gives; the whole town's is not."""
    gaps = {"farms": [], "town": []}
    for seed in range(40):
        n = sample(seed=seed).pupils["free_meals"][0]  # 2020: five small schools, before two of them merge
        primary = [k for k, school in enumerate(MARENZA.schools) if school.level == "primary" and n[k].sum()]
        for name, here in (("farms", FARMS), ("town", primary)):
            gaps[name].append(sk.dissimilarity(n[here]) - sk.expected(n[here]))
    error = np.std(gaps["farms"]) / np.sqrt(len(gaps["farms"]))
    assert abs(np.mean(gaps["farms"])) < 3 * error
    assert min(gaps["town"]) > 0.1


# ── every shape can be read back ────────────────────────────────────────────────────────────────────


SHAPES = [
    ("origin", "origin_by_school.csv", {}),
    ("origin", "enrolment.csv", {"grouping": "origin"}),
    ("free_meals", "free_meals.csv", {}),
    ("free_meals", "enrolment.csv", {"grouping": "free_meals"}),
]


@pytest.mark.parametrize(("grouping", "file", "rows"), SHAPES)
def test_the_reader_finds_the_columns_of_every_shape_by_itself(town, grouping, file, rows):
    for level in LEVELS:
        for year in YEARS:
            where = {"year": str(year), "level": level} | rows
            read = sk.read(DATA / "marenza" / file, where=where)
            ours = town.wide(year, level, grouping)
            assert read == ours  # the same schools, groups, counts and focal group
            both = set(read.extras) & set(ours.extras)
            assert {"year", "level"} <= both and all(read.extras[name] == ours.extras[name] for name in both)


@pytest.mark.parametrize(("grouping", "file", "rows"), SHAPES)
def test_a_table_of_all_years_is_what_the_reader_makes_of_it(town, grouping, file, rows):
    assert sk.read(DATA / "marenza" / file, where=rows, by="year") == town.wide(grouping=grouping)
    assert town.wide(grouping=grouping).split("year")["2023"] == town.wide(2023, grouping=grouping)


def test_the_columns_in_memory_read_like_the_files(town):
    where = {"year": "2024", "level": "primary"}
    assert sk.read(town.origin_by_school, where=where) == town.wide(2024, "primary")
    assert sk.read(town.free_meals, where=where) == town.wide(2024, "primary", "free_meals")


# ── asking for what is not there ────────────────────────────────────────────────────────────────────


def test_an_unknown_name_is_answered_with_the_nearest_one(capsys, tmp_path):
    assert main(["sample", "marenzo", str(tmp_path / "town")]) == 2
    error = capsys.readouterr().err
    assert "marenzo" in error and "did you mean marenza?" in error and "Traceback" not in error
    assert not (tmp_path / "town").exists()


@pytest.mark.parametrize("wrong", ({"year": 1999}, {"level": "primery"}, {"grouping": "colour"}))
def test_an_unknown_year_level_or_grouping_is_named(town, wrong):
    with pytest.raises(SampleError, match=str(next(iter(wrong.values())))):
        town.wide(**wrong)


def test_a_year_may_come_from_numpy_but_a_seed_below_zero_is_no_seed(town, tmp_path):
    assert (town.counts(year=np.int64(2024)) == town.counts(year=2024)).all()
    with pytest.raises(SampleError, match="-1"):
        sample(seed=-1)
    with pytest.raises(SystemExit, match="2"):
        main(["sample", "marenza", str(tmp_path), "--seed=-1"])


def test_other_files_are_not_overwritten_unless_one_says_so(capsys, tmp_path):
    mine = tmp_path / "README.md"
    mine.write_text("my own notes")
    assert main(["sample", "marenza", str(tmp_path)]) == 2
    assert "README.md" in capsys.readouterr().err
    assert contents(tmp_path) == {"README.md": b"my own notes"}  # nothing was written at all
    assert main(["sample", "marenza", str(tmp_path), "--replace"]) == 0
    assert contents(tmp_path) == contents(DATA / "marenza")


def test_writing_the_same_town_again_is_no_overwriting(tmp_path):
    (tmp_path / "notes.txt").write_text("keep me")
    assert sample("marenza").write(tmp_path) == sample("marenza").write(tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "keep me"
    with pytest.raises(SampleError, match="enrolment.csv"):
        sample("marenza", seed=2).write(tmp_path)


def test_a_folder_that_cannot_be_written_is_an_answer_not_a_traceback(capsys, tmp_path):
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        assert main(["sample", "marenza", str(folder)]) == 2
        assert str(folder) in capsys.readouterr().err
    with pytest.raises(SampleError):
        write_all(tmp_path / "file")


def test_the_list_names_every_town(capsys):
    assert main(["sample", "--list"]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in RECIPES)


def test_asking_for_a_town_without_a_folder_says_what_is_missing(capsys):
    assert main(["sample", "marenza"]) == 2
    assert capsys.readouterr().err
