"""Towns that do not exist, so that everything about them may be shown.

A recipe says how many children live where, which sector their families choose and which schools open, close
or merge. Every child draws its lots (home and origin, free meals, sector, school, and one more in case that
school closes); what is kept is only the counts.

All arithmetic is on whole numbers: a logarithm may differ in its last digit between two machines, and a child
would then sit in another school.
"""

from __future__ import annotations

import csv
import difflib
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from segkit.words import listed, say

if TYPE_CHECKING:
    from segkit.tables import Table

SECTORS = ("public", "church", "private")
ORIGINS = ("local", "mixed", "near", "far")
MEALS = ("free_meals", "not free_meals")  # named as `read` names a part of a total, and the rest of it
GROUPINGS = {"origin": ORIGINS, "free_meals": MEALS}
FOCAL = {"origin": "far", "free_meals": "free_meals"}  # "far" is the smallest group in every year and level


# ── the recipe ──────────────────────────────────────────────────────────────────────────────────────


class Zone(NamedTuple):
    """A neighbourhood: who grows up there, and how ready its families are to leave the public school."""

    name: str
    children: tuple[int, ...]  # of every 1,000 children of the town: how many live here, by origin
    leave: int  # readiness to leave for a church or private school, in per cent of the town's
    meals: int  # free meals: percentage points more (or fewer) than the town's families of the same origin
    at: tuple[int, int]  # north and east of the town's corner, in hundred-thousandths of a degree


class School(NamedTuple):
    """A school: what it is, how many it takes each year, and when it opened or closed."""

    name: str
    sector: str
    level: str
    zone: str
    places: int  # new pupils a year it is built for: a school twice as large attracts twice as many
    opens: int | None = None  # first year with pupils, one class a year; None: it was always there
    closes: int | None = None  # first year without pupils
    into: str | None = None  # where its pupils go all together (a merger); None: each family chooses again


@dataclass(frozen=True)
class Recipe:
    """Everything that makes a town what it is: change a number and you have another town.

    Shares are per 1,000 children. A pair (start, step) is the value for the first class of the story and what
    is added for each later class: tendencies are slow, because a school holds several classes at once.
    """

    name: str
    zones: tuple[Zone, ...]
    schools: tuple[School, ...]
    years: tuple[int, ...] = (2020, 2021, 2022, 2023, 2024)  # the autumn in which the school year begins
    grades: tuple[tuple[str, int], ...] = (("primary", 5), ("lower-secondary", 3))  # years a pupil stays
    children: int = 800  # children who start each level every year, about
    growth: tuple[int, ...] = (0, 30, 15, 20)  # by origin: how fast its share grows, per 1,000 a year
    # Which families choose a church or a private school, by origin: (start, step).
    church: tuple[tuple[int, int], ...] = ((110, 12), (80, 4), (60, -2), (45, -3))
    private: tuple[tuple[int, int], ...] = ((35, 11), (25, 3), (8, 0), (6, 0))
    # Of those with free meals who would choose such a school, one in this many does.
    church_meals: int = 2
    private_meals: int = 8
    # Public places given by address, in per cent: the rest are shared out over the whole town.
    by_address: tuple[int, int] = (92, -5)
    free_meals: tuple[int, ...] = (17, 26, 42, 50)  # by origin, per cent
    nearby: int = 3  # a church or private school in one's own neighbourhood counts this many times
    corner: tuple[int, int] = (3510000, 16010000)  # 35° N 160° E: open ocean, days from any town

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(level for level, _ in self.grades)


MARENZA = Recipe(
    name="marenza",
    zones=(
        #                     local mixed near far   leave meals   north, east
        Zone("Harbour", (40, 16, 34, 36), 190, 8, (600, 2800)),
        Zone("Ropewalk", (72, 20, 44, 14), 140, 4, (2300, 2400)),
        Zone("Saltmarsh", (66, 18, 32, 20), 150, 12, (900, 4900)),
        Zone("Lighthouse", (138, 14, 6, 3), 80, -10, (500, 700)),
        Zone("Orchards", (140, 16, 10, 4), 80, -6, (3300, 600)),
        Zone("Brickfields", (146, 30, 26, 9), 100, 0, (3600, 4200)),
        Zone("Farms", (34, 4, 3, 5), 60, 2, (6000, 3000)),
    ),
    schools=(
        School("Cormorant Primary", "public", "primary", "Harbour", 76),  # the one that dominates D
        School("Hawser Primary", "public", "primary", "Ropewalk", 52),
        School("Lantern Primary", "public", "primary", "Ropewalk", 42),
        School("Samphire Primary", "public", "primary", "Saltmarsh", 58),
        School("Curlew Primary", "public", "primary", "Saltmarsh", 26, closes=2023),
        School("Stormglass Primary", "public", "primary", "Lighthouse", 56),
        School("Seathrift Primary", "public", "primary", "Lighthouse", 48),
        School("Quince Primary", "public", "primary", "Orchards", 60),
        School("Medlar Primary", "public", "primary", "Orchards", 50),
        School("Kiln Primary", "public", "primary", "Brickfields", 72),
        School("Terracotta Primary", "public", "primary", "Brickfields", 64),
        School("Furrow Primary", "public", "primary", "Farms", 7),  # five small schools, alike but for chance
        School("Skylark Primary", "public", "primary", "Farms", 7),
        School("Hedgerow Primary", "public", "primary", "Farms", 7),
        School("Threshing Floor Primary", "public", "primary", "Farms", 7),
        School("Drystone Primary", "public", "primary", "Farms", 7, closes=2022, into="Hedgerow Primary"),
        School("Olive Branch Primary", "church", "primary", "Ropewalk", 40),
        School("White Gate Primary", "church", "primary", "Orchards", 44),
        School("Seven Lamps Primary", "church", "primary", "Brickfields", 36),
        School("Sextant Primary", "private", "primary", "Lighthouse", 40),
        School("Orrery Primary", "private", "primary", "Orchards", 24, opens=2021),
        School("Breakwater Lower Secondary", "public", "lower-secondary", "Harbour", 74),
        School("Capstan Lower Secondary", "public", "lower-secondary", "Ropewalk", 94),
        School("Sandpiper Lower Secondary", "public", "lower-secondary", "Saltmarsh", 84),
        School("Spindrift Lower Secondary", "public", "lower-secondary", "Lighthouse", 104),
        School("Walnut Lower Secondary", "public", "lower-secondary", "Orchards", 118),
        School("Chimney Row Lower Secondary", "public", "lower-secondary", "Brickfields", 140),
        School("Candlemaker Lower Secondary", "church", "lower-secondary", "Ropewalk", 62),
        School("Pilgrim Shell Lower Secondary", "church", "lower-secondary", "Orchards", 62),
        School("Astrolabe Lower Secondary", "private", "lower-secondary", "Lighthouse", 60),
    ),
)

RECIPES = {recipe.name: recipe for recipe in (MARENZA,)}


# ── the tables, declared once ───────────────────────────────────────────────────────────────────────


class Column(NamedTuple):
    """A column of a table: its type, one example from the town as it is written, what it refers to."""

    name: str
    type: str
    example: str
    key: bool = False  # the key columns together tell one row from another
    refers: str = ""  # the table whose key this is


# Used by the writer and by every README. The meaning of a column is the word "sample.column.<name>".
TABLES: dict[str, tuple[Column, ...]] = {
    "schools": (
        Column("school", "string", "S01", key=True),
        Column("name", "string", "Cormorant Primary"),
        Column("sector", "string", "public"),
        Column("level", "string", "primary"),
        Column("zone", "string", "Harbour"),
        Column("lat", "number", "35.10801"),
        Column("lon", "number", "160.12728"),
        Column("capacity", "integer", "550"),
        Column("x_note", "string", "opened in 2021"),
    ),
    "enrolment": (
        Column("year", "year", "2024", key=True),
        Column("school", "string", "S01", key=True, refers="schools"),
        Column("level", "string", "primary", key=True),
        Column("grouping", "string", "origin", key=True),
        Column("group", "string", "far", key=True),
        Column("n", "integer", "117"),
        Column("n_status", "string", "ok"),
    ),
    "origin_by_school": (
        Column("year", "year", "2024", key=True),
        Column("school", "string", "S01", key=True, refers="schools"),
        Column("name", "string", "Cormorant Primary"),
        Column("sector", "string", "public"),
        Column("level", "string", "primary"),
        Column("zone", "string", "Harbour"),
        Column("lat", "number", "35.10801"),
        Column("lon", "number", "160.12728"),
        Column("local", "integer", "134"),
        Column("mixed", "integer", "59"),
        Column("near", "integer", "96"),
        Column("far", "integer", "117"),
    ),
    "free_meals": (
        Column("year", "year", "2024", key=True),
        Column("school", "string", "S01", key=True, refers="schools"),
        Column("name", "string", "Cormorant Primary"),
        Column("sector", "string", "public"),
        Column("level", "string", "primary"),
        Column("zone", "string", "Harbour"),
        Column("roll", "integer", "406"),
        Column("free_meals", "integer", "154"),
    ),
}


# ── the town ────────────────────────────────────────────────────────────────────────────────────────


class SampleError(ValueError):
    """What stood in the way of inventing or writing a town, in words for the person who asked."""


@dataclass(frozen=True, eq=False, repr=False)
class Sample:
    """An invented town: its schools, and how many pupils of each group they had in each year.

    >>> town = sample("marenza")
    >>> town
    Marenza, an invented town (seed 1): 30 schools in 7 neighbourhoods, 2020 to 2024, 6385 pupils in 2024
    >>> town.counts(year=2024, level="primary").shape  # schools × groups
    (19, 4)
    """

    recipe: Recipe
    seed: int
    pupils: dict[str, np.ndarray]  # grouping -> (years, schools, groups)
    sites: tuple[tuple[float, float, int], ...]  # lat, lon, capacity of each school

    def __repr__(self) -> str:
        return say(
            "sample.town",
            town=say("sample.readme.title", town=self.name.capitalize()),
            seed=self.seed,
            schools=len(self.recipe.schools),
            zones=len(self.recipe.zones),
            first=self.recipe.years[0],
            last=self.recipe.years[-1],
            pupils=int(self.pupils["origin"][-1].sum()),
        )

    @property
    def name(self) -> str:
        return self.recipe.name

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """S01, S02 … in the order of the recipe: an S in front, so that no spreadsheet eats the zero."""
        return tuple(f"S{number:02d}" for number in range(1, len(self.recipe.schools) + 1))

    @cached_property
    def tables(self) -> dict[str, dict[str, tuple]]:
        """Every table as plain columns: tables["schools"]["zone"] is a tuple with one value per school."""
        rows = {
            "schools": self._school_rows(),
            "enrolment": self._enrolment_rows(),
            "origin_by_school": self._origin_rows(),
            "free_meals": self._meals_rows(),
        }
        return {
            table: dict(zip((column.name for column in columns), zip(*rows[table], strict=True), strict=True))
            for table, columns in TABLES.items()
        }

    @property
    def schools(self) -> dict[str, tuple]:
        """One row per school."""
        return self.tables["schools"]

    @property
    def enrolment(self) -> dict[str, tuple]:
        """One row per year, school and group, for both groupings."""
        return self.tables["enrolment"]

    @property
    def origin_by_school(self) -> dict[str, tuple]:
        """One row per year and school, a column for each origin."""
        return self.tables["origin_by_school"]

    @property
    def free_meals(self) -> dict[str, tuple]:
        """One row per year and school: the roll, and those of them who have free meals."""
        return self.tables["free_meals"]

    def wide(self, year: int | None = None, level: str | None = None, grouping: str = "origin") -> Table:
        """The schools with pupils, one row each, a column for each group: what `read` makes of the files.

        Without a year every school comes back once a year, as `by="year"` would have it.
        """
        from segkit.tables import Table  # here, so that a sample can be written without loading the reader

        _known("year", year, self.recipe.years)
        _known("level", level, self.recipe.levels)
        _known("grouping", grouping, GROUPINGS)
        rows = [
            (when, where)
            for when, where in self._present()
            if year in (None, self.recipe.years[when]) and level in (None, self.recipe.schools[where].level)
        ]
        names = [column.name for column in TABLES["origin_by_school"]]
        labels = zip(*((*self._labels(*row), *self.sites[row[1]][:2]) for row in rows), strict=True)
        columns = dict(zip(names, labels, strict=False))  # the labels come first, then the groups
        return Table(
            units=columns.pop("school"),
            groups=GROUPINGS[grouping],
            counts=np.array([self.pupils[grouping][row] for row in rows]),
            focal=FOCAL[grouping],
            extras={column: tuple(map(str, values)) for column, values in columns.items()},
        )

    def counts(self, year: int | None = None, level: str | None = None, grouping: str = "origin"):
        """The same as an array of schools × groups, ready for any index."""
        return self.wide(year, level, grouping).counts

    def files(self) -> dict[str, str]:
        """Every file of the town by name, as text."""
        texts = {f"{table}.csv": _csv(columns) for table, columns in self.tables.items()}
        return texts | {"README.md": _readme(self)}

    def write(self, folder: str | Path, *, replace: bool = False) -> tuple[Path, ...]:
        """Put the tables and their README into a folder; other people's files there are left alone."""
        return _write(Path(folder), self.files(), replace=replace)

    def _present(self) -> list[tuple[int, int]]:
        """(year, school) pairs with pupils, in reading order."""
        return [tuple(pair) for pair in np.argwhere(self.pupils["origin"].sum(axis=2)).tolist()]

    def _school_rows(self) -> list[tuple]:
        return [
            (one, school.name, school.sector, school.level, school.zone, *site, _note(self.recipe, school))
            for one, school, site in zip(self.ids, self.recipe.schools, self.sites, strict=True)
        ]

    def _enrolment_rows(self) -> list[tuple]:
        years, schools = self.recipe.years, self.recipe.schools
        return [
            (years[when], self.ids[where], schools[where].level, grouping, group, n, "ok")
            for grouping, groups in GROUPINGS.items()
            for when, where in self._present()
            for group, n in zip(groups, self.pupils[grouping][when, where].tolist(), strict=True)
        ]

    def _origin_rows(self) -> list[tuple]:
        return [
            (*self._labels(when, where), *self.sites[where][:2], *self.pupils["origin"][when, where].tolist())
            for when, where in self._present()
        ]

    def _meals_rows(self) -> list[tuple]:
        pupils = self.pupils["free_meals"].tolist()
        return [
            (*self._labels(when, where), sum(pupils[when][where]), pupils[when][where][0])
            for when, where in self._present()
        ]

    def _labels(self, when: int, where: int) -> tuple:
        school = self.recipe.schools[where]
        return self.recipe.years[when], self.ids[where], school.name, school.sector, school.level, school.zone


def sample(name: str | Recipe = "marenza", *, seed: int = 1) -> Sample:
    """A town that does not exist; the same name and seed give the same town on every machine.

    Pass a recipe of your own to vary one: `sample(dataclasses.replace(MARENZA, by_address=(92, 0)))`. Lots
    are drawn in the same order whatever the numbers say, so only the children a change concerns differ.
    """
    recipe = name if isinstance(name, Recipe) else _recipe(name)
    if not isinstance(seed, int) or seed < 0:
        raise SampleError(say("sample.seed", seed=seed))
    pupils = _grow(recipe, seed)
    return Sample(recipe, seed, pupils, _sites(recipe, seed, pupils["origin"].sum(axis=2).max(axis=0)))


def write_all(folder: str | Path, *, seed: int = 1, replace: bool = False) -> tuple[Path, ...]:
    """Every town in a folder of its own, and a README that says what the tables hold."""
    towns = [sample(name, seed=seed) for name in RECIPES]
    files = {f"{town.name}/{file}": text for town in towns for file, text in town.files().items()}
    return _write(Path(folder), files | {"README.md": _readme_of_all(towns)}, replace=replace)


# ── growing it ──────────────────────────────────────────────────────────────────────────────────────

_LOT = 31  # a lot is a whole number below 2**31: times a total below 2**31 it still fits in 64 bits


def _grow(recipe: Recipe, seed: int) -> dict[str, np.ndarray]:
    """Let one class after another grow up, and count who sits where in each year."""
    pupils = {
        grouping: np.zeros((len(recipe.years), len(recipe.schools), len(groups)), dtype=np.int64)
        for grouping, groups in GROUPINGS.items()
    }
    for number, (level, grades) in enumerate(recipe.grades):
        for entry in range(recipe.years[0] - grades + 1, recipe.years[-1] + 1):
            # a stream for each class: touch one year of the recipe and the other classes stay as they were
            rng = np.random.Generator(np.random.PCG64([seed, number, entry]))
            children = recipe.children + int(rng.integers(-25, 26))
            lots = rng.integers(0, 2**_LOT, size=(5, children))
            zone, origin = _home(recipe, entry, lots[0])
            meals = _meals(recipe, zone, origin, lots[1])
            sector = _sector(recipe, entry, level, zone, origin, meals, lots[2])
            school = _school(recipe, entry, level, zone, sector, lots[3])
            for year in range(entry, entry + grades):
                school = _moved(recipe, year, level, zone, sector, school, lots[4])
                if year in recipe.years:
                    when = recipe.years.index(year)
                    np.add.at(pupils["origin"], (when, school, origin), 1)
                    np.add.at(pupils["free_meals"], (when, school, meals), 1)
    for counts in pupils.values():
        counts.flags.writeable = False
    return pupils


def _steps(recipe: Recipe, entry: int) -> int:
    """How many classes into the story this one is: the oldest pupils of the first year are class 0."""
    return entry - (recipe.years[0] - max(grades for _, grades in recipe.grades) + 1)


def _at(tendency: tuple[int, int], steps: int) -> int:
    """A tendency (start, step) when so many classes have passed; a share never falls below nothing."""
    start, step = tendency
    return max(start + step * steps, 0)


def _home(recipe: Recipe, entry: int, lots: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each child lives, and where its parents were born."""
    growth = 1000 + _steps(recipe, entry) * np.array(recipe.growth)
    weights = np.array([zone.children for zone in recipe.zones]) * growth
    return np.divmod(_pick(np.broadcast_to(weights.ravel(), (len(lots), weights.size)), lots), len(ORIGINS))


def _meals(recipe: Recipe, zone: np.ndarray, origin: np.ndarray, lots: np.ndarray) -> np.ndarray:
    """0 for a child who has free meals, 1 for all others: their places in MEALS."""
    here = np.array([zone.meals for zone in recipe.zones])[zone]
    share = np.clip(np.array(recipe.free_meals)[origin] + here, 0, 100)
    return _pick(np.stack([share, 100 - share], axis=1), lots)


def _sector(recipe, entry, level, zone, origin, meals, lots) -> np.ndarray:
    """Public, church or private: what families of this origin, neighbourhood and purse choose."""
    steps = _steps(recipe, entry)
    ready = np.array([zone.leave for zone in recipe.zones])[zone]

    def leaving(sector, shares, one_in):
        wish = np.array([_at(share, steps) for share in shares])[origin] * ready // 100
        there_is = any(school.sector == sector and _open(school, entry, level) for school in recipe.schools)
        return np.where(meals == 0, wish // one_in, wish) * there_is

    church = leaving("church", recipe.church, recipe.church_meals)
    private = leaving("private", recipe.private, recipe.private_meals)
    public = np.maximum(1000 - church - private, 0)
    return _pick(np.stack([public, church, private], axis=1), lots)


def _school(recipe, entry, level, zone, sector, lots) -> np.ndarray:
    """Public places go by address or over the whole town; other families look first near their home."""
    places = np.array([school.places * _open(school, entry, level) for school in recipe.schools])
    home = np.array([[school.zone == zone.name for school in recipe.schools] for zone in recipe.zones])
    public, church, private = (
        places * np.array([school.sector == one for school in recipe.schools]) for one in SECTORS
    )
    near = public * home
    in_town, in_zone = public.sum(), near.sum(axis=1, keepdims=True)
    stay = min(_at(recipe.by_address, _steps(recipe, entry)), 100)
    # of every hundred, `stay` go by address and the rest over the town; where the zone has no school, all do
    given = np.where(in_zone, stay * near * in_town + (100 - stay) * public * in_zone, public)
    sought = np.where(home, recipe.nearby, 1)
    return _pick(np.stack([given, sought * church, sought * private])[sector, zone], lots)


def _moved(recipe, year, level, zone, sector, school, lots) -> np.ndarray:
    """When a school closes its pupils go where it merges, or their families choose again."""
    names = [one.name for one in recipe.schools]
    for number, one in enumerate(recipe.schools):
        leaving = (school == number) & (one.closes == year)
        if leaving.any():
            again = _school(recipe, year, level, zone, sector, lots)
            school = np.where(leaving, names.index(one.into) if one.into else again, school)
    return school


def _open(school: School, year: int, level: str) -> bool:
    return school.level == level and (school.opens or year) <= year < (school.closes or year + 1)


def _pick(weights: np.ndarray, lots: np.ndarray) -> np.ndarray:
    """One choice per row, in proportion to whole-number weights; the lot says where along them it falls."""
    ends = np.cumsum(weights, axis=1, dtype=np.int64)
    point = lots * ends[:, -1] >> _LOT
    return (ends <= point[:, None]).sum(axis=1)


def _sites(recipe: Recipe, seed: int, rolls: np.ndarray) -> tuple[tuple[float, float, int], ...]:
    """Where each school stands, and how many it can hold: its fullest year and a little more."""
    rng = np.random.Generator(np.random.PCG64([seed, len(recipe.grades)]))
    zones = {zone.name: zone for zone in recipe.zones}
    sites = []
    for school, roll in zip(recipe.schools, rolls.tolist(), strict=True):
        north, east = (at + int(rng.integers(-700, 701)) for at in zones[school.zone].at)
        spare = int(rng.integers(2, 21))  # per cent
        capacity = -(-roll * (100 + spare) // 500) * 5  # up to the next five, as buildings are counted
        sites.append(((recipe.corner[0] + north) / 100000, (recipe.corner[1] + east) / 100000, capacity))
    return tuple(sites)


# ── writing it ──────────────────────────────────────────────────────────────────────────────────────


def _note(recipe: Recipe, school: School) -> str:
    if school.into:
        return say("sample.note.merged", year=school.closes, into=school.into)
    if school.closes:
        return say("sample.note.closed", year=school.closes)
    return say("sample.note.opened", year=school.opens) if school.opens else ""


def _csv(columns: Mapping[str, tuple]) -> str:
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\n")
    write.writerow(columns)
    write.writerows(zip(*columns.values(), strict=True))
    return text.getvalue()


def _readme(town: Sample) -> str:
    title = town.name.capitalize()
    command = f"segkit sample {town.name} FOLDER --seed {town.seed}"
    return _page(
        "# " + say("sample.readme.title", town=title),
        say("sample.readme.invented"),
        *_told(town),
        _words(),
        *(_declared(table) for table in TABLES),
        "## " + say("sample.readme.again"),
        say("sample.readme.command"),
        f"    {command}",
    )


def _readme_of_all(towns: list[Sample]) -> str:
    return _page(
        "# " + say("sample.readme.all"),
        say("sample.readme.invented"),
        "\n".join(
            f"- [{town.name.capitalize()}]({town.name}/README.md): {say(f'sample.{town.name}.about')}"
            for town in towns
        ),
        _words(),
        *(_declared(table) for table in TABLES),
        "## " + say("sample.readme.again"),
        say("sample.readme.command"),
        f"    segkit sample all FOLDER --seed {towns[0].seed}",
    )


def _told(town: Sample) -> list[str]:
    """The story, for a town of our own; a varied recipe tells its own."""
    return [say(f"sample.{town.name}.story")] if RECIPES.get(town.name) == town.recipe else []


def _words() -> str:
    """What the groups and the sectors are."""
    lines = ["## " + say("sample.readme.words"), ""]
    for kind, names in (("sector", SECTORS), *(("group", groups) for groups in GROUPINGS.values())):
        lines += [f"- `{name}`: {say(f'sample.{kind}.{name}')}" for name in names]
    return "\n".join(lines)


def _declared(table: str) -> str:
    """A table as its README shows it: each column with type, meaning and example."""
    head = [say(f"sample.readme.{word}") for word in ("column", "type", "meaning", "example")]
    rows = [head, ["---"] * len(head)]
    for column in TABLES[table]:
        meaning = say(f"sample.column.{column.name}")
        if column.refers:
            meaning += "; " + say("sample.readme.refers", table=f"{column.refers}.csv")
        name = f"**{column.name}**" if column.key else column.name
        rows.append([name, column.type, meaning, f"`{column.example}`"])
    lines = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([f"## {table}.csv", "", say(f"sample.table.{table}"), "", *lines])


def _page(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


def _write(folder: Path, files: Mapping[str, str], *, replace: bool) -> tuple[Path, ...]:
    """All or, when something of somebody else's is in the way, nothing."""
    texts = {folder / file: text.encode() for file, text in files.items()}
    try:
        others = [path for path, text in texts.items() if os.path.lexists(path) and path.read_bytes() != text]
        if others and not replace:
            names = ", ".join(str(path.relative_to(folder)) for path in others)
            raise SampleError(say("sample.overwrite", folder=folder, files=names))
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
    except OSError as error:
        raise SampleError(say("sample.unwritable", folder=folder, reason=error.strerror or error)) from error
    return tuple(texts)


def _recipe(name: str) -> Recipe:
    if name not in RECIPES:
        raise SampleError(_unknown("town", name, RECIPES))
    return RECIPES[name]


def _known(what: str, value: object, known) -> None:
    if value is not None and value not in known:
        raise SampleError(_unknown(what, value, known))


def _unknown(what: str, value: object, known) -> str:
    names = [str(one) for one in known]
    close = difflib.get_close_matches(str(value).lower(), names, n=1)
    there_are = say("sample.there_are", names=listed(names))
    hint = say("sample.did_you_mean", name=close[0]) if close else there_are
    return f"{say(f'sample.unknown.{what}', name=value)}; {hint}"
