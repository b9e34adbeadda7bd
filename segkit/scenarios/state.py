"""A territory as an edit sees it: the same tables, each a dense array, so that one edit touches one array.

A `State` is never written into: an edit copies the arrays it changes and shares all others with the state
before. The tables of a `Territory` are made from it only when somebody asks (`built`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from segkit.territory import STATUSES, UNKNOWN, Cells, Territory

if TYPE_CHECKING:
    import pandas as pd

NO_ROW, OK = 0, 1  # what stands in a cell: nothing at all, or one of the statuses, counted from 1
STATUS = {name: code for code, name in enumerate(STATUSES, 1)}
HIDDEN = tuple(STATUS[name] for name in UNKNOWN)
EMPTY = (*HIDDEN, STATUS["not_applicable"])  # there is no number to write

# table -> the columns that name an array, and those along its axes
ARRAYS = {
    "enrolment": (("year", "level", "grouping"), ("school", "group")),
    "residents": (("year", "grouping"), ("zone", "group")),
    "flows": (("year", "grouping"), ("zone", "school", "group")),
    "indicators": (("year", "grouping", "indicator"), ("school", "group")),
}
Key = tuple


class Block(NamedTuple):
    """The counts of one year and grouping: whole numbers, and what is known of each."""

    n: np.ndarray
    status: np.ndarray
    out_of: np.ndarray | None = None  # outcomes only

    @property
    def known(self) -> np.ndarray:
        return (self.status != HIDDEN[0]) & (self.status != HIDDEN[1])

    def but(self, **arrays) -> Block:
        """The same with other arrays; a count where there was no row is a count."""
        block = self._replace(**arrays)
        fresh = (block.n > 0) & (block.status == NO_ROW)
        return block._replace(status=np.where(fresh, np.uint8(OK), block.status)) if fresh.any() else block


class School(NamedTuple):
    id: str
    name: str
    sector: str
    level: str
    zone: str
    lat: float | None
    lon: float | None
    capacity: int | None
    row: int  # of the table it came from; −1 for a school that was added


class Place:
    """What no edit changes: the territory at the start, its map, and which row each cell came from."""

    def __init__(self, base: Territory):
        self.base = base
        self.years, self.levels = base.years, base.levels or ("",)
        self.zones = tuple(base._ids["zone"])
        self.zone_at = {zone: z for z, zone in enumerate(self.zones)}
        names = dict(zip(base.zones["zone"], base.zones["name"], strict=True))
        self.zone_names = {zone: names.get(zone) or zone for zone in self.zones}
        self.rows: dict[str, dict[Key, np.ndarray]] = {}  # table -> key -> the row of each cell, or −1
        self.strangers: dict[str, np.ndarray] = {}  # table -> rows of places that are in no other table

    @cached_property
    def outlines(self) -> dict:
        from segkit.zones import shapes

        return shapes(self.base.zones)

    @cached_property
    def middles(self) -> tuple[np.ndarray, np.ndarray]:
        """Latitude and longitude of the middle of each zone; NaN where it has no outline."""
        from segkit.zones import centres

        lat, lon = centres(self.base.zones) if len(self.base.zones) else ((), ())
        found = dict(zip(self.base.zones["zone"], zip(lat, lon, strict=True), strict=True))
        pairs = [found.get(zone, (np.nan, np.nan)) for zone in self.zones]
        return tuple(np.array(pairs, float).reshape(-1, 2).T)

    def zone_of(self, lat: float, lon: float) -> str:
        """The zone a point lies in; on a border the first, "" in none."""
        from shapely.geometry import Point

        point = Point(lon, lat)
        return next((zone for zone, outline in self.outlines.items() if outline.intersects(point)), "")


@dataclass(frozen=True, eq=False)
class State:
    place: Place
    schools: tuple[School, ...]
    gone: frozenset[int]
    groupings: Mapping[str, tuple[str, ...]]
    focal: Mapping[str, str]
    came: Mapping[str, tuple[int, ...]]  # grouping -> which column of the start each group was; −1 if none
    enrolment: Mapping[Key, Block]
    residents: Mapping[Key, Block]
    flows: Mapping[Key, Block]
    indicators: Mapping[Key, Block]

    @cached_property
    def at(self) -> dict[str, int]:
        """school -> its place in every array; schools that are gone have none."""
        return {school.id: j for j, school in enumerate(self.schools) if j not in self.gone}

    def cells(self, year, level, grouping) -> Cells:
        """As `Territory.cells`: the schools with pupils, how many of each group, and what is hidden."""
        found, at = self.peopled(year, level, grouping)
        groups = self.groupings[grouping]
        if found is None:
            nobody = np.zeros((0, len(groups)), np.int64)
            return Cells((), groups, nobody, nobody.astype(bool))
        n, known = found.n[at], found.known[at]
        return Cells(tuple(self.schools[j].id for j in at), groups, n, known)

    def peopled(self, year, level, grouping) -> tuple[Block | None, np.ndarray]:
        """The array of one year, level and grouping, and which of its rows have anybody in them."""
        block = self.enrolment.get((year, level, grouping))
        if block is None:
            return None, np.zeros(0, int)
        return block, np.flatnonzero(block.n.any(1) | ~block.known.all(1))

    def with_tables(self, **tables) -> State:
        return replace(self, **tables)


# --- from a territory and back


def opened(base: Territory) -> State:
    """A territory as arrays."""
    place = Place(base)
    columns = [base.schools[name].tolist() for name in School._fields[1:-1]]
    ids = base.schools["school"].tolist()
    schools = tuple(
        School(ids[i], *texts, _number(lat), _number(lon), _number(capacity), i)
        for i, (*texts, lat, lon, capacity) in enumerate(zip(*columns, strict=True))
    )
    tables = {table: _blocks(base, table, place) for table in ARRAYS}
    came = {grouping: tuple(range(len(groups))) for grouping, groups in base.groupings.items()}
    return State(place, schools, frozenset(), dict(base.groupings), dict(base.focal), came, **tables)


def _number(value):
    """A number, or None where the table has none.

    >>> _number(float("nan")), _number(3)
    (None, 3)
    """
    import pandas as pd

    return None if pd.isna(value) else value


def _blocks(base: Territory, table: str, place: Place) -> dict[Key, Block]:
    import pandas as pd

    frame, (names, axes) = base.tables[table], ARRAYS[table]
    place.rows[table], place.strangers[table] = {}, np.zeros(0, int)
    if not len(frame):
        return {}
    ids = {"school": base._ids["school"], "zone": place.zones}
    codes = {axis: pd.Index(ids[axis]).get_indexer(frame[axis]) for axis in axes if axis != "group"}
    lost = np.any([code < 0 for code in codes.values()], axis=0)
    place.strangers[table] = np.flatnonzero(lost)
    n = frame["n"].to_numpy("int64", na_value=0)
    status = frame["n_status"].map(STATUS).to_numpy("uint8")
    out_of = frame["out_of"].to_numpy("int64", na_value=0) if "out_of" in frame else None
    found = {}
    for key, rows in frame.groupby(list(names), sort=False).indices.items():
        key = tuple(int(part) if name == "year" else part for name, part in zip(names, key, strict=True))
        rows = rows[~lost[rows]]
        groups = base.groupings[key[names.index("grouping")]]
        column = pd.Index(groups).get_indexer(frame["group"].iloc[rows])
        cell = (*(codes[axis][rows] for axis in axes[:-1]), column)
        shape = (*(len(ids[axis]) for axis in axes[:-1]), len(groups))
        came = np.full(shape, -1)
        arrays = [np.zeros(shape, np.int64), np.zeros(shape, np.uint8)]
        came[cell], arrays[0][cell], arrays[1][cell] = rows, n[rows], status[rows]
        if out_of is not None:
            arrays.append(np.zeros(shape, np.int64))
            arrays[2][cell] = out_of[rows]
        found[key], place.rows[table][key] = Block(*arrays), came
    return found


def built(state: State, start: State, recipe: str = "") -> Territory:
    """The territory a state stands for; rows that no edit touched are as they came, and where they were."""
    base = state.place.base
    if state is start:
        return base
    tables = {"schools": _schools(state), "zones": base.tables["zones"]}
    for table in ARRAYS:
        same = getattr(state, table) is getattr(start, table) and state.gone == start.gone
        tables[table] = base.tables[table] if same else _rows(state, table)
    groups = {"groupings": dict(state.groupings), "focal": dict(state.focal)}
    return replace(base, tables=tables, recipe=recipe, **groups)


def _schools(state: State) -> pd.DataFrame:
    import pandas as pd

    base = state.place.base.schools
    there = [school for j, school in enumerate(state.schools) if j not in state.gone]
    frame = base.iloc[[max(school.row, 0) for school in there]].reset_index(drop=True)
    fresh = np.array([school.row < 0 for school in there], bool)
    for name in frame.columns:
        field = "id" if name == "school" else name
        if field in School._fields[:-1]:
            frame[name] = pd.array([getattr(school, field) for school in there], dtype=base[name].dtype)
        elif fresh.any():
            frame[name] = frame[name].where(~fresh, "")
    return frame


def _rows(state: State, table: str) -> pd.DataFrame:
    import pandas as pd

    place, (names, axes) = state.place, ARRAYS[table]
    base = place.base.tables[table]
    ids = {"school": np.array([school.id for school in state.schools], object)}
    ids["zone"] = np.array(place.zones, object)
    parts = []
    for key, block in getattr(state, table).items():
        grouping = key[names.index("grouping")]
        cell = np.nonzero(block.status)
        came = place.rows[table].get(key)
        row = np.full(len(cell[0]), -1)
        if came is not None:
            column = np.array(state.came[grouping])[cell[-1]]
            old = (column >= 0) & np.all([a < s for a, s in zip(cell[:-1], came.shape, strict=False)], 0)
            row[old] = came[(*(a[old] for a in cell[:-1]), column[old])]
        part = {name: np.full(len(row), value, object) for name, value in zip(names, key, strict=True)}
        for axis, code in zip(axes[:-1], cell[:-1], strict=True):
            part[axis] = ids[axis][code]
        part["group"] = np.array(state.groupings[grouping], object)[cell[-1]]
        part |= {"row": row, "n": block.n[cell], "status": block.status[cell]}
        if block.out_of is not None:
            part["out_of"] = block.out_of[cell]
        parts.append(part)
    strangers = _strangers(state, table, base)
    if not parts:
        return base.iloc[strangers].reset_index(drop=True)
    told = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    row = told.pop("row").astype(int)
    frame = base.reindex(row).reset_index(drop=True)
    new = row < 0
    for name in base.columns:
        if name in (*names, *axes):
            frame[name] = pd.Series(told[name], dtype=base[name].dtype)
        elif name not in ("n", "n_status", "out_of"):  # the owner's own
            frame[name] = frame[name].where(~new, "")
    was = base["n"].to_numpy("int64", na_value=0), base["n_status"].map(STATUS).to_numpy("uint8")
    changed = new.copy()
    changed[~new] |= (told["n"][~new] != was[0][row[~new]]) | (told["status"][~new] != was[1][row[~new]])
    empty = np.isin(told["status"], EMPTY)
    n = pd.Series(told["n"], dtype="Int64").mask(empty)
    frame["n"] = frame["n"].where(~changed, n).astype("Int64")
    status = pd.Series(np.array(("", *STATUSES), object)[told["status"]], dtype=base["n_status"].dtype)
    frame["n_status"] = frame["n_status"].where(~changed, status)
    if "out_of" in told:
        out_of = pd.Series(told["out_of"], dtype="Int64").mask(empty)
        frame["out_of"] = frame["out_of"].where(~changed, out_of).astype("Int64")
    frame["row"] = np.where(new, len(base), row)
    if len(strangers):
        left = base.iloc[strangers].assign(row=strangers)
        frame = pd.concat([frame, left], ignore_index=True)
    frame = frame.sort_values("row", kind="stable").drop(columns="row").reset_index(drop=True)
    return frame.astype(base.dtypes.to_dict())


def _strangers(state: State, table: str, base) -> np.ndarray:
    """Rows from places no other table knows: kept, unless their school is gone."""
    rows = state.place.strangers[table]
    if len(rows) and "school" in base:
        gone = {state.schools[j].id for j in state.gone}
        rows = rows[~base["school"].iloc[rows].isin(gone).to_numpy()]
    return rows
