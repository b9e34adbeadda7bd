"""Opening a territory: whatever came, its tables as text, and everything that kept a file from being read."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
import zipfile
from collections.abc import Mapping
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

import numpy as np

from segkit.packages.cells import MAY_BE_ARMED, disarmed
from segkit.packages.package import Fault, Package, Raw, fault
from segkit.packages.workbook import MOST_CELLS, sheets_of
from segkit.sheets import (
    DELIMITERS,
    KINDS,
    LARGEST,
    LONGEST,
    UNPACKED,
    WIDEST,
    TableError,
    decoded,
    file_bytes,
    letter,
    number_like,
    separator,
    shown,
)
from segkit.territory import COUNTED, NEEDED, TABLES
from segkit.words import in_every_language, listed, say

DESCRIPTOR = "datapackage.json"
ABOUT = "territory"  # the sheet, or file, with the one row about the territory
SAID = ("name", "country", "language", "invented", "mode", "k")
PLAIN = (".csv", ".tsv", ".txt")
MAPS = (".geojson", ".json")
MANY = 10_000  # files in a zip or a folder; more is a mistake or an attack
QUIET = re.compile(r"(^|/)(\.|~\$|__MACOSX(/|$)|Thumbs\.db$|desktop\.ini$|README|LICENSE)", re.I)
LATE = 10  # the names of the columns stand in the first ten lines
VALUE = "{value}"  # where a cell of an example has what it shows
# how such a cell begins and ends, in whatever language the workbook was made
EXAMPLES = {said.partition(VALUE)[::2] for said in in_every_language("template.example")} - {("", "")}
BEGINS = tuple(before for before, _ in EXAMPLES)  # asked first: there are many cells, and few examples


def open_package(source, name: str | None = None) -> Package:
    """The tables in a folder, a zip, a workbook, a datapackage.json or a CSV; in bytes with a name; in files.

    `source` may be {file name: bytes} as well: files somebody chose together. Whatever is wrong is in
    `.faults`, all of it; a TableError is raised only where there is nothing to read at all.
    """
    if isinstance(source, Mapping):
        return _Opening(_Files({str(file): bytes(data) for file, data in source.items()}), name or "").read()
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _from_bytes(bytes(source), name or say("table.bytes"))
    if not isinstance(source, (str, os.PathLike)):
        raise TableError(say("table.strange", file=say("table.given"), what=shown(type(source).__name__)))
    if not os.fspath(source):
        raise TableError(say("table.no_file"))
    path = Path(source)
    if path.is_dir():
        return _Opening(_Folder(path), name or path.resolve().name).read()
    data = file_bytes(path)
    if path.suffix.lower() == ".json" and not _is_map(data):
        # a description: its files lie beside it
        return _Opening(_Folder(path.parent), name or path.resolve().parent.name, path.name).read()
    return _from_bytes(data, name or path.name, beside=path.parent)


def _from_bytes(data: bytes, name: str, beside: Path | None = None) -> Package:
    if len(data) > LARGEST:
        raise TableError(say("table.too_big", file=shown(name), most=LARGEST // 1_000_000))
    if data[:4] not in (b"PK\x03\x04", b"PK\x05\x06"):
        return _Opening(_Files({Path(name).name: data}), Path(name).stem).read()
    faults = _unsafe(data, name)
    if faults:
        return Package(Path(name).stem, faults=tuple(faults))
    box = _Zip(data)
    if "mimetype" in box.every or "content.xml" in box.every:
        raise TableError(say("table.not_a_table", file=shown(name), what=say("table.kind.ods")))
    if "[Content_Types].xml" not in box.every:
        return _Opening(box, Path(name).stem).read()
    return _Opening(_Folder(beside) if beside else _Files({}), Path(name).stem).workbook(
        data, Path(name).name
    )


def _is_map(data: bytes) -> bool:
    return b'"FeatureCollection"' in data[:100_000]


# ── where files lie ─────────────────────────────────────────────────────────────────────────────────


class _Files:
    """Files by name, in memory."""

    def __init__(self, files: Mapping[str, bytes]):
        self.files = files
        self.every = list(files)

    def bytes(self, name: str) -> bytes:
        return self.files[name]

    def has(self, name: str) -> bool:
        return name in self.every


class _Folder:
    """The files that lie in a folder; what a link brings from elsewhere is not in it."""

    def __init__(self, path: Path):
        self.path = path
        with os.scandir(path) as found:
            self.every = sorted(one.name for one, _ in zip(found, range(MANY), strict=False) if one.is_file())

    def bytes(self, name: str) -> bytes:
        return file_bytes(self.path / name)

    def has(self, name: str) -> bool:
        inside = (self.path / name).resolve()
        return inside.is_file() and inside.is_relative_to(self.path.resolve())


class _Zip:
    """The files in a zip that was found safe; a folder around all of them is looked through."""

    def __init__(self, data: bytes):
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        names = [one.filename for one in self.zip.infolist() if not one.is_dir()]
        seen = [name for name in names if not QUIET.search(name)]
        tops = {name.split("/")[0] + "/" if "/" in name else "" for name in seen}
        top = tops.pop() if len(tops) == 1 else ""
        self.inside = {name.removeprefix(top): name for name in names if name.startswith(top)}
        self.every = list(self.inside)

    def bytes(self, name: str) -> bytes:
        return self.zip.read(self.inside[name])

    def has(self, name: str) -> bool:
        return name in self.inside


def _unsafe(data: bytes, name: str) -> list[Fault]:
    """What makes a zip one that nobody should open."""
    try:
        inside = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        kind = "workbook" if name.lower().endswith(".xlsx") else "broken"
        return [fault(f"zip.{kind}", name, why=shown(error, 100))]
    if len(inside) > MANY or sum(one.file_size for one in inside) > UNPACKED:
        return [fault("zip.big", name, most=UNPACKED // 1_000_000, files=MANY)]
    faults, seen = [], set()
    for one in inside:
        plain = one.filename.replace("\\", "/")
        if plain.startswith("/") or ".." in plain.split("/") or re.match(r"[A-Za-z]:", plain):
            faults.append(fault("zip.path", name, came=one.filename))
        elif stat.S_ISLNK(one.external_attr >> 16):
            faults.append(fault("zip.link", name, came=one.filename))
        elif one.flag_bits & 1:
            faults.append(fault("zip.locked", name, came=one.filename))
        elif plain in seen:
            faults.append(fault("zip.twice", name, came=one.filename))
        seen.add(plain)
    return faults


# ── which file is which table ───────────────────────────────────────────────────────────────────────


def table_named(name: str) -> tuple[str, bool]:
    """The table a file or sheet is named after, and whether it is spelt exactly so.

    >>> table_named("schools"), table_named("School (2)"), table_named("Enrollments"), table_named("notes")
    (('schools', True), ('schools', False), ('enrolment', False), ('', False))
    """
    if name in (*TABLES, ABOUT):
        return name, True
    plain = re.sub(r"\(\d+\)|- ?copy|\bcopy\b", "", name.casefold())
    plain = re.sub(r"[\s_.-]+", "", plain).rstrip("s").replace("enrollment", "enrolment")
    return next((table for table in (*TABLES, ABOUT) if table.rstrip("s") == plain), ""), False


class _Opening:
    """One package being opened: what was found so far."""

    def __init__(self, box, name: str, descriptor: str = DESCRIPTOR):
        self.box, self.name, self.descriptor = box, name, descriptor
        self.about, self.about_file, self.about_lines = {}, "", {}
        self.tables: dict[str, Raw] = {}
        self.files: dict[str, str] = {}  # table -> the file it was found in
        self.faults: list[Fault] = []
        self.notes: list[str] = []

    def package(self) -> Package:
        said = self.about.get("name")
        name = said.strip() if isinstance(said, str) and said.strip() else self.name
        self.tables = {table: self.tables[table] for table in TABLES if table in self.tables}
        faults, notes = tuple(self.faults), tuple(dict.fromkeys(self.notes))
        return Package(name, self.about, self.tables, faults, notes, self.about_file, self.about_lines)

    def read(self) -> Package:
        """Every table there is a file for."""
        if self.box.has(self.descriptor):
            self.described()
        aside = []
        for file in self.box.every:
            stem, suffix = os.path.splitext(file)
            if file == self.descriptor or file in self.files.values() or QUIET.search(file):
                continue
            table = table_named(stem)[0] if suffix.lower() in (*PLAIN, *MAPS) else ""
            if not table or (suffix.lower() in MAPS and table != "zones"):
                aside.append(file)
            elif not self.box.has(file):
                self.faults.append(fault("link", file))
            else:
                self.take(table, file)
        books = [file for file in aside if file.lower().endswith((".xlsx", ".xlsm"))]
        if set(self.files) <= {"zones"} and len(books) == 1:  # a map may lie beside a workbook
            return self.boxed_workbook(books[0])
        if not self.files and len(books) > 1:
            self.faults.append(fault("workbooks", self.name, files=listed(map(shown, books))))
        if not self.files and not self.about and not self.faults and len(self.box.every) != 1:
            raise TableError(say("package.nothing", file=shown(self.name, 200), tables=listed(TABLES)))
        self.told_aside(aside)
        for table, file in self.files.items():
            self.open_file(table, file)
        return self.package()

    def take(self, table: str, file: str):
        """This file is this table, unless another one is."""
        if table in self.files:
            self.faults.append(fault("table.twice", file, table=table, other=shown(self.files[table])))
            return
        self.files[table] = file
        stem = os.path.splitext(file.rsplit("/")[-1])[0]
        if not table_named(stem)[1]:
            self.notes.append(say("package.took.name", file=shown(file), table=table))

    def told_aside(self, files: list[str], key: str = "package.took.aside"):
        """Say which files are no tables of a territory, and which were perhaps meant to be."""
        if files:
            self.notes.append(say(key, files=listed(map(shown, files))))
        for file in files[:20]:
            near = get_close_matches(os.path.splitext(file)[0].casefold(), [*TABLES, ABOUT], n=1, cutoff=0.75)
            if near:
                self.notes.append(say("package.took.near", file=shown(file), table=near[0]))

    # --- datapackage.json

    def described(self):
        """What a datapackage.json says of the territory, and in which files its tables are."""
        file = self.descriptor
        try:
            said = json.loads(self.box.bytes(file).decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            self.faults.append(fault("json", file, why=shown(error, 100)))
            return
        if not isinstance(said, dict):
            self.faults.append(fault("json", file, why=say("package.no_object")))
            return
        about = said.get("segkit")
        self.about = dict(about) if isinstance(about, dict) else {}
        self.about_file = file
        title = said.get("title") or said.get("name")
        if isinstance(title, str):
            self.about.setdefault("name", title)
        resources = said.get("resources")
        for resource in resources if isinstance(resources, list) else []:
            if isinstance(resource, dict):
                self.resource(resource.get("name"), resource.get("path"))

    def resource(self, name, path):
        """A table a datapackage.json names, if its file lies inside the package."""
        paths = path if isinstance(path, list) else [path]
        if len(paths) != 1 or not isinstance(paths[0], str):
            if isinstance(name, str) and table_named(name)[0]:
                self.faults.append(fault("json.path", self.descriptor, column="path", came=name))
            return
        path = paths[0]
        table = table_named(name)[0] if isinstance(name, str) else ""
        table = table or table_named(os.path.splitext(path.rsplit("/")[-1])[0])[0]
        plain = path.replace("\\", "/")
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", plain) or plain.startswith("//"):
            self.faults.append(fault("json.url", self.descriptor, column="path", came=path))
        elif plain.startswith("/") or ".." in plain.split("/") or re.match(r"[A-Za-z]:", plain):
            self.faults.append(fault("json.outside", self.descriptor, column="path", came=path))
        elif not table:
            return
        elif not self.box.has(plain):
            self.faults.append(fault("json.missing", self.descriptor, column="path", came=path, table=table))
        else:
            self.take(table, plain)

    # --- tables

    def open_file(self, table: str, file: str):
        try:
            data = self.box.bytes(file)
            if table == "zones" and file.lower().endswith(MAPS):
                raw = shapes(data, file, self.faults)
            else:
                raw = self.text_table(data, table, file)
        except TableError as error:
            self.faults += [Fault("unreadable", file, message=message) for message in error.faults]
        except RecursionError as error:
            self.faults.append(fault("json", file, why=shown(error, 100)))
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
            self.faults.append(fault("zip.broken", file, why=shown(error, 100)))
        else:
            self.keep(table, raw)

    def keep(self, table: str, raw: Raw | None):
        if raw is None:
            return
        if table == ABOUT:
            if not self.about_file:
                self.about, self.about_file = about_of(raw), raw.file
                self.about_lines = lines_of(raw)
        else:
            self.tables[table] = raw

    def text_table(self, data: bytes, table: str, file: str) -> Raw | None:
        """The table in a CSV file, whatever its letters and whatever separates its cells."""
        if len(data) > LARGEST:
            raise TableError(say("table.too_big", file=shown(file), most=LARGEST // 1_000_000))
        for start, kind in KINDS:
            if data.startswith(start):
                raise TableError(say("table.not_a_table", file=shown(file), what=say(f"table.kind.{kind}")))
        if not data.strip(b" \t\r\n\0,;|\xef\xbb\xbf"):
            raise TableError(say("table.empty", file=shown(file)))
        text, guessed = decoded(data, file)
        if guessed:
            self.faults.append(fault("cp1252", file, severity="warning"))
        if data.startswith(b"\xef\xbb\xbf"):
            self.notes.append(say("package.took.bom", file=shown(file)))
        announced = re.match(r"sep=([,;\t|])\r?\n?", text)  # Excel's own first line, which it does not show
        delimiter = announced[1] if announced else between(text, table)
        text = text[announced.end() :] if announced else text
        if delimiter not in (None, ","):
            word = say(f"package.separator.{'tab' if delimiter == chr(9) else delimiter}")
            self.notes.append(say("package.took.separator", file=shown(file), separator=word))
        columns, short, long = grid(text, delimiter or ",", file)
        if MAY_BE_ARMED.search(text):
            columns = [disarmed_all(column) for column in columns]
        return Laid(table, file, columns, self.faults, self.notes, short, long).raw()

    # --- workbooks

    def boxed_workbook(self, file: str) -> Package:
        data = self.box.bytes(file)
        faults = _unsafe(data, file)
        if faults:
            self.faults += faults
            return self.package()
        return self.workbook(data, file.rsplit("/")[-1])

    def workbook(self, data: bytes, name: str) -> Package:
        """The tables of a workbook, a sheet each; outlines may lie beside it as zones.geojson."""
        aside, titles = [], {}
        for sheet in sheets_of(data, name, lambda title: bool(table_named(title)[0])):
            table, exact = table_named(sheet.title)
            if not table:
                if sheet.visible:
                    aside.append(sheet.title)
                continue
            file = say("package.sheet", file=name, sheet=sheet.title)
            if table in titles:
                self.faults.append(fault("table.twice", file, table=table, other=shown(titles[table])))
                continue
            titles[table] = sheet.title
            if not exact:
                self.notes.append(say("package.took.sheet", sheet=shown(sheet.title), table=table))
            self.notes += sheet.notes(file)
            self.faults += sheet.merged(file)
            laid = Laid(table, file, sheet.columns, self.faults, self.notes, formulas=sheet.formulas)
            self.keep(table, laid.raw() if sheet.columns else None)
        explained = in_every_language("template.first")
        self.told_aside([one for one in aside if one not in explained], "package.took.sheets_aside")
        if "zones" in self.tables:
            self.tables["zones"] = joined_geometry(self.tables["zones"])
        self.outlines(name)
        if not self.tables and any(table != ABOUT for table in titles):
            self.faults = [one for one in self.faults if one.kind != "empty"]
            self.faults.insert(0, fault("template.untouched", name, tables=listed(titles)))
            self.notes = []
        return self.package()

    def outlines(self, name: str):
        """Outlines that lie beside a workbook whose zones have none."""
        zones = self.tables.get("zones")
        if zones is not None and any(_filled(zones, "geometry")):
            return
        beside = (f"{os.path.splitext(name)[0]}.geojson", self.files.get("zones"), "zones.geojson")
        file = next((one for one in beside if one in self.box.every), None)
        if file is None or not (self.tables or zones):
            return
        self.open_file("zones", file)
        drawn = self.tables.get("zones")
        if drawn is None or drawn is zones:
            return
        self.notes.append(say("package.took.outlines", file=shown(file)))
        if zones is not None and len(zones):
            self.tables["zones"] = self.with_outlines(zones, drawn)

    def with_outlines(self, zones: Raw, drawn: Raw) -> Raw:
        """The zones of a sheet with the shapes of a map, found by their code."""
        codes = [code.strip() for code in _column(zones, "zone")]
        shape = {
            code.strip(): text
            for code, text in zip(_column(drawn, "zone"), _column(drawn, "geometry"), strict=True)
        }
        for row, code in enumerate(_column(drawn, "zone")):
            if code.strip() not in codes:
                line = drawn.lines[row]
                self.faults.append(
                    fault(
                        "outline", drawn.file, line, column="zone", came=code, place="shape", zones=zones.file
                    )
                )
        at = [j for j, name in enumerate(zones.header) if name.strip().casefold() != "geometry"]
        geometry = np.array([shape.get(code, "") for code in codes], dtype=object)
        columns = (*(zones.columns[j] for j in at), geometry)
        header = (*(zones.header[j] for j in at), "geometry")
        return Raw("zones", zones.file, header, columns, zones.lines, zones.formulas)


def _column(raw: Raw, name: str) -> list[str]:
    """A column by its name, however it is spelt; blank where there is none."""
    at = next((j for j, one in enumerate(raw.header) if one.strip().casefold() == name), None)
    return [""] * len(raw) if at is None else raw.columns[at].tolist()


def _filled(raw: Raw, name: str):
    return (bool(text.strip()) for text in _column(raw, name))


def joined_geometry(zones: Raw) -> Raw:
    """Outlines too long for one cell, which go on in "geometry 2", "geometry 3" …, in one column again."""
    more = {
        int(found[1]): j
        for j, name in enumerate(zones.header)
        if (found := re.fullmatch(r"geometry (\d+)", name.strip().casefold()))
    }
    first = next((j for j, name in enumerate(zones.header) if name.strip().casefold() == "geometry"), None)
    if not more or first is None:
        return zones
    parts = [zones.columns[first], *(zones.columns[more[n]] for n in sorted(more))]
    whole = np.array(["".join(texts) for texts in zip(*parts, strict=True)], dtype=object)
    kept = [j for j in range(len(zones.header)) if j not in more.values()]
    columns = tuple(whole if j == first else zones.columns[j] for j in kept)
    header = tuple(zones.header[j] for j in kept)
    return Raw(zones.table, zones.file, header, columns, zones.lines, zones.formulas)


# ── from text to columns ────────────────────────────────────────────────────────────────────────────


def grid(text: str, delimiter: str, file: str):
    """Columns of text, the names on top; and which rows have too few cells, and which too many.

    A row is what a spreadsheet shows as one, so that a cell may hold several lines.
    """
    text = text.rstrip("\r\n")
    widest = max((line.count(delimiter) for line in text[:1_000_000].splitlines()[:LATE]), default=0) + 1
    if (text.count("\n") + text.count("\r") + 1) * widest > MOST_CELLS:
        raise TableError(say("package.cells", file=shown(file), most=MOST_CELLS // 1_000_000))
    columns = quick(text, delimiter)
    if columns is not None:
        return columns, {}, {}
    rows = slowly(text, delimiter, file)
    top = max(range(min(LATE, len(rows))), key=lambda i: (len(trimmed(rows[i])) > 1, -i))
    width = len(rows[top])
    while width > 1 and not any(row[width - 1].strip() for row in rows[top : top + 1]):
        width -= 1  # blanks behind the last name
    width = max([width, *(len(trimmed(row)) for row in rows[: top + 1])])
    if width > WIDEST:
        raise TableError(say("table.too_wide", file=shown(file), n=width, most=WIDEST))
    short, long = {}, {}
    for i, row in enumerate(rows):
        if len(row) == width:
            continue
        if len(row) > width:
            filled = trimmed(row)
            if len(filled) > width:
                long[i] = len(filled)
            rows[i] = row[:width]
        else:
            if i > top and any(cell.strip() for cell in row):
                short[i] = len(row)
            rows[i] = row + [""] * (width - len(row))
    square = np.empty((len(rows), width), dtype=object)
    square[:] = rows
    return [np.ascontiguousarray(square[:, j]) for j in range(width)], short, long


def between(text: str, table: str) -> str | None:
    """What stands between the cells: the sign between the names of columns, if they are the declared ones."""
    declared = declared_in(table)
    known = {}
    for line in text[:100_000].splitlines()[:LATE]:
        for sign in DELIMITERS:
            names = {name.strip(' \t"').casefold() for name in line.split(sign)}
            known[sign] = max(known.get(sign, 0), len(names & declared))
    best = max(known, key=known.get, default="")
    return best if known.get(best, 0) > 1 else separator(text)


def declared_in(table: str) -> set[str]:
    """The names of columns a table, or the sheet of the territory, is declared with."""
    if table == ABOUT:
        return {*SAID, "grouping", "focal group"}
    return {column.name for column in TABLES[table]}


def slowly(text: str, delimiter: str, file: str) -> list[list[str]]:
    """The rows of a text whose rows differ; a quote that is never closed is a fault, not a swallowed file."""
    spaced = bool(re.search(rf'{re.escape(delimiter)}[ \t]+"', text))  # S01, "Cormorant"
    rows = []
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=spaced)
    try:
        rows.extend(islice(reader, LONGEST + 1))
    except csv.Error:
        raise TableError(say("table.quotes", file=shown(file), at=len(rows) + 1)) from None
    if len(rows) > LONGEST:
        raise TableError(say("table.too_long", file=shown(file), most=LONGEST))
    return rows


def quick(text: str, delimiter: str) -> list[np.ndarray] | None:
    """The columns of a text all of whose rows are alike; None where somebody has to look closer."""
    import pandas as pd

    if (
        re.search(rf'{re.escape(delimiter)}[ \t]+"', text)
        if '"' in text
        else "\r" in text.replace("\r\n", "")
    ):
        return None
    first = re.match(r"[^\r\n]*", text)[0]
    if first.count(delimiter) + 1 > WIDEST:
        return None
    try:
        frame = pd.read_csv(
            io.StringIO(text, newline=""), sep=delimiter, header=None, dtype=object, index_col=False,
            keep_default_na=False, na_filter=False, skip_blank_lines=False, low_memory=False,
        )  # fmt: skip
    except (ValueError, OverflowError):  # rows that differ, a quotation without end
        return None
    outside = "".join(text.split('"')[::2]) if '"' in text else text
    if outside.count(delimiter) != len(frame) * (frame.shape[1] - 1) or len(frame) > LONGEST:
        return None
    return [frame[j].to_numpy() for j in frame]


def trimmed(row) -> list[str]:
    """A row without the blank cells at its end."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return list(row[:end])


def disarmed_all(column: np.ndarray) -> np.ndarray:
    """A column as it was before its cells were armed."""
    known = {text: disarmed(text) for text in set(column.tolist()) if "'" in text}
    if not any(before != after for before, after in known.items()):
        return column
    return np.array([known.get(text, text) for text in column.tolist()], dtype=object)


class Laid:
    """A table laid out: which line holds the names, which rows are rows."""

    def __init__(self, table, file, columns, faults, notes, short=None, long=None, formulas=()):
        self.table, self.file, self.columns = table, file, columns
        self.faults, self.notes = faults, notes
        self.short, self.long, self.formulas = short or {}, long or {}, formulas
        self.declared = declared_in(table)

    def fault(self, kind: str, row: int | None = None, **values):
        line = None if row is None else row + 1
        self.faults.append(fault(kind, self.file, line, **values))

    def row(self, i: int) -> list[str]:
        return [column[i] for column in self.columns]

    def known(self, i: int) -> int:
        return len(self.declared & {cell.strip().casefold() for cell in self.row(i)})

    def raw(self) -> Raw | None:
        """The names, the columns below them, and the line of each row."""
        size = len(self.columns[0]) if self.columns else 0
        top = self.names(size)
        if top is None:
            self.empty()
            return None
        for i in range(top):
            filled = [cell for cell in self.row(i) if cell.strip()]
            if len(filled) == 1:
                self.notes.append(
                    say("package.took.title", file=shown(self.file), at=i + 1, text=shown(filled[0]))
                )
            elif filled:
                self.fault("header.two_lines", i, below=top + 1)
        header, at = self.header(top, size)
        if not at:
            self.fault("header.missing", top)
            return None
        keep = np.ones(size, dtype=bool)
        keep[: top + 1] = False
        self.second_line(top, size, keep)
        self.not_rows(header, at, top, keep)
        self.ragged(keep, header)
        if not keep.any():
            self.empty()
            return None
        rows = np.flatnonzero(keep)
        columns = tuple(self.columns[j][rows] for j in at)
        formulas = ()
        if self.formulas:
            row_at = {row: i for i, row in enumerate(rows.tolist())}
            col_at = {column: j for j, column in enumerate(at)}
            formulas = tuple((row_at[i], col_at[j]) for i, j in self.formulas if i in row_at and j in col_at)
        return Raw(self.table, self.file, tuple(header), columns, rows + 1, formulas)

    def empty(self):
        """Nothing below the names: a fault where the table is needed, else as if it were not there."""
        if self.table in NEEDED:
            self.fault("empty")
        else:
            self.notes.append(say("package.took.empty", file=shown(self.file, 200)))

    def names(self, size: int) -> int | None:
        """The line with the names: the first with most of the names that are declared."""
        filled = [i for i in range(min(size, LATE)) if any(cell.strip() for cell in self.row(i))]
        if not filled:
            return None
        best = max(filled, key=lambda i: (self.known(i), -i))
        if self.known(best) >= 2:
            return best
        return next((i for i in filled if sum(bool(cell.strip()) for cell in self.row(i)) > 1), filled[0])

    def header(self, top: int, size: int):
        """The names and where they stand; a name that comes twice is a fault, and so are nameless columns."""
        header, at, seen = [], [], {}
        for j, name in enumerate(self.row(top)):
            plain = name.strip().casefold()
            if not plain:
                if any(cell and not cell.isspace() for cell in self.columns[j][top + 1 :]):
                    i = next(i for i in range(top + 1, size) if self.columns[j][i].strip())
                    self.fault("column.unnamed", i, column=letter(j), came=self.columns[j][i])
            elif plain in seen:
                self.fault("column.twice", top, column=name.strip(), letters=f"{seen[plain]}, {letter(j)}")
            else:
                seen[plain] = letter(j)
                header.append(name)
                at.append(j)
        return header, at

    def second_line(self, top: int, size: int, keep):
        """A second line of names below the first: words only, and numbers from there on."""
        if self.table not in COUNTED or top + 2 >= size:
            return
        below = [cell for cell in self.row(top + 1) if cell.strip()]
        if len(below) < 2 or any(any(map(str.isdigit, cell)) for cell in below) or self.example(top + 1):
            return
        if any(map(number_like, self.row(top + 2))):
            self.fault("header.two_lines", top, below=top + 2)
            keep[top + 1] = False

    def example(self, i: int) -> bool:
        filled = [cell for cell in self.row(i) if cell.strip()]
        return bool(filled) and all(map(of_an_example, filled))

    def not_rows(self, header, at, top: int, keep):
        """Leave out blank rows, names that come again, and the template's example."""
        first = self.columns[at[0]]
        odd = np.fromiter((not cell or cell.isspace() for cell in first), bool, len(first))
        example = np.fromiter(map(of_an_example, first), bool, len(first))
        for i in np.flatnonzero(keep & example):
            keep[i] = not self.example(i)
        blank = [i for i in np.flatnonzero(keep & odd) if not any(cell.strip() for cell in self.row(i))]
        for i in blank:
            keep[i] = False
        for i in np.flatnonzero(keep & (first == header[0])):
            if [self.columns[j][i] for j in at] == header:
                keep[i] = False
                self.fault("header.again", i)
        if blank:
            last = int(np.flatnonzero(keep)[-1]) if keep.any() else top
            inside = [i for i in blank if i < last]
            kind = "blank.inside" if inside else "blank.end"
            lines = listed(i + 1 for i in (inside or blank))
            self.fault(kind, (inside or blank)[0], severity="warning", n=len(blank), lines=lines)

    def ragged(self, keep, header):
        """Rows with too few cells are read as far as they go; rows with too many cannot be."""
        width = len(self.columns)
        for i, came in self.short.items():
            if keep[i]:
                self.fault("row.short", i, n=came, expected=width, column=header[0], came=self.columns[0][i])
        for i, came in self.long.items():
            if keep[i]:
                keep[i] = False
                self.fault("row.long", i, n=came, expected=width, column=header[0], came=self.columns[0][i])


def of_an_example(cell: str) -> bool:
    """Is this a cell of the template's grey line?

    >>> of_an_example("e.g. S01"), of_an_example("S01")
    (True, False)
    """
    return cell.startswith(BEGINS) and any(
        cell.startswith(before) and cell.endswith(after) for before, after in EXAMPLES
    )


# ── the row of the territory ────────────────────────────────────────────────────────────────────────


def about_of(raw: Raw) -> dict:
    """What a sheet says of the territory: its first row, and a grouping with its groups in each row."""
    about, groupings, focal = {}, {}, {}
    names = [name.strip().casefold() for name in raw.header]
    groups = [j for j, name in enumerate(names) if re.fullmatch(r"group \d+", name)]
    for j, name in enumerate(names):
        if name in ("grouping", "focal group") or j in groups:
            continue
        longer = re.fullmatch(r"(.+) \d+", name)  # what was too long for one cell goes on here
        if longer and longer[1] in names:
            continue
        text = next((cell for cell in raw.columns[j] if cell.strip()), "")
        for part in (f"{name} {i}" for i in range(2, len(names))):
            if part not in names:
                break
            text += next((cell for cell in raw.columns[names.index(part)] if cell.strip()), "")
        if text:
            about[raw.header[j].strip() if name not in SAID else name] = _value(name, text)
    for i in range(len(raw)):
        cells = {name: raw.columns[j][i] for j, name in enumerate(names)}
        grouping = cells.get("grouping", "")
        if grouping.strip():
            groupings[grouping] = [text for j in groups if (text := raw.columns[j][i]).strip()]
            if cells.get("focal group", "").strip():
                focal[grouping] = cells["focal group"]
    return about | ({"groupings": groupings} if groupings else {}) | ({"focal": focal} if focal else {})


def lines_of(raw: Raw) -> dict[tuple[str, str], int]:
    """The line in which each thing is said: ("k", ""), ("groupings", "origin"), ("focal", "origin")."""
    lines = {}
    for j, name in enumerate(raw.header):
        at = next((i for i, cell in enumerate(raw.columns[j]) if cell.strip()), None)
        if at is not None:
            lines.setdefault((name.strip().casefold(), ""), int(raw.lines[at]))
            if name.strip().casefold() == "grouping":
                for i, cell in enumerate(raw.columns[j]):
                    for said in ("groupings", "focal"):
                        lines[said, cell.strip()] = int(raw.lines[i])
    return lines


def _value(name: str, text: str):
    """A cell about the territory as what it plainly is; anything else stays as it was typed."""
    plain = text.strip().casefold()
    if name == "k" and re.fullmatch(r"\d{1,4}", plain):
        return int(plain)
    if name == "invented" and plain in ("true", "false", "1", "0"):
        return plain in ("true", "1")
    if name not in SAID and text[:1] in tuple('{["'):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return text


# ── maps ────────────────────────────────────────────────────────────────────────────────────────────

WORLD = re.compile(r"(CRS:?:?84|EPSG:{1,2}4326)$", re.I)


def shapes(data: bytes, file: str, faults: list[Fault]) -> Raw | None:
    """The zones of a GeoJSON file: a column for each property, and the geometry as JSON text."""
    if len(data) > LARGEST:
        raise TableError(say("table.too_big", file=shown(file), most=LARGEST // 1_000_000))
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        faults.append(fault("json", file, why=shown(error, 100)))
        return None
    features = said.get("features") if isinstance(said, dict) else None
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        faults.append(fault("geojson", file))
        return None
    crs = said.get("crs")
    named = crs.get("properties") if isinstance(crs, dict) else None
    named = named.get("name") if isinstance(named, dict) else None
    if isinstance(named, str) and not WORLD.search(named):
        faults.append(fault("crs", file, came=named))
    if not features:
        faults.append(fault("geojson", file))
        return None
    rows = [one["properties"] if isinstance(one.get("properties"), dict) else {} for one in features]
    header = list(dict.fromkeys(str(name) for row in rows for name in row if name != "geometry"))
    columns = [np.array([_property(row.get(name)) for row in rows], dtype=object) for name in header]
    outlines = np.array([_property(one.get("geometry")) for one in features], dtype=object)
    lines = np.arange(1, len(rows) + 1)
    return Raw("zones", file, (*header, "geometry"), (*columns, outlines), lines, place="shape")


def _property(value) -> str:
    """A value of a GeoJSON file as text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
