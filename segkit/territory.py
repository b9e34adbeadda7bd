"""A territory: its schools, its neighbourhoods, and how many pupils of each group are where.

The tables are declared here once; the checker, the samples, the Excel template, `datapackage.json` and
`data/README.md` read the declaration. If you hold a Territory, it has been checked; nothing in it changes,
and every change is a new one.

>>> import segkit as sk
>>> town = sk.sample("marenza")
>>> town.counts(year=2024, level="primary").shape  # schools × groups
(19, 4)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from segkit.indices.shelf import CannotBeAssessed
from segkit.tables import Table
from segkit.words import listed, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TABLES", "Column", "Territory"]

OK, SUPPRESSED, NOT_AVAILABLE, NOT_APPLICABLE, ROUNDED = STATUSES = (
    "ok",
    "suppressed",
    "not_available",
    "not_applicable",
    "rounded",
)
UNKNOWN = (SUPPRESSED, NOT_AVAILABLE)  # there is a number, and we do not have it
SECTORS = ("public", "church", "subsidised", "private", "other")
MODES = ("private", "shared", "public")
WHOLE = "all"  # the grouping, and its only group, whose count is everyone: the roll of a school


# ── the tables, declared once ───────────────────────────────────────────────────────────────────────


class Column(NamedTuple):
    """A column of a table: its type, an example, and what its values must be.

    The meaning in words is "territory.column.<name>", or "territory.column.<table>.<name>" where a table
    means something else by it.
    """

    name: str
    type: str  # string, integer, number, year or geometry
    example: str
    key: bool = False  # the key columns together tell one row from another
    refers: str = ""  # the table whose key this is
    values: tuple[str, ...] = ()  # the only values there are
    needed: bool = False  # must be filled in every row; key columns always are


YEAR = Column("year", "year", "2024", key=True)
SCHOOL = Column("school", "string", "S01", key=True, refers="schools")
ZONE = Column("zone", "string", "Z1", key=True, refers="zones")
GROUPING = Column("grouping", "string", "origin", key=True)
GROUP = Column("group", "string", "far", key=True)
N = Column("n", "integer", "117")
N_STATUS = Column("n_status", "string", OK, values=STATUSES)

TABLES: dict[str, tuple[Column, ...]] = {
    "schools": (
        SCHOOL._replace(refers=""),
        Column("name", "string", "Cormorant Primary"),
        Column("sector", "string", "public", values=SECTORS),
        Column("level", "string", "primary"),
        Column("zone", "string", "Z1", refers="zones"),
        Column("lat", "number", "35.10619"),
        Column("lon", "number", "160.13247"),
        Column("capacity", "integer", "495"),
    ),
    "zones": (
        ZONE._replace(refers=""),
        Column("name", "string", "Harbour"),
        Column("geometry", "geometry", "Polygon"),
    ),
    "enrolment": (YEAR, SCHOOL, Column("level", "string", "primary", key=True), GROUPING, GROUP, N, N_STATUS),
    "residents": (YEAR, ZONE, GROUPING, GROUP, N, N_STATUS),
    "flows": (YEAR, ZONE, SCHOOL, GROUPING, GROUP, N, N_STATUS),
    "indicators": (
        YEAR,
        SCHOOL,
        GROUPING,
        GROUP,
        Column("indicator", "string", "reads well at 11", key=True),
        N._replace(example="18"),
        Column("out_of", "integer", "33"),
        N_STATUS,
    ),
}
NEEDED = ("schools", "enrolment")  # no territory without them; the others are welcome
COUNTED = ("enrolment", "residents", "flows", "indicators")
COUNTED_OF = {
    "schools": ("enrolment", "school"),
    "residents": ("residents", "zone"),
    "homes": ("flows", "zone"),
}
OWN = "x_"  # columns that begin so are the owner's: kept as they are, never read


def keys(table: str) -> tuple[str, ...]:
    """The columns that together tell one row from another.

    >>> keys("residents")
    ('year', 'zone', 'grouping', 'group')
    """
    return tuple(column.name for column in TABLES[table] if column.key)


def meaning(table: str, column: str) -> str:
    """What a column means, in words."""
    from segkit.words import words

    own = f"territory.column.{table}.{column}"
    return say(own if own in words() else f"territory.column.{column}")


def normal(table: str, frame=None) -> pd.DataFrame:
    """A frame with the declared columns, in order and of their types, then the owner's own as text.

    A column that is missing is empty; a count without a status is "ok".
    """
    import pandas as pd

    frame = pd.DataFrame({} if frame is None else frame)
    out = {}
    for column in TABLES[table]:
        values = frame[column.name] if column.name in frame else pd.Series([None] * len(frame))
        out[column.name] = _typed(column.type, values.reset_index(drop=True))
    if "n_status" in out:
        out["n_status"] = out["n_status"].where(out["n_status"] != "", OK)
    for name in frame.columns:
        if name not in out:
            out[str(name)] = _typed("string", frame[name].reset_index(drop=True))
    return pd.DataFrame(out)


def _typed(kind: str, values) -> pd.Series:
    import pandas as pd

    if kind == "geometry":
        return pd.Series([v if isinstance(v, Mapping) else None for v in values], dtype=object)
    if kind == "number":
        return pd.to_numeric(values).astype("float64")
    if kind in ("integer", "year"):
        return pd.to_numeric(values).astype("Int64")
    return values.astype("str").where(values.notna(), "")


# ── the territory ───────────────────────────────────────────────────────────────────────────────────


def _frame(table: str) -> property:
    """A table as an attribute: a copy that costs nothing until somebody writes in it."""
    return property(lambda self: self.tables[table].copy(deep=False), doc=say(f"territory.table.{table}"))


class Cells(NamedTuple):
    """Counts of which some may be hidden: `n` is 0 where `known` is False, and must not be read there."""

    units: tuple[str, ...]
    groups: tuple[str, ...]
    n: np.ndarray  # (units, groups), whole numbers
    known: np.ndarray  # (units, groups), True where the number is there


@dataclass(frozen=True, eq=False, repr=False)
class Territory:
    """A territory that has been checked: its tables, its groupings, and what may be shown of it.

    `tables` are pandas DataFrames (or columns) by name; in normal form they are `.schools`, `.zones`,
    `.enrolment`, `.residents`, `.flows` and `.indicators`, empty where not given; who writes in one writes in
    a copy. `groupings` says which groups there are, in order, `focal` which of them is measured against
    everyone else. `mode` and `k` are the owner's wish for privacy; `invented` territories may be shown whole.
    """

    name: str
    tables: Mapping[str, pd.DataFrame]
    country: str = ""
    language: str = "en"
    invented: bool = False
    mode: str = "private"
    k: int = 5
    groupings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    focal: Mapping[str, str] = field(default_factory=dict)
    story: str = ""
    recipe: str = ""  # the line of code that makes an invented territory again

    def __post_init__(self):
        tables = MappingProxyType({table: normal(table, self.tables.get(table)) for table in TABLES})
        object.__setattr__(self, "tables", tables)
        groupings = {one: tuple(groups) for one, groups in self.groupings.items()} or _groupings(self)
        object.__setattr__(self, "groupings", groupings)
        object.__setattr__(self, "focal", {one: self._focal_of(one) for one in groupings if one != WHOLE})

    schools, zones, enrolment, residents, flows, indicators = map(_frame, TABLES)

    def __eq__(self, other):
        if not isinstance(other, Territory):
            return NotImplemented
        said = "name country language invented mode k groupings focal".split()
        same = all(getattr(self, one) == getattr(other, one) for one in said)
        return same and all(self.tables[table].equals(other.tables[table]) for table in TABLES)

    __hash__ = None

    def __repr__(self):
        first, last = (self.years[0], self.years[-1]) if self.years else ("–", "–")
        return say(
            "territory.one" if not self.invented else "territory.invented",
            name=self.name,
            schools=len(self.schools),
            zones=len(self.zones),
            first=first,
            last=last,
            groupings=listed(self.groupings),
        )

    # --- what there is

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years with enrolment, in order."""
        return tuple(sorted(set(self.enrolment["year"].dropna().tolist())))

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The levels of schooling that occur, in the order of the file."""
        return tuple(dict.fromkeys(self.enrolment["level"]))

    @cached_property
    def sectors(self) -> tuple[str, ...]:
        """The sectors that occur, in the order of the declaration."""
        there = set(self.schools["sector"])
        return tuple(one for one in SECTORS if one in there)

    def has(self, table: str) -> bool:
        """Is there any row in this table?"""
        return bool(len(self.tables[table]))

    @cached_property
    def readiness(self) -> int:
        """How much there is: 1 totals by school, 2 groups by school, 3 also zones and flows."""
        if not (self.tables["enrolment"]["grouping"] != WHOLE).any():
            return 1
        return 3 if self.has("zones") and self.has("residents") and self.has("flows") else 2

    def indicator_names(self) -> tuple[str, ...]:
        """The outcomes there are, in the order of the file."""
        return tuple(dict.fromkeys(self.indicators["indicator"]))

    # --- counts

    def cells(self, year=None, level=None, grouping=None, *, of="schools", sector=None, zone=None) -> Cells:
        """How many pupils of each group are in each unit, and where that number is hidden.

        of : "schools" (enrolment), "residents" (zones, from the table of that name) or "homes" (zones, from
        the flows: where the pupils of these schools live). year : the last one where nothing is said; "all"
        adds the years up. grouping : the first one where nothing is said. level, sector, zone (of the
        school) : only those. A group without a row, in a unit that has rows of this grouping, is 0 pupils;
        so is a count that is not applicable.
        """
        grouping = self._grouping(grouping)
        groups = self.groupings[grouping]
        table, by = COUNTED_OF[of]
        code = self._codes(table)
        keep = code["grouping"] == grouping
        year = self._year(year, table)
        if year != "all":
            keep &= code["year"] == year
        if level is not None and of == "schools":
            keep &= code["level"] == level
        if of != "residents":
            keep &= self._schools_where(code["school"], sector, zone, level if of == "homes" else None)
        units = self._ids["school" if of == "schools" else "zone"]
        row, column = code[by][keep], self._group_codes(table, grouping)[keep]
        n = np.zeros((len(units), len(groups)), dtype=np.int64)
        known = np.ones_like(n, dtype=bool)
        np.add.at(n, (row, column), code["n"][keep])
        hidden = ~code["known"][keep]
        known[row[hidden], column[hidden]] = False
        n[~known] = 0
        there = np.zeros(len(units), dtype=bool)
        there[row] = True
        peopled = there & (n.any(axis=1) | ~known.all(axis=1))
        at = np.flatnonzero(peopled)
        return Cells(tuple(units[i] for i in at), groups, n[at], known[at])

    def table(self, year=None, level=None, grouping=None, *, of="schools", sector=None, zone=None) -> Table:
        """The units with pupils, one row each, a column for each group, ready for any index.

        As `cells`; hidden counts are refused here (CannotBeAssessed), never read as 0. `extras` holds what is
        known of each school: name, sector, level, zone. With `year="all"` a school comes once a year.
        """
        if year == "all" and of == "schools":
            return self._every_year(level, grouping, sector, zone)
        cells = self.cells(year, level, grouping, of=of, sector=sector, zone=zone)
        if not cells.known.all():
            raise CannotBeAssessed(say("territory.hidden", n=int((~cells.known).sum()), of=cells.known.size))
        grouping = self._grouping(grouping)
        about = self.schools.set_index("school") if of == "schools" else self.zones.set_index("zone")
        about = about.loc[list(cells.units)]
        shown = [c for c in ("name", "sector", "level", "zone", "lat", "lon") if c in about]
        extras = {c: tuple(map(str, about[c])) for c in shown}
        if of == "schools":
            extras = {"year": (str(self._year(year, "enrolment")),) * len(cells.units)} | extras
        focal = self.focal.get(grouping)
        return Table(cells.units, cells.groups, cells.n, focal if focal in cells.groups else None, extras)

    def counts(self, year=None, level=None, grouping=None, **where) -> np.ndarray:
        """The same as a plain array of units × groups."""
        return self.table(year, level, grouping, **where).counts

    def rolls(self, year=None, level=None) -> dict[str, int]:
        """How many pupils each school has, where that is known: everyone's count, or a whole grouping."""
        found: dict[str, int] = {}
        for grouping in sorted(self.groupings, key=lambda one: one != WHOLE):
            cells = self.cells(year, level, grouping)
            for unit, n, known in zip(cells.units, cells.n.sum(1).tolist(), cells.known.all(1), strict=True):
                if known and unit not in found:
                    found[unit] = n
        return {school: found[school] for school in self._ids["school"] if school in found}

    def with_tables(self, **tables) -> Territory:
        """The same territory with other tables: `territory.with_tables(schools=frame)`."""
        return replace(self, tables={**self.tables, **tables})

    # --- inside

    @cached_property
    def _ids(self) -> dict[str, list[str]]:
        zones = self.zones["zone"].tolist()
        if not zones:  # a territory may name zones without having a map
            zones = sorted({*self.residents["zone"], *self.flows["zone"]})
        return {"school": self.schools["school"].tolist(), "zone": zones}

    def _codes(self, table: str) -> dict[str, np.ndarray]:
        """The columns of a table as arrays, with schools and zones as positions: worked out once."""
        done = self.__dict__.setdefault("_coded", {})
        if table not in done:
            frame = self.tables[table]
            code = {"year": frame["year"].to_numpy(dtype="int64", na_value=0)}
            for name in ("grouping", "level"):
                if name in frame:
                    code[name] = frame[name].to_numpy(dtype=object)
            for name in ("school", "zone"):
                if name in frame:
                    import pandas as pd

                    code[name] = pd.Index(self._ids[name]).get_indexer(frame[name])
            code["n"] = frame["n"].to_numpy(dtype="int64", na_value=0)
            status = frame["n_status"].to_numpy(dtype=object)
            code["known"] = ~np.isin(status, UNKNOWN)
            done[table] = code
        return done[table]

    def _group_codes(self, table: str, grouping: str) -> np.ndarray:
        import pandas as pd

        done = self.__dict__.setdefault("_coded_groups", {})
        if (table, grouping) not in done:
            groups = pd.Index(self.groupings[grouping])
            done[table, grouping] = groups.get_indexer(self.tables[table]["group"])
        return done[table, grouping]

    def _schools_where(self, rows: np.ndarray, sector, zone, level) -> np.ndarray:
        """Which rows are of schools of this sector, zone and level."""
        keep = np.ones(len(self.schools), dtype=bool)
        for column, wanted in (("sector", sector), ("zone", zone), ("level", level)):
            if wanted is not None:
                keep &= (self.schools[column] == wanted).to_numpy()
        return keep[rows]

    def _year(self, year, table: str):
        """The year meant; the last one with this table where nothing is said."""
        there = tuple(sorted(set(self.tables[table]["year"].dropna().tolist())))
        if year is None:
            return there[-1] if there else 0
        if year != "all" and year not in there:
            raise ValueError(say("territory.unknown.year", came=year, there=listed(there)))
        return year

    def _grouping(self, grouping) -> str:
        if grouping is None:
            return next((one for one in self.groupings if one != WHOLE), WHOLE)
        if grouping not in self.groupings:
            there = listed(self.groupings)
            raise ValueError(say("territory.unknown.grouping", came=grouping, there=there))
        return grouping

    def _focal_of(self, grouping: str) -> str:
        """The group said to be focal, or else the smallest that has anybody in it."""
        wanted = self.focal.get(grouping)
        groups = self.groupings[grouping]
        if wanted in groups:
            return wanted
        rows = self.enrolment[self.enrolment["grouping"] == grouping]
        sizes = rows.groupby("group")["n"].sum().to_dict() if len(rows) else {}
        return min(groups, key=lambda one: (not sizes.get(one), sizes.get(one, 0), one))

    def _every_year(self, level, grouping, sector, zone) -> Table:
        parts = [self.table(year, level, grouping, sector=sector, zone=zone) for year in self.years]
        first = parts[0]
        extras = {c: sum((part.extras[c] for part in parts), ()) for c in first.extras}
        counts = np.concatenate([part.counts for part in parts])
        return Table(sum((part.units for part in parts), ()), first.groups, counts, first.focal, extras)


def _groupings(territory: Territory) -> dict[str, tuple[str, ...]]:
    """The groupings and groups that occur, in the order of the file."""
    found: dict[str, dict[str, None]] = {}
    for table in COUNTED:
        frame = getattr(territory, table)[["grouping", "group"]].drop_duplicates()
        for grouping, group in frame.itertuples(index=False):
            found.setdefault(grouping, {})[group] = None
    return {grouping: tuple(groups) for grouping, groups in found.items()}
