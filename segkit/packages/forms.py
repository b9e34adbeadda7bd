"""The workbook a territory is written to, and the empty one an officer fills in: the same sheets."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from segkit.packages.cells import spelt, writable
from segkit.packages.package import PackageError
from segkit.packages.reading import ABOUT, SAID
from segkit.packages.writing import columns_of, given, plain, write_files, zipped
from segkit.sheets import letter, shown
from segkit.territory import MODES, NEEDED, TABLES, Column, meaning
from segkit.words import say, words

if TYPE_CHECKING:
    import pandas as pd

LONGEST_CELL = 32_767  # characters; Excel cuts off what is longer without a word
PIECE = 30_000  # characters of what goes on in the next column: some take more room in the file
ROWS = 20_000  # rows that are helped with lists and limits
SCHOOLS = 5_000  # codes in a list to choose from
GROUPINGS, GROUPS = 60, 12  # as many find room in the empty workbook
WIDTHS = {
    "name": 28,
    "level": 18,
    "indicator": 24,
    "geometry": 40,
    "n_status": 16,
    "grouping": 16,
    "group": 16,
}
SIGNS = tuple("=+-@\t\r\n＝＋－＠'#")  # what a text begins with that is marked as text
HEADER, GREY = "D9E2EC", "767676"
WIDE, LETTERS, LINE = 72, 68, 15  # the first sheet: its width, letters in a line, points of height


def workbook(tables: Mapping[str, pd.DataFrame], about: Mapping) -> bytes:
    """A territory as one workbook: a sheet for each table, one for the territory, one that explains."""
    return _Book(given(tables), about).bytes()


def template(path, *, replace: bool = False) -> Path:
    """Write the workbook an officer fills in: lists to choose from, notes, and a grey example in each sheet.

    The example is ignored when the workbook is read, so that it does no harm if it stays.
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise PackageError(say("template.suffix", file=shown(path, 200)))
    return write_files(path.parent, {path.name: _Book({}, {}, empty=True).bytes()}, replace=replace)[0]


class _Book:
    """A workbook being written, row by row."""

    def __init__(self, frames, about: Mapping, empty: bool = False):
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Font, PatternFill

        self.frames, self.about, self.empty = frames, plain(about), empty
        self.book = Workbook(write_only=True)
        self.first = 3 if empty else 2  # the row of the first school: below the example, where there is one
        self.bold, self.grey = Font(bold=True), Font(italic=True, color=GREY)
        self.big = Font(bold=True, size=14)
        self.fill, self.wrap = PatternFill("solid", fgColor=HEADER), Alignment(wrap_text=True, vertical="top")

    def bytes(self) -> bytes:
        self.explain()
        self.territory()
        for table in TABLES:
            if self.empty or table in self.frames:
                self.table(table)
        out = io.BytesIO()
        self.book.save(out)
        return still(out.getvalue())

    # --- sheets

    def explain(self):
        """The first sheet says in plain words what to do."""
        sheet = self.book.create_sheet(say("template.first"))
        sheet.column_dimensions["A"].width = WIDE
        kind = "empty" if self.empty else "full"
        title = say(f"template.{kind}.title", name=self.about.get("name") or say("template.a_territory"))
        keys = [key for key in words() if re.fullmatch(rf"template\.{kind}\.\d+", key)]
        lines = [say(key) for key in sorted(keys, key=lambda one: int(one.rsplit(".")[-1]))]
        lines.append("")
        for table in TABLES:
            need = say("template.needed" if table in NEEDED else "template.welcome")
            lines.append(say("template.sheet", table=table, said=say(f"territory.table.{table}"), need=need))
        for at, line in enumerate(lines, 2):  # as high as it needs: not every program works that out
            if len(line) > LETTERS:
                sheet.row_dimensions[at].height = LINE * -(-len(line) // LETTERS)
        sheet.append([self.cell(sheet, title, font=self.big)])
        for line in lines:
            sheet.append([self.cell(sheet, line, wrap=True)] if line else [])

    def territory(self):
        """The sheet with the one row about the territory; beside it a row for each grouping."""
        groupings = self.about.get("groupings") or {}
        more = {}
        for name, value in self.about.items():
            if name not in (*SAID, "groupings", "focal"):
                more |= _cut(name, _said(value))
        size = max([GROUPS if self.empty else 1, *map(len, groupings.values())])
        names = [*SAID, *more, "grouping", "focal group", *(f"group {i + 1}" for i in range(size))]
        sheet = self.book.create_sheet(ABOUT)
        sheet.freeze_panes = "A2"
        self.widths(sheet, [Column(name, "integer" if name == "k" else "string", "") for name in names])
        sheet.append([self.header(sheet, name, self.note(name)) for name in names])
        if self.empty:
            sheet.append([self.example(sheet, text) for text in self.examples(names)])
        invented = self.about.get("invented")
        if isinstance(invented, bool):  # as a word: spreadsheets make a number of it
            self.about["invented"] = str(invented).lower()
        first = [self.about.get(name) for name in SAID] + list(more.values())
        focal = self.about.get("focal") or {}
        rows = [[one, focal.get(one), *groups] for one, groups in groupings.items()] or [[]]
        for i, row in enumerate(rows):
            start = first if i == 0 else [None] * len(first)
            cells = (spelt(one) if isinstance(one, str) else one for one in (*start, *row))
            sheet.append([self.cell(sheet, one) for one in cells])
        self.at_grouping = len(SAID) + len(more)
        self.limit(sheet, names.index("invented"), "list", '"true,false"', "choose")
        self.limit(sheet, names.index("mode"), "list", _options(MODES), "choose")
        self.limit(sheet, names.index("k"), "whole", "1", "whole", "1000")

    def examples(self, names) -> list[str]:
        given = json.loads(say("template.example.territory"))
        return [given.get(name, "") for name in names]

    def note(self, name: str) -> str:
        plainly = re.sub(r" \d+$", "", name).replace(" ", "_")
        return words().get(f"template.note.{plainly}", "")

    def table(self, table: str):
        """One table: names with notes, lists to choose from, limits on numbers, the rows."""
        from segkit.territory import normal

        frame = self.frames.get(table, normal(table))
        columns = list(columns_of(table, frame))
        values = [self.values(table, column, frame[column.name]) for column in columns]
        columns, values = _split_long(columns, values)
        sheet = self.book.create_sheet(table)
        self.widths(sheet, columns)
        sheet.freeze_panes = f"A{self.first}"
        sheet.append([self.header(sheet, one.name, self.meaning(table, one)) for one in columns])
        if self.empty:
            sheet.append([self.example(sheet, one.example) for one in columns])
        for row in zip(*values, strict=True):
            sheet.append([self.cell(sheet, one) if _odd(one) else one for one in row])
        for at, column in enumerate(columns):
            self.help(sheet, table, at, column, len(frame))

    def values(self, table: str, column: Column, values) -> list:
        """The cells of a column as a workbook holds them: numbers as numbers, all else as text."""
        if column.type in ("integer", "year"):
            return [None if blank else int(one) for blank, one in zip(values.isna(), values, strict=True)]
        if column.type == "number":
            return [None if one != one else one for one in values.tolist()]
        if column.type == "geometry":
            return [json.dumps(one, separators=(",", ":"), default=list) if one else None for one in values]
        texts = [spelt(writable(text)) or None for text in values]
        long = next((text for text in texts if text and len(text) > LONGEST_CELL), None)
        if long:
            raise PackageError(say("package.long", table=table, column=column.name, came=shown(long)))
        return texts

    def meaning(self, table: str, column: Column) -> str:
        """The note on a column's name: what it means, whether it may be empty, an example."""
        if column not in TABLES[table]:
            return say("template.note.more") if re.fullmatch(r"geometry \d+", column.name) else ""
        need = "template.must" if column.key or column.needed else "template.may"
        said = meaning(table, column.name)
        text = say("template.note", said=said[:1].upper() + said[1:], need=say(need))
        if column.type == "geometry":
            return f"{text} {say('template.note.outline')}"
        return f"{text} {say('template.example.note', example=column.example)}"

    # --- help while typing

    def help(self, sheet, table: str, at: int, column: Column, rows: int):
        """Lists to choose from and limits on numbers, for one column."""
        last = self.first + max(ROWS, rows)
        if column.values:
            self.limit(sheet, at, "list", _options(column.values), "choose", last=last)
        elif column.refers and (self.empty or column.refers in self.frames):
            self.limit(sheet, at, "list", self.codes(column.refers), f"refers.{column.refers}", last=last)
        elif column.name == "grouping" and table in TABLES:
            self.limit(sheet, at, "list", self.codes(ABOUT, self.at_grouping, GROUPINGS), "", last=last)
        elif column.name == "group":
            self.limit(sheet, at, "list", self.groups_of(letter(at - 1)), "", last=last)
        elif column.type == "year":
            self.limit(sheet, at, "whole", "1900", "year", "2100", last=last)
        elif column.type == "integer":
            self.limit(sheet, at, "whole", "0", "whole", "10000000", last=last)
        elif column.type == "number":
            most = {"lat": 90, "lon": 180}.get(column.name, 10**9)
            self.limit(sheet, at, "decimal", str(-most), "number", str(most), last=last)

    def codes(self, sheet: str, at: int = 0, most: int = SCHOOLS) -> str:
        """What was typed into a column of another sheet, as a list that grows."""
        column = letter(at)
        top = f"{sheet}!${column}${self.first}"
        return f"OFFSET({top},0,0,MAX(1,COUNTA({top}:${column}${self.first + most})),1)"

    def groups_of(self, column: str) -> str:
        """The groups of the grouping that stands left of it, from the sheet of the territory."""
        grouping, group = letter(self.at_grouping), letter(self.at_grouping + 2)
        found = f"MATCH(${column}{self.first},{ABOUT}!${grouping}$1:${grouping}${GROUPINGS},0)-1"
        row = f"OFFSET({ABOUT}!${group}$1,{found},0,1,{{}})"
        return row.format(f"MAX(1,COUNTA({row.format(40)}))")

    def limit(self, sheet, at: int, kind: str, formula: str, said: str, most: str | None = None, last=None):
        """What may be typed into a column: from a list, or numbers from the formula to `most`.

        Where nothing is said, the list is offered and anything else may be typed.
        """
        from openpyxl.worksheet.datavalidation import DataValidation

        strict = not said.startswith("refers")
        rule = DataValidation(
            type=kind, operator="between", formula1=formula, formula2=most, allow_blank=True,
            showErrorMessage=bool(said), errorStyle="stop" if strict else "warning",
            errorTitle=say("template.error") if said else None,
            error=say(f"template.error.{said}") if said else None,
        )  # fmt: skip
        rule.add(f"{letter(at)}{self.first}:{letter(at)}{last or self.first + GROUPINGS}")
        sheet.data_validations.append(rule)

    # --- cells

    def widths(self, sheet, columns):
        for at, column in enumerate(columns):
            about = sheet.column_dimensions[letter(at)]
            about.width = WIDTHS.get(column.name, max(12, min(30, len(column.name) + 4)))
            if column.type == "string":
                about.number_format = "@"  # text: 001 keeps its zeros, and 3-4 does not become a date

    def cell(self, sheet, value, font=None, wrap=False):
        """One cell; text is marked as text, whatever it begins with."""
        from openpyxl.cell import WriteOnlyCell

        if value is None or value == "":
            return None
        one = WriteOnlyCell(sheet, value)
        if isinstance(value, str):
            one.data_type = "s"
            if value[0] in SIGNS and value[0] != "#":
                one.quotePrefix = True  # so that it stays text even when somebody edits it
        if font:
            one.font = font
        if wrap:
            one.alignment = self.wrap
        return one

    def header(self, sheet, name: str, note: str):
        from openpyxl.comments import Comment

        one = self.cell(sheet, spelt(writable(name)), font=self.bold)
        if one is not None:
            one.fill = self.fill
            if note:
                one.comment = Comment(note, "segkit", height=160, width=320)
        return one

    def example(self, sheet, text: str):
        return self.cell(sheet, say("template.example", value=text), font=self.grey) if text else None


def _odd(value) -> bool:
    """Is this a text the library would take for something else: a formula, an error?"""
    return isinstance(value, str) and value[:1] in SIGNS


def _options(values) -> str:
    return '"' + ",".join(values) + '"'


def _said(value) -> str:
    """A value about the territory as one cell: text as it is, anything else as JSON."""
    if isinstance(value, str) and value[:1] not in tuple('{["'):
        return value
    return json.dumps(value, ensure_ascii=False)


def _cut(name: str, text: str) -> dict[str, str]:
    """A text too long for one cell, under "name", "name 2", "name 3" …"""
    parts = [text[at : at + PIECE] for at in range(0, len(text), PIECE)] or [""]
    return {name if i == 0 else f"{name} {i + 1}": part for i, part in enumerate(parts)}


def _split_long(columns, values):
    """Outlines too long for one cell go on in the columns "geometry 2", "geometry 3" …"""
    names, out = [], []
    for column, cells in zip(columns, values, strict=True):
        longest = max((len(one) for one in cells if isinstance(one, str)), default=0)
        if column.type != "geometry" or longest <= LONGEST_CELL:
            names.append(column)
            out.append(cells)
            continue
        for part in range(-(-longest // LONGEST_CELL)):
            cut = slice(part * LONGEST_CELL, (part + 1) * LONGEST_CELL)
            name = column.name if part == 0 else f"{column.name} {part + 1}"
            names.append(column if part == 0 else Column(name, "string", ""))
            out.append([one[cut] or None if one else None for one in cells])
    return names, out


def still(data: bytes) -> bytes:
    """The same workbook without the moment it was written at: same territory, same bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        files = {name: box.read(name) for name in box.namelist()}
    core = files.get("docProps/core.xml", b"")
    then = b"\\g<1>1980-01-01T00:00:00Z\\g<2>"
    files["docProps/core.xml"] = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*(</dcterms:)", then, core)
    return zipped(files)
