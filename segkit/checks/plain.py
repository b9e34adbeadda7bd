"""One plain file or sheet, as offices keep it: totals by school, or a column per group, becomes two tables.

Nothing is guessed in silence: what was taken for what stands in the notes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np

from segkit.checks.pages import Page
from segkit.checks.personal import personal
from segkit.packages import Raw
from segkit.roles import USUAL, Finder, tokens
from segkit.sheets import TableError, open_sheet, shown
from segkit.tables import Table, read, refuse_personal, repeated
from segkit.territory import TABLES, WHOLE
from segkit.words import language, pattern, say

OF_A_SCHOOL = tuple(column.name for column in TABLES["schools"] if column.name != "school")


def pages_of(source, name: str | None = None) -> tuple[dict[str, Page], list[str]]:
    """The schools and the enrolment in one plain file, and what was taken for what."""
    sheet = open_sheet(source, name)
    _refuse(sheet)
    if {column.name for column in TABLES["enrolment"] if column.key} <= set(sheet.header):
        return _declared(sheet)
    return _plain(sheet)


def _refuse(sheet):
    """Columns about single children are refused before anything else of the file is read."""
    refuse_personal(sheet)
    if not sheet.named:
        return
    unit = [name for name in sheet.header if tokens(name) & USUAL["unit"]]
    found = [name for name in personal(_page("enrolment", sheet)) if name not in unit]
    if found:
        raise TableError([say("check.personal", file=shown(sheet.name), column=shown(one)) for one in found])


def _page(table: str, sheet) -> Page:
    columns = tuple(np.array(column, dtype=object) for column in sheet.columns)
    return Page(Raw(table, sheet.name, tuple(sheet.header), columns, _lines(sheet.lines)), sheet.place)


def _lines(lines) -> np.ndarray:
    whole = all(isinstance(line, (int, np.integer)) for line in lines)
    return np.array(lines if whole else range(1, len(lines) + 1), dtype=np.int64)


def _declared(sheet) -> tuple[dict[str, Page], list[str]]:
    """A table of enrolment by itself: each code in it is a school."""
    page = _page("enrolment", sheet)
    schools, note = schools_of(page)
    return {"schools": schools, "enrolment": page}, [*sheet.notes, note]


def schools_of(page: Page) -> tuple[Page, str]:
    """The schools that a table of enrolment names, and the sentence that says so."""
    codes = page.text("school").names[0]
    _, first = np.unique(codes, return_index=True)
    rows = [row for row in np.sort(first).tolist() if page.cell(row, "school").strip()]
    codes = np.array([page.cell(row, "school").strip() for row in rows], dtype=object)
    schools = Page(Raw("schools", page.file, ("school",), (codes,), page.raw.lines[rows]), page.place)
    return schools, say("check.plain.schools", n=len(rows))


def _raw(table: str, sheet, columns: dict[str, list], rows) -> Page:
    lines = _lines(sheet.lines)[np.asarray(rows, dtype=int)] if len(rows) else np.zeros(0, int)
    arrays = tuple(np.array(column, dtype=object) for column in columns.values())
    return Page(Raw(table, sheet.name, tuple(columns), arrays, lines), sheet.place)


def _plain(sheet) -> tuple[dict[str, Page], list[str]]:
    by = next((name for name in sheet.header if _years(sheet, name)), None)
    total = _only_totals(sheet, by)
    table = total or read(sheet, by=by)
    grouping = WHOLE if total else _grouping(sheet.name)
    aside = repeated(table, by) if by else ()
    took = [] if total else [line for line in table.took if not _of_focal(line) and line not in aside]
    row_of = _rows(sheet, table, by)
    years, year_note = _year(sheet, table, by)
    about = {name: table.extras[name] for name in table.extras if name != by and name != "level"}
    about = {_declared_name(name, about): values for name, values in about.items()}
    same = {name: values for name, values in about.items() if _one_each(table.units, values)}
    level = table.extras.get("level") or (WHOLE,) * len(table)
    first = list(dict(reversed([(unit, i) for i, unit in enumerate(table.units)])).values())[::-1]
    columns = {"school": [table.units[i] for i in first]}
    columns |= {name: [values[i] for i in first] for name, values in same.items()}
    if "level" in table.extras and _one_each(table.units, level):
        columns["level"] = [level[i] for i in first]
    schools = _raw("schools", sheet, columns, [row_of[i] for i in first])
    units = np.repeat(np.arange(len(table)), len(table.groups))
    long = {
        "year": [years[i] for i in units],
        "school": [table.units[i] for i in units],
        "level": [level[i] or WHOLE for i in units],
        "grouping": [grouping] * len(units),
        "group": list(table.groups) * len(table),
        "n": [str(n) for n in table.counts.ravel().tolist()],
    }
    enrolment = _raw("enrolment", sheet, long, [row_of[i] for i in units])
    notes = [*took, *(sheet.notes if total else ()), *year_note, say("check.plain.level")]
    if "level" in table.extras:
        notes.pop()
    if total:
        notes.append(say("check.plain.totals", column=shown(sheet.header[_total_column(sheet, by)])))
    else:
        notes.append(say("check.plain.grouping", grouping=grouping))
    return {"schools": schools, "enrolment": enrolment}, notes


def _declared_name(name: str, there) -> str:
    """Name, as most offices write it, is name: what a plain file calls its columns is its own affair.

    >>> _declared_name("Name", ["Name"]), _declared_name("Name", ["Name", "name"]), _declared_name("Bus", [])
    ('name', 'Name', 'Bus')
    """
    plainly = name.strip().casefold()
    return plainly if plainly in OF_A_SCHOOL and plainly not in there else name


def _of_focal(line: str) -> bool:
    return bool(pattern("table.took.smallest", language()).fullmatch(line))


def _years(sheet, name: str) -> bool:
    """Is this a column of years?"""
    column = sheet.columns[sheet.header.index(name)]
    return bool(tokens(name) & USUAL["time"]) and all(re.fullmatch(r"(19|20)\d\d", cell) for cell in column)


def _one_each(units, values) -> bool:
    """Does a school have the same value in all of its rows?"""
    return len(set(zip(units, values, strict=True))) == len(set(units))


def _rows(sheet, table: Table, by) -> list[int]:
    """The row of the sheet in which each unit of the table stands first."""
    column = next((list(c) for c in sheet.columns if set(c) >= set(table.units)), None)
    if column is None:
        return list(range(len(table)))
    times = sheet.columns[sheet.header.index(by)] if by else [""] * len(column)
    first = {}
    for i, key in enumerate(zip(column, times, strict=True)):
        first.setdefault(key, i)
    when = table.extras.get(by, ("",) * len(table)) if by else ("",) * len(table)
    return [first.get(key, 0) for key in zip(table.units, when, strict=True)]


def _year(sheet, table: Table, by) -> tuple[list[str], list[str]]:
    if by:
        return list(table.extras[by]), []
    named = re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", sheet.name)
    year = named[0] if len(set(named)) == 1 else str(date.today().year)
    key = "check.plain.year_named" if len(set(named)) == 1 else "check.plain.year_now"
    return [year] * len(table), [say(key, year=year)]


def _grouping(file: str) -> str:
    """The name of the grouping: that of the file, or simply "groups"."""
    stem = re.sub(r"\.\w{2,5}(, .*)?$", "", file.rsplit("/", 1)[-1]).strip()
    no_name = (WHOLE, say("table.bytes"), say("table.given"))
    fit = re.fullmatch(r"[^\W\d][^\W\d .-]{0,39}", stem) and stem not in no_name
    return stem if fit else say("check.plain.groups")


def _finder(sheet, by) -> tuple[Finder, list[int]]:
    finder = Finder(sheet, None, None, None, None, None, by)
    finder.unit = finder.find_unit()
    try:
        finder.roles()
    except TableError:
        pass
    return finder, list(getattr(finder, "likely", []))


def _total_column(sheet, by) -> int | None:
    """The only column that counts pupils, if there is only one."""
    if not sheet.named or finder_is_lost(sheet, by):
        return None
    _, likely = _finder(sheet, by)
    return likely[0] if len(likely) == 1 else None


def finder_is_lost(sheet, by) -> bool:
    """Is there no single column that names the schools?"""
    try:
        return Finder(sheet, None, None, None, None, None, by).find_unit() is None
    except TableError:
        return True


def _only_totals(sheet, by) -> Table | None:
    """A file with one number for each school: everyone together, no groups."""
    column = _total_column(sheet, by)
    if column is None:
        return None
    finder, _ = _finder(sheet, by)
    if not finder.tells_apart(finder.unit):
        return None
    name = sheet.header[column]
    # a part that is 0 everywhere lets the same reader check every cell; it is taken off again
    zeros = replace(sheet, header=(*sheet.header, "\0"), columns=(*sheet.columns, ["0"] * len(sheet)))
    table = read(zeros, unit=sheet.header[finder.unit], count=["\0"], total=name, by=by)
    extras = {key: values for key, values in table.extras.items() if key != "\0"}
    whole = table.counts.sum(axis=1, keepdims=True)
    return Table(table.units, (WHOLE,), whole, None, extras, ())
