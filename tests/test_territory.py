"""The value at the centre: a territory, and the counts one can ask it for."""

import numpy as np
import pytest

import segkit as sk
from segkit.indices.shelf import CannotBeAssessed
from segkit.territory import NEEDED, STATUSES, TABLES, WHOLE, Territory, keys, meaning, normal

SCHOOLS = {
    "school": ["001", "B", "C"],
    "name": ["Oak", "Elm", "Ash"],
    "sector": ["public", "private", "public"],
    "level": ["primary", "primary", "secondary"],
    "zone": ["NA", "Z2", "Z2"],
    "capacity": ["30", None, "50"],
    "x_note": ["=1+1", "", "kept"],
}
COLUMNS = {
    "enrolment": "year school level grouping group n n_status",
    "residents": "year zone grouping group n n_status",
    "flows": "year zone school grouping group n n_status",
}
PUPILS = [
    (2023, "001", "primary", "origin", "far", 4, "ok"),
    (2023, "001", "primary", "origin", "local", 16, "ok"),
    (2023, "B", "primary", "origin", "local", 10, "ok"),
    (2024, "001", "primary", "origin", "far", 6, "ok"),
    (2024, "001", "primary", "origin", "local", 14, ""),
    (2024, "B", "primary", "origin", "far", None, "suppressed"),
    (2024, "B", "primary", "origin", "local", None, "suppressed"),
    (2024, "B", "primary", "all", "all", 12, "ok"),
    (2024, "C", "secondary", "origin", "local", 30, "ok"),
    (2024, "C", "secondary", "origin", "far", None, "not_applicable"),
    (2024, "C", "secondary", "meals", "free", 9, "rounded"),
    (2024, "C", "secondary", "meals", "paid", 21, "rounded"),
]
HOMES = [
    (2024, "NA", "001", "origin", "far", 6, "ok"),
    (2024, "NA", "B", "origin", "local", 3, "ok"),
    (2024, "Z2", "C", "origin", "local", 30, "ok"),
]
CHILDREN = [(2024, "NA", "origin", "far", 6, "ok"), (2024, "Z2", "origin", "local", 40, "ok")]


def columns(table, rows):
    return dict(zip(COLUMNS[table].split(), map(list, zip(*rows, strict=True)), strict=True))


def town(**options):
    tables = {
        "schools": SCHOOLS,
        "zones": {"zone": ["NA", "Z2"], "name": ["North", "South"]},
        "enrolment": columns("enrolment", PUPILS),
        "residents": columns("residents", CHILDREN),
        "flows": columns("flows", HOMES),
    }
    return Territory("Town", tables | options.pop("tables", {}), **options)


# --- what there is


def test_codes_stay_text_and_the_owners_columns_stay():
    schools = town().schools
    assert schools["school"].tolist() == ["001", "B", "C"] and schools["zone"][0] == "NA"
    assert list(schools)[-1] == "x_note" and schools["x_note"].tolist() == ["=1+1", "", "kept"]
    assert schools["capacity"].isna().tolist() == [False, True, False]


def test_years_levels_sectors_and_groups_are_those_that_occur():
    here = town()
    assert here.years == (2023, 2024) and here.levels == ("primary", "secondary")
    assert here.sectors == ("public", "private")
    assert here.groupings == {"origin": ("far", "local"), WHOLE: (WHOLE,), "meals": ("free", "paid")}


def test_the_focal_group_is_the_one_named_or_the_smallest():
    assert town().focal["origin"] == "far" and WHOLE not in town().focal
    assert town(focal={"origin": "local"}).focal == {"origin": "local", "meals": "free"}


def test_readiness_says_how_much_there_is():
    only_rolls = columns("enrolment", [row for row in PUPILS if row[3] == "all"])
    nothing = {"residents": None, "flows": None}
    assert town().readiness == 3
    assert town(tables=nothing).readiness == 2
    assert town(tables=nothing | {"enrolment": only_rolls}).readiness == 1
    declared = {"origin": ("far", "local"), WHOLE: (WHOLE,)}  # a grouping without a count is no grouping yet
    assert town(tables=nothing | {"enrolment": only_rolls}, groupings=declared).readiness == 1


# --- counts


def test_a_group_without_a_row_is_nobody_and_a_school_without_rows_is_not_there():
    cells = town().cells(2023)
    assert cells.units == ("001", "B") and cells.n.tolist() == [[4, 16], [0, 10]] and cells.known.all()


def test_a_hidden_count_is_neither_nought_nor_dropped():
    cells = town().cells(2024, "primary")
    assert cells.units == ("001", "B") and cells.known.tolist() == [[True, True], [False, False]]
    with pytest.raises(CannotBeAssessed, match="2 of 4 counts are hidden"):
        town().table(2024, "primary")


def test_a_count_that_cannot_be_is_nobody_and_a_rounded_one_is_read():
    assert town().counts(2024, "secondary").tolist() == [[0, 30]]
    assert town().counts(2024, grouping="meals").tolist() == [[9, 21]]


def test_a_roll_is_what_is_said_of_everyone_or_else_the_sum_of_the_groups():
    assert town().rolls(2024) == {"001": 20, "B": 12, "C": 30}


def test_residents_and_homes_are_counted_by_zone():
    assert town().counts(of="residents").tolist() == [[6, 0], [0, 40]]
    homes = town().table(of="homes", level="primary")
    assert homes.units == ("NA",) and homes.counts.tolist() == [[6, 3]]
    assert town().counts(of="homes", sector="private").tolist() == [[0, 3]]


def test_a_table_names_its_schools_and_any_index_takes_it():
    table = town().table(2023)
    assert table.extras["name"] == ("Oak", "Elm") and table.focal == "far"
    assert sk.dissimilarity(table) == pytest.approx(10 / 26)


def test_all_years_give_a_school_once_a_year():
    table = town(tables={"enrolment": columns("enrolment", PUPILS[:3] + PUPILS[3:5])}).table("all")
    assert table.units == ("001", "B", "001") and table.extras["year"] == ("2023", "2023", "2024")
    assert table.counts.sum() == 50


def test_a_year_or_grouping_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(ValueError, match="no year 1999; there are: 2023, 2024"):
        town().cells(1999)
    with pytest.raises(ValueError, match="no grouping 'sex'; there are: origin, all, meals"):
        town().cells(2024, grouping="sex")


# --- a value


def test_who_writes_in_a_table_writes_in_a_copy():
    here = town()
    schools = here.schools
    schools.loc[0, "name"] = "another"
    assert here.schools["name"][0] == "Oak"
    with pytest.raises(TypeError):
        here.tables["schools"] = schools


def test_a_change_is_another_territory():
    here = town()
    changed = here.with_tables(enrolment=here.enrolment.assign(n=7))
    assert changed != here and here == town() and changed.counts(2023)[0, 0] == 7


# --- the declaration


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_declared_with_a_meaning_an_example_and_a_type(table):
    for column in TABLES[table]:
        assert meaning(table, column.name) and column.example
        assert column.type in {"string", "integer", "number", "year", "geometry"}
        assert not column.refers or keys(column.refers) == (column.refers.removesuffix("s"),)
        assert not column.values or column.example in column.values
    assert keys(table) and set(NEEDED) <= set(TABLES)


def test_normal_form_is_reached_once():
    frame = normal("enrolment", columns("enrolment", PUPILS))
    assert frame.equals(normal("enrolment", frame))
    assert set(frame["n_status"]) <= set(STATUSES) and frame["n"].isna().sum() == 3
    assert np.issubdtype(frame["n"].dropna().to_numpy(dtype="int64").dtype, np.integer)
