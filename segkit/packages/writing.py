"""Tables become files: the same territory, the same bytes, and no cell that could ever run."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import tempfile
import unicodedata
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from segkit.packages.cells import armed, writable
from segkit.packages.package import PackageError
from segkit.packages.reading import ABOUT, DESCRIPTOR
from segkit.sheets import shown
from segkit.territory import NEEDED, SECTORS, TABLES, Column, keys, meaning, normal
from segkit.words import listed, say

if TYPE_CHECKING:
    import pandas as pd

OLDEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip knows: the time of writing is not part of a territory
PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
MAP = "zones.geojson"
_TO_QUOTE = re.compile(r'[",\r\n]|^\s')


def write_package(
    tables: Mapping[str, pd.DataFrame], about: Mapping, path, *, replace: bool = False
) -> tuple[Path, ...]:
    """Write a territory as a folder, a .zip or an .xlsx, all of it or nothing; the paths written.

    Files that are there already with something else in them are named in a PackageError; `replace=True`
    writes over them, and takes away the tables of an earlier territory that this one does not have.
    """
    path = Path(path)
    if path.suffix.lower() == ".xlsx":
        from segkit.packages.forms import workbook

        return write_files(path.parent, {path.name: workbook(tables, about)}, replace=replace)
    if path.suffix.lower() == ".zip":
        return write_files(path.parent, {path.name: zipped(texts(tables, about))}, replace=replace)
    files = texts(tables, about)
    ours = {*(f"{table}{end}" for table in (*TABLES, ABOUT) for end in (".csv", ".geojson")), DESCRIPTOR}
    return write_files(path, files, replace=replace, stale=ours - set(files))


def texts(tables: Mapping[str, pd.DataFrame], about: Mapping) -> dict[str, str | bytes]:
    """Every file of the folder by name: datapackage.json, a CSV for each table, the map, a README."""
    frames = given(tables)
    files = {DESCRIPTOR: descriptor(frames, about)}
    for table, frame in frames.items():
        files |= {MAP: geojson(frame)} if table == "zones" else {f"{table}.csv": csv_of(table, frame)}
    files["README.md"] = readme(frames, about)
    return files


def given(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables in normal form, in the order of the declaration; empty ones only where they are needed."""
    unknown = [name for name in tables if name not in TABLES]
    if unknown:
        raise PackageError(say("package.unknown", tables=listed(unknown), there=listed(TABLES)))
    frames = {table: normal(table, tables.get(table)) for table in TABLES}
    return {table: frame for table, frame in frames.items() if len(frame) or table in NEEDED}


def columns_of(table: str, frame: pd.DataFrame) -> tuple[Column, ...]:
    """The declared columns, then the owner's own."""
    declared = {column.name for column in TABLES[table]}
    return TABLES[table] + tuple(Column(name, "string", "") for name in frame if name not in declared)


# ── CSV and GeoJSON ─────────────────────────────────────────────────────────────────────────────────


def cell_texts(column: Column, values: pd.Series) -> list[str]:
    """A column as text: nothing is blank, numbers are plain, text is armed."""
    if column.type in ("integer", "year"):
        return ["" if blank else str(value) for blank, value in zip(values.isna(), values, strict=True)]
    if column.type == "number":
        return ["" if value != value else number(value) for value in values.tolist()]
    known = {text: armed(writable(text)) for text in set(values)}
    return [known[text] for text in values]


def number(value: float) -> str:
    """
    >>> number(35.0), number(35.10801), number(1e-07)
    ('35', '35.10801', '0.0000001')
    """
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    import numpy as np

    return np.format_float_positional(value, trim="-")


def csv_of(table: str, frame: pd.DataFrame) -> str:
    """A table as CSV: UTF-8, a comma between cells, and quotes only where they are needed."""
    columns = columns_of(table, frame)
    cells = [[armed(writable(one.name)), *cell_texts(one, frame[one.name])] for one in columns]
    cells = [[_quoted(text) for text in column] for column in cells]
    return "".join(",".join(row) + "\n" for row in zip(*cells, strict=True))


def _quoted(text: str) -> str:
    """A cell in quotes where it has to be, and where somebody might drop the blank it begins with."""
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text


def geojson(zones: pd.DataFrame) -> str:
    """The zones as a map in WGS84, a line for each shape."""
    import pandas as pd

    from segkit.zones import to_geojson

    names = [column.name for column in columns_of("zones", zones) if column.name != "geometry"]
    safe = {writable(name): [writable(value) for value in zones[name]] for name in names}
    return to_geojson(pd.DataFrame(safe | {"geometry": zones["geometry"].tolist()})).decode()


# ── datapackage.json ────────────────────────────────────────────────────────────────────────────────


def descriptor(frames: Mapping[str, pd.DataFrame], about: Mapping) -> str:
    """A Frictionless Data Package v2; what is said of the territory stands under "segkit"."""
    package = {
        "$schema": PROFILE.format("datapackage"),
        "name": slug(about.get("name")),
        "title": writable(str(about.get("name") or "")) or "territory",
        "resources": [resource(table, frame) for table, frame in frames.items()],
        "segkit": plain(about),
    }
    return json.dumps(package, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def slug(name) -> str:
    """
    >>> slug("Vall d'Àger 2"), slug("")
    ('vall-d-ager-2', 'territory')
    """
    letters = unicodedata.normalize("NFKD", str(name or "")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or "territory"


def plain(value):
    """What JSON can hold: mappings, lists, text, numbers."""
    if isinstance(value, Mapping):
        return {writable(str(key)): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one) for one in (sorted(value) if isinstance(value, (set, frozenset)) else value)]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return plain(value.item()) if hasattr(value, "item") else writable(str(value))


def resource(table: str, frame: pd.DataFrame) -> dict:
    """A table as a resource: its file, its columns, its keys."""
    head = {"name": table, "description": say(f"territory.table.{table}"), "encoding": "utf-8"}
    if table == "zones":
        return head | {"path": MAP, "format": "geojson", "mediatype": "application/geo+json"}
    schema = {
        "$schema": PROFILE.format("tableschema"),
        "fields": [field_of(table, column) for column in columns_of(table, frame)],
        "missingValues": [""],
        "primaryKey": list(keys(table)),
    }
    # zones are a map and no table: only schools can be referred to
    refers = [column for column in TABLES[table] if column.refers == "schools"]
    if refers:
        schema["foreignKeys"] = [
            {"fields": [one.name], "reference": {"resource": "schools", "fields": [one.name]}}
            for one in refers
        ]
    file = {"path": f"{table}.csv", "format": "csv", "mediatype": "text/csv"}
    return head | {"type": "table"} | file | {"schema": schema}


def field_of(table: str, column: Column) -> dict:
    """A column as Table Schema says it."""
    out = {"name": armed(writable(column.name)), "type": column.type}
    if column in TABLES[table]:
        out |= {"description": meaning(table, column.name), "example": column.example}
    limits = {}
    if column.key or column.needed:
        limits["required"] = True
    if column.values:
        limits["enum"] = list(column.values)
    if column.type == "integer":
        limits["minimum"] = 0
    if column.name in ("lat", "lon"):
        most = 90 if column.name == "lat" else 180
        limits |= {"minimum": -most, "maximum": most}
    return out | ({"constraints": limits} if limits else {})


# ── what it all means, in words ─────────────────────────────────────────────────────────────────────


def readme(frames: Mapping[str, pd.DataFrame], about: Mapping) -> str:
    """What the files of one territory hold."""
    name = mark(about.get("name") or say("package.readme.title"))
    said = [f"# {name}"]
    if about.get("invented") is True:
        said.append(say("package.readme.invented"))
    said += [mark(str(about[one])) for one in ("story", "recipe") if about.get(one)]
    said += [mark(line) for line in about.get("notice", ())]
    said += [say("package.readme.hidden"), say("package.readme.armed")]
    return "\n\n".join([*said, *(declared(table) for table in frames)]) + "\n"


def mark(text: str) -> str:
    """Text from a file as a page of Markdown may hold it: one line, no HTML, no links."""
    line = " ".join(writable(str(text)).split())
    return re.sub(r"([\\`*_{}\[\]<>|#&])", r"\\\1", line)


def declared_markdown() -> str:
    """The tables of a territory and their columns, as a page reads them."""
    lines = [f"- `{one}`: {say(f'package.sector.{one}')}" for one in SECTORS]
    sectors = "\n".join([say("package.readme.sectors"), "", *lines])
    return "\n\n".join([*(declared(table) for table in TABLES), sectors, say("package.readme.own")]) + "\n"


def declared(table: str) -> str:
    """One table: what a row is, and each column with its type, its meaning and an example."""
    head = [say(f"package.readme.{word}") for word in ("column", "type", "meaning", "example")]
    rows = [head, ["---"] * len(head)]
    for column in TABLES[table]:
        said = meaning(table, column.name)
        if column.refers:
            said += "; " + say("package.readme.refers", table=file_of(column.refers))
        name = f"**{column.name}**" if column.key else column.name
        rows.append([name, column.type, said, f"`{column.example}`"])
    lines = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([f"## {file_of(table)}", "", say(f"territory.table.{table}"), "", *lines])


def file_of(table: str) -> str:
    return MAP if table == "zones" else f"{table}.csv"


# ── bytes on disk ───────────────────────────────────────────────────────────────────────────────────


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Files as a zip whose bytes depend on nothing but the files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in files.items():
            about = zipfile.ZipInfo(name, OLDEST)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.create_system, about.external_attr = 3, 0o644 << 16
            box.writestr(about, content.encode() if isinstance(content, str) else content)
    return out.getvalue()


def write_files(
    folder: Path, files: Mapping[str, str | bytes], *, replace: bool = False, stale=()
) -> tuple[Path, ...]:
    """Put files into a folder: all of them or, when something of somebody else's is in the way, none.

    `stale` are names that would be read together with the new files and are not among them.
    """
    contents = {
        folder / name: text.encode() if isinstance(text, str) else text for name, text in files.items()
    }
    stale = [folder / name for name in sorted(stale) if os.path.lexists(folder / name)]
    try:
        others = [path for path, data in contents.items() if os.path.lexists(path) and not same(path, data)]
        if (others or stale) and not replace:
            names = listed(path.relative_to(folder) for path in (*others, *stale))
            raise PackageError(say("package.overwrite", folder=shown(folder, 200), files=names))
        settle(folder, contents)
        for path in stale:
            path.unlink()
    except OSError as error:
        raise PackageError(
            say("package.unwritable", folder=shown(folder, 200), reason=error.strerror or error)
        ) from error
    return tuple(contents)


def same(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def settle(folder: Path, contents: Mapping[Path, bytes]):
    """Write everything aside first, then move it into place: a full disk leaves the old files whole."""
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder))
    try:
        for i, data in enumerate(contents.values()):
            (aside / str(i)).write_bytes(data)
        blocked = [path for path in contents if path.is_dir()]
        if blocked:
            raise IsADirectoryError(21, say("package.is_folder", file=shown(blocked[0].name)))
        for i, path in enumerate(contents):
            path.parent.mkdir(parents=True, exist_ok=True)
            os.replace(aside / str(i), path)
    except OSError:
        shutil.rmtree(aside, ignore_errors=True)
        if made:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    aside.rmdir()
