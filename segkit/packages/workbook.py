"""Workbooks as text: what each cell shows, never what its formula would do.

The cells are read straight from the XML, several times as fast as the library that writes them would: a
district's workbook has tens of thousands of rows, and somebody is waiting for it.
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

import numpy as np

from segkit.packages.cells import unspelt
from segkit.packages.package import Fault, fault
from segkit.sheets import LONGEST, WIDEST, TableError, shown
from segkit.words import listed, say

MOST_CELLS = 30_000_000  # a quarter of a gigabyte, and more than any territory has
DATES = {*range(14, 23), *range(45, 48)}  # the formats of dates and times that every workbook knows


@dataclass(frozen=True, eq=False)
class SheetText:
    """One sheet of a workbook as columns of text."""

    title: str
    visible: bool
    columns: tuple[np.ndarray, ...] = ()
    formulas: tuple = ()  # (row, column) of formulas without a saved value
    hidden: tuple = ()  # lines a spreadsheet does not show
    merges: tuple = ()  # "A1:C1"

    def notes(self, file: str) -> list[str]:
        said = [] if self.visible else [say("package.took.hidden_sheet", file=shown(file, 200))]
        if self.hidden:
            lines = listed(self.hidden)
            said.append(say("package.took.hidden", file=shown(file, 200), n=len(self.hidden), lines=lines))
        return said

    def merged(self, file: str) -> list[Fault]:
        """Merged cells hold one value for many rows or columns; a table needs a value in each."""
        out = []
        for ref in self.merges:
            found = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", ref)
            if not found:
                continue
            line = int(found[2])
            filled = sum(bool(column[line - 1].strip()) for column in self.columns if line <= len(column))
            wide = found[1] != found[3]
            if filled > 1 or (filled == 1 and not wide):  # one wide cell alone in its line is a title
                out.append(fault("merged", file, line, column=found[1], came=ref))
        return out


def sheets_of(data: bytes, name: str, wanted) -> list[SheetText]:
    """Every sheet of a workbook; those whose title is not `wanted` without their cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            return _Workbook(box, name).sheets(wanted)
    except TableError:
        raise
    except Exception as error:  # a broken workbook can fail anywhere; say it in one sentence
        why = shown(f"{type(error).__name__}: {error}", 120)
        raise TableError(say("table.broken_workbook", file=shown(name), why=why)) from None


class _Workbook:
    """A workbook as the zip of XML it is."""

    def __init__(self, box: zipfile.ZipFile, name: str):
        self.box, self.name = box, name
        self.parts = set(box.namelist())
        self.book = self.tree("xl/workbook.xml")
        about = next((one for one in self.book if NAME[one.tag] == "workbookPr"), None)
        self.since_1904 = about is not None and about.get("date1904") in ("1", "true")
        self.formats = self.styles()
        self.strings = self.shared()

    def sheets(self, wanted) -> list[SheetText]:
        targets = {one.get("Id"): one.get("Target", "") for one in self.tree("xl/_rels/workbook.xml.rels")}
        out = []
        for one in (one for part in self.book if NAME[part.tag] == "sheets" for one in part):
            title, visible = one.get("name", ""), one.get("state", "visible") == "visible"
            to = next((value for key, value in one.items() if key.endswith("}id")), "")
            path = posixpath.normpath(posixpath.join("/xl", targets.get(to, ""))).lstrip("/")
            if not wanted(title) or "/chartsheets/" in path:
                out.append(SheetText(title, visible))
            else:
                out.append(SheetText(title, visible, *self.cells(path)))
        return out

    def open(self, path: str):
        file = self.box.open(path)
        if b"<!DOCTYPE" in file.read(2_000).replace(b"\0", b""):  # no workbook has one; some attacks do
            raise ValueError("DOCTYPE")
        return self.box.open(path)

    def tree(self, path: str):
        return ElementTree.parse(self.open(path)).getroot()

    def shared(self) -> list[str]:
        """The texts that cells refer to by number."""
        path = next((part for part in self.parts if part.lower() == "xl/sharedstrings.xml"), None)
        if path is None:
            return []
        out = []
        for _, element in ElementTree.iterparse(self.open(path)):
            if NAME[element.tag] == "si":
                out.append(_text(element))
                element.clear()
        return out

    def styles(self) -> list[str]:
        """What each style makes of a number: "date", "000" (zeros in front), or nothing in particular."""
        if "xl/styles.xml" not in self.parts:
            return []
        root = self.tree("xl/styles.xml")
        own = {
            int(one.get("numFmtId")): one.get("formatCode", "")
            for part in root
            if NAME[part.tag] == "numFmts"
            for one in part
        }
        out = []
        for one in (one for part in root if NAME[part.tag] == "cellXfs" for one in part):
            at = int(one.get("numFmtId") or 0)
            code = own.get(at, "")
            letters = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.', "", code.split(";")[0])
            is_date = bool(re.search("[dmhysDMHYS]", letters)) if code else at in DATES
            zeros = len(code) > 1 and not code.strip("0")
            out.append("date" if is_date else code if zeros else "")
        return out

    def cells(self, path: str):
        """A sheet's columns, where formulas without value are, its hidden lines, its merged cells."""
        rows, formulas, hidden, merges = [], [], [], []
        for _, element in ElementTree.iterparse(self.open(path)):
            tag = NAME[element.tag]
            if tag == "row":
                line = int(element.get("r") or len(rows) + 1)
                if line > LONGEST:
                    raise TableError(say("table.too_long", file=shown(self.name), most=LONGEST))
                if len(element):
                    rows += [[] for _ in range(line - 1 - len(rows))]
                    rows[line - 1 :] = [self.row(element, line - 1, formulas)]
                    if element.get("hidden") in ("1", "true"):
                        hidden.append(line)
                element.clear()
            elif tag == "mergeCell":
                merges.append(element.get("ref", ""))
        while rows and not any(rows[-1]):
            rows.pop()
        width = max(map(len, rows), default=0)
        if len(rows) * width > MOST_CELLS:
            raise TableError(say("package.cells", file=shown(self.name), most=MOST_CELLS // 1_000_000))
        square = np.full((len(rows), width), "", dtype=object)
        for i, row in enumerate(rows):
            square[i, : len(row)] = row
        columns = tuple(np.ascontiguousarray(square[:, j]) for j in range(width))
        return columns, tuple(formulas), tuple(line for line in hidden if line <= len(rows)), tuple(merges)

    def row(self, element, i: int, formulas: list) -> list[str]:
        out = []
        for cell in element:
            place = cell.get("r")
            at = _column(place) if place else len(out)
            if at >= WIDEST:
                raise TableError(say("table.too_wide", file=shown(self.name), n=at + 1, most=WIDEST))
            if at > len(out):
                out += [""] * (at - len(out))
            value = formula = None
            for part in cell:
                tag = NAME[part.tag]
                if tag == "v":
                    value = part.text
                elif tag == "is":
                    value = _text(part)
                elif tag == "f":
                    formula = part.text or "…"
            if formula is not None and value is None and cell.get("t") != "str":
                formulas.append((i, at))
                out[at:] = ["=" + formula]
            else:
                out[at:] = [self.shows(value, cell.get("t", "n"), cell.get("s")) if value else ""]
        while out and not out[-1]:
            out.pop()
        return out

    def shows(self, value: str, kind: str, style: str | None) -> str:
        """What a cell shows."""
        if kind == "s":
            return self.strings[int(value)]
        if kind == "inlineStr":
            return value
        if kind == "str":
            return unspelt(value)
        if kind == "b":
            return "TRUE" if value in ("1", "true") else "FALSE"
        if kind == "d":  # a date in words
            return value.removesuffix("T00:00:00").removesuffix("T00:00:00Z")
        if kind == "e":
            return value
        format = self.formats[int(style)] if style and int(style) < len(self.formats) else ""
        if format == "date":
            return self.day(float(value))
        text = _number(value)
        return text.zfill(len(format)) if format and text.isdigit() else text

    def day(self, number: float) -> str:
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

        day = from_excel(number, MAC_EPOCH if self.since_1904 else WINDOWS_EPOCH)
        if isinstance(day, dt.datetime) and day.time() == dt.time():
            day = day.date()
        return str(day)


class _Names(dict):
    """The names of elements without the address they belong to, each worked out once."""

    def __missing__(self, tag: str) -> str:
        self[tag] = tag.rpartition("}")[2]
        return self[tag]


NAME = _Names()


def _text(element) -> str:
    """The letters of a text, however they are painted; how it is pronounced stands beside it."""
    out = []
    for part in element:
        tag = NAME[part.tag]
        if tag == "t":
            out.append(part.text or "")
        elif tag == "r":
            out += [one.text or "" for one in part if NAME[one.tag] == "t"]
    return unspelt("".join(out))


def _column(place: str) -> int:
    """
    >>> _column("A1"), _column("AB12")
    (0, 27)
    """
    at = 0
    for sign in place:
        if sign.isdigit():
            break
        at = at * 26 + ord(sign) - 64
    return at - 1


def _number(value: str) -> str:
    """A number as a spreadsheet shows it where there is room.

    >>> _number("12.0"), _number("35.10801"), _number("1E-05"), _number("117")
    ('12', '35.10801', '1e-05', '117')
    """
    if value.isdigit():
        return value
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
