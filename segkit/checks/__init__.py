"""Before a territory is one, its tables are checked: everything that is wrong is said at once, to its owner.

Nothing is repaired. A message names the file, the line as a spreadsheet shows it, the column, what came, what
was expected, and what to do.

>>> checked = check({
...     "schools": {"school": ["S1", "S2"], "sector": ["public", "publik"]},
...     "enrolment": {"year": [2024, 2024], "school": ["S1", "S3"], "level": ["primary"] * 2,
...                   "grouping": ["all"] * 2, "group": ["all"] * 2, "n": ["<5", "12.5"]},
... })
>>> [fault.kind for fault in checked.errors]
['sector', 'unknown_school', 'fraction']
>>> checked.territory is None
True
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from segkit.checks import across, rows
from segkit.checks.about import about_of
from segkit.checks.cells import STATUS_OF
from segkit.checks.pages import Page, page_from, page_of
from segkit.checks.personal import hushed
from segkit.checks.plain import pages_of, schools_of
from segkit.checks.told import Checked, Findings, TerritoryError
from segkit.packages import Fault, open_package
from segkit.packages.reading import table_named
from segkit.sheets import TableError, shown
from segkit.territory import COUNTED, NEEDED, TABLES, Territory
from segkit.words import listed, say

__all__ = ["STATUS_OF", "Checked", "Fault", "TerritoryError", "check", "open_territory"]

PLAIN = (".csv", ".tsv", ".txt", ".tab")


def check(source, name: str | None = None) -> Checked:
    """All that is wrong with a territory's tables, and the territory itself where nothing is.

    source : a folder, a zip, a workbook or a datapackage.json (a path, or bytes with a `name`), several files
    {file name: bytes}, a dict of tables by name (DataFrames or columns; "territory" may hold a dict of what
    is said of it), or one plain file of schools as `segkit.tables.read` understands it.
    """
    found, file, territory = Findings(), shown(_title(source, name) or _what(source), 200), None
    try:
        opened = _opened(source, name, found)
    except TableError as error:
        for message in error.faults:
            found.take(Fault("table", file, message=hushed(str(message))))
    else:
        torn = frozenset(fault.file for _, fault in found.found if fault.severity == "error")
        town = across.Town(opened.pages, found, torn=torn)
        about_file, title = opened.about_file or file, opened.name or file
        said = about_of(opened.about, about_file, title, found, town.near, opened.about_lines)
        town.groupings, town.invented = said["groupings"], said["invented"]
        _check(town, file)
        territory = None if found.any_error() else _made(town, said)
        if territory is not None:
            found.notes += _worth_saying(territory, said, town)
    return Checked(file, found.faults(), territory, tuple(found.notes), dict(found.totals))


def open_territory(source, name: str | None = None) -> Territory:
    """The territory in a file; a TerritoryError says everything that is wrong, at once."""
    checked = check(source, name)
    if checked.territory is None:
        raise TerritoryError(checked)
    return checked.territory


# ---------------------------------------------------------------- opening


@dataclass(frozen=True)
class Opened:
    """The tables that came, what is said of the territory, where that stands, and what it may be called."""

    pages: dict[str, Page]
    about: Mapping = field(default_factory=dict)
    about_file: str = ""
    name: str = ""
    about_lines: Mapping = field(default_factory=dict)  # (what is said, grouping or ""): its line in a sheet


def _what(source) -> str:
    """What a source without a file name is called."""
    if isinstance(source, Mapping):
        return say("check.tables" if _frames(source) else "check.files")
    return say("table.bytes") if isinstance(source, (bytes, bytearray, memoryview)) else say("table.given")


def _opened(source, name, found: Findings) -> Opened:
    """The tables in whatever came."""
    if isinstance(source, Territory):
        source = _tables(source)
    if _frames(source):
        about = dict(source.get("territory") or {})
        pages = {table: page_from(table, source[table]) for table in TABLES if table in source}
        pages = {table: page for table, page in pages.items() if len(page)}
        for table in source:
            if table not in TABLES and table != "territory":
                found.whole("unknown_table", say("check.tables"), came=table, known=listed(TABLES, most=99))
        return Opened(pages, about, name=str(about.get("name") or ""))
    if _is_plain(source, name):
        return _from_plain(source, name, found)
    package = open_package(source, name)
    if not package.tables and not package.faults:
        return _from_plain(source, name, found)
    for fault in package.faults:
        found.take(fault, _table_of(fault, package))
    found.notes += package.notes
    pages = {table: page_of(package.tables[table]) for table in TABLES if table in package.tables}
    if set(pages) == {"enrolment"} and _title(source, name).lower().endswith(PLAIN):
        schools, note = schools_of(pages["enrolment"])
        pages, found.notes = {"schools": schools, **pages}, [*found.notes, note]
    return Opened(pages, package.about, package.about_file, package.name, package.about_lines)


def _tables(town: Territory) -> dict:
    said = "name country language invented mode k groupings focal story recipe".split()
    return {"territory": {one: getattr(town, one) for one in said}, **town.tables}


def _frames(source) -> bool:
    """Is this a dict of tables by name?"""
    if not isinstance(source, Mapping) or not set(source) & {*TABLES, "territory"}:
        return False
    return all(hasattr(one, "columns") or isinstance(one, Mapping) for one in source.values())


def _is_plain(source, name) -> bool:
    """Is this one file or one table of schools, and no package?"""
    stem, end = os.path.splitext(_title(source, name))
    if isinstance(source, (str, os.PathLike)):
        return end.lower() in PLAIN and not table_named(stem)[0] and not Path(source).is_dir()
    if isinstance(source, (bytes, bytearray, memoryview)):
        packed = bytes(source[:2]) == b"PK" or bytes(source[:200]).lstrip().startswith((b"{", b"["))
        return not packed and end.lower() in ("", *PLAIN) and not table_named(stem)[0]
    return not (isinstance(source, Mapping) and all(isinstance(one, bytes) for one in source.values()))


def _title(source, name) -> str:
    """The name of the file, without the folders it is in."""
    return Path(name or (source if isinstance(source, (str, os.PathLike)) else "")).name


def _from_plain(source, name, found: Findings):
    pages, notes = pages_of(source, name)
    found.notes += notes
    return Opened(pages, name=Path(_title(source, name)).stem)


def _table_of(fault: Fault, package) -> str:
    return next((table for table, raw in package.tables.items() if raw.file == fault.file), "")


# ---------------------------------------------------------------- checking


def _check(town: across.Town, file: str):
    """Every table by itself, then all of them together."""
    found = town.found
    for table in NEEDED:
        if table not in town.pages:
            meaning = say(f"territory.table.{table}")
            found.whole("missing_table", file, table=table, came=table, meaning=meaning)
    for table, page in list(town.pages.items()):
        rows.refuse_personal(page, found)
        if not rows.header_is_there(page, found, town.near):
            del town.pages[table]
    ids = {"schools": frozenset(town.ids("schools", "school")), "zones": frozenset(town.ids("zones", "zone"))}
    for table, page in town.pages.items():
        known = frozenset() if table in ids else ids["schools"] | ids["zones"]
        rows.strange_rows(page, found, known)
        rows.formulas(page, found)
        rows.texts(page, found, town.near)
        town.numbers[table] = _numbers(town, page)
        rows.duplicates(page, found, town.numbers[table].year)
    across.references(town)
    across.groupings(town)
    _on_the_map(town)
    across.enrolment_adds_up(town)
    across.flows_agree(town)
    across.outcomes_fit(town)
    across.nothing_is_missing(town)


def _numbers(town: across.Town, page: Page) -> across.Numbers:
    """What is counted in a table, read once."""
    found, none = town.found, np.zeros(len(page), dtype=np.int64)
    year = rows.years(page, found)
    if page.table == "schools":
        places, there = rows.whole_numbers(page, found, "capacity")
        return across.Numbers(year, places, none, there)
    if page.table not in COUNTED:
        return across.Numbers(year, none, none, page.keep.copy())
    n, status, fine = rows.counts(page, found, town.near)
    numbers = across.Numbers(year, n, status, fine)
    if page.table == "indicators":
        numbers.out_of, numbers.out_of_there = rows.out_of(page, found, n, status, fine)
    return numbers


def _on_the_map(town: across.Town):
    page = town.pages.get("schools")
    if page is None:
        across.outlines(town, None)
        return
    lat, lon, fine = rows.coordinates(page, town.found)
    outline = across.outlines(town, across.middle(lat, lon, fine))
    across.places(town, lat, lon, fine, outline)
    town.numbers["schools"].lat, town.numbers["schools"].lon = lat, lon


# ---------------------------------------------------------------- making


def _worth_saying(territory: Territory, said: Mapping, town: across.Town) -> list[str]:
    """What is no fault, and was decided for the owner or by a word that weighs much."""
    notes = []
    if said["invented"]:
        notes.append(say("check.note.invented"))
    for grouping in said["groupings"]:
        if grouping in territory.focal and grouping not in said["focal"]:
            notes.append(say("check.note.focal", grouping=grouping, group=territory.focal[grouping]))
    page, own = town.pages["schools"], "x_"
    columns = [one for one in page.header if one and one not in page.declared and not one.startswith(own)]
    if columns:
        columns = listed(map(shown, columns), most=12)
        notes.append(say("check.note.endowments", file=shown(page.file), columns=columns))
    return notes


def _made(town: across.Town, said: dict) -> Territory:
    """The territory: nothing was wrong with it."""
    return Territory(tables={table: _frame(town, table) for table in town.pages}, **said)


def _frame(town: across.Town, table: str):
    """A table in normal form, from what was read of it."""
    import pandas as pd

    page, numbers = town.pages[table], town.numbers[table]
    rows_ = np.flatnonzero(page.keep)
    read = {}
    if table in COUNTED:
        read["year"] = lambda: pd.array(numbers.year[rows_], dtype="Int64")
        read["n_status"] = lambda: _status(numbers, rows_)
        read["n"] = lambda: _whole(numbers.n, numbers.hidden | (numbers.status == across.NONE), rows_)
    if table == "indicators":
        read["out_of"] = lambda: _whole(numbers.out_of, ~numbers.out_of_there, rows_)
    if table == "schools":
        read["capacity"] = lambda: _whole(numbers.n, ~numbers.fine, rows_)
        read["lat"] = lambda: numbers.lat[rows_]
        read["lon"] = lambda: numbers.lon[rows_]
    if table == "zones":
        read["geometry"] = lambda: across.geometries(page)[rows_]
    columns = {}
    for name in (*page.declared, *(one for one in page.header if one and one not in page.declared)):
        if name in read and (page.has(name) or name == "n_status"):
            columns[name] = read[name]()
        elif page.has(name):
            text = page.text(name)
            columns[name] = pd.Series(np.array(text.values, dtype=object)[text.codes[rows_]], dtype="str")
    return pd.DataFrame(columns, index=range(len(rows_)))


def _status(numbers: across.Numbers, rows_):
    import pandas as pd

    return pd.Series(np.array(across.STATUSES, dtype=object)[numbers.status[rows_]], dtype="str")


def _whole(n, missing, rows_):
    import pandas as pd

    return pd.arrays.IntegerArray(n[rows_].astype(np.int64), missing[rows_].copy())
